package outing

import (
	"strconv"
	"strings"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/rule"
)

// depth is that of the questions on paper: routine.
const depth = 2

// longest is the most options that are printed; a question with more gets a line to write on.
const longest = 24

// Blank is what is left free for an answer that is written, not ticked.
type Blank string

// The blanks.
const (
	Ticks  Blank = "" // there are options
	Words  Blank = "words"
	Figure Blank = "number"
	Date   Blank = "date"
)

// Question is one question on paper.
type Question struct {
	Code    string // as the screen calls it when a sheet is entered: C0.4
	Label   string
	When    When
	Many    bool // several may be ticked
	Options []Option
	Blank   Blank
}

// When says that a question is asked only when one above it was answered so. The zero When
// is always.
type When struct {
	Code string   // of the question above
	Keys []string // of the answers
}

// Option is one answer with the keys that choose it on the screen: 1 to 9, and from the
// tenth on 01, 02 …, because 0 shows the next nine.
type Option struct{ Keys, Label string }

// profile is all that the questions on a sheet may depend on.
type profile struct {
	age int
	sex string
	day casework.Day
}

func (p profile) facts() map[string]string {
	_, month, _ := p.day.Date()
	f := map[string]string{
		"p_depth": strconv.Itoa(depth), "p_sex": p.sex, "p_month": strconv.Itoa(month), "p_visit_date": p.day.String(),
	}
	if p.age >= 0 {
		f["p_age"] = strconv.Itoa(p.age)
	}
	return f
}

// short are the questions of a questionnaire that go on paper.
func short(def *form.Definition, p profile, speaker rule.Speaker) ([]Question, error) {
	clock := func() time.Time { return p.day.Time() }
	in, err := form.Start(def, form.StartOptions{Day: p.day, Depth: depth, Facts: p.facts(), Lang: speaker.Tag()}, clock)
	if err != nil {
		return nil, err
	}
	r := newReader(in, p)
	var out []Question
	printed := map[string]Question{}
	for it := range def.All() {
		v, ok := in.View(it.Path)
		if !ok || !onPaper(def, it, v) || !r.possible(it) {
			continue
		}
		q := Question{Code: code(it), Label: casework.CleanLine(v.Label, 0), Many: it.Type == form.TypeSelectMultiple}
		q.Options, q.Blank = answers(in, it, speaker)
		q.When = r.when(it, printed)
		printed[it.Name] = q
		out = append(out, q)
	}
	return out, nil
}

// code is what the screen calls a question: c5_3 is C5.3.
func code(it *form.Item) string { return strings.ToUpper(strings.ReplaceAll(it.Name, "_", ".")) }

// onPaper reports whether a question may stand on paper, whoever it is asked about.
func onPaper(def *form.Definition, it *form.Item, v form.View) bool {
	if it.Kind != form.Question || !it.Type.Shown() || it.Type.Attaches() || it.ReadOnly != "" {
		return false
	}
	switch it.Type {
	case form.TypeNote, form.TypeAcknowledge, form.TypeRank, form.TypeGeopoint:
		return false
	}
	for g := it; g != nil; g = def.Parent(g) {
		if g.Kind == form.Repeat || g.Depth > depth {
			return false
		}
	}
	// Restricted is what the answer is or comes from. A personal question that may stay
	// unknown is a judgement about mood or conduct.
	return v.Class < casework.Restricted && (v.Class < casework.Personal || !it.Unknown)
}

func answers(in *form.Instance, it *form.Item, speaker rule.Speaker) ([]Option, Blank) {
	switch {
	case it.Type == form.TypeDate || it.Type == form.TypeDateTime:
		return nil, Date
	case it.Type == form.TypeInteger || it.Type == form.TypeDecimal || it.Type == form.TypeRange:
		return nil, Figure
	case !it.Type.Selects():
		return nil, Words
	}
	var labels []string
	for _, c := range in.Choices(it.Path) {
		labels = append(labels, casework.CleanLine(in.Definition().Say(c.Label, speaker.Tag()), 60))
	}
	if it.Unknown {
		labels = append(labels, speaker.Say("visit.not_asked"), speaker.Say("visit.not_seen"))
	}
	if len(labels) == 0 || len(labels) > longest || it.ChoiceFilter != "" || it.ListFrom != "" {
		return nil, Words
	}
	out := make([]Option, len(labels))
	for i, l := range labels {
		out[i] = Option{Keys: strings.Repeat("0", i/9) + strconv.Itoa(i%9+1), Label: l}
	}
	return out, Ticks
}
