package casework

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"unicode"
)

// ResidentID is a citizen's ID number 公民身份号码 (GB 11643), a residence permit of the same
// shape (81, 82, 83), a foreign permanent resident's number, or the reason why there is
// none. No form of printing shows the number: fmt, slog and JSON see the mask. Only Reveal
// and Register give it, so that each place that shows it can be found.
// It is comparable; it is never a key of anything stored.
type ResidentID struct {
	number string // normalised, upper case
	absent string // a code of the list "no_id_reason"
}

// IDKind is which paper a number comes from.
type IDKind int

// The papers.
const (
	IDNone        IDKind = iota
	IDCitizen            // 公民身份号码
	IDPermit             // 港澳台居民居住证
	IDForeign            // 外国人永久居留身份证, 2023 version, 18 digits
	IDForeignFore        // the same before 2023, 15 characters
)

var idWeights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

// idProvinces are the first two digits of GB/T 2260 codes that are or were in use.
const idProvinces = " 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91 "

// ParseResidentID climbs the ladder of GB 11643 on text as people type it: spaces, hyphens,
// quotes, a leading apostrophe or ="…", full-width digits and x or Ｘ are accepted, 15 old digits are made 18.
// Whether the address code exists is not asked: codes of abolished counties are legal;
// see Doubts.
//
// Errors, in the ladder's order: resident.empty, resident.scientific (1.10108E+17: the last
// digits are lost for ever), resident.length, resident.chars, resident.date,
// resident.future, resident.age (over 130 on today), resident.check. Today must be given.
func ParseResidentID(text string, today Day) (ResidentID, error) {
	const op = "casework.ParseResidentID"
	s := idText(text)
	switch {
	case s == "":
		return ResidentID{}, Problem(op, "resident.empty")
	case strings.ContainsAny(s, ".+") && strings.Contains(s, "E"):
		return ResidentID{}, Problem(op, "resident.scientific")
	}
	if foreignFore(s) {
		return ResidentID{number: s}, nil
	}
	n := len([]rune(s))
	if n != 18 && n != 15 {
		return ResidentID{}, Problem(op, "resident.length", "Length", n)
	}
	for i, r := range s {
		if (r < '0' || r > '9') && (r != 'X' || i != 17) {
			return ResidentID{}, Problem(op, "resident.chars", "Place", len([]rune(s[:i]))+1)
		}
	}
	old := n == 15
	if old {
		s = s[:6] + "19" + s[6:]
	}
	born, err := NewDay(atoi(s[6:10]), atoi(s[10:12]), atoi(s[12:14]))
	switch {
	case err != nil:
		return ResidentID{}, Problem(op, "resident.date")
	case born > today:
		return ResidentID{}, Problem(op, "resident.future")
	case born.FullYears(today) > 130:
		return ResidentID{}, Problem(op, "resident.age")
	}
	if old {
		return ResidentID{number: s + string(idCheck(s))}, nil
	}
	if idCheck(s) != s[17] {
		return ResidentID{}, Problem(op, "resident.check")
	}
	return ResidentID{number: s}, nil
}

// idText folds what typing and Excel leave around a number.
func idText(text string) string {
	if len(text) > 400 {
		text = text[:400]
	}
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), invisible(r), strings.ContainsRune("'’‘`´-_－=＝\"“”", r), r == 0xFFFD:
			return -1
		}
		return unicode.ToUpper(narrow(r))
	}, text)
}

// idCheck is the check character over the first 17 digits (ISO 7064 MOD 11-2).
func idCheck(s string) byte {
	sum := 0
	for i, w := range idWeights {
		sum += int(s[i]-'0') * w
	}
	return "10X98765432"[sum%11]
}

