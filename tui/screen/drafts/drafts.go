// Package drafts lists the visits that were begun and not finished: to go on with one, or to
// drop it, which takes a reason.
package drafts

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/widget"
	"doorstep/tui/widget/entry"
	"doorstep/tui/widget/people"
)

// Places of these commands.
const (
	Place     keymap.Place = "drafts"
	DropPlace keymap.Place = "drafts_drop"
)

// What can be done here.
const (
	Choose keymap.ID = "drafts.choose"
	Open   keymap.ID = "drafts.open"
	Drop   keymap.ID = "drafts.drop"
	Newer  keymap.ID = "drafts.newer"
)

// Commands is the table of these places.
func Commands() []keymap.Command {
	return slices.Concat([]keymap.Command{
		{ID: Choose, Where: Place, Keys: []string{keymap.Digit}, Label: "drafts.cmd.open", Bar: 1},
		{ID: Open, Where: Place, Keys: []string{"enter"}, Label: "drafts.cmd.open", Bar: 2},
		{ID: Drop, Where: Place, Keys: []string{"delete", "ctrl+d"}, Label: "drafts.cmd.drop", Help: "drafts.cmd.drop.help", Bar: 3, Menu: true},
		{ID: Newer, Where: Place, Keys: []string{"f5", "ctrl+n"}, Label: "drafts.cmd.newer", Help: "drafts.cmd.newer.help", Menu: true},
	}, entry.Commands(DropPlace, "drafts.cmd.drop"), UpgradeCommands())
}

// Book is what this page asks for.
type Book interface {
	book.Newer
	Drafts(ctx context.Context) ([]book.Draft, error)
	Discard(ctx context.Context, draft casework.ID, reason string) error
}

// Screen is the page.
type Screen struct {
	book   Book
	resume func(draft casework.ID) stage.Screen
	over   func(draft casework.ID) stage.Screen
	drafts []book.Draft
	list   widget.List
	loaded bool
	failed error
	load   stage.Latest
}

// New makes the page; resume makes the visit's page, and over that of a draft that has just
// gone over to a newer questionnaire.
func New(b Book, resume, over func(draft casework.ID) stage.Screen) *Screen {
	return &Screen{book: b, resume: resume, over: over}
}

// Place implements stage.Screen.
func (s *Screen) Place() keymap.Place { return Place }

// Header implements stage.Screen.
func (s *Screen) Header(env *stage.Env) stage.Header {
	return stage.Header{Left: env.Say("drafts.title")}
}

// Start implements stage.Starter.
func (s *Screen) Start(*stage.Env) tea.Cmd { return s.fetch() }

func (s *Screen) fetch() tea.Cmd {
	b := s.book
	return s.load.Ask(func() any {
		d, err := b.Drafts(context.Background())
		if err != nil {
			return err
		}
		return d
	})
}

// Update implements stage.Screen.
func (s *Screen) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if v, fresh, mine := s.load.Take(msg); mine {
		if fresh {
			s.take(env, v)
		}
		return stage.None(), nil
	}
	switch msg := msg.(type) {
	case stage.Returned:
		return stage.None(), s.fetch()
	case stage.Do:
		switch msg.ID {
		case Choose:
			if !s.list.Pick(msg.Key) {
				return stage.Notice(env.Say("today.no_such", "Digit", msg.Key)), nil
			}
			return s.enter(), nil
		case Open:
			return s.enter(), nil
		case Drop:
			if i := s.list.At(); i >= 0 && i < len(s.drafts) {
				return stage.Push(newDrop(s.book, s.drafts[i])), nil
			}
		case Newer:
			if i := s.list.At(); i >= 0 && i < len(s.drafts) && newer(s.drafts[i]) {
				return stage.Push(NewUpgrade(s.book, s.over, s.drafts[i].ID)), nil
			}
		}
		return stage.None(), nil
	}
	if _, chosen := s.list.Update(msg); chosen {
		return s.enter(), nil
	}
	return stage.None(), nil
}

