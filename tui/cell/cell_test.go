package cell_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"doorstep/tui/cell"
)

// texts are what names and notes look like in the field, and what they look like when
// somebody is being clever.
var texts = []string{
	"", "林小溪", "𠮷田", "㐂乐", "买买提·吐尔逊", "他说：“回来…”——没回来", "abc", "竹岛村3组12号",
	"\x1b[31m红\x1b[0m", "a\u202eb\u202c", "e\u0301\u0301\u0301\u0301", "👨‍👩‍👧", "🇨🇳", "❤️", "ᄒ\u1161\u11ab", "\ue863",
	"葛\U000e0100", strings.Repeat("长", 40), "ｆｕｌｌ　ｗｉｄｔｈ", "\xff\xfe坏", "a\tb\nc", "①②③℃", "ئۇيغۇر",
}

func anyText() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(texts), rapid.String()), 0, 4).Draw(t, "parts")
		return strings.Join(parts, "")
	})
}

func TestWidthOfNames(t *testing.T) {
	for text, want := range map[string]int{
		"林小溪": 6, "𠮷": 2, "㐂": 2, "买买提·吐尔逊": 13, "abc": 3, "，": 2, "": 0, "\x1b[31m红\x1b[0m": 2, "１": 2, "　": 2, "“”…—": 4,
	} {
		if got := cell.Width(text); got != want {
			t.Errorf("Width(%q) = %d, want %d", text, got, want)
		}
	}
}

func TestACutNeverHalvesAHanCharacter(t *testing.T) {
	for w, want := range map[int]string{0: "", 1: " ", 2: "林", 3: "林 ", 4: "林小", 6: "林小溪", 8: "林小溪  "} {
		if got := cell.Cut("林小溪", w); got != want {
			t.Errorf("Cut(%d) = %q, want %q", w, got, want)
		}
	}
	if got := cell.Cut("\x1b[31m𠮷田\x1b[0m", 3); got != "\x1b[31m𠮷\x1b[0m " {
		t.Errorf("colour must be closed behind the cut: %q", got)
	}
	if got := cell.Fit("竹岛村东头第三家", 9); got != "竹岛村 .." && got != "竹岛村.. " {
		t.Errorf("a shortened text must show it: %q", got)
	}
	if got := cell.Between("林小溪", "离线", 14); got != "林小溪    离线" {
		t.Errorf("Between = %q", got)
	}
	if got := cell.Between("林小溪 王秀英", "离线", 14); cell.Width(got) != 14 || !strings.HasSuffix(got, " 离线") {
		t.Errorf("the right end must survive: %q", got)
	}
}

func TestFromDropsWholeCells(t *testing.T) {
	for skip, want := range map[int]string{0: "林a溪", 1: " a溪", 2: "a溪", 3: "溪", 4: " ", 5: "", 9: ""} {
		if got := cell.From("林a溪", skip); got != want {
			t.Errorf("From(%d) = %q, want %q", skip, got, want)
		}
	}
}

func TestAllThatCutsIsExactlyAsWideAsAsked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, w := anyText().Draw(t, "s"), rapid.IntRange(0, 30).Draw(t, "w")
		c := cell.Clean(s)
		for name, got := range map[string]string{
			"Cut": cell.Cut(c, w), "Fit": cell.Fit(c, w), "Center": cell.Center(c, w),
			"Line": cell.Line(s, w, false), "Line(wide)": cell.Line(s, w, true), "Between": cell.Between(c, c, w),
		} {
			if cell.Width(got) != w {
				t.Fatalf("%s(%q, %d) = %q is %d wide", name, s, w, got, cell.Width(got))
			}
		}
	})
}

func TestCleanedTextHasOneWidthOnlyAndNothingHidden(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyText().Draw(t, "s")
		for _, c := range []string{cell.Clean(s), cell.Line(s, 20, false)} {
			if ansi.StringWidth(c) != ansi.StringWidthWc(c) {
				t.Fatalf("the renderer's two ways of measuring disagree about %q from %q", c, s)
			}
			for _, r := range cell.Plain(c) {
				if r < 0x20 || r >= 0x7f && r < 0xa0 || r == 0x202e || r == 0x200b || r == 0xfeff || r == 0x200d {
					t.Fatalf("%U left in %q", r, c)
				}
			}
			if !utf8.ValidString(c) {
				t.Fatalf("invalid text %q", c)
			}
		}
		if strings.ContainsRune(cell.Clean(s), 0x1b) {
			t.Fatalf("escape left from %q", s)
		}
	})
}

