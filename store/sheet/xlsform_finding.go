package sheet

import (
	"fmt"
	"slices"
	"strings"

	"doorstep/casework"
)

// Severity says whether a finding stops publishing.
type Severity uint8

// The severities.
const (
	Warning Severity = iota // the form works; somebody should look
	Refusal                 // the form cannot be published
)

// Finding is one thing the reader of a questionnaire has to say to its author.
type Finding struct {
	Severity Severity
	Code     casework.Code // "xlsform.unknown_type"
	Sheet    string        // as the workbook spells it; "" for the workbook as a whole
	Row, Col int           // 0 when the finding is about the sheet, or about a missing column
	Offset   int           // character inside the cell, in runes from 0; -1 for the whole cell
	Args     casework.Args // what the sentence names, Place included
	Because  casework.Code // the problem inside a formula ("xpath.missing"); takes the same Args; "" for others
	Fix      string        // what the cell should hold, where that is certain; "" otherwise
}

// Key is the sentence that says what is wrong; Hint the one that says what to do. Both take
// Args.
func (f Finding) Key() string { return "error." + string(f.Code) }

// Hint is the key of what to do next.
func (f Finding) Hint() string { return f.Key() + ".hint" }

// Place is "survey!G17", "survey!G17:12" with a character (counted from 1), or the sheet.
func (f Finding) Place() string {
	p := f.Sheet
	if f.Row > 0 {
		p += "!" + CellName(f.Row, f.Col)
	}
	if f.Offset >= 0 {
		p += fmt.Sprintf(":%d", f.Offset+1)
	}
	return p
}

func (f Finding) String() string {
	return fmt.Sprintf("%s %s %v", f.Place(), f.Code, f.Args)
}

// Findings are in the order of the workbook, as far as that is possible.
type Findings []Finding

// Refused says whether any finding stops publishing.
func (fs Findings) Refused() bool {
	for _, f := range fs {
		if f.Severity == Refusal {
			return true
		}
	}
	return false
}

// Has says whether a finding with that code exists.
func (fs Findings) Has(code casework.Code) bool {
	for _, f := range fs {
		if f.Code == code {
			return true
		}
	}
	return false
}

func (fs Findings) String() string {
	var b strings.Builder
	for _, f := range fs {
		b.WriteString(f.String())
		b.WriteByte('\n')
	}
	return b.String()
}

// at is a place that findings are about.
type at struct {
	sheet    string
	row, col int
}

// find records a finding; pairs are names and values of Args.
func (r *formReader) find(s Severity, code casework.Code, p at, pairs ...any) *Finding {
	f := Finding{Severity: s, Code: "xlsform." + code, Sheet: p.sheet, Row: p.row, Col: p.col, Offset: -1, Args: casework.Args{}}
	for i := 0; i < len(pairs); i += 2 {
		f.Args[pairs[i].(string)] = pairs[i+1]
	}
	f.Args["Place"] = f.Place()
	kind := alikeFindings{code, s}
	if r.told == nil {
		r.told = map[alikeFindings]int{}
	}
	if r.told[kind]++; r.told[kind] > mostAlike {
		return &f // counted, and said in one sentence at the end
	}
	r.findings = append(r.findings, f)
	return &r.findings[len(r.findings)-1]
}

// alikeFindings are those of one code and severity.
type alikeFindings struct {
	code     casework.Code
	severity Severity
}

// mostAlike is how many findings of a kind are written down one by one.
const mostAlike = 1000

// countTheRest says how many findings of each kind were not written down.
func (r *formReader) countTheRest() {
	for _, f := range slices.Clone(r.findings) {
		kind := alikeFindings{casework.Code(strings.TrimPrefix(string(f.Code), "xlsform.")), f.Severity}
		if more := r.told[kind] - mostAlike; more > 0 {
			r.told[kind] = 0
			f.Code, f.Offset, f.Fix, f.Because = "xlsform.and_more", -1, "", ""
			f.Args = casework.Args{"Count": more, "Place": f.Place()}
			r.findings = append(r.findings, f)
		}
	}
}

func (r *formReader) refuse(code casework.Code, p at, pairs ...any) {
	r.find(Refusal, code, p, pairs...)
}

func (r *formReader) warn(code casework.Code, p at, pairs ...any) {
	r.find(Warning, code, p, pairs...)
}