func (s *Screen) take(env *stage.Env, v any) {
	s.loaded = true
	switch v := v.(type) {
	case error:
		s.failed = v
	case []book.Draft:
		s.failed, s.drafts = nil, v
		rows := make([]widget.Row, len(v))
		for i, d := range v {
			text := cell.Fit(cell.CleanTo(d.Name, 40), 16) + "  " + cell.Fit(people.Moment(d.Saved, env.Now()), 11) + "  " + env.Say("drafts.at", "Number", d.Number)
			for _, mark := range []struct {
				on  bool
				key string
			}{{d.Paper, "drafts.paper"}, {newer(d), "drafts.outdated"}, {d.Old, "drafts.old"}} {
				if mark.on {
					text += "  " + env.Say(mark.key)
				}
			}
			rows[i] = widget.Row{Text: text + "  " + cell.CleanTo(d.Title, 40)}
		}
		s.list.Set(rows)
	}
}

func (s *Screen) enter() stage.Action {
	if i := s.list.At(); i >= 0 && i < len(s.drafts) {
		return stage.Push(s.resume(s.drafts[i].ID))
	}
	return stage.None()
}

// newer reports a draft that can go over to a newer questionnaire.
func newer(d book.Draft) bool { return d.Outdate && !d.Old }

// Able implements stage.Able.
func (s *Screen) Able(env *stage.Env, id keymap.ID) string {
	if i := s.list.At(); id == Newer && (i < 0 || i >= len(s.drafts) || !newer(s.drafts[i])) {
		return env.Say("drafts.no_newer")
	}
	if (id == Drop || id == Open) && s.loaded && len(s.drafts) == 0 {
		return env.Say("drafts.none")
	}
	return ""
}

// Draw implements stage.Screen.
func (s *Screen) Draw(env *stage.Env, size stage.Size) stage.Frame {
	switch {
	case s.failed != nil:
		return stage.Frame{Body: widget.Problem(env, env.Error(s.failed), 2, size.W-2)}
	case !s.loaded:
		return stage.Frame{Body: []string{"  " + env.Say("visit.opening")}}
	case len(s.drafts) == 0:
		return stage.Frame{Body: []string{"", "  " + env.Say("drafts.none")}}
	}
	head := append(widget.Paragraph(env.Say("drafts.about"), 1, size.W-1), "")
	lines, cursor := s.list.Draw(env, stage.Size{W: size.W, H: max(1, size.H-len(head))})
	if cursor != nil {
		cursor.Y += len(head)
	}
	return stage.Frame{Body: append(head, lines...), Cursor: cursor}
}

// dropping asks why a draft is dropped.
type dropping struct {
	entry.Sheet
	book  Book
	draft book.Draft
}

func newDrop(b Book, d book.Draft) *dropping {
	p := &dropping{book: b, draft: d}
	p.Sheet = entry.NewSheet(DropPlace, "drafts.drop.title", p.store, func(env *stage.Env) stage.Action {
		return stage.Pop().Then(stage.Notice(env.Say("drafts.dropped")))
	})
	return p
}

// Start implements stage.Starter.
func (p *dropping) Start(env *stage.Env) tea.Cmd {
	p.Above = []string{env.Say("drafts.drop.about", "Name", cell.CleanTo(p.draft.Name, 40), "Time", p.draft.Saved.In(casework.Shanghai).Format("01-02 15:04"))}
	p.Fill((&entry.Line{ID: "reason", Label: env.Say("drafts.drop.reason"), Hint: env.Say("drafts.drop.hint"), Kind: entry.Text, Must: true}).Max(100))
	return nil
}

func (p *dropping) store(env *stage.Env) (func() error, bool) {
	if !p.Page.Check(env, env.Say("person.missing")) {
		return nil, false
	}
	b, id, reason := p.book, p.draft.ID, p.Page.Find("reason").Value()
	return func() error { return b.Discard(context.Background(), id, reason) }, true
}
