package urgent

import (
	"doorstep/casework"
	"doorstep/tui/cell"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget"
	"doorstep/tui/widget/people"
)

// Draw implements stage.Screen.
func (s *Screen) Draw(env *stage.Env, size stage.Size) stage.Frame {
	switch {
	case !s.open:
		return stage.Frame{Body: append([]string{""}, widget.Paragraph(env.Say("urgent.closed"), 4, size.W-2)...)}
	case s.failed != nil:
		return stage.Frame{Body: widget.Problem(env, env.Error(s.failed), 2, size.W-2)}
	case !s.loaded:
		return stage.Frame{Body: []string{"  " + env.Say("visit.opening")}}
	}
	return stage.Frame{Body: s.scroll.Draw(s.lines(env, size.W), size.H)}
}

// Status implements stage.Reporter.
func (s *Screen) Status(env *stage.Env) string {
	if !s.open {
		return ""
	}
	return " " + s.scroll.Where(env) // there whether or not all fits: the height stays the same
}

func (s *Screen) lines(env *stage.Env, w int) []string {
	out := people.Instructions(env, s.order, w)
	if taken := s.taken(env); len(taken) > 0 {
		out = append(out, "", " "+env.Paint(theme.Strong, env.Say("urgent.taken")))
		for _, t := range taken {
			out = append(out, widget.Paragraph(t, 3, w-2)...)
		}
	}
	return out
}

// taken are the things that were done, each with its time.
func (s *Screen) taken(env *stage.Env) []string {
	names := map[casework.WorkerID]string{}
	for _, p := range s.order.People {
		names[p.ID] = cell.CleanTo(p.Name, 40)
	}
	var out []string
	for _, a := range s.order.Taken {
		if a.Step == "opened" {
			continue
		}
		text := a.At.In(casework.Shanghai).Format("01-02 15:04") + "  " + env.Say("urgent.did."+a.Step)
		for _, word := range []string{a.Officer, a.Note} {
			if word != "" {
				text += "  " + cell.CleanTo(word, 200)
			}
		}
		for _, id := range a.Exclude {
			text += "  " + names[id]
		}
		out = append(out, text)
	}
	return out
}
