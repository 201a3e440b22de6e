package main

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"net"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/sample"
	"doorstep/cmd/internal/desk"
	"doorstep/cmd/internal/districtapp"
	"doorstep/store/laptop"
	"doorstep/tui"
	"doorstep/tui/book"
	"doorstep/tui/term"
)

// demoCommand opens a practice district in this process: invented people, a real sealed
// store, a real server on this machine alone. Nothing is left behind unless --keep says so.
func (a *app) demoCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "demo [--seed N] [--people N] [--keep DIR]", Short: "练习区：虚构的人，真的程序 / a practice district", Args: args(0)}
	seed := cmd.Flags().Uint64("seed", 1, "同一个数，同一个区 / the same number gives the same district")
	people := cmd.Flags().Int("people", 120, "多少人 / how many people")
	keep := cmd.Flags().String("keep", "", "留在这个文件夹 / keep it in this folder")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if *people < 8 || *people > 20_000 {
			return usage{errMissing("--people 8 … 20000")}
		}
		return a.demo(cmd.Context(), *seed, *people, *keep)
	}
	return cmd
}

func (a *app) demo(ctx context.Context, seed uint64, people int, keep string) (err error) {
	dir := keep
	if keep == "" {
		if dir, err = os.MkdirTemp("", "doorstep-demo-"); err != nil {
			return casework.Problem("doorstep.demo", "cmd.demo_folder").Because(err)
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	district, network, code, served, err := a.practice(ctx, filepath.Join(dir, "district"), seed, people)
	if err != nil {
		return err
	}
	defer func() {
		stop()
		err = errors.Join(err, <-served, district.Close())
	}()
	d, err := a.practiceDesk(ctx, filepath.Join(dir, "laptop"), keep != "", network.Addr().String(), code, seed, people)
	if err != nil {
		return err
	}
	mode := a.cfg.Theme
	if mode == "auto" {
		mode = ""
	}
	program, err := tui.New(tui.Config{
		Book: practiceBook{d, network, district}, Speaker: a.speaker, Now: a.now, Mode: mode, Mouse: true, Title: a.speaker.Say("unlock.title"),
	})
	if err != nil {
		return errors.Join(err, d.Close())
	}
	return program.Run(ctx, term.Config{In: a.in, Out: a.out, Environ: a.environ})
}

// practice founds an invented district and serves it on this machine alone.
func (a *app) practice(ctx context.Context, dir string, seed uint64, people int) (*districtapp.App, *gate, string, <-chan error, error) {
	invented := sample.New(seed, people, casework.DayOf(a.now()))
	o := districtapp.Options{Data: dir, Area: invented.Villages[0].Area.County(), Name: a.speaker.Say("cmd.demo_district"), Now: a.now, Rand: a.rand}
	open := districtapp.Found
	_, kept := os.Stat(filepath.Join(dir, "district.json"))
	if kept == nil {
		open = districtapp.Open
	}
	district, err := open(ctx, o)
	if err != nil {
		return nil, nil, "", nil, err
	}
	fail := func(err error) (*districtapp.App, *gate, string, <-chan error, error) {
		return nil, nil, "", nil, errors.Join(err, district.Close())
	}
	zhang := invented.Zhang()
	if kept != nil {
		if err := district.Rehearse(ctx, invented); err != nil {
			return fail(err)
		}
	}
	// In the scene her village's elders are in her care, too.
	duties := []casework.Duty{casework.DutyChild, casework.DutyElder, casework.DutyAid}
	code, _, err := district.Invite(ctx, districtapp.Invitation{
		Worker: zhang.ID, Name: zhang.Name, Role: zhang.Role, Areas: []casework.Area{zhang.Scope.Area}, Duties: duties,
	})
	if err != nil {
		return fail(err)
	}
	l, err := listenAgain(filepath.Join(dir, "address"))
	if err != nil {
		return fail(casework.Problem("doorstep.demo", "cmd.demo_listen").Because(err))
	}
	network := newGate(l)
	served := make(chan error, 1)
	go func() { served <- district.Serve(ctx, network) }()
	return district, network, code, served, nil
}

// listenAgain listens on this machine, where it did the last time when that is free: the
// kept laptop knows the district by this address.
func listenAgain(file string) (net.Listener, error) {
	if last, err := os.ReadFile(file); err == nil {
		if l, err := net.Listen("tcp", string(last)); err == nil {
			return l, nil
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	return l, os.WriteFile(file, []byte(l.Addr().String()), 0o600)
}

// practiceDesk makes a laptop, enrols it and fetches its list. In the first practice an
// unfinished visit waits, as in the scene.
func (a *app) practiceDesk(ctx context.Context, dir string, keep bool, address, code string, seed uint64, people int) (*desk.Desk, error) {
	pass := make([]byte, 20)
	if _, err := rand.Read(pass); err != nil {
		return nil, casework.Problem("doorstep.demo", "random.unavailable").Because(err)
	}
	words := []byte(base32.StdEncoding.EncodeToString(pass)) // thrown away with the practice
	if keep {
		words = []byte("lian xi lian xi")
	}
	o := a.storeOptions()
	o.Argon = laptop.Params{Time: 1, MemoryKiB: 8 << 10, Threads: 1} // what practises needs no strong lock
	desks := a.deskOptions(false)
	desks.Changed = nil // the district is in this process, too
	k := &desk.Keeper{Dir: dir, Store: o, Options: desks}
	fresh := k.Fresh()
	d, err := k.Desk(ctx, words)
	if err != nil {
		return nil, err
	}
	if !fresh {
		return d, nil
	}
	fill := func() error {
		if err := d.Enrol(ctx, address, code); err != nil {
			return err
		}
		if _, err := d.Sync(ctx); err != nil {
			return err
		}
		return a.unfinished(ctx, d, sample.New(seed, people, casework.DayOf(a.now())).Scene.Unfinished)
	}
	if err := fill(); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// unfinished begins the visit that was interrupted at its ninth question.
func (a *app) unfinished(ctx context.Context, d *desk.Desk, who casework.RecordID) error {
	s, err := d.Begin(ctx, book.Beginning{Persons: []casework.RecordID{who}, Depth: 3})
	if err != nil {
		return err
	}
	start := len(s.Form.Journal())
	first := map[string]string{"c0_3": "door", "c0_4": "met", "c0_5": "child grandparent"}
	for answered := 0; answered < 8; {
		before := answered
		for _, sec := range s.Form.Sections() {
			for _, v := range s.Form.Questions(sec) {
				if answered == 8 || v.Answered() || v.ReadOnly || v.Item.Type != form.TypeSelectOne && v.Item.Type != form.TypeSelectMultiple {
					continue
				}
				value := first[v.Item.Name]
				if choices := s.Form.Choices(v.Path); value == "" && len(choices) > 0 {
					value = choices[0].Name
				}
				if _, err := s.Form.Set(v.Path, value); err == nil {
					answered++
				}
			}
		}
		if answered == before {
			break
		}
	}
	return d.Answered(ctx, s.Draft, slices.Clone(s.Form.Journal()[start:])...)
}
