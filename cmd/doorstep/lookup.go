package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"doorstep/casework"
	"doorstep/cmd/internal/desk"
	"doorstep/tui/book"
)

// person is someone as subcommands print her; numbers are masked.
type person struct {
	ID      casework.RecordID `json:"id"`
	Name    string            `json:"name"`
	Sex     string            `json:"sex,omitempty"`
	Age     int               `json:"age"`
	Village string            `json:"village,omitempty"`
	Group   string            `json:"group,omitempty"`
	When    string            `json:"when,omitempty"` // overdue, today, on_the_way, this_week
	Days    int               `json:"days,omitempty"`
	Rule    string            `json:"rule,omitempty"`
	Last    casework.Day      `json:"last,omitzero"`
}

var urgencies = map[book.Urgency]string{
	book.Overdue: "overdue", book.DueToday: "today", book.OnTheWay: "on_the_way", book.ThisWeek: "this_week",
}

func (a *app) person(l book.Line) person {
	return person{
		ID: l.Person, Name: l.Name, Sex: l.Sex, Age: l.Age, Village: l.Village, Group: l.Group,
		When: urgencies[l.Urgency], Days: l.Days, Rule: a.phrase(l.Rule), Last: l.Last,
	}
}

func (a *app) phrase(p book.Phrase) string {
	if p.Key == "" {
		return p.Text
	}
	return a.speaker.Say(p.Key, p.Pairs...)
}

func (a *app) row(p person) string {
	when := ""
	switch p.When {
	case "overdue":
		when = a.speaker.Say("people.when.overdue", "Days", p.Days)
	case "today":
		when = a.speaker.Say("people.when.today")
	case "on_the_way":
		when = a.speaker.Say("people.when.on_the_way")
	case "this_week":
		when = a.speaker.Say("people.when.in_days", "Days", p.Days)
	}
	return strings.Join([]string{p.ID.String(), when, p.Name, a.age(p.Age), p.Village + p.Group, p.Rule, p.Last.String()}, "\t")
}

func (a *app) age(years int) string {
	if years < 0 {
		return ""
	}
	return a.speaker.Say("people.age", "Age", years)
}

// dueCommand lists whom to visit on a day.
func (a *app) dueCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "due [--date DAY]", Short: "到期的人 / who is due", Args: args(0)}
	date := cmd.Flags().String("date", "", "哪一天；不写就是今天 / 2026-11-23 (default: today)")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return a.with(cmd.Context(), func(d *desk.Desk) error {
			today, _ := d.Today()
			day, err := exactDay(*date, today)
			if err != nil {
				return err
			}
			agenda, err := d.Agenda(cmd.Context(), day)
			if err != nil {
				return err
			}
			out := []person{}
			var lines []string
			for _, l := range agenda.Lines {
				p := a.person(l)
				out = append(out, p)
				lines = append(lines, a.row(p))
			}
			if len(lines) == 0 {
				lines = []string{a.speaker.Say("cmd.due.none")}
			}
			return a.print(map[string]any{"date": day, "people": out}, lines...)
		})
	}
	return cmd
}

// findCommand searches the people of this store.
func (a *app) findCommand() *cobra.Command {
	return &cobra.Command{
		Use: "find TEXT", Short: "找人 / find a person", Args: args(1),
		RunE: func(cmd *cobra.Command, given []string) error {
			return a.with(cmd.Context(), func(d *desk.Desk) error {
				if d.Lapse().Closed {
					return casework.Problem("doorstep.find", "laptop.lapsed")
				}
				out := []person{}
				var lines []string
				for _, l := range d.Find(given[0], 100) {
					p := a.person(l)
					out = append(out, p)
					lines = append(lines, a.row(p))
				}
				if len(lines) == 0 {
					lines = []string{a.speaker.Say("cmd.find.none")}
				}
				return a.print(out, lines...)
			})
		},
	}
}

// whom reads a person as subcommands name her: by id, or by text that finds exactly one.
func (a *app) whom(d *desk.Desk, text string) (casework.RecordID, error) {
	if id, err := casework.ParseID(text); err == nil && !id.IsZero() {
		return casework.RecordID{ID: id}, nil
	}
	hits := d.Find(text, 2)
	if d.Lapse().Closed {
		if hits = d.Named(text); len(hits) == 0 {
			return casework.RecordID{}, casework.Problem("doorstep.whom", "cmd.whole_name")
		}
	}
	switch len(hits) {
	case 1:
		return hits[0].Person, nil
	case 0:
		return casework.RecordID{}, casework.Problem("doorstep.whom", "cmd.nobody")
	}
	return casework.RecordID{}, casework.Problem("doorstep.whom", "cmd.several")
}

type visitLine struct {
	ID     casework.RecordID `json:"id"`
	Date   casework.Day      `json:"date"`
	Mode   string            `json:"mode"`
	Result string            `json:"result"`
	Where  string            `json:"where"`
	Paper  bool              `json:"paper,omitempty"`
}

// showCommand prints one person's file.
func (a *app) showCommand() *cobra.Command {
	return &cobra.Command{
		Use: "show PERSON", Short: "看一个人的档案 / one person's file", Args: args(1),
		RunE: func(cmd *cobra.Command, given []string) error {
			return a.with(cmd.Context(), func(d *desk.Desk) error {
				id, err := a.whom(d, given[0])
				if err != nil {
					return err
				}
				f, err := d.File(cmd.Context(), id)
				if err != nil {
					return err
				}
				facts := map[string]string{}
				lines := []string{a.row(a.person(f.Line)), f.Address}
				for _, fact := range f.Facts {
					facts[a.phrase(fact.Label)] = fact.Value
					lines = append(lines, fmt.Sprintf("%s: %s", a.phrase(fact.Label), fact.Value))
				}
				why := []string{}
				for _, w := range f.Why {
					why = append(why, a.phrase(w))
				}
				lines = append(lines, why...)
				visits := []visitLine{}
				for _, v := range f.Visits {
					visits = append(visits, visitLine{v.ID, v.Date, v.Mode, a.phrase(v.Result), v.Where.State, v.Paper})
					lines = append(lines, fmt.Sprintf("%s  %s  %s", v.Date, a.phrase(v.Result), a.speaker.Say("where."+v.Where.State, "Reason", a.speaker.Say("reason."+string(v.Where.Reason)))))
				}
				forms, more := a.forms(f.Forms)
				lines = append(lines, more...)
				return a.print(map[string]any{
					"forms": forms, "person": a.person(f.Line), "address": f.Address, "facts": facts, "why": why, "visits": visits, "drafts": len(f.Drafts),
				}, lines...)
			})
		},
	}
}
