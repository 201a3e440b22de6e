package task

import (
	"slices"
	"strings"

	"doorstep/casework"
	"doorstep/casework/rule"
)

// Order is what must be done at once when a hard trigger fires.
type Order struct {
	Trigger string // "HT-M"
	// Quiet orders never fill the screen: the one to fear may be reading (people §1.1). She
	// opens them with a key; unopened they come back when she leaves the visit.
	Quiet bool
	Class casework.Sensitivity // of the order itself
	Title string               // key of a sentence
	Steps []Line               // in this order
}

// Line is one thing to do.
type Line struct {
	Key    string
	Number string // telephone number to show large, "" when none
	For    casework.Duty
}

// The numbers of the whole country. Districts may add their own.
const (
	Police    = "110"
	Ambulance = "120"
	Fire      = "119"
	Mind      = "12356"
)

// Orders is the table of hard triggers (domain §11 and §12). Which are quiet is people §1.1.
var Orders = []Order{
	{
		Trigger: "HT-D", Quiet: true, Class: casework.Restricted, Title: "task.order.HT-D",
		Steps: lines("HT-D", Police, "", "", ""),
	},
	{
		Trigger: "HT-S", Quiet: true, Class: casework.Restricted, Title: "task.order.HT-S",
		Steps: []Line{
			{Key: "task.order.HT-S.1"},
			{Key: "task.order.HT-S.2", Number: Ambulance},
			{Key: "task.order.HT-S.3", Number: Police},
			{Key: "task.order.HT-S.4"},
			{Key: "task.order.HT-S.5", Number: Mind},
			{Key: "task.order.HT-S.6", For: casework.DutyChild},
		},
	},
	{
		Trigger: "HT-M", Quiet: true, Class: casework.Restricted, Title: "task.order.HT-M",
		Steps: lines("HT-M", "", Police, "", "", ""),
	},
	{
		Trigger: "HT-A", Quiet: true, Class: casework.Restricted, Title: "task.order.HT-A",
		Steps: lines("HT-A", Police, "", ""),
	},
	{
		Trigger: "HT-H", Title: "task.order.HT-H", Class: casework.Personal,
		Steps: lines("HT-H", Ambulance, "", "", ""),
	},
	{
		Trigger: "HT-G", Title: "task.order.HT-G",
		Steps: lines("HT-G", "", "", "", Fire),
	},
	{
		Trigger: "HT-C", Title: "task.order.HT-C", Class: casework.Personal,
		Steps: lines("HT-C", "", Ambulance, "", ""),
	},
	{
		Trigger: "HT-N", Title: "task.order.HT-N",
		Steps: lines("HT-N", "", "", "", Police),
	},
}

// lines are the steps of an order whose sentences are numbered, with the number of each.
func lines(trigger string, numbers ...string) []Line {
	out := make([]Line, len(numbers))
	for i, n := range numbers {
		out[i] = Line{Key: "task.order." + trigger + "." + string(rune('1'+i)), Number: n}
	}
	return out
}

// OrderOf is what to do on a trigger about a person, with the lines that concern her.
func OrderOf(trigger string, p casework.Person, on casework.Day) (Order, bool) {
	i := slices.IndexFunc(Orders, func(o Order) bool { return o.Trigger == trigger })
	if i < 0 {
		return Order{}, false
	}
	o := Orders[i]
	o.Steps = slices.DeleteFunc(slices.Clone(o.Steps), func(l Line) bool { return l.For == casework.DutyChild && !p.IsChild(on) })
	return o, true
}

// Quiet reports whether a trigger must not show on the screen. One that is not in the
// table, written by a newer program, is quiet.
func Quiet(trigger string) bool {
	i := slices.IndexFunc(Orders, func(o Order) bool { return o.Trigger == trigger })
	return i < 0 || Orders[i].Quiet
}

// Situation is what the call script reads out. What is not known stays empty.
type Situation struct {
	Worker string // her name
	Post   string // "竹岛村儿童主任"
	Place  string // where the person is now
	Name   string
	Age    int    // -1 = unknown
	Seen   string // what was seen or heard, in her words
	Safe   string // key of a sentence: "task.safe.yes", ".no" or ".unsure"
}

// Script is what to say on the telephone, line by line (people §1.5).
func Script(s Situation) []rule.Reason {
	say := func(key string, args ...any) rule.Reason {
		return rule.Reason{Key: key, Args: args, Class: casework.Restricted}
	}
	who := say("task.script.who", "Name", s.Name, "Age", s.Age)
	if s.Age < 0 {
		who = say("task.script.who_ageless", "Name", s.Name)
	}
	seen := say("task.script.seen", "Seen", s.Seen)
	if s.Seen == "" {
		seen = say("task.script.seen_blank")
	}
	safe := s.Safe
	if safe == "" {
		safe = "task.safe.unsure"
	}
	return []rule.Reason{
		say("task.script.caller", "Post", s.Post, "Worker", s.Worker),
		say("task.script.place", "Place", strings.TrimSpace(s.Place)),
		who,
		seen,
		say(safe),
		say("task.script.note"),
	}
}
