package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"doorstep/casework"
	"doorstep/cmd/internal/desk"
)

// rekeyCommand seals everything with a new master key. A run that was cut off is gone on
// with by the next one, or by the program itself while she works.
func (a *app) rekeyCommand() *cobra.Command {
	return &cobra.Command{
		Use: "rekey", Short: "换钥匙，全部重新封存 / seal everything with a new key", Args: args(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withPassphrase(cmd.Context(), func(d *desk.Desk, pass []byte) error {
				rows, last := 0, -1
				err := d.Store().Rekey(cmd.Context(), pass, func(done, total int) {
					rows = total
					if tenth := done * 10 / max(1, total); !a.cfg.JSON && tenth != last {
						last = tenth
						fmt.Fprintln(a.err, a.speaker.Say("locks.rekeying", "Done", done, "Total", total))
					}
				})
				if err != nil {
					return err
				}
				return a.print(map[string]any{"rows": rows}, a.speaker.Say("locks.rekeyed", "Rows", rows))
			})
		},
	}
}

// passphraseCommand puts another passphrase in the place of the present one.
func (a *app) passphraseCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "passphrase [--new-passphrase-file FILE]", Short: "换口令 / change the passphrase", Args: args(0),
	}
	file := cmd.Flags().String("new-passphrase-file", "", "从文件读新口令 / read the new passphrase from a file")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return a.withPassphrase(cmd.Context(), func(d *desk.Desk, pass []byte) error {
			next, err := a.newPassphrase(*file)
			if err != nil {
				return err
			}
			defer clear(next)
			if err := d.Store().ChangePassphrase(pass, next); err != nil {
				return err
			}
			return a.print(map[string]any{"changed": true}, a.speaker.Say("locks.changed"))
		})
	}
	return cmd
}

// withPassphrase is with, for work that needs the passphrase itself.
func (a *app) withPassphrase(ctx context.Context, work func(d *desk.Desk, pass []byte) error) error {
	if a.cfg.Store == "" {
		return casework.Problem("doorstep.open", "config.no_home")
	}
	k := a.keeper(true)
	if k.Fresh() {
		return casework.Problem("doorstep.open", "laptop.no_store")
	}
	pass, err := a.passphrase()
	if err != nil {
		return err
	}
	defer clear(pass)
	d, err := k.Desk(ctx, pass)
	if err != nil {
		return err
	}
	return errors.Join(work(d, pass), d.Close())
}

// newPassphrase comes from a file, else from the terminal, typed the same twice.
func (a *app) newPassphrase(file string) ([]byte, error) {
	if file != "" {
		return passphraseIn(file)
	}
	next, err := a.typed("locks.new")
	if err != nil {
		return nil, err
	}
	again, err := a.typed("locks.again")
	if err != nil {
		return nil, err
	}
	defer clear(again)
	if !bytes.Equal(next, again) {
		clear(next)
		return nil, casework.Problem("doorstep.passphrase", "locks.differs")
	}
	return next, nil
}
