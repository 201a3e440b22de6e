package form

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"doorstep/casework"
)

func TestSkipsFollowTheAnswers(t *testing.T) {
	in := start(t, nil)
	set(t, in, "/data/s0/mode", "phone", "/data/s1/lives", "parents")
	if in.Applies("/data/s1/danger") || !in.Applies("/data/s1/carer_age") {
		t.Error("a visit by telephone asks about the house, or not about the carer")
	}
	set(t, in, "/data/s0/mode", "door", "/data/s1/lives", "alone")
	if !in.Applies("/data/s1/danger") || in.Applies("/data/s1/carer_age") {
		t.Error("at the door the house is not asked about, or a child living alone has a carer")
	}
	if in.Applies("/data/s5/mood") {
		t.Error("the mood of a child who is not present is asked for")
	}
	set(t, in, "/data/s0/present", "child carer")
	if !in.Applies("/data/s5/mood") || in.Applies("/data/s5/harm") {
		t.Error("groups do not open, or open too much")
	}
}

// A question inside a group that closes keeps its answer, which nobody reads meanwhile.
func TestIrrelevantAnswersAreKeptAndBlank(t *testing.T) {
	in := start(t, nil)
	set(t, in, "/data/s0/present", "child", "/data/s5/mood", "low", "/data/s5/harm", "act")
	if value(in, "/data/s7/alarm") != "yes" {
		t.Fatal("the calculation does not see the answer")
	}
	set(t, in, "/data/s0/present", "carer")
	if value(in, "/data/s7/alarm") != "no" || len(in.Triggers()) != 0 {
		t.Error("an answer that does not apply still counts")
	}
	if value(in, "/data/s5/harm") != "act" {
		t.Error("the answer was lost")
	}
	var dropped []string
	for _, a := range in.Dropped() {
		dropped = append(dropped, a.Key)
	}
	if !slices.Equal(dropped, []string{"mood", "harm"}) {
		t.Errorf("named as dropped: %v", dropped)
	}
	set(t, in, "/data/s0/present", "child")
	if value(in, "/data/s7/alarm") != "yes" {
		t.Error("the answer does not come back")
	}
}

func TestRosterInAGroup(t *testing.T) {
	in := start(t, nil)
	for _, b := range [][2]string{{"低保", "600"}, {"助学金", "200"}, {"𠮷补贴", "200"}} {
		c, err := in.Add("/data/s1/benefit")
		if err != nil {
			t.Fatal(err)
		}
		set(t, in, c.Value+"/b_name", b[0], c.Value+"/amount", b[1])
	}
	check := func(total string, shares ...string) {
		t.Helper()
		if got := value(in, "/data/s1/total"); got != total {
			t.Errorf("total %s, want %s", got, total)
		}
		v, _ := in.View("/data/s1/benefit")
		var got []string
		for _, r := range v.Instances {
			got = append(got, value(in, r.Path+"/b_place")+":"+value(in, r.Path+"/share"))
		}
		if !slices.Equal(got, shares) {
			t.Errorf("shares %v, want %v", got, shares)
		}
	}
	check("1000", "1:60", "2:20", "3:20")
	if _, err := in.Remove("/data/s1/benefit[2]"); err != nil {
		t.Fatal(err)
	}
	check("800", "1:75", "2:25")
	if v, _ := in.View("/data/s1/benefit"); len(v.InstanceBin) != 1 || v.InstanceBin[0].Path != "/data/s1/benefit[2]" {
		t.Errorf("bin %v", v.InstanceBin)
	}
	if _, err := in.Restore("/data/s1/benefit[2]"); err != nil {
		t.Fatal(err)
	}
	check("1000", "1:60", "2:20", "3:20")
}

// A count typed too low by mistake costs nothing.
func TestLoweringACountHides(t *testing.T) {
	in := start(t, nil)
	set(t, in, "/data/s1/siblings", "２")
	set(t, in, "/data/s1/sibling[2]/sib_name", "㐂儿")
	if _, err := in.Add("/data/s1/sibling"); casework.CodeOf(err) != "form.fixed_count" {
		t.Errorf("a counted repeat took an instance by hand: %v", err)
	}
	c, err := in.Add("/data/s1/sibling[2]/school")
	if err != nil {
		t.Fatal(err)
	}
	set(t, in, c.Value+"/school_name", "竹岛小学")
	set(t, in, "/data/s1/siblings", "1")
	if v, _ := in.View("/data/s1/sibling"); len(v.Instances) != 1 {
		t.Errorf("%d instances", len(v.Instances))
	}
	if strings.Contains(string(in.Submission()), "竹岛小学") {
		t.Error("a hidden instance is sent")
	}
	set(t, in, "/data/s1/siblings", "3")
	if value(in, "/data/s1/sibling[2]/school[1]/school_name") != "竹岛小学" {
		t.Error("a hidden instance lost its answers")
	}
	for _, silly := range []string{"-1", "abc", "", "1e99", "999999999"} {
		set(t, in, "/data/s1/siblings", silly)
	}
	if n := len(in.byPath["/data/s1/sibling"].kids); n > maxInstances {
		t.Errorf("%d instances made", n)
	}
}

