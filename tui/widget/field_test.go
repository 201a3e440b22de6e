package widget_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"doorstep/tui/cell"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
	"doorstep/tui/widget"
)

func onSheet(t *testing.T, f *widget.Field) *tuitest.Robot {
	s := typist(
		func(_ *stage.Env, msg tea.Msg) bool { return f.Update(msg) },
		func(env *stage.Env, w int) (string, int) { return f.Draw(env, w, true) },
	)
	return tuitest.Run(t, 60, 20, s, nil)
}

func TestTheTerminalsCursorStandsBehindWhatIsTyped(t *testing.T) {
	f := &widget.Field{}
	r := onSheet(t, f)
	if r.Cursor() != "7,3" {
		t.Errorf("an empty field: %s", r.Cursor())
	}
	r.Type("𠮷㐂a").Golden("field-typed")
	r.Keys("left", "left")
	if r.Cursor() != "9,3" {
		t.Errorf("two characters to the left, three cells: %s", r.Cursor())
	}
	r.Burst("买买提").Keys("home", "delete", "end", "backspace")
	if got := f.Value(); got != "买买提㐂" {
		t.Errorf("value %q", got)
	}
}

func TestAFieldScrollsSoThatTheCaretIsVisible(t *testing.T) {
	f := &widget.Field{}
	r := onSheet(t, f)
	r.Type("买买提·吐尔逊在竹岛村").Golden("field-scrolled")
	r.Keys("home").Shows("买买提·吐尔")
	if r.Cursor() != "7,3" {
		t.Errorf("cursor %s", r.Cursor())
	}
	r.Keys("end", "backspace", "backspace", "backspace", "backspace", "backspace").Shows("买买提·吐尔 ")
}

func TestPastedTextIsCleaned(t *testing.T) {
	f := &widget.Field{}
	r := onSheet(t, f)
	r.Paste("林\x1b[31m小\u202e溪\x1b]0;x\x07\r\n竹岛\t村\u200b\ue863")
	if got := f.Value(); got != "林小溪  竹岛 村\ue863" {
		t.Errorf("value %q", got)
	}
	r.Shows("〓").Hides("\ue863")
}

func TestDigitsAreFoldedAndOtherThingsRefused(t *testing.T) {
	f := &widget.Field{Digits: true, WithX: true, Max: 18}
	r := onSheet(t, f)
	r.Type("３７1002").Paste(" 2017-0101 ").Type("x")
	if got := f.Value(); got != "37100220170101X" {
		t.Errorf("value %q", got)
	}
	r.Type("林")
	env := &stage.Env{Speaker: tuitest.Speaker(t, "zh")}
	if got := f.Problem(env); got != "这里只能写数字。" {
		t.Errorf("problem %q", got)
	}
	r.Type("12345")
	if f.Len() != 18 || f.Problem(env) != "写满了，最多 18 个字。" {
		t.Errorf("%q: %q", f.Value(), f.Problem(env))
	}
}

func TestAPassphraseShowsStarsAndFoldsFullWidth(t *testing.T) {
	f := &widget.Field{Secret: true}
	r := onSheet(t, f)
	r.Type("ｚhu　dao")
	r.Shows("*******").Hides("zhu")
	if f.Value() != "zhu dao" {
		t.Errorf("value %q", f.Value())
	}
	f.Shown = true
	r.Shows("zhu dao")
}

func TestWordsAndLinesAreCutWhole(t *testing.T) {
	f := &widget.Field{}
	f.Set("竹岛村 east 12号")
	for _, step := range []struct{ key, want string }{
		{"ctrl+w", "竹岛村 east 12"}, {"ctrl+w", "竹岛村 east "}, {"ctrl+w", "竹岛村 "}, {"ctrl+u", ""},
	} {
		f.Update(tuitest.Key(step.key))
		if f.Value() != step.want {
			t.Errorf("%s leaves %q, want %q", step.key, f.Value(), step.want)
		}
	}
	for _, key := range []string{"enter", "tab", "esc", "up", "down", "f2"} {
		if f.Update(tuitest.Key(key)) {
			t.Errorf("%s belongs to the screen", key)
		}
	}
}

func TestWhateverHappensTheCaretIsInsideAndTheFieldIsAsWideAsAsked(t *testing.T) {
	env := &stage.Env{Speaker: tuitest.Speaker(t, "zh")}
	rapid.Check(t, func(t *rapid.T) {
		f := &widget.Field{Max: rapid.IntRange(1, 20).Draw(t, "max")}
		w := rapid.IntRange(3, 20).Draw(t, "w")
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			switch rapid.IntRange(0, 2).Draw(t, "what") {
			case 0:
				f.Update(tuitest.Key(rapid.SampledFrom([]string{
					"left", "right", "home", "end", "backspace", "delete", "ctrl+left", "ctrl+right", "ctrl+w", "ctrl+u", "ctrl+k",
				}).Draw(t, "key")))
			case 1:
				f.Update(tea.PasteMsg{Content: rapid.String().Draw(t, "paste")})
			case 2:
				f.Update(tea.KeyPressMsg{Code: tea.KeyExtended, Text: rapid.SampledFrom([]string{
					"林", "𠮷", "a", "e\u0301", "\u0301", "👨‍👩‍👧", "🇨🇳", "葛\U000e0100", "…",
				}).Draw(t, "text")})
			}
			line, caret := f.Draw(env, w, true)
			if got := cell.Width(line); got != w || caret < 0 || caret >= w {
				t.Fatalf("%q: %d cells, caret %d in %d", f.Value(), got, caret, w)
			}
			if f.Len() > f.Max || !utf8.ValidString(f.Value()) || strings.ContainsRune(f.Value(), 0x1b) {
				t.Fatalf("value %q", f.Value())
			}
		}
	})
}

func TestAClickPutsTheCaretThere(t *testing.T) {
	f := &widget.Field{}
	f.Set("林小溪")
	f.Click(3)
	f.Update(tuitest.Key("a"))
	if f.Value() != "林a小溪" {
		t.Errorf("%q", f.Value())
	}
}

func TestALongNoteIsTypedInSeveralLines(t *testing.T) {
	a := &widget.Area{Max: 60}
	s := &sheet{typing: true}
	s.update = func(_ *stage.Env, msg tea.Msg) stage.Action { a.Update(msg); return stage.None() }
	s.draw = func(env *stage.Env, _ stage.Size) stage.Frame {
		lines, cursor := a.Draw(env, stage.Size{W: 21, H: 4})
		return stage.Frame{Body: lines, Cursor: &cursor}
	}
	r := tuitest.Run(t, 60, 20, s, nil)
	r.Type("奶奶说孩子“不想上学”…已和老师联系。").Keys("enter").Paste("第二段\r\n第三段\x1b[2J").Golden("area")
	r.Keys("up", "up", "home").Type("又")
	if !strings.Contains(a.Value(), "\n第二段\n第三段") || !strings.Contains(a.Value(), "又") {
		t.Errorf("%q", a.Value())
	}
	r.Keys("ctrl+home").Type("一")
	if !strings.HasPrefix(a.Value(), "一奶奶") {
		t.Errorf("%q", a.Value())
	}
	r.Paste(strings.Repeat("长", 100))
	if a.Len() != 60 || a.Problem(&stage.Env{Speaker: tuitest.Speaker(t, "zh")}) == "" {
		t.Errorf("%d characters", a.Len())
	}
	r.Keys("pgdown", "pgup", "ctrl+end", "backspace", "delete", "left", "right", "ctrl+k", "ctrl+u")
}
