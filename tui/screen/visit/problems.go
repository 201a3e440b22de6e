package visit

import (
	"regexp"
	"strings"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework/form"
	"doorstep/casework/form/xpath"
	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget"
)

// jump is what the list of problems leaves behind: the question to go to.
type jump struct{ path string }

// problems is F8: what still hinders finishing, each with a way there.
type problems struct {
	list  widget.List
	paths []string
}

func newProblems(env *stage.Env, in *form.Instance) *problems {
	p := &problems{}
	var rows []widget.Row
	for _, h := range in.Hindrances() {
		label := h.Path
		if v, ok := in.View(h.Path); ok {
			label = title(v)
		}
		rows = append(rows, widget.Row{Text: cell.Fit(label, 34) + "  " + hindrance(env, in, h)})
		p.paths = append(p.paths, h.Path)
	}
	if len(rows) == 0 {
		rows = []widget.Row{{Text: env.Say("visit.no_problems"), Heading: true}}
	}
	p.list.Set(rows)
	return p
}

func (p *problems) Place() keymap.Place { return ProblemsPlace }

func (p *problems) Header(env *stage.Env) stage.Header {
	return stage.Header{Left: env.Say("visit.problems", "Count", len(p.paths))}
}

func (p *problems) Update(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	chosen := false
	if do, ok := msg.(stage.Do); ok {
		switch do.ID {
		case Choose:
			chosen = p.list.Pick(do.Key)
		case Jump:
			chosen = true
		}
	} else {
		_, chosen = p.list.Update(msg)
	}
	if i := p.list.At(); chosen && i >= 0 && i < len(p.paths) {
		return stage.PopWith(jump{p.paths[i]}), nil
	}
	return stage.None(), nil
}

func (p *problems) Draw(env *stage.Env, size stage.Size) stage.Frame {
	rows, cursor := p.list.Draw(env, size)
	return stage.Frame{Body: rows, Cursor: cursor}
}

// why is F9: why a question is shown, or where a computed value comes from.
type why struct{ lines []string }

func (s *Screen) why(env *stage.Env) stage.Action {
	v, ok := s.view()
	if !ok {
		return stage.None()
	}
	var lines []string
	tell := func(head string, w xpath.Why) {
		lines = append(lines, env.Say(head))
		lines = append(lines, s.leaves(env, w, 1)...)
	}
	if w, ok := s.session.Form.WhyShown(v.Path); ok {
		tell("visit.why.shown", w)
	}
	if w, ok := s.session.Form.WhyValue(v.Path); ok {
		tell("visit.why.value", w)
	}
	if len(lines) == 0 {
		lines = []string{env.Say("visit.why.always")}
	}
	return stage.Push(&why{lines})
}

// leaves writes the questions a condition looked at and what they say, in her words.
func (s *Screen) leaves(env *stage.Env, w xpath.Why, depth int) []string {
	var out []string
	for _, r := range w.Reads {
		label, answer := r.Name, r.Answer
		if it := s.session.Form.Definition().Find(r.Name); it != nil {
			if v, ok := s.session.Form.View(it.Path); ok {
				p := &sheet{env: env, s: s}
				label, answer = title(v), p.words(v, r.Answer)
			}
		}
		if answer == "" {
			answer = env.Say("visit.why.blank")
		}
		out = append(out, cell.Indent(2*depth)+cell.CleanTo(label, 40)+"  =  "+answer)
	}
	if len(w.Reads) == 0 && len(w.Parts) == 0 {
		out = append(out, cell.Indent(2*depth)+w.Text)
	}
	for _, part := range w.Parts {
		out = append(out, s.leaves(env, part, depth+1)...)
	}
	return out
}

func (y *why) IsPanel()                                           {}
func (y *why) Place() keymap.Place                                { return WhyPlace }
func (y *why) Header(env *stage.Env) stage.Header                 { return stage.Header{Left: env.Say("visit.why")} }
func (y *why) Update(*stage.Env, tea.Msg) (stage.Action, tea.Cmd) { return stage.None(), nil }

func (y *why) Draw(env *stage.Env, size stage.Size) stage.Frame {
	var f stage.Frame
	for _, l := range y.lines {
		for _, w := range cell.Wrap(cell.Clean(l), size.W-4) {
			f.Body = append(f.Body, "  "+env.Paint(theme.Plain, w))
		}
	}
	return f
}

// reference is ${name} in a form's own words.
var reference = regexp.MustCompile(`\$\{[^}]*\}`)

// hindrance is what is wrong at a question: in the form's own words where it has some.
func hindrance(env *stage.Env, in *form.Instance, h form.Hindrance) string {
	if text := in.Definition().Say(h.Message, env.Say("people.lang")); text != "" {
		return reference.ReplaceAllStringFunc(text, func(r string) string {
			path, ok := in.Path(strings.TrimSpace(r[2 : len(r)-1]))
			if !ok {
				return ""
			}
			v, _ := in.View(path)
			return v.Value
		})
	}
	var pairs []any
	for k, v := range h.Args {
		pairs = append(pairs, k, v)
	}
	return env.Say("error."+string(h.Code), pairs...)
}
