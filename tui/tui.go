package tui

import (
	"context"
	"errors"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/term"
	"doorstep/tui/theme"
)

// Config is what the program is made of. Speaker, Now and one of Keeper and Book must be given.
type Config struct {
	// Keeper opens the store with a passphrase; the first page asks for it.
	Keeper book.Keeper
	// Book is open already (practice): the first page is 今日, and without a Keeper nothing locks.
	Book    book.Book
	Speaker stage.Speaker
	Now     casework.Clock
	// Mode is "dark", "light" or "mono"; "" is dark, or light when the terminal says that
	// its background is.
	Mode string
	// Idle is how long nobody may touch a key before the passphrase is asked for again; 0 is never.
	Idle time.Duration
	// Blank is how long a blanked screen comes back without asking; 0 is for ever.
	Blank time.Duration
	Mouse bool
	// Title is the window's, never about a person.
	Title string
	// Crashed is told where a screen crashed: function names and lines, no values.
	Crashed func(place keymap.Place, where string)
}

// App is the program.
type App struct {
	cfg  Config
	keys *keymap.Table
	mu   sync.Mutex
	book book.Book
	open chan struct{} // closed when there is a book
}

// New joins all screens. It fails when their commands do not fit together, and when there is
// nothing to open.
func New(cfg Config) (*App, error) {
	keys, err := Keys()
	if err != nil {
		return nil, err
	}
	if cfg.Keeper == nil && cfg.Book == nil || cfg.Speaker == nil || cfg.Now == nil {
		return nil, errors.New("tui.New: Speaker, Now and one of Keeper and Book are needed")
	}
	a := &App{cfg: cfg, keys: keys, open: make(chan struct{})}
	if cfg.Book != nil {
		a.take(cfg.Book)
	}
	return a, nil
}

// take keeps the book from now on.
func (a *App) take(b book.Book) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.book == nil {
		a.book = b
		close(a.open)
	}
}

// desk is the book, or nil before it is open.
func (a *App) desk() book.Book {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.book
}

// Look is what the terminal shows.
type Look struct {
	Theme theme.Theme
	Light *theme.Theme // instead, when the terminal says that its background is light
	// WideAmbiguous says that characters of ambiguous width take two cells.
	WideAmbiguous bool
}

// Stage makes the program's model for a terminal of that look.
func (a *App) Stage(look Look) *stage.Stage { return stage.New(a.stage(look)) }

func (a *App) stage(look Look) stage.Config {
	cfg := stage.Config{
		Speaker: a.cfg.Speaker, Theme: look.Theme, Light: look.Light, Now: a.cfg.Now, Keys: a.keys, Home: a.home(),
		Title: a.cfg.Title, WideAmbiguous: look.WideAmbiguous, Mouse: a.cfg.Mouse,
		IdleLock: a.cfg.Idle, BlankLock: a.cfg.Blank, Crashed: a.cfg.Crashed,
	}
	if a.cfg.Keeper != nil {
		cfg.LockScreen = a.lock
	}
	return cfg
}

// look chooses colours for what the terminal can show.
func (a *App) look(depth theme.Depth, wide bool) Look {
	l := Look{Theme: theme.New(theme.ModeNamed(a.cfg.Mode), depth), WideAmbiguous: wide}
	if a.cfg.Mode == "" {
		light := theme.New(theme.Light, depth)
		l.Light = &light
	}
	return l
}

// Run shows the program in a terminal until she ends it, ctx ends, or the window is closed.
// What is being typed is kept in the draft, the terminal is given back as it was, and the
// book is closed. Errors are those of term.Open, of Bubble Tea and of closing.
func (a *App) Run(ctx context.Context, terminal term.Config) (err error) {
	defer func() {
		if b := a.desk(); b != nil {
			err = errors.Join(err, b.Close())
		}
	}()
	t, err := term.Open(terminal)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.Restore()) }()
	p := tea.NewProgram(a.Stage(a.look(t.Depth(), t.WideAmbiguous())), append(t.Options(), tea.WithFilter(stage.Filter))...)
	watching, stop := context.WithCancel(ctx)
	var wait sync.WaitGroup
	wait.Go(func() { a.Watch(watching, p.Send) })
	wait.Go(func() {
		<-watching.Done()
		p.Quit() // after a.Run's own end this does nothing
	})
	_, err = p.Run()
	stop()
	wait.Wait()
	return err
}
