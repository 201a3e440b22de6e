package main

import (
	"github.com/spf13/cobra"

	"doorstep/casework"
	"doorstep/cmd/internal/desk"
)

// printCommand writes 出门单, sheets of paper to take along, into a file: for the people
// named, else for everyone to be visited on a day.
func (a *app) printCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "print [--date DAY] [--person PERSON]... --out FILE.xlsx|FILE.html", Short: "打印出门单 / sheets of paper to take along", Args: args(0),
	}
	date := cmd.Flags().String("date", "", "哪天出门；不写就是今天 / 2026-11-23 (default: today)")
	who := cmd.Flags().StringArray("person", nil, "给谁；不写就是当天该去的人 / whom (default: who is due that day)")
	out := cmd.Flags().String("out", "", "写成哪个文件 / .xlsx or .html")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if *out == "" {
			return usage{errMissing("--out")}
		}
		return a.with(cmd.Context(), func(d *desk.Desk) error {
			today, _ := d.Today()
			day, err := exactDay(*date, today)
			if err != nil {
				return err
			}
			persons, err := a.outing(cmd, d, day, *who)
			if err != nil {
				return err
			}
			n, err := d.PrintFor(cmd.Context(), day, persons, *out)
			if err != nil {
				return err
			}
			return a.print(map[string]any{"date": day, "sheets": n, "file": *out}, a.speaker.Say("outing.done", "Count", n, "File", *out))
		})
	}
	return cmd
}

// outing is whom the sheets are for.
func (a *app) outing(cmd *cobra.Command, d *desk.Desk, day casework.Day, who []string) ([]casework.RecordID, error) {
	var out []casework.RecordID
	for _, text := range who {
		id, err := a.whom(d, text)
		if err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	if len(who) > 0 {
		return out, nil
	}
	agenda, err := d.Agenda(cmd.Context(), day)
	if err != nil {
		return nil, err
	}
	for _, l := range agenda.Lines {
		out = append(out, l.Person)
	}
	return out, nil
}
