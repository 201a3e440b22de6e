package desk

import (
	"context"
	_ "embed"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"sync"

	"doorstep/casework"
	"doorstep/store/laptop"
	"doorstep/tui/book"
)

// Keeper opens the store of a folder for the unlock screen.
type Keeper struct {
	Dir string
	// Home holds the stores of everybody who works on this laptop; "" when there is only Dir.
	Home    string
	Store   laptop.Options
	Options Options
	// Opened is told of every desk that was opened; nil tells nobody.
	Opened func(*Desk)
	// Moved is told of the folder that somebody else's store is in; nil tells nobody.
	Moved func(dir string)

	mu    sync.Mutex
	open  *Desk
	label string // of a store that is to be made
}

var _ book.Keeper = (*Keeper)(nil)

// Fresh implements book.Keeper.
func (k *Keeper) Fresh() bool { return !made(k.Dir) }

// made reports whether a folder holds a store.
func made(dir string) bool { return !laptop.Fresh(dir) }

//go:embed words.txt
var wordList string

// Propose implements book.Keeper: four words of everyday speech, typed in pinyin. With 512
// words that is 36 bits before the passphrase is stretched to half a second a guess.
func (k *Keeper) Propose() ([]string, error) {
	words := strings.Fields(wordList)
	out := make([]string, 4)
	for i := range out {
		n, err := below(k.Options.Rand, len(words))
		if err != nil {
			return nil, err
		}
		out[i] = words[n]
	}
	return out, nil
}

// below is an even draw from 0 to n-1.
func below(r io.Reader, n int) (int, error) {
	limit := uint32(1<<32 - 1<<32%uint64(n))
	for {
		var b [4]byte
		if _, err := io.ReadFull(r, b[:]); err != nil {
			return 0, casework.Problem("desk.Propose", "random.unavailable").Because(err)
		}
		if v := binary.BigEndian.Uint32(b[:]); limit == 0 || v < limit {
			return int(v % uint32(n)), nil
		}
	}
}

// Open implements book.Keeper.
func (k *Keeper) Open(ctx context.Context, passphrase []byte) (book.Book, error) {
	d, err := k.Desk(ctx, passphrase)
	if err != nil {
		return nil, err
	}
	return d, nil
}

// Desk opens the store, or makes it where there is none.
func (k *Keeper) Desk(ctx context.Context, passphrase []byte) (*Desk, error) {
	open, fresh := laptop.Open, k.Fresh()
	if fresh {
		open = laptop.Init
	}
	store, err := open(ctx, k.Dir, passphrase, k.Store)
	if err != nil {
		return nil, err
	}
	if fresh {
		if err := k.named(); err != nil {
			return nil, errors.Join(err, store.Close())
		}
	}
	d, err := New(ctx, store, k.Options)
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	k.mu.Lock()
	k.open = d
	k.mu.Unlock()
	if k.Opened != nil {
		k.Opened(d)
	}
	return d, nil
}

// Check implements book.Keeper: whether this is the passphrase of the store that is open.
func (k *Keeper) Check(ctx context.Context, passphrase []byte) error {
	k.mu.Lock()
	d := k.open
	k.mu.Unlock()
	if d == nil {
		return casework.Problem("desk.Check", "laptop.closed")
	}
	return d.store.Check(ctx, passphrase)
}
