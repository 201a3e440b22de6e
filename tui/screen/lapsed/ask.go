package lapsed

import (
	"context"
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget"
	"doorstep/tui/widget/people"
)

// Places of pages with one line to type.
const (
	WhoPlace  keymap.Place = "lapsed_who"
	PickPlace keymap.Place = "lapsed_pick" // several of one name
	CallPlace keymap.Place = "lapsed_call"
	FilePlace keymap.Place = "lapsed_file"
)

// What can be done there.
const (
	Send keymap.ID = "lapsed.send"
	Pick keymap.ID = "lapsed.pick"
)

func askCommands() []keymap.Command {
	var out []keymap.Command
	for _, c := range []struct {
		place keymap.Place
		label string
	}{{WhoPlace, "lapsed.cmd.send.who"}, {CallPlace, "lapsed.cmd.send.call"}, {FilePlace, "lapsed.cmd.send.file"}} {
		out = append(out, keymap.Command{ID: Send, Where: c.place, Keys: []string{"enter"}, Label: c.label, Bar: 1})
	}
	return append(out, keymap.Command{ID: Pick, Where: PickPlace, Keys: []string{keymap.Digit}, Label: "today.cmd.choose", Bar: 1})
}

// ask is a page with one line to type, some words above it, and what came of it below.
type ask struct {
	place keymap.Place
	title string // keys
	about func(env *stage.Env) []string
	label string
	field widget.Field
	send  func(text string) any                             // beside the program
	take  func(env *stage.Env, v any) (stage.Action, error) // what it brought
	start tea.Cmd

	busy  bool
	err   error
	try   stage.Latest
	lines []book.Line // several of one name
	pick  func(l book.Line) stage.Action
}

// Place implements stage.Screen.
func (a *ask) Place() keymap.Place {
	if len(a.lines) > 0 {
		return PickPlace
	}
	return a.place
}

// Typing implements stage.Typist.
func (a *ask) Typing() bool { return len(a.lines) == 0 }

// Header implements stage.Screen.
func (a *ask) Header(env *stage.Env) stage.Header { return stage.Header{Left: env.Say(a.title)} }

// Start implements stage.Starter.
func (a *ask) Start(*stage.Env) tea.Cmd { return a.start }

// Leave implements stage.Leaver: from the choice back to the name.
func (a *ask) Leave(*stage.Env) (stage.Action, tea.Cmd) {
	if len(a.lines) > 0 {
		a.lines = nil
		return stage.None(), nil
	}
	return stage.Pop(), nil
}

// Update implements stage.Screen.
func (a *ask) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if v, fresh, mine := a.try.Take(msg); mine {
		if !fresh {
			return stage.None(), nil
		}
		a.busy = false
		action, err := a.take(env, v)
		a.err = err
		return action, nil
	}
	switch msg := msg.(type) {
	case stage.Do:
		switch msg.ID {
		case Send:
			text := a.field.Value()
			if a.busy || text == "" {
				return stage.None(), nil
			}
			a.busy, a.err = true, nil
			send := a.send
			return stage.None(), a.try.Ask(func() any { return send(text) })
		case Pick:
			n, _ := strconv.Atoi(msg.Key)
			if n < 1 || n > min(9, len(a.lines)) {
				return stage.Notice(env.Say("today.no_such", "Digit", n)), nil
			}
			return a.pick(a.lines[n-1]), nil
		}
	case tea.KeyPressMsg, tea.PasteMsg:
		if a.Typing() && !a.busy && a.field.Update(msg) {
			a.err = nil
		}
	}
	return stage.None(), nil
}

