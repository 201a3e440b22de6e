package xpath

import (
	"math"
	"strings"
	"unicode/utf8"
)

var textFunctions = map[string]*function{
	"string": {max: 1, self: true, do: func(ev *evaluator, c *call) Value { return ev.made(c, ev.text(c, 0)) }},
	"string-length": {max: 1, self: true, do: func(ev *evaluator, c *call) Value {
		return MakeNumber(float64(utf8.RuneCountInString(ev.text(c, 0))))
	}},
	"normalize-space": {max: 1, self: true, do: func(ev *evaluator, c *call) Value {
		fields := strings.FieldsFunc(ev.text(c, 0), func(r rune) bool { return strings.ContainsRune(xmlSpace, r) })
		return ev.made(c, strings.Join(fields, " "))
	}},
	"concat": {max: -1, do: func(ev *evaluator, c *call) Value { return ev.joined(c, "", 0) }},
	"join": {min: 1, max: -1, do: func(ev *evaluator, c *call) Value {
		return ev.joined(c, ev.text(c, 0), 1)
	}},
	"contains": {min: 2, max: 2, do: func(ev *evaluator, c *call) Value {
		return MakeTruth(strings.Contains(ev.text(c, 0), ev.text(c, 1)))
	}},
	"starts-with": {min: 2, max: 2, do: func(ev *evaluator, c *call) Value {
		return MakeTruth(strings.HasPrefix(ev.text(c, 0), ev.text(c, 1)))
	}},
	"ends-with": {min: 2, max: 2, do: func(ev *evaluator, c *call) Value {
		return MakeTruth(strings.HasSuffix(ev.text(c, 0), ev.text(c, 1)))
	}},
	"substring-before": {min: 2, max: 2, do: func(ev *evaluator, c *call) Value {
		if before, _, found := strings.Cut(ev.text(c, 0), ev.text(c, 1)); found {
			return MakeText(before)
		}
		return Value{}
	}},
	"substring-after": {min: 2, max: 2, do: func(ev *evaluator, c *call) Value {
		if _, after, found := strings.Cut(ev.text(c, 0), ev.text(c, 1)); found {
			return MakeText(after)
		}
		return Value{}
	}},
	"substring": {min: 2, max: 3, do: doSubstring},
	"substr":    {min: 2, max: 3, do: doSubstr},
	"translate": {min: 3, max: 3, do: doTranslate},
	"regex":     {min: 2, max: 2, do: doRegex},
}

// joined concatenates the arguments from the i-th on, every node of a node-set.
func (ev *evaluator) joined(c *call, glue string, i int) Value {
	var b strings.Builder
	first := true
	ev.each(c, i, func(v Value) {
		if b.Len() > maxText {
			ev.fail("xpath.too_costly", c.span)
			return
		}
		if !first {
			b.WriteString(glue)
		}
		first = false
		b.WriteString(v.String())
	})
	return ev.made(c, b.String())
}

// doSubstring is XPath's: from 1, ends rounded, NaN and infinities allowed.
func doSubstring(ev *evaluator, c *call) Value {
	s := []rune(ev.text(c, 0))
	from := roundHalfUp(ev.number(c, 1))
	to := math.Inf(1)
	if len(c.args) == 3 {
		to = from + roundHalfUp(ev.number(c, 2))
	}
	var b strings.Builder
	for i, r := range s {
		if p := float64(i + 1); p >= from && p < to {
			b.WriteRune(r)
		}
	}
	return MakeText(b.String())
}

// doSubstr is ODK's: from 0, the end excluded, negative places count from the end.
func doSubstr(ev *evaluator, c *call) Value {
	s := []rune(ev.text(c, 0))
	place := func(i int, missing int) int {
		if i >= len(c.args) {
			return missing
		}
		f := ev.number(c, i)
		if math.IsNaN(f) {
			return 0
		}
		if f < 0 {
			f += float64(len(s))
		}
		return int(math.Max(0, math.Min(f, float64(len(s)))))
	}
	from, to := place(1, 0), place(2, len(s))
	if from >= to {
		return Value{}
	}
	return MakeText(string(s[from:to]))
}

func doTranslate(ev *evaluator, c *call) Value {
	s, from, to := ev.text(c, 0), []rune(ev.text(c, 1)), []rune(ev.text(c, 2))
	table := make(map[rune]rune, len(from))
	for i, r := range from {
		if _, ok := table[r]; ok {
			continue
		}
		if table[r] = -1; i < len(to) {
			table[r] = to[i]
		}
	}
	return ev.made(c, strings.Map(func(r rune) rune {
		if t, ok := table[r]; ok {
			return t
		}
		return r
	}, s))
}
