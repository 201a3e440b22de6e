package casework

import (
	"encoding/json"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Fits reports whether a JSON value has the shape of the field. Codes are not looked up:
// a district may add codes, and an old program must not refuse what a newer one wrote.
func (s FieldSpec) Fits(v json.RawMessage) bool {
	switch s.Type {
	case TypeText, TypeName:
		var t string
		return json.Unmarshal(v, &t) == nil && s.fitsText(t)
	case TypeCode, TypePhone:
		var t string
		return json.Unmarshal(v, &t) == nil && plain(t, 64)
	case TypeCodes:
		var ts []string
		if json.Unmarshal(v, &ts) != nil || len(ts) > 64 {
			return false
		}
		for _, t := range ts {
			if !plain(t, 64) {
				return false
			}
		}
		return true
	case TypeArea:
		var t string
		return json.Unmarshal(v, &t) == nil && len(t) == 12 && strings.Trim(t, "0123456789") == ""
	case TypeDay:
		var t string
		if json.Unmarshal(v, &t) != nil {
			return false
		}
		_, err := time.Parse(time.DateOnly, t)
		return err == nil
	case TypeMoment:
		var t time.Time
		return json.Unmarshal(v, &t) == nil
	case TypeNumber:
		var n float64
		return json.Unmarshal(v, &n) == nil
	case TypeFen:
		var n int64
		return json.Unmarshal(v, &n) == nil
	case TypeBool:
		var b bool
		return json.Unmarshal(v, &b) == nil
	case TypeRecord, TypeWorker:
		var id ID
		return json.Unmarshal(v, &id) == nil && !id.IsZero()
	case TypeHash:
		var h Hash
		return json.Unmarshal(v, &h) == nil
	case TypeResident, TypeDate:
		var m map[string]any
		return json.Unmarshal(v, &m) == nil && len(m) > 0 && len(v) < 1000
	case TypeJSON:
		return true
	}
	return false
}

func (s FieldSpec) fitsText(t string) bool {
	return utf8.ValidString(t) && utf8.RuneCountInString(t) <= s.Limit() && !hostile(t)
}

func plain(t string, limit int) bool { return len(t) <= limit && utf8.ValidString(t) && !hostile(t) }

// hostile reports characters that must never reach a screen: controls other than
// newline and tab, and marks that turn the direction of writing.
func hostile(t string) bool {
	return strings.ContainsFunc(t, hostileRune)
}

func hostileRune(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case unicode.IsControl(r):
		return true
	}
	return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0x200E || r == 0x200F || r == 0x061C
}
