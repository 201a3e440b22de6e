package sheet

import (
	"regexp"
	"strconv"
	"strings"

	"doorstep/casework/form"
)

var surveyColumns = set("type", "name", "label", "hint", "guidance_hint", "relevant", "required", "required_message", "constraint",
	"constraint_message", "calculation", "choice_filter", "default", "appearance", "read_only", "repeat_count", "parameters", "trigger",
	"fresh", "unknown", "sensitivity", "depth", "shared", "score", "score_cap", "hard_trigger", "hard_trigger_when")

var references = regexp.MustCompile(`\$\{\s*([^}#]+?)\s*\}`)

// reserved cannot be the name of anything: ODK keeps its own entries there.
const reserved = "meta"

// readSurvey turns the rows of the survey sheet into the tree of items.
func (r *formReader) readSurvey(g *Grid) {
	t := r.readTable(g, surveyColumns)
	r.survey = t
	if !t.has("type") {
		r.refuse("missing_column", at{g.Name, t.header, 0}, "Column", "type")
		return
	}
	if !t.has("name") {
		r.refuse("missing_column", at{g.Name, t.header, 0}, "Column", "name")
		return
	}
	var open []*row
	for line := range t.rows {
		cell, p := t.get(line, "type")
		if cell == "" {
			if name, _ := t.get(line, "name"); name != "" {
				r.refuse("row_without_type", p, "Name", name)
			}
			continue // a remark between the rows
		}
		rt, known := parseType(cell)
		switch {
		case !known:
			r.refuse("unknown_type", p, "Type", cell)
		case strings.HasSuffix(rt.refused, " loop"):
			r.refuse("loop", p)
		case rt.refused != "":
			r.refuse("unsupported_type", p, "Type", cell)
		case rt.fileOnly:
			name, p := t.get(line, "name")
			r.fileList(name+".csv", fileUse{}, p)
		case rt.end != "":
			if len(open) == 0 || open[len(open)-1].Kind != rt.end {
				r.refuse("end_without_begin", p, "Type", cell)
				continue
			}
			if last := open[len(open)-1]; len(last.Items) == 0 && last.Kind == form.Group {
				r.refuse("empty_group", at{g.Name, last.line, 0}, "Name", last.Name)
			}
			open = open[:len(open)-1]
		default:
			var parent *row
			if len(open) > 0 {
				parent = open[len(open)-1]
			}
			if rt.ignored {
				r.warn("ignored_type", p, "Type", cell)
				rt.question = form.TypeHidden // so that formulas may still name it; it stays blank
			}
			it := r.readRow(t, line, rt, parent)
			if it != nil && rt.begin != "" {
				if len(open) == maxGroups {
					r.refuse("too_deep", p, "Max", maxGroups)
					return
				}
				open = append(open, it)
			}
		}
	}
	for _, o := range open {
		r.refuse("begin_without_end", at{g.Name, o.line, 0}, "Name", o.Name)
	}
	if len(r.def.Items) == 0 && !r.findings.Refused() {
		r.refuse("no_questions", at{sheet: g.Name})
	}
}

// readRow reads one item and hangs it into its parent.
func (r *formReader) readRow(t *table, line int, rt rowType, parent *row) *row {
	it := &row{Item: &form.Item{Kind: form.Question, Type: rt.question, Row: line}, line: line, parent: parent}
	if rt.begin != "" {
		it.Kind, it.Type = rt.begin, ""
	}
	var p at
	it.Name, p = t.get(line, "name")
	switch {
	case it.Name == "" && it.Type == form.TypeNote:
		it.Name = "note_" + strconv.Itoa(line) // a note needs no name of its own
	case it.Name == "":
		r.refuse("no_name", p)
		it.Name = "row_" + strconv.Itoa(line)
	case !xmlName().MatchString(it.Name):
		r.refuse("bad_name", p, "Name", it.Name)
	case it.Name == reserved:
		r.refuse("reserved_name", p, "Name", it.Name)
	case it.Kind == form.Repeat && it.Name == r.def.Root:
		r.refuse("name_twice", p, "Name", it.Name, "Row", 0)
	}
	it.Path = "/" + r.def.Root + "/" + it.Name
	siblings := &r.def.Items
	if parent != nil {
		it.Path = parent.Path + "/" + it.Name
		siblings = &parent.Items
	}
	k := r.kin[parent]
	if k == nil {
		k = &kin{map[string]*form.Item{}, map[string]*form.Item{}}
		r.kin[parent] = k
	}
	low := outline(it.Name)
	if s := k.exact[it.Name]; s != nil {
		r.refuse("name_twice", p, "Name", it.Name, "Row", s.Row)
	} else if s := k.folded[low]; s != nil {
		if strings.EqualFold(s.Name, it.Name) {
			r.warn("name_nearly_twice", p, "Name", it.Name, "Row", s.Row)
		} else {
			r.warn("name_looks_alike", p, "Name", it.Name, "Row", s.Row)
		}
	}
	k.exact[it.Name] = it.Item
	if k.folded[low] == nil {
		k.folded[low] = it.Item
	}
	if it.Kind == form.Repeat {
		for _, other := range r.named[it.Name] {
			if other.Kind == form.Repeat && other.parent != parent {
				r.refuse("name_twice", p, "Name", it.Name, "Row", other.line)
			}
		}
	}
	*siblings = append(*siblings, it.Item)
	r.rows = append(r.rows, it)
	if r.byLine[line] == nil {
		r.byLine[line] = it
	}
	r.named[it.Name] = append(r.named[it.Name], it)
	if rt.ignored {
		return it // whatever its row says is for other programs
	}
	r.readWords(t, it)
	r.readFormulas(t, it)
	r.readOwn(t, it)
	r.readList(t, it, rt)
	return it
}

