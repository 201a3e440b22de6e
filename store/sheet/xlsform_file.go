package sheet

import (
	"path"
	"strings"

	"doorstep/casework"
	"doorstep/casework/form"
)

// fileUse is what a file beside the workbook is for.
type fileUse struct {
	value, label string // headings; "" is "name" and "label"
	choices      bool   // a select offers its rows; otherwise formulas only look things up
	several      bool   // of which several can be chosen
}

// fileList makes sure that a list exists for a file beside the workbook, and gives its name.
func (r *formReader) fileList(file string, use fileUse, p at) string {
	name := strings.TrimSuffix(path.Base(file), path.Ext(file))
	if l := r.lists[name]; l != nil {
		switch {
		case l.File == "":
			r.refuse("list_and_file", p, "List", name)
		case use.choices && !r.checked["file "+name]:
			if g := r.files[l.File]; g != nil && g.Rows > 0 {
				r.checkFile(l, g, use, p)
			}
		}
		return name
	}
	l := r.list(&form.List{Name: name, File: path.Base(file)})
	g := r.files[l.File]
	if g == nil || g.Rows == 0 {
		r.warn("file_missing", p, "File", l.File)
		return name
	}
	if use.value == "" {
		use.value = "name"
	}
	if use.label == "" {
		use.label = "label"
	}
	header, heads := fileHeads(g)
	for line := header + 1; line <= g.Rows; line++ {
		if g.RowBlank(line) {
			continue
		}
		c := &form.Choice{Name: strings.TrimSpace(g.At(line, heads[use.value]).Text)}
		if s := strings.TrimSpace(g.At(line, heads[use.label]).Text); s != "" {
			c.Label = form.Text{"": s}
		}
		for h, col := range heads {
			if h == "name" && use.value == "name" || h == "label" && use.label == "label" {
				continue // expressions find them as the choice's own
			}
			if s := strings.TrimSpace(g.At(line, col).Text); s != "" {
				if c.Columns == nil {
					c.Columns = map[string]string{}
				}
				c.Columns[h] = s
			}
		}
		r.add(l, c)
	}
	if use.choices {
		r.checkFile(l, g, use, p)
	}
	return name
}

// fileHeads are the headings of a file and their columns; the first of a heading counts.
func fileHeads(g *Grid) (header int, heads map[string]int) {
	header, heads = 1, map[string]int{}
	for header < g.Rows && g.RowBlank(header) {
		header++
	}
	for col := g.Cols; col >= 1; col-- {
		if h := strings.TrimSpace(g.At(header, col).Text); h != "" {
			heads[h] = col
		}
	}
	return header, heads
}

// checkFile tells what makes a file unfit to choose from: each kind of mistake once, with the
// first line it is in and how many there are.
func (r *formReader) checkFile(l *form.List, g *Grid, use fileUse, p at) {
	r.checked["file "+l.Name] = true
	if use.value == "" {
		use.value = "name"
	}
	if use.label == "" {
		use.label = "label"
	}
	header, heads := fileHeads(g)
	for _, need := range []string{use.value, use.label} {
		if heads[need] == 0 {
			r.refuse("file_no_column", p, "File", l.File, "Column", need)
			return
		}
	}
	if len(l.Choices) == 0 {
		r.refuse("file_empty", p, "File", l.File)
		return
	}
	first, count := map[string]int{}, map[string]int{}
	note := func(what string, line int) {
		if count[what]++; count[what] == 1 {
			first[what] = line
		}
	}
	seen := make(map[string]bool, g.Rows)
	for line := header + 1; line <= g.Rows; line++ {
		if g.RowBlank(line) {
			continue
		}
		code, label := strings.TrimSpace(g.At(line, heads[use.value]).Text), strings.TrimSpace(g.At(line, heads[use.label]).Text)
		switch {
		case strings.ContainsAny(code+label, "\r\n"):
			note("file_broken_line", line)
		case code == "":
			note("file_no_code", line)
		case use.several && strings.ContainsAny(code, " \t"):
			note("file_blank_in_code", line)
		case seen[code] && !r.allowTwins:
			note("file_code_twice", line)
		case label == "":
			note("file_no_label", line)
		}
		seen[code] = true
	}
	for _, what := range []string{"file_broken_line", "file_no_code", "file_blank_in_code", "file_code_twice", "file_no_label"} {
		if count[what] > 0 {
			r.find(fileFaults[what], casework.Code(what), p, "File", l.File, "Row", first[what], "Count", count[what])
		}
	}
}

// fileFaults are the mistakes of checkFile. A code that stands twice stops a questionnaire, as
// it does in the sheet choices.
var fileFaults = map[string]Severity{
	"file_broken_line": Refusal, "file_no_code": Refusal, "file_blank_in_code": Refusal, "file_code_twice": Refusal, "file_no_label": Warning,
}
