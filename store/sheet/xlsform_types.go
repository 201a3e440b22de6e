package sheet

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"doorstep/casework/form"
)

// rowType is what a cell of the type column asks for.
type rowType struct {
	begin, end form.Kind // of a group or repeat
	question   form.Type
	list       string // name of a choice list, or a file's name
	fromFile   bool
	external   bool // the list stands in the sheet external_choices
	orOther    bool
	ignored    bool   // a kind of record this program deliberately does not make: stays blank
	fileOnly   bool   // csv-external: a list from a file, and no question
	refused    string // a type that is known and not supported
}

// typeAliases maps the dialect's spellings (lower case, one blank between words) to types.
var typeAliases = map[string]form.Type{
	"text": form.TypeText, "string": form.TypeText,
	"integer": form.TypeInteger, "int": form.TypeInteger, "decimal": form.TypeDecimal,
	"date": form.TypeDate, "time": form.TypeTime, "datetime": form.TypeDateTime, "date time": form.TypeDateTime,
	"note": form.TypeNote, "calculate": form.TypeCalculate, "calculation": form.TypeCalculate, "hidden": form.TypeHidden,
	"acknowledge": form.TypeAcknowledge, "trigger": form.TypeAcknowledge, "range": form.TypeRange,
	"start": form.TypeStart, "start time": form.TypeStart, "end": form.TypeEnd, "end time": form.TypeEnd,
	"uri:deviceid": form.TypeDeviceID, "uri:username": form.TypeUsername, "uri:phonenumber": form.TypeText, "uri:email": form.TypeText,
	"today": form.TypeToday, "get today": form.TypeToday, "day of survey": form.TypeToday,
	"deviceid": form.TypeDeviceID, "device id": form.TypeDeviceID, "imei": form.TypeDeviceID, "username": form.TypeUsername,
	"geopoint": form.TypeGeopoint, "gps": form.TypeGeopoint, "location": form.TypeGeopoint, "barcode": form.TypeBarcode,
	"phonenumber": form.TypeText, "phone number": form.TypeText, "email": form.TypeText,
	"image": form.TypeImage, "photo": form.TypeImage, "picture": form.TypeImage,
	"audio": form.TypeAudio, "video": form.TypeVideo, "file": form.TypeFile,
}

// ignoredTypes record things about the worker or the machine that this program does not
// record (people.md §1.6: no tracks), or do nothing on a laptop.
var ignoredTypes = map[string]bool{
	"audit": true, "start-geopoint": true, "subscriberid": true, "subscriber id": true, "simserial": true, "sim serial": true, "sim id": true,
	"uri:subscriberid": true, "uri:simserial": true,
}

// refusedTypes are known to XLSForm and not to this program (forms.md §3).
var refusedTypes = map[string]bool{
	"geotrace": true, "geoshape": true, "xml-external": true, "background-audio": true, "background-geopoint": true,
	"osm": true, "begin loop": true, "end loop": true, "url": true,
}

var (
	selectWords = regexp.MustCompile(`^(?:add )?(select one from file|select multiple from file|select one external|select one from|select one using|select one|select1|select all that apply from file|select all that apply from|select all that apply|select multiple from|select multiple using|select multiple|select|rank)(?: prompt)?(?: using)? (\S.*)$`)
	promptWords = regexp.MustCompile(`^(?:add |get )?(.+?)(?: (?:prompt|question|widget))?$`)
	otherWords  = regexp.MustCompile(`(?i)[ _]+or[ _](?:specify[ _])?other$`)
	beginWords  = regexp.MustCompile(`^(begin|end) (group|lgroup|repeat|looped group|loop)\b`)
)

