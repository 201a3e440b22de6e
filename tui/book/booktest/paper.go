package booktest

import (
	"context"

	"doorstep/casework"
)

// PrintTo implements book.Printer.
func (s *Shelf) PrintTo(day casework.Day) string { return "出门单-" + day.String()[5:] + ".xlsx" }

// Print implements book.Printer.
func (s *Shelf) Print(_ context.Context, persons []casework.RecordID, file string) error {
	if s.Err == nil {
		if s.Printed == nil {
			s.Printed = map[string][]casework.RecordID{}
		}
		s.Printed[file] = persons
	}
	return s.Err
}