func TestDefaultsComeOnceAndNeverBack(t *testing.T) {
	in := start(t, func(o *StartOptions) { o.Facts["p_month"] = "7" })
	if value(in, "/data/s7/talk") != "drown" || value(in, "/data/s7/next") != "2026-12-23" {
		t.Fatalf("talk %q, next %q", value(in, "/data/s7/talk"), value(in, "/data/s7/next"))
	}
	set(t, in, "/data/s7/talk", "", "/data/s7/next", "", "/data/s0/mode", "door")
	if value(in, "/data/s7/talk") != "" || value(in, "/data/s7/next") != "" {
		t.Error("a default came back after it was deleted")
	}
}

func TestPaperVisitHasItsOwnToday(t *testing.T) {
	in := start(t, func(o *StartOptions) { o.Day = casework.MustDay("2026-11-20") })
	if value(in, "/data/visit_day") != "2026-11-20" || value(in, "/data/s7/next") != "2026-12-20" {
		t.Errorf("day %s, next %s", value(in, "/data/visit_day"), value(in, "/data/s7/next"))
	}
}

func TestChoicesFollowTheirFilter(t *testing.T) {
	in := start(t, nil)
	if got := in.Choices("/data/s7/village"); len(got) != 0 {
		t.Errorf("villages without a town: %v", got)
	}
	set(t, in, "/data/s7/town", "t1", "/data/s7/village", "v1")
	if got := in.Choices("/data/s7/village"); len(got) != 1 || got[0].Name != "v1" {
		t.Errorf("villages of t1: %v", got)
	}
	set(t, in, "/data/s7/town", "t2")
	v, _ := in.View("/data/s7/village")
	if len(v.Hindrances) != 1 || v.Hindrances[0].Code != CodeNotAChoice {
		t.Errorf("a village of another town passes: %v", v.Hindrances)
	}
}

// Nothing is refused while typing; everything is named.
func TestWrongAnswersAreKeptAndNamed(t *testing.T) {
	in := start(t, nil)
	for _, c := range []struct {
		path, value string
		code        casework.Code
	}{
		{"/data/s1/carer_age", "五十", CodeNotInteger},
		{"/data/s1/carer_age", "5.5", CodeNotInteger},
		{"/data/s1/carer_age", "200", CodeConstraint},
		{"/data/s1/carer_age", "５５", ""},
		{"/data/s0/mode", "swim", CodeNotAChoice},
		{"/data/s0/present", "none child", CodeConstraint},
		{"/data/s0/present", " child   carer child", ""},
		{"/data/s7/next", "2026-02-30", CodeNotDate},
		{"/data/s7/next", "明天", CodeNotDate},
		{"/data/s7/next", "2026-11-01", CodeConstraint},
		{"/data/s7/next", "2026-11-23", ""},
	} {
		set(t, in, c.path, c.value)
		v, _ := in.View(c.path)
		var got casework.Code
		if len(v.Hindrances) > 0 {
			got = v.Hindrances[0].Code
		}
		if got != c.code {
			t.Errorf("%s = %q: %v, want %q", c.path, c.value, v.Hindrances, c.code)
		}
	}
	if value(in, "/data/s1/carer_age") != "55" || value(in, "/data/s0/present") != "child carer" {
		t.Error("answers are not stored in their normal form")
	}
}

func TestWhatCannotBeAnswered(t *testing.T) {
	in := start(t, nil)
	for path, code := range map[string]casework.Code{
		"/data/nowhere": "form.no_such_question", "/data/s1": "form.not_answerable",
		"/data/s1/told": "form.not_answerable", "/data/s7/alarm": "form.not_answerable",
	} {
		if _, err := in.Set(path, "x"); casework.CodeOf(err) != code {
			t.Errorf("%s: %v", path, err)
		}
	}
	if _, err := in.SetUnknown("/data/s0/mode", UnknownNotAsked); casework.CodeOf(err) != "form.unknown_not_offered" {
		t.Errorf("a question without unknown took a mark: %v", err)
	}
	if _, err := in.Set("/data/s5/words", strings.Repeat("字", maxText+1)); casework.CodeOf(err) != "form.too_long" {
		t.Errorf("an endless answer: %v", err)
	}
	if n := len(in.Journal()); n != 1 {
		t.Errorf("refused changes were journaled: %d", n)
	}
}

