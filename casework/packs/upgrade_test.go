package packs_test

import (
	"bytes"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"doorstep/casework/form"
	"doorstep/casework/packs"
)

// The questionnaires of the field: to the same version every answer goes over, and what is
// taken back is as it was.
func TestDraftsOfTheFieldGoOverAndBack(t *testing.T) {
	defs := []*form.Definition{definition(t, packs.ChildVisit), definition(t, packs.ElderVisit)}
	for _, f := range packs.Forms() {
		defs = append(defs, fieldForm(t, f.ID))
	}
	for _, d := range defs {
		t.Run(d.FormID, rapid.MakeCheck(func(r *rapid.T) {
			in, err := form.Start(d, form.StartOptions{Facts: child9("p_depth", "3")}, noon)
			if err != nil {
				r.Fatal(err)
			}
			before := [][]byte{in.Submission()}
			for range rapid.IntRange(1, 15).Draw(r, "answers") {
				answerOne(r, in)
				if in.Undoable() == len(before) {
					before = append(before, in.Submission())
				}
			}
			p, err := form.Upgrade(d, in.Journal(), d, noon)
			if err != nil {
				r.Fatal(err)
			}
			if len(p.Dropped)+len(p.Asked) > 0 {
				r.Fatalf("dropped %+v, asked %+v", p.Dropped, p.Asked)
			}
			over, err := p.Start(noon)
			if err != nil || !bytes.Equal(over.Submission(), in.Submission()) {
				r.Fatalf("%v: went over as\n%s\nwas\n%s", err, over.Submission(), in.Submission())
			}
			for in.Undoable() > 0 {
				if _, err := in.Undo(); err != nil {
					r.Fatal(err)
				}
				if want := before[in.Undoable()]; !bytes.Equal(in.Submission(), want) {
					r.Fatalf("taken back to\n%s\nwas\n%s", in.Submission(), want)
				}
			}
		}))
	}
}

// answerOne does what somebody at the keyboard does once.
func answerOne(r *rapid.T, in *form.Instance) {
	var ask []form.View
	for _, s := range in.Sections() {
		for _, v := range in.Questions(s) {
			ask = append(ask, v)
			for _, row := range v.Instances {
				ask = append(ask, row.Views...)
			}
		}
	}
	if len(ask) == 0 {
		return
	}
	v := rapid.SampledFrom(ask).Draw(r, "question")
	var err error
	switch {
	case v.Item.Kind == form.Repeat:
		if v.Item.RepeatCount == "" {
			_, err = in.Add(v.Path)
		}
	case v.Item.Type == form.TypeNote || v.ReadOnly:
	case v.Item.Unknown && rapid.IntRange(0, 4).Draw(r, "unknown") == 0:
		_, err = in.SetUnknown(v.Path, form.UnknownNotAsked)
	case len(in.Choices(v.Path)) > 0:
		_, err = in.Set(v.Path, rapid.SampledFrom(in.Choices(v.Path)).Draw(r, "choice").Name)
	default:
		_, err = in.Set(v.Path, rapid.SampledFrom([]string{"", "0", strconv.Itoa(70), "2026-11-25", "14:30", "买买提·吐尔逊", "㐂𠮷"}).Draw(r, "text"))
	}
	if err != nil {
		r.Fatal(err)
	}
}
