package term

import (
	"os"
	"strings"
	"sync"

	tea "charm.land/bubbletea/v2"
	xterm "golang.org/x/term"

	"doorstep/casework"
	"doorstep/tui/theme"
)

// Config says what to open. In and Out are the standard input and output.
type Config struct {
	In, Out *os.File
	Environ []string // KEY=value
}

// Terminal is the window the program works in, from Open to Restore.
type Terminal struct {
	cfg     Config
	screen  *screen
	width   Width
	restore func() error
	once    sync.Once
	err     error
}

// Open prepares the terminal. Errors: term.not_terminal (a pipe, or a terminal that can
// only print), term.console_old (Windows before 10, August 2016), term.setup.
func Open(cfg Config) (*Terminal, error) {
	kind := kindOf(cfg.Environ, windows)
	if kind == dumb || !xterm.IsTerminal(int(cfg.In.Fd())) || !xterm.IsTerminal(int(cfg.Out.Fd())) {
		return nil, casework.Problem("term.Open", "term.not_terminal")
	}
	restore, err := prepare(cfg.In, cfg.Out)
	if err != nil {
		return nil, err
	}
	return &Terminal{
		cfg:     cfg,
		screen:  newScreen(cfg.Out, kind),
		width:   probe(cfg.In, cfg.Out, kind),
		restore: restore,
	}, nil
}

// Options are what Bubble Tea must be told.
func (t *Terminal) Options() []tea.ProgramOption {
	return []tea.ProgramOption{
		tea.WithInput(t.cfg.In),
		tea.WithOutput(t.screen),
		tea.WithEnvironment(t.cfg.Environ),
		tea.WithColorProfile(t.Depth().Profile()),
	}
}

// Depth is how many colours the terminal shows; NO_COLOR is obeyed.
func (t *Terminal) Depth() theme.Depth { return theme.Detect(t.cfg.Environ) }

// WideAmbiguous says that the terminal draws characters of ambiguous width in two cells,
// or did not answer in time. An answer that comes later is understood by stage.
func (t *Terminal) WideAmbiguous() bool { return t.width != Narrow }

// Restore leaves the terminal as Open found it. It comes after the program has ended,
// also when it ended badly.
func (t *Terminal) Restore() error {
	t.once.Do(func() {
		err := t.screen.leave()
		t.err = t.restore()
		if t.err == nil {
			t.err = err
		}
	})
	return t.err
}

// kind is a family of terminals that misread the same things.
type kind int

const (
	modern  kind = iota // understands or ignores everything Bubble Tea sends
	conhost             // the console window of Windows 10: has an alternate screen, no keyboard protocols
	old                 // the Linux console and hardware terminals: not even an alternate screen
	dumb                // can only print
)

// kindOf reads the kind from TERM and its like.
func kindOf(environ []string, windows bool) kind {
	get := func(name string) string {
		for i := len(environ) - 1; i >= 0; i-- {
			if v, ok := strings.CutPrefix(environ[i], name+"="); ok {
				return v
			}
		}
		return ""
	}
	name := get("TERM")
	switch {
	case windows && (get("WT_SESSION") != "" || get("TERM_PROGRAM") != ""):
		return modern
	case windows && name == "":
		return conhost
	case name == "dumb" || name == "":
		return dumb
	case name == "linux" || name == "ansi" || strings.HasPrefix(name, "vt1") || strings.HasPrefix(name, "vt2") ||
		strings.HasPrefix(name, "cons25") || strings.HasPrefix(name, "sun"):
		return old
	}
	return modern
}