// Draw implements stage.Screen.
func (a *ask) Draw(env *stage.Env, size stage.Size) stage.Frame {
	f := stage.Frame{Body: []string{""}}
	if len(a.lines) > 0 {
		f.Body = append(f.Body, widget.Paragraph(env.Say("lapsed.several"), 2, size.W-2)...)
		f.Body = append(f.Body, "")
		for i, l := range a.lines[:min(9, len(a.lines))] {
			place := cell.CleanTo(l.Village+l.Group, 40)
			f.Body = append(f.Body, cell.Fit("  "+strconv.Itoa(i+1)+"  "+people.Name(env, l)+"  "+place, size.W-2))
		}
		return f
	}
	for _, text := range a.about(env) {
		f.Body = append(f.Body, widget.Paragraph(text, 2, size.W-2)...)
		f.Body = append(f.Body, "")
	}
	head := "  " + env.Say(a.label) + "  "
	text, caret := a.field.Draw(env, min(50, size.W-cell.Width(head)-2), true)
	f.Cursor = &stage.Cursor{X: cell.Width(head) + caret, Y: len(f.Body)}
	f.Body = append(f.Body, head+text, "")
	switch {
	case a.busy:
		f.Body = append(f.Body, "  "+env.Say("lapsed.busy"))
	case a.err != nil:
		for _, l := range widget.Paragraph(env.Error(a.err), 2, size.W-2) {
			f.Body = append(f.Body, env.Paint(theme.Warn, l))
		}
	}
	return f
}

// newWho asks for a whole name, or the code on a sheet of paper; found is what comes then.
func newWho(b Book, found func(l book.Line) stage.Action) *ask {
	a := &ask{place: WhoPlace, title: "lapsed.who.title", label: "lapsed.who", pick: found}
	a.about = func(env *stage.Env) []string { return []string{env.Say("lapsed.who.about")} }
	a.send = func(text string) any { return b.Named(text) }
	a.take = func(_ *stage.Env, v any) (stage.Action, error) {
		switch lines := v.([]book.Line); len(lines) {
		case 0:
			return stage.None(), casework.Problem("lapsed.who", "lapsed.nobody")
		case 1:
			return found(lines[0]), nil
		default:
			a.lines = lines
		}
		return stage.None(), nil
	}
	return a
}

// NewChooser asks for a whole name, or the code on a sheet of paper, and goes back with
// the person, as Returned of book.Line.
func NewChooser(b Book) stage.Screen {
	return newWho(b, func(l book.Line) stage.Action { return stage.PopWith(l) })
}

type requested struct {
	number string
	err    error
}

// newCall shows the number to read out and takes the code that is read back.
func newCall(b Book) stage.Screen {
	a := &ask{place: CallPlace, title: "lapsed.call.title", label: "lapsed.code", field: widget.Field{Max: 12, Digits: true}}
	number := ""
	a.busy = true
	a.start = a.try.Ask(func() any {
		n, err := b.Request(context.Background())
		return requested{n, err}
	})
	a.about = func(env *stage.Env) []string {
		if number == "" {
			return []string{env.Say("lapsed.call.about")}
		}
		return []string{env.Say("lapsed.call.about"), env.Say("lapsed.call.read", "Number", number[:3]+" "+number[3:])}
	}
	a.send = func(text string) any { return until(b.Extend(context.Background(), text)) }
	a.take = func(_ *stage.Env, v any) (stage.Action, error) {
		if r, ok := v.(requested); ok {
			number = r.number
			return stage.None(), r.err
		}
		return opened(v)
	}
	return a
}

// newFile asks where the lease file is; one that lies on a stick is proposed.
func newFile(b Book) stage.Screen {
	a := &ask{place: FilePlace, title: "lapsed.file.title", label: "lapsed.path", field: widget.Field{Max: 400}}
	a.busy = true
	a.start = a.try.Ask(func() any { return b.LeaseFiles() })
	a.about = func(env *stage.Env) []string { return []string{env.Say("lapsed.file.about")} }
	a.send = func(text string) any { return until(b.ReadLease(context.Background(), text)) }
	a.take = func(_ *stage.Env, v any) (stage.Action, error) {
		if files, ok := v.([]string); ok {
			if len(files) > 0 && a.field.Empty() {
				a.field.Set(files[0])
			}
			return stage.None(), nil
		}
		return opened(v)
	}
	return a
}

// until is a moment or why there is none.
func until(t time.Time, err error) any {
	if err != nil {
		return err
	}
	return t
}

// opened goes back to the first page, which makes way by itself.
func opened(v any) (stage.Action, error) {
	if err, bad := v.(error); bad {
		return stage.None(), err
	}
	return stage.Pop(), nil
}
