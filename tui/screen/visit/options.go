package visit

import (
	"slices"
	"strings"

	"doorstep/casework/form"
	"doorstep/tui/stage"
)

// option is one thing to choose for a question: a choice, that it could not be asked or
// seen, or what can be done with a file.
type option struct {
	value string // a choice's name, or ""
	mark  string // form.UnknownNotAsked, form.UnknownNotSeen, or ""
	file  fileAct
	label string
	on    bool
	rank  int // place in an order, from 1; 0 not in it
}

// perPage is how many options digits choose at once; 0 shows the next ones.
const perPage = 9

// longList is how many choices a list has at most that digits and 0 go through. In a longer
// one she types what she looks for.
const longList = 36

// options are what a question offers. Labels are made when they are asked for: a list of
// villages has 50,000.
type options struct {
	choices []*form.Choice
	tail    []option // behind the choices
	chosen  []string
	def     *form.Definition
	lang    string
	ranked  bool
}

// options of a question as they are shown, with its unknown marks at the end.
func (s *Screen) options(env *stage.Env, v form.View) options {
	o := options{
		choices: s.session.Form.Choices(v.Path), def: s.session.Form.Definition(), lang: env.Say("people.lang"),
		chosen: []string{v.Value}, ranked: v.Item.Type == form.TypeRank,
	}
	if several(v) {
		o.chosen = strings.Fields(v.Value)
	}
	switch {
	case v.Item.Type == form.TypeAcknowledge:
		o.tail = append(o.tail, option{value: "OK", label: env.Say("visit.acknowledge"), on: v.Value != ""})
	case v.Item.Type.Attaches():
		o.tail = s.fileOptions(env, v)
	}
	if v.Item.Unknown {
		o.tail = append(o.tail,
			option{mark: form.UnknownNotAsked, label: env.Say("visit.not_asked"), on: v.Unknown == form.UnknownNotAsked},
			option{mark: form.UnknownNotSeen, label: env.Say("visit.not_seen"), on: v.Unknown == form.UnknownNotSeen})
	}
	return o
}

func (o options) len() int { return len(o.choices) + len(o.tail) }

func (o options) at(i int) option {
	if i >= len(o.choices) {
		return o.tail[i-len(o.choices)]
	}
	c := o.choices[i]
	place := slices.Index(o.chosen, c.Name) + 1
	out := option{value: c.Name, label: o.def.Say(c.Label, o.lang), on: place > 0}
	if o.ranked {
		out.rank = place
	}
	return out
}

// sort puts names into the order of the list.
func (o options) sort(names []string) {
	at := make(map[string]int, len(names))
	for i, c := range o.choices {
		at[c.Name] = i
	}
	slices.SortStableFunc(names, func(a, b string) int { return at[a] - at[b] })
}

// long reports a list in which she types what she looks for.
func (s *Screen) long(v form.View) bool {
	return v.Item.Type.Selects() && !v.ReadOnly && len(s.session.Form.Choices(v.Path)) > longList
}

func (s *Screen) nextPage(opts options) {
	if opts.len() > perPage {
		s.say = ""
		s.page = (s.page + 1) % ((opts.len() + perPage - 1) / perPage)
	}
}
