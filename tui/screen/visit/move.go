package visit

import (
	"doorstep/casework/form"
)

func (s *Screen) sections() []form.Section { return s.session.Form.Sections() }

func (s *Screen) questions() []form.View {
	secs := s.sections()
	if s.section >= len(secs) {
		s.section = max(0, len(secs)-1)
	}
	if len(secs) == 0 {
		return nil
	}
	return s.flat(s.session.Form.Questions(secs[s.section]))
}

// flat lays the instances of a repeat out below it.
func (s *Screen) flat(views []form.View) []form.View {
	var out []form.View
	for _, v := range views {
		if file(v) {
			continue
		}
		if v.Item.Kind == form.Repeat && v.Item.RepeatCount != "" {
			for _, row := range v.Instances {
				out = append(out, s.flat(row.Views)...)
			}
			continue
		}
		out = append(out, v)
		for _, row := range v.Instances {
			out = append(out, s.flat(row.Views)...)
		}
	}
	return out
}

// file reports questions answered with a file; the file's place is the case file, not this page.
func file(v form.View) bool {
	switch v.Item.Type {
	case form.TypeImage, form.TypeAudio, form.TypeVideo, form.TypeFile:
		return true
	}
	return false
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
	for i := range s.sections() {
		s.section = i
		for _, q := range s.questions() {
			if answerable(q) {
				s.start = i
				s.focus(q.Path)
				return
			}
		}
	}
	s.section, s.at = 0, ""
}

// answerable are the places where the focus can stand: questions, and the head of a table
// to which rows can be added.
func answerable(v form.View) bool {
	return v.Item.Kind == form.Repeat || v.Item.Type != form.TypeNote
}

// toOpen goes to the first question that is not answered.
func (s *Screen) toOpen() {
	for i := range s.sections() {
		s.section = i
		for _, q := range s.questions() {
			if answerable(q) && !q.ReadOnly && !q.Answered() && q.Item.Kind == form.Question {
				s.focus(q.Path)
				return
			}
		}
	}
	s.first()
}

func (s *Screen) focus(path string) {
	s.at, s.page = path, 0
	s.refill()
}

// refill puts the answer into the field that shows it.
func (s *Screen) refill() {
	v, ok := s.view()
	s.edited = false
	if !ok || choosing(v) {
		return
	}
	s.field.Digits = v.Item.Type == form.TypeInteger
	s.field.Max = lineMax
	s.field.Set(v.Value)
	s.day.Toward, s.day.Today = toward(v.Item.Constraint), s.session.Form.Day()
	s.day.Set(v.Value)
}

// step goes to the next question, over the end of a section into the next one; false when
// there is none.
func (s *Screen) step(by int) bool {
	qs := s.questions()
	at := 0
	for i, q := range qs {
		if q.Path == s.at {
			at = i
		}
	}
	for i := at + by; i >= 0 && i < len(qs); i += by {
		if answerable(qs[i]) {
			s.focus(qs[i].Path)
			return true
		}
	}
	return s.turn(by)
}

// turn goes to the next section that has questions: its first, or going back its last.
func (s *Screen) turn(by int) bool {
	was, secs := s.section, s.sections()
	for i := s.section + by; i >= 0 && i < len(secs); i += by {
		s.section = i
		qs := s.questions()
		if by < 0 {
			for k := len(qs) - 1; k >= 0; k-- {
				if answerable(qs[k]) {
					s.focus(qs[k].Path)
					return true
				}
			}
			continue
		}
		for _, q := range qs {
			if answerable(q) {
				s.top = 0
				s.focus(q.Path)
				return true
			}
		}
	}
	s.section = was
	return false
}

// goTo puts the focus on a question wherever it stands.
func (s *Screen) goTo(path string) {
	for i := range s.sections() {
		s.section = i
		for _, q := range s.questions() {
			if q.Path == path {
				s.focus(path)
				return
			}
		}
	}
	s.first()
}
