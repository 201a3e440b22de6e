package visit_test

import (
	"strings"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/tui/book"
	"doorstep/tui/book/booktest"
	"doorstep/tui/screen/visit"
	"doorstep/tui/tuitest"
)

func TestFinishingListsWhatIsMissingAndGoesThere(t *testing.T) {
	s := newShelf(t, 3)
	r := start(t, s, 80, 24).Keys("ctrl+s").Golden("problems").Keys("2")
	if s.finished != 0 {
		t.Fatal("finished with questions open")
	}
	r.Golden("jumped")
}

func TestWhatWasTypedBecomesAnAnswerWhenTheFieldIsLeft(t *testing.T) {
	s := newShelf(t, 3)
	for path, value := range map[string]string{"c0_3": "door", "c0_4": "met", "c0_5": "child grandparent", "c1_1": "grandparents"} {
		if _, err := s.form.Set(s.form.Definition().Find(path).Path, value); err != nil {
			t.Fatal(err)
		}
	}
	r := start(t, s, 80, 24).Keys("pgdown")
	for range 12 {
		if strings.Contains(r.Screen(), "> ") && r.Cursor() != "none" {
			if v, ok := s.form.View(s.form.Definition().Find("c1_4").Path); ok && v.Value == "" && strings.Contains(r.Screen(), "> "+strings.TrimSpace(v.Label)[:6]) {
				break
			}
		}
		r.Keys("enter")
	}
	r.Type("７１").Keys("enter")
	v, _ := s.form.View(s.form.Definition().Find("c1_4").Path)
	if v.Value != "71" {
		t.Errorf("%q: %s", v.Value, r.Screen())
	}
}

func TestAFullDiskIsToldAndNothingIsLost(t *testing.T) {
	s := newShelf(t, 3)
	s.full = true
	r := start(t, s, 80, 24).Keys("1")
	if len(s.journal) != 0 {
		t.Fatal(s.journal)
	}
	s.full = false
	r.Keys("enter", "1")
	if len(s.journal) != 2 {
		t.Errorf("%d of 2 changes are on the disk", len(s.journal))
	}
}

func TestCtrlLBlanksAndKeepsEverything(t *testing.T) {
	s := newShelf(t, 3)
	r := start(t, s, 80, 24).Keys("1", "ctrl+l").Hides("林小溪", "走访")
	r.Advance(time.Second)
	r.Keys("ctrl+l").Shows("林小溪")
}

// full is a routine beginning of a full visit, the child met.
func full(t *testing.T, s *shelf) {
	t.Helper()
	for path, value := range map[string]string{"c0_3": "door", "c0_4": "met", "c0_5": "child grandparent", "c1_1": "grandparents"} {
		set(t, s, path, value)
	}
}

func set(t *testing.T, s *shelf, name, value string) {
	t.Helper()
	if _, err := s.form.Set(s.form.Definition().Find(name).Path, value); err != nil {
		t.Fatal(err)
	}
}

// to jumps to a question by its code.
func to(t *testing.T, r *tuitest.Robot, code string) *tuitest.Robot {
	t.Helper()
	r.Keys("ctrl+f").Type(code).Keys("enter")
	if page, ok := r.Top().(*visit.Screen); !ok || !strings.HasSuffix(page.At(), strings.ToLower(strings.ReplaceAll(code, ".", "_"))) {
		t.Fatal(code, r.Screen())
	}
	return r
}

func TestAGreetingIsThreeKeysAndEnter(t *testing.T) {
	s := newShelf(t, 1)
	s.short = book.Phrase{Text: "平安问候不算一次走访。"}
	r := start(t, s, 80, 24).Keys("1", "1", "1").Golden("greeting").Shows("平安问候不算一次走访").Keys("enter").Shows("走访完成")
	if s.finished != 1 || len(s.journal) != 3 {
		t.Error(s.finished, len(s.journal))
	}
	r.Golden("done")
}

func TestNotWellOpensTheRestAndEnterGoesOn(t *testing.T) {
	s := newShelf(t, 1)
	r := start(t, s, 80, 24).Keys("1", "1", "2").Hides("可以了").Keys("enter", "enter")
	if _, visible := s.form.Progress(); visible < 20 || s.finished != 0 {
		t.Error(visible, s.finished, r.Screen())
	}
}

func TestTheWrongPersonLeavesNothingBehind(t *testing.T) {
	s := newShelf(t, 3)
	start(t, s, 80, 24).Shows("先对一下人", "竹岛村3组").Keys("esc").Shows("home")
	if len(s.dropped) != 1 {
		t.Error("an empty draft stays")
	}
	s = newShelf(t, 3)
	start(t, s, 80, 24).Keys("1").Hides("先对一下人").Keys("esc").Shows("home", "已经存好")
	if len(s.dropped) != 0 {
		t.Error("a draft with an answer went")
	}
}

