package sheet

import (
	"path"
	"strconv"
	"strings"

	"doorstep/casework/form"
)

var choiceColumns = set("list_name", "name", "label", "score", "hard_trigger", "unknown", "trigger")

// readChoices reads the choices sheet. Beside list_name, name and label it knows score (whole
// points), hard_trigger (a code; "trigger" is accepted) and unknown; every other column is kept
// for choice filters.
func (r *formReader) readChoices(g *Grid) {
	if g == nil || g.Rows == 0 {
		return
	}
	t := r.readTable(g, choiceColumns)
	r.choices = t
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
		if choiceColumns[col.base] || pageless[col.base] || !xmlName.MatchString(col.heading) {
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

// fileList makes sure that a list exists for a file beside the workbook, and gives its name.
// valueCol and labelCol are the file's columns that serve as name and label.
func (r *formReader) fileList(file, valueCol, labelCol string, p at) string {
	name := strings.TrimSuffix(path.Base(file), path.Ext(file))
	if l := r.lists[name]; l != nil {
		if l.File == "" {
			r.refuse("list_and_file", p, "List", name)
		}
		return name
	}
	l := r.list(&form.List{Name: name, File: path.Base(file)})
	g := r.files[l.File]
	if g == nil || g.Rows == 0 {
		r.warn("file_missing", p, "File", l.File)
		return name
	}
	heads := map[string]int{}
	for col := g.Cols; col >= 1; col-- {
		heads[strings.TrimSpace(g.At(1, col).Text)] = col
	}
	if valueCol == "" {
		valueCol = "name"
	}
	if labelCol == "" {
		labelCol = "label"
	}
	for line := 2; line <= g.Rows; line++ {
		if g.RowBlank(line) {
			continue
		}
		c := &form.Choice{Name: strings.TrimSpace(g.At(line, heads[valueCol]).Text), Columns: map[string]string{}}
		if s := strings.TrimSpace(g.At(line, heads[labelCol]).Text); s != "" {
			c.Label = form.Text{"": s}
		}
		for h, col := range heads {
			if s := strings.TrimSpace(g.At(line, col).Text); s != "" && h != "" {
				c.Columns[h] = s
			}
		}
		r.add(l, c)
	}
	return name
}
