package main

import (
	"time"

	"github.com/spf13/cobra"

	"doorstep/casework"
	"doorstep/cmd/internal/desk"
	"doorstep/store/laptop"
)

// copyDocument is what backup tells with --json.
type copyDocument struct {
	Folder string `json:"folder"`
	Bytes  int64  `json:"bytes"`
	Rows   int    `json:"rows"`
}

// backupCommand makes a sealed copy of the store, for a stick or another disk.
func (a *app) backupCommand() *cobra.Command {
	return &cobra.Command{
		Use: "backup DIR", Short: "备份档案到一个文件夹 / copy the store, sealed as it is, into a folder", Args: args(1),
		RunE: func(cmd *cobra.Command, given []string) error {
			return a.with(cmd.Context(), func(d *desk.Desk) error {
				c, err := d.Store().Backup(cmd.Context(), given[0])
				if err != nil {
					return err
				}
				return a.print(copyDocument{c.Folder, c.Bytes, c.Rows}, a.speaker.Say("laptop.copied", "Folder", c.Folder))
			})
		},
	}
}

// restoreCommand puts a copy in the place of the store.
func (a *app) restoreCommand() *cobra.Command {
	return &cobra.Command{
		Use: "restore DIR", Short: "换成备份的档案 / put a copy in the place of the store", Args: args(1),
		RunE: func(cmd *cobra.Command, given []string) error {
			if a.cfg.Store == "" {
				return casework.Problem("doorstep.restore", "config.no_home")
			}
			pass, err := a.passphrase()
			if err != nil {
				return err
			}
			defer clear(pass)
			s, err := laptop.Restore(cmd.Context(), a.cfg.Store, given[0], pass, a.storeOptions())
			if err != nil {
				return err
			}
			st := s.Status()
			if err := s.Close(); err != nil {
				return err
			}
			out := map[string]any{}
			return a.print(out, a.rebuiltLines(st, out)...)
		},
	}
}

// rebuiltLines tells that the store is new or was restored, in one sentence, and puts the
// figures into a document.
func (a *app) rebuiltLines(st laptop.Status, out map[string]any) []string {
	if st.OutboxTrouble != nil {
		out["outbox_behind"] = st.OutboxBehind
	}
	r := st.Rebuilt
	if r == nil {
		return nil
	}
	out["rebuilt"] = map[string]any{
		"at": r.At.In(casework.Shanghai).Format(time.RFC3339), "restored": r.Restored, "aside": r.Aside,
		"visits": r.Visits, "operations": r.Ops, "drafts": r.Drafts, "waiting": r.WaitingForDistrict,
	}
	p := desk.RebuiltPhrase(*r)
	return []string{a.speaker.Say(p.Key, p.Pairs...)}
}
