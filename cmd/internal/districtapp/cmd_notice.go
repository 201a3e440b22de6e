package districtapp

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"doorstep/casework"
	"doorstep/store/district"

	"github.com/spf13/cobra"
)

// longestRemark is the most characters of a reason or of how a notice was given.
const longestRemark = 300

func (s *shell) noticeCommand() *cobra.Command {
	notice := &cobra.Command{Use: "notice list|show|clear|given", Short: s.say("notice.short"), Args: cobra.ArbitraryArgs, RunE: s.group}
	notice.AddCommand(
		&cobra.Command{Use: "list [DEVICE|WORKER]", Short: s.say("notice.list.short"), Args: func(cmd *cobra.Command, args []string) error {
			return exactly(min(len(args), 1))(cmd, args)
		}, RunE: s.with(s.notices)},
		&cobra.Command{Use: "show NUMBER", Short: s.say("notice.show.short"), Args: exactly(1), RunE: s.with(s.showNotice)},
		s.noticeStep("clear NUMBER --by WORKER --reason TEXT", "reason", func(ctx context.Context, a *App, number uint64, by, text string) (district.Notice, error) {
			officer, err := a.worker(ctx, by)
			if err != nil {
				return district.Notice{}, err
			}
			return a.store.Clear(ctx, number, officer, text, s.p.Now())
		}),
		s.noticeStep("given NUMBER --by NAME --how TEXT", "how", func(ctx context.Context, a *App, number uint64, by, text string) (district.Notice, error) {
			return a.store.Given(ctx, number, by, text, s.p.Now())
		}),
	)
	return notice
}

// noticeStep is a command that takes one notice a step on: it names who, and says in a text why or how.
func (s *shell) noticeStep(use, text string, step func(context.Context, *App, uint64, string, string) (district.Notice, error)) *cobra.Command {
	name, _, _ := strings.Cut(use, " ")
	var by, said string
	cmd := &cobra.Command{Use: use, Short: s.say("notice." + name + ".short"), Args: exactly(1), RunE: s.with(func(cmd *cobra.Command, args []string, a *App) error {
		if err := needed(cmd, "by", text); err != nil {
			return err
		}
		number, err := numbered(args[0])
		if err != nil {
			return err
		}
		n, err := step(cmd.Context(), a, number, casework.CleanLine(by, 60), casework.CleanLine(said, longestRemark))
		if err != nil {
			return err
		}
		names, err := a.Areas(cmd.Context())
		if err != nil || s.c.JSON {
			return s.one(err, s.noticeRow(n, names))
		}
		s.print("notice."+name+".done", "Number", n.Number)
		return nil
	})}
	cmd.Flags().StringVar(&by, "by", "", s.say("flag."+name+"_by"))
	cmd.Flags().StringVar(&said, text, "", s.say("flag."+text))
	return cmd
}

func numbered(text string) (uint64, error) {
	n, err := strconv.ParseUint(text, 10, 32)
	if err != nil {
		return 0, wrong(casework.Problem("districtapp.notice", "district.notice_unknown", "Number", casework.CleanLine(text, 20)))
	}
	return n, nil
}

// worker is who is meant, by number or name. Errors: district.worker_unknown, districtapp.several_workers.
func (a *App) worker(ctx context.Context, which string) (casework.WorkerID, error) {
	all, err := a.store.Workers(ctx)
	if err != nil {
		return casework.WorkerID{}, err
	}
	var found []casework.WorkerID
	for _, w := range all {
		if w.Actor.Worker.String() == strings.ToUpper(which) {
			return w.Actor.Worker, nil
		}
		if w.Name == which && w.Actor.Role != "" {
			found = append(found, w.Actor.Worker)
		}
	}
	switch len(found) {
	case 0:
		return casework.WorkerID{}, casework.Problem("districtapp.worker", "district.worker_unknown")
	case 1:
		return found[0], nil
	}
	return casework.WorkerID{}, casework.Problem("districtapp.worker", "districtapp.several_workers")
}