// parseType understands a cell of the type column; ok is false for a word nobody knows.
func parseType(cell string) (t rowType, ok bool) {
	cell = strings.Join(strings.Fields(cell), " ")
	words := strings.ToLower(cell)
	for _, w := range []string{"begin_", "end_", "begin:", "end:"} {
		if strings.HasPrefix(words, w) {
			words = strings.Replace(words, w[len(w)-1:], " ", 1)
		}
	}
	if m := beginWords.FindStringSubmatch(words); m != nil {
		kind := form.Group
		switch m[2] {
		case "repeat", "looped group", "lgroup":
			kind = form.Repeat
		case "loop":
			t.refused = m[1] + " loop"
		}
		if m[1] == "begin" {
			t.begin = kind
		} else {
			t.end = kind
		}
		return t, true
	}
	if ignoredTypes[words] {
		return rowType{ignored: true}, true
	}
	if words == "csv-external" {
		return rowType{fileOnly: true}, true
	}
	if refusedTypes[words] {
		return rowType{refused: words}, true
	}
	if s := otherWords.ReplaceAllString(cell, ""); s != cell {
		t.orOther, cell = true, s
	}
	verb, rest, _ := strings.Cut(cell, " ")
	words = strings.ReplaceAll(strings.ToLower(verb), "_", " ") + " " + rest
	if rest != "" {
		// The list's name keeps its letters; only the words before it are folded.
		low := lowerASCII(words)
		if m := selectWords.FindStringSubmatchIndex(low); m != nil {
			return t.selectFrom(low[m[2]:m[3]], words[m[4]:m[5]])
		}
	}
	words = strings.TrimSpace(strings.ReplaceAll(strings.ToLower(cell), "_", " "))
	if refusedTypes[words] {
		return rowType{refused: words}, true
	}
	if q, known := typeAliases[words]; known {
		t.question = q
		return t, !t.orOther
	}
	if m := promptWords.FindStringSubmatch(words); m != nil {
		if q, known := typeAliases[m[1]]; known {
			t.question = q
			return t, !t.orOther
		}
	}
	return rowType{}, false
}

// lowerASCII folds the letters of type words and keeps every byte in its place, so that a
// match in the folded text is the same place in the original.
func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

func (t rowType) selectFrom(verb, list string) (rowType, bool) {
	t.question, t.list = form.TypeSelectOne, list
	switch {
	case verb == "select one external":
		t.external = true
	case verb == "rank":
		t.question = form.TypeRank
	case strings.HasPrefix(verb, "select all"), strings.HasPrefix(verb, "select multiple"):
		t.question = form.TypeSelectMultiple
	}
	t.fromFile = strings.HasSuffix(verb, "from file")
	return t, true
}

// parameters reads "start=1 end=10, step=2" into a map; bad lists the words that are not
// name=value.
func parameters(cell string) (out map[string]string, bad []string) {
	cell = strings.NewReplacer("，", " ", ",", " ", ";", " ", "；", " ", "＝", "=").Replace(cell)
	cell = regexp.MustCompile(`\s*=\s*`).ReplaceAllString(cell, "=")
	for _, w := range strings.Fields(cell) {
		k, v, ok := strings.Cut(w, "=")
		if !ok || k == "" || v == "" {
			bad = append(bad, w)
			continue
		}
		if out == nil {
			out = map[string]string{}
		}
		if low := strings.ToLower(v); low == "true" || low == "false" {
			v = low
		}
		out[strings.ToLower(k)] = v
	}
	return out, bad
}

// knownParameters per type; "#" wants a number, "?" true or false, "" anything. A type that is
// not listed takes none.
var knownParameters = map[form.Type]map[string]string{
	form.TypeRange:          {"start": "#", "end": "#", "step": "#", "tick_interval": "#", "placeholder": "#", "tick_labelset": ""},
	form.TypeText:           {"rows": "#", "incremental": "?"},
	form.TypeImage:          {"max-pixels": "#", "app": ""},
	form.TypeAudio:          {"quality": "quality"},
	form.TypeGeopoint:       {"allow-mock-accuracy": "?", "capture-accuracy": "#", "warning-accuracy": "#", "incremental": "?"},
	form.TypeSelectOne:      {"randomize": "?", "seed": "seed", "value": "", "label": ""},
	form.TypeSelectMultiple: {"randomize": "?", "seed": "seed", "value": "", "label": ""},
	form.TypeRank:           {"randomize": "?", "seed": "seed"},
}

var numeric = regexp.MustCompile(`^-?\d+(\.\d+)?$`)

// parameterFault names the first parameter the type does not take, or takes differently.
func parameterFault(t form.Type, ps map[string]string) (name string, bad bool) {
	for _, k := range slices.Sorted(maps.Keys(ps)) {
		v := ps[k]
		kind, known := knownParameters[t][k]
		switch {
		case !known,
			kind == "#" && !numeric.MatchString(v),
			kind == "?" && v != "true" && v != "false",
			kind == "quality" && v != "voice-only" && v != "low" && v != "normal" && v != "external",
			kind == "seed" && !numeric.MatchString(v) && !strings.Contains(v, "${"):
			return k, true
		}
	}
	if _, seeded := ps["seed"]; seeded && ps["randomize"] != "true" {
		return "seed", true
	}
	return "", false
}
