package main

import (
	"encoding/json"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/cmd/internal/desk"
	"doorstep/tui/book"
)

// maxAnswers is the most bytes of a file of answers.
const maxAnswers = 1 << 20

// recordCommand enters a visit from a file of answers, as if typed: {"c0_3": "door",
// "c4_4": {"unknown": "not_asked"}}; the rows of a roster are "c7_5[1]/c7_5_action".
func (a *app) recordCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "record --person PERSON|--area AREA [--form NAME] [--date DAY] [--depth greeting|routine|full] [--paper NUMBER] [--exclude NAME]... ANSWERS.json", Short: "录一次走访，或者填一张其他表 / enter a visit or another form", Args: args(1),
	}
	who := cmd.Flags().String("person", "", "给谁：编号，或者能找到一个人的几个字 / id, or a text that finds one person")
	name := cmd.Flags().String("form", "", "哪张表；不写就按年龄是 child-visit 或 elder-visit / which form (default: the visit for the age); district list forms names all")
	area := cmd.Flags().String("area", "", "查一个地方的表：哪个村 / village of a check that is about a place")
	exclude := cmd.Flags().StringArray("exclude", nil, "不让哪位同事看，写姓名 / name of a colleague from whom the form is kept")
	date := cmd.Flags().String("date", "", "走访是哪天；不写就是今天 / day of the visit (default: today)")
	depth := cmd.Flags().String("depth", "", "greeting 问候 | routine 日常 | full 全面；不写就照规定 / depth (default: what the rules ask for)")
	paper := cmd.Flags().String("paper", "", "纸号，从纸上补录的写这个 / number of the paper sheet: entered from paper")
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		if *who == "" && (*area == "" || !isBeside(*name)) {
			return usage{errMissing("--person")}
		}
		depths := map[string]int{"": 0, "greeting": 1, "routine": 2, "full": 3}
		level, ok := depths[*depth]
		if !ok {
			return usage{errMissing("--depth greeting|routine|full")}
		}
		answers, err := a.answers(given[0])
		if err != nil {
			return err
		}
		if isBeside(*name) {
			return a.recordForm(cmd.Context(), besides{*name, *who, *area, *date, *exclude}, answers)
		}
		return a.with(cmd.Context(), func(d *desk.Desk) error {
			id, err := a.whom(d, *who)
			if err != nil {
				return err
			}
			b := book.Beginning{Persons: []casework.RecordID{id}, Depth: level, Paper: *paper != "", Number: *paper}
			today, _ := d.Today()
			if b.Date, err = exactDay(*date, today); err != nil {
				return err
			}
			b.Paper = b.Paper || b.Date != today // of another day: written down later
			s, err := d.Begin(cmd.Context(), b)
			if err != nil {
				return err
			}
			if *name != "" && s.Form.Definition().FormID != *name {
				_ = d.Discard(cmd.Context(), s.Draft, "form")
				return casework.Problem("doorstep.record", "cmd.other_form", "Form", s.Form.Definition().FormID)
			}
			changes, err := fill(s.Form, answers)
			if err != nil {
				_ = d.Discard(cmd.Context(), s.Draft, "answers")
				return err
			}
			if h := s.Form.Hindrances(); len(h) > 0 {
				_ = d.Discard(cmd.Context(), s.Draft, "unfinished")
				return casework.Problem("doorstep.record", "cmd.missing_answers", "Questions", questions(h), "Count", len(h))
			}
			if err := d.Answered(cmd.Context(), s.Draft, changes...); err != nil {
				return err
			}
			f, err := d.Finish(cmd.Context(), s)
			if err != nil {
				return err
			}
			orders := []string{}
			lines := []string{a.speaker.Say("visit.done")}
			if f.Next != 0 {
				lines = append(lines, a.speaker.Say("visit.done.next", "Day", f.Next.String()))
			}
			for _, o := range f.Orders {
				orders = append(orders, o.Code)
				lines = append(lines, a.phrase(o.Title))
			}
			return a.print(map[string]any{"visit": f.Visit, "next": f.Next, "tasks": f.Tasks, "orders": orders}, lines...)
		})
	}
	return cmd
}

func questions(hs []form.Hindrance) string {
	var out []string
	for _, h := range hs {
		out = append(out, h.Path[strings.LastIndexByte(h.Path, '/')+1:])
	}
	return strings.Join(out, ", ")
}

// answers reads the file; "-" is the standard input.
func (a *app) answers(file string) (map[string]json.RawMessage, error) {
	in := io.Reader(a.in)
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, casework.Problem("doorstep.answers", "cmd.answers_file").Because(err)
		}
		defer f.Close()
		in = f
	}
	b, err := io.ReadAll(io.LimitReader(in, maxAnswers+1))
	if err != nil || len(b) > maxAnswers {
		return nil, casework.Problem("doorstep.answers", "cmd.answers_file").Because(err)
	}
	var out map[string]json.RawMessage
	if err := json.Unmarshal(b, &out); err != nil {
		return nil, casework.Problem("doorstep.answers", "cmd.answers_json").Because(err)
	}
	return out, nil
}

// fill gives the answers in the order of the questions, so that each meets the rules the
// ones before it have set. What the questionnaire does not have is an error.
func fill(in *form.Instance, answers map[string]json.RawMessage) ([]form.Change, error) {
	var changes []form.Change
	left := map[string]json.RawMessage{}
	for k, v := range answers {
		left[k] = v
	}
	give := func(path string, raw json.RawMessage) error {
		c, err := give(in, path, raw)
		if err == nil {
			changes = append(changes, c)
		}
		return err
	}
	for it := range in.Definition().All() {
		raw, ok := left[it.Name]
		if !ok || it.Kind != form.Question || strings.Contains(it.Path, "[") {
			continue
		}
		delete(left, it.Name)
		if err := give(it.Path, raw); err != nil {
			return nil, err
		}
	}
	keys := []string{}
	for k := range left {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys { // rows of rosters
		repeat, _, isRow := strings.Cut(k, "[")
		it := in.Definition().Find(repeat)
		if !isRow || it == nil {
			return nil, casework.Problem("doorstep.fill", "cmd.unknown_question", "Question", k)
		}
		path := strings.TrimSuffix(it.Path, repeat) + k
		for !in.Applies(path) {
			before := len(changes)
			c, err := in.Add(it.Path)
			if err != nil {
				return nil, err
			}
			if changes = append(changes, c); len(changes)-before != 1 || len(changes) > 4*len(answers)+100 {
				return nil, casework.Problem("doorstep.fill", "cmd.unknown_question", "Question", k)
			}
		}
		if err := give(path, left[k]); err != nil {
			return nil, err
		}
	}
	return changes, nil
}

func give(in *form.Instance, path string, raw json.RawMessage) (form.Change, error) {
	var unknown struct {
		Unknown string `json:"unknown"`
	}
	var text string
	var list []string
	var number json.Number
	switch {
	case json.Unmarshal(raw, &text) == nil:
	case json.Unmarshal(raw, &list) == nil:
		text = strings.Join(list, " ")
	case json.Unmarshal(raw, &number) == nil:
		text = number.String()
	case json.Unmarshal(raw, &unknown) == nil && unknown.Unknown == "not_observed":
		return in.SetUnknown(path, form.UnknownNotSeen)
	case unknown.Unknown != "":
		return in.SetUnknown(path, form.UnknownNotAsked)
	}
	return in.Set(path, text)
}
