package packs_test

import (
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
)

// People §1.5: nothing in the report may ever block it: nothing demanded, nothing checked,
// no type that can be typed wrongly, no photo.
func TestNothingBlocksTheReport(t *testing.T) {
	d := fieldForm(t, packs.MandatoryReport)
	n := 0
	for it := range d.All() {
		if it.Required != "" || it.Constraint != "" || it.ReadOnly != "" || it.ChoiceFilter != "" || it.Depth != 0 {
			t.Errorf("%s can hold the report up", it.Name)
		}
		if it.Kind == form.Repeat {
			t.Errorf("%s makes lines that must be filled in", it.Name)
		}
		if it.Kind != form.Question || !it.Type.Shown() || it.Type == form.TypeNote {
			continue
		}
		n++
		if it.Relevant != "" {
			t.Errorf("%s may be hidden when it is needed", it.Name)
		}
		switch it.Type {
		case form.TypeText, form.TypeSelectOne, form.TypeSelectMultiple:
		default:
			t.Errorf("%s: a %s can be typed wrongly", it.Name, it.Type)
		}
	}
	if n < 20 {
		t.Errorf("%d questions", n)
	}
	in := fill(t, packs.MandatoryReport, nil)
	if _, wrong := in.Finalise(); len(wrong) > 0 {
		t.Errorf("an empty report is held up: %+v", wrong)
	}
}

func TestWhateverIsWrittenTheReportCloses(t *testing.T) {
	d := fieldForm(t, packs.MandatoryReport)
	rapid.Check(t, func(r *rapid.T) {
		in := fill(t, packs.MandatoryReport, nil)
		for it := range d.All() {
			if it.Kind != form.Question || !it.Type.Shown() || it.Type == form.TypeNote || !rapid.Bool().Draw(r, it.Name) {
				continue
			}
			switch {
			case it.Unknown && rapid.IntRange(0, 3).Draw(r, "unknown") == 0:
				set(t, in, it.Name, form.UnknownNotAsked)
			case it.Type == form.TypeText:
				s := rapid.String().Draw(r, "words")
				if strings.HasPrefix(s, "_") {
					s = " " + s
				}
				set(t, in, it.Name, s)
			default:
				var names []string
				for _, c := range d.List(it.List).Choices {
					if it.Type == form.TypeSelectOne {
						names = []string{c.Name}
					} else if rapid.Bool().Draw(r, c.Name) {
						names = append(names, c.Name) // also “none” together with others
					}
				}
				set(t, in, it.Name, strings.Join(names, " "))
			}
		}
		closed, wrong := in.Finalise()
		if len(wrong) > 0 {
			r.Fatalf("held up: %+v", wrong)
		}
		for class, as := range closed.Answers {
			for _, a := range as {
				if class != casework.Restricted && !strings.HasPrefix(a.Key, "p_") {
					r.Fatalf("%s lies open in class %d", a.Key, class)
				}
			}
		}
	})
}

func TestTheCallScriptIsRead(t *testing.T) {
	in := fill(t, packs.MandatoryReport, facts("p_worker", "竹岛村儿童主任张桂芬", "p_name", "李静静", "p_age", "9", "p_address", "竹岛村3组12号"),
		"r_seen=手臂有新伤", "r_safe=no")
	expect(t, in, "from the file", "r_who", "李静静，9岁", "r_where", "竹岛村3组12号")
	v, ok := in.View(in.Definition().Find("r1_script").Path)
	for _, part := range []string{"竹岛村儿童主任张桂芬", "李静静，9岁", "竹岛村3组12号", "手臂有新伤", "现在不安全", "警号"} {
		if !ok || !strings.Contains(v.Label, part) {
			t.Errorf("the script lacks %s: %s", part, v.Label)
		}
	}
	if !strings.HasPrefix(in.Definition().Find("r1_now").Label["zh"], "现在就打 110") || in.Definition().Items[len(in.Definition().Items)-1].Name != "r5" {
		t.Error("the first line is not the call")
	}
	in = fill(t, packs.MandatoryReport, nil)
	v, _ = in.View(in.Definition().Find("r1_script").Path)
	for _, part := range []string{"（单位、姓名）", "（谁）", "（哪里）", "（看到什么）", "安不安全还不清楚"} {
		if !strings.Contains(v.Label, part) {
			t.Errorf("with nothing known the script lacks %s: %s", part, v.Label)
		}
	}
}

// nine situations; two hours, a day, day four.
func TestTheTermsOfTheReport(t *testing.T) {
	in := fill(t, packs.MandatoryReport, nil)
	expect(t, in, "found now", "r_found_at", "2026-11-22 12:00", "supervisor_due", "2026-11-22 14:00", "written_due", "2026-11-23 12:00", "feedback_due", "2026-11-26")
	for found, want := range map[string][3]string{
		"2026-11-22 14:30": {"2026-11-22 16:30", "2026-11-23 14:30", "2026-11-26"},
		"2026-11-22 22:30": {"2026-11-23 00:30", "2026-11-23 22:30", "2026-11-26"},
		"2026-11-22 06:00": {"2026-11-22 08:00", "2026-11-23 06:00", "2026-11-26"}, // midnight in Greenwich
		"2026-11-22 08:00": {"2026-11-22 10:00", "2026-11-23 08:00", "2026-11-26"},
		"14:30":            {"2026-11-22 16:30", "2026-11-23 14:30", "2026-11-26"},
		"9:05":             {"2026-11-22 11:05", "2026-11-23 09:05", "2026-11-26"},
		"２０２６-11-22 １４：３０": {"2026-11-22 16:30", "2026-11-23 14:30", "2026-11-26"},
		"昨天晚上吃饭的时候":        {"", "", ""},
		"":                 {"", "", ""},
	} {
		reply(t, in, "r_found_at="+found)
		expect(t, in, found, "supervisor_due", want[0], "written_due", want[1], "feedback_due", want[2])
		if asks(in, "r3_due") != (want[0] != "") {
			t.Errorf("%s: terms on the screen: %v", found, asks(in, "r3_due"))
		}
	}
	in = fill(t, packs.MandatoryReport, facts("p_supervisor_hours", "1", "p_written_hours", "12", "p_feedback_days", "8"))
	expect(t, in, "another district", "supervisor_due", "2026-11-22 13:00", "written_due", "2026-11-23 00:00", "feedback_due", "2026-11-30")
	l := in.Definition().List("r_codes")
	for n := 1; n <= 9; n++ {
		if l.Choice("MR"+strconv.Itoa(n)) == nil {
			t.Errorf("MR%d is missing", n)
		}
	}
	reply(t, in, "r_temp=none")

	if asks(in, "r4_temp") {
		t.Error("none is referred")
	}
	reply(t, in, "r_temp=none severe") // a slip of the finger must not hide it
	if !asks(in, "r4_temp") || len(in.Definition().List("r_temp").Choices) != 8 {
		t.Error("a ground for temporary guardianship is not referred (R-19, seven grounds and none)")
	}
}
