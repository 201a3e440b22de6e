package casework

import (
	"fmt"
	"math"
	"math/big"
	"regexp"
	"strings"
)

// Fen is money in hundredths of a yuan.
type Fen int64

// maxFen bounds what is read: ten thousand 亿 yuan, far above a province's budget.
const maxFen = 1e14

var fenText = regexp.MustCompile(`^([-+]?)(\d{1,15})(\.\d{1,9})?(亿元|万元|元|角|分|亿|万)?(整|正)?$`)

// ParseFen reads an amount in yuan as people type it: 1234.5, 1,234.50, ￥20, 20元, 1.2万元,
// 5角, with full-width digits; in brackets or with a minus it is negative. What lies below
// one fen is rounded half up, away from zero. Errors: money.empty, money.malformed,
// money.range (above 1,000,000,000,000 yuan).
func ParseFen(text string) (Fen, error) {
	const op = "casework.ParseFen"
	if len(text) > 200 {
		return 0, Problem(op, "money.malformed")
	}
	s := strings.NewReplacer(" ", "", ",", "", "¥", "", "'", "", "人民币", "", "圆", "元", "块", "元").
		Replace(CleanLine(Narrow(text), 60))
	if s == "" {
		return 0, Problem(op, "money.empty")
	}
	negative := false
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		negative, s = true, s[1:len(s)-1]
	}
	m := fenText.FindStringSubmatch(s)
	if m == nil {
		return 0, Problem(op, "money.malformed")
	}
	r, ok := new(big.Rat).SetString(m[2] + m[3])
	if !ok {
		return 0, Problem(op, "money.malformed")
	}
	fen := map[string]int64{"": 100, "元": 100, "角": 10, "分": 1, "万": 1e6, "万元": 1e6, "亿": 1e10, "亿元": 1e10}[m[4]]
	r.Mul(r, new(big.Rat).SetInt64(fen))
	v := roundHalfUp(r.Num(), r.Denom())
	if !v.IsInt64() || v.Int64() > maxFen {
		return 0, Problem(op, "money.range")
	}
	f := Fen(v.Int64())
	if negative != (m[1] == "-") {
		f = -f
	}
	return f, nil
}

// roundHalfUp divides two non-negative numbers and rounds the half upwards.
func roundHalfUp(num, den *big.Int) *big.Int {
	two := big.NewInt(2)
	n := new(big.Int).Mul(num, two)
	n.Add(n, den)
	return n.Div(n, new(big.Int).Mul(den, two))
}

// scaled is f times num over den, rounded half up, away from zero; it saturates.
func (f Fen) scaled(num, den int64) Fen {
	a := new(big.Int).Mul(big.NewInt(int64(f)), big.NewInt(num))
	negative := a.Sign() < 0
	v := roundHalfUp(a.Abs(a), big.NewInt(den))
	out := Fen(math.MaxInt64)
	if v.IsInt64() {
		out = Fen(v.Int64())
	}
	if negative {
		out = -out
	}
	return out
}

// ForMinutes is the pay for a time at f per hour, rounded half up to the fen. Minutes ≥ 0.
func (f Fen) ForMinutes(minutes int) Fen { return f.scaled(int64(minutes), 60) }

// Yuan is the amount in yuan with two decimals and no unit: "-1234.50".
func (f Fen) Yuan() string {
	s, n := "", uint64(f)
	if f < 0 {
		s, n = "-", -uint64(f)
	}
	return fmt.Sprintf("%s%d.%02d", s, n/100, n%100)
}

// String is Yuan.
func (f Fen) String() string { return f.Yuan() }

// Wan is the amount in 万元 with the given decimals (0–6), rounded half up, no unit. A
// report keeps the remainder in its total row by converting the total itself.
func (f Fen) Wan(decimals int) string {
	decimals = min(max(decimals, 0), 6)
	unit := int64(1)
	for range 6 - decimals {
		unit *= 10
	}
	v := int64(f.scaled(1, unit))
	s := ""
	if v < 0 {
		s, v = "-", -v
	}
	if decimals == 0 {
		return fmt.Sprintf("%s%d", s, v)
	}
	scale := int64(1e6) / unit
	return fmt.Sprintf("%s%d.%0*d", s, v/scale, decimals, v%scale)
}

const upperDigits = "零壹贰叁肆伍陆柒捌玖"

// Upper is the amount in the capital numerals of receipts: 壹仟贰佰叁拾肆元伍角整.
func (f Fen) Upper() string {
	digit := []rune(upperDigits)
	n := uint64(f)
	var b strings.Builder
	if f < 0 {
		b.WriteString("负")
		n = -n
	}
	yuan, jiao, fen := n/100, n/10%10, n%10
	if yuan > 0 {
		b.WriteString(upperInteger(yuan, digit))
		b.WriteString("元")
	}
	switch {
	case jiao == 0 && fen == 0:
		if yuan == 0 {
			b.WriteString("零元")
		}
		b.WriteString("整")
		return b.String()
	case jiao > 0:
		b.WriteRune(digit[jiao])
		b.WriteString("角")
	case yuan > 0:
		b.WriteString("零")
	}
	if fen > 0 {
		b.WriteRune(digit[fen])
		b.WriteString("分")
	} else {
		b.WriteString("整")
	}
	return b.String()
}

func upperInteger(n uint64, digit []rune) string {
	small := []string{"", "拾", "佰", "仟"}
	large := []string{"", "万", "亿", "万亿", "亿亿"}
	var b strings.Builder
	var groups []uint64
	for ; n > 0; n /= 10000 {
		groups = append(groups, n%10000)
	}
	gap := false
	for g := len(groups) - 1; g >= 0; g-- {
		v := groups[g]
		if v == 0 {
			gap = b.Len() > 0
			continue
		}
		if b.Len() > 0 && v < 1000 {
			gap = true
		}
		for p := 3; p >= 0; p-- {
			d := v
			for range p {
				d /= 10
			}
			d %= 10
			if d == 0 {
				gap = gap || b.Len() > 0
				continue
			}
			if gap {
				b.WriteRune(digit[0])
				gap = false
			}
			b.WriteRune(digit[d])
			b.WriteString(small[p])
		}
		gap = false
		unit := large[g]
		if g == 3 && groups[2] != 0 {
			unit = "万" // 壹万…亿: the 亿 is written once
		}
		b.WriteString(unit)
	}
	return b.String()
}
