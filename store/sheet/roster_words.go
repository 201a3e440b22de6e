package sheet

import (
	"encoding/json"
	"slices"
	"strings"
)

// nothing reports the signs for "not applicable".
func nothing(s string) bool {
	switch s {
	case "", "-", "—", "——", "－", "--", "/", "\\", "无", "没有", "暂无", "空", "N/A", "n/a", "NA", "不详", "未知", "*", "×", "0":
		return true
	}
	return false
}

// mark reads a tick or a cross; sure is false for anything else.
func mark(s string) (yes, sure bool) {
	switch strings.ToUpper(s) {
	case "√", "✓", "✔", "☑", "是", "有", "1", "Y", "YES", "TRUE", "对", "●", "■", "V", "∨":
		return true, true
	case "×", "✗", "✘", "☐", "□", "否", "无", "0", "N", "NO", "FALSE", "-", "—", "/", "○", "":
		return false, true
	}
	return false, false
}

// marshal is JSON as the ledger keeps it: < and & stay as they are.
func marshal(value any) (json.RawMessage, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return nil, err
	}
	return json.RawMessage(strings.TrimSuffix(b.String(), "\n")), nil
}

// text is a JSON string's text, "" for anything else.
func text(v json.RawMessage) string {
	var s string
	_ = json.Unmarshal(v, &s)
	return s
}

// union joins two JSON arrays of codes, each code once, in the order met.
func union(a, b json.RawMessage) json.RawMessage {
	var x, y []string
	_ = json.Unmarshal(a, &x)
	_ = json.Unmarshal(b, &y)
	for _, s := range y {
		if !slices.Contains(x, s) {
			x = append(x, s)
		}
	}
	raw, _ := marshal(x)
	return raw
}
