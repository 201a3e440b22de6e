package visit_test

import (
	"strings"
	"testing"
	"time"

	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/tui/screen/visit"
	"doorstep/tui/tuitest"
)

// goes jumps to a question by its name.
func goes(t *testing.T, r *tuitest.Robot, name string) *tuitest.Robot {
	t.Helper()
	r.Keys("ctrl+f").Type(name).Keys("enter")
	if page, ok := r.Top().(*visit.Screen); !ok || !strings.HasSuffix(page.At(), "/"+name) {
		t.Fatal(name, r.Screen())
	}
	return r
}

// Every type of question as it stands at the keyboard: what it looks like, and what it
// makes of what is typed.
func TestEveryTypeOfQuestion(t *testing.T) {
	for _, c := range []struct {
		name string // of the question and of the picture
		act  func(r *tuitest.Robot)
		want string // the answer, after Tab
	}{
		{"one", func(r *tuitest.Robot) { r.Keys("1") }, "c1"},
		{"many", func(r *tuitest.Robot) { r.Keys("0", "3") }, "c12"},
		{"village", func(*tuitest.Robot) {}, ""},
		{"tools", func(r *tuitest.Robot) { r.Keys("1", "3") }, "c1 c3"},
		{"order", func(r *tuitest.Robot) { r.Keys("3", "1", "4", "1", "1") }, "c3 c4 c1"},
		{"ack", func(r *tuitest.Robot) { r.Keys("1") }, "OK"},
		{"age", func(r *tuitest.Robot) { r.Type("岁７a１") }, "71"},
		{"below", func(r *tuitest.Robot) { r.Type("-5") }, "-5"},
		{"temp", func(r *tuitest.Robot) { r.Type("３６。５度") }, "36.5"},
		{"pain", func(r *tuitest.Robot) { r.Type("6") }, "6"},
		{"day", func(r *tuitest.Robot) { r.Type("腊月廿三") }, "2027-01-30"},
		{"clock", func(r *tuitest.Robot) { r.Type("下午2点半") }, "14:30:00.000+08:00"},
		{"moment", func(r *tuitest.Robot) { r.Type("昨天下午３点") }, "2026-11-22T15:00:00.000+08:00"},
		{"words", func(r *tuitest.Robot) { r.Type("想孙子了，𠮷㐂都好") }, "想孙子了，𠮷㐂都好"},
		{"phone", func(r *tuitest.Robot) { r.Type("13912342231") }, "13912342231"},
		{"meter", func(r *tuitest.Robot) { r.Type("SB-0042") }, "SB-0042"},
		{"place", func(r *tuitest.Robot) { r.Type("东经122.58 北纬37.35") }, "37.35 122.58"},
		{"photo", func(r *tuitest.Robot) { r.Keys("1") }, "sealed-1"},
		{"paper", func(r *tuitest.Robot) { r.Keys("1", "2") }, ""},
	} {
		s := everyShelf(t, "zh")
		r := goes(t, start(t, s, 80, 24), c.name)
		c.act(r)
		r.Golden("type-" + c.name).Hides("看不见的").Keys("tab")
		if got := s.value(c.name); got != c.want {
			t.Errorf("%s: %q, want %q\n%s", c.name, got, c.want, r.Screen())
		}
		if c.want != "" && len(s.journal) == 0 {
			t.Errorf("%s is not on the disk", c.name)
		}
	}
}

func TestNumbersTakeNoLettersAndSayTheirRange(t *testing.T) {
	s := everyShelf(t, "zh")
	r := goes(t, start(t, s, 80, 24), "age").Shows("0 到 110").Type("abc").Shows("只能").Type("200").Keys("tab").Shows("错 填写")
	if s.value("age") != "200" {
		t.Error("an answer that cannot stand is kept and marked:", s.value("age"))
	}
	goes(t, r, "below").Shows("-39 到 39")
	goes(t, r, "temp").Shows("30 到 43")
	goes(t, r, "pain").Shows("0 到 10，每次差 2")
	goes(t, r, "rooms").Shows("填整数")
}

func TestWhatCannotBeReadIsKeptAndMarkedAndStopsNobody(t *testing.T) {
	for name, text := range map[string]string{"day": "哪天来着", "clock": "一会儿", "moment": "那时", "place": "村东头"} {
		s := everyShelf(t, "zh")
		r := goes(t, start(t, s, 80, 24), name).Type(text).Keys("tab")
		page := r.Top().(*visit.Screen)
		if s.value(name) != text || strings.HasSuffix(page.At(), "/"+name) {
			t.Errorf("%s: %q, at %s", name, s.value(name), page.At())
		}
		r.Shows("错 填写")
		goes(t, r, name).Shows(text)
	}
}

