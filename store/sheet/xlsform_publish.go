package sheet

import (
	"regexp"
	"strings"

	"doorstep/casework/form"
)

// Publish reads a workbook as ReadForm does and then asks what a form must have before
// workers get it: an id and a version, the files it chooses from, and, when it is about children or elders, that every
// question on harm, mood, self-harm or the carer's conduct is fresh and offers unknown
// (people.md §1.2, §1.3). The definition is nil when anything is refused.
func Publish(b *Book, files map[string]*Grid) (*form.Definition, Findings) {
	d, fs := ReadForm(b, files)
	if d == nil {
		return nil, fs
	}
	for i := range fs {
		if fs[i].Code == "xlsform.file_missing" {
			fs[i].Severity = Refusal // on a laptop there would be nothing to choose from
		}
	}
	r := &formReader{book: b, findings: fs}
	survey := b.Sheet("survey")
	r.survey = r.tableOf(survey)
	if d.FormID == "" {
		r.refuse("no_form_id", settingPlace(b, "form_id"))
	}
	if d.Version == "" {
		r.refuse("no_version", settingPlace(b, "version"))
	}
	if aboutPeopleAtRisk(d) {
		r.checkJudgements(d)
	}
	if r.findings.Refused() {
		return nil, r.findings
	}
	return d, r.findings
}

// tableOf reads headings again without repeating what ReadForm said about them.
func (r *formReader) tableOf(g *Grid) *table {
	quiet := &formReader{}
	return quiet.readTable(g, surveyColumns)
}

// aboutPeopleAtRisk says whether the form is about children or elders: by its setting, or by
// its id and title where the author forgot the setting.
func aboutPeopleAtRisk(d *form.Definition) bool {
	if d.Subject != "" {
		return true
	}
	words := strings.ToLower(d.FormID)
	for _, s := range d.Title {
		words += " " + strings.ToLower(s)
	}
	for _, w := range []string{"child", "elder", "儿童", "孩子", "老人", "老年", "养老", "minor", "未成年"} {
		if strings.Contains(words, w) {
			return true
		}
	}
	return false
}

// judgementNames are the questions of the sample questionnaires that people.md §1.2 names.
var judgementNames = regexp.MustCompile(`^(c1_5|c1_6|c4_4|c5_\d|c6_\d|e6_\d)`)

// judgementWords mark a question as one of judgement whatever its name is.
var judgementWords = compiled(`(?i)自杀|自伤|自残|轻生|不想活|虐待|家暴|打骂|殴打|性侵|侵害|受伤|伤痕|欺负|欺凌|霸凌|心情|情绪|抑郁|疏忽照|suicid|self-harm|self harm|abuse|neglect|violen|bully|bullied|injur|\bmood\b|depress`)

func (r *formReader) checkJudgements(d *form.Definition) {
	for it := range d.All() {
		if it.Kind != form.Question || !it.Type.Shown() || it.Type == form.TypeNote || !judgement(d, it) {
			continue
		}
		for _, need := range []struct {
			column string
			has    bool
		}{{"fresh", it.Fresh}, {"unknown", it.Unknown}} {
			if need.has {
				continue
			}
			p := at{r.survey.g.Name, it.Row, 0}
			for _, c := range r.survey.cols {
				if c.base == need.column {
					p.col = c.col
				}
			}
			f := r.find(Refusal, "judgement_not_guarded", p, "Name", it.Name, "Column", need.column)
			f.Fix = "yes"
		}
	}
}

func judgement(d *form.Definition, it *form.Item) bool {
	if judgementNames.MatchString(it.Name) || dangerous(it.HardTrigger) {
		return true
	}
	if d.Sensitivity(it) >= 2 && it.Type != form.TypeText { // free words may stay empty
		return true
	}
	if l := d.List(it.List); l != nil {
		for _, c := range l.Choices {
			if dangerous(c.HardTrigger) {
				return true
			}
		}
	}
	for _, s := range it.Label {
		if judgementWords().MatchString(s) {
			return true
		}
	}
	return false
}

// dangerous are the triggers of quiet danger (people.md §1.1).
func dangerous(code string) bool { return code == "HT-M" || code == "HT-S" || code == "HT-D" }
