package cell

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// 避头尾: what must not begin a line and what must not end one (GB/T 15834-2011, 5.1.9
// and 5.1.10, with the Western marks that are typed in their place).
const (
	neverFirst = "、。，．：；？！）】》」』〉〕］｝”’…—·～％‰℃,.:;?!)]}%"
	neverLast  = "（【《「『〈〔［｛“‘￥$([{"
	neverApart = "—…"
)

// Wrap breaks plain text into lines of at most w cells. Words and numbers stay whole
// while they fit; a closing mark never begins a line and an opening one never ends it,
// as long as any other place to break exists. Line feeds are kept. There is always at
// least one line. w below 2 is treated as 2.
func Wrap(s string, w int) []string {
	if w < 2 {
		w = 2
	}
	var lines []string
	for _, paragraph := range strings.Split(s, "\n") {
		lines = append(lines, wrapParagraph(Clusters(paragraph), w)...)
	}
	return lines
}

func wrapParagraph(cs []Cluster, w int) []string {
	var lines []string
	for start := 0; ; {
		end := lineEnd(cs, start, w)
		lines = append(lines, strings.TrimRight(join(cs[start:end]), " "))
		for end < len(cs) && cs[end].Text == " " {
			end++
		}
		if end >= len(cs) {
			return lines
		}
		start = end
	}
}

// lineEnd is where the line that begins at start must end: an index behind start.
func lineEnd(cs []Cluster, start, w int) int {
	used, last := 0, 0
	for i := start; i < len(cs); i++ {
		if i > start && mayBreak(cs[i-1].Text, cs[i].Text) {
			last = i
		}
		if used+cs[i].Width > w && cs[i].Text != " " {
			switch {
			case last > start:
				return last
			case i > start:
				return i
			default:
				return start + 1
			}
		}
		used += cs[i].Width
	}
	return len(cs)
}

// mayBreak says whether a line may end between a and b.
func mayBreak(a, b string) bool {
	ra, _ := utf8.DecodeLastRuneInString(a)
	rb, _ := utf8.DecodeRuneInString(b)
	switch {
	case strings.ContainsRune(neverFirst, rb), strings.ContainsRune(neverLast, ra):
		return false
	case ra == rb && strings.ContainsRune(neverApart, ra):
		return false
	case rb == ' ':
		return false
	case ra == ' ':
		return true
	}
	return !(inWord(ra) && inWord(rb))
}

// inWord says that r is part of a word or number that should stay on one line.
func inWord(r rune) bool {
	if plainHan(r) {
		return false
	}
	return r < 0x2e80 && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsPunct(r) || unicode.IsSymbol(r) || unicode.IsMark(r))
}

func join(cs []Cluster) string {
	var b strings.Builder
	for _, c := range cs {
		b.WriteString(c.Text)
	}
	return b.String()
}
