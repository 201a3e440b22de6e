package sheet

import (
	"regexp"
	"slices"
	"strings"

	"doorstep/casework"
)

// rosterReader reads the rows below one sheet's headings.
type rosterReader struct {
	grid  *Grid
	head  header
	o     RosterOptions
	sheet *RosterSheet

	leaves map[int]string // the innermost heading of each column, as a word
	above  map[int]Cell   // the last cell of each column that said something, for 同上
	merged []Merge        // merged areas that reach below the headings, by their first row
	active []Merge        // those that cover the row being read
	next   int            // the first of merged that is not active yet
}

// read goes down the sheet. A row that continues the person above is taken into her row.
func (r *rosterReader) read() []RosterRow {
	r.above, r.leaves = map[int]Cell{}, map[int]string{}
	for _, c := range r.head.columns {
		path := strings.Split(c.Heading, "/")
		r.leaves[c.Col] = word(Cell{Text: path[len(path)-1]})
	}
	for _, m := range r.grid.Merges() {
		if m.EndRow > r.head.to && m.EndRow > m.Row {
			r.merged = append(r.merged, m)
		}
	}
	slices.SortFunc(r.merged, func(a, b Merge) int { return a.Row - b.Row })
	var out []RosterRow
	for row := r.head.to + 1; row <= r.grid.Rows; row++ {
		r.cover(row)
		if r.grid.RowBlank(row) {
			continue
		}
		cells := r.cells(row)
		if why, skip := r.skip(row, cells); skip {
			r.sheet.Skipped = append(r.sheet.Skipped, Skipped{Row: row, Why: why})
			continue
		}
		onward := len(out) > 0 && r.continues(row, cells)
		p := r.person(row, cells, onward)
		if len(out) > 0 && (onward || samePerson(out[len(out)-1], p)) {
			r.absorb(&out[len(out)-1], p)
			continue
		}
		out = append(out, p)
	}
	return out
}

// cover brings active up to date for a row.
func (r *rosterReader) cover(row int) {
	r.active = slices.DeleteFunc(r.active, func(m Merge) bool { return m.EndRow < row })
	for ; r.next < len(r.merged) && r.merged[r.next].Row <= row; r.next++ {
		if m := r.merged[r.next]; m.EndRow >= row && len(r.active) < 200 {
			r.active = append(r.active, m)
		}
	}
}

// cells are the row's cells by column, filled from merged areas and from 同上.
func (r *rosterReader) cells(row int) map[int]Cell {
	cells := make(map[int]Cell, len(r.head.columns))
	for _, c := range r.head.columns {
		cell := r.grid.At(row, c.Col)
		if cell.Kind == Blank {
			for _, m := range r.active {
				if c.Col >= m.Col && c.Col <= m.EndCol {
					cell = r.grid.At(m.Row, m.Col)
				}
			}
		}
		switch s := word(cell); {
		case s == "":
			continue
		case ditto(s):
			cell = r.above[c.Col]
			if cell.Kind == Blank {
				continue
			}
		default:
			r.above[c.Col] = cell
		}
		cells[c.Col] = cell
	}
	return cells
}

// word is a cell's text as it is compared with other words.
func word(c Cell) string {
	return strings.ReplaceAll(casework.Narrow(casework.CleanLine(c.Text, 300)), " ", "")
}

func ditto(s string) bool {
	switch s {
	case "同上", "〃", "″", "\"", "“", "”", "''", "同前", "…同上", "(同上)", "同上栏":
		return true
	}
	return false
}

var (
	totalWord  = regexp.MustCompile(`^(合计|小计|总计|共计|累计|本页合计|本页小计|总合计|村合计|镇合计|合计数|总数)[:：]?(\d|$|[(（])`)
	footerWord = regexp.MustCompile(`^(单位负责人|负责人|分管领导|审核人?|填表人?|填报人|制表人?|经办人|联系电话|联系人|填报日期|填表日期|填表说明|填报说明|填报单位|填表单位|制表单位|审批人?|注|说明|备注|附注?)(\(|（)?(盖章|签字|签章)?(\)|）)?[:：]`)
	numbering  = regexp.MustCompile(`^(\d{1,3}|[甲乙丙丁戊己庚辛壬癸]|栏次|[A-Z]|[一二三四五六七八九十]{1,3})$`)
)

