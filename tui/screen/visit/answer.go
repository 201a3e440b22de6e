package visit

import (
	"context"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/widget"
)

// option is one thing to choose for a question: a choice, or that it could not be asked or seen.
type option struct {
	value string // a choice's name, or ""
	mark  string // form.UnknownNotAsked, form.UnknownNotSeen, or ""
	label string
	on    bool
}

// perPage is how many options digits choose at once; 0 shows the next ones.
const perPage = 9

// choosing reports whether a question is answered with digits instead of typing.
func choosing(v form.View) bool {
	switch v.Item.Type {
	case form.TypeText, form.TypeInteger, form.TypeDecimal, form.TypeDate, form.TypeTime, form.TypeDateTime,
		form.TypeGeopoint, form.TypeBarcode, form.TypeRange:
		return v.ReadOnly
	}
	return true
}

func multiple(v form.View) bool { return v.Item.Type == form.TypeSelectMultiple }

// options of a question as they are shown, with its unknown marks at the end.
func (s *Screen) options(env *stage.Env, v form.View) []option {
	var out []option
	chosen := strings.Fields(v.Value)
	d := s.session.Form.Definition()
	lang := env.Say("people.lang")
	for _, c := range s.session.Form.Choices(v.Path) {
		on := v.Value == c.Name
		if multiple(v) {
			on = slices.Contains(chosen, c.Name)
		}
		out = append(out, option{value: c.Name, label: d.Say(c.Label, lang), on: on})
	}
	if v.Item.Type == form.TypeAcknowledge {
		out = append(out, option{value: "OK", label: env.Say("visit.acknowledge"), on: v.Value != ""})
	}
	if v.Item.Unknown {
		out = append(out,
			option{mark: form.UnknownNotAsked, label: env.Say("visit.not_asked"), on: v.Unknown == form.UnknownNotAsked},
			option{mark: form.UnknownNotSeen, label: env.Say("visit.not_seen"), on: v.Unknown == form.UnknownNotSeen})
	}
	return out
}

func (s *Screen) digit(env *stage.Env, key string) (stage.Action, tea.Cmd) {
	v, ok := s.view()
	if !ok || v.ReadOnly || !choosing(v) {
		return stage.None(), nil
	}
	opts := s.options(env, v)
	n := int(key[0] - '0')
	if n == 0 {
		if len(opts) > perPage {
			s.say = ""
			s.page = (s.page + 1) % ((len(opts) + perPage - 1) / perPage)
		}
		return stage.None(), nil
	}
	i := s.page*perPage + n - 1
	if i >= len(opts) {
		return stage.Notice(env.Say("visit.no_option", "Digit", n)), nil
	}
	return s.pick(env, i)
}

// pick chooses option i of the question with the focus.
func (s *Screen) pick(env *stage.Env, i int) (stage.Action, tea.Cmd) {
	v, _ := s.view()
	opts := s.options(env, v)
	if i >= len(opts) {
		return stage.None(), nil
	}
	o := opts[i]
	switch {
	case o.mark != "":
		action, cmd := s.mark(env, o.mark)
		if s.quick() && s.at == v.Path && action.IsNone() {
			s.step(1)
		}
		return action, cmd
	case !multiple(v):
		action, cmd := s.set(env, o.value)
		if s.quick() && s.at == v.Path && action.IsNone() {
			s.step(1)
		}
		return action, cmd
	}
	var next []string
	for _, c := range opts {
		if c.mark == "" && c.on != (c.value == o.value) {
			next = append(next, c.value)
		}
	}
	if !o.on && exclusive(o.value) {
		next = []string{o.value}
	} else if !o.on {
		next = slices.DeleteFunc(next, exclusive)
	}
	return s.set(env, strings.Join(next, " "))
}

// quick reports that a digit goes on by itself: in a greeting, which takes three keys, and
// when paper is entered.
func (s *Screen) quick() bool {
	return s.session.Paper || s.session.Form.Options().Depth == 1
}

// unknown asks which of the two it was: could not be asked, or could not be seen.
func (s *Screen) unknown(env *stage.Env) stage.Action {
	return stage.Push(widget.NewChoice("unknown", env.Say("visit.cmd.unknown"), []widget.Option{
		{Value: form.UnknownNotAsked, Label: env.Say("visit.not_asked")},
		{Value: form.UnknownNotSeen, Label: env.Say("visit.not_seen")},
	}))
}

func (s *Screen) mark(env *stage.Env, mark string) (stage.Action, tea.Cmd) {
	v, ok := s.view()
	if !ok || !v.Item.Unknown {
		return stage.None(), nil
	}
	return s.apply(env, func() (form.Change, error) { return s.session.Form.SetUnknown(v.Path, mark) })
}

