package visit

// At is the path of the question with the focus.
func (s *Screen) At() string { return s.at }