func TestTheHouseholdIsOfferedAndOneDigitGoesOn(t *testing.T) {
	s := newShelf(t, 1)
	v := booktest.Village(func() time.Time { return tuitest.Start })
	s.mates = v.People[1:3]
	r := start(t, s, 80, 24).Keys("1", "1", "1", "enter").Shows("同户还有人到期", "王秀英").Golden("mates")
	r.Keys("3").Shows("没有 3 号").Keys("2").Shows("mate 3")
}

func TestOrdersComeBeforeTheWayBackAndBeforeTheNextVisit(t *testing.T) {
	s := newShelf(t, 1)
	s.mates = booktest.Village(func() time.Time { return tuitest.Start }).People[1:3]
	o := order("HT-M", true)
	o.Urgent = booktest.ID(60)
	s.orders = []book.Order{o}
	r := start(t, s, 80, 24).Keys("1", "1", "1", "enter").Shows("1 件事要办").Hides("110", "报案")
	r.Keys("1").Shows("urgent HT-M")
}

func TestAQuestionIsFoundByItsCodeOrItsWords(t *testing.T) {
	s := newShelf(t, 3)
	full(t, s)
	r := start(t, s, 80, 24).Keys("ctrl+f").Golden("codes").Type("73").Shows("C7.3").Keys("enter").Shows("> 和上次比怎么样")
	r.Keys("ctrl+f").Type("医保").Keys("enter").Shows("> 今年医保交了吗")
}

func TestALongListIsSearchedByTyping(t *testing.T) {
	s := newShelf(t, 3)
	full(t, s)
	r := to(t, start(t, s, 80, 24), "C1.2").Type("fx").Shows("服刑").Keys("enter")
	if v, _ := s.form.View(s.form.Definition().Find("c1_2").Path); v.Value == "" || !strings.Contains(r.Screen(), ") 服刑") {
		t.Error(v.Value, r.Screen())
	}
	r.Keys("0").Shows("第 2 / 2 页").Keys("0").Shows("第 1 / 2 页")
}

func TestTextHasALargeEditorAndItsLinesStay(t *testing.T) {
	s := newShelf(t, 3)
	full(t, s)
	r := to(t, start(t, s, 80, 24), "C7.6").Type("想妈妈").Keys("f2").Type("了").Keys("enter").Type("周末来电话").Golden("large").Keys("esc")
	if v, _ := s.form.View(s.form.Definition().Find("c7_6").Path); v.Value != "想妈妈了\n周末来电话" {
		t.Errorf("%q", v.Value)
	}
	r.Shows("周末来电话", "F2").Type("。").Keys("esc") // typing goes on in the editor, not in a field that would crush the lines
	if v, _ := s.form.View(s.form.Definition().Find("c7_6").Path); v.Value != "想妈妈了\n周末来电话。" {
		t.Errorf("%q", v.Value)
	}
}

func TestWhatIsInTheLargeEditorIsSavedBeforeTheProgramEnds(t *testing.T) {
	s := newShelf(t, 3)
	full(t, s)
	to(t, start(t, s, 80, 24), "C7.6").Keys("f2").Type("想妈妈").Keys("ctrl+q")
	if len(s.journal) != 1 || s.journal[0].Value != "想妈妈" {
		t.Error(s.journal)
	}
}

func TestANumberOrTextThatCouldNotBeHadIsMarked(t *testing.T) {
	s := newShelf(t, 3)
	full(t, s)
	r := to(t, start(t, s, 80, 24), "C7.6").Shows("Ctrl+W").Keys("ctrl+w", "1").Shows("(x) 没条件问")
	if v, _ := s.form.View(s.form.Definition().Find("c7_6").Path); v.Unknown != form.UnknownNotAsked {
		t.Error(v, r.Screen())
	}
}

func TestTheLastAnswerStandsBesideAndOneKeyRepeatsItButNeverAJudgement(t *testing.T) {
	s := newShelf(t, 3)
	full(t, s)
	set(t, s, "c1_1", "")
	r := to(t, start(t, s, 80, 24), "C1.1").Shows("上次：爷爷奶奶").Keys("ctrl+r").Shows("(4) 爷爷奶奶")
	to(t, r, "C5.3").Hides("上次").Keys("ctrl+r").Shows("每次都要重新问")
}

