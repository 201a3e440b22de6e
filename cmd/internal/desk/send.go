package desk

import (
	"context"

	"doorstep/casework"
	"doorstep/store/laptop"
	"doorstep/sync/replica"
	"doorstep/tui/book"
)

// Status implements book.Sender.
func (d *Desk) Status() book.Status {
	st, line := d.store.Status(), d.client.State()
	out := book.Status{
		Enrolled: st.Enrolled, District: st.District, Kept: st.Quarantined, Conflicts: st.Conflicts,
		Pending: st.PendingVisits, PendingOther: st.PendingOps - st.PendingVisits, LeaseUntil: st.Lease,
		LastTry: line.At, People: len(d.store.People()),
	}
	out.Files = len(d.store.Attachments())
	if e, ok := d.store.Enrolment(); ok {
		out.Address = e.Address
	}
	if st.PendingOps == 0 {
		out.Received = st.LastReceived
		if out.Received.IsZero() && line.Kind == replica.Received {
			out.Received = line.At
		}
	}
	switch line.Kind {
	case replica.Sending:
		out.Busy, out.Online = true, true
	case replica.Received:
		out.Online = true
	case replica.Busy, replica.Refused:
		out.Online = line.Kind == replica.Busy
		out.Trouble = &casework.Error{Code: line.Reason, Op: "desk.Status", Args: line.Args}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if out.Trouble == nil {
		out.Trouble = d.unread
	}
	return out
}

// Exchange implements book.Sender: it asks and returns.
func (d *Desk) Exchange() {
	select {
	case d.trigger <- struct{}{}:
	default:
	}
}

// Exchanged implements book.Sender.
func (d *Desk) Exchanged() <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.changed
}

// Enrol implements book.Sender.
func (d *Desk) Enrol(ctx context.Context, address, code string) error {
	if _, err := d.client.Enrol(ctx, address, code); err != nil {
		return err
	}
	d.tell()
	d.Exchange()
	return nil
}

// Offline reports whether the last exchange failed for want of a network: no line, one that
// broke or crawled, or somebody else answering at the address. That is no error of anybody's.
func (d *Desk) Offline() bool { return d.client.State().Kind == replica.Offline }

// Sync makes one whole exchange now, for subcommands.
func (d *Desk) Sync(ctx context.Context) (replica.Report, error) {
	r, err := d.client.Exchange(ctx)
	if err != nil {
		return r, err
	}
	return r, d.reload(ctx)
}

// Kept implements book.Sender.
func (d *Desk) Kept(context.Context) ([]book.KeptWork, error) {
	var out []book.KeptWork
	look := func(p *casework.Person, id casework.RecordID) {
		if st := d.store.Where(id); st.Stage == laptop.Quarantined {
			out = append(out, book.KeptWork{Person: p.ID, Name: p.Name, Reason: st.Reason, At: st.At})
		}
	}
	if d.store.Status().Quarantined == 0 {
		return nil, nil
	}
	for _, p := range d.store.People() {
		look(p, p.ID)
		for _, v := range d.store.Visits(p.ID) {
			look(p, v.ID)
		}
		for _, t := range d.store.Tasks(p.ID) {
			look(p, t.ID)
		}
	}
	return out, nil
}
