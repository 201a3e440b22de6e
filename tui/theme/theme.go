// Package theme gives every colour a meaning and every meaning its exact look.
//
// A Token is a meaning (danger, chosen row, a field). For each one the tables of this
// package hold four explicit looks: 24-bit colour, 256 colours, 16 colours, and
// monochrome (weight, underline, reverse). Nothing is derived: automatic reduction once
// turned alarm red into grey. Colour never carries a meaning alone; a word stands beside it.
package theme

import (
	"strings"

	"github.com/charmbracelet/colorprofile"
)

// Token is a meaning that has a look.
type Token int

// The tokens. Plain is the terminal's own text.
const (
	Plain  Token = iota
	Title        // the header line
	Dim          // what matters less: keys nobody needs now, old dates
	Strong       // a name, a count
	Danger       // must be done now; always beside a word such as 急
	Warn         // overdue, missing
	Good         // done, received by the district
	Chosen       // the row the cursor is on
	Field        // where one types
	Rule         // dashed lines
	Key          // a key's name in the bottom bar
	Notice       // one sentence above the bottom bar
	Off          // disabled
	tokens
)

// Depth is how many colours the terminal shows.
type Depth int

// The depths.
const (
	Mono Depth = iota
	Ansi16
	Ansi256
	True
)

// Mode says on what background the theme is read.
type Mode int

// The modes. Monochrome draws with weight, underline and reverse only, on any terminal.
const (
	Dark Mode = iota
	Light
	Monochrome
)

// look is the inside of an SGR sequence for each Depth.
type look [4]string

// A Theme paints. Its zero value paints nothing, which is right for tests of plain text.
type Theme struct {
	on    [tokens]string
	set   bool
	depth Depth
}

// New makes the theme for a background and a depth.
func New(mode Mode, depth Depth) Theme {
	table := &dark
	switch mode {
	case Light:
		table = &light
	case Monochrome:
		depth = Mono
	}
	depth = max(Mono, min(depth, True))
	t := Theme{set: true, depth: depth}
	for token, l := range table {
		if l[depth] != "" {
			t.on[token] = "\x1b[" + l[depth] + "m"
		}
	}
	return t
}

// Paint gives text the look of token. Text may itself hold painted parts; the look comes
// back behind each of them.
func (t Theme) Paint(token Token, text string) string {
	if !t.set || token <= Plain || token >= tokens || text == "" {
		return text
	}
	on := t.on[token]
	if on == "" {
		return text
	}
	const off = "\x1b[0m"
	if strings.Contains(text, off) {
		text = strings.ReplaceAll(text, off, off+on)
	}
	return on + text + off
}

// DepthOf translates what Bubble Tea found out about the terminal.
func DepthOf(p colorprofile.Profile) Depth {
	switch p {
	case colorprofile.TrueColor:
		return True
	case colorprofile.ANSI256:
		return Ansi256
	case colorprofile.ANSI:
		return Ansi16
	}
	return Mono
}

// Profile is what Bubble Tea must be told so that it passes our colours on unchanged.
func (d Depth) Profile() colorprofile.Profile {
	switch d {
	case True:
		return colorprofile.TrueColor
	case Ansi256:
		return colorprofile.ANSI256
	case Ansi16:
		return colorprofile.ANSI
	}
	return colorprofile.ASCII
}

// Detect reads the depth from the environment (KEY=value strings). NO_COLOR, set to
// anything, means Mono (no-color.org), whatever the terminal could do.
func Detect(environ []string) Depth {
	for _, e := range environ {
		if v, ok := strings.CutPrefix(e, "NO_COLOR="); ok && v != "" {
			return Mono
		}
	}
	return DepthOf(colorprofile.Env(environ))
}

// ModeNamed reads a mode as people write it: dark, light, mono. Anything else is Dark.
func ModeNamed(name string) Mode {
	switch strings.ToLower(name) {
	case "light":
		return Light
	case "mono":
		return Monochrome
	}
	return Dark
}
