package districtapp

import (
	"fmt"
	"slices"

	"doorstep/casework"
	"doorstep/store/sheet"

	"github.com/spf13/cobra"
)

func (s *shell) importCommand() *cobra.Command {
	var dry bool
	var subject string
	cmd := &cobra.Command{Use: "import FILE.xlsx", Short: s.say("import.short"), Args: exactly(1), RunE: s.with(func(cmd *cobra.Command, args []string, a *App) error {
		if !slices.Contains([]string{"", "child", "elder"}, subject) {
			return wrong(casework.Problem("districtapp.import", "districtapp.flag_value", "Name", "subject"))
		}
		book, err := openBook(args[0])
		if err != nil {
			return err
		}
		done, err := a.Import(cmd.Context(), book, casework.Duty(subject), dry)
		if err != nil {
			return err
		}
		if s.c.JSON {
			return s.document(s.importDocument(done, dry))
		}
		s.importText(done, dry)
		return nil
	})}
	cmd.Flags().BoolVar(&dry, "dry-run", false, s.say("flag.dry_run"))
	cmd.Flags().StringVar(&subject, "subject", "", s.say("flag.subject"))
	return cmd
}

// importDocument is what an import did, or would do, for scripts. Rows are named by where
// they stand, never by whom they are about.
func (s *shell) importDocument(done Imported, dry bool) map[string]any {
	type finding struct {
		Cell   string        `json:"cell"`
		Weight string        `json:"weight"`
		Code   casework.Code `json:"code"`
		Text   string        `json:"text"`
	}
	type line struct {
		Kind     string    `json:"kind"`
		Sheet    string    `json:"sheet"`
		Row      int       `json:"row"`
		Findings []finding `json:"findings,omitempty"`
	}
	lines := []line{}
	for _, l := range done.Plan.Lines {
		out := line{Kind: l.Kind.String(), Sheet: l.Row.Sheet, Row: l.Row.Row}
		for _, p := range l.Reasons {
			out.Findings = append(out.Findings, finding{sheet.CellName(p.Row, p.Col), [...]string{"note", "doubt", "refuse"}[p.Weight], p.Code(), s.sp.Error(p.Err)})
		}
		lines = append(lines, out)
	}
	n := done.Plan.Counts()
	return map[string]any{
		"dry_run": dry, "new": n[sheet.LineNew], "changed": n[sheet.LineChanged], "same": n[sheet.LineSame], "doubtful": n[sheet.LineDoubtful],
		"refused": n[sheet.LineRefused], "imported": done.Taken - done.Aside, "kept_aside": done.Aside,
		"lines": lines, "unknown_headings": append([]string{}, done.Roster.Questions()...),
	}
}

// importText tells every row that needs somebody, and the sum.
func (s *shell) importText(done Imported, dry bool) {
	for _, sh := range done.Roster.Sheets {
		for _, skip := range sh.Skipped {
			if skip.Row == 0 {
				s.print("import.skipped_sheet", "Sheet", sh.Name, "Why", s.sp.Say("roster.skip."+string(skip.Why)))
			}
		}
	}
	for _, h := range done.Roster.Questions() {
		s.print("import.heading", "Heading", casework.CleanLine(h, 40))
	}
	for _, l := range done.Plan.Lines {
		for _, p := range l.Reasons {
			place := s.sp.Say("roster.place", "Sheet", p.Sheet, "Row", p.Row)
			if p.Col > 0 {
				place = s.sp.Say("roster.place_cell", "Sheet", p.Sheet, "Row", p.Row, "Cell", sheet.CellName(p.Row, p.Col))
			}
			fmt.Fprintf(s.out, "%s  %s  %s\n", s.sp.Say("roster.line."+l.Kind.String()), place, s.sp.Error(p.Err))
		}
	}
	n := done.Plan.Counts()
	fmt.Fprintln(s.out, s.sp.Say("roster.summary", "New", n[sheet.LineNew], "Changed", n[sheet.LineChanged],
		"Same", n[sheet.LineSame], "Doubtful", n[sheet.LineDoubtful], "Refused", n[sheet.LineRefused]))
	switch {
	case dry:
		s.print("import.dry")
	case done.Taken == 0:
		s.print("import.nothing")
	default:
		s.print("import.done", "Count", done.Taken-done.Aside)
		if done.Aside > 0 {
			s.print("import.aside", "Count", done.Aside)
		}
	}
}