// What was judged last time is never shown: it would be copied.
func TestPreviousAnswersButNeverFreshOnes(t *testing.T) {
	in := start(t, func(o *StartOptions) { o.Previous = map[string]string{"lives": "parents", "mood": "fine"} })
	set(t, in, "/data/s0/present", "child")
	lives, _ := in.View("/data/s1/lives")
	mood, _ := in.View("/data/s5/mood")
	if lives.Previous != "parents" || mood.Previous != "" {
		t.Errorf("lives %q, mood %q", lives.Previous, mood.Previous)
	}
	if value(in, "/data/s1/lives") != "" {
		t.Error("the previous answer was filled in by itself")
	}
}

func TestSharedAnswersAreAskedOncePerDoor(t *testing.T) {
	in := start(t, func(o *StartOptions) { o.Shared = map[string]string{"mode": "door", "lives": "alone"} })
	if value(in, "/data/s0/mode") != "door" || value(in, "/data/s1/lives") != "" {
		t.Error("shared answers are not taken over, or others are")
	}
}

// A greeting asks three things; "not well" opens the rest.
func TestDepthOpensWithNotWell(t *testing.T) {
	in := start(t, func(o *StartOptions) { o.Depth = 1 })
	if in.Applies("/data/s1/lives") || in.Applies("/data/s0/present") {
		t.Error("a greeting asks more than it should")
	}
	set(t, in, "/data/s0/well", "no")
	if in.Depth() != 3 || !in.Applies("/data/s1/lives") {
		t.Error("not well does not open the rest")
	}
	set(t, in, "/data/s1/lives", "alone", "/data/s0/well", "yes")
	if in.Depth() != 1 || in.Applies("/data/s1/lives") || value(in, "/data/s1/lives") != "alone" {
		t.Error("well again does not close the rest, or loses an answer")
	}
}

func TestSentencesNameTheAnswers(t *testing.T) {
	in := start(t, nil)
	set(t, in, "/data/s1/lives", "alone")
	if v, _ := in.View("/data/s1/told"); v.Label != "他跟一个人住，9岁" {
		t.Errorf("%q", v.Label)
	}
	w, ok := in.WhyShown("/data/s1/carer_age")
	if !ok || w.Value.Bool() || len(w.Reads) != 1 || w.Reads[0].Answer != "alone" {
		t.Errorf("why: %+v", w)
	}
}

func TestOutline(t *testing.T) {
	in := start(t, func(o *StartOptions) { o.Depth = 1 })
	states := func() string {
		var b strings.Builder
		for _, s := range in.Sections() {
			b.WriteString([]string{"未", "完", "错", "－"}[s.State])
		}
		return b.String()
	}
	if got := states(); got != "－未－－完" {
		t.Errorf("a greeting begins with %s", got)
	}
	set(t, in, "/data/s0/mode", "door", "/data/s0/well", "yes")
	if got := states(); got != "－完－－完" {
		t.Errorf("then %s", got)
	}
	set(t, in, "/data/s7/next", "昨天")
	if got := states(); got != "－完－－错" {
		t.Errorf("then %s", got)
	}
	answered, visible := in.Progress()
	if answered != 3 || visible != 7 {
		t.Errorf("answered %d of %d", answered, visible)
	}
}

// Fifty thousand villages are offered without a pause.
func TestLongListsAreLookedUp(t *testing.T) {
	d := doorForm(t)
	l := d.List("village")
	for i := range 50_000 {
		l.Choices = append(l.Choices, &Choice{Name: fmt.Sprint("x", i), Columns: map[string]string{"town": fmt.Sprint("y", i%500)}})
	}
	in, err := Start(d, StartOptions{}, noon())
	if err != nil {
		t.Fatal(err)
	}
	p := in.byPath["/data/s7/village"]
	in.byPath["/data/s7/town"].node.Value = "y7"
	got := in.Choices(p.path)
	if len(got) != 100 || got[0].Name != "x7" || got[99].Name != "x49507" {
		t.Errorf("%d villages", len(got))
	}
	if looked := len(in.prog.tables["village"].where("town", "y7")); looked != len(got) {
		t.Errorf("looked at %d rows", looked)
	}
}

func TestPlacesAreFoundByTheirKey(t *testing.T) {
	in := start(t, nil)
	for range 2 {
		if _, err := in.Add("/data/s1/benefit"); err != nil {
			t.Fatal(err)
		}
	}
	for key, want := range map[string]string{
		"mode": "/data/s0/mode", "benefit[2]/amount": "/data/s1/benefit[2]/amount", "amount": "/data/s1/benefit[1]/amount",
		"benefit[3]/amount": "", "nobody": "", "": "", "benefit": "/data/s1/benefit", "/data/s0/mode": "/data/s0/mode",
	} {
		if got, ok := in.Path(key); got != want || ok != (want != "") {
			t.Errorf("%q is at %q, want %q", key, got, want)
		}
	}
}
