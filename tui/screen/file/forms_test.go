package file_test

import (
	"testing"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/book/booktest"
	"doorstep/tui/screen/file"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

func TestTheFormsOfAFileStandBelowTheVisits(t *testing.T) {
	s := xiaoxi()
	line := func(n byte, day casework.Day, title, result string, where string) book.FormLine {
		l := book.FormLine{ID: booktest.ID(n), Date: day, Title: book.Phrase{Key: "forms.title." + title}, Worker: "张桂芬", Where: book.Whereabouts{State: where}, Mine: true}
		if result != "" {
			l.Result = book.Phrase{Key: result}
		}
		return l
	}
	s.file.Forms = []book.FormLine{
		line(91, booktest.Day(11, 22), "protected", "", "pending"),
		line(92, booktest.Day(11, 20), "notice-consent", "forms.result.notice-consent.1", "received"),
		line(93, booktest.Day(10, 1), "guardianship-assessment", "desk.visit.removed", "received"),
	}
	s.file.Forms[1].Next = booktest.Day(12, 1)
	s.file.Forms[2].Removed = true
	var opened []string
	d := doors(&opened)
	var record casework.RecordID
	d.Record = func(id casework.RecordID) stage.Screen { record = id; return booktest.Page("记录") }
	d.Forms = func(casework.RecordID) stage.Screen { return booktest.Page("其他表") }
	r := tuitest.Run(t, 120, 40, file.New(s, d, id(1)), file.Commands()).Golden("forms").Hides("强制", "报告")
	for range 8 {
		r.Keys("down")
	}
	r.Keys("up", "enter").Shows("记录")
	if record != booktest.ID(92) {
		t.Error(record)
	}
	r.Keys("esc", "f7").Shows("其他表")
}
