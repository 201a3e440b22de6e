package xpath

import (
	"math"
	"strconv"
	"strings"
)

// xmlSpace is what XML and XPath call white space.
const xmlSpace = " \t\r\n"

// textNumber reads XPath's number syntax (no exponent, no plus sign) and, failing that,
// a date or timestamp as its civil day. Anything else is NaN.
func textNumber(s string) float64 {
	s = strings.Trim(s, xmlSpace)
	if plainNumber(s) {
		f, _ := strconv.ParseFloat(s, 64) // out of range gives ±Inf, which is right
		return f
	}
	if stamp, ok := parseStamp(s); ok {
		return float64(stamp.day)
	}
	return math.NaN()
}

func plainNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	// Other programs write what is nearly zero as 7.9e-12.
	if i := strings.Index(s, "e-"); i > 0 && i+2 < len(s) && strings.Trim(s[i+2:], "0123456789") == "" {
		s = s[:i]
	}
	digits, dots := 0, 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] >= '0' && s[i] <= '9':
			digits++
		case s[i] == '.':
			dots++
		default:
			return false
		}
	}
	return digits > 0 && dots <= 1
}

// formatNumber writes a number without exponent, as XPath wants it.
func formatNumber(f float64) string {
	switch {
	case math.IsNaN(f):
		return "NaN"
	case math.IsInf(f, 1):
		return "Infinity"
	case math.IsInf(f, -1):
		return "-Infinity"
	case f == 0:
		return "0"
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// roundDecimal rounds half away from zero at a decimal place, on the digits a person
// sees: 2.15 becomes 2.2 although its binary value is a little less.
func roundDecimal(f float64, places int) float64 {
	if math.IsNaN(f) || math.IsInf(f, 0) || places > 30 {
		return f
	}
	if places < -310 {
		return math.Copysign(0, f)
	}
	digits := strconv.FormatFloat(math.Abs(f), 'f', -1, 64)
	whole, frac, _ := strings.Cut(digits, ".")
	if places >= len(frac) {
		return f
	}
	cut := len(whole) + places
	all := whole + frac
	if cut < 0 {
		return math.Copysign(0, f)
	}
	up := all[cut] >= '5'
	kept := []byte("0" + all[:cut])
	for i := len(kept) - 1; up && i >= 0; i-- {
		if kept[i] == '9' {
			kept[i] = '0'
			continue
		}
		kept[i]++
		up = false
	}
	out, _ := strconv.ParseFloat(string(kept)+"e"+strconv.Itoa(-places), 64)
	return math.Copysign(out, f)
}

// roundHalfUp is XPath's one-argument round(): halves go towards positive infinity.
func roundHalfUp(f float64) float64 {
	if math.IsNaN(f) || math.IsInf(f, 0) || f == math.Trunc(f) {
		return f
	}
	r := math.Floor(f + 0.5)
	if math.Abs(f) >= 1<<52 {
		r = f
	}
	if f == 0.49999999999999994 {
		r = 0
	}
	if r == 0 && f < 0 {
		return math.Copysign(0, -1)
	}
	return r
}
