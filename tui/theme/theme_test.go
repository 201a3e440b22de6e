package theme

import (
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
)

// alone lists tokens that may look like plain text somewhere, because a word or a place
// always says the same: the rest must be told apart on every terminal.
var alone = map[Token]bool{Plain: true, Dim: true, Good: true, Rule: true, Off: true}

func TestEveryTokenHasALookAtEveryDepth(t *testing.T) {
	shape := map[int]*regexp.Regexp{
		0: regexp.MustCompile(`^[147](;[147])*$`),
		1: regexp.MustCompile(`^(1|4|7|3[0-7]|9[0-7]|4[0-7]|10[0-7])(;(1|4|7|3[0-7]|9[0-7]|4[0-7]|10[0-7]))*$`),
		2: regexp.MustCompile(`^(1|4)?;?([34]8;5;\d+;?)*$`),
		3: regexp.MustCompile(`^(1|4)?;?([34]8;2;\d+;\d+;\d+;?)*$`),
	}
	for name, table := range map[string]*[tokens]look{"dark": &dark, "light": &light} {
		for token := Plain + 1; token < tokens; token++ {
			for depth, sgr := range table[token] {
				if sgr == "" && (depth > 0 || !alone[token]) {
					t.Errorf("%s: token %d has no look at depth %d", name, token, depth)
				}
				if sgr != "" && !shape[depth].MatchString(sgr) {
					t.Errorf("%s: token %d at depth %d uses %q, which that depth does not have", name, token, depth, sgr)
				}
			}
		}
	}
}

func TestDangerIsNeverGrey(t *testing.T) {
	for _, table := range []*[tokens]look{&dark, &light} {
		for depth, sgr := range table[Danger] {
			if sgr == table[Dim][depth] || sgr == table[Off][depth] || sgr == "" {
				t.Errorf("danger looks like what matters less at depth %d", depth)
			}
		}
	}
}

func TestNoColorWinsOverEverything(t *testing.T) {
	if got := Detect([]string{"TERM=xterm-256color", "COLORTERM=truecolor", "NO_COLOR=1"}); got != Mono {
		t.Errorf("depth %d", got)
	}
	painted := New(Dark, Mono).Paint(Danger, "急")
	if strings.Contains(painted, "3") || !strings.Contains(painted, "急") {
		t.Errorf("monochrome must not use colours: %q", painted)
	}
	if got := New(Monochrome, True).Paint(Warn, "逾期"); got != New(Dark, Mono).Paint(Warn, "逾期") {
		t.Errorf("%q", got)
	}
}

func TestDepthsTravelToBubbleTeaAndBack(t *testing.T) {
	for _, d := range []Depth{Mono, Ansi16, Ansi256, True} {
		if DepthOf(d.Profile()) != d {
			t.Errorf("depth %d", d)
		}
	}
	if DepthOf(colorprofile.NoTTY) != Mono {
		t.Error("a pipe has no colours")
	}
}

func TestPaintComesBackBehindAPaintedPart(t *testing.T) {
	th := New(Dark, Ansi16)
	got := th.Paint(Chosen, "一"+th.Paint(Warn, "逾期")+"二")
	if !strings.Contains(got, "\x1b[0m\x1b[7m二") {
		t.Errorf("%q", got)
	}
	if (Theme{}).Paint(Danger, "急") != "急" {
		t.Error("the zero theme paints nothing")
	}
}
