// Package trial lets an author fill a questionnaire in with the visit's own screen before
// anybody gets it: an invented person, nothing on any disk, and at the end a page of what
// would have been recorded.
package trial

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/tui/keymap"
	"doorstep/tui/screen/visit"
	"doorstep/tui/stage"
	"doorstep/tui/term"
	"doorstep/tui/theme"
)

// Config is what a trial is made of. Form, Speaker and Now must be given.
type Config struct {
	Form    *form.Definition
	Lang    string // of the questionnaire: "zh", "en"
	Speaker stage.Speaker
	Now     casework.Clock
	Mode    string // "dark", "light" or "mono"; "" is dark, or light when the terminal says so
}

// Home is the first page of a trial, for a stage with Commands.
func Home(c Config) stage.Screen { return &home{v: newVisitor(c)} }

// Speaker says a visit's sentences as a trial must: nothing is kept.
func Speaker(s stage.Speaker) stage.Speaker { return words{s} }

// Commands are those of the trial and of the visit's screen.
func Commands() []keymap.Command { return append(own(), visit.Commands()...) }

// Run shows the trial in a terminal until the author ends it or ctx ends. Errors are those of
// term.Open and of Bubble Tea.
func Run(ctx context.Context, c Config, terminal term.Config) (err error) {
	keys, err := keymap.New(keymap.Own(), Commands())
	if err != nil {
		return err
	}
	t, err := term.Open(terminal)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.Restore()) }()
	cfg := stage.Config{
		Speaker: Speaker(c.Speaker), Theme: theme.New(theme.ModeNamed(c.Mode), t.Depth()), Now: c.Now, Keys: keys, Home: Home(c),
		Title: c.Speaker.Say("trial.window"), WideAmbiguous: t.WideAmbiguous(), Mouse: true,
	}
	if c.Mode == "" {
		light := theme.New(theme.Light, t.Depth())
		cfg.Light = &light
	}
	p := tea.NewProgram(stage.New(cfg), append(t.Options(), tea.WithFilter(stage.Filter), tea.WithContext(ctx))...)
	_, err = p.Run()
	if ctx.Err() != nil {
		return nil // ended from outside: nothing is lost, as nothing is kept
	}
	return err
}

// words replaces what a visit says about keeping.
type words struct{ stage.Speaker }

var instead = map[string]string{
	"visit.title":           "trial.title",
	"visit.opening.who":     "trial.opening",
	"visit.done":            "trial.done",
	"visit.done.title":      "trial.done.title",
	"visit.kept":            "trial.left",
	"visit.cmd.finish.help": "trial.finish.help",
	"person.saving.visit":   "trial.closing",
}

func (w words) Say(key string, pairs ...any) string {
	if other, ok := instead[key]; ok {
		key = other
	}
	return w.Speaker.Say(key, pairs...)
}
