package districtapp

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"doorstep/casework"
	"doorstep/store/district"
	"doorstep/tui/cell"

	"github.com/spf13/cobra"
)

func (s *shell) listCommand() *cobra.Command {
	var within string
	list := &cobra.Command{Use: "list people|visits|forms|records|devices|workers|drafts", Short: s.say("list.short"), Args: cobra.ArbitraryArgs, RunE: s.group}
	list.PersistentFlags().StringVar(&within, "area", "", s.say("flag.within"))
	for _, l := range []struct {
		name string
		show func(context.Context, *App, casework.Area) error
	}{
		{"people", s.people}, {"visits", s.visits}, {"devices", s.devices}, {"workers", s.workers}, {"drafts", s.drafts},
	} {
		list.AddCommand(&cobra.Command{Use: l.name, Short: s.say("list." + l.name + ".short"), Args: exactly(0), RunE: s.with(func(cmd *cobra.Command, _ []string, a *App) error {
			var area casework.Area
			if within != "" {
				var err error
				if area, err = casework.ParseArea(within); err != nil {
					return wrong(err)
				}
			}
			return l.show(cmd.Context(), a, area)
		})})
	}
	list.AddCommand(s.formsCommand(), s.recordsCommand(&within))
	return list
}

// page is how many rows are asked of the register at once.
const page = 500

// entries are all rows of a list.
func entries(ctx context.Context, list func(context.Context, district.Filter) ([]district.Entry, string, error), f district.Filter, each func(district.Entry)) error {
	f.Limit = page
	for {
		rows, next, err := list(ctx, f)
		if err != nil {
			return err
		}
		for _, e := range rows {
			each(e)
		}
		if f.After = next; next == "" {
			return nil
		}
	}
}

type personRow struct {
	ID       casework.RecordID `json:"id"`
	Name     string            `json:"name"`
	Sex      string            `json:"sex,omitempty"`
	Area     casework.Area     `json:"area"`
	Village  string            `json:"village,omitempty"`
	Duties   []casework.Duty   `json:"duties"`
	Resident string            `json:"resident,omitempty"` // masked
	Phones   []string          `json:"phones,omitempty"`   // masked
	Updated  time.Time         `json:"updated"`
}

func (s *shell) people(ctx context.Context, a *App, within casework.Area) error {
	names, err := a.Areas(ctx)
	if err != nil {
		return err
	}
	rows := []personRow{}
	err = entries(ctx, a.store.People, district.Filter{Area: within}, func(e district.Entry) {
		p := casework.PersonOf(e.Record)
		row := personRow{ID: p.ID, Name: p.Name, Sex: p.Sex, Area: e.Area, Village: names[e.Area], Duties: p.Duties, Updated: e.At}
		if !p.Resident.IsZero() {
			row.Resident = p.Resident.Mask()
		}
		for _, n := range p.Phones {
			row.Phones = append(row.Phones, casework.Phone(n).Mask())
		}
		rows = append(rows, row)
	})
	if err != nil || s.c.JSON {
		return s.listed(err, "people", rows)
	}
	t := s.table("name", "sex", "village", "duties", "resident", "phone", "id")
	for _, r := range rows {
		var duties []string
		for _, d := range r.Duties {
			duties = append(duties, s.term("duty", string(d)))
		}
		t.row(r.Name, s.term("sex", r.Sex), or(r.Village, r.Area.Prefix()), strings.Join(duties, "、"), r.Resident, strings.Join(r.Phones, " "), r.ID.String())
	}
	return t.print(s.out)
}

type visitRow struct {
	ID       casework.RecordID `json:"id"`
	PersonID casework.RecordID `json:"person_id"`
	Person   string            `json:"person"`
	Area     casework.Area     `json:"area"`
	Village  string            `json:"village,omitempty"`
	Date     casework.Day      `json:"date"`
	Mode     string            `json:"mode,omitempty"`
	Result   string            `json:"result,omitempty"`
	Worker   string            `json:"worker"`
	Received time.Time         `json:"received"`
	Seq      uint64            `json:"seq"`

	Recovered bool `json:"recovered,omitempty"` // from an outbox, unsigned
}

func (s *shell) visits(ctx context.Context, a *App, within casework.Area) error {
	names, err := a.Areas(ctx)
	if err != nil {
		return err
	}
	rows := []visitRow{}
	err = entries(ctx, a.store.Visits, district.Filter{Area: within}, func(e district.Entry) {
		v := casework.SummaryOf(e.Record)
		rows = append(rows, visitRow{
			ID: v.ID, PersonID: v.Person, Person: e.Owner, Area: e.Area, Village: names[e.Area], Date: v.Date, Mode: v.Mode, Result: v.Result,
			Worker: e.Worker, Received: e.At, Seq: e.Seq, Recovered: e.Recovered,
		})
	})
	if err != nil || s.c.JSON {
		return s.listed(err, "visits", rows)
	}
	t := s.table("date", "name", "village", "mode", "result", "worker", "received", "id")
	for _, r := range rows {
		t.row(r.Date.String(), r.Person, or(r.Village, r.Area.Prefix()), s.term("visit_mode", r.Mode), s.term("visit_result", r.Result), r.Worker, minute(r.Received)+s.mark(r.Recovered), r.ID.String())
	}
	return t.print(s.out)
}

func (s *shell) listed(err error, what string, rows any) error {
	if err != nil {
		return err
	}
	return s.document(map[string]any{what: rows})
}

// term is a code's label in the reader's language.
func (s *shell) term(list, code string) string {
	l, _ := casework.List(list)
	if t, ok := l.Of(code); ok {
		return t.Label(s.sp.Tag())
	}
	return code
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// minute is a moment on the wall clock here; "" for none.
func minute(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(casework.Shanghai).Format("2006-01-02 15:04")
}

// table is a list for a terminal, in columns that stay straight with Han characters.
type table struct {
	rows  [][]string
	wide  []int
	empty string
}

func (s *shell) table(columns ...string) *table {
	t := &table{empty: s.say("list.empty")}
	heads := make([]string, len(columns))
	for i, c := range columns {
		heads[i] = s.say("col." + c)
	}
	t.wide = make([]int, len(columns))
	t.row(heads...)
	return t
}

func (t *table) row(texts ...string) {
	for i, x := range texts {
		texts[i] = cell.CleanTo(x, 80)
		t.wide[i] = max(t.wide[i], cell.Width(texts[i]))
	}
	t.rows = append(t.rows, texts)
}

func (t *table) print(out io.Writer) error {
	if len(t.rows) == 1 {
		_, err := fmt.Fprintln(out, t.empty)
		return err
	}
	for _, r := range t.rows {
		var b strings.Builder
		for i, x := range r {
			b.WriteString(cell.Pad(x, t.wide[i]) + "  ")
		}
		if _, err := fmt.Fprintln(out, strings.TrimRight(b.String(), " ")); err != nil {
			return err
		}
	}
	return nil
}

// mark says that a row came from an outbox.
func (s *shell) mark(recovered bool) string {
	if !recovered {
		return ""
	}
	return " " + s.say("recovered")
}