// readWords reads what is shown as it stands.
func (r *formReader) readWords(t *table, it *row) {
	it.Label = t.text(it.line, "label")
	it.Hint = t.text(it.line, "hint")
	it.Guidance = t.text(it.line, "guidance_hint")
	it.ConstraintMessage = t.text(it.line, "constraint_message")
	it.RequiredMessage = t.text(it.line, "required_message")
	var p at
	it.Appearance, p = t.get(it.line, "appearance")
	look := strings.ToLower(it.Appearance)
	for _, w := range []string{"draw", "signature", "annotate", "image-map", "ex:", "search("} {
		if strings.Contains(look, w) && (w != "ex:" || strings.HasPrefix(look, w)) {
			r.refuse("unsupported_appearance", p, "Appearance", it.Appearance)
		}
	}
	if s, p := t.get(it.line, "parameters"); s != "" {
		var bad []string
		if it.Parameters, bad = parameters(s); len(bad) > 0 {
			r.refuse("bad_parameter", p, "Name", bad[0])
		} else if name, wrong := parameterFault(it.Type, it.Parameters); wrong {
			r.refuse("bad_parameter", p, "Name", name)
		}
	}
	media := t.has("image") || t.has("audio") || t.has("video") || t.has("media")
	if it.Kind == form.Question && it.Label == nil && it.Hint == nil && !media && needsLabel(it) {
		if s, _ := t.get(it.line, "calculation"); s == "" {
			r.refuse("no_label", at{t.g.Name, it.line, 0}, "Name", it.Name)
		}
	}
}

func needsLabel(it *row) bool { return it.Type.Shown() && it.Type != form.TypeAcknowledge }

// readFormulas reads the columns that hold expressions; lint compiles them when every name is
// known.
func (r *formReader) readFormulas(t *table, it *row) {
	take := func(column string) string {
		s, p := t.get(it.line, column)
		if s != "" {
			it.expects = append(it.expects, formula{column, s, p})
		}
		return s
	}
	tick := func(column string) string {
		s, p := t.get(it.line, column)
		switch {
		case no(s):
			return ""
		case yes(s):
			return "true()"
		}
		it.expects = append(it.expects, formula{column, s, p})
		return s
	}
	it.Relevant = take("relevant")
	it.Required = tick("required")
	it.ReadOnly = tick("read_only")
	it.Constraint = take("constraint")
	it.Calculation = take("calculation")
	it.ChoiceFilter = take("choice_filter")
	if it.Kind == form.Repeat {
		it.RepeatCount = take("repeat_count")
	}
	var p at
	if it.Default, p = t.get(it.line, "default"); it.DefaultIsExpression() {
		it.expects = append(it.expects, formula{"default", it.Default, p})
	}
	trigger, p := t.get(it.line, "trigger")
	switch {
	case trigger == "":
	case hardCode.MatchString(trigger):
		it.HardTrigger = trigger
	default:
		for _, m := range references.FindAllStringSubmatch(trigger, -1) {
			it.Trigger = append(it.Trigger, m[1])
		}
		if rest := references.ReplaceAllString(trigger, ""); strings.Trim(rest, " ,，、") != "" || it.Trigger == nil {
			r.refuse("bad_trigger", p, "Text", trigger)
		}
	}
	if it.Type == form.TypeCalculate && it.Calculation == "" && it.Default == "" {
		r.refuse("calculate_without_calculation", at{t.g.Name, it.line, 0}, "Name", it.Name)
	}
}

// readList finds the choices of a select.
func (r *formReader) readList(t *table, it *row, rt rowType) {
	if rt.list == "" {
		return
	}
	_, p := t.get(it.line, "type")
	it.OrOther = rt.orOther
	switch m := references.FindStringSubmatch(rt.list); {
	case m != nil:
		it.ListFrom = m[1]
		it.expects = append(it.expects, formula{"type", rt.list, p})
	case rt.fromFile:
		if ext := strings.ToLower(rt.list); !strings.HasSuffix(ext, ".csv") {
			r.refuse("file_not_csv", p, "File", rt.list)
			return
		}
		it.List = r.fileList(rt.list, fileUse{it.Parameters["value"], it.Parameters["label"], true, it.Type != form.TypeSelectOne}, p)
	default:
		it.List = rt.list
		if _, known := r.listAt[it.List]; !known || rt.external != r.external[it.List] {
			r.refuse("no_list", p, "List", it.List)
			return
		}
		if it.OrOther {
			r.addOther(it)
		}
	}
}

// addOther gives a select with "or_other" the choice other and a question for the words.
func (r *formReader) addOther(it *row) {
	if l := r.lists[it.List]; l != nil && !r.coded[l]["other"] {
		r.add(l, &form.Choice{Name: "other", Label: form.Text{"zh": "其他", "en": "Other", "": "其他 Other"}})
	}
	words := &row{Item: &form.Item{
		Kind: form.Question, Type: form.TypeText, Name: it.Name + "_other", Path: it.Path + "_other", Row: it.line,
		Label:    form.Text{"zh": "其他，请写明", "en": "Other: please say", "": "其他，请写明 Please say"},
		Relevant: "selected(${" + it.Name + "}, 'other')", Sensitivity: it.Sensitivity, Fresh: it.Fresh, Depth: it.Depth, Shared: it.Shared,
	}, line: it.line, parent: it.parent}
	if it.SharedAs != "" {
		words.SharedAs = it.SharedAs + "_other"
	}
	siblings := &r.def.Items
	if it.parent != nil {
		siblings = &it.parent.Items
	}
	*siblings = append(*siblings, words.Item)
	r.rows = append(r.rows, words)
	r.named[words.Name] = append(r.named[words.Name], words)
}
