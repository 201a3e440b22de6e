package visit

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/form/xpath"
	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget"
)

// why is F9: why a question is shown, more about it, and what was calculated on its page and
// where from.
type why struct {
	lines  []string
	scroll widget.Scroll
}

func (s *Screen) why(env *stage.Env) (stage.Action, tea.Cmd) {
	cmd, _ := s.leaveField(env) // what is being typed counts, too
	v, ok := s.view()
	if !ok {
		return stage.None(), cmd
	}
	in := s.session.Form
	y := &why{}
	tell := func(head string, w xpath.Why) {
		y.lines = append(y.lines, head)
		for _, l := range s.leaves(env, w, 1) {
			if !slices.Contains(y.lines, l) { // a condition names some answers twice
				y.lines = append(y.lines, l)
			}
		}
		y.lines = append(y.lines, "")
	}
	if text := in.Definition().Say(v.Item.Guidance, env.Say("people.lang")); text != "" {
		y.lines = append(y.lines, text, "")
	}
	if w, ok := in.WhyShown(v.Path); ok {
		tell(env.Say("visit.why.shown"), w)
	} else {
		y.lines = append(y.lines, env.Say("visit.why.always"), "")
	}
	for _, c := range s.computed() {
		value := c.Value
		switch {
		case value == "":
			value = env.Say("visit.why.blank")
		case c.Class == casework.Restricted:
			value = env.Say("visit.answered")
		}
		head := cell.CleanTo(title(c), 40) + "  =  " + value
		if w, ok := in.WhyValue(c.Path); ok && c.Class != casework.Restricted {
			tell(head+"    "+env.Say("visit.why.value"), w)
			continue
		}
		y.lines = append(y.lines, head, "")
	}
	return stage.Push(y), cmd
}

// computed are the calculations of the page that have words of their own: of the row that is
// open, else of the section.
func (s *Screen) computed() []form.View {
	in := s.session.Form
	section := ""
	if secs := s.sections(); s.section < len(secs) {
		section = secs[s.section].Path
	}
	var out []form.View
	for it := range in.Definition().All() {
		if it.Type != form.TypeCalculate || len(it.Label) == 0 {
			continue
		}
		path := it.Path
		for _, row := range s.inside { // /data/member/age stands in /data/member[2]/age
			if rest, ok := strings.CutPrefix(path, tableOf(row)+"/"); ok {
				path = row + "/" + rest
			}
		}
		home := section
		if row := s.inner(); row != "" {
			home = row
		}
		rest, ok := strings.CutPrefix(path, home+"/")
		if home == "" {
			rest, ok = path, strings.Count(path, "/") == 2
		}
		if v, found := in.View(path); ok && found && !strings.Contains(rest, "[") && in.Applies(path) {
			out = append(out, v)
		}
	}
	return out
}

// leaves writes the questions a condition looked at and what they say, in her words. An
// answer about harm or mood is not said again.
func (s *Screen) leaves(env *stage.Env, w xpath.Why, depth int) []string {
	var out []string
	for _, r := range w.Reads {
		label, answer := r.Name, r.Answer
		if it := s.session.Form.Definition().Find(r.Name); it != nil {
			path, ok := s.session.Form.Path(r.Name)
			if v, found := s.session.Form.View(path); ok && found {
				p := &sheet{env: env, s: s}
				if label, answer = title(v), p.words(v, r.Answer); label == "" {
					label = r.Name
				}
				if v.Item.Kind == form.Repeat {
					answer = env.Say("visit.rows", "Count", len(v.Instances))
				}
				if v.Class == casework.Restricted && answer != "" {
					answer = env.Say("visit.answered")
				}
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

func (y *why) IsPanel()                           {}
func (y *why) Place() keymap.Place                { return WhyPlace }
func (y *why) Header(env *stage.Env) stage.Header { return stage.Header{Left: env.Say("visit.why")} }

func (y *why) Update(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	y.scroll.Update(msg)
	return stage.None(), nil
}

func (y *why) Draw(env *stage.Env, size stage.Size) stage.Frame {
	var lines []string
	for _, l := range y.lines {
		for _, w := range cell.Wrap(cell.Clean(l), size.W-4) {
			lines = append(lines, "  "+env.Paint(theme.Plain, w))
		}
	}
	for len(lines) > 0 && strings.TrimSpace(lines[len(lines)-1]) == "" {
		lines = lines[:len(lines)-1]
	}
	return stage.Frame{Body: y.scroll.Draw(lines, size.H)}
}