func TestWhatEveryNeedCallsForIsFilledInBelowIt(t *testing.T) {
	s := newShelf(t, 3)
	full(t, s)
	r := to(t, start(t, s, 80, 24), "C7.4").Keys("1", "3", "enter").Type("找村里").Keys("enter").Type("张桂芬").Golden("needs")
	r.Keys("enter").Type("+7").Shows("2026-11-30 周一", "农历")
	r.Keys("enter")
	var due int
	for _, c := range s.journal {
		if strings.HasSuffix(c.Path, "c7_5_due") && c.Value == "2026-11-30" {
			due++
		}
	}
	if due != 1 {
		t.Error(s.journal)
	}
}

func TestDeleteTakesACharacterWhileTypingAndTheAnswerOtherwise(t *testing.T) {
	s := newShelf(t, 3)
	full(t, s)
	r := to(t, start(t, s, 80, 24), "C1.4").Type("715").Keys("left", "delete", "enter")
	if v, _ := s.form.View(s.form.Definition().Find("c1_4").Path); v.Value != "71" {
		t.Error(v.Value, r.Screen())
	}
	to(t, r, "C1.1").Keys("delete")
	if v, _ := s.form.View(s.form.Definition().Find("c1_1").Path); v.Value != "" {
		t.Error(v.Value)
	}
}

func TestAWrongAnswerIsMarkedWhenLeftAndStopsNobody(t *testing.T) {
	s := newShelf(t, 3)
	full(t, s)
	r := to(t, start(t, s, 80, 24), "C8.2").Type("+90").Keys("enter").Shows("天以内").Hides("${")
	r.Shows("错 收尾").Keys("pgup").Hides("错 说好")
}

func TestPaperGoesByCodeAndDigitsWithoutEnter(t *testing.T) {
	s := newShelf(t, 2)
	s.paper = true
	r := start(t, s, 80, 24).Shows("C0.3").Keys("1").Shows("> C0.4").Golden("paper").Keys("1").Hides("> C0.4")
	if len(s.journal) != 2 {
		t.Error(s.journal, r.Screen())
	}
}

func TestAClickGoesToAQuestion(t *testing.T) {
	s := newShelf(t, 3)
	r := start(t, s, 80, 24).Keys("1")
	r.Click(30, 4).Shows("> 怎么走访的")
}

func TestADistrictThatDoesNotTakeTheVisitKeepsItOpen(t *testing.T) {
	s := newShelf(t, 1)
	s.broken = true
	r := start(t, s, 80, 24).Keys("1", "1", "1", "enter").Hides("走访完成")
	s.broken = false
	r.Keys("enter").Shows("走访完成")
}

func TestWhatIsBeingTypedIsAnAnswerBeforeTheProgramEnds(t *testing.T) {
	s := newShelf(t, 3)
	full(t, s)
	r := to(t, start(t, s, 80, 24), "C1.4").Type("71").Keys("ctrl+q")
	if len(s.journal) != 1 || s.journal[0].Value != "71" || !r.Ended() {
		t.Error(s.journal, r.Ended())
	}
}

func TestAGreetingSaysWhatItDoesNotCountForBeforeAndAfter(t *testing.T) {
	s := newShelf(t, 1)
	s.short, s.next = book.Phrase{Text: "问候不算“每月两次”的那一次"}, casework.MustDay("2026-11-20")
	r := start(t, s, 80, 24).Shows("问候不算").Keys("1", "1", "1").Shows("问候不算", "回车完成").Keys("enter")
	r.Shows("走访完成", "问候不算", "还欠着，本来最晚 2026-11-20").Hides("下次最晚").Golden("owed")
}

func TestARoutineVisitAsksTwelveQuestionsAtMostWhenAllIsWell(t *testing.T) {
	for _, name := range []string{packs.ChildVisit, packs.ElderVisit} {
		s := shelfOf(t, name, 2, "zh")
		well := map[string]string{
			"c0_3": "door", "c0_4": "met", "c0_5": "child", "c1_1": "grandparents", "c5_1": "normal", "c5_3": "no", "c6_1": "no", "c6_2": "no", "c6_6": "no", "c7_4": "none",
			"e0_2": "door", "e0_3": "met", "e2_1": "same", "e2_4_selfharm": "0", "e2_5": "no", "e4_4": "fine", "e5_1": "none", "e6_1": "fine", "e6_4": "no", "e9_1": "none",
		}
		for it := range s.form.Definition().All() {
			if value, ok := well[it.Name]; ok {
				set(t, s, it.Name, value)
			}
		}
		if _, visible := s.form.Progress(); visible > 12 {
			t.Errorf("%s: %d questions\n%s", name, visible, start(t, s, 80, 24).Keys("ctrl+f").Screen())
		}
	}
}
