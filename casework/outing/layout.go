package outing

import (
	"math"

	"doorstep/casework/rule"
)

// An A4 page between margins of 10 mm above and below and 12 mm at the sides, in points of
// 1/72 inch, less a little for printers that measure differently.
const (
	pageHeight = 770
	pageWidth  = 520
)

// Sizes of type, in points, largest first. The largest at which a sheet fits on one page is
// taken: whoever reads it is 55. A questionnaire that is too long for the smallest goes on
// over the page.
var Sizes = []float64{15, 14, 13, 12, 11}

// LineHeight is the distance of two lines, in sizes of type.
const LineHeight = 1.35

// indent is where labels and options begin, behind the code of the question, in sizes of type.
const indent = 4.0

// Size is the size of type, in points, at which the sheet fits on one page of A4.
func (s Sheet) Size(speaker rule.Speaker) float64 {
	for _, size := range Sizes {
		if s.lines(pageWidth/size, speaker)*size*LineHeight <= pageHeight {
			return size
		}
	}
	return Sizes[len(Sizes)-1]
}

// lines is how many lines of text a sheet is high on a page that is em sizes of type wide.
func (s Sheet) lines(em float64, speaker rule.Speaker) float64 {
	n := 1.1 + 3.1 + 1.4 // the sentence above, the name and the code, the date
	if len(s.Promises) > 0 {
		n += 1.5
		for _, p := range s.Promises {
			n += math.Ceil((2 + Width(p.Say(speaker))) / em)
		}
	}
	n += 1.5
	figures := 0.0
	for _, q := range s.Questions {
		if q.Blank == Figure { // several stand in a line
			n += 1.2 * max(0, math.Ceil((figures+1)/2)-math.Ceil(figures/2))
			figures++
			continue
		}
		figures = 0
		n += math.Ceil((Width(q.Ask(speaker)+q.Only(speaker))+1)/(em-indent)) + 0.25
		n += float64(len(q.Flow(em - indent)))
	}
	return n + 1.5 + float64(1+NewLines)*1.3 + 3.3 + 1 // what is new, signatures, the sentence below
}

// Flow lays the options of a question out in lines that are em sizes of type wide.
func (q Question) Flow(em float64) [][]Option {
	var out [][]Option
	used := 0.0
	for _, o := range q.Options {
		w := Width("□"+o.Keys+" "+o.Label) + 1.5
		if len(out) == 0 || used+w > em {
			out, used = append(out, nil), 0
		}
		out[len(out)-1] = append(out[len(out)-1], o)
		used += w
	}
	return out
}

// Width is how wide a text is in print, in sizes of type: a Han character is 1, a Latin
// letter or digit a little over a half.
func Width(text string) float64 {
	w := 0.0
	for _, r := range text {
		if r < 0x2000 {
			w += 0.55
		} else {
			w++
		}
	}
	return w
}
