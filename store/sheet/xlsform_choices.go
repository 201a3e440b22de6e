package sheet

import (
	"strconv"
	"strings"

	"doorstep/casework/form"
)

var choiceColumns = set("list_name", "name", "label", "score", "hard_trigger", "unknown", "trigger")

// readChoices reads the choices sheet. Beside list_name, name and label it knows score (whole
// points), hard_trigger (a code; "trigger" is accepted) and unknown; every other column is kept
// for choice filters. The sheet external_choices, for select_one_external, is read alike.
func (r *formReader) readChoices(g *Grid, external bool) {
	if g == nil || g.Rows == 0 {
		return
	}
	t := r.readTable(g, choiceColumns)
	if !external {
		r.choices = t
	}
	for _, need := range []string{"list_name", "name"} {
		if !t.has(need) {
			r.refuse("missing_column", at{g.Name, t.header, 0}, "Column", need)
			return
		}
	}
	for line := range t.rows {
		name, p := t.get(line, "list_name")
		if name == "" {
			r.warn("choice_without_list", p)
			continue
		}
		l := r.lists[name]
		if l != nil && r.external[name] != external {
			r.refuse("list_in_both", p, "List", name)
			return
		}
		r.external[name] = external
		if l == nil {
			l = r.list(&form.List{Name: name})
			r.listAt[name] = p
		}
		r.addChoice(t, line, l)
	}
}

// list takes a list into the questionnaire.
func (r *formReader) list(l *form.List) *form.List {
	r.def.Lists = append(r.def.Lists, l)
	r.lists[l.Name], r.coded[l] = l, map[string]bool{}
	return l
}

// add takes a choice into its list.
func (r *formReader) add(l *form.List, c *form.Choice) {
	l.Choices = append(l.Choices, c)
	r.coded[l][c.Name] = true
}

func (r *formReader) addChoice(t *table, line int, l *form.List) {
	c := &form.Choice{Label: t.text(line, "label")}
	var p at
	c.Name, p = t.get(line, "name")
	switch {
	case c.Name == "":
		r.refuse("choice_without_name", p, "List", l.Name)
		return
	case r.coded[l][c.Name] && !r.allowTwins:
		r.refuse("choice_twice", p, "List", l.Name, "Name", c.Name)
		return
	}
	if c.Label == nil {
		r.warn("choice_without_label", p, "List", l.Name, "Name", c.Name)
	}
	r.lintAlike(l, c.Name, p)
	if s, p := t.get(line, "score"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			r.refuse("not_a_number", p, "Text", s, "Column", "score")
		}
		c.Score = &n
	}
	for _, column := range []string{"trigger", "hard_trigger"} {
		if s, p := t.get(line, column); s != "" {
			if !hardCode.MatchString(s) {
				r.refuse("bad_trigger_code", p, "Text", s)
			}
			c.HardTrigger = s
		}
	}
	s, _ := t.get(line, "unknown")
	c.Unknown = yes(s)
	for _, col := range t.cols {
		if choiceColumns[col.base] || pageless[col.base] || !xmlName().MatchString(col.heading) {
			continue
		}
		if s := strings.TrimSpace(t.g.At(line, col.col).Text); s != "" {
			if c.Columns == nil {
				c.Columns = map[string]string{}
			}
			c.Columns[col.heading] = s
		}
	}
	r.add(l, c)
}
