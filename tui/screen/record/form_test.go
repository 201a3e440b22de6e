package record_test

import (
	"context"
	"testing"

	"doorstep/casework"
	"doorstep/casework/packs"
	"doorstep/tui/book"
	"doorstep/tui/book/booktest"
	"doorstep/tui/screen/record"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

// assessment is a form beside the visits, opened.
func assessment() *booktest.Shelf {
	s := shelf()
	line := book.FormLine{
		ID: booktest.ID(41), Date: booktest.Day(11, 20), Title: book.Phrase{Key: "forms.title.ability-assessment"},
		Result: book.Phrase{Key: "forms.result.ability_level.2"}, Next: booktest.Day(12, 31), Worker: "周敏", Where: book.Whereabouts{State: "received"}, Mine: true,
	}
	s.Page.Line = book.VisitLine{ID: line.ID, Date: line.Date, Result: line.Result, Worker: line.Worker, Where: line.Where, Mine: true}
	s.Page.Person, s.Page.Title = s.People[3], "老年人能力评估"
	s.Page.Filled = &book.FilledPage{Form: line, Again: packs.AbilityAssessment, Adopt: book.Phrase{Key: "forms.adopt.ability", Pairs: []any{"Level", "中度失能"}}}
	return s
}

func openForm(t *testing.T, s *booktest.Shelf, options ...tuitest.Option) (*tuitest.Robot, *[]book.FormBeginning) {
	t.Helper()
	var begun []book.FormBeginning
	screen := record.New(s, nil, booktest.ID(41)).WithForms(record.Forms{
		Again:    func(b book.FormBeginning) stage.Screen { begun = append(begun, b); return booktest.Page("重填") },
		Withdraw: func(book.FormLine) stage.Screen { return booktest.Page("收回") },
		Adopt:    func(ctx context.Context, id casework.RecordID) error { return s.Adopt(ctx, id) },
	})
	return start(t, 80, 24, screen, options...), &begun
}

func TestAFormBesideTheVisitsOpened(t *testing.T) {
	r, begun := openForm(t, assessment())
	r.Golden("form").Keys("8").Golden("form-redo").Keys("1").Shows("重填")
	if b := (*begun)[0]; b.Form != packs.AbilityAssessment || b.Corrects != booktest.ID(41) || b.Person != booktest.ID(4) {
		t.Errorf("%+v", b)
	}
	r.Keys("esc", "8", "2").Shows("收回")
	openEnglish, _ := openForm(t, assessment(), tuitest.English(t))
	openEnglish.Golden("form-english")
}

func TestAResultGoesIntoTheFileFromHere(t *testing.T) {
	s := assessment()
	r, _ := openForm(t, s)
	r.Keys("1").Shows("已写进档案")
	if len(s.Filling.Adopted) != 1 || s.Filling.Adopted[0] != booktest.ID(41) {
		t.Error(s.Filling.Adopted)
	}
	s.Page.Filled.Adopt = book.Phrase{}
	r, _ = openForm(t, s)
	r.Hides("写进档案").Keys("1")
	if len(s.Filling.Adopted) != 1 {
		t.Error("written although nothing was offered")
	}
}

func TestAProtectedFormShowsADayAndWhereItIs(t *testing.T) {
	s := assessment()
	s.Page.Title, s.Page.Facts, s.Page.Held = "情况记录", nil, true
	s.Page.Line.Result, s.Page.Filled = book.Phrase{}, &book.FilledPage{Form: book.FormLine{ID: booktest.ID(41)}}
	r, _ := openForm(t, s)
	r.Golden("form-protected").Keys("8").Shows("再写一份")
	s.Page.Line.Mine = false
	r, _ = openForm(t, s)
	r.Keys("8").Shows("不是你填的")
}

func TestAFormAboutAPlaceHasNoFileBehindIt(t *testing.T) {
	s := assessment()
	s.Page.Person = book.Line{Name: "竹岛村", Age: -1}
	s.Page.Line.Removed = true
	r, _ := openForm(t, s)
	r.Shows("竹岛村", "已经更正或收回")
}
