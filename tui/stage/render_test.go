package stage_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"doorstep/tui/cell"
	"doorstep/tui/theme"
	"doorstep/tui/tuitest"
)

// An ultraviolet older than the pin took styled Han characters for narrow ones when it
// worked out what had changed, and deleted their second half. These tests draw frames
// after frames through the real renderer into a terminal of our own and compare what
// that shows with the frame.

var pieces = []string{
	"林", "小", "溪", "𠮷", "㐂", "买买提·吐尔逊", "“二级”", "…", "——", "a", " ", "   ", "12", "，", "逾期2天", "-----", "竹岛村3组", "１",
}

func line(t *rapid.T, th theme.Theme, w int) string {
	var b strings.Builder
	for range rapid.IntRange(0, 8).Draw(t, "pieces") {
		text := rapid.SampledFrom(pieces).Draw(t, "piece")
		b.WriteString(th.Paint(theme.Token(rapid.IntRange(0, 6).Draw(t, "token")), text))
	}
	return cell.Line(b.String(), w, false)
}

func TestTheRendererNeverLeavesHalfAHanCharacter(t *testing.T) {
	th := theme.New(theme.Dark, theme.True)
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(4, 40).Draw(t, "w"), rapid.IntRange(1, 6).Draw(t, "h")
		render, terminal := tuitest.Renderer(w, h), tuitest.NewTerminal(w, h)
		rows := make([]string, h)
		for i := range rows {
			rows[i] = cell.Line("", w, false)
		}
		for range rapid.IntRange(1, 6).Draw(t, "frames") {
			switch rapid.IntRange(0, 2).Draw(t, "change") {
			case 0: // one line, as when somebody types
				rows[rapid.IntRange(0, h-1).Draw(t, "row")] = line(t, th, w)
			case 1: // all lines, as when a page opens
				for i := range rows {
					rows[i] = line(t, th, w)
				}
			case 2: // the lines move up, as when a list scrolls
				rows = append(rows[1:], line(t, th, w))
			}
			content := strings.Join(rows, "\n")
			sent := render(content)
			if _, err := terminal.Write(sent); err != nil {
				t.Fatal(err)
			}
			if len(terminal.Unknown) > 0 {
				t.Fatalf("our terminal does not know %q", terminal.Unknown)
			}
			if want := cell.Plain(content); terminal.String() != want {
				t.Fatalf("the terminal shows\n%s\nthe frame is\n%s\nsent %q", terminal.String(), want, sent)
			}
		}
	})
}

// This is the shortest case that an older ultraviolet gets wrong: it erased from the second cell
// of the character that stays.
func TestClearingBehindAHanCharacterKeepsItWhole(t *testing.T) {
	th := theme.New(theme.Dark, theme.True)
	for w := 4; w <= 12; w += 2 {
		render, terminal := tuitest.Renderer(w, 1), tuitest.NewTerminal(w, 1)
		for _, text := range []string{th.Paint(theme.Title, "林") + "林林林林林林", "林", th.Paint(theme.Chosen, "林小溪"), "林"} {
			content := cell.Line(text, w, false)
			if _, err := terminal.Write(render(content)); err != nil {
				t.Fatal(err)
			}
			if want := cell.Plain(content); terminal.String() != want {
				t.Errorf("%d cells: the terminal shows %q, the frame is %q", w, terminal.String(), want)
			}
		}
	}
}
