package tuitest

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
)

// Start is the moment at which every Robot's clock begins: Monday, 23 November 2026,
// nine in the morning in Shanghai.
var Start = time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))

// Option changes a Robot's stage before it starts.
type Option func(*stage.Config)

// English makes the screens speak English.
func English(t testing.TB) Option {
	return func(c *stage.Config) { c.Speaker = Speaker(t, "en") }
}

// Robot is a person at the keyboard.
type Robot struct {
	t     testing.TB
	stage *stage.Stage
	now   time.Time
	later []later
	done  bool
}

type later struct {
	at  time.Time
	msg tea.Msg
}

// Run starts a stage of w by h cells with home as its first screen. commands are those
// of the screens, without the program's own.
func Run(t testing.TB, w, h int, home stage.Screen, commands []keymap.Command, options ...Option) *Robot {
	t.Helper()
	table, err := keymap.New(keymap.Own(), commands)
	if err != nil {
		t.Fatal(err)
	}
	r := &Robot{t: t, now: Start}
	cfg := stage.Config{
		Speaker: Speaker(t, "zh"),
		Now:     func() time.Time { return r.now },
		Keys:    table,
		Home:    home,
		Title:   "Doorstep",
		After: func(d time.Duration, msg tea.Msg) tea.Cmd {
			return func() tea.Msg {
				r.later = append(r.later, later{at: r.now.Add(d), msg: msg})
				return nil
			}
		},
	}
	for _, o := range options {
		o(&cfg)
	}
	r.stage = stage.New(cfg)
	r.work(r.stage.Init())
	r.Resize(w, h)
	return r
}

// Resize changes the size of the window.
func (r *Robot) Resize(w, h int) { r.Send(tea.WindowSizeMsg{Width: w, Height: h}) }

// Send gives the stage a message and does all the work that follows from it.
func (r *Robot) Send(msg tea.Msg) {
	if r.done {
		return
	}
	if msg = stage.Filter(r.stage, msg); msg == nil {
		return
	}
	if _, quit := msg.(tea.QuitMsg); quit {
		r.done = true
		return
	}
	_, cmd := r.stage.Update(msg)
	r.work(cmd)
}

// work runs a Cmd and those it leads to, in order.
func (r *Robot) work(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	msg := cmd()
	if msg == nil {
		return
	}
	// Both a batch and a sequence are lists of Cmds.
	if v := reflect.ValueOf(msg); v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
		for i := range v.Len() {
			r.work(v.Index(i).Interface().(tea.Cmd))
		}
		return
	}
	r.Send(msg)
}

// Advance lets time pass, and lets what was to come after some time come.
func (r *Robot) Advance(d time.Duration) {
	end := r.now.Add(d)
	for {
		next := -1
		for i, l := range r.later {
			if !l.at.After(end) && (next < 0 || l.at.Before(r.later[next].at)) {
				next = i
			}
		}
		if next < 0 {
			break
		}
		l := r.later[next]
		r.later = append(r.later[:next:next], r.later[next+1:]...)
		r.now = l.at
		r.Send(l.msg)
	}
	r.now = end
}

// Keys presses keys by name: "1", "enter", "esc", "space", "f9", "ctrl+l", "shift+tab", "pgdown".
func (r *Robot) Keys(names ...string) *Robot {
	r.t.Helper()
	for _, name := range names {
		r.Send(Key(name))
	}
	return r
}

// Type types text as a keyboard or an input method does: character by character.
func (r *Robot) Type(text string) *Robot {
	for _, c := range cell.Clusters(text) {
		r.Send(typed(c.Text))
	}
	return r
}

// Burst types text as one message, as some input methods commit a word.
func (r *Robot) Burst(text string) *Robot {
	r.Send(tea.KeyPressMsg{Code: tea.KeyExtended, Text: text})
	return r
}

// Paste pastes text.
func (r *Robot) Paste(text string) *Robot {
	r.Send(tea.PasteMsg{Content: text})
	return r
}

// Click presses the left mouse button on a cell of the window.
func (r *Robot) Click(x, y int) *Robot {
	r.Send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	return r
}

// Screen is what the window shows, as plain text without trailing spaces.
func (r *Robot) Screen() string {
	lines := strings.Split(cell.Plain(r.stage.View().Content), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

// Cursor is where the terminal's cursor stands, or "none".
func (r *Robot) Cursor() string {
	c := r.stage.View().Cursor
	if c == nil {
		return "none"
	}
	return fmt.Sprintf("%d,%d", c.X, c.Y)
}

// Top is the screen on top of the stack.
func (r *Robot) Top() stage.Screen { return r.stage.Top() }

// Depth is how many screens are on the stack.
func (r *Robot) Depth() int { return r.stage.Depth() }

// Ended says that the program has ended.
func (r *Robot) Ended() bool { return r.done }

// Now is the Robot's clock.
func (r *Robot) Now() time.Time { return r.now }

// View is the whole view, for what Screen leaves out: colours, window title, mouse mode.
func (r *Robot) View() tea.View { return r.stage.View() }

// Shows fails the test unless every text is on the screen.
func (r *Robot) Shows(texts ...string) *Robot {
	r.t.Helper()
	screen := r.Screen()
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			r.t.Errorf("the screen does not show %q:\n%s", text, screen)
		}
	}
	return r
}

// Hides fails the test if one of the texts is on the screen.
func (r *Robot) Hides(texts ...string) *Robot {
	r.t.Helper()
	screen := r.Screen()
	for _, text := range texts {
		if strings.Contains(screen, text) {
			r.t.Errorf("the screen shows %q:\n%s", text, screen)
		}
	}
	return r
}
