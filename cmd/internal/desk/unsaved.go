package desk

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/store/laptop"
)

// tryEvery is how often what the disk did not take is tried again, besides with each answer.
const tryEvery = 3 * time.Second

// unsavedCode is the error of answers that are kept in memory because the disk takes
// nothing: it is full, or has become read-only.
const unsavedCode casework.Code = "desk.unsaved"

// drafts is where drafts are written to: the store.
type drafts interface {
	BeginDraft(ctx context.Context, d laptop.Draft) error
	AppendDraft(ctx context.Context, id casework.ID, body []byte) error
}

// piece is one thing a draft is waiting to have on the disk: its beginning, or an answer.
type piece struct {
	begin *laptop.Draft
	body  []byte
}

// unsaved holds, in order, what the disk did not take.
type unsaved struct {
	disk  drafts
	every time.Duration
	until context.Context // the end of the desk

	mu    sync.Mutex
	kept  map[casework.ID][]piece
	tries bool // somebody tries again every now and then
}

func newUnsaved(disk drafts, until context.Context) *unsaved {
	return &unsaved{disk: disk, every: tryEvery, until: until, kept: map[casework.ID][]piece{}}
}

// add writes pieces behind those that wait. What the disk does not take is kept, and the
// error has the code desk.unsaved; what the store refuses is not kept.
// retry is run, once, while anything waits.
func (u *unsaved) add(ctx context.Context, id casework.ID, retry func(), pieces ...piece) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	rest, err := u.flush(ctx, id, append(u.kept[id], pieces...))
	if len(rest) == 0 || refused(err) {
		delete(u.kept, id)
		return err
	}
	u.kept[id] = rest
	if !u.tries {
		u.tries = true
		retry()
	}
	return casework.Problem("desk.Answered", unsavedCode, "Count", len(rest)).Because(err)
}

// flush writes pieces in order and gives those that are left.
func (u *unsaved) flush(ctx context.Context, id casework.ID, pieces []piece) ([]piece, error) {
	for i, p := range pieces {
		var err error
		if p.begin != nil {
			err = u.disk.BeginDraft(ctx, *p.begin)
		} else {
			err = u.disk.AppendDraft(ctx, id, p.body)
		}
		if err != nil {
			return pieces[i:], err
		}
	}
	return nil, nil
}

// refused reports an error that no other time and no better disk mends: the draft is a
// visit already, or the store is closed.
func refused(err error) bool {
	switch casework.CodeOf(err) {
	case "laptop.no_draft", "laptop.draft_exists", "laptop.closed":
		return true
	}
	return false
}

// again tries everything once more and reports whether nothing waits any longer.
func (u *unsaved) again(ctx context.Context) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	for id, pieces := range u.kept {
		rest, err := u.flush(ctx, id, pieces)
		if len(rest) == 0 || refused(err) {
			delete(u.kept, id)
		} else {
			u.kept[id] = rest
		}
	}
	u.tries = len(u.kept) > 0
	return !u.tries
}

// count is how many answers are not on the disk.
func (u *unsaved) count() (n int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for _, pieces := range u.kept {
		n += len(pieces)
	}
	return n
}

// last tries once more before the program ends. Error: desk.lost.
func (u *unsaved) last() error {
	if u.again(context.Background()) {
		return nil
	}
	return casework.Problem("desk.Close", "desk.lost", "Count", u.count())
}

// waiting gives the answers of a draft that are not on the disk, and its beginning when
// that is not there either.
func (u *unsaved) waiting(id casework.ID) (begin *laptop.Draft, bodies [][]byte) {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.of(id)
}

// of is waiting for who holds mu.
func (u *unsaved) of(id casework.ID) (begin *laptop.Draft, bodies [][]byte) {
	for _, p := range u.kept[id] {
		if p.begin != nil {
			begin = p.begin
		} else {
			bodies = append(bodies, p.body)
		}
	}
	return begin, bodies
}

// over forgets a draft that is a visit now, or was thrown away.
func (u *unsaved) over(id casework.ID) {
	u.mu.Lock()
	defer u.mu.Unlock()
	delete(u.kept, id)
}

// Answered implements book.Visitor: the changes are on the disk when it returns nil.
func (d *Desk) Answered(ctx context.Context, id casework.ID, changes ...form.Change) error {
	pieces := make([]piece, len(changes))
	for i, c := range changes {
		body, err := json.Marshal(c)
		if err != nil {
			return casework.Problem("desk.Answered", "desk.draft_damaged", "Line", i+1).Because(err)
		}
		pieces[i] = piece{body: body}
	}
	return d.unsaved.add(ctx, id, d.tryAgain, pieces...)
}

// tryAgain goes on trying until everything is on the disk or the desk is closed.
func (d *Desk) tryAgain() {
	u := d.unsaved
	d.ended.Go(func() {
		d.tell() // 今日 says so, too
		t := time.NewTicker(u.every)
		defer t.Stop()
		for {
			select {
			case <-u.until.Done():
				return
			case <-t.C:
			}
			if u.again(u.until) {
				d.tell()
				return
			}
		}
	})
}

// beginDraft begins a draft with its first changes; a disk that takes nothing does not
// stop her.
func (d *Desk) beginDraft(ctx context.Context, draft laptop.Draft, changes ...form.Change) error {
	err := d.unsaved.add(ctx, draft.ID, d.tryAgain, piece{begin: &draft})
	if err == nil || casework.CodeOf(err) == unsavedCode {
		err = d.Answered(ctx, draft.ID, changes...)
	}
	if casework.CodeOf(err) == unsavedCode {
		return nil
	}
	return err
}

// bodies are the answers of a draft: those on the disk, then those that wait. None of them
// goes to the disk in between, where it would be read twice.
func (d *Desk) bodies(ctx context.Context, id casework.ID) ([][]byte, error) {
	d.unsaved.mu.Lock()
	defer d.unsaved.mu.Unlock()
	begin, waiting := d.unsaved.of(id)
	if begin != nil {
		return waiting, nil
	}
	out, err := d.store.ReadDraft(ctx, id)
	return append(out, waiting...), err
}

// saveAndClose saves a finished visit, with the end of its draft.
func (d *Desk) saveAndClose(ctx context.Context, draft casework.ID, ops ...casework.Op) error {
	err := d.store.SaveAndClose(ctx, draft, ops...)
	if err == nil {
		d.unsaved.over(draft)
	}
	return err
}

// dropDraft ends a draft that will be no visit.
func (d *Desk) dropDraft(ctx context.Context, id casework.ID, reason string) error {
	begin, _ := d.unsaved.waiting(id)
	if begin == nil {
		if err := d.store.DropDraft(ctx, id, reason); err != nil {
			return err
		}
	}
	d.unsaved.over(id)
	return nil
}
