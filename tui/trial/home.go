package trial

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/tui/book"
	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/screen/visit"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget"
)

// Place is where these commands live.
const Place keymap.Place = "trial"

// What can be done on the first page.
const (
	Greeting keymap.ID = "trial.greeting"
	Routine  keymap.ID = "trial.routine"
	Full     keymap.ID = "trial.full"
)

var depths = map[keymap.ID]int{Greeting: 1, Routine: 2, Full: 3}

func own() []keymap.Command {
	return []keymap.Command{
		{ID: Full, Where: Place, Keys: []string{"3", "enter"}, Label: "trial.cmd.full", Help: "trial.cmd.full.help", Bar: 1},
		{ID: Routine, Where: Place, Keys: []string{"2"}, Label: "trial.cmd.routine", Help: "trial.cmd.routine.help", Bar: 2},
		{ID: Greeting, Where: Place, Keys: []string{"1"}, Label: "trial.cmd.greeting", Help: "trial.cmd.greeting.help", Bar: 3},
		{ID: keymap.Back, Where: Place, Keys: []string{"esc"}, Label: "trial.cmd.end", Bar: 90},
	}
}

// home says what is tried out, and after a trial what would have been recorded.
type home struct {
	v      *visitor
	scroll widget.Scroll
}

func (h *home) Place() keymap.Place { return Place }

func (h *home) Header(env *stage.Env) stage.Header {
	d := h.v.c.Form
	return stage.Header{Left: env.Say("trial.header", "Title", cell.CleanTo(d.Say(d.Title, h.v.c.Lang), 40)), Right: env.Say("trial.nothing_kept")}
}

// Leave implements stage.Leaver.
func (h *home) Leave(*stage.Env) (stage.Action, tea.Cmd) { return stage.Quit(), nil }

func (h *home) Update(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	switch msg := msg.(type) {
	case stage.Returned:
		h.scroll = widget.Scroll{}
		return stage.None(), nil
	case stage.Do:
		if depth := depths[msg.ID]; depth > 0 {
			h.v.done = nil
			return stage.Push(visit.New(h.v, visit.Doors{}, book.Beginning{Depth: depth})), nil
		}
		return stage.None(), nil
	}
	h.scroll.Update(msg)
	return stage.None(), nil
}

// Status implements stage.Reporter.
func (h *home) Status(env *stage.Env) string { return " " + h.scroll.Where(env) }

func (h *home) Draw(env *stage.Env, size stage.Size) stage.Frame {
	var lines []string
	add := func(token theme.Token, text string) {
		for _, l := range widget.Paragraph(text, 2, size.W-2) {
			lines = append(lines, env.Paint(token, l))
		}
	}
	lines = append(lines, "")
	if h.v.done == nil {
		d := h.v.c.Form
		add(theme.Strong, cell.CleanTo(d.Say(d.Title, h.v.c.Lang), 80))
		add(theme.Plain, env.Say("trial.about", "Version", cell.CleanTo(d.Version, 40), "Questions", questions(d), "Name", h.v.person.Name, "Age", h.v.person.Age(h.v.today())))
		lines = append(lines, "")
		add(theme.Plain, env.Say("trial.how"))
		return stage.Frame{Body: h.scroll.Draw(lines, size.H)}
	}
	h.record(env, add, func() { lines = append(lines, "") })
	return stage.Frame{Body: h.scroll.Draw(lines, size.H)}
}

func questions(d *form.Definition) int {
	n := 0
	for it := range d.All() {
		if it.Kind == form.Question && it.Type.Shown() && it.Type != form.TypeNote {
			n++
		}
	}
	return n
}

// record is what would have been recorded: answers by who may see them, points, grade, orders.
func (h *home) record(env *stage.Env, add func(theme.Token, string), gap func()) {
	r := h.v.done
	add(theme.Strong, env.Say("trial.result"))
	if r.closed.Depth > 1 && len(r.in.Definition().Grading.Bands) > 0 {
		add(theme.Plain, env.Say("trial.score", "Points", r.closed.Scores.Total, "Grade", r.in.Grade(0).Grade))
	}
	for _, o := range h.v.Orders(&book.Session{Form: r.in}) {
		add(theme.Warn, env.Say("trial.order", "Code", o.Code, "Title", env.Say(o.Title.Key)))
	}
	for _, class := range []casework.Sensitivity{casework.Routine, casework.Personal, casework.Restricted} {
		answers := r.closed.Answers[class]
		if len(answers) == 0 {
			continue
		}
		gap()
		add(theme.Dim, env.Say("trial.class."+[]string{"routine", "personal", "restricted"}[class]))
		for _, a := range answers {
			add(theme.Plain, cell.CleanText(h.label(a)+"  "+h.value(env, a), 600))
		}
	}
	if len(r.closed.Dropped) > 0 {
		gap()
		add(theme.Dim, env.Say("trial.dropped"))
		for _, a := range r.closed.Dropped {
			add(theme.Plain, cell.CleanText(h.label(a)+"  "+h.value(env, a), 600))
		}
	}
}

// label is the question, or for what is never shown its name.
func (h *home) label(a form.Answer) string {
	if v, ok := h.v.done.in.View(a.Path); ok && strings.TrimSpace(v.Label) != "" {
		return strings.TrimSpace(v.Label)
	}
	return a.Key
}

// value is the answer in the words of its choices.
func (h *home) value(env *stage.Env, a form.Answer) string {
	switch a.Unknown {
	case form.UnknownNotAsked:
		return env.Say("visit.not_asked")
	case form.UnknownNotSeen:
		return env.Say("visit.not_seen")
	}
	d := h.v.c.Form
	v, ok := h.v.done.in.View(a.Path)
	if ok && v.Item.Type == form.TypeAcknowledge {
		return env.Say("visit.acknowledge")
	}
	if !ok || !v.Item.Type.Selects() || d.List(v.Item.List) == nil {
		return a.Value
	}
	var out []string
	for _, name := range strings.Fields(a.Value) {
		if c := d.List(v.Item.List).Choice(name); c != nil && d.Say(c.Label, h.v.c.Lang) != "" {
			name = d.Say(c.Label, h.v.c.Lang)
		}
		out = append(out, name)
	}
	return strings.Join(out, "、")
}
