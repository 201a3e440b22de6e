package printing_test

import (
	"context"
	"slices"
	"testing"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/screen/printing"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

// printer notes what was printed.
type printer struct {
	persons []casework.RecordID
	file    string
	err     error
}

func (p *printer) Today() (casework.Day, bool) { return casework.MustDay("2026-11-23"), false }

func (p *printer) PrintTo(day casework.Day) string {
	return "C:/Users/张桂芬/Desktop/出门单-" + day.String()[5:] + ".xlsx"
}

func (p *printer) Print(_ context.Context, persons []casework.RecordID, file string) error {
	p.persons, p.file = persons, file
	return p.err
}

func id(n byte) casework.RecordID { return casework.RecordID{ID: casework.ID{n}} }

var (
	lin  = book.Line{Person: id(1), Name: "林小溪", Sex: "2", Age: 9}
	wang = book.Line{Person: id(2), Name: "王秀英", Sex: "2", Age: 71}
	mai  = book.Line{Person: id(3), Name: "买买提·吐尔逊𠮷", Sex: "1", Age: 83}
)

func TestOnePersonIsPrintedWithTwoKeys(t *testing.T) {
	p := &printer{}
	r := tuitest.Run(t, 80, 24, printing.New(p, lin, nil), printing.Commands())
	r.Golden("one").Keys("enter")
	if p.file != "C:/Users/张桂芬/Desktop/出门单-11-23.xlsx" || !slices.Equal(p.persons, []casework.RecordID{id(1)}) {
		t.Error(p)
	}
	r.Shows("写好了 1 张").Shows("纸上有姓名")
}

func TestWhoLivesBehindTheSameDoorIsOffered(t *testing.T) {
	p := &printer{}
	r := tuitest.Run(t, 80, 24, printing.New(p, lin, []book.Line{wang}), printing.Commands())
	r.Golden("mates").Keys("2", "enter", "enter")
	if !slices.Equal(p.persons, []casework.RecordID{id(1), id(2)}) {
		t.Error(p.persons)
	}
}

func TestTheDayIsPrintedForWhomSheChooses(t *testing.T) {
	p := &printer{}
	r := tuitest.Run(t, 60, 20, printing.ForDay(p, []book.Line{lin, wang, mai}), printing.Commands())
	r.Golden("day").Keys("2", "ctrl+s")
	if !slices.Equal(p.persons, []casework.RecordID{id(1), id(3)}) {
		t.Error(p.persons)
	}
	p = &printer{}
	r = tuitest.Run(t, 80, 24, printing.ForDay(p, []book.Line{lin, wang}), printing.Commands())
	if r.Keys("1", "2", "ctrl+s"); p.file != "" {
		t.Error("printed for nobody")
	}
}

func TestAFileThatIsThereIsSaidAndTheNameCanBeChanged(t *testing.T) {
	p := &printer{err: casework.Problem("", "outing.exists")}
	r := tuitest.Run(t, 80, 24, printing.New(p, lin, nil), printing.Commands(), tuitest.English(t))
	r.Keys("enter").Shows("such a file already").Keys("backspace", "backspace", "backspace", "backspace", "backspace").Type("2.html")
	p.err = nil
	r.Keys("enter").Shows("One sheet written")
	if p.file != "C:/Users/张桂芬/Desktop/出门单-11-232.html" {
		t.Error(p.file)
	}
}

var _ stage.Screen = (*printing.Screen)(nil)
