package person

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/cell"
	"doorstep/tui/stage"
	"doorstep/tui/widget/entry"
)

// Knocker is what 没见到 asks for.
type Knocker interface {
	NotMet(ctx context.Context, person casework.RecordID, result, note string) (book.Finished, error)
}

// Missed is the page 没见到: why nobody was met, in a digit and a few words.
type Missed struct {
	entry.Sheet
	book   Knocker
	person casework.RecordID
	name   string
	after  func(f book.Finished) stage.Action
	result book.Finished
}

// NewMissed makes the page; after decides what follows a saved knock (an order, or back).
func NewMissed(b Knocker, person casework.RecordID, name string, after func(f book.Finished) stage.Action) *Missed {
	m := &Missed{book: b, person: person, name: name, after: after}
	m.Sheet = entry.NewSheet(MissedPlace, "missed.title", m.save, func(env *stage.Env) stage.Action {
		return m.after(m.result).Then(stage.Notice(env.Say("missed.done")))
	})
	return m
}

// results are the ways of not meeting someone, as codes of "visit_result".
var results = []string{"not_met", "refused", "hospital", "institution", "moved", "dead", "wrong_address"}

// Start implements stage.Starter.
func (m *Missed) Start(env *stage.Env) tea.Cmd {
	m.Above = []string{env.Say("missed.about", "Name", cell.CleanTo(m.name, 40))}
	lang := env.Say("people.lang")
	var why []entry.Option
	for _, r := range results {
		if l := label("visit_result", r, lang); l != "" {
			why = append(why, entry.Option{Value: r, Label: l})
		}
	}
	m.Fill(
		&entry.Line{ID: "result", Label: env.Say("missed.why"), Kind: entry.One, Must: true, Options: why},
		(&entry.Line{ID: "note", Label: env.Say("missed.note"), Hint: env.Say("missed.note.hint"), Kind: entry.Text}).Max(100),
	)
	return nil
}

// Update implements stage.Screen.
func (m *Missed) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	return m.Sheet.Update(env, msg)
}

func (m *Missed) save(env *stage.Env) (func() error, bool) {
	if !m.Page.Check(env, env.Say("person.missing")) {
		return nil, false
	}
	b, id, result, note := m.book, m.person, m.Page.Find("result").Value(), m.Page.Find("note").Value()
	return func() error {
		f, err := b.NotMet(context.Background(), id, result, note)
		m.result = f
		return err
	}, true
}
