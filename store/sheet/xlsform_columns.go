package sheet

import (
	"regexp"
	"strings"

	"doorstep/casework/form"
)

// table is a sheet of a questionnaire: a header row and what stands under it.
type table struct {
	g      *Grid
	header int // row
	cols   []column
}

// column is one heading, understood: "label::English (en)" is base "label", lang "en".
type column struct {
	base, lang string
	col        int
	heading    string
}

// headingAliases maps spellings met in the wild to the names forms.md §3 uses. Case does not
// matter and a blank counts as an underscore.
var headingAliases = map[string]string{
	"command": "type", "caption": "label", "tag": "name", "value": "name",
	"relevance": "relevant", "bind::relevant": "relevant", "skip": "relevant",
	"readonly": "read_only", "bind::readonly": "read_only",
	"calculate": "calculation", "bind::calculate": "calculation", "formula": "calculation",
	"bind::constraint": "constraint", "bind::required": "required", "bind::type": "bind::type",
	"constraint_msg": "constraint_message", "constraintmsg": "constraint_message", "bind::jr:constraintmsg": "constraint_message", "jr:constraintmsg": "constraint_message",
	"required_msg": "required_message", "requiredmsg": "required_message", "bind::jr:requiredmsg": "required_message", "jr:requiredmsg": "required_message",
	"jr:count": "repeat_count", "control::jr:count": "repeat_count", "count": "repeat_count",
	"control::appearance": "appearance", "body::appearance": "appearance", "filter": "choice_filter",
	"list": "list_name", "listname": "list_name",
	"title": "form_title", "set_form_title": "form_title", "id_string": "form_id", "set_form_id": "form_id",
	"hardtrigger": "hard_trigger", "guidance": "guidance_hint",
}

// translated are the columns that exist once per language.
var translated = map[string]bool{
	"label": true, "hint": true, "guidance_hint": true, "constraint_message": true, "required_message": true,
	"form_title": true, "reason": true, "image": true, "big-image": true, "audio": true, "video": true, "media": true,
}

// pageless columns hold media that a terminal does not show, or hints to other programs.
var pageless = map[string]bool{
	"media": true, "image": true, "big-image": true, "audio": true, "video": true, "autoplay": true, "body": true, "bind": true,
	"instance": true, "control": true, "save_to": true, "noapperrorstring": true, "no_app_error_string": true, "disabled": true,
	"sms_field": true, "sms_option": true, "query": true, "notes": true, "note": true, "comment": true, "comments": true, "remark": true, "remarks": true,
}

var langCode = regexp.MustCompile(`[(（]\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*)\s*[)）]\s*$`)

// langNames are languages written without their code.
var langNames = map[string]string{
	"chinese": "zh", "中文": "zh", "汉语": "zh", "简体中文": "zh", "zh-cn": "zh", "zh_cn": "zh", "zh-hans": "zh",
	"english": "en", "英文": "en", "英语": "en",
}

// language gives the key of form.Text for "English (en)", "中文（zh）", "zh" or a bare name.
func language(s string) string {
	s = strings.TrimSpace(s)
	if m := langCode.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	if code, ok := langNames[strings.ToLower(s)]; ok {
		return code
	}
	if len(s) <= 3 {
		return strings.ToLower(s)
	}
	return s
}

// readTable understands a sheet's headings. A heading met twice is refused. wanted are the
// columns the sheet knows; others draw a warning when they look like a slip of the pen.
func (r *formReader) readTable(g *Grid, wanted map[string]bool) *table {
	t := &table{g: g, header: 1}
	for t.header < g.Rows && g.RowBlank(t.header) {
		t.header++
	}
	seen := map[string]string{}
	for col := 1; col <= g.Cols; col++ {
		heading := strings.TrimSpace(g.At(t.header, col).Text)
		if heading == "" {
			continue
		}
		c := understand(heading)
		c.col = col
		key := c.base + "::" + c.lang
		p := at{g.Name, t.header, col}
		if before, twice := seen[key]; twice && (wanted[c.base] || before == heading) {
			if wanted["form_id"] {
				r.warn("column_twice", p, "Heading", heading, "Before", before) // old and new name of one setting
			} else {
				r.refuse("column_twice", p, "Heading", heading, "Before", before)
			}
			continue
		}
		seen[key] = heading
		switch {
		case pageless[c.base] || wanted[c.base]:
		case wanted["list_name"]: // choices carry whatever columns their filters need
		default:
			r.warn("unknown_column", p, "Heading", heading)
		}
		t.cols = append(t.cols, c)
	}
	return t
}

func understand(heading string) column {
	h := strings.ToLower(strings.ReplaceAll(strings.Join(strings.Fields(heading), " "), "：", ":"))
	norm := func(s string) string { return strings.ReplaceAll(strings.TrimSpace(s), " ", "_") }
	if a, ok := headingAliases[norm(h)]; ok {
		return column{base: a, heading: heading}
	}
	sep := "::"
	if !strings.Contains(h, sep) {
		sep = ":"
	}
	base, lang, found := strings.Cut(h, sep)
	base = norm(base)
	if a, ok := headingAliases[base]; ok {
		base = a
	}
	if !found {
		return column{base: base, heading: heading}
	}
	if !translated[base] {
		if pageless[base] {
			return column{base: base, lang: norm(lang), heading: heading}
		}
		return column{base: norm(h), heading: heading}
	}
	_, spelled, _ := strings.Cut(strings.ReplaceAll(heading, "：", ":"), sep)
	if base == "media" {
		return column{base: base, lang: norm(lang), heading: heading}
	}
	return column{base: base, lang: language(spelled), heading: heading}
}

// has says whether the sheet has that column in any language.
func (t *table) has(base string) bool {
	for _, c := range t.cols {
		if c.base == base {
			return true
		}
	}
	return false
}

// get is the trimmed text under a heading of no language, and its place.
func (t *table) get(row int, base string) (string, at) {
	for _, c := range t.cols {
		if c.base == base && c.lang == "" {
			return strings.TrimSpace(t.g.At(row, c.col).Text), at{t.g.Name, row, c.col}
		}
	}
	return "", at{t.g.Name, row, 0}
}

// text collects a sentence in all its languages; nil when there is none.
func (t *table) text(row int, base string) form.Text {
	var out form.Text
	for _, c := range t.cols {
		if c.base != base {
			continue
		}
		if s := strings.TrimSpace(t.g.At(row, c.col).Text); s != "" {
			if out == nil {
				out = form.Text{}
			}
			out[c.lang] = s
		}
	}
	return out
}

// langs are the languages of a column in the order of the sheet.
func (t *table) langs(base string) []string {
	var out []string
	for _, c := range t.cols {
		if c.base == base {
			out = append(out, c.lang)
		}
	}
	return out
}

// rows goes through the rows under the heading that are not blank.
func (t *table) rows(yield func(int) bool) {
	for row := t.header + 1; row <= t.g.Rows; row++ {
		if !t.g.RowBlank(row) && !yield(row) {
			return
		}
	}
}
