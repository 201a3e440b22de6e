package form

import (
	"slices"
	"strings"
	"testing"

	"doorstep/casework"
)

func TestScoresWithCapAndUnknowns(t *testing.T) {
	in := start(t, nil)
	set(t, in, "/data/s0/mode", "door", "/data/s0/present", "child",
		"/data/s1/lives", "parents", "/data/s1/carer_age", "16", "/data/s1/danger", "well wire")
	s := in.Scores()
	if s.Total != 12 || !s.Sections[0].Capped {
		t.Errorf("8 + 6 under a cap of 12 gave %d: %+v", s.Total, s.Sections)
	}
	if len(s.Unknowns) != 1 || s.Unknowns[0].Path != "/data/s5/mood" || s.Unknowns[0].Why != "blank" {
		t.Errorf("unknowns %+v", s.Unknowns)
	}
	if s.Class != casework.Restricted {
		t.Errorf("a total that rests on the mood is of class %d", s.Class)
	}
	if _, err := in.SetUnknown("/data/s5/mood", UnknownNotSeen); err != nil {
		t.Fatal(err)
	}
	if s = in.Scores(); s.Total != 12 || s.Unknowns[0].Why != UnknownNotSeen {
		t.Errorf("unknown counted as something: %+v", s)
	}
	if in.Applies("/data/s5/harm") || in.Applies("/data/s5/words") {
		t.Error("an unknown mood reads as an answer")
	}
	set(t, in, "/data/s1/lives", "unsure")
	if s = in.Scores(); len(s.Unknowns) != 2 || s.Unknowns[0].Why != "choice" {
		t.Errorf("a choice that means unknown: %+v", s.Unknowns)
	}
	set(t, in, "/data/s1/carer_age", "")
	if s = in.Scores(); len(s.Unknowns) != 3 || s.Total != 6 {
		t.Errorf("a blank behind a formula: %+v", s)
	}
}

// A greeting scores nothing, but does not claim that all is well.
func TestAShallowVisitSaysWhatItDidNotAsk(t *testing.T) {
	in := start(t, func(o *StartOptions) { o.Depth = 1 })
	s := in.Scores()
	if s.Total != 0 || !slices.Contains(s.NotAsked, "/data/s1/lives") {
		t.Errorf("%+v", s)
	}
}

func TestTriggersAreQuietUnlessTheyMayFillTheScreen(t *testing.T) {
	in := start(t, nil)
	set(t, in, "/data/s0/present", "child", "/data/s1/lives", "alone", "/data/s5/mood", "low",
		"/data/s5/harm", "act", "/data/s7/gas", "OK")
	var got []string
	for _, tr := range in.Triggers() {
		word := tr.Code
		if !tr.Quiet {
			word += " loud"
		}
		got = append(got, word)
	}
	if want := []string{"HT-A", "HT-S", "HT-G loud"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	g := in.Grade(4)
	if g.Grade != 1 || g.ByPoints != 3 || g.Class != casework.Restricted {
		t.Errorf("a trigger grades %+v", g)
	}
}

func TestGradeFloorsAndSteps(t *testing.T) {
	in := start(t, nil)
	set(t, in, "/data/s0/present", "carer", "/data/s1/lives", "alone")
	if g := in.Grade(0); g.Grade != 1 || len(g.Floors) != 1 {
		t.Errorf("alone: %+v", g) // its trigger goes beyond its floor
	}
	set(t, in, "/data/s1/lives", "parents", "/data/s1/carer_age", "40")
	if g := in.Grade(2); g.ByPoints != 4 || g.Grade != 3 || g.HeldAt != 4 {
		t.Errorf("from 2 it may fall to 3 at once: %+v", g)
	}
	if g := in.Grade(0); g.Grade != 4 || len(g.Doubtful) != 0 {
		t.Errorf("the mood of an absent child: %+v", g)
	}
	set(t, in, "/data/s0/present", "child")
	if g := in.Grade(0); len(g.Doubtful) != 1 || g.Unknowns != 1 {
		t.Errorf("the mood of a child not yet asked: %+v", g)
	}
}

func TestFinishing(t *testing.T) {
	in := start(t, nil)
	set(t, in, "/data/s0/present", "child", "/data/s1/lives", "parents")
	_, wrong := in.Finalise()
	var got []string
	for _, h := range wrong {
		got = append(got, string(h.Code)+" "+h.Path)
	}
	want := []string{
		"form.required /data/s0/mode", "form.required /data/s0/well", "form.required_or_unknown /data/s5/mood",
	}
	if !slices.Equal(got, want) {
		t.Fatalf("hindrances %v", got)
	}
	set(t, in, "/data/s0/mode", "door", "/data/s0/well", "yes", "/data/s1/danger", "well", "/data/s5/mood", "low",
		"/data/s5/words", "想妈妈")
	if _, err := in.SetUnknown("/data/s5/harm", UnknownNotAsked); err != nil {
		t.Fatal(err)
	}
	set(t, in, "/data/s0/mode", "phone") // the house is not asked about any more
	closed, wrong := in.Finalise()
	if len(wrong) != 0 {
		t.Fatalf("hindrances %v", wrong)
	}
	if len(closed.Dropped) != 1 || closed.Dropped[0].Key != "danger" {
		t.Errorf("dropped %v", closed.Dropped)
	}
	routine, personal, restricted := string(closed.JSON(casework.Routine)), string(closed.JSON(casework.Personal)), string(closed.JSON(casework.Restricted))
	if restricted != `{"alarm":"no","harm":{"unknown":"no_chance"},"mood":"low","words":"想妈妈"}` {
		t.Errorf("restricted %s", restricted) // words and alarm inherit: they are shown for, or made of, restricted answers
	}
	if personal != `{}` || !strings.Contains(routine, `"mode":"phone"`) || strings.Contains(routine, "mood") {
		t.Errorf("personal %s, routine %s", personal, routine)
	}
	if !slices.Equal(closed.Unknowns, []string{"/data/s5/harm"}) {
		t.Errorf("unknowns %v", closed.Unknowns)
	}
}
