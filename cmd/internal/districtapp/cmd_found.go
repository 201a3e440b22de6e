package districtapp

import (
	"context"
	"fmt"
	"log/slog"
	"net"

	"doorstep/casework"
	"doorstep/casework/ledger"

	"github.com/spf13/cobra"
)

func (s *shell) initCommand() *cobra.Command {
	var area, name string
	cmd := &cobra.Command{Use: "init --area 371002 --name 环翠区", Short: s.say("init.short"), Args: exactly(0), RunE: func(cmd *cobra.Command, _ []string) error {
		if err := needed(cmd, "area", "name"); err != nil {
			return err
		}
		o := s.options()
		var err error
		if o.Area, err = casework.ParseArea(area); err != nil {
			return wrong(err)
		}
		o.Name = name
		a, err := Found(cmd.Context(), o)
		if err != nil {
			return err
		}
		d := a.District()
		if err := a.Close(); err != nil {
			return err
		}
		if s.c.JSON {
			return s.document(map[string]any{"id": d.ID, "name": d.Name, "area": d.Area, "data": s.c.Data, "recipient": d.Recipient, "engine": a.Store().Engine()})
		}
		s.print("init.done", "Name", d.Name, "Area", d.Area.Prefix(), "Data", s.c.Data)
		s.print("init.keys")
		s.print("init.next")
		return nil
	}}
	cmd.Flags().StringVar(&area, "area", "", s.say("flag.area"))
	cmd.Flags().StringVar(&name, "name", "", s.say("flag.name"))
	return cmd
}

func (s *shell) serveCommand() *cobra.Command {
	var leaseDays int
	cmd := &cobra.Command{Use: "serve --listen :8443", Short: s.say("serve.short"), Args: exactly(0), RunE: func(cmd *cobra.Command, _ []string) error {
		o := s.options()
		o.Log = slog.New(slog.NewTextHandler(s.err, nil))
		if o.LeaseDays = leaseDays; leaseDays < 0 || leaseDays > ledger.MaxLeaseDays {
			return wrong(casework.Problem("districtapp.serve", "ledger.lease_days", "Most", ledger.MaxLeaseDays))
		}
		a, err := Open(cmd.Context(), o)
		if err != nil {
			return err
		}
		defer a.Close() // everything taken is stored already
		var lc net.ListenConfig
		l, err := lc.Listen(cmd.Context(), "tcp", s.c.Listen)
		if err != nil {
			return casework.Problem("districtapp.serve", "districtapp.listen", "Address", casework.CleanLine(s.c.Listen, 60)).Because(err)
		}
		if err := s.ready(a, l.Addr()); err != nil {
			return err
		}
		// the commands' context ends with the signal; what is under way is finished
		if err := a.Serve(cmd.Context(), l); err != nil {
			return err
		}
		if !s.c.JSON {
			s.print("serve.stopped")
		}
		return nil
	}}
	cmd.Flags().String("listen", ":8443", s.say("flag.listen"))
	cmd.Flags().IntVar(&leaseDays, "lease-days", 0, s.say("flag.lease_days"))
	return cmd
}

// ready says where the district answers, before the first laptop asks.
func (s *shell) ready(a *App, bound net.Addr) error {
	if s.c.JSON {
		return s.document(map[string]any{"name": a.self.Name, "listening": bound.String(), "address": dialable(bound)[0], "addresses": dialable(bound)})
	}
	s.print("serve.ready", "Name", a.self.Name)
	for _, d := range dialable(bound) {
		fmt.Fprintln(s.out, "  "+d)
	}
	s.print("serve.stop")
	return nil
}

func (s *shell) verifyCommand() *cobra.Command {
	return &cobra.Command{Use: "verify", Short: s.say("verify.short"), Args: exactly(0), RunE: s.with(func(cmd *cobra.Command, _ []string, a *App) error {
		return s.verify(cmd.Context(), a)
	})}
}

func (s *shell) verify(ctx context.Context, a *App) error {
	r, err := a.Verify(ctx)
	if err != nil {
		return err
	}
	if s.c.JSON {
		findings := []map[string]any{}
		for _, f := range r.Findings {
			findings = append(findings, map[string]any{"what": f.What, "seq": f.Seq, "device": f.Device, "record": f.Record})
		}
		if err := s.document(map[string]any{
			"ok": r.OK(), "operations": r.Operations, "records": r.Records, "devices": r.Devices,
			"signatures": r.Proofs, "unsigned": r.Unproven, "recovered": r.Recovered, "findings": findings,
		}); err != nil {
			return err
		}
	} else {
		for _, f := range r.Findings {
			fmt.Fprintln(s.out, s.sp.Say("district.finding."+f.What, "Seq", f.Seq))
		}
	}
	if !r.OK() {
		return casework.Problem("districtapp.verify", "districtapp.broken", "Count", len(r.Findings))
	}
	if !s.c.JSON {
		s.print("verify.ok", "Operations", r.Operations, "Records", r.Records, "Proofs", r.Proofs, "Unproven", r.Unproven)
		if r.Recovered > 0 {
			s.print("verify.recovered", "Count", r.Recovered)
		}
	}
	return nil
}

func (s *shell) versionCommand() *cobra.Command {
	return &cobra.Command{Use: "version", Short: s.say("version.short"), Args: exactly(0), RunE: func(*cobra.Command, []string) error {
		if s.c.JSON {
			return s.document(map[string]any{"program": "district", "version": Version()})
		}
		fmt.Fprintln(s.out, "district "+Version())
		return nil
	}}
}
