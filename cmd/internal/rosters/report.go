// Package rosters writes down what an import of a roster did or would do, for both
// programs: line by line, with sheet, row, column and reason.
package rosters

import (
	"fmt"

	"doorstep/casework"
	"doorstep/store/sheet"
)

// Speaker says sentences (casework/lang has one).
type Speaker interface {
	Say(key string, pairs ...any) string
	Error(err error) string
}

// Reason is one thing noticed in a row.
type Reason struct {
	Sheet    string        `json:"sheet"`
	Row      int           `json:"row"`
	Column   string        `json:"column,omitempty"` // letters, as Excel names it
	Code     casework.Code `json:"code"`
	Sentence string        `json:"sentence"`
}

// Line is one row of the roster.
type Line struct {
	Kind    string            `json:"kind"` // new, changed, same, doubtful, refused
	Sheet   string            `json:"sheet"`
	Row     int               `json:"row"`
	Person  casework.RecordID `json:"person,omitzero"`
	Changes []casework.Field  `json:"changes,omitempty"`
	Reasons []Reason          `json:"reasons,omitempty"`

	word string
}

// Outcome is a whole import or dry run.
type Outcome struct {
	DryRun bool           `json:"dry_run"`
	Counts map[string]int `json:"counts"`
	Rows   []Line         `json:"rows"`

	summary string
}

// Report writes a plan down. Names and numbers of people are left out: the rows say where
// to look in the file.
func Report(p *sheet.Plan, s Speaker, dry bool) Outcome {
	o := Outcome{DryRun: dry, Counts: map[string]int{}, Rows: []Line{}}
	for kind, n := range p.Counts() {
		o.Counts[kind.String()] = n
	}
	o.summary = s.Say("roster.summary", "New", o.Counts["new"], "Changed", o.Counts["changed"], "Same", o.Counts["same"],
		"Doubtful", o.Counts["doubtful"], "Refused", o.Counts["refused"])
	for _, l := range p.Lines {
		row := Line{Kind: l.Kind.String(), Sheet: l.Row.Sheet, Row: l.Row.Row, Person: l.Record, word: s.Say("roster.line." + l.Kind.String())}
		for _, c := range l.Changes {
			row.Changes = append(row.Changes, c.Field)
		}
		for _, r := range l.Reasons {
			row.Reasons = append(row.Reasons, Reason{
				Sheet: r.Sheet, Row: r.Row, Column: Column(r.Col), Code: r.Err.Code, Sentence: s.Error(r.Err),
			})
		}
		o.Rows = append(o.Rows, row)
	}
	return o
}

// Column is the letters of a column, 1 = A; "" for 0.
func Column(n int) string {
	out := ""
	for ; n > 0; n = (n - 1) / 26 {
		out = string(rune('A'+(n-1)%26)) + out
	}
	return out
}

// Lines are the report as text: every row that is not simply as before, then the count.
func (o Outcome) Lines() []string {
	var out []string
	for _, r := range o.Rows {
		if r.Kind == "same" && len(r.Reasons) == 0 {
			continue
		}
		out = append(out, fmt.Sprintf("%s!%d  %s", r.Sheet, r.Row, r.word))
		for _, why := range r.Reasons {
			out = append(out, fmt.Sprintf("    %s!%s%d  %s", why.Sheet, why.Column, why.Row, why.Sentence))
		}
	}
	return append(out, o.summary)
}
