package laptop

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/store/laptop/crashdisk"
)

// filmed is one run of all scenes, with what the store looked like after each.
type filmed struct {
	tape      crashdisk.Tape
	done      []int                    // the disk's steps when the scene was done
	portraits []string                 // "" when the store is closed
	secrets   [][]byte                 // the passphrase after the scene
	carried   []int                    // the disk's steps when the outbox had the scene too
	made      []map[casework.OpID]bool // the operations saved so far
	bare      bool                     // without an outbox
	reads     int                      // after the first day, before closing
	keys      []keyed                  // what the key file held, in order
}

// keyed is the key file from one step of the disk on.
type keyed struct {
	step    int
	content []byte
}

// film runs all scenes. spoil, which may be nil, is done to each store that was opened.
func film(t *testing.T, spoil func(s *Store)) filmed {
	t.Helper()
	dir := ram(t)
	d := crashdisk.New(t, nil)
	l := newLaboratory(t, d, dir)
	defer func() { _ = l.close() }()
	f := filmed{bare: spoil != nil}
	if f.bare { // what is planted must show by itself
		l.o.disk = nil
	}
	look := func(n int) bool {
		b, err := os.ReadFile(filepath.Join(dir, keyFile))
		if err != nil || len(f.keys) > 0 && bytes.Equal(f.keys[len(f.keys)-1].content, b) {
			return false
		}
		f.keys = append(f.keys, keyed{n, b})
		return true // replaceFile flushes the folder
	}
	d.Watch(look)
	var spoiled *Store
	for i := range scenes {
		if l.s != nil && l.s != spoiled && spoil != nil {
			spoil(l.s)
			spoiled = l.s
		}
		if err := l.run(i); err != nil {
			t.Fatalf("%s: %v", scenes[i].name, err)
		}
		var p string
		if l.s != nil {
			var err error
			if p, err = portrait(t.Context(), l.s); err != nil {
				t.Fatalf("after %q: %v", scenes[i].name, err)
			}
		} else {
			p = f.portraits[i-1]
		}
		f.done, f.portraits, f.secrets = append(f.done, d.Steps()), append(f.portraits, p), append(f.secrets, l.secret)
		try(t, l.carried())
		f.carried, f.made = append(f.carried, d.Steps()), append(f.made, l.saved())
		look(d.Steps() + 1)
		if i == 0 {
			f.reads = -d.Reads()
		} else if i == len(scenes)-2 {
			f.reads += d.Reads()
		}
	}
	f.tape = d.Tape()
	return f
}

// saved are the operations written so far.
func (l *laboratory) saved() map[casework.OpID]bool {
	out := map[casework.OpID]bool{}
	for _, ops := range l.made {
		for _, op := range ops {
			out[op.ID] = true
		}
	}
	return out
}

// twice are the operations that database and outbox both had before the nth step.
func (f filmed) twice(n int) map[casework.OpID]bool {
	var out map[casework.OpID]bool
	for i, steps := range f.carried {
		if steps < n {
			out = f.made[i]
		}
	}
	return out
}

// keyAt is the key file when the power fails in the nth step, and the passphrase; nil
// before there is one.
func (f filmed) keyAt(n int) (content, passphrase []byte) {
	for _, k := range f.keys {
		if k.step <= n {
			content = k.content
		}
	}
	if len(f.keys) > 0 && bytes.Equal(content, f.keys[0].content) {
		return content, secret
	}
	return content, nextSecret
}

// sure is the last scene that was done before the nth step, and the one under way; -1
// before the first was done.
func (f filmed) sure(n int) (done, underWay int) {
	done = -1
	for i, steps := range f.done {
		if steps < n {
			done = i
		}
	}
	return done, min(done+1, len(scenes)-1)
}

// finding is what became of one image.
type finding struct {
	opened bool
	told   error // the store did not open, or says that rows are damaged
	scene  int   // the last scene after which the store stood as it stands now; -1: none
	looks  string
	ops    map[casework.OpID]bool // that open
	err    error                  // what nobody was told
}

// find starts the program on an image.
func (f filmed) find(t *testing.T, dir string, m crashdisk.Image, n int) (is finding) {
	t.Helper()
	is.scene = -1
	empty(t, dir)
	try(t, m.Write(dir))
	key, passphrase := f.keyAt(n)
	if key == nil {
		is.opened, is.err = true, startsOver(t, dir)
		return is
	}
	try(t, os.WriteFile(filepath.Join(dir, keyFile), key, 0o600))
	o := options(uint64(n) + 1000)
	o.noOutbox, o.outboxDelay = f.bare, time.Hour
	s, err := Open(t.Context(), dir, passphrase, o)
	if err != nil {
		is.told = err
		return is
	}
	defer s.Close()
	is.opened, is.ops = true, map[casework.OpID]bool{}
	for _, e := range s.journal.all {
		if !e.damaged {
			is.ops[e.id] = true
		}
	}
	p, err := portrait(t.Context(), s)
	is.looks = p
	for i := len(f.portraits) - 1; i >= 0 && err == nil && is.scene < 0; i-- {
		if f.portraits[i] == p {
			is.scene = i
		}
	}
	if r := s.Status().Rebuilt; r != nil {
		is.told = fmt.Errorf("the database was new, %d operations came back", r.Ops)
		return is
	}
	if s.Status().Damaged > 0 {
		is.told = fmt.Errorf("%d rows are damaged", s.Status().Damaged)
		return is
	}
	if err == nil {
		err = sound(s)
	}
	if err == nil && is.scene < 0 {
		done, _ := f.sure(n)
		err = fmt.Errorf("the store stands between two scenes: %s", difference(p, f.portraits[max(0, done)]))
	}
	if err == nil && s.Rekeying() {
		err = goesOn(t, s, p)
	}
	is.err = err
	return is
}

// goesOn finishes the change of keys that the power cut stopped: nothing looks different
// after it, and the old key opens nothing.
func goesOn(t *testing.T, s *Store, before string) error {
	t.Helper()
	if err := s.FinishRekey(t.Context(), nil); err != nil {
		return fmt.Errorf("the change of keys cannot be finished: %w", err)
	}
	after, err := portrait(t.Context(), s)
	if err == nil && after != before {
		err = fmt.Errorf("the change of keys changed more: %s", difference(after, before))
	}
	if err == nil && s.Rekeying() {
		err = errors.New("the old key is still there")
	}
	return err
}

// startsOver makes a store where an Init was cut off.
func startsOver(t *testing.T, dir string) error {
	t.Helper()
	s, err := Init(t.Context(), dir, secret, options(77))
	if err != nil {
		return err
	}
	person(t, s, child("林小溪", zhudao))
	return s.Close()
}

// judge says what is wrong with a finding on a disk that keeps its word.
func (f filmed) judge(is finding, n int) error {
	done, underWay := f.sure(n)
	switch key, _ := f.keyAt(n); {
	case is.told != nil:
		return fmt.Errorf("does not open: %w", is.told)
	case is.err != nil:
		return is.err
	case key == nil && done >= 0:
		return fmt.Errorf("the key file is gone")
	case key != nil && is.looks != f.portraits[underWay] && is.looks != f.portraits[max(0, done)]:
		return fmt.Errorf("stands after %q, but %q was done", scenes[is.scene].name, scenes[done].name)
	}
	return nil
}
