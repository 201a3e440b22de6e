package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"doorstep/casework"
	"doorstep/cmd/internal/desk"
)

// wipeCommand destroys the keys of this store. What is not at the district is offered a
// last way out first, and nothing is destroyed while nobody said what becomes of it.
func (a *app) wipeCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "wipe [--outbox DIR | --abandon] [--yes]", Short: "销毁这台电脑上的资料 / destroy what is on this computer", Args: args(0),
	}
	dir := cmd.Flags().String("outbox", "", "没上传的先封给区里，存到这个文件夹 / first seal what was not sent to the district, into this folder")
	abandon := cmd.Flags().Bool("abandon", false, "没上传的不要了 / give up what was not sent")
	yes := cmd.Flags().Bool("yes", false, "不再问 / do not ask")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if *dir != "" && *abandon {
			return usage{errEither("--outbox, --abandon")}
		}
		d, err := a.open(cmd.Context())
		if err != nil {
			return err
		}
		done, err := a.wipe(d, *dir, *abandon, *yes)
		if err != nil {
			return errors.Join(err, d.Close())
		}
		return a.print(done, a.wiped(done)...)
	}
	return cmd
}

// wipeDocument is what the command did.
type wipeDocument struct {
	Wiped      bool   `json:"wiped"`
	Visits     int    `json:"unsent_visits"`
	Other      int    `json:"unsent_other"` // other operations
	Drafts     int    `json:"drafts"`
	Outbox     string `json:"outbox,omitempty"`
	Operations int    `json:"outbox_operations"`
	Handed     int    `json:"outbox_files"`
	Files      int    `json:"files"` // photos and files, which are nowhere but here
}

func (a *app) wipe(d *desk.Desk, dir string, abandon, yes bool) (wipeDocument, error) {
	const op = "doorstep.wipe"
	st, told := d.Store().Status(), d.Status()
	out := wipeDocument{Visits: told.Pending, Other: told.PendingOther, Drafts: st.Drafts, Outbox: dir, Files: len(d.Store().Attachments())}
	unsent := st.PendingOps > 0 || st.Drafts > 0 || out.Files > 0
	if unsent && !a.cfg.JSON {
		fmt.Fprintln(a.err, a.speaker.Say("wipe.unsent", "Visits", out.Visits, "Other", out.Other, "Drafts", out.Drafts))
		if out.Files > 0 {
			fmt.Fprintln(a.err, a.speaker.Say("wipe.files", "Count", out.Files))
		}
	}
	if unsent && dir == "" && !abandon {
		if !st.Enrolled {
			return out, casework.Problem(op, "wipe.never_enrolled")
		}
		return out, casework.Problem(op, "wipe.unsent_left")
	}
	if !yes {
		if err := a.confirm(); err != nil {
			return out, err
		}
	}
	if dir != "" {
		h, err := d.Store().HandOver(dir)
		switch {
		case casework.CodeOf(err) == "laptop.not_enrolled":
			return out, casework.Problem(op, "wipe.never_enrolled").Because(err)
		case err != nil:
			return out, err
		case h.Incomplete:
			return out, casework.Problem(op, "wipe.incomplete")
		}
		out.Operations, out.Handed = h.Operations, h.Files
	}
	if err := d.Store().Wipe("wiped"); err != nil {
		return out, err
	}
	_ = d.Close() // the store is gone: only the line to the district is left to close
	out.Wiped = true
	return out, nil
}

// confirm wants a word to be typed.
func (a *app) confirm() error {
	const op = "doorstep.wipe"
	if !term.IsTerminal(int(a.in.Fd())) {
		return casework.Problem(op, "wipe.ask")
	}
	word := a.speaker.Say("wipe.word")
	fmt.Fprint(a.err, a.speaker.Say("wipe.confirm", "Word", word))
	line, err := bufio.NewReader(io.LimitReader(a.in, 100)).ReadString('\n')
	if err != nil || strings.TrimSpace(line) != word {
		return casework.Problem(op, "wipe.not_confirmed")
	}
	return nil
}

func (a *app) wiped(w wipeDocument) []string {
	var lines []string
	if w.Outbox != "" {
		lines = append(lines, a.speaker.Say("wipe.handed", "Count", w.Operations, "Drafts", w.Drafts, "Files", w.Handed, "Dir", w.Outbox))
	}
	return append(lines, a.speaker.Say("wipe.done"))
}
