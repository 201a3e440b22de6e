package districtapp

import (
	"context"
	"slices"
	"strings"
	"time"

	"doorstep/casework"
	"doorstep/casework/packs"
	"doorstep/casework/task"
	"doorstep/store/district"

	"github.com/spf13/cobra"
)

type formRow struct {
	Form      string          `json:"form"`
	Title     string          `json:"title"`
	Version   string          `json:"version,omitempty"`
	FilledBy  []casework.Role `json:"filled_by,omitempty"` // none: a visit's, by whoever visits
	Published bool            `json:"published"`           // the district's own version, or a form of its own
	Visits    bool            `json:"visits"`
}

// formsCommand lists the questionnaires laptops fill in: those of visits and those beside
// them, each in the version that is in force.
func (s *shell) formsCommand() *cobra.Command {
	return &cobra.Command{Use: "forms", Short: s.say("list.forms.short"), Args: exactly(0), RunE: s.with(func(cmd *cobra.Command, _ []string, a *App) error {
		tables, err := a.tables(cmd.Context())
		if err != nil {
			return err
		}
		rows := []formRow{}
		beside := map[string]packs.Form{}
		for _, f := range packs.Forms() {
			beside[f.ID] = f
			def, err := f.Definition()
			if own, ownErr := tables.Form(f.ID); ownErr == nil {
				def, err = own, nil
			}
			if err != nil {
				return err
			}
			_, published := tables.Forms[f.ID]
			rows = append(rows, formRow{
				Form: f.ID, Title: map[bool]string{true: f.Zh, false: f.En}[s.sp.Tag() == "zh"], Version: def.Version, FilledBy: f.FilledBy, Published: published,
			})
		}
		var visits []formRow
		for id, raw := range tables.Forms {
			if _, ok := beside[id]; ok {
				continue
			}
			def, err := tables.Form(id)
			if err != nil {
				return err
			}
			visits = append(visits, formRow{
				Form: id, Title: def.Say(def.Title, s.sp.Tag()), Version: def.Version, Published: string(raw) != string(packs.Default().Forms[id]),
				Visits: id == packs.ChildVisit || id == packs.ElderVisit,
			})
		}
		slices.SortFunc(visits, func(x, y formRow) int { return strings.Compare(x.Form, y.Form) })
		rows = append(visits, rows...)
		if s.c.JSON {
			return s.listed(nil, "forms", rows)
		}
		t := s.table("title", "form", "version", "own")
		for _, r := range rows {
			own := ""
			if r.Published {
				own = s.say("list.own")
			}
			t.row(r.Title, r.Form, r.Version, own)
		}
		return t.print(s.out)
	})}
}

type recordRow struct {
	ID        casework.RecordID `json:"id"`
	OwnerID   casework.RecordID `json:"owner_id,omitzero"`
	Owner     string            `json:"owner,omitempty"`
	Area      casework.Area     `json:"area"`
	Village   string            `json:"village,omitempty"`
	Date      casework.Day      `json:"date"`
	Form      string            `json:"form,omitempty"` // as far as the reader's clearance goes
	Title     string            `json:"title"`
	Protected bool              `json:"protected,omitempty"`
	Result    string            `json:"result,omitempty"`
	Words     string            `json:"result_words,omitempty"`
	Next      casework.Day      `json:"next,omitzero"`
	Worker    string            `json:"worker"`
	Received  time.Time         `json:"received"`
	Removed   bool              `json:"removed,omitempty"` // corrected or taken back; only with --all
	Seq       uint64            `json:"seq"`
}

// recordsCommand lists what was filled in beside the visits, as a role may read it. Who runs
// the server sees no case content.
func (s *shell) recordsCommand(within *string) *cobra.Command {
	cmd := &cobra.Command{Use: "records [--as ROLE] [--all]", Short: s.say("list.records.short"), Args: exactly(0)}
	as := cmd.Flags().String("as", string(casework.RoleDistrictAdmin), s.say("flag.as"))
	all := cmd.Flags().Bool("all", false, s.say("flag.all"))
	cmd.RunE = s.with(func(cmd *cobra.Command, _ []string, a *App) error {
		role := casework.Role(*as)
		if !slices.Contains(Roles, role) {
			return wrong(casework.Problem("districtapp.records", "districtapp.role", "Role", casework.CleanLine(*as, 40)))
		}
		var area casework.Area
		if *within != "" {
			var err error
			if area, err = casework.ParseArea(*within); err != nil {
				return wrong(err)
			}
		}
		rows, err := s.records(cmd.Context(), a, role, district.Filter{Area: area, All: *all})
		if err != nil || s.c.JSON {
			return s.listed(err, "records", rows)
		}
		t := s.table("date", "title", "name", "village", "result", "filler", "received", "id")
		for _, r := range rows {
			t.row(r.Date.String(), r.Title, r.Owner, or(r.Village, r.Area.Prefix()), r.Words, r.Worker, minute(r.Received), r.ID.String())
		}
		return t.print(s.out)
	})
	return cmd
}

func (s *shell) records(ctx context.Context, a *App, role casework.Role, f district.Filter) ([]recordRow, error) {
	names, err := a.Areas(ctx)
	if err != nil {
		return nil, err
	}
	rows := []recordRow{}
	for _, kind := range []casework.Kind{casework.KindForm, casework.KindCheck} {
		list := func(ctx context.Context, f district.Filter) ([]district.Entry, string, error) {
			return a.store.Filled(ctx, kind, f)
		}
		err := entries(ctx, list, f, func(e district.Entry) {
			x := casework.FormSummaryOf(e.Record.As(role))
			if x.Protected && x.Form == "" {
				return // nothing says to others that there is one (people §1.4)
			}
			r := recordRow{
				ID: x.ID, OwnerID: x.Owner, Owner: e.Owner, Area: e.Area, Village: names[e.Area], Date: x.Date, Form: x.Form, Title: s.sp.Say(task.FormTitle(x)),
				Protected: x.Protected, Result: x.Result, Next: x.Next, Worker: e.Worker, Received: e.At, Removed: !x.Counts(), Seq: e.Seq,
			}
			if key, args := task.FormResult(x); key != "" {
				r.Words = s.sp.Say(key, args...)
			}
			rows = append(rows, r)
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(rows, func(x, y recordRow) int { return int(y.Seq) - int(x.Seq) })
	return rows, nil
}
