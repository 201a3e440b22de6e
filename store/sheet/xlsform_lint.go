package sheet

import (
	"regexp"
	"slices"
	"strings"

	"doorstep/casework/form"
)

// lint checks what can only be checked when the whole workbook is known.
func (r *formReader) lint() {
	if r.tooMuchFormula() {
		return
	}
	for _, it := range r.rows {
		r.lintRow(it)
	}
	r.lintReach()
	r.lintDoor()
	r.lintWords()
	r.lintCircles()
	d := r.def
	if d.InstanceName != "" {
		d.InstanceName = r.checkFormula(formula{"instance_name", d.InstanceName, settingPlace(r.book, "instance_name")}, nil)
	}
	if d.Depth != "" {
		d.Depth = r.checkFormula(formula{"depth", d.Depth, settingPlace(r.book, "depth")}, nil)
	}
}

func (r *formReader) lintRow(it *row) {
	into := map[string]*string{
		"relevant": &it.Relevant, "required": &it.Required, "read_only": &it.ReadOnly, "constraint": &it.Constraint,
		"calculation": &it.Calculation, "choice_filter": &it.ChoiceFilter, "repeat_count": &it.RepeatCount,
		"default": &it.Default, "score": &it.Score, "hard_trigger_when": &it.HardTriggerWhen,
	}
	for _, f := range it.expects {
		fixed := r.checkFormula(f, it)
		if target := into[f.column]; target != nil {
			*target = fixed
		}
	}
	_, p := r.survey.get(it.line, "trigger")
	for _, name := range it.Trigger {
		switch targets := r.named[name]; {
		case len(targets) == 0:
			r.refuse("unknown_field", p, "Name", name, "Column", "trigger")
		case targets[0].Type == form.TypeCalculate || targets[0].Type == form.TypeHidden:
			r.refuse("trigger_never_typed", p, "Name", name)
		}
	}
	r.lintChoices(it)
	r.lintShared(it)
	r.lintPhoto(it)
}

// lintReach tells of questions that nobody ever sees.
func (r *formReader) lintReach() {
	for _, it := range r.rows {
		if !r.never(it) {
			continue
		}
		p := at{r.survey.g.Name, it.line, 0}
		switch {
		case it.Kind == form.Question && it.Required != "":
			r.warn("required_never_shown", p, "Name", it.Name)
		case it.Relevant != "" && !r.never(it.parent):
			r.warn("never_shown", p, "Name", it.Name)
		}
	}
}

// lintChoices checks what a list must be for the question that uses it.
func (r *formReader) lintChoices(it *row) {
	l := r.lists[it.List]
	if l == nil || l.File != "" || !it.Type.Selects() {
		return
	}
	// Each list once for either reason, however many questions use it.
	several := it.Type != form.TypeSelectOne && !r.checked["several "+l.Name]
	filtered := it.ChoiceFilter != "" && !r.checked["filtered "+l.Name]
	if !several && !filtered {
		return
	}
	for _, c := range l.Choices {
		switch {
		case several && strings.ContainsAny(c.Name, " \t\n"):
			r.refuse("blank_in_choice", r.listAt[l.Name], "List", l.Name, "Name", c.Name)
		case filtered && c.Label == nil:
			r.refuse("filtered_without_label", r.listAt[l.Name], "List", l.Name, "Name", c.Name)
		}
	}
	if several {
		r.checked["several "+l.Name] = true
	}
	if filtered {
		r.checked["filtered "+l.Name] = true
	}
}

var constantFalse = regexp.MustCompile(`^(?i)\s*(false\(\)|0|1\s*=\s*2|'')\s*$`)

// lintWords checks ${names} inside labels, and that every sentence exists in every language.
func (r *formReader) lintWords() {
	langs := map[string]bool{}
	for _, t := range []*table{r.survey, r.choices} {
		if t != nil {
			for _, l := range t.langs("label") {
				langs[l] = true
			}
		}
	}
	for l := range langs {
		r.def.Languages = append(r.def.Languages, l)
	}
	slices.Sort(r.def.Languages)
	if r.def.DefaultLanguage == "" && len(r.def.Languages) > 0 && !langs[""] {
		r.def.DefaultLanguage = r.def.Languages[0]
		if langs["zh"] {
			r.def.DefaultLanguage = "zh"
		}
	}
	for _, t := range []*table{r.survey, r.choices} {
		if t != nil {
			r.lintTable(t)
		}
	}
}

func (r *formReader) lintTable(t *table) {
	for line := range t.rows {
		for _, c := range t.cols {
			if !translated[c.base] {
				continue
			}
			p := at{t.g.Name, line, c.col}
			s := strings.TrimSpace(t.g.At(line, c.col).Text)
			if s == "" && !pageless[c.base] && t.text(line, c.base) != nil {
				r.warn("no_translation", p, "Column", c.base, "Language", c.lang)
			}
			if !pageless[c.base] || t == r.choices {
				r.checkNames(formula{c.base, s, p}, r.rowAt(t, line))
			}
		}
	}
}

func (r *formReader) rowAt(t *table, line int) *row {
	if t == r.survey {
		return r.byLine[line]
	}
	return nil
}

func inRepeat(it *row) bool {
	for ; it != nil; it = it.parent {
		if it.Kind == form.Repeat {
			return true
		}
	}
	return false
}

var choiceTests = []*regexp.Regexp{
	regexp.MustCompile(`selected\(\s*\$\{\s*([^}]+?)\s*\}\s*,\s*'([^']*)'\s*\)`),
	regexp.MustCompile(`\$\{\s*([^}]+?)\s*\}\s*!?=\s*'([^']*)'`),
}

// checkChoicesNamed warns when an expression waits for a choice its question does not have,
// which is how questions become unreachable in practice.
func (r *formReader) checkChoicesNamed(f formula) {
	for _, re := range choiceTests {
		for _, m := range re.FindAllStringSubmatch(f.src, -1) {
			for _, it := range r.named[m[1]] {
				if m[2] == "" || m[2] == "NaN" || it.List == "" || strings.HasPrefix(m[2], "_") {
					continue
				}
				if l := r.lists[it.List]; l != nil && l.File == "" && !r.coded[l][m[2]] {
					r.warn("unknown_choice", f.at, "Name", m[1], "Choice", m[2])
				}
			}
		}
	}
}
