package term

import (
	"bytes"
	"os"
	"strings"
	"sync"
)

// Sequences the filter writes itself.
const (
	wipe       = "\x1b[H\x1b[2J"
	leaveAlt   = "\x1b[?1049l"
	showCursor = "\x1b[?25h"
	plainText  = "\x1b[0m"
	noPaste    = "\x1b[?2004l"
)

// screen is the output file as Bubble Tea sees it. It is a terminal to Bubble Tea (Fd),
// and what is written to it is filtered.
type screen struct {
	out  *os.File
	kind kind
	mu   sync.Mutex
	rest []byte // the beginning of a sequence whose end has not come yet
	alt  bool   // the alternate screen is shown
}

func newScreen(out *os.File, k kind) *screen { return &screen{out: out, kind: k} }

func (s *screen) Fd() uintptr                { return s.out.Fd() }
func (s *screen) Read(p []byte) (int, error) { return s.out.Read(p) }

// Close does nothing: the file belongs to whoever opened it.
func (s *screen) Close() error { return nil }

// Write filters p and writes what is left.
func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.out.Write(s.filter(p)); err != nil {
		return 0, err
	}
	return len(p), nil
}

// leave wipes and leaves the alternate screen if the program could not do it itself.
func (s *screen) leave() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.alt {
		return nil
	}
	s.alt = false
	out := plainText + wipe
	if s.kind != old {
		out += leaveAlt
	}
	_, err := s.out.WriteString(out + showCursor + noPaste)
	return err
}

// filter gives p without what the terminal misreads.
func (s *screen) filter(p []byte) []byte {
	if len(s.rest) > 0 {
		p = append(s.rest, p...)
		s.rest = nil
	}
	if bytes.IndexByte(p, 0x1b) < 0 {
		return p
	}
	out := make([]byte, 0, len(p))
	for len(p) > 0 {
		i := bytes.IndexByte(p, 0x1b)
		if i < 0 {
			return append(out, p...)
		}
		out = append(out, p[:i]...)
		p = p[i:]
		n := sequence(p)
		if n == 0 {
			s.rest = append([]byte(nil), p...)
			return out
		}
		out = append(out, s.pass(string(p[:n]))...)
		p = p[n:]
	}
	return out
}

// sequence is the length of the escape sequence at the beginning of p; 0 when its end
// has not come yet.
func sequence(p []byte) int {
	if len(p) < 2 {
		return 0
	}
	switch p[1] {
	case '[':
		for i := 2; i < len(p); i++ {
			if p[i] >= 0x40 && p[i] <= 0x7e {
				return i + 1
			}
		}
		return 0
	case ']', 'P', '_', '^', 'X':
		for i := 2; i < len(p); i++ {
			if p[i] == 0x07 {
				return i + 1
			}
			if p[i] == '\\' && p[i-1] == 0x1b {
				return i + 1
			}
		}
		return 0
	case '(', ')', '*', '+', '#', ' ', '%':
		if len(p) < 3 {
			return 0
		}
		return 3
	}
	return 2
}

// pass is what takes the place of one sequence: itself, nothing, or something the
// terminal knows.
func (s *screen) pass(seq string) string {
	switch seq {
	case "\x1b[?1049h":
		s.alt = true
		if s.kind == old {
			return wipe
		}
		return seq
	case leaveAlt:
		s.alt = false
		if s.kind == old {
			return plainText + wipe
		}
		// What stands on the alternate screen would still be there for the next program.
		return plainText + wipe + seq
	}
	if s.kind == modern {
		return seq
	}
	if misread(seq) || s.kind == old && unknownToOld(seq) {
		return ""
	}
	return seq
}

// misread says that terminals without the feature take seq for something else: keyboard
// protocols ("CSI > 4 ; 2 m" looks like underline), questions nobody answers, modes 2026 and 2027.
func misread(seq string) bool {
	if len(seq) < 3 || seq[1] != '[' {
		return seq[1] == 'P' // requests for capabilities
	}
	final := seq[len(seq)-1]
	switch {
	case seq[2] == '>', seq[2] == '<', seq[2] == '=':
		return true
	case final == 'u' && seq[2] == '?':
		return true
	case final == 'p' && strings.Contains(seq, "$"):
		return true
	}
	return seq == "\x1b[?2026h" || seq == "\x1b[?2026l" || seq == "\x1b[?2027h" || seq == "\x1b[?2027l"
}

// unknownToOld says that seq is for terminal windows: titles and colours of the window,
// the shape of the cursor, the mouse, pasting.
func unknownToOld(seq string) bool {
	switch {
	case seq[1] == ']', seq[1] == '_', seq[1] == '^', seq[1] == 'X':
		return true
	case strings.HasSuffix(seq, " q"):
		return true
	}
	for _, mode := range []string{"?1000", "?1002", "?1003", "?1004", "?1006", "?2004"} {
		if strings.HasPrefix(seq, "\x1b["+mode) {
			return true
		}
	}
	return false
}
