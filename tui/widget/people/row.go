// Package people draws a person as lists show her: on 今日, in the search and among the
// members of a household.
package people

import (
	"strconv"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/cell"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
)

var columns = []cell.Column{
	{Min: 2, Max: 2},   // digit
	{Min: 9, Max: 9},   // how urgent
	{Min: 17, Max: 26}, // name, sex, age
	{Min: 14, Max: 34}, // beside
	{Min: 13, Max: 20}, // rule
	{Min: 10, Max: 12}, // last
}

// Row is one line of exactly w cells. Key is the digit that chooses her, or "".
func Row(env *stage.Env, l book.Line, key string, chosen bool, w int) string {
	when := When(env, l)
	texts := []string{key, when, Name(env, l), Beside(env, l), say(env, l.Rule), last(env, l)}
	row := " " + cell.Row(columns, cell.Layout(columns, 1, w-1), texts, 1)
	switch {
	case chosen:
		return env.Paint(theme.Chosen, cell.Fit(row, w))
	case l.Urgency == book.Overdue:
		return env.Paint(theme.Warn, cell.Fit(row, w))
	}
	return cell.Fit(row, w)
}

// When says how urgent a visit is, in a word or two.
func When(env *stage.Env, l book.Line) string {
	switch {
	case l.SameDoor:
		return env.Say("people.when.same_door")
	case l.Urgency == book.Overdue:
		return env.Say("people.when.overdue", "Days", l.Days)
	case l.Urgency == book.DueToday:
		return env.Say("people.when.today")
	case l.Urgency == book.OnTheWay:
		return env.Say("people.when.on_the_way")
	case l.Days > 0:
		return env.Say("people.when.in_days", "Days", l.Days)
	}
	return ""
}

// Name is "林小溪 女 9岁".
func Name(env *stage.Env, l book.Line) string {
	out := cell.CleanTo(l.Name, 60)
	if s := Sex(env, l.Sex); s != "" {
		out += " " + s
	}
	if l.Age >= 0 {
		out += " " + env.Say("people.age", "Age", strconv.Itoa(l.Age))
	}
	return out
}

// Sex is the word of a code; nothing when it is not known.
func Sex(env *stage.Env, code string) string {
	switch code {
	case "1", "2":
		list, _ := casework.List("sex")
		t, _ := list.Of(code)
		return t.Label(env.Say("people.lang"))
	}
	return ""
}

// Beside is what matters at the door: with whom she lives, an appointment, 两处改得不一样.
func Beside(env *stage.Env, l book.Line) string {
	switch {
	case l.Conflict:
		return env.Say("people.conflict")
	case l.SameDoor && l.DoorCount > 1:
		return env.Say("people.door", "Count", l.DoorCount)
	}
	return say(env, l.Beside)
}

func last(env *stage.Env, l book.Line) string {
	if l.Last == 0 {
		return env.Say("people.never")
	}
	return env.Say("people.last", "Day", MonthDay(l.Last))
}

// MonthDay is "11-06".
func MonthDay(d casework.Day) string {
	s := d.String()
	if len(s) < 5 {
		return s
	}
	return s[len(s)-5:]
}

func say(env *stage.Env, p book.Phrase) string {
	if p.Key == "" {
		return cell.CleanTo(p.Text, 120)
	}
	return cell.CleanTo(env.Say(p.Key, p.Pairs...), 120)
}

// Say is a phrase in the worker's language, cleaned for the screen.
func Say(env *stage.Env, p book.Phrase) string { return say(env, p) }
