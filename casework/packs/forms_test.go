package packs_test

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
)

func fieldForm(t testing.TB, id string) *form.Definition {
	t.Helper()
	f, err := packs.FormByID(id)
	if err != nil {
		t.Fatal(err)
	}
	d, err := f.Definition()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// fill starts one of Forms and answers it: "a5_coma=no".
func fill(t testing.TB, id string, facts map[string]string, answers ...string) *form.Instance {
	t.Helper()
	in, err := form.Start(fieldForm(t, id), form.StartOptions{Facts: facts}, noon)
	if err != nil {
		t.Fatal(err)
	}
	reply(t, in, answers...)
	return in
}

func reply(t testing.TB, in *form.Instance, answers ...string) {
	t.Helper()
	for _, a := range answers {
		name, value, _ := strings.Cut(a, "=")
		set(t, in, name, value)
	}
}

// add opens a line of a repeat and answers in it.
func add(t testing.TB, in *form.Instance, repeat string, answers ...string) {
	t.Helper()
	path := in.Definition().Find(repeat).Path
	c, err := in.Add(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range answers {
		name, value, _ := strings.Cut(a, "=")
		at := c.Value + strings.TrimPrefix(in.Definition().Find(name).Path, path)
		if !in.Applies(at) {
			t.Fatalf("%s is not asked", name)
		}
		if _, err := in.Set(at, value); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range in.Faults() {
		t.Fatalf("%s %s: %v", f.Question, f.Column, f.Err)
	}
}

// wrong says whether something is wrong at a question, beside its being blank.
func wrong(in *form.Instance, name string) bool {
	for _, h := range in.Hindrances() {
		if h.Path[strings.LastIndexByte(h.Path, '/')+1:] == name && h.Code != form.CodeRequired && h.Code != form.CodeRequiredUnknown {
			return true
		}
	}
	return false
}

func expect(t testing.TB, in *form.Instance, what string, pairs ...string) {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if got := value(t, in, pairs[i]); got != pairs[i+1] {
			t.Errorf("%s: %s is %q, want %q", what, pairs[i], got, pairs[i+1])
		}
	}
}

func TestFormsSayWhatTheyAre(t *testing.T) {
	subjects := map[string]bool{"child": true, "elder": true, "person": true, "household": true, "village": true, "case": true}
	seen := map[string]bool{}
	for _, f := range packs.Forms() {
		if seen[f.ID] || f.Zh == "" || f.En == "" || f.Source == "" || f.Status == "" || !subjects[f.Subject] || len(f.FilledBy) == 0 {
			t.Errorf("%+v", f)
		}
		seen[f.ID] = true
		for _, r := range f.FilledBy {
			if len(r.Duties()) == 0 {
				t.Errorf("%s is filled in by an unknown role %s", f.ID, r)
			}
		}
		d := fieldForm(t, f.ID)
		if (d.Subject == "child" || d.Subject == "elder") && d.Subject != f.Subject {
			t.Errorf("%s is about %s, its workbook about %s", f.ID, f.Subject, d.Subject)
		}
		for _, it := range d.Items {
			if it.Kind == form.Question && it.Type.Shown() {
				t.Errorf("%s %s stands outside every section", f.ID, it.Name)
			}
		}
		if _, shown := packs.Default().Forms[f.ID]; shown {
			t.Errorf("%s is on every laptop before a district published it", f.ID)
		}
	}
	if _, err := packs.FormByID("wisdom"); casework.CodeOf(err) != "packs.no_form" {
		t.Errorf("an unknown form: %v", err)
	}
	if _, err := (packs.Form{ID: "wisdom"}).Definition(); casework.CodeOf(err) != "packs.no_form" {
		t.Errorf("a form without a workbook: %v", err)
	}
	packs.Forms()[0].ID = "wisdom"
	if packs.Forms()[0].ID == "wisdom" {
		t.Error("a copy of the list changes the list")
	}
}

func TestFormsSpeakBothLanguages(t *testing.T) {
	han := regexp.MustCompile(`\p{Han}`)
	for _, f := range packs.Forms() {
		d := fieldForm(t, f.ID)
		for it := range d.All() {
			if it.Kind == form.Question && !it.Type.Shown() {
				continue
			}
			if !han.MatchString(it.Label["zh"]) || it.Label["en"] == "" {
				t.Errorf("%s %s: %v", f.ID, it.Name, it.Label)
			}
			for _, s := range []form.Text{it.Label, it.Hint, it.ConstraintMessage} {
				if (s["zh"] == "") != (s["en"] == "") {
					t.Errorf("%s %s in one language only: %v", f.ID, it.Name, s)
				}
				if n := len([]rune(s["zh"])); n > 36 && it.Type != form.TypeNote {
					t.Errorf("%s %s: %d characters are too long for one line: %s", f.ID, it.Name, n, s["zh"])
				}
			}
			if it.Constraint != "" && it.ConstraintMessage == nil {
				t.Errorf("%s %s does not say what is wrong", f.ID, it.Name)
			}
		}
		for _, l := range d.Lists {
			for _, c := range l.Choices {
				if !han.MatchString(c.Label["zh"]) || c.Label["en"] == "" || len([]rune(c.Label["zh"])) > 36 {
					t.Errorf("%s %s/%s: %v", f.ID, l.Name, c.Name, c.Label)
				}
			}
		}
	}
}

// People §1.2, §1.3: harm, mood, self-harm and the carer's conduct are asked anew and may
// stay unknown, whatever the form is about. People §1.6: no compulsory photos.
func TestFormsGuardJudgementsAndDemandNoPhotos(t *testing.T) {
	judged := regexp.MustCompile(`自杀|自伤|轻生|伤害|虐待|家暴|打人|打骂|性侵|受伤|欺凌|情绪|抑郁|冒领|挪用`)
	n := 0
	for _, f := range packs.Forms() {
		d := fieldForm(t, f.ID)
		for it := range d.All() {
			if it.Kind != form.Question || !it.Type.Shown() || it.Type == form.TypeNote {
				continue
			}
			if it.Type.Attaches() && it.Required != "" {
				t.Errorf("%s %s demands a photo", f.ID, it.Name)
			}
			fires := it.HardTrigger != ""
			if l := d.List(it.List); l != nil {
				for _, c := range l.Choices {
					fires = fires || c.HardTrigger != ""
				}
			}
			if it.Type == form.TypeText && !fires {
				continue
			}
			if fires || d.Sensitivity(it) == 2 || judged.MatchString(it.Label["zh"]) {
				n++
				if !it.Fresh || !it.Unknown {
					t.Errorf("%s %s: fresh %v, unknown %v", f.ID, it.Name, it.Fresh, it.Unknown)
				}
			}
		}
	}
	if n == 0 {
		t.Error("no judgement found")
	}
}

// Whatever is answered, in any order: no formula fails.
func TestFormsHoldTogether(t *testing.T) {
	for _, f := range packs.Forms() {
		d := fieldForm(t, f.ID)
		t.Run(f.ID, rapid.MakeCheck(func(r *rapid.T) {
			in, err := form.Start(d, form.StartOptions{}, noon)
			if err != nil {
				r.Fatal(err)
			}
			for range rapid.IntRange(1, 25).Draw(r, "answers") {
				var ask []form.View
				for _, s := range in.Sections() {
					for _, v := range in.Questions(s) {
						ask = append(ask, v)
						for _, row := range v.Instances {
							ask = append(ask, row.Views...)
						}
					}
				}
				v := rapid.SampledFrom(ask).Draw(r, "question")
				switch {
				case v.Item.Kind == form.Repeat:
					if v.Item.RepeatCount == "" {
						_, err = in.Add(v.Path)
					}
				case v.Item.Type == form.TypeNote || v.ReadOnly:
				case len(in.Choices(v.Path)) > 0:
					_, err = in.Set(v.Path, rapid.SampledFrom(in.Choices(v.Path)).Draw(r, "choice").Name)
				default:
					_, err = in.Set(v.Path, rapid.SampledFrom([]string{"", "0", "1", "70.5", "2026-11-25", "14:30", "买买提·吐尔逊", "㐂𠮷"}).Draw(r, "text"))
				}
				if err != nil {
					r.Fatal(err)
				}
			}
			in.Grade(0)
			in.Triggers()
			if faults := in.Faults(); len(faults) > 0 {
				r.Fatalf("%s: %+v", f.ID, faults[0])
			}
		}))
	}
}

// No form has a dead end: what it demands can be given, whoever fills it in.
func TestEveryFormCanBeFinished(t *testing.T) {
	candidates := []string{"12", "2026-11-22", "2026-11-23", "1234", "2026-11", "12.5", "370303201311020034"}
	for _, f := range packs.Forms() {
		in := fill(t, f.ID, facts("p_age", "9"))
		for it := range in.Definition().All() {
			if it.Kind == form.Repeat && it.RepeatCount == "" && in.Applies(it.Path) {
				add(t, in, it.Name)
			}
		}
		for range 300 {
			hindered := in.Hindrances()
			if len(hindered) == 0 {
				break
			}
			path := hindered[0].Path
			v, _ := in.View(path)
			tries := append([]string{v.Item.Name}, candidates...)
			if len(in.Choices(path)) > 0 {
				tries = nil
				for _, c := range in.Choices(path) {
					tries = append(tries, c.Name)
				}
			}
			if v.Item.Type == form.TypeAcknowledge {
				tries = []string{"OK"}
			}
			good := false
			for _, s := range tries {
				if _, err := in.Set(path, s); err != nil {
					t.Fatal(err)
				}
				if now, _ := in.View(path); len(now.Hindrances) == 0 {
					good = true
					break
				}
			}
			if !good {
				t.Fatalf("%s %s: nothing is right: %+v", f.ID, path, hindered[0])
			}
		}
		closed, hindered := in.Finalise()
		if len(hindered) > 0 || closed.Form != f.ID || closed.Version == "" {
			t.Errorf("%s cannot be finished: %+v", f.ID, hindered)
		}
	}
}
