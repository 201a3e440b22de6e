package unlock_test

import (
	"context"
	"testing"

	"doorstep/casework"
	"doorstep/tui/screen/unlock"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

func ask(t *testing.T, w, h int, tried *[]string, err error) *tuitest.Robot {
	return tuitest.Run(t, w, h, unlock.New(unlock.Options{
		Try: func(_ context.Context, p []byte) error {
			*tried = append(*tried, string(p))
			return err
		},
		Done: func() stage.Action { return stage.Quit() },
	}), unlock.Commands())
}

func TestThePassphraseIsNeverOnTheScreen(t *testing.T) {
	var tried []string
	r := ask(t, 80, 24, &tried, nil).Type("zhu dao chun tian").Golden("asking")
	r.Hides("chun").Keys("enter")
	if len(tried) != 1 || tried[0] != "zhu dao chun tian" || !r.Ended() {
		t.Error(tried, r.Ended())
	}
}

func TestFullWidthIsFolded(t *testing.T) {
	var tried []string
	ask(t, 80, 24, &tried, nil).Type("ｚｈｕ　ｄａｏ").Keys("enter")
	if len(tried) != 1 || tried[0] != "zhu dao" {
		t.Error(tried)
	}
}

func TestAnInputMethodLeftOnIsNoticed(t *testing.T) {
	var tried []string
	ask(t, 80, 24, &tried, nil).Burst("竹岛").Shows("输入法还开着")
}

func TestAWrongPassphraseIsASentenceAndTheFieldIsEmptyAgain(t *testing.T) {
	var tried []string
	r := ask(t, 80, 24, &tried, casework.Problem("x", "laptop.wrong_passphrase")).Type("nonsense words").Keys("enter")
	r.Keys("enter").Shows("还没有打口令")
	if len(tried) != 1 {
		t.Error(tried)
	}
}

func TestOnTheFirstDayFourWordsAreProposedAndRehearsedTwice(t *testing.T) {
	var tried []string
	r := tuitest.Run(t, 80, 24, unlock.New(unlock.Options{
		Propose: func() ([]string, error) { return []string{"zhu", "dao", "chun", "tian"}, nil },
		Try: func(_ context.Context, p []byte) error {
			tried = append(tried, string(p))
			return nil
		},
		Done: func() stage.Action { return stage.Quit() },
	}), unlock.Commands())
	r.Golden("first").Keys("enter").Shows("第 1 遍").Hides("chun")
	r.Keys("f3").Shows("按 Esc 回去看那四个词")
	r.Keys("esc").Shows("chun").Keys("esc").Shows("要退出请按 Ctrl+Q").Shows("chun").Keys("enter")
	r.Type("zhu dao qiu tian").Keys("enter").Shows("不一样")
	r.Type("zhu dao chun tian").Keys("enter").Shows("第 2 遍")
	r.Type("zhu  dao chun tian").Keys("enter")
	if len(tried) != 1 || tried[0] != "zhu dao chun tian" {
		t.Error(tried)
	}
}

func TestAShortPassphraseIsRefused(t *testing.T) {
	r := tuitest.Run(t, 60, 20, unlock.New(unlock.Options{
		Propose: func() ([]string, error) { return []string{"a", "b", "c", "d"}, nil },
		Try:     func(context.Context, []byte) error { return nil },
		Done:    func() stage.Action { return stage.Quit() },
	}), unlock.Commands())
	r.Type("123456").Keys("enter").Shows("口令太短")
}