// foreignFore: three letters of a country, then twelve digits.
func foreignFore(s string) bool {
	if len(s) != 15 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if i < 3 && (c < 'A' || c > 'Z') || i >= 3 && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

func atoi(s string) int {
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// AbsentID says that there is no number, and why: a code of the list "no_id_reason".
// Error: resident.reason.
func AbsentID(reason string) (ResidentID, error) {
	if _, ok := NoIDReasons.Find(reason); !ok || reason == "" {
		return ResidentID{}, Problem("casework.AbsentID", "resident.reason")
	}
	t, _ := NoIDReasons.Find(reason)
	return ResidentID{absent: t.Code}, nil
}

// IsZero reports that nothing was said: neither a number nor why there is none.
func (id ResidentID) IsZero() bool { return id == ResidentID{} }

// Absent is the reason why there is no number, or "".
func (id ResidentID) Absent() string { return id.absent }

// Reveal is the whole number, for matching, for exports with a purpose, and for the screen
// that records that it was shown. Empty when absent.
func (id ResidentID) Reveal() string { return id.number }

// Kind is the paper the number comes from.
func (id ResidentID) Kind() IDKind {
	switch {
	case id.number == "":
		return IDNone
	case len(id.number) == 15:
		return IDForeignFore
	case id.number[0] == '9' && id.number[1] != '1':
		return IDForeign
	case strings.Contains("81 82 83", id.number[:2]):
		return IDPermit
	}
	return IDCitizen
}

// Birth is the day of birth the number carries; 0 when it carries none.
func (id ResidentID) Birth() Day {
	if len(id.number) != 18 {
		return 0
	}
	d, _ := NewDay(atoi(id.number[6:10]), atoi(id.number[10:12]), atoi(id.number[12:14]))
	return d
}

// Sex is "1" male, "2" female (GB/T 2261.1), or "" when the number does not say.
func (id ResidentID) Sex() string {
	if len(id.number) != 18 {
		return ""
	}
	if id.number[16]%2 == 1 {
		return "1"
	}
	return "2"
}

// Tail is the last four characters, for search: people remember them.
func (id ResidentID) Tail() string {
	if id.number == "" {
		return ""
	}
	return id.number[len(id.number)-4:]
}

// Doubts are what a person should look at though the number is legal: resident.province
// (no such province), resident.sex (differs from the stated sex code), resident.birth
// (differs from the stated birth; often the lunar birthday was written). Sex "" or "0"
// and an empty birth are not compared.
func (id ResidentID) Doubts(sex string, birth Date) []*Error {
	const op = "casework.ResidentID.Doubts"
	var out []*Error
	if k := id.Kind(); (k == IDCitizen || k == IDPermit) && !strings.Contains(idProvinces, " "+id.number[:2]+" ") {
		out = append(out, Problem(op, "resident.province"))
	}
	if own := id.Sex(); own != "" && (sex == "1" || sex == "2") && own != sex {
		out = append(out, Problem(op, "resident.sex"))
	}
	if own := id.Birth(); own != 0 && !birth.IsZero() && !agrees(own, birth) {
		out = append(out, Problem(op, "resident.birth"))
	}
	return out
}

// agrees reports that a stated birth, perhaps only a month, may be the number's. For a lunar
// one the number may carry its civil day or, as was often registered, its very digits.
func agrees(own Day, stated Date) bool {
	if first, last := stated.Bounds(); first <= own && own <= last {
		return true
	}
	y, m, d := own.Date()
	return stated.Lunar && stated.Year == y && stated.Month == m && stated.Day == d
}

// Mask is what screens show: 110108********1024; a short number shows its last four only.
func (id ResidentID) Mask() string {
	switch len(id.number) {
	case 18:
		return id.number[:6] + "********" + id.number[14:]
	case 15:
		return "***********" + id.number[11:]
	}
	return ""
}

// String is the mask.
func (id ResidentID) String() string { return id.Mask() }

// GoString is the mask.
func (id ResidentID) GoString() string { return "casework.ResidentID(" + id.Mask() + ")" }

// Format writes the mask for every verb.
func (id ResidentID) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(id.Mask())) }

// LogValue is the word "resident-id": not even a mask belongs in a log.
func (id ResidentID) LogValue() slog.Value { return slog.StringValue("resident-id") }

// MarshalJSON refuses: a number reaches JSON only through Register.
func (id ResidentID) MarshalJSON() ([]byte, error) {
	return nil, Problem("casework.ResidentID.MarshalJSON", "resident.guarded")
}

// Register is the value an operation writes: {"number": "…"} or {"absent": reason}; null
// when nothing was said.
func (id ResidentID) Register() json.RawMessage {
	switch {
	case id.number != "":
		return json.RawMessage(`{"number":"` + id.number + `"}`)
	case id.absent != "":
		return json.RawMessage(`{"absent":"` + id.absent + `"}`)
	}
	return json.RawMessage("null")
}

// ResidentOf reads what Register wrote. Errors: those of ParseResidentID and AbsentID,
// resident.malformed.
func ResidentOf(value json.RawMessage, today Day) (ResidentID, error) {
	var v *struct{ Number, Absent string }
	if err := json.Unmarshal(value, &v); err != nil {
		return ResidentID{}, Problem("casework.ResidentOf", "resident.malformed")
	}
	switch {
	case v == nil || v.Number == "" && v.Absent == "":
		return ResidentID{}, nil
	case v.Number != "":
		return ParseResidentID(v.Number, today)
	}
	return AbsentID(v.Absent)
}
