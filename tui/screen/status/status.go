// Package status is the page 上传: what has reached the district, what has not, and why.
package status

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
)

// Places of these commands.
const (
	Place      keymap.Place = "status"
	EnrolPlace keymap.Place = "enrol"
)

// What can be done here.
const (
	Upload keymap.ID = "status.upload"
	Enrol  keymap.ID = "status.enrol"
	Next   keymap.ID = "enrol.next"
	Send   keymap.ID = "enrol.send"
)

// Commands is the table of these places.
func Commands() []keymap.Command {
	return append(practiceCommands(), []keymap.Command{
		{ID: Upload, Where: Place, Keys: []string{"1", "f5", "enter"}, Label: "status.cmd.upload", Bar: 1},
		{ID: Enrol, Where: Place, Keys: []string{"2"}, Label: "status.cmd.enrol", Help: "status.cmd.enrol.help", Bar: 2},
		{ID: Next, Where: EnrolPlace, Keys: []string{"tab", "down", "up", "shift+tab"}, Label: "enrol.cmd.next", Bar: 2},
		{ID: Send, Where: EnrolPlace, Keys: []string{"enter"}, Label: "enrol.cmd.send", Bar: 1},
	}...)
}

// Book is what this page asks for.
type Book interface {
	Status() book.Status
	Exchange()
	Enrol(ctx context.Context, address, code string) error
	Kept(ctx context.Context) ([]book.KeptWork, error)
}

// Screen is the page.
type Screen struct {
	book Book
	kept []book.KeptWork
	load stage.Latest
}

// New makes the page.
func New(b Book) *Screen { return &Screen{book: b} }

// Place implements stage.Screen.
func (s *Screen) Place() keymap.Place {
	if _, practice := s.book.(book.Practice); practice {
		return PracticePlace
	}
	return Place
}

// Header implements stage.Screen.
func (s *Screen) Header(env *stage.Env) stage.Header {
	return stage.Header{Left: env.Say("status.title")}
}

// Start implements stage.Starter.
func (s *Screen) Start(*stage.Env) tea.Cmd { return s.fetch() }

func (s *Screen) fetch() tea.Cmd {
	b := s.book
	return s.load.Ask(func() any {
		kept, err := b.Kept(context.Background())
		if err != nil {
			return err
		}
		return kept
	})
}

// Changed tells the page that an exchange has ended.
type Changed struct{}

// Update implements stage.Screen.
func (s *Screen) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if v, fresh, mine := s.load.Take(msg); mine {
		if fresh {
			switch v := v.(type) {
			case []book.KeptWork:
				s.kept = v
			case error:
				return stage.Notice(env.Error(v)), nil
			}
		}
		return stage.None(), nil
	}
	switch msg := msg.(type) {
	case Changed, stage.Returned:
		return stage.None(), s.fetch()
	case stage.Do:
		if action, mine := s.practise(env, msg.ID); mine {
			return action, nil
		}
		switch msg.ID {
		case Upload:
			s.book.Exchange()
			return stage.Notice(env.Say("status.asked")), nil
		case Enrol:
			return stage.Push(newEnrol(s.book)), nil
		}
	}
	return stage.None(), nil
}

// Able implements stage.Able.
func (s *Screen) Able(env *stage.Env, id keymap.ID) string {
	enrolled := s.book.Status().Enrolled
	switch {
	case id == Upload && !enrolled:
		return env.Say("status.not_enrolled")
	case id == Enrol && enrolled:
		return env.Say("status.enrolled_already")
	}
	return ""
}

// Ribbon is the truth in a few words, for the right end of every header.
func Ribbon(say func(key string, pairs ...any) string, st book.Status) string {
	waiting, what := st.Pending, "visits"
	if waiting == 0 {
		waiting, what = st.PendingOther, "changes"
	}
	amount := say("ribbon."+what, "Count", waiting)
	switch {
	case !st.Enrolled && waiting == 0:
		return say("ribbon.alone")
	case !st.Enrolled:
		return say("ribbon.alone_pending", "What", amount)
	case st.Busy:
		return say("ribbon.busy", "What", amount)
	case !st.Online && waiting == 0:
		return say("ribbon.offline")
	case !st.Online:
		return say("ribbon.offline_pending", "What", amount)
	case waiting > 0:
		return say("ribbon.pending", "What", amount)
	case st.Received.IsZero():
		return say("ribbon.online")
	}
	return say("ribbon.received", "Time", st.Received.In(casework.Shanghai).Format("15:04"))
}

// Draw implements stage.Screen.
func (s *Screen) Draw(env *stage.Env, size stage.Size) stage.Frame {
	st := s.book.Status()
	var f stage.Frame
	const labelW = 18
	line := func(label, value string, token theme.Token) {
		head := " " + cell.Fit(env.Say(label), labelW) + "  "
		for _, l := range cell.Wrap(value, size.W-cell.Width(head)-1) {
			f.Body = append(f.Body, head+env.Paint(token, l))
			head = cell.Indent(cell.Width(head))
		}
	}
	f.Body = append(f.Body, "")
	if !st.Enrolled {
		for _, l := range cell.Wrap(env.Say("status.alone"), size.W-4) {
			f.Body = append(f.Body, "  "+l)
		}
		f.Body = append(f.Body, "")
	} else {
		line("status.district", cell.CleanTo(st.District, 40)+"  "+cell.CleanTo(st.Address, 60), theme.Plain)
		state := env.Say("status.offline")
		switch {
		case st.Busy:
			state = env.Say("status.busy")
		case st.Online:
			state = env.Say("status.online")
		}
		line("status.line", state, theme.Plain)
	}
	token := theme.Good
	if st.Pending+st.PendingOther > 0 {
		token = theme.Warn
	}
	line("status.pending", env.Say("status.pending.count", "Visits", st.Pending, "Other", st.PendingOther), token)
	if !st.Received.IsZero() {
		line("status.received", st.Received.In(casework.Shanghai).Format("2006-01-02 15:04"), theme.Good)
	}
	closed := s.lease(env, st, line)
	if !closed {
		line("status.people", env.Say("status.people.count", "Count", st.People), theme.Plain)
	}
	if st.Files > 0 {
		line("status.files", env.Say("status.files.count", "Count", st.Files), theme.Plain)
	}
	if st.Conflicts > 0 {
		line("status.conflicts", env.Say("status.conflicts.count", "Count", st.Conflicts), theme.Warn)
	}
	if st.Trouble != nil {
		f.Body = append(f.Body, "")
		for _, l := range cell.Wrap(env.Error(st.Trouble), size.W-4) {
			f.Body = append(f.Body, "  "+env.Paint(theme.Warn, l))
		}
	}
	if _, practice := s.book.(book.Practice); practice {
		f.Body = append(f.Body, "")
		for _, l := range cell.Wrap(env.Say("practice.about"), size.W-4) {
			f.Body = append(f.Body, "  "+env.Paint(theme.Dim, l))
		}
	}
	if len(s.kept) > 0 {
		f.Body = append(f.Body, "", " "+env.Paint(theme.Strong, env.Say("status.kept")))
		for _, k := range s.kept {
			text := cell.CleanTo(k.Name, 30) + "  " + env.Say("reason."+string(k.Reason))
			f.Body = append(f.Body, "  "+cell.Fit(text, size.W-4))
		}
	}
	return f
}
