package districtapp

import (
	"context"
	"maps"
	"slices"

	"doorstep/casework"
	"doorstep/store/sheet"
)

// Imported is what became of a roster.
type Imported struct {
	Roster *sheet.Roster
	Plan   *sheet.Plan
	Taken  int // people written
	Aside  int // of those, kept aside by the register
}

// Import compares a roster with the register and, unless it is a dry run, writes what is
// new or changed as the desk's own operations. Doubtful rows are left to a person. Duty
// says what everybody in the file is; "" lets the file tell.
// Errors: those of sheet.OpenBook, roster.no_heading and the register's.
func (a *App) Import(ctx context.Context, book *sheet.Book, duty casework.Duty, dry bool) (Imported, error) {
	var out Imported
	now := a.o.Now()
	areas, err := a.Areas(ctx)
	if err != nil {
		return out, err
	}
	o := sheet.RosterOptions{Today: casework.DayOf(now), Area: a.self.Area, Duty: duty}
	for _, area := range slices.Sorted(maps.Keys(areas)) {
		if area.Level() == casework.LevelVillage {
			o.Villages = append(o.Villages, sheet.VillageName{Area: area, Name: areas[area], Township: areas[area.Township()]})
		}
	}
	if out.Roster, err = sheet.ReadRoster(book, o); err != nil {
		return out, err
	}
	var people []casework.Record
	err = a.store.Each(ctx, casework.KindPerson, func(r casework.Record) error {
		people = append(people, r)
		return nil
	})
	if err != nil {
		return out, err
	}
	if out.Plan, err = sheet.PlanRoster(ctx, out.Roster, sheet.NewRecords(people)); err != nil || dry {
		return out, err
	}
	desk, err := a.store.Desk(ctx, now)
	if err != nil {
		return out, err
	}
	ops, err := out.Plan.Operations(casework.Author{Worker: desk.Actor.Worker, Now: a.o.Now, Rand: a.o.Rand})
	if err != nil {
		return out, err
	}
	receipts, err := a.store.Import(ctx, now, ops...)
	out.Taken = len(receipts)
	for _, r := range receipts {
		if r.Out.Verdict == casework.Quarantined {
			out.Aside++
		}
	}
	return out, err
}
