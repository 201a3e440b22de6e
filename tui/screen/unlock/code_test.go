package unlock_test

import (
	"context"
	"testing"

	"doorstep/casework"
	"doorstep/tui/screen/unlock"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

// covered is the page over an open visit.
func covered(t *testing.T, tried *[]string, errs map[string]error) *tuitest.Robot {
	try := func(what string) func(context.Context, []byte) error {
		return func(_ context.Context, p []byte) error {
			*tried = append(*tried, what+" "+string(p))
			return errs[string(p)]
		}
	}
	return tuitest.Run(t, 80, 24, unlock.New(unlock.Options{
		Code: try("code"), Try: try("words"), Covering: true,
		Done: func() stage.Action { return stage.Quit() },
	}), unlock.Commands())
}

func TestSixDigitsBringTheVisitBack(t *testing.T) {
	var tried []string
	r := covered(t, &tried, nil).Golden("code").Keys("enter").Shows("还没有打走访码")
	r.Type("a2７4-913").Hides("274913").Keys("enter")
	if len(tried) != 1 || tried[0] != "code 274913" || !r.Ended() {
		t.Error(tried, r.Ended())
	}
}

func TestASpentVisitCodeAsksForThePassphrase(t *testing.T) {
	var tried []string
	r := covered(t, &tried, map[string]error{
		"274914": casework.Problem("x", "laptop.wrong_visit_code", "Left", 1),
		"274915": casework.Problem("x", "laptop.visit_code_spent"),
	})
	r.Type("274914").Keys("enter").Shows("还能再试 1 次", "走访码")
	r.Type("274915").Keys("enter").Golden("spent").Shows("请打口令")
	r.Keys("esc").Type("zhu dao").Keys("enter")
	if len(tried) != 3 || tried[2] != "words zhu dao" || !r.Ended() {
		t.Error(tried, r.Ended())
	}
}

func TestWhoForgotTheVisitCodeTypesThePassphrase(t *testing.T) {
	var tried []string
	r := covered(t, &tried, nil).Type("27").Keys("f3").Shows("请打口令").Type("zhu dao").Keys("enter")
	if len(tried) != 1 || tried[0] != "words zhu dao" || !r.Ended() {
		t.Error(tried, r.Ended())
	}
}

func TestFullWidthLettersAreToldAndFolded(t *testing.T) {
	var tried []string
	r := ask(t, 80, 24, &tried, nil).Type("ｚ").Shows("全角").Type("hu").Hides("全角").Type("　").Shows("全角").Paste("ｄａｏ").Shows("全角")
	r.Keys("enter")
	if len(tried) != 1 || tried[0] != "zhu dao" {
		t.Error(tried)
	}
}

func TestSomebodyElseIsOnlyOfferedWhereThereIsSomebodyElse(t *testing.T) {
	var tried []string
	ask(t, 80, 24, &tried, nil).Hides("换人").Keys("f3").Shows("请打口令")
}
