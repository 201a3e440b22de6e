package status

import (
	"context"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget/people"
)

// Places of the practice district alone.
const (
	PracticePlace keymap.Place = "status_practice"
	RegisterPlace keymap.Place = "register"
)

// What can be done in practice.
const (
	Network  keymap.ID = "practice.network"
	Register keymap.ID = "practice.register"
)

func practiceCommands() []keymap.Command {
	return []keymap.Command{
		{ID: Upload, Where: PracticePlace, Keys: []string{"1", "f5", "enter"}, Label: "status.cmd.upload", Bar: 1},
		{ID: Network, Where: PracticePlace, Keys: []string{"3"}, Label: "practice.cmd.network", Help: "practice.cmd.network.help", Bar: 2},
		{ID: Register, Where: PracticePlace, Keys: []string{"4"}, Label: "practice.cmd.register", Help: "practice.cmd.register.help", Bar: 3},
	}
}

// practice is what the page tells and does in the practice district; it reports whether the
// command was one of these.
func (s *Screen) practise(env *stage.Env, id keymap.ID) (stage.Action, bool) {
	p, ok := s.book.(book.Practice)
	if !ok {
		return stage.None(), false
	}
	switch id {
	case Network:
		p.Connect(!p.Connected())
		if p.Connected() {
			s.book.Exchange()
			return stage.Notice(env.Say("practice.on")), true
		}
		return stage.Notice(env.Say("practice.off")), true
	case Register:
		return stage.Push(&register{book: p}), true
	}
	return stage.None(), false
}

// register is the page that shows the visits as the district has them.
type register struct {
	book book.Practice
	rows []book.Registered
	err  error
	done bool
	top  int
	load stage.Latest
}

func (r *register) Place() keymap.Place { return RegisterPlace }

func (r *register) Header(env *stage.Env) stage.Header {
	return stage.Header{Left: env.Say("practice.register", "Count", len(r.rows))}
}

func (r *register) Start(*stage.Env) tea.Cmd {
	b := r.book
	return r.load.Ask(func() any {
		rows, err := b.Register(context.Background())
		if err != nil {
			return err
		}
		return rows
	})
}

func (r *register) Update(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if v, fresh, mine := r.load.Take(msg); mine {
		if fresh {
			r.done = true
			switch v := v.(type) {
			case error:
				r.err = v
			case []book.Registered:
				r.rows = v
			}
		}
		return stage.None(), nil
	}
	switch msg := msg.(type) {
	case stage.Wheel:
		r.top += msg.Lines
	case tea.KeyPressMsg:
		switch keymap.Press(msg) {
		case "down":
			r.top++
		case "up":
			r.top--
		case "pgdown":
			r.top += 10
		case "pgup":
			r.top -= 10
		}
	}
	return stage.None(), nil
}

func (r *register) Draw(env *stage.Env, size stage.Size) stage.Frame {
	var f stage.Frame
	switch {
	case r.err != nil:
		for _, l := range cell.Wrap(env.Error(r.err), size.W-4) {
			f.Body = append(f.Body, "  "+l)
		}
		return f
	case !r.done:
		return stage.Frame{Body: []string{"  " + env.Say("file.loading")}}
	}
	r.top = max(0, min(r.top, len(r.rows)-size.H))
	list, _ := casework.List("visit_mode")
	cols := []cell.Column{{Min: 7, Max: 7, Right: true}, {Min: 5, Max: 5}, {Min: 16, Max: 24}, {Min: 8, Max: 12}, {Min: 10, Max: 20}}
	widths := cell.Layout(cols, 2, size.W-2)
	for _, v := range r.rows[r.top:min(len(r.rows), r.top+size.H)] {
		mode, _ := list.Of(v.Mode)
		row := cell.Row(cols, widths, []string{
			strconv.FormatUint(v.Number, 10), people.MonthDay(v.Date), cell.CleanTo(v.Name, 40), mode.Label(env.Say("people.lang")), cell.CleanTo(v.Worker, 40),
		}, 2)
		f.Body = append(f.Body, " "+env.Paint(theme.Plain, row))
	}
	return f
}
