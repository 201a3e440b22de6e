package sheet

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"doorstep/casework"
)

// Roster is what a workbook of people says, read but not yet compared with anything.
// Reading never writes: a Plan says what would happen, and only its Operations change
// records.
type Roster struct {
	Sheets []RosterSheet
	Rows   []RosterRow
}

// RosterSheet is how one sheet was understood.
type RosterSheet struct {
	Name             string
	Title            string // the lines above the headings
	HeadFrom, HeadTo int    // rows of the headings; 0 when the sheet was left out
	Columns          []RosterColumn
	Skipped          []Skipped
}

// RosterColumn is one column of a sheet and what it was taken for.
type RosterColumn struct {
	Col     int
	Heading string // as the sheet has it, parents before it: "父亲情况/联系电话"
	Field   casework.Field
	Use     Use
}

// Use is what becomes of a column.
type Use uint8

// The uses.
const (
	Unknown   Use = iota // ask: nobody knows this heading
	Taken                // read into Field
	Computed             // never read, because it follows from something else: 序号, 年龄
	Elsewhere            // known, but kept in a household's or a benefit's record
	Twice                // its field has a column already
	Forbidden            // the importer's role may not read or write the field
)

// Skipped is a row, or with Row 0 a whole sheet, that holds no person.
type Skipped struct {
	Row int
	Why SkipReason
}

// SkipReason says why: the key of its sentence is "roster.skip." and the reason.
type SkipReason string

// The reasons to skip.
const (
	SkipTotal       SkipReason = "total"        // 合计, 小计
	SkipFooter      SkipReason = "footer"       // 填表人, 审核人, 注
	SkipHeading     SkipReason = "heading"      // the headings again, on a new printed page
	SkipNumbering   SkipReason = "numbering"    // 1 2 3 4 … or 甲 乙 丙 under the headings
	SkipEmpty       SkipReason = "empty"        // nothing but a running number
	SkipHiddenSheet SkipReason = "hidden_sheet" // somebody hid the sheet
	SkipNoHeading   SkipReason = "no_heading"   // no row of headings with 姓名
)

// RosterRow is one person, from one row or from several.
type RosterRow struct {
	Sheet    string
	Row      int   // the first row, as Excel counts
	More     []int // further rows about the same person
	Name     string
	Resident casework.ResidentID
	Birth    casework.Date
	Area     casework.Area
	Values   map[casework.Field]json.RawMessage // ready to be written; sets are apart
	Phones   []casework.Phone
	Family   []Relative
	Problems []CellProblem
}

// Relative is a further member of the family that a row names.
type Relative struct {
	Name     string         `json:"name"`
	Relation string         `json:"relation,omitempty"`
	Phone    casework.Phone `json:"phone,omitempty"`
}

// Weight is how much a problem matters.
type Weight uint8

// The weights.
const (
	Note   Weight = iota // told; the rest of the row is taken
	Doubt                // the row waits for a person's decision
	Refuse               // the row cannot be taken until the file is put right
)

// CellProblem is what is wrong with a cell, or with Col 0 with a row.
type CellProblem struct {
	Weight   Weight
	Sheet    string
	Row, Col int
	Err      *casework.Error
}

// Code is the key of the problem's sentence after "error.".
func (p CellProblem) Code() casework.Code { return p.Err.Code }

// Place is "名单!C12" or, for a row, "名单!12:12".
func (p CellProblem) Place() string { return p.Sheet + "!" + CellName(p.Row, p.Col) }

// Refused reports whether any problem of the row refuses it.
func (r RosterRow) Refused() bool { return r.heaviest() == Refuse }

func (r RosterRow) heaviest() Weight {
	w := Note
	for _, p := range r.Problems {
		w = max(w, p.Weight)
	}
	return w
}

// RosterOptions is what a reading needs to know.
type RosterOptions struct {
	Today    casework.Day
	Area     casework.Area             // where rows belong that name no village: the importer's own; may be a township or county
	Villages []VillageName             // the district's tree, to recognise villages by name
	Duty     casework.Duty             // of everyone in the file; "" = told from title, categories and age
	Duties   []casework.Duty           // the importer's; rows of other duties are refused; nil = all
	Role     casework.Role             // of the importer; columns it may not read and write are left alone; "" = all
	Headings map[string]casework.Field // answers to earlier questions, by RosterColumn.Heading; "" = leave out
}

// VillageName is one village and its township as people call them.
type VillageName struct {
	Area           casework.Area
	Name, Township string
}

// ReadRoster reads every visible sheet that has a row of headings. Problems of cells and
// rows are told in the result; the error is for files that hold no roster at all:
// roster.no_heading.
func ReadRoster(b *Book, o RosterOptions) (*Roster, error) {
	r := &Roster{}
	found := false
	for _, g := range b.Sheets {
		s := RosterSheet{Name: casework.CleanLine(g.Name, 40)}
		head := header{}
		switch {
		case g.Hidden:
			s.Skipped = []Skipped{{Why: SkipHiddenSheet}}
		default:
			var ok bool
			if head, ok = findHeader(g, o); !ok {
				s.Skipped = []Skipped{{Why: SkipNoHeading}}
				break
			}
			found = true
			s.Title, s.HeadFrom, s.HeadTo, s.Columns = head.title, head.from, head.to, head.columns
			reader := rosterReader{grid: g, head: head, o: o, sheet: &s}
			r.Rows = append(r.Rows, reader.read()...)
		}
		r.Sheets = append(r.Sheets, s)
	}
	if !found {
		return nil, casework.Problem("sheet.ReadRoster", "roster.no_heading")
	}
	return r, nil
}

// Questions are the headings nobody knows, each once: the importer asks, and remembers the
// answers under Fingerprint.
func (r *Roster) Questions() []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range r.Sheets {
		for _, c := range s.Columns {
			if c.Use == Unknown && !seen[c.Heading] {
				seen[c.Heading] = true
				out = append(out, c.Heading)
			}
		}
	}
	return out
}

// Fingerprint names the layout of the file: the same headings in the same order on the
// same number of sheets. Nothing of its content is in it.
func (r *Roster) Fingerprint() string {
	var b strings.Builder
	for _, s := range r.Sheets {
		for _, c := range s.Columns {
			b.WriteString(c.Heading + "\t")
		}
		b.WriteByte('\n')
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:8])
}
