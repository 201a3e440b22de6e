package sheet

import (
	"strconv"
	"strings"

	"doorstep/casework/form"
)

var settingsColumns = set("form_id", "form_title", "version", "default_language", "instance_name", "name", "allow_choice_duplicates",
	"style", "public_key", "submission_url", "auto_send", "auto_delete", "namespaces", "client_editable", "sms_keyword", "clean_text_values",
	"subject", "depth")

func set(names ...string) map[string]bool {
	m := map[string]bool{}
	for _, n := range names {
		m[n] = true
	}
	return m
}

// readSettings reads the one row of the settings sheet. Beside XLSForm's own settings it knows
// subject (child or elder) and depth (an expression: the depth in force).
func (r *formReader) readSettings(g *Grid) {
	if g == nil || g.Rows == 0 {
		return
	}
	t := r.readTable(g, settingsColumns)
	for line := range t.rows {
		r.setting(t, line)
		return
	}
}

func (r *formReader) setting(t *table, line int) {
	d := r.def
	d.FormID, _ = t.get(line, "form_id")
	d.Title = t.text(line, "form_title")
	d.Version, _ = t.get(line, "version")
	if s, _ := t.get(line, "default_language"); s != "" && !strings.EqualFold(s, "default") {
		d.DefaultLanguage = language(s)
	}
	d.InstanceName, _ = t.get(line, "instance_name")
	d.Depth, _ = t.get(line, "depth")
	if s, p := t.get(line, "name"); s != "" {
		d.Root = s
		if !xmlName().MatchString(s) {
			r.refuse("bad_name", p, "Name", s)
		}
	}
	if s, p := t.get(line, "subject"); s != "" {
		switch d.Subject = strings.ToLower(s); d.Subject {
		case "child", "elder":
		default:
			r.refuse("unknown_subject", p, "Subject", s)
		}
	}
	if s, p := t.get(line, "public_key"); s != "" {
		r.refuse("public_key", p)
	}
	if s, _ := t.get(line, "allow_choice_duplicates"); yes(s) {
		r.allowTwins = true
	}
}

// yes reads a tick: yes, true, true(), 1, 是, √ …
func yes(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "yes", "y", "true", "true()", "1", "是", "有", "√", "✓", "对", "x":
		return true
	}
	return false
}

// no reads a plain refusal, blank included.
func no(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "", "no", "n", "false", "false()", "0", "否", "无", "×":
		return true
	}
	return false
}

// settingPlace is the cell of a setting, or the sheet when there is no such column.
func settingPlace(b *Book, column string) at {
	g := b.Sheet("settings")
	if g == nil || g.Rows == 0 {
		return at{sheet: "settings"}
	}
	t := (&formReader{}).readTable(g, settingsColumns)
	for _, c := range t.cols {
		if c.base == column && c.lang == "" {
			for line := range t.rows {
				return at{g.Name, line, c.col}
			}
			return at{g.Name, t.header + 1, c.col}
		}
	}
	return at{sheet: g.Name}
}

var gradingColumns = set("kind", "grade", "from", "when", "label", "reason", "steps")

// readGrading reads our own sheet "grading", which other programs ignore. Its rows are of a
// kind: band (from, grade, label), floor (when, grade, reason), trigger (grade), down (steps).
func (r *formReader) readGrading(g *Grid) {
	if g == nil {
		return
	}
	t := r.readTable(g, gradingColumns)
	for line := range t.rows {
		kind, p := t.get(line, "kind")
		number := func(column string) int {
			s, p := t.get(line, column)
			n, err := strconv.Atoi(s)
			if err != nil {
				r.refuse("not_a_number", p, "Text", s, "Column", column)
			}
			return n
		}
		gr := &r.def.Grading
		switch strings.ToLower(kind) {
		case "band":
			b := form.Band{From: number("from"), Grade: number("grade"), Label: t.text(line, "label")}
			if n := len(gr.Bands); n > 0 && gr.Bands[n-1].From <= b.From {
				r.refuse("bands_out_of_order", p)
			}
			gr.Bands = append(gr.Bands, b)
		case "floor":
			when, wp := t.get(line, "when")
			if when == "" {
				r.refuse("floor_without_when", wp)
				continue
			}
			when = r.checkFormula(formula{"when", when, wp}, nil)
			gr.Floors = append(gr.Floors, form.Floor{When: when, Grade: number("grade"), Reason: t.text(line, "reason")})
		case "trigger":
			gr.TriggerGrade = number("grade")
		case "down":
			gr.DownSteps = number("steps")
		default:
			r.refuse("unknown_grading", p, "Kind", kind)
		}
	}
}
