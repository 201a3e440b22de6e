package desk

import (
	"context"

	"doorstep/store/laptop"
	"doorstep/tui/book"
)

// RebuiltPhrase is the one sentence about a database that was broken, or brought back from
// a copy: what was found, what is here again, what is still to come.
func RebuiltPhrase(r laptop.Rebuilt) book.Phrase {
	key := "laptop.rebuilt"
	switch {
	case r.Restored:
		key = "laptop.restored"
	case r.Healed:
		key = "laptop.healed"
	}
	return book.Phrase{Key: key, Pairs: []any{"Aside", r.Aside, "Ops", r.Ops, "Visits", r.Visits, "Drafts", r.Drafts, "Waiting", r.WaitingForDistrict}}
}

// foundNotices are what the store found out about itself.
func (d *Desk) foundNotices(st laptop.Status) []book.Phrase {
	var out []book.Phrase
	if st.Rebuilt != nil {
		out = append(out, RebuiltPhrase(*st.Rebuilt))
		d.mu.Lock()
		d.told = d.told || !d.opt.Quiet
		d.mu.Unlock()
	}
	if st.OutboxTrouble != nil {
		out = append(out, book.Phrase{Key: "laptop.outbox_behind"})
	}
	return out
}

// forgetRebuilt takes the sentence off once it stood on a screen and nothing is still to come.
func (d *Desk) forgetRebuilt() {
	d.mu.Lock()
	told := d.told
	d.mu.Unlock()
	if st := d.store.Status(); told && st.Rebuilt != nil && !st.Rebuilt.WaitingForDistrict {
		_ = d.store.AcknowledgeRebuilt(context.Background()) // otherwise it is told once more
	}
}
