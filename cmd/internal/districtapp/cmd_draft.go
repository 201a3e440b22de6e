package districtapp

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/store/district"

	"github.com/spf13/cobra"
)

type draftRow struct {
	ID      casework.ID       `json:"id"`
	Person  casework.RecordID `json:"person_id,omitzero"`
	Name    string            `json:"person,omitempty"`
	Village string            `json:"village,omitempty"`
	Form    string            `json:"form,omitempty"`
	Worker  string            `json:"worker"`
	Last    time.Time         `json:"last,omitzero"`
	Answers int               `json:"answers"`
	Taken   time.Time         `json:"taken"`
}

// drafts lists the unfinished visits found in outboxes: whose, when, how many answers,
// and no answer.
func (s *shell) drafts(ctx context.Context, a *App, within casework.Area) error {
	names, err := a.Areas(ctx)
	if err != nil {
		return err
	}
	all, err := a.store.Drafts(ctx)
	rows := []draftRow{}
	for _, d := range all {
		if within == "" || within.Contains(d.Area) {
			rows = append(rows, draftRow{d.ID, d.Person, d.Name, or(names[d.Area], d.Area.Prefix()), d.Form, d.Worker, d.Last, d.Answers, d.Taken})
		}
	}
	if err != nil || s.c.JSON {
		return s.listed(err, "drafts", rows)
	}
	t := s.table("name", "village", "form", "worker", "last", "answers", "id")
	for _, r := range rows {
		t.row(r.Name, r.Village, r.Form, r.Worker, minute(r.Last), s.say("draft.answers", "Count", r.Answers), r.ID.String())
	}
	return t.print(s.out)
}

func (s *shell) draftCommand() *cobra.Command {
	draft := &cobra.Command{Use: "draft export", Short: s.say("draft.short"), Args: cobra.ArbitraryArgs, RunE: s.group}
	var purpose string
	export := &cobra.Command{Use: "export DRAFT FILE.json --purpose TEXT", Short: s.say("draft.export.short"), Args: exactly(2), RunE: s.with(func(cmd *cobra.Command, args []string, a *App) error {
		if err := needed(cmd, "purpose"); err != nil {
			return err
		}
		id, err := casework.ParseID(args[0])
		if err != nil {
			return wrong(err)
		}
		if err := a.exportDraft(cmd.Context(), id, casework.CleanLine(purpose, longestRemark), args[1]); err != nil {
			return err
		}
		if s.c.JSON {
			return s.document(map[string]any{"draft": id, "file": args[1]})
		}
		s.print("draft.exported", "File", casework.CleanLine(filepath.Base(args[1]), 80))
		return nil
	})}
	export.Flags().StringVar(&purpose, "purpose", "", s.say("flag.purpose"))
	draft.AddCommand(export)
	return draft
}

// draftAnswer is one answer in words.
type draftAnswer struct {
	Question string `json:"question"`
	Answer   string `json:"answer"`
}

// exportDraft writes a draft with its answers into a new file that only its owner reads.
// Errors: districtapp.file_exists, districtapp.file, those of the register.
func (a *App) exportDraft(ctx context.Context, id casework.ID, purpose, file string) error {
	const op = "districtapp.exportDraft"
	name := casework.CleanLine(filepath.Base(file), 80)
	out, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return casework.Problem(op, "districtapp.file_exists", "File", name)
	case err != nil:
		return casework.Problem(op, "districtapp.file", "File", name).Because(err)
	}
	doc, err := a.draftOut(ctx, id, purpose)
	if err == nil {
		e := json.NewEncoder(out)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err = errors.Join(e.Encode(doc), out.Sync()); err != nil {
			err = casework.Problem(op, "districtapp.file", "File", name).Because(err)
		}
	}
	if e := out.Close(); err == nil {
		return e
	}
	return errors.Join(err, os.Remove(file))
}

func (a *App) draftOut(ctx context.Context, id casework.ID, purpose string) (draftDocument, error) {
	var doc draftDocument
	d, err := a.store.ExportDraft(ctx, id, purpose, a.o.Now())
	if err != nil {
		return doc, err
	}
	if err := json.Unmarshal(d.Content, &doc); err != nil {
		return doc, casework.Problem("districtapp.draftOut", "district.damaged").Because(err)
	}
	doc.Purpose, doc.Name = purpose, d.Name
	doc.Answers = a.inWords(ctx, d, doc)
	return doc, nil
}

// inWords are the answers as they read in the questionnaire; nil when it is not known
// here, or when the draft does not begin as it should. The changes themselves are there.
func (a *App) inWords(ctx context.Context, d district.Draft, doc draftDocument) []draftAnswer {
	def := a.definition(ctx, d.Form, d.FormHash)
	if def == nil {
		return nil
	}
	changes := make([]form.Change, len(doc.Changes))
	for i, c := range doc.Changes {
		if json.Unmarshal(c.Body, &changes[i]) != nil {
			return nil
		}
	}
	plan, err := form.Upgrade(def, changes, def, a.o.Now)
	if err != nil {
		return nil
	}
	var out []draftAnswer
	for _, k := range plan.Kept {
		out = append(out, draftAnswer{k.Label, or(k.Shown, or(k.Value, k.Unknown))})
	}
	return out
}

// definition is a version of a questionnaire, by the hash that a draft names.
func (a *App) definition(ctx context.Context, name string, hash casework.Hash) *form.Definition {
	is := func(def *form.Definition, err error) bool { return err == nil && def.Sum() == hash }
	if body, err := a.store.Pack(ctx, hash); err == nil {
		if def, err := form.Load(body); is(def, err) {
			return def
		}
	}
	tables := []packs.Pack{packs.Default()}
	if p, err := a.tables(ctx); err == nil {
		tables = append(tables, p)
	}
	for _, p := range tables {
		if def, err := p.Form(name); is(def, err) {
			return def
		}
	}
	if f, err := packs.FormByID(name); err == nil {
		if def, err := f.Definition(); is(def, err) {
			return def
		}
	}
	return nil
}
