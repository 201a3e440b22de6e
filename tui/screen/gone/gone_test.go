package gone_test

import (
	"testing"

	"doorstep/casework"
	"doorstep/tui/book/booktest"
	"doorstep/tui/keymap"
	"doorstep/tui/screen/gone"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

func commands() []keymap.Command { return append(gone.Commands(), booktest.HomeCommands()...) }

// A page with names stands open when the order comes: nothing of it is left, not even
// below, and no key brings it back.
func TestNothingIsLeftOfWhatStoodThere(t *testing.T) {
	r := tuitest.Run(t, 80, 24, booktest.Home{Screen: booktest.Page("林小溪 女 9岁")}, commands())
	r.Keys("enter").Shows("林小溪")
	r.Send(stage.Ribbon("待上传 1 份"))
	r.Send(stage.End{Screen: gone.New(casework.Problem("x", "replica.revoked"))})
	r.Golden("gone").Hides("林小溪", "home", "待上传")
	r.Type("lxx").Keys("f1", "esc").Hides("林小溪", "home")
}

func TestInEnglishOnASmallScreen(t *testing.T) {
	r := tuitest.Run(t, 60, 20, booktest.Home{Screen: booktest.Page("x")}, commands(), tuitest.English(t))
	r.Send(stage.End{Screen: gone.New(casework.Problem("x", "replica.revoked"))})
	r.Golden("english").Hides("home")
}
