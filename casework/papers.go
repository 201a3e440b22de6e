package casework

import (
	"fmt"
	"strings"
)

// DisabilityCard is the number of a disability card 残疾人证: the holder's ID number, one digit
// of kind, one of grade, and B1… when it was issued again. It prints masked, like the number
// inside it.
type DisabilityCard struct {
	holder ResidentID
	tail   string
}

// ParseDisabilityCard reads the 20 characters, or 22 for a card issued again. Errors:
// disability_card.length, disability_card.kind (1–7), disability_card.grade (1–4), and the
// ladder of ParseResidentID for the first 18.
func ParseDisabilityCard(text string, today Day) (DisabilityCard, error) {
	const op = "casework.ParseDisabilityCard"
	s := idText(text)
	if len(s) != 20 && (len(s) != 22 || s[20] != 'B' || s[21] < '1' || s[21] > '9') {
		return DisabilityCard{}, Problem(op, "disability_card.length", "Length", len([]rune(s)))
	}
	holder, err := ParseResidentID(s[:18], today)
	switch {
	case err != nil:
		return DisabilityCard{}, err
	case s[18] < '1' || s[18] > '7':
		return DisabilityCard{}, Problem(op, "disability_card.kind")
	case s[19] < '1' || s[19] > '4':
		return DisabilityCard{}, Problem(op, "disability_card.grade")
	}
	return DisabilityCard{holder: holder, tail: s[18:]}, nil
}

// Holder is the ID number inside the card's.
func (c DisabilityCard) Holder() ResidentID { return c.holder }

// Kind is a code of the list "disability_kind"; "" for the zero card.
func (c DisabilityCard) Kind() string { return c.at(0) }

// Grade is a code of the list "disability_grade", 1 the worst; "" for the zero card.
func (c DisabilityCard) Grade() string { return c.at(1) }

func (c DisabilityCard) at(i int) string {
	if c.tail == "" {
		return ""
	}
	return c.tail[i : i+1]
}

// Reveal is the whole number.
func (c DisabilityCard) Reveal() string { return c.holder.Reveal() + c.tail }

// Mask shows what ResidentID's mask shows, and kind and grade.
func (c DisabilityCard) Mask() string { return c.holder.Mask() + c.tail }

// String is the mask.
func (c DisabilityCard) String() string { return c.Mask() }

// GoString is the mask.
func (c DisabilityCard) GoString() string { return "casework.DisabilityCard(" + c.Mask() + ")" }

// Format writes the mask for every verb.
func (c DisabilityCard) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(c.Mask())) }

// CreditCode is an organisation's unified social credit code 统一社会信用代码 (GB 32100).
type CreditCode string

const creditChars = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// ParseCreditCode reads the 18 characters; lower case, full width and spaces are accepted.
// Errors: credit_code.length, credit_code.chars, credit_code.check.
func ParseCreditCode(text string) (CreditCode, error) {
	const op = "casework.ParseCreditCode"
	s := idText(text)
	if len([]rune(s)) != 18 {
		return "", Problem(op, "credit_code.length", "Length", len([]rune(s)))
	}
	sum, weight := 0, 1
	for i, r := range s {
		v := strings.IndexRune(creditChars, r)
		if v < 0 {
			return "", Problem(op, "credit_code.chars", "Place", i+1)
		}
		if i < 17 {
			sum += v * weight
			weight = weight * 3 % 31
		}
	}
	if creditChars[(31-sum%31)%31] != s[17] {
		return "", Problem(op, "credit_code.check")
	}
	return CreditCode(s), nil
}
