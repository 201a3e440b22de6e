package person_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/book/booktest"
	"doorstep/tui/screen/find"
	"doorstep/tui/screen/person"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
	"doorstep/tui/widget/entry"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/keymap"
)

func shelf() *booktest.Shelf { return booktest.Village(func() time.Time { return tuitest.Start }) }

// opened stands for the page behind a door.
type opened struct{ what string }

func (o opened) Place() keymap.Place                                { return "opened" }
func (o opened) Header(*stage.Env) stage.Header                     { return stage.Header{Left: o.what} }
func (o opened) Update(*stage.Env, tea.Msg) (stage.Action, tea.Cmd) { return stage.None(), nil }
func (o opened) Draw(*stage.Env, stage.Size) stage.Frame            { return stage.Frame{} }

// home stands for the page another one is opened from.
type home struct{ screen stage.Screen }

func (h home) Place() keymap.Place            { return "home" }
func (h home) Header(*stage.Env) stage.Header { return stage.Header{Left: "home"} }
func (h home) Update(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if _, ok := msg.(stage.Do); ok {
		return stage.Push(h.screen), nil
	}
	return stage.None(), nil
}
func (h home) Draw(*stage.Env, stage.Size) stage.Frame { return stage.Frame{} }

func start(t *testing.T, w, h int, screen stage.Screen, options ...tuitest.Option) *tuitest.Robot {
	t.Helper()
	commands := append(person.Commands(), find.Commands()...)
	commands = append(commands, keymap.Command{ID: "go", Where: "home", Keys: []string{"enter"}, Label: "tui.cmd.open"})
	return tuitest.Run(t, w, h, home{screen}, commands, options...).Keys("enter")
}

func file(id casework.RecordID) stage.Screen { return opened{"file " + string('0'+id.ID[0])} }

func adding(t *testing.T, s *booktest.Shelf, w, h int, options ...tuitest.Option) *tuitest.Robot {
	return start(t, w, h, person.NewNew(s, file), options...)
}

func TestANewPersonNeedsNameSexAgeGroupAndReason(t *testing.T) {
	s := shelf()
	r := adding(t, s, 80, 24).Golden("new")
	r.Type("𠮷小宝").Keys("enter", "1").Type("6岁").Keys("enter", "1", "enter", "enter").Type("3组").Keys("enter").Type("邻居说起").Golden("filled")
	r.Keys("ctrl+s").Shows("file 1", "已保存")
	if len(s.Added) != 1 {
		t.Fatal(s.Added)
	}
	n := s.Added[0]
	if n.Name != "𠮷小宝" || n.Sex != "1" || n.Birth.Year != 2020 || n.Group != "3组" || n.Reason != "邻居说起" || n.Duties[0] != casework.DutyChild || n.Area == "" {
		t.Errorf("%+v", n)
	}
}

func TestTheFormOnOtherScreens(t *testing.T) {
	adding(t, shelf(), 60, 20).Golden("new-60x20")
	adding(t, shelf(), 120, 40).Golden("new-120x40")
	adding(t, shelf(), 80, 24, tuitest.English(t)).Golden("new-english")
}

func fill(r *tuitest.Robot, name string) *tuitest.Robot {
	return r.Type(name).Keys("enter", "2").Type("9").Keys("enter", "1", "enter", "enter").Type("3组").Keys("enter").Type("走访时看到").Keys("enter")
}

func TestWhatIsMissingIsMarkedAndTheCursorGoesThere(t *testing.T) {
	s := shelf()
	adding(t, s, 80, 24).Type("林小溪").Keys("ctrl+s").Golden("missing")
	if len(s.Added) != 0 {
		t.Error("written all the same")
	}
}

func TestPeopleWhoMayBeTheSameAreShownFirst(t *testing.T) {
	s := shelf()
	s.Likes = s.People[:1]
	r := fill(adding(t, s, 80, 24), "林小希").Keys("ctrl+s").Golden("likely")
	if len(s.Added) != 0 {
		t.Fatal("written before she could look")
	}
	r.Keys("1").Shows("file 1")
	if len(s.Added) != 0 {
		t.Fatal("it was the same person, and there are two now")
	}
	fill(adding(t, s, 80, 24), "林小希").Keys("ctrl+s", "2").Shows("已保存")
	if len(s.Added) != 1 {
		t.Fatal(s.Added)
	}
	r = fill(adding(t, s, 80, 24), "林小希").Keys("ctrl+s", "esc").Shows("新发现", "林小希")
	if len(s.Added) != 1 {
		t.Fatal("Esc wrote")
	}
	r.Keys("ctrl+s").Shows("是同一个人吗")
}

