package drafts

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget"
	"doorstep/tui/widget/people"
)

// UpgradePlace is where the commands of the page of a newer questionnaire live.
const UpgradePlace keymap.Place = "upgrade"

// What can be done there.
const (
	Take keymap.ID = "upgrade.take"
	Stay keymap.ID = "upgrade.stay"
)

// UpgradeCommands is the table of that place.
func UpgradeCommands() []keymap.Command {
	return []keymap.Command{
		{ID: Take, Where: UpgradePlace, Keys: []string{"1"}, Label: "upgrade.cmd.take", Help: "upgrade.cmd.take.help", Bar: 1},
		{ID: Stay, Where: UpgradePlace, Keys: []string{"2", "esc"}, Label: "upgrade.cmd.stay", Bar: 2},
	}
}

// Upgrade is the page that says what would become of a draft with the newer questionnaire:
// what has no place, what is to be answered anew, what is kept. She chooses.
type Upgrade struct {
	book   book.Newer
	over   func(draft casework.ID) stage.Screen
	draft  casework.ID
	run    *book.Upgrade
	failed error
	busy   bool
	scroll widget.Scroll
	load   stage.Latest
	take   stage.Latest
}

// NewUpgrade makes the page; over makes the visit's page of the new draft, which says that
// the old one is kept.
func NewUpgrade(b book.Newer, over func(draft casework.ID) stage.Screen, draft casework.ID) *Upgrade {
	return &Upgrade{book: b, over: over, draft: draft}
}

// Place implements stage.Screen.
func (u *Upgrade) Place() keymap.Place { return UpgradePlace }

// Header implements stage.Screen.
func (u *Upgrade) Header(env *stage.Env) stage.Header {
	return stage.Header{Left: env.Say("upgrade.title")}
}

// Start implements stage.Starter.
func (u *Upgrade) Start(*stage.Env) tea.Cmd {
	b, draft := u.book, u.draft
	return u.load.Ask(func() any {
		run, err := b.Upgrade(context.Background(), draft)
		if err != nil {
			return err
		}
		return &run
	})
}

// Able implements stage.Able.
func (u *Upgrade) Able(env *stage.Env, id keymap.ID) string {
	if id == Take && (u.run == nil || u.busy) {
		return env.Say("upgrade.opening")
	}
	return ""
}

// Leave implements stage.Leaver.
func (u *Upgrade) Leave(*stage.Env) (stage.Action, tea.Cmd) {
	if u.busy {
		return stage.None(), nil
	}
	return stage.Pop(), nil
}

// Update implements stage.Screen.
func (u *Upgrade) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if v, fresh, mine := u.load.Take(msg); mine {
		switch v := v.(type) {
		case error:
			if fresh {
				u.failed = v
			}
		case *book.Upgrade:
			u.run = v
		}
		return stage.None(), nil
	}
	if v, _, mine := u.take.Take(msg); mine {
		u.busy = false
		switch v := v.(type) {
		case error:
			return stage.Notice(env.Error(v)), nil
		case casework.ID:
			return stage.Replace(u.over(v)), nil
		}
		return stage.None(), nil
	}
	do, ok := msg.(stage.Do)
	switch {
	case !ok:
		u.scroll.Update(msg)
	case do.ID == Take && u.run != nil && !u.busy:
		u.busy = true
		b, draft := u.book, u.draft
		return stage.None(), u.take.Ask(func() any {
			next, err := b.TakeUpgrade(context.Background(), draft)
			if err != nil {
				return err
			}
			return next
		})
	case do.ID == Stay && !u.busy:
		return stage.Pop(), nil
	}
	return stage.None(), nil
}

// Status implements stage.Reporter.
func (u *Upgrade) Status(env *stage.Env) string {
	if u.run != nil { // before the page is drawn for the first time
		u.scroll.Draw(u.lines(env, env.Size.W), max(1, env.Size.H-frame))
	}
	return " " + u.scroll.Where(env)
}

// frame is how many lines of the window are not the page's.
const frame = 6

// Draw implements stage.Screen.
func (u *Upgrade) Draw(env *stage.Env, size stage.Size) stage.Frame {
	switch {
	case u.failed != nil:
		return stage.Frame{Body: widget.Problem(env, env.Error(u.failed), 2, size.W-2)}
	case u.busy:
		return stage.Frame{Body: []string{"", "  " + env.Say("upgrade.busy")}}
	case u.run == nil:
		return stage.Frame{Body: []string{"", "  " + env.Say("upgrade.opening")}}
	}
	return stage.Frame{Body: u.scroll.Draw(u.lines(env, size.W), size.H)}
}

// lines are the dry run written out.
func (u *Upgrade) lines(env *stage.Env, w int) []string {
	about := "upgrade.about"
	if u.run.From == u.run.To {
		about = "upgrade.about.same"
	}
	lines := widget.Paragraph(env.Say(about, "Name", cell.CleanTo(u.run.Name, 40), "Title", cell.CleanTo(u.run.Title, 60),
		"From", cell.CleanTo(u.run.From, 20), "To", cell.CleanTo(u.run.To, 20)), 1, w-2)
	for _, part := range []struct {
		key   string
		of    []book.UpgradeLine
		token theme.Token
	}{{"upgrade.dropped", u.run.Dropped, theme.Warn}, {"upgrade.asked", u.run.Asked, theme.Strong}, {"upgrade.kept", u.run.Kept, theme.Good}} {
		lines = append(lines, "")
		if len(part.of) == 0 {
			lines = append(lines, " "+env.Say(part.key+".none"))
			continue
		}
		lines = append(lines, " "+env.Paint(part.token, env.Say(part.key, "Count", len(part.of))))
		for _, l := range part.of {
			lines = append(lines, told(env, l, w)...)
		}
	}
	return lines
}

// told is one question of the dry run. An answer about harm or mood is not read out.
func told(env *stage.Env, l book.UpgradeLine, w int) []string {
	text := cell.CleanTo(l.Label, 80)
	if l.Answer != "" {
		answer := cell.CleanTo(l.Answer, 120)
		if l.Secret {
			answer = env.Say("visit.answered")
		}
		text = env.Say("upgrade.line", "Label", text, "Answer", answer)
	}
	if l.Must {
		text += env.Say("upgrade.note", "Note", env.Say("upgrade.must"))
	}
	for _, n := range l.Notes {
		text += env.Say("upgrade.note", "Note", people.Say(env, n))
	}
	return widget.Paragraph(text, 3, w-2)
}
