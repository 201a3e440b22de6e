package tui

import (
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
)

// Parts gives a test the first page and the settings with which Stage would be made.
func Parts(a *App) (home stage.Screen, configure func(*stage.Config)) {
	cfg := a.stage(Look{})
	return cfg.Home, func(c *stage.Config) {
		c.IdleLock, c.BlankLock, c.LockScreen, c.Crashed = cfg.IdleLock, cfg.BlankLock, cfg.LockScreen, cfg.Crashed
	}
}

// Tell keeps where a screen crashed.
func Tell(where *string) func(keymap.Place, string) {
	return func(p keymap.Place, w string) { *where += string(p) + " " + w }
}
