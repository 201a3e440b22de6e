package questionnaires

import (
	"errors"
	"fmt"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/store/sheet"
)

// Speaker says sentences (casework/lang has one).
type Speaker interface {
	Say(key string, pairs ...any) string
	Error(err error) string
	Tag() string
}

// Finding is one thing to say about a workbook, in the reader's language.
type Finding struct {
	Sheet     string        `json:"sheet"`
	Cell      string        `json:"cell"`      // "G17"; "17:17" a whole row; "" the whole sheet
	Character int           `json:"character"` // inside the cell, from 1; 0 the whole cell
	Severity  string        `json:"severity"`  // "error" or "warning"
	Code      casework.Code `json:"code"`
	Sentence  string        `json:"sentence"`
	Fix       string        `json:"fix"`             // what to do
	Write     string        `json:"write,omitempty"` // what the cell should hold, where that is certain
}

// Report is what a check says.
type Report struct {
	File      string    `json:"file"`
	Form      string    `json:"form_id,omitempty"`
	Title     string    `json:"title,omitempty"`
	Version   string    `json:"version,omitempty"`
	Hash      string    `json:"hash,omitempty"` // of the questionnaire as laptops get it
	Questions int       `json:"questions"`
	Errors    int       `json:"errors"`
	Warnings  int       `json:"warnings"`
	Findings  []Finding `json:"findings"`
}

// ReportOf writes a check down.
func ReportOf(c Checked, s Speaker) Report {
	r := Report{File: c.File, Findings: []Finding{}}
	if d := c.Form; d != nil {
		r.Form, r.Title, r.Version, r.Hash = d.FormID, d.Say(d.Title, s.Tag()), d.Version, d.Hash()
		for it := range d.All() {
			if it.Kind == form.Question && it.Type.Shown() && it.Type != form.TypeNote {
				r.Questions++
			}
		}
	}
	for _, f := range c.Findings {
		r.add(finding(f, s))
	}
	return r
}

// ReportOfError writes down why a file is no workbook.
func ReportOfError(file string, err error, s Speaker) Report {
	r := Report{File: casework.CleanLine(file, 80), Findings: []Finding{}}
	out := Finding{Severity: "error", Code: casework.CodeOf(err), Sentence: s.Error(err)}
	var e *casework.Error
	if errors.As(err, &e) {
		key, pairs := "error."+string(e.Code), pairsOf(e.Args)
		out.Sentence, out.Fix = s.Say(key, pairs...), s.Say(key+".hint", pairs...)
	}
	r.add(out)
	return r
}

func (r *Report) add(f Finding) {
	if f.Severity == "error" {
		r.Errors++
	} else {
		r.Warnings++
	}
	r.Findings = append(r.Findings, f)
}

func finding(f sheet.Finding, s Speaker) Finding {
	pairs := pairsOf(f.Args)
	out := Finding{
		Sheet: f.Sheet, Character: f.Offset + 1, Severity: "warning", Code: f.Code,
		Sentence: s.Say(f.Key(), pairs...), Fix: s.Say(f.Hint(), pairs...), Write: f.Fix,
	}
	if f.Row > 0 {
		out.Cell = sheet.CellName(f.Row, f.Col)
	}
	if f.Severity == sheet.Refusal {
		out.Severity = "error"
	}
	if f.Because != "" {
		because := "error." + string(f.Because)
		out.Code = f.Because
		out.Sentence += s.Say(because, pairs...)
		out.Fix = s.Say(because+".hint", pairs...)
	}
	return out
}

// pairsOf spells arguments out; what comes from a cell is cut to a line.
func pairsOf(args casework.Args) []any {
	var out []any
	for k, v := range args {
		if text, ok := v.(string); ok {
			v = casework.CleanLine(text, 60)
		}
		out = append(out, k, v)
	}
	return out
}

// mostShown is how many findings of one kind are printed: an author mends the first and checks
// again. All of them are in the report.
const mostShown = 40

// Refused is the error of a questionnaire that cannot be checked off (what is "not_clean"),
// published ("refused") or tried out ("no_preview"); nil when nothing stops it.
func (r Report) Refused(what casework.Code) error {
	if r.Errors == 0 {
		return nil
	}
	return casework.Problem("questionnaires.Report", "questionnaires."+what, "File", r.File, "Errors", r.Errors, "Warnings", r.Warnings)
}

// Lines are the report as text: what stops publishing first, then the warnings, then, when
// nothing stops it, that it can be published.
func (r Report) Lines(s Speaker) []string {
	var out []string
	for _, severity := range []string{"error", "warning"} {
		shown, all := 0, r.Warnings
		if severity == "error" {
			all = r.Errors
		}
		for _, f := range r.Findings {
			if f.Severity != severity {
				continue
			}
			if shown == mostShown {
				out = append(out, "", s.Say("questionnaires."+severity+".more", "Count", all-shown))
				break
			}
			shown++
			out = append(out, fmt.Sprintf("[%s] %s", s.Say("questionnaires."+severity), f.Sentence), "    "+f.Fix)
			if f.Write != "" {
				out = append(out, "    "+s.Say("questionnaires.write", "Text", casework.CleanLine(f.Write, 200)))
			}
		}
	}
	if len(out) > 0 {
		out = append(out, "")
	}
	switch {
	case r.Errors > 0:
		return out
	case r.Warnings > 0:
		return append(out, s.Say("questionnaires.warned", "Title", r.Title, "Version", r.Version, "Questions", r.Questions, "Warnings", r.Warnings))
	}
	return append(out, s.Say("questionnaires.clean", "Title", r.Title, "Version", r.Version, "Questions", r.Questions))
}