func TestCleanOnNamesWithTricks(t *testing.T) {
	for in, want := range map[string]string{
		"\x1b[31m红\x1b[0m":          "红",
		"\x1b]0;标题\x07林":            "林",
		"\x1b]8;;http://x\x1b\\林":   "林",
		"\u009b31m红":                "红",
		"林\u202e小\u200b溪":           "林小溪",
		"a\tb\nc":                   "a b c",
		"\ue863":                    "〓",
		"葛\U000e0100":               "葛",
		"e\u0301\u0301\u0301\u0301": "e\u0301\u0301",
		"\xff坏":                     "?坏",
		"\U0001f3fb名":               "〓名",
		"\U0001f1e8名":               "〓名",
		"买买提·吐尔逊":                   "买买提·吐尔逊",
		"𠮷㐂“”…—":                    "𠮷㐂“”…—",
	} {
		if got := cell.Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
	if got := cell.Clean(strings.Repeat("名", 10_000)); utf8.RuneCountInString(got) != cell.MaxClean {
		t.Errorf("a name of 10,000 characters leaves %d", utf8.RuneCountInString(got))
	}
	if got := cell.CleanText("一\r\n二\x1b[2J", 100); got != "一\n二" {
		t.Errorf("CleanText = %q", got)
	}
}

func TestNothingAmbiguousReachesATerminalThatDrawsItWide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		got := cell.Line(anyText().Draw(t, "s"), 30, true)
		for _, r := range got {
			if cell.Ambiguous(r) {
				t.Fatalf("%q is of ambiguous width in %q", r, got)
			}
		}
	})
	if got := cell.Line("买买提·吐尔逊", 13, true); got != "买买提.吐尔逊" {
		t.Errorf("%q", got)
	}
	if got := cell.Line("买买提·吐尔逊", 13, false); got != "买买提·吐尔逊" {
		t.Errorf("%q", got)
	}
}

func TestLineLetsColoursThroughAndNothingElse(t *testing.T) {
	got := cell.Line("\x1b[1;31m急\x1b[0m\x1b[2J\x1b]0;x\x07\x1bc\x07a", 4, false)
	if got != "\x1b[1;31m急\x1b[0ma " {
		t.Errorf("%q", got)
	}
}

func TestWrapKeepsMarksWhereTheyBelong(t *testing.T) {
	for _, c := range []struct {
		in   string
		w    int
		want []string
	}{
		{"孩子在家，奶奶也在。", 10, []string{"孩子在家，", "奶奶也在。"}},
		{"孩子在家里，奶奶也在", 10, []string{"孩子在家", "里，奶奶也", "在"}},
		{"她说“不回来了”就走", 8, []string{"她说“不", "回来了”", "就走"}},
		{"她说了（昨天的事）", 8, []string{"她说了", "（昨天的", "事）"}},
		{"电话 13900002231 打不通", 10, []string{"电话", "1390000223", "1 打不通"}},
		{"call the office now", 9, []string{"call the", "office", "now"}},
		{"一行\n二行", 20, []string{"一行", "二行"}},
		{"", 10, []string{""}},
		{"等了——很久", 6, []string{"等了——", "很久"}},
		{"𠮷㐂林", 5, []string{"𠮷㐂", "林"}},
		{"超宽", 1, []string{"超", "宽"}},
	} {
		if got := cell.Wrap(c.in, c.w); strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("Wrap(%q, %d) = %q, want %q", c.in, c.w, got, c.want)
		}
	}
}

func TestWrapLosesNothingButSpacesAndFits(t *testing.T) {
	squeeze := func(s string) string { return strings.NewReplacer(" ", "", "\n", "").Replace(s) }
	rapid.Check(t, func(t *rapid.T) {
		s, w := cell.CleanText(anyText().Draw(t, "s"), 500), rapid.IntRange(2, 30).Draw(t, "w")
		lines := cell.Wrap(s, w)
		for _, line := range lines {
			if cell.Width(line) > w {
				t.Fatalf("%q is wider than %d", line, w)
			}
		}
		if got := squeeze(strings.Join(lines, "")); got != squeeze(s) {
			t.Fatalf("Wrap(%q) lost something: %q", s, got)
		}
	})
}

func TestColumnsKeepTheirPlaces(t *testing.T) {
	cols := []cell.Column{{Min: 2, Max: 2, Right: true}, {Min: 6, Max: 8}, {Min: 10}, {Min: 6, Max: 6}}
	if got := cell.Layout(cols, 2, 40); got[0] != 2 || got[1] != 8 || got[2] != 18 || got[3] != 6 {
		t.Errorf("Layout = %v", got)
	}
	if got := cell.Layout(cols, 2, 20); got[3] != 0 {
		t.Errorf("on a narrow screen the last column goes: %v", got)
	}
	w := cell.Layout(cols, 2, 40)
	for _, row := range [][]string{{"1", "林小溪", "跟奶奶住", "二级"}, {"12", "买买提·吐尔逊", strings.Repeat("长", 40), "三级"}} {
		if got := cell.Width(cell.Row(cols, w, row, 2)); got != 40 {
			t.Errorf("row %q is %d wide", row, got)
		}
	}
	if got := cell.Row(cols, w, []string{"1", "林小溪", "跟奶奶住", "二级"}, 2); got != " 1  林小溪    跟奶奶住            二级  " {
		t.Errorf("%q", got)
	}
}

func FuzzLine(f *testing.F) {
	for _, s := range texts {
		f.Add(s, 10)
	}
	f.Fuzz(func(t *testing.T, s string, w int) {
		w = max(0, min(w, 300))
		if got := cell.Width(cell.Line(s, w, true)); got != w {
			t.Fatalf("Line(%q, %d) is %d wide", s, w, got)
		}
	})
}
