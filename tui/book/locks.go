package book

import "context"

// Locks is what she can do about passphrase and visit code while the store is open.
type Locks interface {
	// VisitCode reports whether six digits were chosen that bring an open visit back, and
	// whether they may still be tried: three wrong ones ask for the passphrase.
	VisitCode() (chosen, ready bool)
	// TryVisitCode says whether these are the digits. Errors with codes
	// "laptop.wrong_visit_code" and "laptop.visit_code_spent".
	TryVisitCode(ctx context.Context, code []byte) error
	// SetVisitCode chooses them, or others.
	SetVisitCode(ctx context.Context, code []byte) error
	// ChangePassphrase puts another passphrase in the place of the old one. Errors as Keeper.Open.
	ChangePassphrase(ctx context.Context, old, next []byte) error
}

// Chooser is a Keeper for a laptop that several people work on: each has a store and keys
// of her own, and nobody opens another's.
type Chooser interface {
	// Stores are the words by which people tell theirs ("" for one without), and which of
	// them is to be opened. Nothing at all means that there is no choosing here.
	Stores() (labels []string, at int)
	// Choose goes to another of them.
	Choose(i int) error
	// Add goes to a new store under a word of her own, which stands outside of the seal.
	// It is made when it is opened the first time.
	Add(label string) error
}