// skip reports rows that are about nobody.
func (r *rosterReader) skip(row int, cells map[int]Cell) (SkipReason, bool) {
	words, first, told := 0, "", 0
	repeated := 0
	numbered := true
	for _, c := range r.head.columns {
		s := word(r.grid.At(row, c.Col))
		if s == "" {
			continue
		}
		if first == "" {
			first = s
		}
		words++
		numbered = numbered && numbering.MatchString(s)
		if t, ok := r.head.targets[c.Col]; ok && t.field != asComputed {
			told++
		}
		if s == r.leaves[c.Col] {
			repeated++
		}
	}
	name := word(cells[r.nameCol()])
	switch {
	case totalWord.MatchString(first), totalWord.MatchString(name), first == "其中", first == "其中:":
		return SkipTotal, true
	case footerWord.MatchString(first), words == 0 && len(cells) == 0:
		return SkipFooter, true
	case name != "" && (name == r.leaves[r.nameCol()] || headingTable()[plainHeading(name)] == "name"), repeated > 2 && repeated*2 > words:
		return SkipHeading, true
	case numbered && words > 2 && numbering.MatchString(name):
		return SkipNumbering, true
	case told == 0:
		return SkipEmpty, true
	}
	if words == 1 && len([]rune(first)) > 12 && r.grid.At(row, r.nameCol()).Kind == Blank { // a sentence below the table
		return SkipFooter, true
	}
	return "", false
}

func (r *rosterReader) nameCol() int {
	for _, c := range r.head.columns {
		if c.Use == Taken && c.Field == "name" {
			return c.Col
		}
	}
	return 0
}

// continues reports that a row has no name of its own: the name is merged with the one
// above, or 同上, or missing while the row says something about the family only.
func (r *rosterReader) continues(row int, cells map[int]Cell) bool {
	col := r.nameCol()
	own := word(r.grid.At(row, col))
	if own != "" && !ditto(own) {
		return false
	}
	if own == "" && cells[col].Kind == Blank { // not merged: only when nothing says it is a new person
		for c, t := range r.head.targets {
			if (t.field == "resident" || t.field == "birth" || t.field == "sex") && word(r.grid.At(row, c)) != "" && !ditto(word(r.grid.At(row, c))) {
				return false
			}
		}
	}
	return true
}

// samePerson reports two rows one below the other that carry the same ID number, or the
// same name with nothing that tells them apart.
func samePerson(a, b RosterRow) bool {
	if a.Resident.Reveal() != "" || b.Resident.Reveal() != "" {
		return a.Resident == b.Resident && a.Name == b.Name
	}
	return a.Name != "" && a.Name == b.Name && !a.Birth.IsZero() && a.Birth == b.Birth && a.Area == b.Area
}

// absorb takes what a further row says about the same person.
func (r *rosterReader) absorb(a *RosterRow, b RosterRow) {
	a.More = append(a.More, b.Row)
	for _, p := range b.Problems {
		if p.Code() != "roster.name_missing" && p.Code() != "roster.village_missing" {
			a.Problems = append(a.Problems, p)
		}
	}
	if a.Resident.IsZero() {
		a.Resident = b.Resident
	}
	if a.Birth.IsZero() {
		a.Birth = b.Birth
	}
	for _, p := range b.Phones {
		if !slices.Contains(a.Phones, p) {
			a.Phones = append(a.Phones, p)
		}
	}
	if other := text(b.Values["guardian_name"]); other != "" && text(a.Values["guardian_name"]) != "" && other != text(a.Values["guardian_name"]) {
		if other != text(b.Values["father_name"]) && other != text(b.Values["mother_name"]) {
			a.Family = append(a.Family, Relative{other, text(b.Values["guardian_relation"]), casework.Phone(text(b.Values["guardian_phone"]))})
		}
		for f := range b.Values {
			if strings.HasPrefix(string(f), "guardian_") {
				delete(b.Values, f)
			}
		}
	}
	a.Family = append(a.Family, b.Family...)
	spec, _ := casework.SchemaOf(casework.KindPerson)
	for f, v := range b.Values {
		was, there := a.Values[f]
		s, _ := spec.Find(f)
		switch {
		case !there:
			a.Values[f] = v
		case casework.Same(was, v):
		case s.Type == casework.TypeCodes:
			a.Values[f] = union(was, v)
		default:
			a.Problems = append(a.Problems, CellProblem{
				Weight: Doubt, Sheet: b.Sheet, Row: b.Row, Col: columnOf(r.head.columns, f),
				Err: casework.Problem("sheet.ReadRoster", "roster.two_values", "First", a.Row),
			})
		}
	}
}

// columnOf is the column a field was read from; 0 when it followed from others.
func columnOf(columns []RosterColumn, f casework.Field) int {
	for _, c := range columns {
		if c.Use == Taken && c.Field == f {
			return c.Col
		}
	}
	return 0
}