func TestADateFieldTakesTheKeysOfMoving(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		s := everyShelf(t, lang)
		var options []tuitest.Option
		if lang == "en" {
			options = append(options, tuitest.English(t))
		}
		r := goes(t, start(t, s, 80, 24, options...), "day")
		r.Keys("down", "pgdown", "up").Shows("2026-12-22").Golden("day-" + lang)
		r.Keys("tab")
		if s.value("day") != "2026-12-22" {
			t.Error(lang, s.value("day"))
		}
		for text, want := range map[string]string{
			"今天": "2026-11-23", "昨天": "2026-11-22", "前天": "2026-11-21", "-3": "2026-11-20", "－３": "2026-11-20", "11-22": "2026-11-22",
			"20261122": "2026-11-22", "２０２６年１１月２２日": "2026-11-22", "正月初五": "2027-02-10", "yesterday": "2026-11-22",
		} {
			goes(t, r, "day").Keys("ctrl+u").Type(text).Keys("tab")
			if s.value("day") != want {
				t.Errorf("%s %s: %s, want %s", lang, text, s.value("day"), want)
			}
		}
	}
}

func TestNothingAndSomethingDoNotStandTogether(t *testing.T) {
	s := everyShelf(t, "zh")
	r := goes(t, start(t, s, 80, 24), "tools").Keys("1", "2", "5")
	if s.value("tools") != "nothing" {
		t.Error(s.value("tools"))
	}
	r.Keys("2")
	if s.value("tools") != "c2" {
		t.Error(s.value("tools"), r.Screen())
	}
}

func TestOneOfFiftyThousandIsFoundByHanPinyinInitialsAndCode(t *testing.T) {
	s := everyShelf(t, "zh")
	r := goes(t, start(t, s, 80, 24), "village").Shows("共 50000 个")
	for _, text := range []string{"竹岛村", "zhudaocun", "zdc", "371002001000"} {
		r.Type(text)
		if !strings.Contains(r.Screen(), "竹岛村") {
			t.Error(text, r.Screen())
		}
		r.Keys("enter")
		if s.value("village") == "" {
			t.Error(text, "chooses nothing")
		}
		if r.Keys("delete"); s.value("village") != "" {
			t.Error("the choice stays:", s.value("village"))
		}
	}
	goes(t, r, "village").Type("望海石桥").Golden("long-list").Keys("enter").Shows("望海石桥村")
	r.Keys("ctrl+t").Golden("long-list-all")
	start(t, s, 60, 20).Keys("ctrl+f").Type("village").Keys("enter").Type("sqsh").Golden("long-list-60x20")
}

func TestARosterIsATable(t *testing.T) {
	s := everyShelf(t, "zh")
	r := goes(t, start(t, s, 80, 24), "member").Golden("roster-empty")
	r.Keys("insert").Type("买买提·吐尔逊").Keys("tab", "2", "tab").Type("45").Keys("tab").Type("腰疼").Golden("roster-row").Keys("tab")
	r.Keys("insert").Type("胃病").Keys("tab").Type("昨天").Golden("roster-nested").Keys("enter")
	r.Keys("esc").Shows("住在一起的人", "买买提·吐尔逊", "1 行").Hides("腰疼")
	r.Keys("ctrl+n").Type("𠮷㐂").Keys("tab", "6", "tab").Type("表弟").Golden("or-other").Keys("tab").Type("150").Keys("esc")
	r.Golden("roster").Shows("还差 1 处")
	if s.value("people") != "2" || s.value("kin_other") != "" {
		t.Error(s.value("people"), s.value("kin_other"))
	}
	// A row is opened by its digit, by Enter on it or with the mouse, and goes to the bin.
	r.Keys("2").Shows("住在一起的人：第 2 行", "𠮷㐂").Keys("esc", "up", "up").Keys("enter").Shows("第 1 行").Keys("esc")
	r.Keys("up", "delete").Shows("去掉“住在一起的人”的第 2 行").Keys("1").Hides("𠮷㐂").Shows("去掉过 1 行")
	if s.value("people") != "1" {
		t.Error(s.value("people"))
	}
	r.Keys("ctrl+b").Shows("𠮷㐂")
	r.Keys("esc").Shows("home")
	goes(t, start(t, s, 60, 20), "member").Golden("roster-60x20")
	goes(t, start(t, s, 120, 40), "member").Golden("roster-120x40")
}

func TestEnterGoesOnBehindTheLastRow(t *testing.T) {
	s := everyShelf(t, "zh")
	r := goes(t, start(t, s, 80, 24), "member").Keys("insert").Type("李静").Keys("enter", "enter", "enter", "enter")
	page := r.Top().(*visit.Screen)
	if !strings.HasSuffix(page.At(), "/illness") {
		t.Fatal(page.At())
	}
	r.Keys("enter")
	if page.At() != "/data/family/member" {
		t.Fatal("not back at the table:", page.At())
	}
	r.Keys("insert").Type("李明").Keys("esc", "enter")
	if !strings.HasSuffix(page.At(), "/crowded") {
		t.Error("Enter behind the last row goes on:", page.At())
	}
	r.Keys("up").Shows("再加一行")
}

func TestWhatHindersInARowIsFoundThere(t *testing.T) {
	s := everyShelf(t, "zh")
	r := goes(t, start(t, s, 80, 24), "member").Keys("insert", "esc", "f8").Golden("problems-row")
	r.Keys("4").Shows("住在一起的人：第 1 行", "> 姓名")
}

