package person

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/stage"
	"doorstep/tui/widget/entry"
)

// Editor is what 改资料 asks for.
type Editor interface {
	Worker() book.Worker
	NameOf(worker casework.WorkerID) string
	Today() (casework.Day, bool)
	Record(ctx context.Context, id casework.RecordID) (casework.Record, error)
	Edit(ctx context.Context, seen casework.Record, values casework.Values, reason string) error
	Settle(ctx context.Context, seen casework.Record, field casework.Field, value any) error
}

// Edit is the page 改资料: the fields of the schema table that this worker may write.
// Where two places say different things she chooses here.
type Edit struct {
	entry.Sheet
	book   Editor
	person casework.RecordID
	seen   casework.Record
	load   stage.Latest
	was    map[string]string
}

// NewEdit makes the page of one person.
func NewEdit(b Editor, person casework.RecordID) *Edit {
	e := &Edit{book: b, person: person}
	e.Sheet = entry.NewSheet(EditPlace, "person.edit.title", e.save, func(env *stage.Env) stage.Action {
		return stage.Pop().Then(stage.Notice(env.Say("person.edit.done")))
	})
	return e
}

// Start implements stage.Starter.
func (e *Edit) Start(*stage.Env) tea.Cmd {
	b, id := e.book, e.person
	return e.load.Ask(func() any {
		r, err := b.Record(context.Background(), id)
		if err != nil {
			return err
		}
		return r
	})
}

// Update implements stage.Screen.
func (e *Edit) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if v, fresh, mine := e.load.Take(msg); mine {
		switch v := v.(type) {
		case error:
			e.Fail(v)
		case casework.Record:
			if fresh {
				e.fill(env, v)
			}
		}
		return stage.None(), nil
	}
	return e.Sheet.Update(env, msg)
}

const (
	settlePrefix = "settle:"
	reasonID     = "reason"
	newElement   = "/new"
)

// fill makes the lines of a record.
func (e *Edit) fill(env *stage.Env, r casework.Record) {
	e.seen = r
	lang := env.Say("people.lang")
	spec, _ := casework.SchemaOf(r.Kind)
	role := e.book.Worker().Role
	var lines []*entry.Line
	for _, f := range r.Conflicts() {
		lines = append(lines, settleLine(env, e.book, spec, r, f))
	}
	conflicts := r.Conflicts()
	for _, s := range spec.Fields {
		if !editable(spec, s, role) || slices.Contains(conflicts, spec.Register(s.Key)) || foreign(r, s) {
			continue
		}
		if !s.Set {
			lines = append(lines, lineOf(env, s, string(s.Key), r.Value(s.Key), lang))
			continue
		}
		for _, el := range r.Elements(s.Key) {
			lines = append(lines, lineOf(env, s, string(el), r.Value(el), lang))
		}
		another := lineOf(env, s, string(s.Key)+newElement, nil, lang)
		if len(r.Elements(s.Key)) > 0 {
			another.Label = env.Say("person.edit.another", "Field", another.Label)
		}
		lines = append(lines, another)
	}
	lines = append(lines, (&entry.Line{ID: reasonID, Label: env.Say("person.edit.reason"), Hint: env.Say("person.edit.reason.hint"), Kind: entry.Text}).Max(100))
	e.Fill(lines...)
	e.was = map[string]string{}
	for _, l := range lines {
		e.was[l.ID] = e.text(env, l)
	}
}

// editable are the fields a worker fills in by hand.
func editable(k casework.KindSpec, s casework.FieldSpec, role casework.Role) bool {
	if !role.MaySee(s) || !role.MayWrite(k, s) || s.Late {
		return false
	}
	switch s.Type {
	case casework.TypeText, casework.TypeName, casework.TypeCode, casework.TypeCodes, casework.TypePhone,
		casework.TypeDate, casework.TypeDay, casework.TypeBool, casework.TypeResident:
		return s.Key != casework.FieldDuties
	}
	return false
}

// Fields that say something about children only, or about elders only.
var (
	ofChildren = []casework.Field{"child_categories", "guardian", "entrusted", "father", "mother", "schooling", "guardian_rating", "vaccinated"}
	ofElders   = []casework.Field{
		"elder_categories", "marital", "living", "ability", "self_care", "supporter", "emergency", "emergency2", "agreed",
		"support_mode", "home_beds", "carer", "willingness", "income_sources", "layers",
	}
)

// foreign reports a field of the other age: it is empty and would only be in the way.
func foreign(r casework.Record, s casework.FieldSpec) bool {
	key := s.Key
	if s.Group != "" {
		key = s.Group
	}
	if v := r.Value(s.Key); len(v) > 0 && string(v) != "null" {
		return false
	}
	duties := r.Duties()
	child, elder := slices.Contains(duties, casework.DutyChild), slices.Contains(duties, casework.DutyElder)
	return child && !elder && slices.Contains(ofElders, key) || elder && !child && slices.Contains(ofChildren, key)
}

