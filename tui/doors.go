package tui

import (
	"slices"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/keymap"
	"doorstep/tui/screen/attach"
	"doorstep/tui/screen/drafts"
	"doorstep/tui/screen/file"
	"doorstep/tui/screen/find"
	"doorstep/tui/screen/forms"
	"doorstep/tui/screen/gone"
	"doorstep/tui/screen/lapsed"
	"doorstep/tui/screen/locks"
	"doorstep/tui/screen/mates"
	"doorstep/tui/screen/oddday"
	"doorstep/tui/screen/paper"
	"doorstep/tui/screen/person"
	"doorstep/tui/screen/printing"
	"doorstep/tui/screen/record"
	"doorstep/tui/screen/status"
	"doorstep/tui/screen/today"
	"doorstep/tui/screen/unlock"
	"doorstep/tui/screen/urgent"
	"doorstep/tui/screen/visit"
	"doorstep/tui/stage"
)

// Keys is the one table of all commands, for the program and for the manual.
func Keys() (*keymap.Table, error) { return keymap.New(keymap.Own(), Commands()) }

// Commands are those of all screens, without the program's own.
func Commands() []keymap.Command {
	return slices.Concat(unlock.Commands(), locks.Commands(), oddday.Commands(), today.Commands(), find.Commands(), mates.Commands(),
		file.Commands(), forms.Commands(), record.Commands(), person.Commands(), drafts.Commands(), paper.Commands(), printing.Commands(),
		visit.Commands(), urgent.Commands(), status.Commands(), gone.Commands(), attach.Commands(), lapsed.Commands())
}

// doors makes screens that belong to one open book.
type doors struct{ book.Book }

// today is the first page of a day; while old files are closed it is another.
func (a *App) today(b book.Book) stage.Screen {
	if b.Lapse().Closed {
		return a.lapsed(b)
	}
	d := doors{b}
	return today.New(b, today.Doors{
		File: d.file, Find: d.find, Draft: d.draft, New: d.add, Urgent: d.urgent,
		Drafts:  func() stage.Screen { return drafts.New(b, d.draft, d.over) },
		Paper:   func() stage.Screen { return paper.New(d.choose, d.begin) },
		Print:   func(lines []book.Line) stage.Screen { return printing.ForDay(b, lines) },
		Status:  func() stage.Screen { return status.New(b) },
		Confirm: func(day casework.Day) stage.Screen { return oddday.New(day) },
		Locks:   a.locks(b),
		Forms:   d.places(),
	})
}

func (d doors) file(id casework.RecordID) stage.Screen {
	return file.New(d.Book, file.Doors{
		Visit: d.visit, Draft: d.draft, File: d.file, Urgent: d.urgent, Correct: d.correct,
		Missed: func(id casework.RecordID, name string) stage.Screen {
			return person.NewMissed(d.Book, id, name, d.missed)
		},
		Edit:   func(id casework.RecordID) stage.Screen { return person.NewEdit(d.Book, id) },
		Record: d.record, Forms: d.forms,
		Mates: func(lines []book.Line) stage.Screen { return mates.New(lines, d.file) },
		Print: func(who book.Line, behind []book.Line) stage.Screen {
			return printing.New(d.Book, who, behind)
		},
	}, id)
}

// missed is what follows when nobody was met: what must be done now, else the way back.
func (d doors) missed(f book.Finished) stage.Action {
	for _, o := range f.Orders {
		if !o.Urgent.IsZero() {
			return stage.Replace(d.order(o.Urgent, o.Quiet, o.Code))
		}
	}
	return stage.Pop()
}

func (d doors) correct(f book.File) stage.Screen { return person.NewCorrect(d.Book, f, d.choose) }

func (d doors) urgent(u book.Urgent) stage.Screen { return d.order(u.ID, u.Quiet) }

func (d doors) find(text string) stage.Screen { return find.New(d.Book, d.file, text) }

func (d doors) choose(text string) stage.Screen { return find.Chooser(d.Book, text) }

func (d doors) add() stage.Screen { return person.NewNew(d.Book, d.file) }

func (d doors) draft(id casework.ID) stage.Screen { return visit.Resume(d.Book, d.visitDoors(), id) }

// over is the page of a draft that has just gone over to a newer questionnaire.
func (d doors) over(id casework.ID) stage.Screen { return visit.GoneOver(d.Book, d.visitDoors(), id) }

func (d doors) begin(b book.Beginning) stage.Screen { return visit.New(d.Book, d.visitDoors(), b) }

func (d doors) visit(id casework.RecordID, depth int) stage.Screen {
	return d.begin(book.Beginning{Persons: []casework.RecordID{id}, Depth: depth})
}

func (d doors) visitDoors() visit.Doors {
	return visit.Doors{
		Urgent:  func(o book.Order) stage.Screen { return d.order(o.Urgent, o.Quiet, o.Code) },
		Filed:   d.filed,
		Mate:    func(id casework.RecordID) stage.Screen { return d.visit(id, 0) },
		Attach:  d.attach,
		File:    d.fileWords,
		Upgrade: func(id casework.ID) stage.Screen { return drafts.NewUpgrade(d.Book, d.over, id) },
	}
}
