package main

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"doorstep/casework"
	"doorstep/cmd/internal/desk"
	"doorstep/cmd/internal/rosters"
	"doorstep/store/sheet"
)

// importCommand takes a roster into the worker's own store. A dry run always comes first.
func (a *app) importCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "import FILE [--dry-run] [--area AREA]", Short: "导入花名册 / take in a roster", Args: args(1)}
	dry := cmd.Flags().Bool("dry-run", false, "只看会发生什么 / only say what would happen")
	area := cmd.Flags().String("area", "", "没写村名的人归到哪里，12 位 / where people without a village belong")
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		return a.with(cmd.Context(), func(d *desk.Desk) error {
			if d.Lapse().Closed { // who is on file already could not be told
				return casework.Problem("doorstep.import", "laptop.lapsed")
			}
			o, err := a.rosterOptions(d, *area)
			if err != nil {
				return err
			}
			plan, err := a.plan(cmd.Context(), d, given[0], o)
			if err != nil {
				return err
			}
			report := rosters.Report(plan, a.speaker, *dry)
			if !*dry {
				ops, err := plan.Operations(d.Store().Author())
				if err != nil {
					return err
				}
				if len(ops) > 0 {
					if err := d.Store().Save(cmd.Context(), ops...); err != nil {
						return err
					}
				}
			}
			return a.print(report, report.Lines()...)
		})
	}
	return cmd
}

func (a *app) rosterOptions(d *desk.Desk, area string) (sheet.RosterOptions, error) {
	day, _ := d.Today()
	actor := d.Store().Actor()
	o := sheet.RosterOptions{Today: day, Role: actor.Role}
	for _, v := range d.Villages() {
		o.Villages = append(o.Villages, sheet.VillageName{Area: v.Area, Name: v.Name})
	}
	for _, s := range actor.Scopes {
		o.Area = s.Area
		o.Duties = append(o.Duties, s.Duties...)
	}
	if area != "" {
		parsed, err := casework.ParseArea(area)
		if err != nil {
			return o, err
		}
		o.Area = parsed
	}
	return o, nil
}

func (a *app) plan(ctx context.Context, d *desk.Desk, file string, o sheet.RosterOptions) (*sheet.Plan, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, casework.Problem("doorstep.import", "cmd.roster_file").Because(err)
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, sheet.MaxFileBytes+1))
	if err != nil {
		return nil, casework.Problem("doorstep.import", "cmd.roster_file").Because(err)
	}
	book, err := sheet.OpenBook(filepath.Base(file), body)
	if err != nil {
		return nil, err
	}
	roster, err := sheet.ReadRoster(book, o)
	if err != nil {
		return nil, err
	}
	var known []casework.Record
	for _, p := range d.Store().People() {
		r, err := d.Store().Record(ctx, p.ID)
		if err != nil {
			return nil, err
		}
		known = append(known, r)
	}
	return sheet.PlanRoster(ctx, roster, sheet.NewRecords(known))
}
