package form

import (
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func packForm(t testing.TB, name string) *Definition {
	t.Helper()
	raw, err := os.ReadFile("../packs/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	def, err := Load(raw)
	if err != nil {
		t.Fatal(err)
	}
	return def
}

// Whatever is answered in the questionnaires districts start with, in any order: no
// formula fails, computing little is enough, and the draft rebuilds the visit.
func TestTheQuestionnairesOfThePacksHoldTogether(t *testing.T) {
	for _, name := range []string{"child-visit", "elder-visit"} {
		def := packForm(t, name)
		t.Run(name, rapid.MakeCheck(func(rt *rapid.T) {
			in, err := Start(def, StartOptions{
				Depth: rapid.IntRange(1, 3).Draw(rt, "depth"),
				Facts: map[string]string{
					"p_age":         rapid.SampledFrom([]string{"", "3", "9", "15", "83"}).Draw(rt, "age"),
					"p_first_visit": rapid.SampledFrom([]string{"0", "1"}).Draw(rt, "first"),
					"p_month":       rapid.SampledFrom([]string{"7", "11"}).Draw(rt, "month"),
				},
			}, noon())
			if err != nil {
				rt.Fatal(err)
			}
			for range rapid.IntRange(1, 30).Draw(rt, "answers") {
				var ask []View
				for _, s := range in.Sections() {
					for _, v := range in.Questions(s) {
						ask = append(ask, v)
						for _, r := range v.Instances {
							ask = append(ask, r.Views...)
						}
					}
				}
				v := rapid.SampledFrom(ask).Draw(rt, "question")
				if v.Item.Kind != Question || v.Item.Type == TypeNote || v.ReadOnly {
					continue
				}
				answer := rapid.SampledFrom([]string{"", "1", "70", "2026-11-25", "买买提·吐尔逊"}).Draw(rt, "text")
				if choices := in.Choices(v.Path); len(choices) > 0 {
					answer = rapid.SampledFrom(choices).Draw(rt, "choice").Name
				}
				if v.Item.Unknown && rapid.IntRange(0, 3).Draw(rt, "unknown") == 0 {
					_, err = in.SetUnknown(v.Path, UnknownNotSeen)
				} else {
					_, err = in.Set(v.Path, answer)
				}
				if err != nil {
					rt.Fatal(err)
				}
			}
			was := portrait(in)
			for _, r := range in.prog.rules {
				if r.kind != ruleDefault {
					in.dirty.set(r.index)
				}
			}
			in.recompute()
			if now := portrait(in); now != was {
				rt.Fatalf("computing everything changes:\n%s\nto:\n%s", was, now)
			}
			again, err := Resume(def, in.Journal(), noon())
			if err != nil || portrait(again) != was {
				rt.Fatalf("the draft rebuilds something else (%v)", err)
			}
			in.Grade(2)
			if f := in.Faults(); len(f) > 0 {
				rt.Fatalf("%+v", f[0])
			}
		}))
	}
}

// A visit at the door from beginning to end: a child of nine, living alone.
func TestAChildVisitToItsEnd(t *testing.T) {
	in, err := Start(packForm(t, "child-visit"), StartOptions{Depth: 3, Facts: map[string]string{
		"p_age": "9", "p_first_visit": "0", "p_prev_exists": "0", "p_grade": "3",
	}}, noon())
	if err != nil {
		t.Fatal(err)
	}
	set(t, in, "/data/c0/c0_3", "door", "/data/c0/c0_4", "met", "/data/c0/c0_5", "child", "/data/c1/c1_1", "alone")
	var codes []string
	for _, tr := range in.Triggers() {
		codes = append(codes, tr.Code)
		if !tr.Quiet {
			t.Errorf("%s fills the screen before a guardian", tr.Code)
		}
	}
	if !strings.Contains(strings.Join(codes, " "), "HT-A") {
		t.Errorf("a child of nine alone fires %v", codes)
	}
	if g := in.Grade(3); g.Grade != 1 || g.Unknowns == 0 {
		t.Errorf("%+v", g)
	}
	// What cannot be asked is marked; nothing else keeps the visit open in the end.
	for range 400 {
		_, wrong := in.Finalise()
		if len(wrong) == 0 {
			break
		}
		h := wrong[0]
		v, _ := in.View(h.Path)
		switch {
		case h.Code == CodeRequiredUnknown:
			if _, err := in.SetUnknown(h.Path, UnknownNotAsked); err != nil {
				t.Fatal(err)
			}
		case len(in.Choices(h.Path)) > 0:
			set(t, in, h.Path, in.Choices(h.Path)[0].Name)
		case v.Item.Type == TypeDate:
			set(t, in, h.Path, in.Day().String())
			if again, _ := in.View(h.Path); len(again.Hindrances) > 0 {
				set(t, in, h.Path, (in.Day() + 1).String())
			}
		case v.Item.Type == TypeAcknowledge:
			set(t, in, h.Path, "OK")
		default:
			set(t, in, h.Path, "12")
		}
	}
	closed, wrong := in.Finalise()
	if len(wrong) > 0 {
		t.Fatalf("still hindered: %+v", wrong)
	}
	for _, a := range closed.Answers[0] {
		if strings.HasPrefix(a.Key, "c5_3") || strings.HasPrefix(a.Key, "c6") {
			t.Errorf("%s lies open", a.Key)
		}
	}
	if len(closed.Unknowns) == 0 || len(closed.Triggers) == 0 {
		t.Errorf("unknowns %v, triggers %v", closed.Unknowns, closed.Triggers)
	}
}
