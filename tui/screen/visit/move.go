package visit

import (
	"strings"

	"doorstep/casework/form"
	"doorstep/tui/widget"
)

func (s *Screen) sections() []form.Section { return s.session.Form.Sections() }

// questions are those of the page: of the row that is open, else of the section.
func (s *Screen) questions() []form.View {
	for len(s.inside) > 0 {
		if views, ok := s.inRow(s.inner()); ok {
			return s.flat(views)
		}
		s.inside = s.inside[:len(s.inside)-1] // the row has gone
	}
	secs := s.sections()
	if s.section >= len(secs) {
		s.section = max(0, len(secs)-1)
	}
	if len(secs) == 0 {
		return nil
	}
	return s.flat(s.session.Form.Questions(secs[s.section]))
}

// flat lays the rows of a table that the form counts by itself out below it. The rows of
// others are opened one at a time.
func (s *Screen) flat(views []form.View) []form.View {
	var out []form.View
	for _, v := range views {
		switch {
		case v.Item.Type.Attaches() && s.doors.Attach == nil:
		case v.Item.Kind == form.Repeat && v.Item.RepeatCount != "":
			for _, row := range v.Instances {
				out = append(out, s.flat(row.Views)...)
			}
		default:
			out = append(out, v)
		}
	}
	return out
}

// view is the question with the focus.
func (s *Screen) view() (form.View, bool) {
	if s.session == nil || s.at == "" {
		return form.View{}, false
	}
	return s.session.Form.View(s.at)
}

// hold keeps the focus on a question that is still shown, or the next one that is.
func (s *Screen) hold() {
	qs := s.questions()
	for _, q := range qs {
		if q.Path == s.at {
			return
		}
	}
	if len(qs) == 0 {
		s.first()
		return
	}
	s.focus(qs[len(qs)-1].Path)
}

func (s *Screen) first() {
	s.inside = nil
	for i := range s.sections() {
		s.section = i
		for _, q := range s.questions() {
			if s.answerable(q) {
				s.start = i
				s.focus(q.Path)
				return
			}
		}
	}
	s.section, s.at = 0, ""
}

// answerable are the places where the focus can stand: questions, the head of a table to
// which rows can be added, and notes that are opened with a key.
func (s *Screen) answerable(v form.View) bool {
	return v.Item.Kind == form.Repeat || v.Item.Type != form.TypeNote || s.hushed(v)
}

// toOpen goes to where she was: the first question behind her last answer that is not
// answered, else the first one at all. Nobody has to take a photo, so none is waited for.
func (s *Screen) toOpen() {
	open := func(v form.View) bool {
		return v.Item.Kind == form.Question && v.Item.Type != form.TypeNote && !v.Item.Type.Attaches() && !v.ReadOnly && !v.Answered()
	}
	journal := s.session.Form.Journal()
	for i := len(journal) - 1; i > 0; i-- {
		c := journal[i]
		if c.Door || !s.session.Form.Applies(c.Path) {
			continue
		}
		s.goTo(c.Path)
		for going := true; going; going = s.step(1) {
			if v, ok := s.view(); ok && open(v) {
				return
			}
		}
		break
	}
	s.inside = nil
	for i := range s.sections() {
		s.section = i
		for _, q := range s.questions() {
			if s.answerable(q) && open(q) {
				s.focus(q.Path)
				return
			}
		}
	}
	s.first()
}

func (s *Screen) focus(path string) {
	s.at, s.page, s.bare = path, 0, ""
	if v, ok := s.view(); ok && v.Item.Kind == form.Repeat {
		s.row = len(v.Instances)
	}
	s.refill()
}

// refill puts the answer into the field that shows it.
func (s *Screen) refill() {
	v, ok := s.view()
	s.edited = false
	if !ok || choosing(v) {
		return
	}
	s.field = widget.Field{Max: lineMax}
	switch v.Item.Type {
	case form.TypeInteger, form.TypeDecimal, form.TypeRange:
		s.field = widget.Field{Max: 20, Digits: true, Point: true}
	}
	s.field.Set(typedAs(v))
	s.day.Toward, s.day.Today = toward(v.Item.Constraint), s.session.Form.Day()
	s.day.Set(v.Value)
}

// step goes to the next question, over the end of a section into the next one, over the end
// of a row back to its table; false when there is none.
func (s *Screen) step(by int) bool {
	qs := s.questions()
	at := 0
	for i, q := range qs {
		if q.Path == s.at {
			at = i
		}
	}
	for i := at + by; i >= 0 && i < len(qs); i += by {
		if s.answerable(qs[i]) {
			s.focus(qs[i].Path)
			return true
		}
	}
	if len(s.inside) > 0 {
		s.out()
		return true
	}
	return s.turn(by)
}

// turn goes to the next section that has questions: its first, or going back its last.
func (s *Screen) turn(by int) bool {
	was, secs, inside := s.section, s.sections(), s.inside
	s.inside = nil
	for i := s.section + by; i >= 0 && i < len(secs); i += by {
		s.section = i
		if s.enter(by < 0) {
			return true
		}
	}
	s.section, s.inside = was, inside
	return false
}

// enter puts the focus on the first question of the section, or on its last.
func (s *Screen) enter(last bool) bool {
	qs := s.questions()
	for i := range qs {
		q := qs[i]
		if last {
			q = qs[len(qs)-1-i]
		}
		if s.answerable(q) {
			if !last {
				s.top = 0
			}
			s.focus(q.Path)
			return true
		}
	}
	return false
}

// goTo puts the focus on a question wherever it stands, opening the rows it lies in.
func (s *Screen) goTo(path string) {
	rows := s.rowsAround(path)
	outer := path
	if len(rows) > 0 {
		outer = tableOf(rows[0])
	}
	s.inside = nil
	for i := range s.sections() {
		s.section = i
		for _, q := range s.questions() {
			if q.Path != outer {
				continue
			}
			s.inside = rows
			s.focus(path)
			s.hold()
			return
		}
	}
	s.first()
}

// rowsAround are the rows of tables, each opened by itself, that a path lies in, the
// outermost first.
func (s *Screen) rowsAround(path string) []string {
	var out []string
	for i := range path {
		if path[i] != ']' {
			continue
		}
		table := tableOf(path[:i+1])
		it := s.session.Form.Definition().Find(table[strings.LastIndexByte(table, '/')+1:])
		if it != nil && it.Kind == form.Repeat && it.RepeatCount == "" && i+1 < len(path) {
			out = append(out, path[:i+1])
		}
	}
	return out
}
