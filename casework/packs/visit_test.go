package packs_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"doorstep/casework/form"
	"doorstep/casework/packs"
)

func noon() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.FixedZone("", 8*3600)) }

func definition(t testing.TB, id string) *form.Definition {
	t.Helper()
	d, err := packs.Default().Form(id)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// visit starts a questionnaire and answers it: "c0_3=door".
func visit(t testing.TB, id string, depth int, facts map[string]string, answers ...string) *form.Instance {
	t.Helper()
	in, err := form.Start(definition(t, id), form.StartOptions{Depth: depth, Facts: facts}, noon)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range answers {
		name, value, _ := strings.Cut(a, "=")
		set(t, in, name, value)
	}
	return in
}

func set(t testing.TB, in *form.Instance, name, value string) {
	t.Helper()
	it := in.Definition().Find(name)
	if it == nil {
		t.Fatalf("no question %s", name)
	}
	if !in.Applies(it.Path) {
		t.Fatalf("%s is not asked", name)
	}
	var err error
	if strings.HasPrefix(value, "_") {
		_, err = in.SetUnknown(it.Path, value)
	} else {
		_, err = in.Set(it.Path, value)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range in.Faults() {
		t.Fatalf("%s %s: %v", f.Question, f.Column, f.Err)
	}
}

func value(t testing.TB, in *form.Instance, name string) string {
	t.Helper()
	v, ok := in.View(in.Definition().Find(name).Path)
	if !ok {
		t.Fatalf("no question %s", name)
	}
	return v.Value
}

// shown are the names of the questions on the screen, notes left out.
func shown(in *form.Instance) (names []string) {
	for _, s := range in.Sections() {
		for _, v := range in.Questions(s) {
			if v.Item.Type != form.TypeNote {
				names = append(names, v.Item.Name)
			}
		}
	}
	return names
}

func asks(in *form.Instance, name string) bool { return in.Applies(in.Definition().Find(name).Path) }

func codes(in *form.Instance) string {
	var out []string
	for _, tr := range in.Triggers() {
		out = append(out, tr.Code)
	}
	return strings.Join(out, " ")
}

func facts(pairs ...string) map[string]string {
	m := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return m
}

// The workbook's own sum (for Kobo and Excel) and the engine's table agree, whatever is answered.
func TestTheWorkbookAddsUpAsTheEngineDoes(t *testing.T) {
	for _, id := range []string{packs.ChildVisit, packs.ElderVisit} {
		rapid.Check(t, func(r *rapid.T) {
			f := elder83("p_bedbound", "1", "p_has_agreement", "1", "p_tekun", "1")
			if id == packs.ChildVisit {
				f = child9("p_registered_scheme", "1", "p_benefit_to_account", "1")
			}
			f["p_age"] = strconv.Itoa(rapid.IntRange(1, 90).Draw(r, "age"))
			in := visit(t, id, 3, f)
			for it := range in.Definition().All() {
				if it.Kind != form.Question || !in.Applies(it.Path) || strings.Contains(it.Path, "_5/") || strings.Contains(it.Path, "e9_2/") {
					continue
				}
				switch l := in.Definition().List(it.List); {
				case it.Unknown && rapid.IntRange(0, 9).Draw(r, "unknown") == 0:
					set(t, in, it.Name, form.UnknownNotAsked)
				case it.Type == form.TypeSelectOne:
					set(t, in, it.Name, rapid.SampledFrom(l.Choices).Draw(r, it.Name).Name)
				case it.Type == form.TypeSelectMultiple:
					var names []string
					for _, c := range l.Choices {
						if c.Name != "none" && rapid.Bool().Draw(r, it.Name) {
							names = append(names, c.Name)
						}
					}
					set(t, in, it.Name, strings.Join(names, " "))
				case it.Type == form.TypeInteger:
					set(t, in, it.Name, strconv.Itoa(rapid.IntRange(0, 31).Draw(r, it.Name)))
				}
			}
			if got, want := value(t, in, "total_score"), strconv.Itoa(in.Scores().Total); got != want {
				r.Fatalf("%s: the workbook adds up %s, the engine %s: %+v", id, got, want, in.Scores())
			}
			if got, want := value(t, in, "grade_raw"), strconv.Itoa(in.Grade(0).Grade); got != want {
				r.Fatalf("%s: the workbook grades %s, the engine %s: %+v", id, got, want, in.Grade(0))
			}
		})
	}
}
