package trial_test

import (
	"strings"
	"testing"
	"time"

	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/tui/stage"
	"doorstep/tui/trial"
	"doorstep/tui/tuitest"
)

// winter is a small questionnaire about elders.
func winter(t testing.TB) *form.Definition {
	t.Helper()
	points := 3
	raw := (&form.Definition{
		FormID: "winter", Title: form.Text{"zh": "冬季取暖"}, Version: "2026-1", DefaultLanguage: "zh", Languages: []string{"zh"}, Root: "data", Subject: "elder",
		Items: []*form.Item{
			{Kind: form.Question, Type: form.TypeSelectOne, Name: "heat", Path: "/data/heat", Label: form.Text{"zh": "靠什么取暖？"}, Required: "true()", List: "heat"},
			{Kind: form.Question, Type: form.TypeText, Name: "coal", Path: "/data/coal", Label: form.Text{"zh": "炉子什么样？"}, Relevant: "${heat} = 'coal'", Sensitivity: 1},
			{Kind: form.Question, Type: form.TypeInteger, Name: "rooms", Path: "/data/rooms", Label: form.Text{"zh": "几间屋？"}, Depth: 3},
			{Kind: form.Question, Type: form.TypeSelectOne, Name: "mood", Path: "/data/mood", Label: form.Text{"zh": "心情怎么样？"}, List: "heat", Fresh: true, Unknown: true, Sensitivity: 2},
		},
		Lists: []*form.List{{Name: "heat", Choices: []*form.Choice{
			{Name: "coal", Label: form.Text{"zh": "煤炉"}, Score: &points, HardTrigger: "HT-G"}, {Name: "gas", Label: form.Text{"zh": "燃气"}},
		}}},
		Grading: form.Grading{Bands: []form.Band{{From: 3, Grade: 1}, {From: 0, Grade: 3}}, TriggerGrade: 1},
	}).Encode()
	d, err := form.Load(raw)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func run(t testing.TB, d *form.Definition) *tuitest.Robot {
	t.Helper()
	c := trial.Config{Form: d, Lang: "zh", Speaker: tuitest.Speaker(t, "zh"), Now: func() time.Time { return tuitest.Start }}
	return tuitest.Run(t, 80, 24, trial.Home(c), trial.Commands(), func(cfg *stage.Config) { cfg.Speaker = trial.Speaker(cfg.Speaker) })
}

func TestAnAuthorFillsInWhatSheWroteAndNothingIsKept(t *testing.T) {
	r := run(t, winter(t))
	r.Golden("home")
	r.Keys("3", "1")
	for range 4 { // the orders of a gas smell fill the screen; they are read and left
		if !strings.Contains(r.Screen(), "几间屋") {
			r.Keys("enter")
		}
	}
	if s := r.Screen(); !strings.Contains(s, "王秀英") || !strings.Contains(s, "试填") || !strings.Contains(s, "几间屋") {
		t.Fatal(s)
	}
	r.Keys("enter").Type("漏烟").Keys("enter").Type("2").Keys("enter")
	r.Keys("f4")
	if s := r.Screen(); !strings.Contains(s, "什么都没有保存") || strings.Contains(s, "已保存") {
		t.Fatal(s)
	}
	r.Keys("enter").Golden("result")
	r.Keys("3")
	if s := r.Screen(); strings.Contains(s, "漏烟") || !strings.Contains(s, "靠什么取暖") {
		t.Error("a second trial begins with the first one's answers:", s)
	}
}

func TestTheDepthDecidesWhatIsAsked(t *testing.T) {
	r := run(t, winter(t)).Keys("2")
	if s := r.Screen(); strings.Contains(s, "几间屋") || !strings.Contains(s, "心情怎么样") {
		t.Error(s)
	}
	r.Keys("esc")
	if s := r.Screen(); !strings.Contains(s, "冬季取暖") || strings.Contains(s, "接着写") {
		t.Error(s)
	}
}

func TestTheTwoVisitsCanBeTriedOut(t *testing.T) {
	for id, who := range map[string]string{packs.ChildVisit: "林小溪", packs.ElderVisit: "王秀英"} {
		d, err := packs.Default().Form(id)
		if err != nil {
			t.Fatal(err)
		}
		for _, depth := range []string{"1", "2", "3"} {
			if s := run(t, d).Keys(depth).Screen(); !strings.Contains(s, who) || !strings.Contains(s, "试填") {
				t.Errorf("%s at depth %s:\n%s", id, depth, s)
			}
		}
	}
}