func headingOf(s casework.FieldSpec, lang string) string {
	if lang == "en" {
		return s.En
	}
	return s.Zh
}

func lineOf(env *stage.Env, s casework.FieldSpec, id string, value json.RawMessage, lang string) *entry.Line {
	l := &entry.Line{ID: id, Label: headingOf(s, lang), Kind: entry.Text}
	var text string
	_ = json.Unmarshal(value, &text)
	switch s.Type {
	case casework.TypeText, casework.TypeName:
		limit := s.Max
		if limit == 0 {
			limit = casework.DefaultMax
		}
		l.Max(limit).Set(text)
	case casework.TypePhone: // a number is shown in full on the file only, where it leaves a note
		l.Max(40)
		if text != "" {
			l.Hint = env.Say("person.edit.phone.hint", "Number", casework.Phone(text).Mask(), "Word", env.Say("person.edit.none"))
		}
	case casework.TypeResident:
		l.Kind = entry.Digits
		l.Hint = env.Say("person.edit.resident.hint")
		if known, err := casework.ResidentOf(value, casework.DayOf(env.Now())); err == nil && known.Mask() != "" {
			l.Hint = env.Say("person.edit.resident.known", "Number", known.Mask())
		}
		l.Max(18).WithX()
	case casework.TypeDate:
		var d casework.Date
		if json.Unmarshal(value, &d) == nil {
			l.Set(d.String())
		}
	case casework.TypeDay:
		l.Kind = entry.Day
		l.Set(text)
	case casework.TypeBool:
		l.Kind = entry.One
		l.Options = []entry.Option{{Value: "true", Label: env.Say("person.yes")}, {Value: "false", Label: env.Say("person.no")}}
		l.Set(string(value))
	case casework.TypeCode:
		l.Kind, l.Options = entry.One, options(s.Codes, lang)
		l.Set(text)
	case casework.TypeCodes:
		var codes []string
		_ = json.Unmarshal(value, &codes)
		l.Kind, l.Options = entry.Many, options(s.Codes, lang)
		l.Set(codes...)
	}
	return l
}

func (e *Edit) text(env *stage.Env, l *entry.Line) string {
	if l.Kind == entry.Day {
		d, _ := l.Day(env)
		return d.String()
	}
	return l.Value()
}

func (e *Edit) save(env *stage.Env) (func() error, bool) {
	if !e.Page.Check(env, env.Say("person.missing")) {
		return nil, false
	}
	values := casework.Values{}
	settled := map[casework.Field]json.RawMessage{}
	reason := e.Page.Find(reasonID).Value()
	removed := false
	for _, l := range e.Page.Lines {
		text := e.text(env, l)
		if l.Kind == entry.Heading || l.ID == reasonID || text == e.was[l.ID] {
			continue
		}
		if f, ok := strings.CutPrefix(l.ID, settlePrefix); ok {
			settled[casework.Field(f)] = json.RawMessage(l.Value())
			continue
		}
		v, err := e.value(env, l)
		if err != nil {
			l.Refuse(env.Error(err))
			e.Page.Focus(l.ID)
			return nil, false
		}
		if v == nil && strings.HasSuffix(l.ID, newElement) {
			continue
		}
		removed = removed || v == nil
		values[casework.Field(l.ID)] = v
	}
	if removed && reason == "" {
		e.Page.Find(reasonID).Refuse(env.Say("person.edit.reason.must"))
		e.Page.Focus(reasonID)
		return nil, false
	}
	b, seen := e.book, e.seen
	return func() error {
		for _, f := range seen.Conflicts() {
			if v, ok := settled[f]; ok {
				if err := b.Settle(context.Background(), seen, f, v); err != nil {
					return err
				}
			}
		}
		if len(values) == 0 {
			return nil
		}
		return b.Edit(context.Background(), seen, values, reason)
	}, true
}

// value is what a line says, in the shape of its field; nil takes it away.
func (e *Edit) value(env *stage.Env, l *entry.Line) (any, error) {
	spec, _ := casework.SchemaOf(e.seen.Kind)
	key := casework.Field(l.ID)
	s, _ := spec.Find(key)
	if l.Kind == entry.Many {
		if v := l.Values(); len(v) > 0 {
			return v, nil
		}
		return nil, nil
	}
	text := l.Value()
	if l.Kind == entry.Day {
		d, _ := l.Day(env)
		if d == 0 {
			return nil, nil
		}
		return d, nil
	}
	if text == "" {
		return nil, nil
	}
	switch s.Type {
	case casework.TypeBool:
		return text == "true", nil
	case casework.TypePhone:
		if text == env.Say("person.edit.none") {
			return nil, nil
		}
		p, err := casework.ParsePhone(text)
		return string(p), err
	case casework.TypeDate:
		return casework.ParseDate(text)
	case casework.TypeResident:
		today, _ := e.book.Today()
		id, err := casework.ParseResidentID(text, today)
		if err != nil {
			return nil, err
		}
		return id.Register(), nil
	}
	return casework.CleanLine(text, casework.MaxValue), nil
}
