package visit

import (
	"regexp"
	"strings"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework/form"
	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
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
		what := hindrance(env, in, h)
		if h.Code == form.CodeRequiredUnknown {
			what = env.Say("visit.problem.unknown")
		}
		rows = append(rows, widget.Row{Text: cell.Fit(label, 34) + "  " + what})
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
