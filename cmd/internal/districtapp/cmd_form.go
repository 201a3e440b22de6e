package districtapp

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"doorstep/casework"
	"doorstep/casework/packs"
	"doorstep/cmd/internal/questionnaires"
	"doorstep/tui/term"
	"doorstep/tui/trial"

	"github.com/spf13/cobra"
)

func (s *shell) formCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "form", Short: s.sp.Say("questionnaires.form.short"), Args: cobra.ArbitraryArgs, RunE: s.group}
	cmd.AddCommand(s.formCheckCommand(), s.formPreviewCommand(), s.formTemplateCommand())
	return cmd
}

func (s *shell) formCheckCommand() *cobra.Command {
	return &cobra.Command{Use: "check FILE.xlsx", Short: s.sp.Say("questionnaires.check.short"), Args: exactly(1), RunE: func(_ *cobra.Command, args []string) error {
		_, report, err := s.checked(args[0])
		if err != nil {
			return err
		}
		return report.Refused("not_clean")
	}}
}

// checked checks a questionnaire and prints what there is to say. The error is for a file that
// is no workbook.
func (s *shell) checked(file string) (questionnaires.Checked, questionnaires.Report, error) {
	c, err := questionnaires.Check(file)
	if err != nil {
		if s.c.JSON {
			err = errors.Join(err, s.document(questionnaires.ReportOfError(filepath.Base(file), err, s.sp)))
		}
		return c, questionnaires.Report{}, err
	}
	r := questionnaires.ReportOf(c, s.sp)
	if s.c.JSON {
		return c, r, s.document(r)
	}
	s.lines(r.Lines(s.sp))
	return c, r, nil
}

func (s *shell) formPreviewCommand() *cobra.Command {
	return &cobra.Command{Use: "preview FILE.xlsx", Short: s.sp.Say("questionnaires.preview.short"), Args: exactly(1), RunE: func(cmd *cobra.Command, args []string) error {
		c, err := questionnaires.Check(args[0])
		if err != nil {
			return err
		}
		if r := questionnaires.ReportOf(c, s.sp); r.Errors > 0 {
			s.lines(r.Lines(s.sp))
			return r.Refused("no_preview")
		}
		out, ok := s.out.(*os.File)
		if !ok {
			return casework.Problem("districtapp.preview", "term.not_terminal")
		}
		return trial.Run(cmd.Context(), trial.Config{Form: c.Form, Lang: s.sp.Tag(), Speaker: s.sp, Now: s.p.Now}, term.Config{In: os.Stdin, Out: out, Environ: os.Environ()})
	}}
}

func (s *shell) formTemplateCommand() *cobra.Command {
	return &cobra.Command{
		Use: "template [FILE]", Short: s.sp.Say("questionnaires.template.short"),
		Args: func(cmd *cobra.Command, args []string) error { return exactly(min(len(args), 1))(cmd, args) },
		RunE: func(_ *cobra.Command, args []string) error {
			file := questionnaires.TemplateName
			if len(args) == 1 {
				file = args[0]
			}
			raw, err := questionnaires.Template()
			if err != nil {
				return err
			}
			if err := writeNew(file, raw); err != nil {
				return err
			}
			if s.c.JSON {
				return s.document(map[string]any{"file": file, "bytes": len(raw)})
			}
			fmt.Fprintln(s.out, s.sp.Say("questionnaires.template.done", "File", file))
			return nil
		},
	}
}

// writeNew writes a file that is not there yet: nobody's own work is overwritten.
func writeNew(file string, content []byte) error {
	const op = "districtapp.writeNew"
	name := casework.CleanLine(filepath.Base(file), 80)
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return casework.Problem(op, "questionnaires.exists", "File", name)
	}
	if err == nil {
		_, err = f.Write(content)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		return casework.Problem(op, "questionnaires.not_written", "File", name).Because(err)
	}
	return nil
}

// publishedDocument is what publishing did, for scripts.
type publishedDocument struct {
	questionnaires.Report
	Published bool   `json:"published"` // false: it was in use already
	Replaces  string `json:"replaces,omitempty"`
	Visits    bool   `json:"visits"` // visits are made with it
}

func (s *shell) publishCommand() *cobra.Command {
	return &cobra.Command{Use: "publish FILE.xlsx", Short: s.sp.Say("questionnaires.publish.short"), Args: exactly(1), RunE: s.with(func(cmd *cobra.Command, args []string, a *App) error {
		c, err := questionnaires.Check(args[0])
		if err != nil {
			return err
		}
		r := questionnaires.ReportOf(c, s.sp)
		if c.Form == nil {
			if s.c.JSON {
				return errors.Join(r.Refused("refused"), s.document(publishedDocument{Report: r}))
			}
			s.lines(r.Lines(s.sp))
			return r.Refused("refused")
		}
		placed, err := a.PublishForm(cmd.Context(), c.Form)
		if err != nil {
			return err
		}
		before := ""
		if placed.Before != nil && !placed.Same {
			before = placed.Before.Version
		}
		visits := questionnaires.ForVisits(c.Form.FormID)
		if s.c.JSON {
			return s.document(publishedDocument{r, !placed.Same, before, visits})
		}
		if r.Warnings > 0 {
			s.lines(r.Lines(s.sp))
		}
		pairs := []any{"Title", r.Title, "Version", r.Version, "Before", before, "Child", packs.ChildVisit, "Elder", packs.ElderVisit}
		switch {
		case placed.Same:
			s.lines([]string{s.sp.Say("questionnaires.published.same", pairs...)})
			return nil
		case placed.Before == nil:
			s.lines([]string{s.sp.Say("questionnaires.published.new", pairs...)})
		default:
			s.lines([]string{s.sp.Say("questionnaires.published.instead", pairs...)})
		}
		if visits {
			s.lines([]string{s.sp.Say("questionnaires.published.visits")})
		} else {
			s.lines([]string{s.sp.Say("questionnaires.published.kept", pairs...)})
		}
		return nil
	})}
}

func (s *shell) lines(all []string) {
	for _, l := range all {
		fmt.Fprintln(s.out, l)
	}
}
