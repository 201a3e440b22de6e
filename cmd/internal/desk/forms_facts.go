package desk

import (
	"context"
	"slices"
	"strconv"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/tui/book"
)

// formFacts are what a form is told about a person before the first question: its hidden
// fields p_….
func (d *Desk) formFacts(ctx context.Context, f packs.Form, p casework.Person, day casework.Day) map[string]string {
	w := d.Worker()
	facts := map[string]string{
		"p_name": p.Name, "p_sex": p.Sex, "p_address": d.place(p.Area()) + p.Grid + p.Address, "p_recipient": p.Name, "p_payee": p.Name,
		"p_worker": d.say("desk.post", "Village", w.Village, "Role", d.label("role", string(w.Role))) + w.Name,
	}
	if age := p.Age(day); age >= 0 {
		facts["p_age"] = strconv.Itoa(age)
	}
	give := func(name, value string) {
		if value != "" {
			facts[name] = value
		}
	}
	give("p_guardian", p.Guardian.Name)
	give("p_prev_level", p.SelfCare)
	give("p_self_care", p.SelfCare)
	switch {
	case slices.Contains(p.Layers, "TEKUN"):
		give("p_scheme", "tekun")
	case slices.Contains(p.Layers, "DIBAO"):
		give("p_scheme", "dibao")
	}
	if row, ok := d.pack().Price(p.Area(), "care_hour", "tekun_dispersed", day); ok && f.ID == packs.CareRecord {
		give("p_price_fen", strconv.FormatInt(int64(row.Amount), 10))
	}
	if f.ID == packs.HomeAdaptation {
		d.stage(ctx, p, facts)
	}
	return facts
}

// stage says how far the adaptation of a home has come: planned, then accepted item by
// item, then asked about.
func (d *Desk) stage(ctx context.Context, p casework.Person, facts map[string]string) {
	last, ok := d.lastForm(ctx, packs.HomeAdaptation, p)
	if !ok {
		return
	}
	answers := plainAnswers(last.Answers)
	switch {
	case answers["p_stage"] == "survey" && last.Result == "1", last.Result == "FIX":
		facts["p_stage"], facts["p_items"] = "acceptance", answers["plan"]
		if b := answers["ad_builder"]; b != "" {
			facts["p_builder"] = b
		}
	case last.Result == "PASS", answers["p_stage"] == "follow_up":
		facts["p_stage"] = "follow_up"
	}
}

// lastForm is the newest form of a kind about a person that stands.
func (d *Desk) lastForm(ctx context.Context, id string, p casework.Person) (casework.FilledForm, bool) {
	for _, s := range d.filled(p) {
		if s.Form != id || !s.Counts() || s.Protected {
			continue
		}
		r, err := d.store.Record(ctx, s.ID)
		if err != nil {
			continue
		}
		return casework.FilledFormOf(r), true
	}
	return casework.FilledForm{}, false
}

// previousForm are the answers given the last time, as far as they may stand beside the questions.
func (d *Desk) previousForm(ctx context.Context, def *form.Definition, p casework.Person) map[string]string {
	if p.ID.IsZero() {
		return nil
	}
	last, ok := d.lastForm(ctx, def.FormID, p)
	if !ok {
		return nil
	}
	return plainAnswers(last.Answers)
}

// prefill answers what is known already and is not the form's own default: the village of a
// check, and the call that was noted with the order.
func (d *Desk) prefill(ctx context.Context, in *form.Instance, b book.FormBeginning) error {
	set := func(name, value string) {
		if it := in.Definition().Find(name); it != nil && value != "" {
			_, _ = in.Set(it.Path, value) // a version that asks otherwise is asked otherwise
		}
	}
	if b.Area != "" {
		set("q_village", d.place(b.Area))
	}
	if b.Urgent.IsZero() {
		return nil
	}
	r, err := d.store.Record(ctx, b.Urgent)
	if err != nil {
		return err
	}
	t := casework.TaskOf(r)
	set("r_found_at", r.Registers["opened_on"].At.In(casework.Shanghai).Format("2006-01-02 15:04"))
	if day, _ := d.Today(); t.Owner != (casework.RecordID{}) {
		if p, ok := d.store.Person(t.Owner); ok && !p.IsChild(day) {
			set("r_person", "adult")
		} else if ok {
			set("r_person", "child")
		}
	}
	for _, code := range slices.Concat(b.Triggers, t.Triggers) {
		switch code {
		case "HT-A":
			set("r_left_behind", "alone")
		case "HT-D":
			set("r_codes", "MR9") // facing danger now
		}
	}
	for _, a := range d.taken(r) {
		at := a.At.In(casework.Shanghai).Format("2006-01-02 15:04")
		switch a.Step {
		case "called":
			set("r_called_at", at+" "+a.Note)
		case "supervisor", "station", "bureau":
			set("r_to", a.Step)
			set("r_told_at", at+" "+d.say("urgent.did."+a.Step))
		}
	}
	return nil
}
