package forms

import (
	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/widget"
	"doorstep/tui/widget/people"
)

// kept asks, before a protected form is written, which colleagues are implicated: they
// lose sight of it, and never get it. Enter goes on, whether or not anybody is ticked.
type kept struct {
	fill    func(b book.FormBeginning) stage.Screen
	begin   book.FormBeginning
	readers []book.Colleague
	checks  widget.Checks
	ready   bool
}

// Kept makes the page.
func Kept(fill func(b book.FormBeginning) stage.Screen, b book.FormBeginning, readers []book.Colleague) stage.Screen {
	return &kept{fill: fill, begin: b, readers: readers}
}

func (k *kept) Place() keymap.Place { return WhoPlace }

func (k *kept) Header(env *stage.Env) stage.Header {
	return stage.Header{Left: env.Say("forms.who.title")}
}

func (k *kept) names(env *stage.Env) {
	if k.ready {
		return
	}
	k.ready = true
	for _, c := range k.readers {
		k.checks.Items = append(k.checks.Items, widget.Check{Label: cell.CleanTo(c.Name, 40) + "  " + people.Say(env, c.Duty)})
	}
}

func (k *kept) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	k.names(env)
	do, ok := msg.(stage.Do)
	switch {
	case !ok:
		k.checks.Update(msg)
	case do.ID == Tick:
		k.checks.Pick(do.Key)
	case do.ID == Go:
		b := k.begin
		b.Exclude = []casework.WorkerID{}
		for i, c := range k.checks.Items {
			if c.On {
				b.Exclude = append(b.Exclude, k.readers[i].ID)
			}
		}
		return stage.Replace(k.fill(b)), nil
	}
	return stage.None(), nil
}

func (k *kept) Draw(env *stage.Env, size stage.Size) stage.Frame {
	k.names(env)
	head := append(append([]string{""}, widget.Paragraph(env.Say("forms.who.about"), 2, size.W-2)...), "")
	lines, cursor := k.checks.Draw(env, stage.Size{W: size.W, H: max(1, size.H-len(head))})
	if cursor != nil {
		cursor.Y += len(head)
	}
	return stage.Frame{Body: append(head, lines...), Cursor: cursor}
}
