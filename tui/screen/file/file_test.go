package file_test

import (
	"context"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/screen/file"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

// shelf is one fixed file.
type shelf struct {
	file  book.File
	err   error
	shown []casework.Field
	ticks []bool
}

func (s *shelf) File(context.Context, casework.RecordID) (book.File, error) { return s.file, s.err }

func (s *shelf) Phone(_ context.Context, _ casework.RecordID, f casework.Field) (string, error) {
	s.shown = append(s.shown, f)
	return "13900002231", nil
}

func (s *shelf) Promise(_ context.Context, _ casework.RecordID, done bool) error {
	s.ticks = append(s.ticks, done)
	s.file.Promises[0].Done = done
	return nil
}

func id(n byte) casework.RecordID { return casework.RecordID{ID: casework.ID{n}} }

func day(m, d int) casework.Day {
	out, _ := casework.NewDay(2026, m, d)
	return out
}

func text(s string) book.Phrase { return book.Phrase{Text: s} }

func xiaoxi() *shelf {
	received := book.Whereabouts{State: "received", At: time.Date(2026, 11, 6, 12, 0, 0, 0, time.UTC)}
	return &shelf{file: book.File{
		Line: book.Line{
			Person: id(1), Name: "林小溪", Sex: "2", Age: 9, Urgency: book.Overdue, Days: 2,
			Rule: text("二级 每月两次，至少一次入户"), Last: day(11, 6),
		},
		Address: "竹岛村3组12号", Standing: text("督导员 10-21 确认"), Child: true,
		Facts: []book.Fact{
			{Label: text("跟谁住"), Value: "奶奶王秀英 71岁"},
			{Label: text("电话"), Value: "139****2231", Field: "guardian_phone", Reveal: true},
			{Label: text("父亲"), Value: "青岛务工，11-08 通过电话"},
			{Label: text("母亲"), Value: "联系不上（待核实）"},
			{Label: text("学校"), Value: "竹岛小学三年级 走读"},
			{Label: text("类别"), Value: "待区里确认"},
		},
		Caution: "有狗，先打电话；下午4点后孩子在家",
		Promises: []book.Promise{
			{Task: id(9), Words: text("委托照护书没签"), Who: "张桂芬", Until: day(11, 30)},
			{Task: id(8), Words: text("医保没缴"), Who: "转镇救助窗口", State: text("11-18 已受理")},
			{Task: id(7), Words: text("冬衣一套"), Who: "奶奶签收", State: text("11-06 送到"), Done: true},
		},
		Visits: []book.VisitLine{
			{ID: id(20), Date: day(11, 6), Mode: "door", Result: text("见到孩子"), Worker: "张桂芬", Where: received},
			{ID: id(21), Date: day(10, 21), Mode: "door", Result: text("没见到孩子，在学校"), Worker: "张桂芬", Where: received},
			{ID: id(22), Date: day(10, 8), Mode: "phone", Result: text("只联系到奶奶"), Worker: "李敏 代访", Where: received},
		},
		Missing: []book.Phrase{text("助学金（缺在校证明）")},
		Mates:   []book.Line{{Person: id(2), Name: "王秀英", Sex: "2", Age: 71}},
		Why:     []book.Phrase{text("上一次入户是 11-06，二级要每月两次，所以 11-21 就该去了。"), text("监护人年龄过 70 岁，记 3 分。")},
	}}
}

func doors(opened *[]string) file.Doors {
	note := func(what string) stage.Screen {
		*opened = append(*opened, what)
		return file.New(xiaoxi(), file.Doors{}, id(1))
	}
	return file.Doors{
		Visit: func(_ casework.RecordID, depth int) stage.Screen {
			return note([]string{"visit", "greeting"}[min(depth, 1)])
		},
		Draft:   func(casework.ID) stage.Screen { return note("draft") },
		Missed:  func(casework.RecordID, string) stage.Screen { return note("missed") },
		Edit:    func(casework.RecordID) stage.Screen { return note("edit") },
		Correct: func(book.File) stage.Screen { return note("correct") },
		Record:  func(casework.RecordID) stage.Screen { return note("record") },
		File:    func(casework.RecordID) stage.Screen { return note("file") },
		Mates:   func([]book.Line) stage.Screen { return note("mates") },
		Print: func(who book.Line, mates []book.Line) stage.Screen {
			if who.Person != id(1) || len(mates) != 1 {
				return note("for somebody else")
			}
			return note("print")
		},
	}
}

func TestTheWholeFileOnSmallAndLargeScreens(t *testing.T) {
	var opened []string
	for name, size := range map[string][2]int{"80x24": {80, 24}, "120x40": {120, 40}, "60x20": {60, 20}} {
		tuitest.Run(t, size[0], size[1], file.New(xiaoxi(), doors(&opened), id(1)), file.Commands()).Golden(name)
		if name == "80x24" {
			tuitest.Run(t, 80, 24, file.New(xiaoxi(), doors(&opened), id(1)), file.Commands(), tuitest.English(t)).Golden("english")
		}
	}
}

func TestDigitsOpenWhatTheBarSays(t *testing.T) {
	for key, want := range map[string]string{"1": "visit", "2": "greeting", "3": "missed", "4": "edit", "7": "file", "8": "correct", "9": "print"} {
		var opened []string
		tuitest.Run(t, 80, 24, file.New(xiaoxi(), doors(&opened), id(1)), file.Commands()).Keys(key)
		if len(opened) != 1 || opened[0] != want {
			t.Errorf("%s opens %v instead of %s", key, opened, want)
		}
	}
}

func TestAnUnfinishedVisitIsGoneOnWith(t *testing.T) {
	var opened []string
	s := xiaoxi()
	s.file.Drafts = []book.Draft{{ID: casework.ID{5}, Saved: time.Date(2026, 11, 23, 6, 32, 0, 0, time.UTC)}}
	tuitest.Run(t, 80, 24, file.New(s, doors(&opened), id(1)), file.Commands()).Shows("没写完").Keys("1")
	if len(opened) != 1 || opened[0] != "draft" {
		t.Error(opened)
	}
}

func TestANumberIsShownOnlyWhenAskedFor(t *testing.T) {
	var opened []string
	s := xiaoxi()
	r := tuitest.Run(t, 80, 24, file.New(s, doors(&opened), id(1)), file.Commands())
	r.Hides("13900002231").Keys("5").Shows("13900002231")
	if len(s.shown) != 1 || s.shown[0] != "guardian_phone" {
		t.Error("looking at a number leaves a note", s.shown)
	}
}

func TestWhyIsASentence(t *testing.T) {
	var opened []string
	tuitest.Run(t, 80, 24, file.New(xiaoxi(), doors(&opened), id(1)), file.Commands()).Keys("f9").Golden("why").Keys("esc").Hides("记 3 分")
}

func TestAPromiseIsTickedWhereItStands(t *testing.T) {
	var opened []string
	s := xiaoxi()
	tuitest.Run(t, 80, 24, file.New(s, doors(&opened), id(1)), file.Commands()).Shows("[ ] 委托照护书没签").Keys("enter", "enter").Shows("[ ] 委托照护书没签").Keys("enter").Golden("promise").Keys("1").Shows("[x] 委托照护书没签")
	if len(s.ticks) != 1 || !s.ticks[0] {
		t.Error(s.ticks)
	}
}

func TestNoOneElseLivesHere(t *testing.T) {
	var opened []string
	s := xiaoxi()
	s.file.Mates = nil
	tuitest.Run(t, 80, 24, file.New(s, doors(&opened), id(1)), file.Commands()).Keys("7").Shows("同户没有别人在名单上")
}
