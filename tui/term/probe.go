package term

import (
	"io"
	"regexp"
	"strconv"
	"time"
)

// Width is how many cells a terminal gives to a character of ambiguous width.
type Width int

// Unsaid is a terminal that has not answered; it is treated as Wide.
const (
	Unsaid Width = iota
	Narrow
	Wide
)

const (
	// question draws "·" at the beginning of the second row of an empty alternate screen
	// and asks where the cursor is. In the second row the answer cannot be taken for F3.
	question = "\x1b[?1049h\x1b[2J\x1b[2;1H·\x1b[6n"
	// questionEnd leaves no trace of it.
	questionEnd = "\x1b[2J\x1b[?1049l"
	// slice and slices are how long an answer is waited for: 20 ms in all. The first
	// frame must not wait longer; later answers reach the stage.
	slice  = 5 * time.Millisecond
	slices = 4
)

var answer = regexp.MustCompile(`\x1b\[(\d+);(\d+)R`)

// ask puts the question. read waits at most so long for bytes from the terminal and
// gives none when there are none.
func ask(out io.Writer, read func(time.Duration) []byte) Width {
	if _, err := io.WriteString(out, question); err != nil {
		return Unsaid
	}
	width := Unsaid
	var got []byte
	for range slices {
		got = append(got, read(slice)...)
		if width = understand(got); width != Unsaid {
			break
		}
	}
	_, _ = io.WriteString(out, questionEnd)
	return width
}

// understand reads the answer: the column behind the character, counted from 1.
func understand(got []byte) Width {
	m := answer.FindSubmatch(got)
	if m == nil || string(m[1]) != "2" {
		return Unsaid
	}
	switch column, _ := strconv.Atoi(string(m[2])); column {
	case 2:
		return Narrow
	case 3:
		return Wide
	}
	return Unsaid
}