func TestWhatIsCalculatedIsExplained(t *testing.T) {
	s := everyShelf(t, "zh")
	r := goes(t, start(t, s, 80, 24), "rooms").Type("3").Keys("tab", "insert").Type("李静").Keys("tab", "tab").Type("17").Keys("f9").Golden("why-row")
	r.Keys("esc", "esc").Keys("ctrl+n").Type("李明").Keys("esc")
	goes(t, r, "crowded").Keys("f9").Golden("why")
}

func TestManyLinesPastedOpenTheEditor(t *testing.T) {
	s := everyShelf(t, "zh")
	r := goes(t, start(t, s, 80, 24), "words").Type("他说：").Paste("想孙子\r\n冬天冷\n\u202e夜里咳").Golden("pasted").Keys("esc")
	if got := s.value("words"); got != "他说：\n想孙子\n冬天冷\n夜里咳" {
		t.Errorf("%q", got)
	}
	r.Shows("夜里咳")
	goes(t, r, "age").Paste("71岁\n")
	r.Keys("tab")
	if s.value("age") != "71" {
		t.Error(s.value("age"))
	}
}

func TestLastAnswersAreTakenBackOneAfterTheOther(t *testing.T) {
	s := everyShelf(t, "zh")
	r := start(t, s, 80, 24).Shows("> 家里有人吗").Keys("ctrl+z").Shows("还没有填过")
	r.Keys("1", "tab", "2", "tab")
	goes(t, r, "words").Type("错").Keys("ctrl+z").Shows("刚打的字")
	r.Keys("ctrl+z").Shows("收回了：在哪里见的").Shows("> 在哪里见的").Keys("ctrl+z").Shows("收回了：家里有人吗").Golden("undone")
	if s.value("one") != "" || s.value("many") != "" || len(s.journal) != 4 {
		t.Error(s.value("one"), s.value("many"), s.journal)
	}
	goes(t, r, "member").Keys("insert").Type("李静").Keys("tab", "esc", "up", "delete", "1").Hides("李静").Keys("ctrl+z").Shows("李静", "收回了：住在一起的人")
	back, err := form.Resume(s.form.Definition(), s.form.Journal(), nil)
	if err != nil || string(back.Submission()) != string(s.form.Submission()) {
		t.Error("the journal does not rebuild what was taken back", err)
	}
}

func TestTakingBackAnAnswerAboutHarmDoesNotNameIt(t *testing.T) {
	_, r := quiet(t)
	r.Keys("ctrl+z").Shows("收回了一题").Hides("收回了：")
}

func TestANewerQuestionnaireIsSaidAndOneKeyAway(t *testing.T) {
	s := newShelf(t, 3)
	s.resumed, s.newer = tuitest.Start.Add(-time.Hour), true
	r := start(t, s, 80, 24).Shows("接着写：08:00", "区里有了新问卷").Keys("1")
	r.Advance(5 * time.Second)
	r.Keys("tab").Shows("旧问卷，有新的").Keys("f5").Shows("upgrade")
	if len(s.journal) != 1 {
		t.Error("the answer is not on the disk:", s.journal)
	}
	r.Keys("esc")
	start(t, newShelf(t, 3), 80, 24).Keys("f5").Shows("没有更新的")
}

func TestWhatWasAnsweredBehindTheSameDoorIsThereAndMayBeChanged(t *testing.T) {
	s := newShelf(t, 3)
	s.form = startWith(t, s, map[string]string{"c2_4": "wiring pesticide"})
	full(t, s)
	r := to(t, start(t, s, 80, 24), "C2.4").Shows("同户已答，可以改").Golden("door").Keys("down").Shows("同户已答")
	to(t, r, "C2.4").Keys("5").Hides("同户已答")
}

// startWith is the form of a shelf with answers that were given at the door already.
func startWith(t *testing.T, s *shelf, shared map[string]string) *form.Instance {
	t.Helper()
	opts := s.form.Options()
	opts.Shared = shared
	in, err := form.Start(s.form.Definition(), opts, func() time.Time { return tuitest.Start })
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func TestANoteThatComesUpAfterAnAnswerAboutHarmIsFolded(t *testing.T) {
	s := shelfOf(t, packs.ElderVisit, 3, "zh")
	for _, a := range [][2]string{{"e0_2", "door"}, {"e0_3", "met"}, {"e2_2", "dementia"}, {"e6_1", "fine"}, {"e6_4", "suspected"}, {"e6_4_kind", "violence"}} {
		set(t, s, a[0], a[1])
	}
	r := start(t, s, 80, 24).Keys("ctrl+f").Type("安全").Keys("enter")
	for range 30 {
		r.Hides("报警", "动手").Keys("enter")
		if page, ok := r.Top().(*visit.Screen); ok && strings.HasSuffix(page.At(), "/e6_4_police") {
			r.Shows("有一句提示").Golden("folded").Keys("ctrl+t").Shows("按规定要报警").Keys("enter").Hides("按规定要报警")
			return
		}
	}
	t.Fatal(r.Screen())
}