type noticeRow struct {
	Number    uint64               `json:"number"`
	To        string               `json:"to"` // authority, family
	Device    casework.DeviceID    `json:"device"`
	Family    casework.RecordID    `json:"family,omitzero"`
	Names     []string             `json:"names,omitempty"`
	Village   string               `json:"village,omitempty"`
	State     district.NoticeState `json:"state"`
	Made      time.Time            `json:"made"`
	Cleared   time.Time            `json:"cleared,omitzero"`
	ClearedBy string               `json:"cleared_by,omitempty"`
	Reason    string               `json:"reason,omitempty"`
	Given     time.Time            `json:"given,omitzero"`
	GivenBy   string               `json:"given_by,omitempty"`
	How       string               `json:"how,omitempty"`
	Text      string               `json:"text,omitempty"`
}

func (s *shell) noticeRow(n district.Notice, villages map[casework.Area]string) noticeRow {
	row := noticeRow{
		Number: n.Number, To: "family", Device: n.Device, Family: n.Family, State: n.State(), Made: n.Made, Cleared: n.Cleared,
		ClearedBy: n.Officer, Reason: n.Reason, Given: n.Given, GivenBy: n.GivenBy, How: n.How,
	}
	if n.Family.IsZero() {
		row.To = "authority"
	}
	for _, e := range n.People {
		if e.Name != "" {
			row.Names = append(row.Names, e.Name)
		}
		if row.Village == "" && e.Area != "" {
			row.Village = or(villages[e.Area], e.Area.Prefix())
		}
	}
	return row
}

func (s *shell) notices(cmd *cobra.Command, args []string, a *App) error {
	var device casework.DeviceID
	if len(args) > 0 {
		d, err := a.device(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		device = d.ID
	}
	names, err := a.Areas(cmd.Context())
	if err != nil {
		return err
	}
	all, err := a.store.Notices(cmd.Context(), device)
	rows := []noticeRow{}
	for _, n := range all {
		rows = append(rows, s.noticeRow(n, names))
	}
	if err != nil || s.c.JSON {
		return s.listed(err, "notices", rows)
	}
	t := s.table("number", "to", "village", "state", "cleared", "given")
	for _, r := range rows {
		t.row(strconv.FormatUint(r.Number, 10), s.to(r), r.Village, s.say("notice.state."+string(r.State)),
			strings.TrimSpace(minute(r.Cleared)+" "+r.ClearedBy), strings.TrimSpace(minute(r.Given)+" "+r.GivenBy))
	}
	return t.print(s.out)
}

func (s *shell) to(r noticeRow) string {
	switch {
	case r.To == "authority":
		return s.say("notice.authority")
	case len(r.Names) == 0:
		return s.say("lost.nameless")
	}
	return strings.Join(r.Names, "、")
}

func (s *shell) showNotice(cmd *cobra.Command, args []string, a *App) error {
	number, err := numbered(args[0])
	if err != nil {
		return err
	}
	n, err := a.store.Notice(cmd.Context(), number)
	if err != nil {
		return err
	}
	names, err := a.Areas(cmd.Context())
	if err != nil {
		return err
	}
	loss, err := a.store.Loss(cmd.Context(), n.Device)
	if err != nil {
		return err
	}
	row := s.noticeRow(n, names)
	row.Text = s.letter(a, row, loss)
	if s.c.JSON {
		return s.document(row)
	}
	s.print("notice.is."+string(row.State), "By", row.ClearedBy, "Cleared", minute(row.Cleared), "Given", minute(row.Given), "GivenBy", row.GivenBy)
	fmt.Fprintln(s.out)
	fmt.Fprintln(s.out, row.Text)
	return nil
}

// letter is the draft of a notice. A family's is the same for every family but for the
// names, so that it says nothing of what else stands in a file.
func (s *shell) letter(a *App, row noticeRow, loss district.Loss) string {
	day := func(t time.Time) string { return t.In(casework.Shanghai).Format("2006-01-02") }
	if row.To == "family" {
		return s.say("notice.letter.family", "Names", s.to(row), "Reported", day(loss.Reported), "District", a.self.Name)
	}
	count := map[casework.Sensitivity]int{}
	families := map[casework.RecordID]bool{}
	for _, e := range loss.People {
		families[e.Family] = true
		for _, c := range e.Classes {
			count[c]++
		}
	}
	return s.say("notice.letter.authority", "Reported", minute(loss.Reported), "Answered", or(minute(loss.Answered), s.say("notice.never")), "District", a.self.Name,
		"People", len(loss.People), "Families", len(families), "Personal", count[casework.Personal], "Restricted", count[casework.Restricted]+count[casework.Sealed])
}
