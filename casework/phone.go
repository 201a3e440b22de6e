package casework

import (
	"regexp"
	"strings"
)

// Phone is a telephone number as it is dialled inside China: 13912342231, 0631-5812345,
// 0631-5812345-12, or a short number such as 120. Old people may share a child's phone, so
// it identifies nobody.
type Phone string

var (
	phoneMobile   = regexp.MustCompile(`^1[3-9]\d{9}$`)
	phoneLandline = regexp.MustCompile(`^(0\d{2,3})-?(\d{7,8})(?:-(\d{1,6}))?$`)
	phoneLocal    = regexp.MustCompile(`^[2-8]\d{6,7}$`)
	phoneShort    = regexp.MustCompile(`^(1(10|19|20|22)|12\d{3}|95\d{3})$`)
	phoneService  = regexp.MustCompile(`^[48]00\d{7}$`)
)

// ParsePhone reads one number: +86, 0086 and 86 before a mobile, spaces, hyphens, brackets
// and full-width digits are accepted. Errors: phone.empty, phone.malformed,
// phone.scientific (1.39E+10: digits lost), phone.hidden (already masked with *).
func ParsePhone(text string) (Phone, error) {
	const op = "casework.ParsePhone"
	s := strings.Trim(CleanLine(Narrow(text), 60), "'’‘`.,:; ")
	if s == "" {
		return "", Problem(op, "phone.empty")
	}
	if strings.Contains(s, "*") {
		return "", Problem(op, "phone.hidden")
	}
	if strings.ContainsAny(s, "eE") && strings.Contains(s, ".") {
		return "", Problem(op, "phone.scientific")
	}
	s = strings.NewReplacer("—", "-", "–", "-", "(", "", ")", "-", "转", "-", "_", "-").Replace(s)
	digits := strings.NewReplacer(" ", "", "-", "", "+", "").Replace(s)
	mobile := digits
	for _, prefix := range []string{"0086", "86", "0"} {
		if rest, ok := strings.CutPrefix(digits, prefix); ok && phoneMobile.MatchString(rest) {
			mobile = rest
			break
		}
	}
	s = strings.Trim(strings.ReplaceAll(s, " ", "-"), "-")
	for strings.Contains(s, "--") {
		s = strings.ReplaceAll(s, "--", "-")
	}
	if rest, ok := strings.CutPrefix(s, "+86-"); ok {
		s = "0" + strings.TrimPrefix(rest, "0")
	}
	switch {
	case phoneMobile.MatchString(mobile):
		return Phone(mobile), nil
	case phoneShort.MatchString(digits), phoneLocal.MatchString(digits), phoneService.MatchString(digits):
		return Phone(digits), nil
	}
	if p := landline(s); p != "" {
		return p, nil
	}
	if p := landline(digits); p != "" {
		return p, nil
	}
	return "", Problem(op, "phone.malformed")
}

// landline writes area code, number and extension apart; areas of three digits are 010
// and 02x, all others have four.
func landline(s string) Phone {
	if len(s) < 10 || s[0] != '0' {
		return ""
	}
	if !strings.Contains(s, "-") {
		n := 4
		if s[1] == '1' || s[1] == '2' {
			n = 3
		}
		s = s[:n] + "-" + s[n:]
	}
	m := phoneLandline.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	p := m[1] + "-" + m[2]
	if m[3] != "" {
		p += "-" + m[3]
	}
	return Phone(p)
}

// ParsePhones reads a cell that may hold several numbers, parted by / 、 ; , 或 or spaces.
// Numbers that could be read are returned also when others could not; each number once.
// Errors: those of ParsePhone, the first one met.
func ParsePhones(text string) ([]Phone, error) {
	s := CleanLine(Narrow(strings.ReplaceAll(text, "\n", "/")), 200)
	if p, err := ParsePhone(s); err == nil {
		return []Phone{p}, nil
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("/、;,，；|\\或&", r) })
	var out []Phone
	var first error
	add := func(p Phone) {
		for _, q := range out {
			if p == q {
				return
			}
		}
		out = append(out, p)
	}
	for _, part := range parts {
		p, err := ParsePhone(part)
		if err == nil {
			add(p)
			continue
		}
		words := strings.Fields(part)
		good := 0
		for _, w := range words {
			if p, e := ParsePhone(strings.TrimFunc(w, func(r rune) bool { return r > 0x2000 || r == ':' })); e == nil {
				add(p)
				good++
			}
		}
		if good == 0 || len(words) > 1 && good < len(words) {
			if CodeOf(err) != "phone.empty" && first == nil {
				first = err
			}
		}
	}
	if len(out) == 0 && first == nil {
		first = Problem("casework.ParsePhones", "phone.empty")
	}
	return out, first
}

// Mask is what screens show: 139****2231; a landline hides its middle; short public
// numbers are shown.
func (p Phone) Mask() string {
	s := string(p)
	switch {
	case len(s) <= 5:
		return s
	case phoneMobile.MatchString(s):
		return s[:3] + "****" + s[7:]
	case len(s) > 8:
		return s[:len(s)-6] + "****" + s[len(s)-2:]
	}
	return s[:2] + "****" + s[len(s)-2:]
}

// Mobile reports whether it can receive a text message.
func (p Phone) Mobile() bool { return phoneMobile.MatchString(string(p)) }
