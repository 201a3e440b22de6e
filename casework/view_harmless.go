package casework

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// harmless is a value as views show it: characters that drive a terminal or turn the
// direction of writing are left out, wherever in the value they stand. Operations with
// such characters are refused (Fits), so only a record made elsewhere can hold them; the
// record itself keeps what it was given. A value without them is returned as it is.
func harmless(v json.RawMessage) json.RawMessage {
	if !suspect(v) {
		return v
	}
	d := json.NewDecoder(bytes.NewReader(v))
	d.UseNumber()
	var whole any
	if d.Decode(&whole) != nil {
		return json.RawMessage("null")
	}
	clean, changed := strip(whole)
	if !changed {
		return v
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if e.Encode(clean) != nil {
		return json.RawMessage("null")
	}
	return bytes.TrimSpace(out.Bytes())
}

// suspect reports bytes that a hostile character begins with, raw or as an escape. Han
// and plain ASCII have none of them.
func suspect(v json.RawMessage) bool {
	for i, c := range v {
		switch {
		case c == 0x7F || c == 0xC2 || c == 0xD8:
			return true
		case c == 0xE2 && i+1 < len(v) && (v[i+1] == 0x80 || v[i+1] == 0x81):
			return true
		case c == '\\' && i+1 < len(v) && v[i+1] != '"' && v[i+1] != 'n' && v[i+1] != 't':
			return true
		}
	}
	return false
}

// strip is a decoded value without hostile characters, and whether there were any.
func strip(v any) (clean any, changed bool) {
	switch v := v.(type) {
	case string:
		if !hostile(v) {
			return v, false
		}
		return strings.Map(func(r rune) rune {
			if hostileRune(r) {
				return -1
			}
			return r
		}, v), true
	case []any:
		for i := range v {
			x, did := strip(v[i])
			v[i], changed = x, changed || did
		}
		return v, changed
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, x := range v {
			name, renamed := strip(k)
			y, did := strip(x)
			out[name.(string)], changed = y, changed || renamed || did
		}
		return out, changed
	}
	return v, false
}

// shownName is a name as lists show it: at most as long as the schema lets one be.
func shownName(s string) string {
	if len(s) > 60 && utf8.RuneCountInString(s) > 60 {
		return string([]rune(s)[:60])
	}
	return s
}
