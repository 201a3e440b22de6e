package main

import (
	"time"

	"github.com/spf13/cobra"

	"doorstep/casework"
	"doorstep/cmd/internal/desk"
	"doorstep/tui/book"
	"doorstep/tui/screen/status"
)

// initCommand makes an empty store.
func (a *app) initCommand() *cobra.Command {
	return &cobra.Command{
		Use: "init", Short: "在这台电脑上建档案 / make a store on this computer", Args: args(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if a.cfg.Store == "" {
				return casework.Problem("doorstep.init", "config.no_home")
			}
			k := a.keeper(true)
			if !k.Fresh() {
				return casework.Problem("doorstep.init", "laptop.exists")
			}
			pass, err := a.passphrase()
			if err != nil {
				return err
			}
			defer clear(pass)
			d, err := k.Desk(cmd.Context(), pass)
			if err != nil {
				return err
			}
			device := d.Store().Device()
			if err := d.Close(); err != nil {
				return err
			}
			return a.print(map[string]any{"store": a.cfg.Store, "device": device}, a.speaker.Say("cmd.made", "Dir", a.cfg.Store))
		},
	}
}

// enrolCommand joins a district.
func (a *app) enrolCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "enrol CODE --at ADDRESS", Short: "登记到区里 / join a district", Args: args(1)}
	address := cmd.Flags().String("at", "", "https://10.1.2.3:8443")
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		if *address == "" {
			return usage{errMissing("--at")}
		}
		return a.with(cmd.Context(), func(d *desk.Desk) error {
			if err := d.Enrol(cmd.Context(), *address, given[0]); err != nil {
				return err
			}
			w, st := d.Worker(), d.Status()
			return a.print(map[string]any{"district": st.District, "worker": w.Name, "role": w.Role, "areas": w.Areas},
				a.speaker.Say("cmd.enrolled", "District", st.District, "Worker", w.Name))
		})
	}
	return cmd
}

// syncCommand makes one whole exchange. No network is not an error.
func (a *app) syncCommand() *cobra.Command {
	return &cobra.Command{
		Use: "sync", Short: "上传和取回一次 / one whole exchange", Args: args(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.with(cmd.Context(), func(d *desk.Desk) error {
				r, err := d.Sync(cmd.Context())
				if err != nil && !d.Offline() {
					return err
				}
				out := map[string]any{
					"offline": err != nil, "sent": r.Sent, "aside": r.Aside, "received": r.Puts, "left": r.Leaves, "packs": r.Packs,
					"round_trips": r.RoundTrips, "bytes_up": r.Up, "bytes_down": r.Down,
				}
				if err != nil {
					return a.print(out, a.speaker.Error(err))
				}
				return a.print(out, a.speaker.Say("cmd.synced", "Sent", r.Sent, "Got", r.Puts))
			})
		},
	}
}

// statusCommand says what has reached the district.
func (a *app) statusCommand() *cobra.Command {
	return &cobra.Command{
		Use: "status", Short: "哪些到了区里 / what has reached the district", Args: args(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.with(cmd.Context(), func(d *desk.Desk) error {
				st := d.Status()
				drafts, err := d.Drafts(cmd.Context())
				if err != nil {
					return err
				}
				out := map[string]any{
					"enrolled": st.Enrolled, "district": st.District, "pending_visits": st.Pending, "pending_other": st.PendingOther,
					"kept": st.Kept, "conflicts": st.Conflicts, "people": st.People, "drafts": len(drafts),
				}
				if !st.Received.IsZero() {
					out["received"] = st.Received.In(casework.Shanghai).Format(time.RFC3339)
				}
				if !st.LeaseUntil.IsZero() {
					out["lease_until"] = st.LeaseUntil.In(casework.Shanghai).Format(time.RFC3339)
				}
				lapse := d.Lapse()
				out["lapsed"] = lapse.Closed
				lines := []string{status.Ribbon(a.speaker.Say, untried(st)), a.speaker.Say("status.pending.count", "Visits", st.Pending, "Other", st.PendingOther)}
				if st.Kept > 0 {
					lines = append(lines, a.speaker.Say("cmd.kept", "Count", st.Kept))
				}
				lines = append(lines, a.rebuiltLines(d.Store().Status(), out)...)
				if lapse.Closed {
					lines = append(lines, a.speaker.Say("cmd.lease.closed"))
				}
				return a.print(out, lines...)
			})
		},
	}
}

// untried is the status without a word about the line, which this command does not try: only
// an open program knows whether it is offline.
func untried(st book.Status) book.Status {
	if st.LastTry.IsZero() && (st.Pending+st.PendingOther > 0 || !st.Received.IsZero()) {
		st.Online = true
	}
	return st
}

// versionCommand names the program.
func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "版本 / version", Args: args(0),
		RunE: func(*cobra.Command, []string) error {
			return a.print(map[string]string{"program": "doorstep", "version": version}, "doorstep "+version)
		},
	}
}