// exclusive are choices that say there is nothing to choose.
func exclusive(name string) bool { return name == "none" }

func (s *Screen) set(env *stage.Env, value string) (stage.Action, tea.Cmd) {
	v, ok := s.view()
	if !ok || v.ReadOnly {
		return stage.None(), nil
	}
	return s.apply(env, func() (form.Change, error) { return s.session.Form.Set(v.Path, value) })
}

func (s *Screen) repeat(env *stage.Env) (stage.Action, tea.Cmd) {
	v, ok := s.view()
	if !ok || s.previous(env, v) == "" {
		return stage.None(), nil
	}
	return s.set(env, v.Previous)
}

// previous is the last visit's answer in words; "" where there is none that can be given again.
func (s *Screen) previous(env *stage.Env, v form.View) string {
	if v.Previous == "" || v.Item.Fresh {
		return ""
	}
	p := &sheet{env: env, s: s}
	return p.words(v, v.Previous)
}

// apply makes one change and sends it to the disk.
func (s *Screen) apply(env *stage.Env, change func() (form.Change, error)) (stage.Action, tea.Cmd) {
	c, err := change()
	if err != nil {
		return stage.Notice(env.Error(err)), nil
	}
	s.say = ""
	s.waiting = append(s.waiting, c)
	s.refill()
	s.hold()
	return s.loud(), s.write()
}

// write sends what is waiting to the disk, in order, one journey at a time.
func (s *Screen) write() tea.Cmd {
	if s.flying > 0 || len(s.waiting) == 0 {
		return nil
	}
	s.flying = len(s.waiting)
	changes := slices.Clone(s.waiting)
	b, draft := s.book, s.session.Draft
	return s.writing.Ask(func() any {
		if err := b.Answered(context.Background(), draft, changes...); err != nil {
			return err
		}
		return len(changes)
	})
}

func (s *Screen) written(env *stage.Env, v any) (stage.Action, tea.Cmd) {
	n := s.flying
	s.flying = 0
	if err, bad := v.(error); bad {
		s.trouble, s.closing = err, false // kept in memory; the next answer tries again
		return stage.Notice(env.Error(err)), nil
	}
	s.trouble = nil
	s.waiting = s.waiting[n:]
	if s.closing {
		return stage.None(), s.deliver()
	}
	return stage.None(), s.write()
}

// dating reports that a day is being typed.
func (s *Screen) dating() bool {
	v, ok := s.view()
	return ok && v.Item.Type == form.TypeDate && !choosing(v)
}

// typed is text for the question with the focus; on a long list it opens the search in it.
func (s *Screen) typed(env *stage.Env, msg tea.Msg) stage.Action {
	v, ok := s.view()
	if !ok || v.Item.Kind != form.Question {
		return stage.None()
	}
	if choosing(v) {
		return s.search(env, v, msg)
	}
	if big(v) {
		if key, ok := msg.(tea.KeyPressMsg); ok && keymap.Text(key) != "" {
			return s.large(env, keymap.Text(key))
		}
		return stage.None()
	}
	if v.Item.Type == form.TypeDate {
		s.edited = s.day.Update(env, msg) || s.edited
	} else {
		s.edited = s.field.Update(msg) || s.edited
	}
	s.say = ""
	return stage.None()
}

// leaveField makes an answer of what was typed. False means that it cannot be one: the
// sentence says why, and the text stays. An empty or unchanged field may be left.
func (s *Screen) leaveField(env *stage.Env) (tea.Cmd, bool) {
	v, ok := s.view()
	if !ok || choosing(v) || !s.edited {
		return s.write(), true
	}
	value := strings.TrimSpace(s.field.Value())
	switch v.Item.Type {
	case form.TypeDate:
		day, problem := s.day.Day(env)
		if problem != "" {
			s.say = problem
			return nil, false
		}
		value = day
	case form.TypeInteger, form.TypeDecimal, form.TypeRange:
		value = strings.TrimSpace(casework.Narrow(value))
		if _, err := strconv.ParseFloat(value, 64); value != "" && err != nil {
			s.say = env.Say("visit.number")
			return nil, false
		}
	case form.TypeText:
		value = casework.CleanLine(value, lineMax)
	}
	c, err := s.session.Form.Set(v.Path, value)
	if err != nil {
		s.say = env.Error(err)
		return nil, false
	}
	s.edited, s.say = false, ""
	s.waiting = append(s.waiting, c)
	return s.write(), true
}
