package form

import (
	"testing"
	"time"

	"doorstep/casework"
)

// doorForm is a small visit with everything the engine does: skips, a roster inside a
// group, calculations, scores with a cap, unknowns, triggers, depth, classes.
func doorForm(t testing.TB) *Definition {
	t.Helper()
	n := func(i int) *int { return &i }
	q := func(typ Type, name string, change func(*Item)) *Item {
		it := &Item{Kind: Question, Type: typ, Name: name, Label: Text{"zh": name}}
		if change != nil {
			change(it)
		}
		return it
	}
	d := &Definition{
		FormID: "door", Version: "1", DefaultLanguage: "zh", Root: "data", Subject: "child",
		Languages:    []string{"en", "zh"},
		InstanceName: "concat(${mode}, ' ', ${p_age})",
		Depth:        "if(${well} = 'no', 3, ${p_depth})",
		Items: []*Item{
			q(TypeHidden, "p_age", nil), q(TypeHidden, "p_depth", nil), q(TypeHidden, "p_month", nil),
			q(TypeToday, "visit_day", nil), q(TypeStart, "began", nil), q(TypeEnd, "ended", nil),
			{Kind: Group, Name: "s0", Label: Text{"zh": "见面"}, Items: []*Item{
				q(TypeSelectOne, "mode", func(it *Item) { it.List, it.Required, it.Shared = "mode", "true()", true }),
				q(TypeSelectOne, "well", func(it *Item) { it.List, it.Required = "yesno", "true()" }),
				q(TypeSelectMultiple, "present", func(it *Item) {
					it.List, it.Depth = "people", 2
					it.Constraint = "not(selected(., 'none') and count-selected(.) > 1)"
					it.ConstraintMessage = Text{"zh": "“没有人”不能和别的一起选"}
				}),
			}},
			{Kind: Group, Name: "s1", Label: Text{"zh": "生活"}, Depth: 2, ScoreCap: n(12), Items: []*Item{
				q(TypeSelectOne, "lives", func(it *Item) { it.List, it.Required = "lives", "true()" }),
				q(TypeInteger, "carer_age", func(it *Item) {
					it.Relevant, it.Constraint = "${lives} != 'alone'", ". >= 0 and . <= 110"
					it.Score = "if(. < 18, 8, if(. > 70, 3, 0))"
				}),
				q(TypeSelectMultiple, "danger", func(it *Item) { it.List, it.Relevant = "danger", "${mode} = 'door'" }),
				q(TypeNote, "told", func(it *Item) { it.Label = Text{"zh": "他跟${lives}住，${p_age}岁"} }),
				{Kind: Repeat, Name: "benefit", Label: Text{"zh": "待遇"}, Items: []*Item{
					q(TypeText, "b_name", nil),
					q(TypeInteger, "amount", func(it *Item) { it.Constraint = ". >= 0" }),
					q(TypeCalculate, "b_place", func(it *Item) { it.Calculation = "position(..)" }),
					q(TypeDecimal, "share", func(it *Item) {
						it.Type, it.Calculation = TypeCalculate, "round(${amount} div ${total} * 100, 1)"
					}),
				}},
				q(TypeCalculate, "total", func(it *Item) { it.Calculation = "sum(/data/s1/benefit/amount[. != ''])" }),
				q(TypeInteger, "siblings", func(it *Item) { it.Constraint = ". < 20" }),
				{Kind: Repeat, Name: "sibling", RepeatCount: "${siblings}", Items: []*Item{
					q(TypeText, "sib_name", nil),
					{Kind: Repeat, Name: "school", Items: []*Item{q(TypeText, "school_name", nil)}},
				}},
			}},
			{Kind: Group, Name: "s5", Label: Text{"zh": "心情"}, Relevant: "selected(${present}, 'child')", Sensitivity: 1, Items: []*Item{
				q(TypeSelectOne, "mood", func(it *Item) {
					it.List, it.Required, it.Fresh, it.Unknown, it.Sensitivity = "mood", "true()", true, true, 2
				}),
				q(TypeSelectOne, "harm", func(it *Item) {
					it.List, it.Relevant, it.Fresh, it.Unknown, it.Sensitivity = "harm", "${mood} = 'low'", true, true, 2
					it.Required = "true()"
				}),
				q(TypeText, "words", func(it *Item) { it.Relevant = "${mood} != ''" }),
			}},
			{Kind: Group, Name: "s7", Label: Text{"zh": "需要"}, Items: []*Item{
				q(TypeSelectOne, "town", func(it *Item) { it.List = "town" }),
				q(TypeSelectOne, "village", func(it *Item) { it.List, it.ChoiceFilter = "village", "town = ${town}" }),
				q(TypeSelectMultiple, "talk", func(it *Item) {
					it.List, it.Default = "talk", "if(${p_month} >= 5 and ${p_month} <= 9, 'drown', '')"
				}),
				q(TypeDate, "next", func(it *Item) { it.Default, it.Constraint = "today() + 30", ". >= today()" }),
				q(TypeCalculate, "alarm", func(it *Item) { it.Calculation = "if(${harm} = 'act', 'yes', 'no')" }),
				q(TypeAcknowledge, "gas", func(it *Item) { it.HardTrigger = "HT-G" }),
			}},
		},
		Lists: []*List{
			{Name: "mode", Choices: []*Choice{{Name: "door", Label: Text{"zh": "入户"}}, {Name: "phone"}}},
			{Name: "yesno", Choices: []*Choice{{Name: "yes"}, {Name: "no"}}},
			{Name: "people", Choices: []*Choice{{Name: "child"}, {Name: "carer"}, {Name: "none"}}},
			{Name: "lives", Choices: []*Choice{
				{Name: "parents", Label: Text{"zh": "父母"}},
				{Name: "alone", Label: Text{"zh": "一个人"}, Score: n(25), HardTrigger: "HT-A"},
				{Name: "unsure", Unknown: true},
			}},
			{Name: "danger", Choices: []*Choice{{Name: "none"}, {Name: "well", Score: n(3)}, {Name: "wire", Score: n(3)}}},
			{Name: "mood", Choices: []*Choice{{Name: "fine"}, {Name: "low", Score: n(6)}}},
			{Name: "harm", Choices: []*Choice{{Name: "no"}, {Name: "thoughts", Score: n(15)}, {Name: "act", HardTrigger: "HT-S"}}},
			{Name: "town", Choices: []*Choice{{Name: "t1"}, {Name: "t2"}}},
			{Name: "village", Choices: []*Choice{
				{Name: "v1", Columns: map[string]string{"town": "t1"}}, {Name: "v2", Columns: map[string]string{"town": "t2"}},
			}},
			{Name: "talk", Choices: []*Choice{{Name: "drown"}, {Name: "fire"}}},
		},
		Grading: Grading{
			Bands:        []Band{{From: 40, Grade: 1}, {From: 22, Grade: 2}, {From: 10, Grade: 3}, {From: 0, Grade: 4}},
			Floors:       []Floor{{When: "${lives} = 'alone'", Grade: 2}, {When: "${mood} = 'low'", Grade: 3}},
			TriggerGrade: 1, DownSteps: 1,
		},
	}
	var place func(items []*Item, above string)
	place = func(items []*Item, above string) {
		for _, it := range items {
			it.Path = above + "/" + it.Name
			place(it.Items, it.Path)
		}
	}
	place(d.Items, "/data")
	loaded, err := Load(d.Encode())
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

// noon is a clock that starts at noon in Weihai and goes on by a second each time.
func noon() casework.Clock {
	now := time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)
	return func() time.Time {
		now = now.Add(time.Second)
		return now
	}
}

func start(t testing.TB, change func(*StartOptions)) *Instance {
	t.Helper()
	opts := StartOptions{
		Depth: 3, Worker: "张桂芬", Device: "D1", Name: "uuid:1",
		Facts: map[string]string{"p_age": "9", "p_month": "11"},
	}
	if change != nil {
		change(&opts)
	}
	in, err := Start(doorForm(t), opts, noon())
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func set(t testing.TB, in *Instance, pairs ...string) {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if _, err := in.Set(pairs[i], pairs[i+1]); err != nil {
			t.Fatalf("%s: %v", pairs[i], err)
		}
	}
}

func value(in *Instance, path string) string {
	p := in.byPath[path]
	if p == nil {
		return "(no such place)"
	}
	return p.node.Value
}
