package districtapp

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/ledger"
	"doorstep/store/district"
	"doorstep/store/laptop/outbox"

	"github.com/spf13/cobra"
)

func (s *shell) receiveCommand() *cobra.Command {
	var vouched bool
	var files string
	cmd := &cobra.Command{Use: "receive OUTBOX [--vouch] [--files DIR]", Short: s.say("receive.short"), Args: exactly(1), RunE: s.with(func(cmd *cobra.Command, args []string, a *App) error {
		all, err := a.Receive(cmd.Context(), args[0], vouched, files)
		if s.c.JSON {
			return errors.Join(err, s.document(map[string]any{"outboxes": all}))
		}
		for _, r := range all {
			s.received(r, vouched, files)
		}
		return err
	})}
	cmd.Flags().BoolVar(&vouched, "vouch", false, s.say("flag.vouch"))
	cmd.Flags().StringVar(&files, "files", "", s.say("flag.files"))
	return cmd
}

// Received is what was found in one laptop's outbox, and what became of it.
type Received struct {
	Device     casework.DeviceID `json:"device"`
	Worker     string            `json:"worker"`
	Operations int               `json:"operations"`
	Fresh      int               `json:"fresh"`    // not known before
	Released   int               `json:"released"` // kept aside before because the laptop is shut out, and vouched for now
	Visits     int               `json:"visits"`   // fresh ones that came into their files
	Drafts     int               `json:"drafts"`
	NewDrafts  int               `json:"drafts_fresh"`
	Files      int               `json:"files"`      // photos and files that open
	FilesGone  int               `json:"files_gone"` // those that are not there, or damaged
	Shut       int               `json:"shut"`       // segments that are not sealed to this district, or not readable at all
	Damaged    int               `json:"damaged"`    // stretches that cannot be read
	Torn       int               `json:"torn"`       // segments whose end is missing
	Aside      []asideRow        `json:"kept_aside"`
	Receipts   []receiptRow      `json:"receipts"`

	stopped int // of Aside: because the laptop is shut out
}

type asideRow struct {
	Op     casework.OpID   `json:"op"`
	Reason casework.Reason `json:"reason"`
}

// receiptRow is the district's word on one operation of an outbox.
type receiptRow struct {
	Op        casework.OpID     `json:"op"`
	Record    casework.RecordID `json:"record"`
	Kind      casework.Kind     `json:"kind"`
	Seq       uint64            `json:"seq"`
	Verdict   casework.Verdict  `json:"verdict"`
	Recovered bool              `json:"recovered"` // taken in now, unsigned; false: the district had it
}

// Receive takes in what lies in an outbox, in a folder or one file of it: operations as
// recovered ones, which nobody signed, and visits that were not finished. Whatever can be
// read is taken, whatever else is damaged. Photos and files lie sealed in the folder
// "attachments", in the outbox's folder or beside it; they are written into the folder
// files, unless it is "".
// Errors: outbox.nothing, districtapp.outbox_foreign, districtapp.outbox_broken,
// district.device_unknown.
func (a *App) Receive(ctx context.Context, path string, vouched bool, files string) ([]Received, error) {
	const op = "districtapp.Receive"
	foreign := 0
	all, err := outbox.ReadPath(path, func(h outbox.Header) (outbox.Key, error) {
		k, err := h.UnsealDistrict(a.keys.Identity())
		if err != nil {
			foreign++
		}
		return k, err
	})
	if err != nil {
		if casework.CodeOf(err) == "" {
			err = casework.Problem(op, "districtapp.file", "File", casework.CleanLine(filepath.Base(path), 80)).Because(err)
		}
		return nil, err
	}
	out := []Received{}
	shut := 0
	for _, c := range all {
		if c.Device.IsZero() { // nothing of it could be opened
			shut += c.Shut
			continue
		}
		r, err := a.takeOutbox(ctx, c, vouched)
		if err == nil {
			err = r.open(c, path, files)
		}
		if err != nil {
			return out, err
		}
		out = append(out, r)
	}
	switch {
	case shut == 0:
		return out, nil
	case foreign > 0 && len(out) == 0:
		return out, casework.Problem(op, "districtapp.outbox_foreign", "Count", shut)
	}
	return out, casework.Problem(op, "districtapp.outbox_broken", "Count", shut)
}

func (a *App) takeOutbox(ctx context.Context, c outbox.Contents, vouched bool) (Received, error) {
	r := Received{
		Device: c.Device, Operations: len(c.Ops), Shut: c.Shut, Damaged: c.Damaged, Torn: c.Torn,
		Aside: []asideRow{}, Receipts: []receiptRow{},
	}
	d, err := a.store.Device(ctx, c.Device)
	if err != nil {
		return r, err
	}
	r.Worker = d.Name
	before, err := a.store.Head(ctx)
	if err != nil {
		return r, err
	}
	found := make([]ledger.Entry, len(c.Ops))
	for i, item := range c.Ops {
		found[i] = ledger.Entry{Bytes: item.Body, Link: item.Link(c.Device)}
	}
	done, err := a.store.Recover(ctx, c.Device, found, vouched, a.o.Now())
	if err != nil {
		return r, err
	}
	r.Fresh, r.Released = done.Fresh, done.Released
	visits := map[casework.RecordID]bool{}
	for i, receipt := range done.Receipts {
		row := receiptRow{Op: receipt.Op, Seq: receipt.Seq, Verdict: receipt.Out.Verdict, Recovered: receipt.Seq > before}
		if op, err := ledger.Decode(found[i].Bytes); err == nil {
			row.Record, row.Kind = op.Record, op.Kind
		}
		r.Receipts = append(r.Receipts, row)
		switch {
		case row.Verdict == casework.Quarantined:
			r.Aside = append(r.Aside, asideRow{receipt.Op, receipt.Out.Reason})
			if receipt.Out.Reason == casework.ReasonDevice {
				r.stopped++
			}
		case row.Recovered && row.Kind == casework.KindVisit:
			visits[row.Record] = true
		}
	}
	r.Visits = len(visits)
	return r, a.keepDrafts(ctx, c, d, &r)
}

