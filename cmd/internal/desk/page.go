package desk

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/rule"
	"doorstep/store/laptop"
	"doorstep/tui/book"
)

func (d *Desk) visitLine(v casework.VisitSummary, child bool) book.VisitLine {
	l := book.VisitLine{
		ID: v.ID, Date: v.Date, Mode: v.Mode, Worker: d.NameOf(v.Worker), Paper: v.Source == "paper",
		Where: d.where(v.ID), Removed: v.Superseded || v.Retracted, Mine: v.Worker == d.store.Author().Worker,
	}
	l.Result = book.Phrase{Text: d.label("visit_result", v.Result)}
	switch {
	case v.Superseded || v.Retracted:
		l.Result = book.Phrase{Key: "desk.visit.removed"}
	case v.Result == "met" && child && v.Seen:
		l.Result = book.Phrase{Key: "desk.visit.saw_child"}
	case v.Result == "met" && child:
		l.Result = book.Phrase{Key: "desk.visit.not_saw_child"}
	case v.Result == "met":
		l.Result = book.Phrase{Key: "desk.visit.saw"}
	}
	return l
}

func (d *Desk) where(id casework.RecordID) book.Whereabouts {
	st := d.store.Where(id)
	w := book.Whereabouts{At: st.At, Reason: st.Reason}
	switch st.Stage {
	case laptop.Pending:
		w.State = "pending"
	case laptop.Quarantined:
		w.State = "kept"
	default:
		w.State = "received" // it came from the district, or the district has proved that it holds it
	}
	return w
}

// Visit implements book.Reader: one visit opened, with the answers she may still see.
func (d *Desk) Visit(ctx context.Context, id casework.RecordID) (book.VisitPage, error) {
	r, err := d.store.Record(ctx, id)
	if err != nil {
		return book.VisitPage{}, err
	}
	if r.Kind == casework.KindForm || r.Kind == casework.KindCheck {
		return d.formPage(ctx, r)
	}
	v := casework.VisitOf(r)
	p, err := d.person("desk.Visit", v.Person)
	if err != nil {
		return book.VisitPage{}, err
	}
	day, _ := d.Today()
	page := book.VisitPage{
		Line: d.visitLine(v.VisitSummary, p.IsChild(day)), Held: d.store.Where(id).Held,
		Person: d.line(p, rule.Due(p, d.store.Visits(p.ID), d.table(day), day), day),
	}
	def := d.definition(ctx, v.Form, v.FormHash)
	if def != nil {
		page.Title = def.Say(def.Title, d.opt.Speaker.Tag())
	}
	page.Facts = d.answers(def, v)
	return page, nil
}

// answers are the questions and answers of a visit in the order of its questionnaire.
func (d *Desk) answers(def *form.Definition, v casework.Visit) []book.Fact {
	var out []book.Fact
	told := map[string]bool{}
	add := func(key, label, value string) {
		told[key] = true
		out = append(out, book.Fact{Label: book.Phrase{Text: label}, Value: value})
	}
	if def != nil {
		for it := range def.All() {
			raw, ok := v.Answers[it.Name]
			if !ok || !it.Type.Shown() {
				continue
			}
			add(it.Name, def.Say(it.Label, d.opt.Speaker.Tag()), d.answer(def, it, raw))
			out[len(out)-1].File = d.fileOf(it, raw)
		}
	}
	var rest []string
	for key := range v.Answers {
		if !told[key] && strings.Contains(key, "[") {
			rest = append(rest, key)
		}
	}
	slices.Sort(rest)
	for _, key := range rest { // the rows of rosters
		name := key[strings.LastIndexByte(key, '/')+1:]
		label := name
		var it *form.Item
		if def != nil {
			if it = def.Find(name); it != nil {
				if !it.Type.Shown() {
					continue
				}
				label = def.Say(it.Label, d.opt.Speaker.Tag())
			}
		}
		add(key, label, d.answer(def, it, v.Answers[key]))
		out[len(out)-1].File = d.fileOf(it, v.Answers[key])
	}
	for _, note := range []struct{ key, text string }{{"desk.visit.summary", v.Summary}, {"desk.visit.problems", v.Problems}, {"desk.visit.measures", v.Measures}} {
		if note.text != "" {
			out = append(out, book.Fact{Label: book.Phrase{Key: note.key}, Value: note.text})
		}
	}
	return out
}

func (d *Desk) answer(def *form.Definition, it *form.Item, raw json.RawMessage) string {
	var unknown struct {
		Unknown string `json:"unknown"`
	}
	var text string
	if json.Unmarshal(raw, &text) != nil {
		if json.Unmarshal(raw, &unknown) == nil && unknown.Unknown == "not_observed" {
			return d.say("visit.not_seen")
		}
		return d.say("visit.not_asked")
	}
	if it != nil && it.Type.Attaches() {
		return d.fileWords(text)
	}
	if def == nil || it == nil || it.List == "" {
		return text
	}
	list := def.List(it.List)
	if list == nil {
		return text
	}
	var labels []string
	for _, name := range strings.Fields(text) {
		for _, c := range list.Choices {
			if c.Name == name {
				labels = append(labels, def.Say(c.Label, d.opt.Speaker.Tag()))
			}
		}
	}
	if len(labels) == 0 {
		return text
	}
	return strings.Join(labels, "、")
}
