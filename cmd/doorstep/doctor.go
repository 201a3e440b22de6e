package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"doorstep/casework/lang"
	"doorstep/cmd/internal/config"
	"doorstep/cmd/internal/desk"
	"doorstep/cmd/internal/doctor"
	"doorstep/store/laptop"
)

// doctorCommand looks at what the program stands on. It runs when nothing else does: broken
// settings are a finding.
func (a *app) doctorCommand() *cobra.Command {
	var broken error
	cmd := &cobra.Command{
		Use: "doctor [--open] [--bundle FILE]", Short: "检查这台电脑和档案 / look at this computer and the store", Args: args(0),
		PersistentPreRunE: func(cmd *cobra.Command, given []string) error {
			if broken = a.setUp(cmd, given); broken != nil {
				return a.setUpAnyhow(cmd)
			}
			return nil
		},
	}
	open := cmd.Flags().Bool("open", false, "问口令，打开档案看 / ask for the passphrase and look into the store")
	bundle := cmd.Flags().String("bundle", "", "写一份给区里看的检查文件，没有姓名 / write a file for the office, without names")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		p := doctor.Patient{
			Program: version, Now: a.now, Environ: a.environ, In: a.in, Out: a.out, Settings: broken,
			Store: a.cfg.Store, Outbox: a.cfg.Outbox,
		}
		k := &desk.Keeper{Dir: a.cfg.Store, Home: a.cfg.Home}
		labels, _ := k.Stores()
		p.Stores = len(labels)
		if *open || a.cfg.PassphraseFile != "" {
			pass, err := a.passphrase()
			if err != nil {
				fmt.Fprintln(a.err, a.speaker.Error(err))
			} else {
				defer clear(pass)
				p.Open = func(ctx context.Context) (*laptop.Store, error) {
					return laptop.Open(ctx, a.cfg.Store, pass, a.storeOptions())
				}
			}
		}
		r := doctor.Examine(cmd.Context(), p)
		var err error
		if *bundle != "" {
			err = doctor.WriteBundle(*bundle, r, p)
		}
		lines := r.Words(a.speaker)
		if *bundle != "" && err == nil {
			lines = append(lines, a.speaker.Say("doctor.bundled"))
		}
		return errors.Join(a.print(r, lines...), err)
	}
	return cmd
}

// setUpAnyhow makes do with the flags when the settings cannot be read.
func (a *app) setUpAnyhow(cmd *cobra.Command) error {
	f := cmd.Flags()
	text := func(name string) string {
		v, _ := f.GetString(name)
		return v
	}
	a.cfg = config.Fallback()
	if v := text("store"); v != "" {
		a.cfg.Store, a.cfg.Home = v, ""
	}
	a.cfg.PassphraseFile = text("passphrase-file")
	a.cfg.JSON, _ = f.GetBool("json")
	if text("lang") == "en" {
		a.cfg.Lang = "en"
	}
	var err error
	a.speaker, err = lang.New(a.cfg.Lang)
	return err
}
