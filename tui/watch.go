package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/screen/file"
	"doorstep/tui/screen/find"
	"doorstep/tui/screen/gone"
	"doorstep/tui/screen/lapsed"
	"doorstep/tui/screen/status"
	"doorstep/tui/screen/today"
	"doorstep/tui/stage"
)

// Watch tells the screens what the background exchange has brought, until ctx ends: the words
// at the end of the header, and that what they show may have changed. send must not block for
// long; tea.Program.Send is right.
func (a *App) Watch(ctx context.Context, send func(tea.Msg)) {
	select {
	case <-a.open:
	case <-ctx.Done():
		return
	}
	b := a.desk()
	closed := b.Lapse().Closed // then the first page knows already
	for {
		changed := b.Exchanged()
		st := b.Status()
		if now := b.Lapse().Closed; now != closed {
			if closed = now; closed {
				send(stage.Shut{First: a.lapsed(b), Stays: entering})
			}
		}
		if casework.CodeOf(st.Trouble) == "replica.revoked" { // the store behind all pages has no keys any more
			send(stage.End{Screen: gone.New(st.Trouble)})
			return
		}
		send(stage.Ribbon(status.Ribbon(a.cfg.Speaker.Say, st)))
		select {
		case <-changed:
		case <-ctx.Done():
			return
		}
		send(today.Changed{})
		send(file.Changed{})
		send(status.Changed{})
		send(find.Changed{})
		send(lapsed.Changed{})
	}
}
