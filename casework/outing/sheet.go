package outing

import (
	"regexp"
	"slices"
	"strings"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/rule"
	"doorstep/casework/task"
)

// Subject is whom a sheet is for.
type Subject struct {
	Person  casework.Person
	Tasks   []casework.Task
	Village string // said before the group; "" on a laptop with one village
	Form    *form.Definition
}

// Sheet is what stands on one sheet of paper, in the language it was made in.
type Sheet struct {
	Code      string // of the person
	Number    string // of this sheet: day and code
	Day       casework.Day
	Name      string
	Sex       string // the word; "" when not known
	Age       int    // full years; -1 when not known
	Group     string
	Title     string // of the questionnaire
	Promises  []Promise
	Questions []Question
}

// Promise is something agreed on that is not done yet.
type Promise struct {
	Text  string
	Until casework.Day // 0 when no day was said
}

// mostPromises is how many fit on a sheet.
const mostPromises = 5

// agreed are the kinds of tasks that were agreed on with the family. Others follow from
// answers that may be secret, or are the office's own.
var agreed = []string{"need", "repair", "application", "referral"}

// New makes the sheet of a person for a day. code is the person's (Codes). Error: form.Start's,
// for a questionnaire that cannot run.
func New(s Subject, code string, day casework.Day, speaker rule.Speaker) (Sheet, error) {
	p := s.Person
	out := Sheet{
		Code: code, Number: Number(day, code), Day: day, Name: casework.CleanLine(p.Name, casework.MaxName),
		Age: p.Age(day), Group: casework.CleanLine(s.Village+p.Grid, 40), Title: s.Form.Say(s.Form.Title, speaker.Tag()),
		Promises: promises(s.Tasks, speaker),
	}
	if t, ok := casework.Sexes.Of(p.Sex); ok {
		out.Sex = t.Label(speaker.Tag())
	}
	questions, err := short(s.Form, profile{age: out.Age, sex: p.Sex, day: day}, speaker)
	out.Questions = questions
	return out, err
}

func promises(tasks []casework.Task, speaker rule.Speaker) []Promise {
	var out []Promise
	for _, t := range tasks {
		if !t.Open() || !slices.Contains(agreed, t.Kind) || t.TrueKind != "" || len(t.Triggers) > 0 {
			continue
		}
		if text := blank(casework.CleanLine(task.Title(t, speaker), 60)); text != "" {
			out = append(out, Promise{Text: text, Until: t.Due})
		}
	}
	slices.SortStableFunc(out, func(a, b Promise) int {
		switch { // those without a day last
		case a.Until == b.Until:
			return 0
		case b.Until == 0 || a.Until != 0 && a.Until < b.Until:
			return -1
		}
		return 1
	})
	return out[:min(len(out), mostPromises)]
}

// numbers are telephone, account and ID numbers that somebody wrote into a promise.
var numbers = regexp.MustCompile(`[0-9０-９](?:[ -]?[0-9０-９*]){6,}[XxＸｘ]?`)

// blank takes long numbers out of words that somebody wrote. A day (2026-11-30) stays.
func blank(text string) string {
	return numbers.ReplaceAllStringFunc(text, func(n string) string {
		if date, err := casework.ParseDate(n); err == nil && len(n) == len("2026-11-30") && strings.Count(n, "-") == 2 && !date.IsZero() {
			return n
		}
		return "…"
	})
}
