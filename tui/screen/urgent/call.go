package urgent

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/stage"
	"doorstep/tui/widget/entry"
)

// call notes a telephone call: which number, when, and who took it.
type call struct {
	entry.Sheet
	numbers []string
	what    book.Attention
}

func newCall(numbers []string) *call {
	c := &call{numbers: numbers}
	c.Sheet = entry.NewSheet(CallPlace, "urgent.call.title", c.store, func(*stage.Env) stage.Action { return stage.PopWith(c.what) })
	return c
}

// Start implements stage.Starter.
func (c *call) Start(env *stage.Env) tea.Cmd {
	var numbers []entry.Option
	for _, n := range c.numbers {
		numbers = append(numbers, entry.Option{Value: n, Label: n})
	}
	at := (&entry.Line{ID: "at", Label: env.Say("urgent.call.at"), Hint: env.Say("urgent.call.at.hint"), Kind: entry.Text, Must: true}).Max(8)
	lines := []*entry.Line{
		(&entry.Line{ID: "officer", Label: env.Say("urgent.call.officer"), Hint: env.Say("urgent.call.officer.hint"), Kind: entry.Text}).Max(40),
		at.Set(env.Now().In(casework.Shanghai).Format("15:04")),
		(&entry.Line{ID: "note", Label: env.Say("urgent.call.note"), Hint: env.Say("urgent.call.note.hint"), Kind: entry.Text}).Max(200),
	}
	if len(numbers) > 1 {
		lines = append([]*entry.Line{{ID: "number", Label: env.Say("urgent.call.number"), Kind: entry.One, Options: numbers}}, lines...)
	}
	c.Fill(lines...)
	return nil
}

func (c *call) store(env *stage.Env) (func() error, bool) {
	if !c.Page.Check(env, env.Say("person.missing")) {
		return nil, false
	}
	at, ok := clock(env.Now(), c.Page.Find("at").Value())
	if !ok {
		c.Page.Find("at").Refuse(env.Say("urgent.call.at.bad"))
		c.Page.Focus("at")
		return nil, false
	}
	number := ""
	if l := c.Page.Find("number"); l != nil {
		number = l.Value()
	} else if len(c.numbers) == 1 {
		number = c.numbers[0]
	}
	c.what = book.Attention{
		Step: "called", At: at, Officer: c.Page.Find("officer").Value(),
		Note: strings.TrimSpace(number + " " + c.Page.Find("note").Value()),
	}
	return func() error { return nil }, true
}

// clock reads a time of today, or of yesterday when it would lie in the future: 15:04, 1504, 15点4分.
func clock(now time.Time, text string) (time.Time, bool) {
	text = strings.NewReplacer("：", ":", "点", ":", "时", ":", "分", "", " ", "").Replace(casework.Narrow(text))
	text = strings.TrimSuffix(text, ":")
	if len(text) <= 2 {
		text += ":00"
	}
	now = now.In(casework.Shanghai)
	for _, layout := range []string{"15:4", "1504"} {
		t, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		at := time.Date(now.Year(), now.Month(), now.Day(), t.Hour(), t.Minute(), 0, 0, casework.Shanghai)
		if at.After(now.Add(5 * time.Minute)) {
			at = at.AddDate(0, 0, -1)
		}
		return at, true
	}
	return time.Time{}, false
}
