package storytest

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// patience is how long a screen may take to show what a story waits for, and pulse how
// often it is looked at meanwhile.
const (
	patience = 30 * time.Second
	pulse    = 20 * time.Millisecond
)

// screens is a tmux server of the story's own: real terminals in which real programs run.
type screens struct {
	dir     string              // of the socket; "" until the first screen
	started map[string][]string // size and program of each screen, to start it anew
}

// configuration of the terminal: no status line, so that all rows are the program's; a
// program that ended leaves its last screen and its exit code.
const configuration = `set -g status off
set -g remain-on-exit on
set -g remain-on-exit-format ""
set -g default-terminal tmux-256color
set -g escape-time 0
set -g focus-events off
set -g exit-empty off
`

// screen drives a terminal:
//
//	screen start NAME 80x24 PROGRAM ARGS…
//	screen keys NAME KEY…            tmux's names: Enter Escape F8 C-l Down
//	screen type NAME TEXT            as an input method would send it
//	[!] screen wait NAME REGEXP      until it is shown, or with ! no longer shown
//	screen press NAME KEY REGEXP     presses a key again and again until it is shown
//	screen at NAME REGEXP            the cursor stands right behind what matches
//	screen size NAME 120x40          the window is drawn larger or smaller
//	screen save NAME FILE
//	screen kill9 NAME                the battery is empty
//	screen plug NAME REGEXP          the same, started anew; the visit goes on where this is shown
//	screen shoulder NAME WORDS STEPS     fills in a questionnaire while someone reads along, see shoulder
//	screen storm NAME SIZE WORDS SEED ROUNDS PROGRAM…   random keys, a battery that fails at random
//	screen end NAME CODE [WORDS]     the program has ended by itself, and left no word of the file in the terminal
func screen(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 || neg && args[0] != "wait" {
		ts.Fatalf("usage: screen VERB NAME …")
	}
	s := worldOf(ts).screens
	name, rest := args[1], args[2:]
	need := func(n int) {
		if len(rest) < n {
			ts.Fatalf("screen %s needs more words", args[0])
		}
	}
	switch args[0] {
	case "start":
		need(2)
		ts.Check(s.start(ts, name, rest[0], rest[1:]))
	case "keys":
		need(1)
		s.must(ts, append([]string{"send-keys", "-t", name}, rest...)...)
	case "type":
		need(1)
		s.must(ts, "send-keys", "-t", name, "-l", "--", strings.Join(rest, " "))
	case "wait":
		need(1)
		s.wait(ts, name, strings.Join(rest, " "), !neg)
	case "press":
		need(2)
		s.press(ts, name, rest[0], strings.Join(rest[1:], " "))
	case "at":
		need(1)
		s.at(ts, name, strings.Join(rest, " "))
	case "size":
		need(1)
		w, h, _ := strings.Cut(rest[0], "x")
		s.must(ts, "resize-window", "-t", name, "-x", w, "-y", h)
	case "save":
		need(1)
		ts.Check(os.WriteFile(ts.MkAbs(rest[0]), []byte(s.must(ts, "capture-pane", "-p", "-t", name)), 0o600))
	case "kill9":
		s.kill(ts, name)
	case "plug":
		need(1)
		s.plug(ts, name, strings.Join(rest, " "))
	case "shoulder":
		need(2)
		s.shoulder(ts, name, rest)
	case "storm":
		s.storm(ts, name, rest)
	case "end":
		need(1)
		if got := s.ended(ts, name); got != rest[0] {
			ts.Fatalf("the program ended with %s, not %s; the screen is\n%s", got, rest[0], s.shown(ts, name))
		}
		if len(rest) > 1 {
			s.leavesNothing(ts, name, rest[1])
		}
		s.must(ts, "kill-session", "-t", name)
	default:
		ts.Fatalf("screen does not know %q", args[0])
	}
}

func (s *screens) start(ts *testscript.TestScript, name, size string, program []string) error {
	w, h, ok := strings.Cut(size, "x")
	if !ok {
		return fmt.Errorf("%q is no size", size)
	}
	if s.started == nil {
		s.started = map[string][]string{}
	}
	s.started[name] = append([]string{size}, program...)
	if s.dir == "" {
		dir, err := os.MkdirTemp("", "tm") // a socket's path is short
		if err != nil {
			return err
		}
		s.dir = dir
		if err := os.WriteFile(filepath.Join(dir, "conf"), []byte(configuration), 0o600); err != nil {
			return err
		}
	}
	if err := os.RemoveAll(s.end(name)); err != nil {
		return err
	}
	args := []string{"new-session", "-d", "-s", name, "-x", w, "-y", h, "-c", ts.MkAbs("."), "--", "env", "-i"}
	args = append(args, environment(ts)...)
	args = append(args, "sh", "-c", watch, s.end(name), find(ts, program[0]))
	_, err := s.tmux(append(args, program[1:]...)...)
	return err
}

