package desk

import (
	"context"

	"doorstep/tui/book"
)

var _ book.Locks = (*Desk)(nil)

// VisitCode implements book.Locks.
func (d *Desk) VisitCode() (chosen, ready bool) { return d.store.HasVisitCode() }

// TryVisitCode implements book.Locks.
func (d *Desk) TryVisitCode(_ context.Context, code []byte) error {
	return d.store.CheckVisitCode(code)
}

// SetVisitCode implements book.Locks.
func (d *Desk) SetVisitCode(ctx context.Context, code []byte) error {
	return d.store.SetVisitCode(ctx, code)
}

// ChangePassphrase implements book.Locks.
func (d *Desk) ChangePassphrase(_ context.Context, old, next []byte) error {
	return d.store.ChangePassphrase(old, next)
}

// goOnSealing finishes, while she works, a change of keys that was interrupted. What
// cannot be finished now is gone on with at the next start.
func (d *Desk) goOnSealing(ctx context.Context) {
	_ = d.store.FinishRekey(ctx, nil)
}
