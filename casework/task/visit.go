package task

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
)

// Circumstances are what a visit's record says beside the answers.
type Circumstances struct {
	FormHash casework.Hash
	Started  time.Time // of the visit; zero for one entered from paper
	Ended    time.Time
	Entered  time.Time // when it was saved here
	Paper    string    // number of the paper sheet
	FromForm bool      // entered from paper: "paper" instead of "screen"
	Grade    int       // that stood before the visit; 0 = none
}

// depths are the codes of "visit_depth" by the depth of the form.
var depths = []string{"", "greeting", "routine", "full"}

// reasonMost is how many characters of the reason to change a grade stand beside the grade.
const reasonMost = 500

// DepthCode is the code of "visit_depth" for a depth of 1, 2 or 3.
func DepthCode(depth int) string { return depths[max(0, min(depth, len(depths)-1))] }

// DepthOf is the depth of a code, 3 when it is not known.
func DepthOf(code string) int {
	if i := slices.Index(depths, code); i > 0 {
		return i
	}
	return 3
}

// Record gives the registers of a visit from its finished questionnaire, for
// casework.Author.Create. The answers keep the classes their questions have; what is derived
// from them is kept in fields of the class that holds such things for everybody.
func Record(in *form.Instance, closed form.Closed, c Circumstances) casework.Values {
	answer := func(names ...string) string {
		for _, n := range names {
			if it := in.Definition().Find(n); it != nil {
				if v, ok := in.View(it.Path); ok && v.Value != "" && in.Applies(it.Path) {
					return v.Value
				}
			}
		}
		return ""
	}
	v := casework.Values{
		"date": closed.Day, "entered": c.Entered, "form": closed.Form, "depth": DepthCode(closed.Depth),
		"purpose": "routine", "source": "screen",
		"unknowns": len(closed.Unknowns),
	}
	set := func(f casework.Field, value any, given bool) {
		if given {
			v[f] = value
		}
	}
	if c.FromForm {
		v["source"] = "paper"
	}
	set("paper_number", casework.CleanLine(c.Paper, 40), c.Paper != "")
	set("form_hash", c.FormHash, !c.FormHash.IsZero())
	set("started", c.Started, !c.Started.IsZero())
	set("ended", c.Ended, !c.Ended.IsZero())
	mode, result := answer("c0_3", "e0_2"), answer("c0_4", "e0_3")
	set("mode", mode, mode != "")
	set("result", result, result != "")
	v["seen"] = seen(answer, result)
	set("present", strings.Fields(answer("c0_5", "e0_6")), answer("c0_5", "e0_6") != "")
	set("axes", strings.Fields(answer("c7_2")), answer("c7_2") != "")
	for class, field := range map[casework.Sensitivity]casework.Field{
		casework.Routine: "answers", casework.Personal: "answers_personal", casework.Restricted: "answers_restricted",
	} {
		set(field, json.RawMessage(closed.JSON(class)), len(closed.Answers[class]) > 0)
	}
	grade := in.Grade(c.Grade)
	proposed := answer("c8_1", "e9_4")
	if proposed == "" && grade.Grade > 0 && closed.Depth > 1 {
		proposed = strconv.Itoa(grade.Grade)
	}
	if proposed == "" && len(closed.Triggers) > 0 {
		proposed = "1" // a hard trigger counts in a greeting, too
	}
	set("grade", proposed, proposed != "")
	set("grade_class", int(grade.Class), proposed != "")
	// the whole of it stands among the answers
	set("grade_reason", casework.CleanBlock(answer("c8_1_reason"), reasonMost), answer("c8_1_reason") != "")
	set("score", closed.Scores.Total, closed.Depth > 1)
	set("triggers", Codes(closed.Triggers), len(closed.Triggers) > 0)
	set("next", answer("c8_2", "e9_4_next"), answer("c8_2", "e9_4_next") != "")
	if given := answer("c0_1", "e0_1"); given != "" {
		v["notice"] = map[string]any{"given": given == "yes", "reason": answer("c0_2")}
	}
	if subject := answer("c8_3_guardian", "e9_5_elder"); subject != "" {
		v["signature"] = map[string]string{
			"worker": "yes", "subject": subject, "paper": answer("c8_3_paper", "e9_5_paper"), "reason": answer("c8_3_reason", "e9_5_reason"),
		}
	}
	return v
}

// seen reports whether the person herself was seen or heard: for a child, not only the guardian.
func seen(answer func(names ...string) string, result string) bool {
	present := answer("c0_5")
	return result == "met" && (present == "" || slices.Contains(strings.Fields(present), "child"))
}

// Codes are the hard triggers of a visit, each once, sorted.
func Codes(triggers []form.Trigger) []string {
	var out []string
	for _, t := range triggers {
		out = append(out, t.Code)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Promises are the needs a visit found, with what was said about each: the rosters C7.5 and E9.2.
func Promises(in *form.Instance) []Promise {
	var out []Promise
	for _, name := range []string{"c7_5", "e9_2"} {
		it := in.Definition().Find(name)
		if it == nil || !in.Applies(it.Path) {
			continue
		}
		v, ok := in.View(it.Path)
		if !ok {
			continue
		}
		for _, row := range v.Instances {
			var p Promise
			for _, q := range row.Views {
				switch strings.TrimPrefix(q.Item.Name, name) {
				case "_action":
					p.Title = q.Value
				case "_owner":
					p.Owner = q.Value
				case "_due":
					if d, err := casework.ParseDate(q.Value); err == nil {
						p.Due, _ = d.Exact()
					}
				}
			}
			out = append(out, p)
		}
	}
	needs := slices.DeleteFunc(slices.Concat(selected(in, "c7_4"), selected(in, "e9_1")), func(n string) bool { return n == "none" })
	for i, n := range needs {
		if i == len(out) {
			out = append(out, Promise{})
		}
		out[i].Need = n
		if !casework.NeedKinds.Has(n) && out[i].Title == "" {
			out[i].Title = label(in, n) // a need of the questionnaire's own
		}
	}
	return out
}

// label is what a need is called in the questionnaire.
func label(in *form.Instance, need string) string {
	for _, name := range []string{"c7_4", "e9_1"} {
		if it := in.Definition().Find(name); it != nil {
			for _, c := range in.Choices(it.Path) {
				if c.Name == need {
					return in.Definition().Say(c.Label, in.Options().Lang)
				}
			}
		}
	}
	return need
}

func selected(in *form.Instance, name string) []string {
	it := in.Definition().Find(name)
	if it == nil || !in.Applies(it.Path) {
		return nil
	}
	v, _ := in.View(it.Path)
	return strings.Fields(v.Value)
}

// Broken are the devices a visit to an elder found not working, as codes of "device_kind".
func Broken(in *form.Instance) []string {
	var out []string
	for name, kind := range map[string]string{"e5_2_smoke": "smoke", "e5_2_onekey": "one_key", "e5_2_meter": "water_meter", "e5_2_camera": "camera"} {
		if it := in.Definition().Find(name); it != nil && in.Applies(it.Path) {
			if v, ok := in.View(it.Path); ok && v.Value == "broken" {
				out = append(out, kind)
			}
		}
	}
	slices.Sort(out)
	return out
}
