package stage_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/cell"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/tuitest"
)

func TestAPageAtSeveralSizes(t *testing.T) {
	r := run(t, 80, 24, home(), commands())
	r.Golden("page-80x24")
	r.Resize(60, 20)
	r.Golden("page-60x20")
	r.Resize(120, 40)
	r.Golden("page-120x40")
	run(t, 80, 24, home(), commands(), tuitest.English(t)).Golden("page-en-80x24")
}

func TestEveryFrameFillsTheWindowExactly(t *testing.T) {
	h := home()
	r := run(t, 80, 24, h, commands())
	for _, keys := range [][]string{nil, {"space"}, {"esc", "f1"}, {"esc"}} {
		r.Keys(keys...)
		for w := 1; w < 140; w += 7 {
			for _, rows := range []int{1, 5, 19, 20, 21, 24, 50} {
				r.Resize(w, rows)
				lines := strings.Split(r.View().Content, "\n")
				if len(lines) != rows {
					t.Fatalf("%d rows at %dx%d", len(lines), w, rows)
				}
				for _, line := range lines {
					if got := tuitest.Width(line); got != w {
						t.Fatalf("a row of %d cells at %dx%d: %q", got, w, rows, line)
					}
				}
			}
		}
		r.Resize(80, 24)
	}
}

func TestAWindowThatIsTooSmallSaysSo(t *testing.T) {
	r := run(t, 59, 24, home(), commands())
	r.Shows("窗口太小").Hides("今日")
	r.Resize(20, 6)
	r.Golden("too-small-20x6")
	r.Resize(80, 24)
	r.Shows("今日")
}

func TestANoticeStaysLongEnoughToBeRead(t *testing.T) {
	h := home()
	h.update = func(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
		if do, ok := msg.(stage.Do); ok && do.ID == "open" {
			return stage.Notice("已保存"), nil
		}
		return stage.None(), nil
	}
	r := run(t, 80, 24, h, commands())
	r.Keys("enter", "x", "x").Shows("已保存")
	r.Advance(3 * time.Second)
	r.Shows("已保存").Keys("x").Hides("已保存")
}

func TestALongNoticeIsReadInFullAndDoesNotHideWhereOneTypes(t *testing.T) {
	h := home()
	h.update = func(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
		if do, ok := msg.(stage.Do); ok && do.ID == "open" {
			return stage.Notice("磁盘满了，这一份还没有存下来。请删掉一些不用的文件，或插上优盘，再按一次 Ctrl+S；在这之前不要关掉程序，也不要拔电源。"), nil
		}
		return stage.None(), nil
	}
	r := run(t, 60, 20, h, commands())
	r.Keys("enter").Golden("notice-60x20")
	h.cursor = &stage.Cursor{X: 3, Y: 14}
	h.body = append(make([]string, 14), " 正在写")
	h.status = ""
	r.Shows("正在写", "磁盘满了", "Ctrl+S").Golden("notice-above-60x20")
}

func TestTheTitleOfTheWindowNeverCarriesPeople(t *testing.T) {
	h := home()
	h.left = "林小溪  女 9岁"
	r := run(t, 80, 24, h, commands())
	if got := r.View().WindowTitle; got != "Doorstep" {
		t.Errorf("title %q", got)
	}
}

func TestTheRibbonStandsWhereThePageHasNothingToSay(t *testing.T) {
	h := home()
	r := run(t, 80, 24, h, commands())
	r.Send(stage.Ribbon("区里已收到 10:32"))
	r.Shows("离线").Hides("10:32")
	h.right = ""
	r.Shows("区里已收到 10:32")
}

func TestATerminalThatDrawsAmbiguousCharactersWideGetsNone(t *testing.T) {
	h := home()
	r := run(t, 80, 24, h, commands(), func(c *stage.Config) { c.WideAmbiguous = true })
	r.Shows("买买提.吐尔逊").Hides("·", "…", "“")
	r.Send(tea.CursorPositionMsg{X: 1, Y: 1})
	r.Shows("买买提·吐尔逊")
	r.Send(tea.CursorPositionMsg{X: 2, Y: 1})
	r.Hides("·")
}

func TestStoredTextCannotMoveTheCursorOrColourTheNextLine(t *testing.T) {
	h := home()
	h.body = []string{" 名\x1b[2J\x1b[5;5H\x1b]0;title\x07字\x07"}
	content := run(t, 80, 24, h, commands()).View().Content
	if strings.Contains(content, "\x1b[2J") || strings.Contains(content, "\x1b]") || strings.Contains(content, "\x07") {
		t.Errorf("%q", content)
	}
}

func TestTheLightThemeIsChosenWhenTheTerminalIsLight(t *testing.T) {
	dark, light := theme.New(theme.Dark, theme.True), theme.New(theme.Light, theme.True)
	r := run(t, 80, 24, home(), commands(), func(c *stage.Config) { c.Theme, c.Light = dark, &light })
	before := r.View().Content
	r.Send(tea.BackgroundColorMsg{Color: white{}})
	if r.View().Content == before {
		t.Error("nothing changed on a white background")
	}
}

type white struct{}

func (white) RGBA() (r, g, b, a uint32) { return 0xffff, 0xffff, 0xffff, 0xffff }

func TestWordsOfOurOwnContainNoCharacterOfAmbiguousWidth(t *testing.T) {
	for _, file := range []string{"tui.zh.json", "tui.en.json"} {
		words, err := os.ReadFile(filepath.Join("..", "..", "casework", "lang", "catalogue", file))
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range string(words) {
			if cell.Ambiguous(r) {
				t.Errorf("%s: %q", file, r)
			}
		}
	}
}
