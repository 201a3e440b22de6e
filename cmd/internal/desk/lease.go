package desk

import (
	"context"
	"slices"
	"time"

	"doorstep/casework"
	"doorstep/casework/outing"
	"doorstep/tui/book"
)

// warnDays is how many days before old files close she is told.
const warnDays = 3

// leaseLook is how often the clock is looked at while nobody touches a key.
const leaseLook = 20 * time.Second

// Lapse implements book.Leaser.
func (d *Desk) Lapse() book.Lapse {
	l := d.store.Lapse()
	today := casework.DayOf(d.opt.Now())
	out := book.Lapse{
		Closed: l.Closed, Until: l.Until, Heard: l.Word, Astray: l.Astray, Calls: l.Calls, CanCall: l.CanCall, Most: d.pack().ExtensionsMost(today),
	}
	if !l.Closed && !l.Until.IsZero() {
		out.Days = max(0, casework.DayOf(l.Until).Sub(today))
		out.Soon = out.Days <= warnDays
	}
	return out
}

// watchLease tells the screens when old files close or open while the program runs.
func (d *Desk) watchLease(ctx context.Context) {
	tick := time.NewTicker(leaseLook)
	defer tick.Stop()
	d.lookAtLease(ctx, tick.C)
}

func (d *Desk) lookAtLease(ctx context.Context, tick <-chan time.Time) {
	closed := d.Lapse().Closed
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick:
			_ = d.store.Notice(ctx) // a disk that takes nothing opens nothing: the store's guard looks for itself
			if now := d.Lapse().Closed; now != closed {
				closed = now
				d.tell()
			}
		}
	}
}

// shut is laptop.lapsed while old files are closed.
func (d *Desk) shut(op string) error {
	if d.store.Closed() {
		return casework.Problem(op, "laptop.lapsed")
	}
	return nil
}

// EntryOnly implements book.Leaser.
func (d *Desk) EntryOnly(ctx context.Context) (book.EntryOnly, error) {
	out := book.EntryOnly{Lapse: d.Lapse()}
	seen := map[casework.RecordID]bool{}
	for _, t := range d.store.Tasks(casework.RecordID{}) {
		if p, ok := d.store.Person(t.Owner); ok && !seen[t.Owner] {
			seen[t.Owner] = true
			out.Urgent = append(out.Urgent, d.urgent(p)...)
		}
	}
	slices.SortFunc(out.Urgent, func(x, y book.Urgent) int { return x.Until.Compare(y.Until) })
	var err error
	out.Drafts, err = d.Drafts(ctx)
	return out, err
}

// Named implements book.Leaser.
func (d *Desk) Named(text string) []book.Line {
	day, _ := d.Today()
	code, printed, onPaper := outing.Read(text, day)
	var out []book.Line
	for _, p := range d.store.Named(text, day) {
		l := d.plain(*p, day)
		if onPaper && p.Name != text {
			l.Code, l.Printed = code, printed
		}
		out = append(out, l)
	}
	return out
}

// Request implements book.Leaser.
func (d *Desk) Request(ctx context.Context) (string, error) { return d.store.Request(ctx) }

// Extend implements book.Leaser.
func (d *Desk) Extend(ctx context.Context, code string) (time.Time, error) {
	until, err := d.store.Extend(ctx, code, d.pack().ExtensionsMost(casework.DayOf(d.opt.Now())))
	if err == nil {
		d.tell()
	}
	return until, err
}