// draftDocument is a draft as it is kept and given out.
type draftDocument struct {
	Format string            `json:"format"`
	ID     casework.ID       `json:"id"`
	Device casework.DeviceID `json:"device"`
	Worker string            `json:"worker"`
	beginning
	Last    time.Time     `json:"last,omitzero"`
	Changes []draftChange `json:"changes"`
	Purpose string        `json:"purpose,omitempty"`
	Name    string        `json:"name,omitempty"`
	Answers []draftAnswer `json:"answers,omitempty"` // what stands in it, in words, when its questionnaire is known here
}

// beginning is what the laptop kept when the visit was begun.
type beginning struct {
	Person   casework.RecordID `json:"person,omitzero"`
	Form     string            `json:"form,omitempty"`
	FormHash casework.Hash     `json:"form_hash,omitzero"`
	Started  time.Time         `json:"started,omitzero"`
	Title    string            `json:"title,omitempty"`
}

// draftChange is one answer as the laptop kept it.
type draftChange struct {
	N     int64           `json:"n"`
	At    time.Time       `json:"at"`
	Body  json.RawMessage `json:"change,omitempty"`
	Bytes []byte          `json:"bytes,omitempty"` // when it is no JSON
}

const draftFormat = "doorstep-draft/1"

// keepDrafts keeps the visits that were not finished. In an outbox with damage those that
// were finished are kept, too, when what came of them is not there.
func (a *App) keepDrafts(ctx context.Context, c outbox.Contents, d district.Device, r *Received) error {
	closed := map[casework.ID]bool{}
	for _, item := range c.Ops {
		closed[item.Closes] = true
	}
	for _, w := range c.Drafts {
		lost := c.Damaged+c.Torn > 0 && len(w.Why) == 0 && !closed[w.ID]
		if w.Ended && !lost || len(w.Changes) == 0 {
			continue
		}
		doc := draftDocument{Format: draftFormat, ID: w.ID, Device: c.Device, Worker: d.Name}
		if w.Body != nil && json.Unmarshal(w.Body, &doc.beginning) != nil {
			doc.beginning = beginning{} // it means nothing: the answers still do
		}
		for _, item := range w.Changes {
			ch := draftChange{N: item.N, At: item.At.UTC()}
			if json.Valid(item.Body) {
				ch.Body = item.Body
			} else {
				ch.Bytes = item.Body
			}
			doc.Changes = append(doc.Changes, ch)
			if item.At.After(doc.Last) {
				doc.Last = item.At.UTC()
			}
		}
		content, err := json.Marshal(doc)
		if err != nil {
			return err
		}
		fresh, err := a.store.KeepDraft(ctx, district.Draft{
			ID: w.ID, Device: c.Device, Person: doc.Person, Form: doc.Form, FormHash: doc.FormHash, Started: doc.Started, Last: doc.Last,
			Changes: len(doc.Changes), Answers: answered(doc.Changes), Content: content,
		}, a.o.Now())
		if err != nil {
			return err
		}
		r.Drafts++
		if fresh {
			r.NewDrafts++
		}
	}
	return nil
}

// answered counts the questions that a draft's changes are about.
func answered(changes []draftChange) int {
	paths := map[string]bool{}
	for _, c := range changes {
		var ch form.Change
		if json.Unmarshal(c.Body, &ch) == nil && ch.Path != "" {
			paths[ch.Path] = true
		}
	}
	return len(paths)
}

func (s *shell) received(r Received, vouched bool, files string) {
	s.print("receive.from", "Name", r.Worker, "Operations", r.Operations)
	switch {
	case r.Fresh == 0 && r.NewDrafts == 0 && r.Released == 0:
		s.print("receive.known")
	default:
		s.print("receive.done", "Fresh", r.Fresh, "Visits", r.Visits, "Drafts", r.NewDrafts)
	}
	if r.Released > 0 {
		s.print("receive.released", "Count", r.Released)
	}
	if n := len(r.Aside); n > 0 {
		s.print("receive.aside", "Count", n)
	}
	if r.stopped > 0 && !vouched {
		s.print("receive.stopped", "Count", r.stopped)
	}
	switch {
	case r.Files > 0 && files != "":
		s.print("receive.files", "Count", r.Files, "Dir", casework.CleanLine(files, 80))
	case r.Files > 0:
		s.print("receive.files_there", "Count", r.Files)
	}
	if r.FilesGone > 0 {
		s.print("receive.files_gone", "Count", r.FilesGone)
	}
	if r.Damaged > 0 {
		s.print("receive.damaged", "Count", r.Damaged)
	}
	if r.Torn > 0 {
		s.print("receive.torn", "Count", r.Torn)
	}
	if r.Shut > 0 {
		s.print("receive.shut", "Count", r.Shut)
	}
}
