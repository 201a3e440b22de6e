package term

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doorstep/casework"
)

func TestTheKindOfTerminal(t *testing.T) {
	for _, c := range []struct {
		environ string
		windows bool
		want    kind
	}{
		{"TERM=xterm-256color", false, modern},
		{"TERM=tmux-256color", false, modern},
		{"TERM=linux", false, old},
		{"TERM=vt100", false, old},
		{"TERM=dumb", false, dumb},
		{"", false, dumb},
		{"", true, conhost},
		{"WT_SESSION=1", true, modern},
		{"TERM=xterm", true, modern},
	} {
		if got := kindOf(strings.Fields(c.environ), c.windows); got != c.want {
			t.Errorf("%q: %d, want %d", c.environ, got, c.want)
		}
	}
}

// written is what reaches a terminal of a kind when parts are written one after another.
func written(t *testing.T, k kind, end bool, parts ...string) string {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	s := newScreen(f, k)
	for _, p := range parts {
		if n, err := io.WriteString(s, p); err != nil || n != len(p) {
			t.Fatalf("wrote %d of %d: %v", n, len(p), err)
		}
	}
	if end {
		if err := s.leave(); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(f.Name())
	if err != nil {
		t.Fatal(err)
	}
	return string(got)
}

func TestTheAlternateScreenIsWipedBeforeItIsLeft(t *testing.T) {
	for name, got := range map[string]string{
		"left by the program":   written(t, modern, true, "\x1b[?1049h林小溪", "\x1b[?1049l"),
		"left after a crash":    written(t, modern, true, "\x1b[?1049h林小溪"),
		"left in the old style": written(t, old, true, "\x1b[?1049h林小溪", "\x1b[?1049l"),
		"old, after a crash":    written(t, old, true, "\x1b[?1049h林小溪"),
	} {
		i, j := strings.Index(got, "林小溪"), strings.LastIndex(got, "\x1b[2J")
		if j < i {
			t.Errorf("%s: a name stays behind: %q", name, got)
		}
		if strings.Count(got, "\x1b[?1049l") > 1 {
			t.Errorf("%s: left twice: %q", name, got)
		}
	}
	if got := written(t, old, true, "\x1b[?1049h", "\x1b[?1049l"); strings.Contains(got, "1049") {
		t.Errorf("a terminal without an alternate screen must not hear of one: %q", got)
	}
	if got := written(t, modern, true, "plain"); got != "plain" {
		t.Errorf("nothing to leave: %q", got)
	}
}

func TestOldTerminalsGetNothingTheyMisread(t *testing.T) {
	const all = "a\x1b[>4;2mb\x1b[>1uc\x1b[<ud\x1b[?ue\x1b[?2026$pf\x1b[?2026hg\x1b[=0;1uh\x1b]0;入户\x07i\x1b[5 qj\x1b[?1002hk\x1b[?2004hl\x1bP+q524742\x1b\\m\x1b[1;31mn\x1b[?25lo\x1b(Bp"
	if got := written(t, modern, false, all); got != all {
		t.Errorf("modern: %q", got)
	}
	if got := written(t, conhost, false, all); got != "abcdefgh\x1b]0;入户\x07i\x1b[5 qj\x1b[?1002hk\x1b[?2004hlm\x1b[1;31mn\x1b[?25lo\x1b(Bp" {
		t.Errorf("console window: %q", got)
	}
	if got := written(t, old, false, all); got != "abcdefghijklm\x1b[1;31mn\x1b[?25lo\x1b(Bp" {
		t.Errorf("old: %q", got)
	}
}

func TestASequenceInTwoHalvesIsStillOne(t *testing.T) {
	const all = "林\x1b[>4;2m小\x1b]0;t\x1b\\溪\x1b[?1049l尾"
	whole := written(t, old, false, all)
	for i := range all {
		if got := written(t, old, false, all[:i], all[i:]); got != whole {
			t.Errorf("cut at %d: %q, want %q", i, got, whole)
		}
	}
	var single []string
	for _, b := range []byte(all) {
		single = append(single, string([]byte{b}))
	}
	if got := written(t, old, false, single...); got != whole {
		t.Errorf("byte by byte: %q, want %q", got, whole)
	}
}

func TestTheTerminalIsAskedHowWideItDraws(t *testing.T) {
	for name, c := range map[string]struct {
		replies []string
		want    Width
	}{
		"one cell":               {[]string{"\x1b[2;2R"}, Narrow},
		"two cells":              {[]string{"\x1b[2;3R"}, Wide},
		"in pieces":              {[]string{"\x1b[", "", "2;2", "R"}, Narrow},
		"somebody typed":         {[]string{"abc\x1b[2;2Rd"}, Narrow},
		"nobody answers":         {nil, Unsaid},
		"rubbish":                {[]string{"\x1b[7;9R", "x"}, Unsaid},
		"modified F3 is no word": {[]string{"\x1b[1;2R"}, Unsaid},
	} {
		var out bytes.Buffer
		i, waited := 0, time.Duration(0)
		got := ask(&out, func(d time.Duration) []byte {
			waited += d
			if i++; i <= len(c.replies) {
				return []byte(c.replies[i-1])
			}
			return nil
		})
		if got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
		if !strings.HasSuffix(out.String(), "\x1b[2J\x1b[?1049l") {
			t.Errorf("%s: the question stays on the screen: %q", name, out.String())
		}
		if waited > 40*time.Millisecond {
			t.Errorf("%s: the first frame waits %s", name, waited)
		}
	}
}

func TestAPipeIsNotATerminal(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "pipe"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := Open(Config{In: f, Out: f, Environ: []string{"TERM=xterm"}}); casework.CodeOf(err) != "term.not_terminal" {
		t.Errorf("%v", err)
	}
}

func FuzzFilterLosesNoText(f *testing.F) {
	f.Add("林\x1b[>4;2m小\x1b]0;t\x07溪", 3)
	f.Fuzz(func(t *testing.T, text string, cut int) {
		cut = max(0, min(cut, len(text)))
		s := newScreen(nil, old)
		got := append(append([]byte(nil), s.filter([]byte(text[:cut]))...), s.filter([]byte(text[cut:]))...)
		whole := newScreen(nil, old)
		if want := whole.filter([]byte(text)); !bytes.Equal(got, want) {
			t.Errorf("cut at %d: %q, want %q", cut, got, want)
		}
	})
}