func TestAWrongIDNumberIsASentenceAtItsLine(t *testing.T) {
	s := shelf()
	fill(adding(t, s, 80, 24), "赵小宝").Type("110101201701010011").Keys("ctrl+s").Golden("wrong-id")
	if len(s.Added) != 0 {
		t.Error(s.Added)
	}
}

func TestAnAgeThatIsNoneIsASentence(t *testing.T) {
	s := shelf()
	adding(t, s, 80, 24).Type("赵小宝").Keys("enter", "1").Type("不知道").Keys("enter", "1", "enter", "enter", "enter").Type("邻居说起").Keys("ctrl+s").Shows("写大概几岁（比如 9）")
	if len(s.Added) != 0 {
		t.Error(s.Added)
	}
}

func TestLeavingWithSomethingUnsavedAsksFirst(t *testing.T) {
	adding(t, shelf(), 80, 24).Keys("esc").Shows("home")
	r := adding(t, shelf(), 80, 24).Type("赵").Keys("esc").Golden("leaving").Keys("enter").Shows("新发现", "赵")
	r.Keys("esc", "1").Shows("home")
}

// record is 林小溪 as the editor gets her. With conflict, two laptops gave her two addresses.
func record(t *testing.T, conflict bool) casework.Record {
	t.Helper()
	rnd := bytes.NewReader(bytes.Repeat([]byte("a seed that is long enough for ids"), 50))
	a := casework.Author{Worker: casework.WorkerID{ID: casework.ID{9}}, Now: func() time.Time { return tuitest.Start }, Rand: rnd}
	op, err := a.Create(booktest.ID(1), casework.KindPerson, casework.RecordID{}, casework.Values{
		"name": "林小溪", "sex": "2", "birth": casework.DateOf(booktest.Day(3, 1)), "address": "竹岛村3组12号", "grid": "3组", "duties": []string{"child"},
		"caution": "有狗，先打电话", "guardian_name": "王秀英",
	})
	if err != nil {
		t.Fatal(err)
	}
	r, _ := casework.Merge(casework.Record{}, op)
	if !conflict {
		return r
	}
	one, err := a.Edit(r, casework.Values{"address": "竹岛村3组15号"}, "")
	if err != nil {
		t.Fatal(err)
	}
	other, err := a.Edit(r, casework.Values{"address": "竹岛村5组2号"}, "")
	if err != nil {
		t.Fatal(err)
	}
	r, _ = casework.Merge(r, one)
	r, out := casework.Merge(r, other)
	if out.Verdict != casework.Conflict {
		t.Fatal(out)
	}
	return r
}

func TestFactsAreChangedWhereTheyStand(t *testing.T) {
	s := shelf()
	s.Person = record(t, false)
	r := start(t, 80, 24, person.NewEdit(s, booktest.ID(1))).Golden("edit")
	r.Keys("end").Type("（小溪）").Keys("ctrl+s").Shows("home", "已保存")
	if len(s.Edited) != 1 || len(s.Edited[0]) != 1 || s.Edited[0]["name"] != "林小溪（小溪）" {
		t.Errorf("%v", s.Edited)
	}
}

func TestAnythingTakenAwayWantsAReason(t *testing.T) {
	s := shelf()
	s.Person = record(t, false)
	r := start(t, 80, 24, person.NewEdit(s, booktest.ID(1)))
	for range 40 {
		if strings.Contains(r.Screen(), "有狗") && strings.Contains(r.Cursor(), ",") {
			break
		}
		r.Keys("tab")
	}
	top := r.Top().(interface{ At() *entry.Line })
	for range 40 {
		if l := top.At(); l != nil && l.ID == "caution" {
			break
		}
		r.Keys("tab")
	}
	for range 10 {
		r.Keys("backspace")
	}
	r.Keys("ctrl+s").Shows("要写原因")
	if len(s.Edited) != 0 {
		t.Fatal(s.Edited)
	}
	r.Type("狗送走了").Keys("ctrl+s").Shows("home")
	if len(s.Edited) != 1 || s.Reasons[0] != "狗送走了" {
		t.Error(s.Edited, s.Reasons)
	}
	if v, there := s.Edited[0]["caution"]; !there || v != nil {
		t.Error(s.Edited)
	}
}

func TestWhereTwoPlacesSayDifferentThingsSheChooses(t *testing.T) {
	s := shelf()
	s.Person = record(t, true)
	r := start(t, 80, 24, person.NewEdit(s, booktest.ID(1))).Golden("settle")
	r.Keys("2", "ctrl+s").Shows("home")
	if len(s.Settled) != 1 || len(s.Edited) != 0 {
		t.Error(s.Settled, s.Edited)
	}
}

