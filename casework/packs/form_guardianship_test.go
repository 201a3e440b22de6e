package packs_test

import (
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"doorstep/casework/form"
	"doorstep/casework/packs"
)

// cared is an assessment of a carer with whom everything is well, then the answers.
func cared(t testing.TB, facts map[string]string, answers ...string) *form.Instance {
	t.Helper()
	in := fill(t, packs.Guardianship, facts, "g_age=65", "g_health=good", "g_time=daily", "g_care=good", "g_willing=yes", "g_money=yes",
		"g_school=yes", "g_talk=yes", "g_house=yes", "g_alone=no", "g_ill=none", "g_behave=fine", "g_mood=fine", "g_conduct=none", "g_harm=no", "g_temp=none")
	reply(t, in, answers...)
	return in
}

var nine = facts("p_age", "9")

func TestTheGuardianshipRating(t *testing.T) {
	for answers, want := range map[string][3]string{ // points, rating, grade
		"":                               {"0", "good", "3"},
		"g_health=limited g_money=tight": {"7", "good", "3"},
		"g_care=weak":                    {"8", "average", "2"},
		"g_care=none g_money=no":         {"19", "average", "2"},
		"g_care=none g_health=limited":   {"20", "poor", "1"},
		"g_conduct=untreated":            {"0", "good", "3"},
		"g_conduct=harm_record":          {"0", "poor", "1"},
		"g_conduct=drugs":                {"0", "poor", "1"},
		"g_conduct=alcohol":              {"0", "poor", "1"},
		"g_conduct=gambling":             {"0", "poor", "1"},
		"g_conduct=refuses":              {"0", "poor", "1"},
		"g_temp=whereabouts":             {"0", "poor", "1"},
		"g_harm=suspected":               {"0", "poor", "1"},
		"g_harm=said":                    {"0", "poor", "1"},
		"g_age=70":                       {"0", "good", "3"},
		"g_age=71":                       {"3", "good", "3"},
		"g_age=18":                       {"0", "good", "3"},
		"g_age=17":                       {"8", "average", "2"},
	} {
		in := cared(t, nine, strings.Fields(answers)...)
		expect(t, in, answers, "points_known", want[0], "rating", want[1])
		if g := strconv.Itoa(in.Grade(0).Grade); g != want[2] {
			t.Errorf("%s: grade %s, want %s", answers, g, want[2])
		}
	}
}

// under eight never without care, under sixteen never living alone.
func TestAChildLeftAlone(t *testing.T) {
	for _, c := range []struct {
		age, alone, points, codes string
	}{
		{"7", "sometimes", "15", ""},
		{"8", "sometimes", "0", ""},
		{"7", "often", "15", ""},
		{"8", "often", "10", ""},
		{"15", "lives", "25", "HT-A"},
		{"16", "lives", "10", ""},
		{"", "lives", "25", "HT-A"},
	} {
		in := cared(t, facts("p_age", c.age), "g_alone="+c.alone)
		expect(t, in, c.age+" "+c.alone, "points_known", c.points)
		if total := strconv.Itoa(in.Scores().Total); c.age != "" && total != c.points {
			t.Errorf("%s %s: the engine counts %s", c.age, c.alone, total)
		}
		if codes(in) != c.codes {
			t.Errorf("%s %s fires %q", c.age, c.alone, codes(in))
		}
	}
}

// People §1.2: what is not known never makes a guardian better; what is known may already
// make him poor.
func TestAnUnknownRatesNobody(t *testing.T) {
	for it := range fieldForm(t, packs.Guardianship).All() {
		if it.Type != form.TypeSelectOne && it.Type != form.TypeSelectMultiple || !it.Unknown {
			continue
		}
		in := cared(t, nine, it.Name+"="+form.UnknownNotSeen)
		expect(t, in, it.Name+" not seen", "rating", "", "open_count", "1")
		if !asks(in, "g5_open") || asks(in, "g5_good") {
			t.Errorf("%s not seen: the screen rates", it.Name)
		}
		if g := in.Grade(0); g.Unknowns == 0 && len(g.Doubtful) == 0 && it.Name != "g_harm" {
			t.Errorf("%s not seen: the grade does not say that it is in doubt", it.Name)
		}
	}
	in := cared(t, nine, "g_mood="+form.UnknownNotAsked, "g_temp=refuses")
	expect(t, in, "refuses", "rating", "poor", "temporary_ground", "1")
	if !asks(in, "g5_temp") {
		t.Error("temporary guardianship is not referred")
	}
}

func TestHarmFiresQuietly(t *testing.T) {
	for _, answer := range []string{"suspected", "said"} {
		in := cared(t, nine, "g_harm="+answer)
		if codes(in) != "HT-M" || !in.Triggers()[0].Quiet {
			t.Errorf("%s fires %q", answer, codes(in))
		}
	}
	if in := cared(t, nine); codes(in) != "" {
		t.Errorf("nothing fires %q", codes(in))
	}
}

func TestWhoMayNotBeEntrusted(t *testing.T) {
	for conduct, want := range map[string]string{"none": "0", "untreated": "0", "harm_record": "1", "drugs": "1", "alcohol untreated": "1", "gambling": "1", "refuses": "1"} {
		in := cared(t, nine, "g_conduct="+conduct)
		expect(t, in, conduct, "excluded", want)
		if asks(in, "g5_excluded") != (want == "1") {
			t.Errorf("%s: the law is not said", conduct)
		}
	}
	if !wrong(cared(t, nine, "g_conduct=none drugs"), "g_conduct") {
		t.Error("none and drugs go together")
	}
	// People §1.4: the rating takes the class of the conduct it rests on.
	in := cared(t, nine)
	for _, name := range []string{"rating", "excluded", "g5_poor", "g_advice"} {
		if v, _ := in.View(in.Definition().Find(name).Path); v.Class != 2 {
			t.Errorf("%s is of class %d", name, v.Class)
		}
	}
}

// The workbook's own sum (for Kobo and Excel) and the engine's table agree.
func TestGuardianshipAddsUpAsTheEngineDoes(t *testing.T) {
	d := fieldForm(t, packs.Guardianship)
	rapid.Check(t, func(r *rapid.T) {
		in := cared(t, facts("p_age", strconv.Itoa(rapid.IntRange(0, 17).Draw(r, "age"))), "g_age="+strconv.Itoa(rapid.IntRange(0, 110).Draw(r, "carer")))
		for it := range d.All() {
			if it.Type == form.TypeSelectOne && it.Unknown {
				set(t, in, it.Name, rapid.SampledFrom(d.List(it.List).Choices).Draw(r, it.Name).Name)
			}
		}
		if got, want := value(t, in, "points_known"), strconv.Itoa(in.Scores().Total); got != want {
			r.Fatalf("the workbook adds up %s, the engine %s", got, want)
		}
		want := map[int]string{1: "poor", 2: "average", 3: "good"}[in.Grade(0).Grade]
		if got := value(t, in, "rating"); got != want && len(in.Triggers()) == 0 {
			r.Fatalf("the workbook rates %s, the engine %s", got, want)
		}
	})
}
