package status

import (
	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
)

// lease says how long old files are open, or that they are closed, which it reports.
func (s *Screen) lease(env *stage.Env, st book.Status, line func(label, value string, token theme.Token)) bool {
	if st.LeaseUntil.IsZero() {
		return false
	}
	until := env.Say("status.lease.until", "Day", st.LeaseUntil.In(casework.Shanghai).Format("2006-01-02"))
	l, ok := s.book.(book.Leaser)
	if !ok {
		line("status.lease", until, theme.Plain)
		return false
	}
	switch now := l.Lapse(); {
	case now.Closed:
		line("status.lease", env.Say("status.lease.closed"), theme.Warn)
		return true
	case now.Soon:
		line("status.lease", env.Say("status.lease.soon", "Days", now.Days), theme.Warn)
	default:
		line("status.lease", until, theme.Plain)
	}
	return false
}