func TestANumberIsNotShownInFullWhereItLeavesNoNote(t *testing.T) {
	s := shelf()
	s.Person = record(t, false)
	s.Person.Registers["phones/1"] = casework.Register{Value: []byte(`"13906312231"`)}
	edit := person.NewEdit(s, booktest.ID(1))
	r := start(t, 80, 24, edit).Hides("13906312231")
	for range 40 {
		if l := edit.At(); l.ID == "phones/1" {
			break
		}
		r.Keys("tab")
	}
	r.Golden("phone").Keys("ctrl+s")
	if len(s.Edited) != 0 {
		t.Fatal("an empty line took the number away", s.Edited)
	}
	r = start(t, 80, 24, person.NewEdit(s, booktest.ID(1)))
	for top := r.Top().(*person.Edit); top.At().ID != "phones/1"; {
		r.Keys("tab")
	}
	r.Type("无").Keys("ctrl+s").Shows("要写原因").Type("换号了").Keys("ctrl+s").Shows("home")
	if v, there := s.Edited[0]["phones/1"]; !there || v != nil {
		t.Error(s.Edited)
	}
}

func TestAKnownIDNumberIsNotTakenForAMissingOne(t *testing.T) {
	s := shelf()
	s.Person = record(t, false)
	s.Person.Registers["resident"] = casework.Register{Value: []byte(`{"number":"371002201809010042"}`)}
	edit := person.NewEdit(s, booktest.ID(1))
	r := start(t, 80, 24, edit)
	for range 40 {
		if edit.At().ID == "resident" {
			break
		}
		r.Keys("tab")
	}
	r.Shows("现在是 371002********0042。空着就是不改。").Hides("371002201809010042")
}

func correcting(t *testing.T, s *booktest.Shelf, visits int) *tuitest.Robot {
	t.Helper()
	f, _ := s.File(t.Context(), booktest.ID(1))
	f.Visits = f.Visits[:visits]
	return start(t, 80, 24, person.NewCorrect(s, f, func(text string) stage.Screen { return find.Chooser(s, text) }))
}

func TestAVisitIsMovedToTheRightPerson(t *testing.T) {
	s := shelf()
	r := correcting(t, s, 2).Golden("correct").Keys("1", "1").Burst("赵").Shows("赵铁柱").Keys("enter").Shows("赵铁柱 男 12岁").Type("点错了名字").Golden("correct-filled")
	r.Keys("ctrl+s").Shows("home", "已更正")
	if len(s.Corrected) != 1 || s.Corrected[0] != [2]casework.RecordID{booktest.ID(41), booktest.ID(3)} || s.Reasons[0] != "点错了名字" {
		t.Error(s.Corrected, s.Reasons)
	}
}

func TestAVisitIsTakenBack(t *testing.T) {
	s := shelf()
	correcting(t, s, 1).Keys("tab", "2", "tab").Type("记重了").Keys("ctrl+s").Shows("已更正")
	if len(s.Corrected) != 1 || !s.Corrected[0][1].IsZero() {
		t.Error(s.Corrected)
	}
}

func TestAVisitIsNotMovedToNobodyOrToTheSamePerson(t *testing.T) {
	s := shelf()
	correcting(t, s, 1).Keys("tab", "1").Keys("tab").Type("点错了").Keys("ctrl+s").Shows("还没有选对的人")
	correcting(t, s, 1).Keys("tab", "1").Burst("林").Keys("enter").Type("点错了").Keys("ctrl+s").Shows("还没有选对的人")
	if len(s.Corrected) != 0 {
		t.Error(s.Corrected)
	}
}

func TestNobodyWasMetInADigitAndAFewWords(t *testing.T) {
	s := shelf()
	var after []book.Finished
	r := start(t, 80, 24, person.NewMissed(s, booktest.ID(1), "林小溪", func(f book.Finished) stage.Action {
		after = append(after, f)
		return stage.Pop()
	})).Golden("missed")
	r.Keys("1").Type("门锁着").Keys("enter").Shows("home", "已记下")
	if len(s.Missed) != 1 || !strings.HasSuffix(s.Missed[0], " 门锁着") || len(after) != 1 {
		t.Error(s.Missed, after)
	}
}

func TestAFullDiskKeepsWhatWasTyped(t *testing.T) {
	s := shelf()
	s.Err = casework.Problem("x", "laptop.locked")
	r := start(t, 80, 24, person.NewMissed(s, booktest.ID(1), "林小溪", func(book.Finished) stage.Action { return stage.Pop() }))
	r.Keys("1").Type("门锁着").Keys("enter").Shows("门锁着", "没见到")
	s.Err = nil
	r.Keys("ctrl+s").Shows("home")
}
