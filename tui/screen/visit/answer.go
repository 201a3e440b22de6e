package visit

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/widget"
)

// choosing reports whether a question is answered with digits instead of typing.
func choosing(v form.View) bool {
	switch v.Item.Type {
	case form.TypeText, form.TypeInteger, form.TypeDecimal, form.TypeDate, form.TypeTime, form.TypeDateTime,
		form.TypeGeopoint, form.TypeBarcode, form.TypeRange:
		return v.ReadOnly
	}
	return true
}

// several reports a question that takes more than one choice.
func several(v form.View) bool {
	return v.Item.Type == form.TypeSelectMultiple || v.Item.Type == form.TypeRank
}

func (s *Screen) digit(env *stage.Env, key string) (stage.Action, tea.Cmd) {
	v, ok := s.view()
	if table, on := s.onTable(); on {
		n := int(key[0] - '0')
		if n == 0 || n > len(table.Instances) {
			return stage.Notice(env.Say("visit.no_row")), nil
		}
		s.openRow(table.Instances[n-1].Path)
		return stage.None(), nil
	}
	switch {
	case !ok || v.ReadOnly || !choosing(v):
		return stage.None(), nil
	case s.covered(v):
		return stage.Notice(env.Say("visit.covered.digit")), nil
	}
	opts := s.options(env, v)
	n := int(key[0] - '0')
	if n == 0 {
		s.nextPage(opts)
		return stage.None(), nil
	}
	i := s.page*perPage + n - 1
	if i >= opts.len() {
		return stage.Notice(env.Say("visit.no_option", "Digit", n)), nil
	}
	return s.pick(env, i)
}

// pick chooses option i of the question with the focus.
func (s *Screen) pick(env *stage.Env, i int) (stage.Action, tea.Cmd) {
	v, _ := s.view()
	opts := s.options(env, v)
	if i >= opts.len() {
		return stage.None(), nil
	}
	o := opts.at(i)
	var action stage.Action
	var cmd tea.Cmd
	switch {
	case o.file != 0:
		return s.attach(env, v, o.file)
	case o.mark != "":
		action, cmd = s.mark(env, o.mark)
	case several(v):
		had := strings.Fields(v.Value)
		if o.on {
			had = slices.DeleteFunc(had, func(c string) bool { return c == o.value })
		} else {
			had = s.withChoice(v, had, o.value)
		}
		if v.Item.Type == form.TypeSelectMultiple {
			opts.sort(had)
		}
		return s.set(env, strings.Join(had, " "))
	default:
		action, cmd = s.set(env, o.value)
	}
	if s.quick() && s.at == v.Path && action.IsNone() {
		s.step(1)
	}
	return action, cmd
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

func (s *Screen) set(env *stage.Env, value string) (stage.Action, tea.Cmd) {
	v, ok := s.view()
	if !ok || v.ReadOnly || v.Item.Kind != form.Question || v.Item.Type == form.TypeNote {
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
	if v.Previous == "" || v.Item.Fresh || v.Class == casework.Restricted || s.hushed(v) {
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
		return s.untaken(env, err, n)
	}
	s.trouble = nil
	s.waiting = s.waiting[n:]
	switch {
	case s.closing:
		return stage.None(), s.deliver()
	case s.upgrading && len(s.waiting) == 0:
		return stage.Replace(s.doors.Upgrade(s.session.Draft)), nil
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
	if !ok || v.Item.Kind != form.Question || s.covered(v) {
		return stage.None()
	}
	if choosing(v) {
		return s.search(env, v, msg)
	}
	text := ""
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		text = keymap.Text(msg)
	case tea.PasteMsg:
		text = msg.Content
		if v.Item.Type == form.TypeText && strings.ContainsAny(strings.TrimSpace(text), "\r\n") {
			return s.large(env, strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"))
		}
	}
	if big(v) {
		if text != "" {
			return s.large(env, text)
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

// leaveField makes an answer of what was typed, whatever it is: an answer that cannot stand
// is marked and listed, and stops nobody. False means that there is no room for it: the
// sentence says why, and the text stays.
func (s *Screen) leaveField(env *stage.Env) (tea.Cmd, bool) {
	v, ok := s.view()
	if !ok || choosing(v) || !s.edited {
		return s.write(), true
	}
	c, err := s.session.Form.Set(v.Path, s.understood(env, v))
	if err != nil {
		s.say = env.Error(err)
		return nil, false
	}
	s.edited, s.say = false, ""
	s.waiting = append(s.waiting, c)
	s.refill()
	return s.write(), true
}
