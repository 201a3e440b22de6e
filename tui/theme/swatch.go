package theme

import "strconv"

// Swatch is a cell filled with a colour: a blank on that background. Terminals of 16
// colours get shades of grey. false when the terminal shows no colours.
func (t Theme) Swatch(c [3]byte) (string, bool) {
	switch t.depth {
	case True:
		return "\x1b[48;2;" + number(c[0]) + ";" + number(c[1]) + ";" + number(c[2]) + "m \x1b[0m", true
	case Ansi256:
		return "\x1b[48;5;" + strconv.Itoa(cube(c)) + "m \x1b[0m", true
	case Ansi16:
		shades := [4]string{"40", "100", "47", "107"}
		light := (299*int(c[0]) + 587*int(c[1]) + 114*int(c[2])) / 1000
		return "\x1b[" + shades[light/64] + "m \x1b[0m", true
	}
	return " ", false
}

func number(b byte) string { return strconv.Itoa(int(b)) }

// cube is the nearest of the 216 colours and 24 greys of a terminal with 256 colours.
func cube(c [3]byte) int {
	levels := [6]int{0, 95, 135, 175, 215, 255}
	best, index := 1<<30, 16
	try := func(i, r, g, b int) {
		d := (r-int(c[0]))*(r-int(c[0])) + (g-int(c[1]))*(g-int(c[1])) + (b-int(c[2]))*(b-int(c[2]))
		if d < best {
			best, index = d, i
		}
	}
	var at [3]int
	for k := range c {
		for i, l := range levels {
			if abs(l-int(c[k])) < abs(levels[at[k]]-int(c[k])) {
				at[k] = i
			}
		}
	}
	try(16+36*at[0]+6*at[1]+at[2], levels[at[0]], levels[at[1]], levels[at[2]])
	grey := (int(c[0]) + int(c[1]) + int(c[2])) / 3
	step := max(0, min((grey-3)/10, 23))
	try(232+step, 8+10*step, 8+10*step, 8+10*step)
	return index
}

func abs(n int) int { return max(n, -n) }
