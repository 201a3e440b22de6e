package stage

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/keymap"
	"doorstep/tui/theme"
)

const (
	// MinWidth and MinHeight are the smallest window the screens are made for.
	MinWidth, MinHeight = 60, 20
	// settle is how long a panel that opened by itself, and a blanked screen, ignore keys.
	settle = 400 * time.Millisecond
	// noticeFor is how long a notice stays at least.
	noticeFor = 2 * time.Second
	// idleEvery is how often the stage looks whether anybody is there.
	idleEvery = 10 * time.Second
)

// Config is what a stage is made of. Speaker, Now, Keys and Home must be given.
type Config struct {
	Speaker Speaker
	Theme   theme.Theme
	Light   *theme.Theme // used instead when the terminal says that its background is light
	Now     casework.Clock
	Keys    *keymap.Table
	Home    Screen
	Title   string // of the window: the program's name, never about a person
	// WideAmbiguous says that the terminal draws characters of ambiguous width in two
	// cells, or has not yet said (cell.Line).
	WideAmbiguous bool
	Mouse         bool
	// IdleLock is how long nobody may touch a key before the stage locks; 0 is never.
	IdleLock time.Duration
	// BlankLock is how long a blanked screen comes back without asking; 0 is for ever.
	BlankLock time.Duration
	// LockScreen makes the screen that asks who is there. It leaves with Pop. Without it
	// there is no locking. top is the screen that is covered, not a panel over it.
	LockScreen func(env *Env, top Screen) Screen
	// After waits; nil is tea.Tick.
	After func(d time.Duration, msg tea.Msg) tea.Cmd
	// Crashed is told where a screen crashed: function names and lines, no values. It may be
	// called from several goroutines at once.
	Crashed func(place keymap.Place, where string)
}

// Stage is the program's tea.Model.
type Stage struct {
	cfg   Config
	env   Env
	stack []*entry
	next  uint64

	wide      bool
	blank     bool
	blankAt   time.Time
	touched   time.Time // the last key or click
	notice    string
	noticeAt  time.Time
	quitting  bool
	inKey     bool // a key, click or paste is being handled
	layout    layout
	locked    *entry
	pickLight bool
}

// New makes a stage with its first screen.
func New(cfg Config) *Stage {
	if cfg.After == nil {
		cfg.After = func(d time.Duration, msg tea.Msg) tea.Cmd {
			return tea.Tick(d, func(time.Time) tea.Msg { return msg })
		}
	}
	s := &Stage{cfg: cfg, wide: cfg.WideAmbiguous}
	s.env = Env{
		Speaker: cfg.Speaker, Theme: cfg.Theme, Now: cfg.Now, Keys: cfg.Keys, after: cfg.After,
	}
	s.touched = cfg.Now()
	return s
}

// Init puts the first screen on the stack.
func (s *Stage) Init() tea.Cmd {
	cmds := []tea.Cmd{s.push(s.cfg.Home), s.cfg.After(idleEvery, idleTick{})}
	if s.cfg.Light != nil {
		s.pickLight = true
		cmds = append(cmds, tea.RequestBackgroundColor)
	}
	return tea.Batch(cmds...)
}

// Update is one step of the program.
func (s *Stage) Update(msg tea.Msg) (model tea.Model, cmd tea.Cmd) {
	// Bubble Tea would print the value of a panic, and that may be about a person.
	if !s.guard(s.top(), func() { model, cmd = s.step(msg) }) {
		return s, s.apply(nil, Notice(s.env.Say("tui.crash.step")))
	}
	return model, cmd
}

func (s *Stage) step(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.env.Size = Size{W: msg.Width, H: msg.Height}
		return s, nil
	case tea.KeyPressMsg:
		return s, s.touch(func() tea.Cmd { return s.key(msg) })
	case tea.PasteMsg:
		return s, s.touch(func() tea.Cmd { return s.paste(msg) })
	case tea.MouseMsg:
		return s, s.touch(func() tea.Cmd { return s.mouse(msg) })
	case idleTick:
		return s, tea.Batch(s.checkIdle(), s.cfg.After(idleEvery, idleTick{}))
	case result:
		return s, s.deliver(msg)
	case crash:
		return s, s.apply(nil, Notice(s.env.Say("tui.crash.work")))
	case quitNow:
		s.quitting = true
		return s, tea.Quit
	case askQuit:
		return s, s.quit()
	case Ribbon:
		s.env.Ribbon = string(msg)
		return s, nil
	case tea.BackgroundColorMsg:
		if s.pickLight && !msg.IsDark() {
			s.env.Theme = *s.cfg.Light
		}
		return s, nil
	case tea.CursorPositionMsg:
		s.probed(msg)
		return s, nil
	case Tell:
		return s, s.tellAll(msg.Msg)
	case End:
		return s, s.end(msg.Screen)
	case Shut:
		return s, s.shut(msg)
	}
	if ofBubbleTea(msg) {
		return s, nil // reports about the terminal that nobody asked for
	}
	return s, s.tellAll(msg)
}

// probed takes the terminal's late answer to term's question how wide it draws "·": the
// question left the cursor in the second row, behind the character.
func (s *Stage) probed(msg tea.CursorPositionMsg) {
	if msg.Y == 1 && (msg.X == 1 || msg.X == 2) {
		s.wide = msg.X == 2
	}
}

func (s *Stage) touch(handle func() tea.Cmd) tea.Cmd {
	s.touched = s.cfg.Now()
	s.inKey = true
	defer func() { s.inKey = false }()
	return handle()
}

// Top is the screen that gets the keys.
func (s *Stage) Top() Screen {
	if e := s.top(); e != nil {
		return e.screen
	}
	return nil
}

// Depth is how many screens are on the stack.
func (s *Stage) Depth() int { return len(s.stack) }
