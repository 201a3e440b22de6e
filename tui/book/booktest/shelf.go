// Package booktest is a book.Book held in memory: one morning in an invented village, for
// tests of screens. It notes what the screens ask of it.
package booktest

import (
	"sync"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/tui/book"
)

// Shelf is the book. Set its fields before the screens see it; read the second half after.
type Shelf struct {
	Clock    casework.Clock
	Lang     string // of the questionnaires; "" is zh
	People   []book.Line
	Odd      bool  // the clock cannot be right
	Err      error // of everything that may fail
	Likes    []book.Line
	Person   casework.Record
	Begun    []book.Draft
	Duties   []book.Urgent
	OnRecord map[casework.RecordID]book.Order
	State    book.Status
	Page     book.VisitPage
	Mates    []book.Line
	Filling  Filling
	Folders  map[string][]book.Entry // what lies in folders, by their paths; "" are the places
	NoPhotos error                   // of MayAttach

	Added     []book.NewPerson
	Edited    []casework.Values
	Settled   []any
	Reasons   []string
	Corrected [][2]casework.RecordID // visit, to
	Noted     []book.Attention
	Started   []book.Beginning
	Journal   []form.Change
	Done      int
	Missed    []string
	Ticked    []bool
	Closed    bool
	Locks     Locks
	Chosen    []string // files that were attached or removed
	Lease     Lease
	Printed   map[string][]casework.RecordID // for whom, by file

	mu      sync.Mutex
	changed chan struct{}
}

// ID is the record number n of the invented village.
func ID(n byte) casework.RecordID { return casework.RecordID{ID: casework.ID{n}} }

// Day is a day of November or another month of 2026.
func Day(month, day int) casework.Day {
	d, _ := casework.NewDay(2026, month, day)
	return d
}

// Text is words that somebody wrote.
func Text(s string) book.Phrase { return book.Phrase{Text: s} }

// Village is a shelf with the morning of 23 November.
func Village(clock casework.Clock) *Shelf {
	line := func(n byte, name, sex string, age int, group, beside, rule string, u book.Urgency, days int, last casework.Day) book.Line {
		return book.Line{
			Person: ID(n), Name: name, Sex: sex, Age: age, Group: group, Village: "竹岛村", Beside: Text(beside),
			Rule: Text(rule), Urgency: u, Days: days, Last: last,
		}
	}
	s := &Shelf{Clock: clock, People: []book.Line{
		line(1, "林小溪", "2", 9, "3组", "跟奶奶住", "二级 每月两次", book.Overdue, 2, Day(11, 6)),
		line(2, "王秀英", "2", 71, "3组", "", "三级 每月一次", book.OnTheWay, 3, Day(10, 25)),
		line(3, "赵铁柱", "1", 12, "3组", "下午2点约好", "三级 每月一次", book.DueToday, 0, Day(10, 23)),
		line(4, "𠮷玉兰", "2", 86, "3组", "独居", "两天一问", book.DueToday, 0, Day(11, 21)),
		line(5, "买买提·吐尔逊", "1", 83, "5组", "", "两天一问", book.DueToday, 0, Day(11, 21)),
		line(6, "孙㐂兰", "2", 78, "5组", "护理员李梅", "二级 每月两次", book.ThisWeek, 4, 0),
	}}
	s.People[1].SameDoor = true
	s.State = book.Status{Enrolled: true, District: "环翠区", Address: "https://10.1.2.3:8443", Pending: 3, People: 6}
	s.Begun = []book.Draft{{ID: casework.ID{50}, Person: ID(3), Name: "赵铁柱", Title: "孩子走访", Number: 9, Saved: clock()}}
	s.Duties = []book.Urgent{{ID: ID(60), Person: ID(1), Until: clock(), Words: Text("16:00 前联系督导员"), Quiet: true}}
	s.OnRecord = map[casework.RecordID]book.Order{ID(60): {
		Code: "HT-M", Urgent: ID(60), Quiet: true, Title: book.Phrase{Key: "task.order.HT-M"}, Call: []string{"110"},
		Steps:  []book.Phrase{{Key: "task.order.HT-M.1"}, {Key: "task.order.HT-M.2"}, {Key: "task.order.HT-M.3"}},
		Script: []book.Phrase{Text("我是竹岛村儿童主任张桂芬，要报告一个孩子的情况。"), Text("孩子在竹岛村3组12号，现在在家，安全。")},
		People: []book.Colleague{{ID: casework.WorkerID{ID: casework.ID{70}}, Name: "李敏", Duty: Text("镇督导员")}},
	}}
	s.Page = book.VisitPage{
		Line:   s.visits()[0],
		Person: s.People[0],
		Title:  "孩子走访",
		Facts: []book.Fact{
			{Label: Text("怎么走访的？"), Value: "上门"},
			{Label: Text("见到孩子了吗？"), Value: "见到孩子（电话里说上话也算）"},
			{Label: Text("父母都不在身边，委托照护书签了吗？"), Value: "没签"},
			{Label: Text("孩子想说的话"), Value: "想妈妈打电话回来，周末最好能视频一次；还想要一本新的字典，学校里的那本总是借不到。"},
		},
	}
	return s
}

func (s *Shelf) visits() []book.VisitLine {
	return []book.VisitLine{
		{ID: ID(41), Date: Day(11, 6), Mode: "door", Result: Text("见到孩子"), Worker: "张桂芬", Where: book.Whereabouts{State: "received"}, Mine: true},
		{ID: ID(42), Date: Day(10, 21), Mode: "door", Result: Text("没见到孩子，在学校"), Worker: "张桂芬", Where: book.Whereabouts{State: "received"}, Mine: true},
	}
}

// News says that the state has changed.
func (s *Shelf) News() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.changed != nil {
		close(s.changed)
		s.changed = nil
	}
}

// NameOf implements book.Reader.
func (s *Shelf) NameOf(worker casework.WorkerID) string {
	if worker.IsZero() {
		return ""
	}
	return "张桂芬"
}
