package form

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"doorstep/casework"
	"pgregory.net/rapid"
)

// portrait is everything a visit shows, as text.
func portrait(in *Instance) string {
	var b bytes.Buffer
	in.doc.under(func(p *place) {
		fmt.Fprintf(&b, "%s=%q %q live=%v req=%v ro=%v bad=%v\n", p.path, p.node.Value, p.unknown, p.live(), p.required, p.readOnly, p.violated)
	})
	for _, s := range in.Sections() {
		fmt.Fprintf(&b, "%s %d %d/%d\n", s.Path, s.State, s.Answered, s.Visible)
	}
	fmt.Fprintf(&b, "%+v\n%+v\n%+v\n%+v\n%s", in.Scores(), in.Triggers(), in.Hindrances(), in.Dropped(), in.Submission())
	return b.String()
}

var someValues = []string{
	"", "door", "phone", "yes", "no", "child", "child carer", "none child", "parents", "alone", "unsure", "12", "71",
	"-1", "2", "low", "fine", "act", "thoughts", "well wire", "t1", "v1", "2026-12-01", "改天", "𠮷", "OK",
}

// wander makes random changes, as a worker in a hurry would.
func wander(rt *rapid.T, in *Instance, check func()) {
	for range rapid.IntRange(0, 25).Draw(rt, "steps") {
		paths := make([]string, 0, len(in.byPath))
		for path := range in.byPath {
			paths = append(paths, path)
		}
		slices.Sort(paths)
		path := rapid.SampledFrom(paths).Draw(rt, "path")
		switch rapid.IntRange(0, 9).Draw(rt, "act") {
		case 0:
			_, _ = in.SetUnknown(path, UnknownNotAsked)
		case 1:
			_, _ = in.Add(path)
		case 2:
			_, _ = in.Remove(path)
		case 3:
			_, _ = in.Restore(path)
		default:
			_, _ = in.Set(path, rapid.SampledFrom(someValues).Draw(rt, "value"))
		}
		if check != nil {
			check()
		}
	}
}

// A battery that dies costs at most the field being typed.
func TestADraftRebuildsTheVisit(t *testing.T) {
	def := doorForm(t)
	rapid.Check(t, func(rt *rapid.T) {
		in := start(t, func(o *StartOptions) { o.Depth = rapid.IntRange(1, 3).Draw(rt, "depth") })
		portraits := []string{portrait(in)}
		count := 1
		wander(rt, in, func() {
			if len(in.Journal()) > count {
				count++
				portraits = append(portraits, portrait(in))
			}
		})
		// Through the disk and back, cut off anywhere.
		cut := rapid.IntRange(1, count).Draw(rt, "cut")
		var changes []Change
		for _, c := range in.Journal()[:cut] {
			raw, err := json.Marshal(c)
			if err != nil {
				rt.Fatal(err)
			}
			var back Change
			if err := json.Unmarshal(raw, &back); err != nil {
				rt.Fatal(err)
			}
			changes = append(changes, back)
		}
		again, err := Resume(def, changes, noon())
		if err != nil {
			rt.Fatal(err)
		}
		if got := portrait(again); got != portraits[cut-1] {
			rt.Fatalf("resumed:\n%s\nwas:\n%s", got, portraits[cut-1])
		}
	})
}

// Computing only what depends on a change gives the same as computing everything.
func TestRecomputingLittleIsEnough(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		in := start(t, nil)
		wander(rt, in, func() {
			before := portrait(in)
			for _, r := range in.prog.rules {
				if r.kind != ruleDefault { // computed once by intention
					in.dirty.set(r.index)
				}
			}
			in.recompute()
			if after := portrait(in); after != before {
				rt.Fatalf("after %+v\nlittle:\n%s\nall:\n%s", in.Journal()[len(in.Journal())-1], before, after)
			}
			if f := in.Faults(); len(f) > 0 {
				rt.Fatalf("faults %v", f)
			}
		})
	})
}

func TestForeignDraftsAreRefused(t *testing.T) {
	def := doorForm(t)
	for name, changes := range map[string][]Change{
		"nothing": nil, "no start": {{Path: "/data/s0/mode", Value: "door"}},
		"strange act": {{Act: ActStart, Start: &StartOptions{}}, {Act: "dance", Path: "/data/s0/mode"}},
	} {
		if _, err := Resume(def, changes, noon()); casework.CodeOf(err) != "form.no_start" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Resume(def, []Change{{Act: ActStart, Start: &StartOptions{}}, {Path: "/data/other"}}, noon()); casework.CodeOf(err) != "form.no_such_question" {
		t.Errorf("another form's draft: %v", err)
	}
}

func TestASubmissionComesBackAsItWent(t *testing.T) {
	def := doorForm(t)
	rapid.Check(t, func(rt *rapid.T) {
		in := start(t, nil)
		wander(rt, in, nil)
		sent := in.Submission()
		back, err := ReadSubmission(def, sent, noon())
		if err != nil {
			rt.Fatal(err)
		}
		if again := back.Submission(); !bytes.Equal(sent, again) {
			rt.Fatalf("sent:\n%s\nread back:\n%s", sent, again)
		}
		replayed, err := Resume(def, back.Journal(), noon())
		if err != nil || !bytes.Equal(replayed.Submission(), sent) {
			rt.Fatalf("the journal of a read submission does not rebuild it: %v", err)
		}
	})
}

func TestForeignSubmissionsAreRefused(t *testing.T) {
	def := doorForm(t)
	for raw, code := range map[string]casework.Code{
		"":                                 "form.submission_unreadable",
		"<data":                            "form.submission_unreadable",
		`<!DOCTYPE x><data id="door"/>`:    "form.submission_unreadable",
		`<data id="other"/>`:               "form.submission_other_form",
		`<html id="door"/>`:                "form.submission_other_form",
		`<data id="door">&unknown;</data>`: "form.submission_unreadable",
	} {
		if _, err := ReadSubmission(def, []byte(raw), noon()); casework.CodeOf(err) != code {
			t.Errorf("%q: %v, want %s", raw, err, code)
		}
	}
}

func FuzzReadSubmission(f *testing.F) {
	def := doorForm(f)
	in := start(f, nil)
	set(f, in, "/data/s0/mode", "door", "/data/s1/siblings", "2")
	f.Add(in.Submission())
	f.Add([]byte(`<data id="door"><s1><benefit/><benefit><amount>3</amount></benefit><siblings>900</siblings></s1></data>`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		in, err := ReadSubmission(def, raw, noon())
		if err != nil {
			if casework.CodeOf(err) == "" {
				t.Fatal(err)
			}
			return
		}
		if _, err := readElements(in.Submission()); err != nil {
			t.Fatalf("cannot read what was written: %v", err)
		}
	})
}
