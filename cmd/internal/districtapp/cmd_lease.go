package districtapp

import (
	"os/user"
	"strconv"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/store/district"

	"github.com/spf13/cobra"
)

// leaseCommand lets a laptop read old files longer: by a file, or by a code over the
// telephone. Without either it shows what was done so far.
func (s *shell) leaseCommand() *cobra.Command {
	var days int
	var request, by string
	cmd := &cobra.Command{
		Use: "lease DEVICE|WORKER [--days 7 FILE | --request 123451]", Short: s.say("lease.short"),
		Args: func(cmd *cobra.Command, args []string) error { return exactly(min(max(len(args), 1), 2))(cmd, args) },
	}
	cmd.RunE = s.with(func(cmd *cobra.Command, args []string, a *App) error {
		d, err := a.device(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		if by = casework.CleanLine(by, 60); by == "" {
			by = loginName()
		}
		switch {
		case request != "" && len(args) == 1 && !cmd.Flags().Changed("days"):
			return s.leaseCode(cmd, a, d, request, by)
		case request == "" && len(args) == 2:
			return s.leaseFile(cmd, a, d, days, by, args[1])
		case request == "" && !cmd.Flags().Changed("days"):
			return s.leaseHistory(cmd, a, d)
		}
		return wrong(casework.Problem("districtapp.lease", "districtapp.arguments", "Use", cmd.UseLine()))
	})
	f := cmd.Flags()
	f.IntVar(&days, "days", 7, s.say("flag.lease_days_file", "Most", ledger.MaxLeaseDays))
	f.StringVar(&request, "request", "", s.say("flag.request"))
	f.StringVar(&by, "by", "", s.say("flag.lease_by"))
	return cmd
}

// loginName is who is logged in at the server; "" where the computer does not say.
func loginName() string {
	if u, err := user.Current(); err == nil {
		return casework.CleanLine(u.Username, 60)
	}
	return ""
}

func (s *shell) leaseFile(cmd *cobra.Command, a *App, d district.Device, days int, by, file string) error {
	b, g, err := a.LeaseFile(cmd.Context(), d, days, by)
	if casework.CodeOf(err) == "ledger.lease_days" {
		return wrong(err)
	}
	if err != nil {
		return err
	}
	if err := writeNew(file, b); err != nil {
		return err
	}
	if s.c.JSON {
		return s.document(grantOf(g))
	}
	s.print("lease.file", "Name", d.Name, "Until", minute(g.Until), "File", file)
	return nil
}

func (s *shell) leaseCode(cmd *cobra.Command, a *App, d district.Device, request, by string) error {
	code, g, err := a.LeaseCode(cmd.Context(), d, request, by)
	if err != nil {
		return err
	}
	if s.c.JSON {
		row := grantOf(g)
		row.Code = code
		return s.document(row)
	}
	s.print("lease.code", "Name", d.Name, "Code", code[:4]+" "+code[4:], "Days", ledger.ExtensionDays)
	return nil
}

// grantRow is one time that a laptop was let read longer. The code itself is shown once
// and kept nowhere.
type grantRow struct {
	Device  casework.DeviceID `json:"device"`
	Number  uint64            `json:"number"`
	Kind    ledger.GrantKind  `json:"kind"`
	Request string            `json:"request,omitempty"`
	Code    string            `json:"code,omitempty"`
	Days    int               `json:"days"`
	Until   time.Time         `json:"until"`
	At      time.Time         `json:"at"`
	By      string            `json:"by"`
}

func grantOf(g district.Grant) grantRow {
	return grantRow{Device: g.Device, Number: g.Number, Kind: g.Kind, Request: g.Request, Days: g.Days, Until: g.Until, At: g.At, By: g.By}
}

func (s *shell) leaseHistory(cmd *cobra.Command, a *App, d district.Device) error {
	all, err := a.store.Grants(cmd.Context(), d.ID)
	rows := []grantRow{}
	for _, g := range all {
		rows = append(rows, grantOf(g))
	}
	if err != nil || s.c.JSON {
		return s.listed(err, "leases", rows)
	}
	s.print("lease.now", "Name", d.Name, "Until", minute(d.LeaseUntil), "Heard", minute(d.Heard))
	t := s.table("at", "kind", "days", "request", "by")
	for _, r := range rows {
		t.row(minute(r.At), s.say("lease.kind."+string(r.Kind)), strconv.Itoa(r.Days), r.Request, r.By)
	}
	return t.print(s.out)
}