// watch runs a program and writes down how it ended: tmux alone does not always know. A
// Ctrl+Z that comes when the program has just given the terminal back stops neither. The
// shell starts nothing else: its only child is the program.
const watch = `trap "" TSTP; "$@"; echo $? >"$0"`

// end is the file with the exit code of the program of a screen.
func (s *screens) end(name string) string { return filepath.Join(s.dir, name+".end") }

// pid is the program in a screen: the only child of the shell that watches it. It fails
// when the program has ended.
func (s *screens) pid(ts *testscript.TestScript, name string) (int, error) {
	shell := strings.TrimSpace(s.must(ts, "display-message", "-p", "-t", name, "#{pane_pid}"))
	out, err := exec.Command("pgrep", "-P", shell).Output()
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(strings.TrimSpace(string(out)))
}

func (s *screens) tmux(args ...string) (string, error) {
	if s.dir == "" {
		return "", fmt.Errorf("no screen was started")
	}
	cmd := exec.Command("tmux", append([]string{"-u", "-f", filepath.Join(s.dir, "conf"), "-S", filepath.Join(s.dir, "s")}, args...)...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "TMUX=")
	var bad bytes.Buffer
	cmd.Stderr = &bad
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("tmux %s: %w: %s", args[0], err, bad.String())
	}
	return string(out), nil
}

func (s *screens) must(ts *testscript.TestScript, args ...string) string {
	out, err := s.tmux(args...)
	ts.Check(err)
	return out
}

func (s *screens) shown(ts *testscript.TestScript, name string) string {
	return s.must(ts, "capture-pane", "-p", "-t", name)
}

// until looks again and again whether something is so.
func until(so func() bool) bool {
	last := time.NewTimer(patience)
	defer last.Stop()
	again := time.NewTicker(pulse)
	defer again.Stop()
	for !so() {
		select {
		case <-again.C:
		case <-last.C:
			return so()
		}
	}
	return true
}

func (s *screens) wait(ts *testscript.TestScript, name, pattern string, want bool) {
	re, err := regexp.Compile("(?m)" + pattern)
	ts.Check(err)
	if !until(func() bool { return re.MatchString(s.shown(ts, name)) == want }) {
		ts.Fatalf("waited for %q to be shown (%v); the screen is\n%s", pattern, want, s.shown(ts, name))
	}
}

// press is for a screen that ignores keys for a moment: a finger comes down again.
func (s *screens) press(ts *testscript.TestScript, name, key, pattern string) {
	re, err := regexp.Compile("(?m)" + pattern)
	ts.Check(err)
	looks := 0
	if !until(func() bool {
		if looks%10 == 0 {
			s.must(ts, "send-keys", "-t", name, key)
		}
		looks++
		return re.MatchString(s.shown(ts, name))
	}) {
		ts.Fatalf("pressed %s and waited for %q; the screen is\n%s", key, pattern, s.shown(ts, name))
	}
}

// at waits until the terminal's own cursor stands right behind the text that matches:
// that is where an input method opens its window.
func (s *screens) at(ts *testscript.TestScript, name, pattern string) {
	re, err := regexp.Compile("(?:" + pattern + ")$")
	ts.Check(err)
	before := ""
	if !until(func() bool {
		var x, y int
		where := s.must(ts, "display-message", "-p", "-t", name, "#{cursor_x} #{cursor_y}")
		if _, err := fmt.Sscan(where, &x, &y); err != nil {
			return false
		}
		lines := strings.Split(s.shown(ts, name), "\n")
		if y >= len(lines) {
			return false
		}
		before = cellsBefore(lines[y], x)
		return re.MatchString(before)
	}) {
		ts.Fatalf("the cursor stands behind %q, not behind %q; the screen is\n%s", before, pattern, s.shown(ts, name))
	}
}

// cellsBefore is the beginning of a line that fills x cells of a terminal: Han characters
// and full-width signs fill two, everything else that stories type fills one.
func cellsBefore(line string, x int) string {
	at := 0
	for i, r := range line {
		if at >= x {
			return line[:i]
		}
		at++
		if r >= 0x1100 && !(r >= 0x2000 && r < 0x2E80) {
			at++
		}
	}
	return line + strings.Repeat(" ", max(0, x-at))
}

// ended waits for the program to end and tells its exit code; 128 and more is a signal's.
func (s *screens) ended(ts *testscript.TestScript, name string) string {
	var code []byte
	if !until(func() bool {
		var err error
		code, err = os.ReadFile(s.end(name))
		return err == nil && len(code) > 0
	}) {
		ts.Fatalf("the program has not ended; the screen is\n%s", s.shown(ts, name))
	}
	return strings.TrimSpace(string(code))
}

func (s *screens) close() {
	if s.dir == "" {
		return
	}
	_, _ = s.tmux("kill-server") // it may be gone already
	_ = os.RemoveAll(s.dir)
	s.dir = ""
}
