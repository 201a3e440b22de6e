package districtapp

import (
	"fmt"
	"slices"

	"doorstep/casework"
	"doorstep/cmd/internal/rosters"

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
		report := rosters.Report(done.Plan, s.sp, dry)
		if s.c.JSON {
			return s.document(importDocument{report, done.Taken - done.Aside, done.Aside, append([]string{}, done.Roster.Questions()...)})
		}
		s.importText(report, done, dry)
		return nil
	})}
	cmd.Flags().BoolVar(&dry, "dry-run", false, s.say("flag.dry_run"))
	cmd.Flags().StringVar(&subject, "subject", "", s.say("flag.subject"))
	return cmd
}

// importDocument is what an import did, or would do, for scripts. Rows are named by where
// they stand, never by whom they are about.
type importDocument struct {
	rosters.Outcome
	Imported int      `json:"imported"`
	Aside    int      `json:"kept_aside"`
	Unknown  []string `json:"unknown_headings"`
}

// importText tells every row that is not as before, and the sum.
func (s *shell) importText(report rosters.Outcome, done Imported, dry bool) {
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
	for _, line := range report.Lines() {
		fmt.Fprintln(s.out, line)
	}
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
