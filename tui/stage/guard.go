package stage

import (
	"runtime"
	"strconv"
	"strings"

	"doorstep/tui/keymap"
)

// guard runs what a screen does and survives it. ok is false when it crashed. The value
// of the panic is dropped on purpose: it may hold what somebody typed.
func (s *Stage) guard(e *entry, what func()) (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
			if s.cfg.Crashed != nil {
				var place keymap.Place
				if e != nil {
					place = e.place
				}
				s.cfg.Crashed(place, whereabouts())
			}
		}
	}()
	what()
	return true
}

// whereabouts lists the functions and lines that led to a panic; no values.
func whereabouts() string {
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	var b strings.Builder
	for {
		f, more := frames.Next()
		if f.Function != "" && !strings.HasPrefix(f.Function, "runtime.") {
			b.WriteString(f.Function + ":" + strconv.Itoa(f.Line) + "\n")
		}
		if !more {
			return b.String()
		}
	}
}
