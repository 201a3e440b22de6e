package stage_test

import (
	"io"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

// window is a terminal that a real program writes to; changed gets what it shows after
// each write.
type window struct {
	terminal *tuitest.Terminal
	changed  chan string
}

func (w *window) Write(p []byte) (int, error) {
	n, err := w.terminal.Write(p)
	select {
	case <-w.changed:
	default:
	}
	w.changed <- w.terminal.String()
	return n, err
}

// await waits until the window shows what is asked.
func (w *window) await(t *testing.T, what string, shows func(string) bool) {
	t.Helper()
	last := ""
	for limit := time.After(10 * time.Second); ; {
		select {
		case last = <-w.changed:
			if shows(last) {
				return
			}
		case <-limit:
			t.Fatalf("the window never showed %s; it shows\n%s", what, last)
		}
	}
}

func TestTheRealProgramTypesBlanksComesBackAndEnds(t *testing.T) {
	saved := 0
	h := home()
	h.saved, h.typing = &saved, true
	h.update = func(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
		if key, ok := msg.(tea.KeyPressMsg); ok {
			h.body[2] += keymap.Text(key)
		}
		return stage.None(), nil
	}
	s := stage.New(stage.Config{
		Speaker: named{tuitest.Speaker(t, "zh")}, Now: time.Now, Keys: keymap.Must(keymap.Own(), commands()), Home: h,
	})
	in, keys := io.Pipe()
	w := &window{terminal: tuitest.NewTerminal(80, 24), changed: make(chan string, 1)}
	w.terminal.Cooked = true // a program without a terminal counts on that
	ended := make(chan error, 1)
	program := tea.NewProgram(s, tea.WithInput(in), tea.WithOutput(w), tea.WithWindowSize(80, 24),
		tea.WithColorProfile(colorprofile.ASCII), tea.WithEnvironment([]string{"TERM=xterm-256color"}), tea.WithFilter(stage.Filter))
	go func() {
		_, err := program.Run()
		ended <- err
	}()
	w.await(t, "the first page", func(s string) bool { return strings.Contains(s, "今日") })
	_, _ = io.WriteString(keys, "𠮷溪")
	w.await(t, "what was typed", func(s string) bool { return strings.Contains(s, "今天 4 人𠮷溪") })
	_, _ = io.WriteString(keys, "\x0c")
	w.await(t, "nothing", func(s string) bool { return strings.TrimSpace(s) == "" })
	_, _ = io.WriteString(keys, "\x0c")
	w.await(t, "the page again", func(s string) bool { return strings.Contains(s, "今天 4 人𠮷溪") })
	_, _ = io.WriteString(keys, "\x11")
	select {
	case err := <-ended:
		if err != nil || saved != 1 {
			t.Errorf("ended with %v, saved %d times", err, saved)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("Ctrl+Q did not end the program")
	}
}
