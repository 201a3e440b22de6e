package person

import (
	"encoding/json"
	"strings"
	"time"

	"doorstep/casework"
	"doorstep/tui/cell"
	"doorstep/tui/stage"
	"doorstep/tui/widget/entry"
)

// settleLine offers what the two places say, each with who wrote it and when.
func settleLine(env *stage.Env, b Editor, k casework.KindSpec, r casework.Record, f casework.Field) *entry.Line {
	lang := env.Say("people.lang")
	reg := r.Registers[f]
	l := &entry.Line{ID: settlePrefix + string(f), Kind: entry.One, Warn: env.Say("person.settle")}
	if m := k.Members(f); len(m) > 0 {
		l.Label = headingOf(m[0], lang)
	}
	add := func(v json.RawMessage, by casework.WorkerID, at time.Time) {
		said := cell.CleanTo(readable(k, f, v, lang), 60) + "  " + cell.CleanTo(b.NameOf(by), 20) + " " + at.In(casework.Shanghai).Format("01-02 15:04")
		l.Options = append(l.Options, entry.Option{Value: string(v), Label: said})
	}
	add(reg.Value, reg.Worker, reg.At)
	for _, id := range reg.Shown() {
		add(reg.Alts[id].Value, reg.Alts[id].Worker, reg.Alts[id].At)
	}
	return l
}

// readable writes a register's value out for people.
func readable(k casework.KindSpec, f casework.Field, v json.RawMessage, lang string) string {
	members := k.Members(f)
	if len(members) == 1 && members[0].Group == "" {
		return word(members[0], v, lang)
	}
	var object map[casework.Field]json.RawMessage
	if json.Unmarshal(v, &object) != nil {
		return ""
	}
	var out []string
	for _, m := range members {
		if w := word(m, object[m.Key], lang); w != "" {
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

func word(s casework.FieldSpec, v json.RawMessage, lang string) string {
	var text string
	var many []string
	switch {
	case json.Unmarshal(v, &text) == nil:
		many = []string{text}
	case json.Unmarshal(v, &many) == nil:
	case s.Type == casework.TypeDate:
		var d casework.Date
		if json.Unmarshal(v, &d) == nil {
			return d.String()
		}
	}
	if s.Type == casework.TypePhone {
		for i, m := range many {
			many[i] = casework.Phone(m).Mask()
		}
	}
	list, coded := casework.List(s.Codes)
	for i, m := range many {
		if t, ok := list.Of(m); coded && ok {
			many[i] = t.Label(lang)
		}
	}
	return strings.Join(many, "、")
}
