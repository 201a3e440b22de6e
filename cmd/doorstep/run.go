package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"doorstep/casework"
	"doorstep/casework/lang"
	"doorstep/cmd/internal/config"
	"doorstep/cmd/internal/desk"
	"doorstep/store/laptop"
	"doorstep/tui"
	"doorstep/tui/term"
)

// world is what a run of the program takes from outside.
type world struct {
	in, out, err *os.File
	now          casework.Clock
	rand         io.Reader
	environ      []string
}

// Exit codes: fine, a problem told in one sentence, a command that cannot be understood.
const (
	exitOK      = 0
	exitProblem = 1
	exitUsage   = 2
)

// app is one run.
type app struct {
	world
	cfg     config.Laptop
	speaker *lang.Speaker
	root    *cobra.Command
}

func run(ctx context.Context, args []string, w world) int {
	a := &app{world: w}
	a.root = a.commands()
	a.root.SetArgs(args)
	a.root.SetIn(w.in)
	a.root.SetOut(w.out)
	a.root.SetErr(w.err)
	err := a.root.ExecuteContext(ctx)
	if err == nil {
		return exitOK
	}
	if a.speaker == nil {
		a.speaker, _ = lang.New("zh")
	}
	var u usage
	if errors.As(err, &u) || strings.HasPrefix(err.Error(), "unknown command") {
		fmt.Fprintln(w.err, a.speaker.Say("cmd.usage", "Command", a.root.Name()))
		fmt.Fprintln(w.err, "  "+a.mistake(err))
		return exitUsage
	}
	fmt.Fprintln(w.err, a.speaker.Error(err))
	return exitProblem
}

// setUp reads the settings before any command runs.
func (a *app) setUp(cmd *cobra.Command, _ []string) error {
	cfg, err := config.ReadLaptop(cmd.Flags())
	if err != nil {
		return err
	}
	a.cfg = cfg
	a.speaker, err = lang.New(cfg.Lang)
	return err
}

func (a *app) commands() *cobra.Command {
	root := &cobra.Command{
		Use: "doorstep", Short: "入户：走访儿童和老人的工具", SilenceErrors: true, SilenceUsage: true,
		Args: args(0), PersistentPreRunE: a.setUp, RunE: a.interactive,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	f := root.PersistentFlags()
	f.String("lang", "zh", "zh | en")
	f.String("store", "", "存放档案的文件夹 / folder of the sealed store")
	f.String("outbox-folder", "", "没上传的另存一份的文件夹 / folder for a second copy of what was not sent")
	f.String("passphrase-file", "", "从文件读口令 / read the passphrase from a file")
	f.String("theme", "auto", "auto | light | dark | mono")
	f.Duration("idle", 0, "多久没按键就锁屏 / lock after this long without a key")
	f.Duration("sync-every", 0, "后台多久上传一次 / between exchanges in the background")
	f.Bool("json", false, "机器可读的输出 / machine-readable output")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage{err} })
	root.AddCommand(
		a.demoCommand(), a.initCommand(), a.enrolCommand(), a.importCommand(), a.dueCommand(), a.findCommand(),
		a.showCommand(), a.recordCommand(), a.printCommand(), a.syncCommand(), a.statusCommand(), a.leaseCommand(), a.backupCommand(), a.restoreCommand(), a.doctorCommand(), a.versionCommand(),
		a.rekeyCommand(), a.passphraseCommand(), a.wipeCommand(),
	)
	return root
}

// args wants exactly n arguments.
func args(n int) cobra.PositionalArgs { return argsBetween(n, n) }

func argsBetween(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, given []string) error {
		if len(given) < least || len(given) > most {
			return usage{fmt.Errorf("%s", cmd.UseLine())}
		}
		return nil
	}
}

// storeOptions are what a sealed store takes from this run.
func (a *app) storeOptions() laptop.Options {
	return laptop.Options{Now: a.now, Rand: a.rand, Program: version, Outbox: a.cfg.Outbox}
}

func (a *app) deskOptions(quiet bool) desk.Options {
	return desk.Options{
		Now: a.now, Rand: a.rand, Speaker: a.speaker, Proxy: http.ProxyFromEnvironment, Every: a.cfg.SyncEvery,
		Program: version, Quiet: quiet, Changed: func() { keepSmall(a.cfg.Store) },
	}
}

func (a *app) keeper(quiet bool) *desk.Keeper {
	keepSmall(a.cfg.Store)
	return &desk.Keeper{
		Dir: a.cfg.Store, Home: a.cfg.Home, Store: a.storeOptions(), Options: a.deskOptions(quiet),
		Moved: func(dir string) { a.cfg.Store = dir; keepSmall(dir) },
	}
}

// open opens the store for a subcommand.
func (a *app) open(ctx context.Context) (*desk.Desk, error) {
	if a.cfg.Store == "" {
		return nil, casework.Problem("doorstep.open", "config.no_home")
	}
	k := a.keeper(true)
	if k.Fresh() {
		return nil, casework.Problem("doorstep.open", "laptop.no_store")
	}
	pass, err := a.passphrase()
	if err != nil {
		return nil, err
	}
	defer clear(pass)
	return k.Desk(ctx, pass)
}

// with opens the store, runs work and closes the store again.
func (a *app) with(ctx context.Context, work func(d *desk.Desk) error) (err error) {
	d, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	return work(d)
}

// print writes v as JSON with --json, else the lines.
func (a *app) print(v any, lines ...string) error {
	if !a.cfg.JSON {
		for _, l := range lines {
			fmt.Fprintln(a.out, l)
		}
		return nil
	}
	e := json.NewEncoder(a.out)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// interactive opens the terminal interface.
func (a *app) interactive(cmd *cobra.Command, _ []string) error {
	if a.cfg.Store == "" {
		return casework.Problem("doorstep.interactive", "config.no_home")
	}
	mode := a.cfg.Theme
	if mode == "auto" {
		mode = ""
	}
	k := a.keeper(false)
	c := tui.Config{
		Keeper: k, Speaker: a.speaker, Now: a.now, Mode: mode, Idle: a.cfg.Idle, Mouse: true, Title: a.speaker.Say("unlock.title"),
	}
	if a.cfg.PassphraseFile != "" && !k.Fresh() {
		pass, err := a.passphrase()
		if err != nil {
			return err
		}
		d, err := k.Desk(cmd.Context(), pass)
		clear(pass)
		if err != nil {
			return err
		}
		c.Book = d
	}
	program, err := tui.New(c)
	if err != nil {
		return err
	}
	return program.Run(cmd.Context(), term.Config{In: a.in, Out: a.out, Environ: a.environ})
}
