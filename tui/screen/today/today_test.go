package today_test

import (
	"context"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/keymap"
	"doorstep/tui/screen/today"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

// shelf is a fixed morning: what 今日 has to show on 23 November.
type shelf struct {
	agenda book.Agenda
	odd    bool
	alone  bool // not enrolled
	err    error
}

func (s shelf) Worker() book.Worker {
	if s.alone {
		return book.Worker{}
	}
	return book.Worker{Name: "张桂芬", Village: "竹岛村"}
}

func (s shelf) Villages() []book.Village {
	if s.alone {
		return nil
	}
	return []book.Village{{Area: "371002104205", Name: "竹岛村"}}
}

func (s shelf) Status() book.Status { return book.Status{} }

func (s shelf) Today() (casework.Day, bool) {
	d, _ := casework.NewDay(2026, 11, 23)
	return d, s.odd
}

func (s shelf) Agenda(context.Context, casework.Day) (book.Agenda, error) { return s.agenda, s.err }

func person(n byte) casework.RecordID { return casework.RecordID{ID: casework.ID{n}} }

func day(m, d int) casework.Day {
	out, _ := casework.NewDay(2026, m, d)
	return out
}

func morning() book.Agenda {
	rule := func(zh string) book.Phrase { return book.Phrase{Text: zh} }
	return book.Agenda{
		Urgent: []book.Urgent{{Words: rule("16:00 前联系督导员")}},
		Drafts: []book.Draft{{Name: "李静静", Number: 9, Saved: time.Date(2026, 11, 23, 6, 32, 0, 0, time.UTC)}},
		Counts: map[book.Urgency]int{book.Overdue: 1, book.DueToday: 4, book.OnTheWay: 1, book.ThisWeek: 11},
		Month:  book.Month{Due: 65, Visited: 48, NotSeen: 2, Received: 45},
		Lines: []book.Line{
			{Person: person(1), Name: "林小溪", Sex: "2", Age: 9, Group: "3组", Urgency: book.Overdue, Days: 2, Beside: rule("跟奶奶住"), Rule: rule("二级 每月两次"), Last: day(11, 6)},
			{Person: person(2), Name: "王秀英", Sex: "2", Age: 71, Group: "3组", Urgency: book.OnTheWay, SameDoor: true, DoorCount: 2, Rule: rule("三级 每月一次"), Last: day(10, 25)},
			{Person: person(3), Name: "赵铁柱", Sex: "1", Age: 12, Group: "3组", Urgency: book.DueToday, Beside: rule("下午2点约好"), Rule: rule("三级 每月一次"), Last: day(10, 23)},
			{Person: person(4), Name: "𠮷玉兰", Sex: "2", Age: 86, Group: "3组", Urgency: book.DueToday, Beside: rule("独居"), Rule: rule("两天一问"), Last: day(11, 21)},
			{Person: person(5), Name: "买买提·吐尔逊", Sex: "1", Age: 83, Group: "3组", Urgency: book.DueToday, Conflict: true, Rule: rule("两天一问"), Last: day(11, 21)},
			{Person: person(6), Name: "周大山", Sex: "1", Age: 78, Group: "5组", Urgency: book.DueToday, Beside: rule("护理员李梅"), Rule: rule("二级 每月两次")},
		},
	}
}

// opened stands for the page that a choice opens.
type opened struct{ what string }

func (o opened) Place() keymap.Place                                { return today.Place }
func (o opened) Header(*stage.Env) stage.Header                     { return stage.Header{Left: o.what} }
func (o opened) Update(*stage.Env, tea.Msg) (stage.Action, tea.Cmd) { return stage.None(), nil }
func (o opened) Draw(*stage.Env, stage.Size) stage.Frame            { return stage.Frame{} }

func doors() today.Doors {
	return today.Doors{
		File:    func(p casework.RecordID) stage.Screen { return opened{"file " + string('0'+p.ID[0])} },
		Find:    func(text string) stage.Screen { return opened{"find " + text} },
		Draft:   func(casework.ID) stage.Screen { return opened{"draft"} },
		Urgent:  func(book.Urgent) stage.Screen { return opened{"urgent"} },
		New:     func() stage.Screen { return opened{"new"} },
		Status:  func() stage.Screen { return opened{"status"} },
		Paper:   func() stage.Screen { return opened{"paper"} },
		Confirm: func(casework.Day) stage.Screen { return opened{"confirm"} },
	}
}

func start(t *testing.T, w, h int, s shelf) *tuitest.Robot {
	return tuitest.Run(t, w, h, today.New(s, doors()), today.Commands())
}

func TestTodayOnASmallAndOnALargeScreen(t *testing.T) {
	start(t, 80, 24, shelf{agenda: morning()}).Golden("80x24")
	start(t, 120, 40, shelf{agenda: morning()}).Golden("120x40")
	start(t, 60, 20, shelf{agenda: morning()}).Golden("60x20")
	start(t, 80, 24, shelf{}).Golden("nobody")
	tuitest.Run(t, 80, 24, today.New(shelf{agenda: morning()}, doors()), today.Commands(), tuitest.English(t)).Golden("english")
}

func TestBeforeEnrolmentTheDayLeadsToIt(t *testing.T) {
	r := start(t, 80, 24, shelf{alone: true}).Shows("还没有登记到区里").Shows("再按 2 登记").Hides("今天没有到期的人")
	r.Keys("ctrl+n").Shows("还没有村的名单：先在“上传”里登记").Hides("new person")
}

func TestADigitOpensWhatStandsBesideIt(t *testing.T) {
	for key, want := range map[string]string{"1": "file 1", "6": "file 6", "0": "urgent", "9": "draft"} {
		start(t, 80, 24, shelf{agenda: morning()}).Keys(key).Shows(want)
	}
	start(t, 80, 24, shelf{agenda: morning()}).Type("２").Shows("file 2") // the input method is on
	start(t, 80, 24, shelf{agenda: morning()}).Keys("7").Shows("没有 7 号")
}

func TestTypingSearchesAtOnce(t *testing.T) {
	start(t, 80, 24, shelf{agenda: morning()}).Burst("林").Shows("find 林")
	start(t, 80, 24, shelf{agenda: morning()}).Type("l").Shows("find l")
}

func TestArrowsAndEnterOpen(t *testing.T) {
	start(t, 80, 24, shelf{agenda: morning()}).Keys("down", "down", "enter").Shows("file 3")
	start(t, 80, 24, shelf{agenda: morning()}).Keys("end", "enter").Shows("file 6")
}

func TestALongDayScrollsWithTheCursor(t *testing.T) {
	a := morning()
	for range 5 {
		a.Lines = append(a.Lines, a.Lines...)
	}
	r := start(t, 80, 24, shelf{agenda: a}).Keys("end").Golden("scrolled")
	r.Keys("enter").Shows("file 6")
}

func TestAnOddDayIsAskedAboutOnce(t *testing.T) {
	start(t, 80, 24, shelf{agenda: morning(), odd: true}).Shows("confirm")
}

func TestATroubleIsASentence(t *testing.T) {
	start(t, 80, 24, shelf{err: casework.Problem("x", "config.no_home")}).Shows("找不到这台电脑放设置的地方")
}

func TestNewsDoNotMoveTheCursorToSomebodyElse(t *testing.T) {
	s := &turning{shelf: shelf{agenda: morning()}}
	r := tuitest.Run(t, 80, 24, today.New(s, doors()), today.Commands()).Keys("down", "down")
	s.agenda.Lines = s.agenda.Lines[1:] // the first one was visited by a colleague
	r.Send(today.Changed{})
	r.Keys("enter").Shows("file 3")
}

// turning is a shelf that changes.
type turning struct{ shelf }

func (s *turning) Agenda(context.Context, casework.Day) (book.Agenda, error) { return s.agenda, nil }
