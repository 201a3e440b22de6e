package person

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/stage"
	"doorstep/tui/widget/entry"
	"doorstep/tui/widget/people"
)

// Corrector is what 更正 asks for.
type Corrector interface {
	Correct(ctx context.Context, visit, to casework.RecordID, reason string) error
}

// Correct is the page 更正: a visit was written for the wrong person. It is moved to the
// right one, or taken back, with a reason; on the wrong file it is hidden.
type Correct struct {
	entry.Sheet
	book   Corrector
	file   book.File
	choose func(text string) stage.Screen // a search that goes back with the person chosen
	to     book.Line
}

// NewCorrect makes the page for the visits of a file.
func NewCorrect(b Corrector, f book.File, choose func(text string) stage.Screen) *Correct {
	c := &Correct{book: b, file: f, choose: choose}
	c.Sheet = entry.NewSheet(CorrectPlace, "correct.title", c.save, func(env *stage.Env) stage.Action {
		return stage.Pop().Then(stage.Notice(env.Say("correct.done")))
	})
	c.Search = choose
	return c
}

// Start implements stage.Starter.
func (c *Correct) Start(env *stage.Env) tea.Cmd {
	c.Above = []string{env.Say("correct.about")}
	lang := env.Say("people.lang")
	var visits []entry.Option
	for _, v := range c.file.Visits {
		if v.Removed || len(visits) == 9 {
			continue
		}
		visits = append(visits, entry.Option{Value: v.ID.String(), Label: people.MonthDay(v.Date) + " " + label("visit_mode", v.Mode, lang) + " " + people.Say(env, v.Result)})
	}
	c.Fill(
		&entry.Line{ID: "visit", Label: env.Say("correct.visit"), Kind: entry.One, Must: true, Options: visits},
		&entry.Line{ID: "what", Label: env.Say("correct.what"), Kind: entry.One, Must: true, Options: []entry.Option{
			{Value: "move", Label: env.Say("correct.what.move")}, {Value: "back", Label: env.Say("correct.what.back")},
		}},
		&entry.Line{ID: "to", Label: env.Say("correct.to"), Kind: entry.Person},
		(&entry.Line{ID: "reason", Label: env.Say("correct.reason"), Kind: entry.Text, Must: true}).Max(100),
	)
	if len(visits) == 1 {
		c.Page.Find("visit").Set(visits[0].Value)
	}
	c.Page.Start()
	c.Mark()
	return nil
}

// Update implements stage.Screen.
func (c *Correct) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	switch msg := msg.(type) {
	case stage.Do:
		if msg.ID == Who {
			return stage.Push(c.choose("")), nil
		}
	case stage.Returned:
		if l, ok := msg.Value.(book.Line); ok {
			c.to = l
			to := c.Page.Find("to")
			to.Options = []entry.Option{{Value: l.Person.String(), Label: people.Name(env, l)}}
			to.Set(l.Person.String())
			c.Page.Find("what").Set("move")
			c.Page.Focus("reason")
			return stage.None(), nil
		}
	}
	return c.Sheet.Update(env, msg)
}

func (c *Correct) save(env *stage.Env) (func() error, bool) {
	if !c.Page.Check(env, env.Say("person.missing")) {
		return nil, false
	}
	var to casework.RecordID
	if c.Page.Find("what").Value() == "move" {
		to = c.to.Person
		if to.IsZero() || to == c.file.Line.Person {
			c.Page.Find("to").Refuse(env.Say("correct.to.hint"))
			c.Page.Focus("to")
			return nil, false
		}
	}
	id, err := casework.ParseID(c.Page.Find("visit").Value())
	if err != nil {
		return nil, false
	}
	b, visit, reason := c.book, casework.RecordID{ID: id}, c.Page.Find("reason").Value()
	return func() error { return b.Correct(context.Background(), visit, to, reason) }, true
}
