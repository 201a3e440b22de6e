package laptop

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"doorstep/casework/ledger"
	"doorstep/store/laptop/outbox"
)

// slow is a disk whose next write waits until it is let go.
type slow struct {
	outbox.Disk
	writes, goes chan struct{}
}

func (d slow) Append(name string) (outbox.File, error) {
	f, err := d.Disk.Append(name)
	return slowFile{f, d}, err
}

type slowFile struct {
	outbox.File
	d slow
}

func (f slowFile) Write(b []byte) (int, error) {
	select {
	case f.d.writes <- struct{}{}:
		<-f.d.goes
	default:
	}
	return f.File.Write(b)
}

// openKeys counts the files below a folder that still lead to a store's keys.
func openKeys(t *testing.T, dir string, s *Store) (n int) {
	t.Helper()
	try(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if h, _, err := outbox.ReadHeader(b); err == nil {
			if local, _ := h.Sealed(); local || len(h.Keys) > 0 {
				n++
			}
		} else if bytes.Contains(b, []byte(`"slots"`)) && bytes.Contains(b, []byte(s.keys.Store.String())) && bytes.Contains(b, []byte(`"sealed"`)) && d.Name() != keyFile {
			n++
		}
		return nil
	}))
	return n
}

// A copy is being written while the laptop is wiped: the outbox is let go of before its
// keys are destroyed.
func TestWipingWaitsForWhoWritesTheOutbox(t *testing.T) {
	dir := t.TempDir()
	box := filepath.Join(dir, "store", outboxFolder)
	d := slow{outbox.Folder(box), make(chan struct{}), make(chan struct{})}
	o := options(81)
	o.disk, o.outboxDelay = d, 1<<40
	s := newStoreAs(t, dir, o)
	who := person(t, s, child("林小溪", zhudao))
	try(t, s.box.write())
	visit(t, s, who, "2026-11-23")
	wrote, wiped := make(chan error), make(chan error)
	go func() { wrote <- s.box.write() }() // as a copy does
	<-d.writes
	go func() { wiped <- s.Wipe("wiped") }()
	for stop := false; !stop; {
		select {
		case <-s.quit:
			stop = true
		default:
		}
	}
	for range 1000 {
		select {
		case err := <-wiped:
			t.Fatalf("wiped while somebody was writing: %v", err)
		default:
			runtime.Gosched()
		}
	}
	close(d.goes)
	<-wrote
	try(t, <-wiped)
	if n := openKeys(t, box, s); n != 0 {
		t.Fatalf("%d segments open", n)
	}
}

// The store's folder is a link to another disk.
func TestWipingReachesCopiesBehindALink(t *testing.T) {
	real := t.TempDir()
	link := filepath.Join(t.TempDir(), "link")
	try(t, os.Symlink(filepath.Join(real, "store"), link))
	s := newStoreIn(t, real, 82)
	person(t, s, child("林小溪", zhudao))
	must(s.Backup(t.Context(), filepath.Join(s.dir, backupsFolder)))
	try(t, s.Close())
	n := must(Open(t.Context(), link, secret, s.o))
	try(t, n.Wipe("wiped"))
	if left := openKeys(t, real, s); left != 0 {
		t.Fatalf("%d files still lead to the keys", left)
	}
}

// After a revocation the program ends at once: not before everything is swept.
func TestClosingWaitsForTheSweepAfterARevocation(t *testing.T) {
	s := newStore(t, 83)
	d := enrolled(t, s)
	goes := make(chan struct{})
	s.looking.Go(func() { // a copy under way
		<-goes
		try(t, os.MkdirAll(filepath.Join(s.dir, backupsFolder), 0o700))
		try(t, s.keys.write(filepath.Join(s.dir, backupsFolder)))
		try(t, os.Rename(filepath.Join(s.dir, backupsFolder, keyFile), filepath.Join(s.dir, backupsFolder, "key.copy")))
	})
	a := d.say(hello(t, s), nil, 0)
	a.Standing = ledger.StandingRevoked
	wants(t, s.Apply(t.Context(), a), "laptop.revoked")
	go close(goes)
	try(t, s.Close())
	if n := openKeys(t, s.dir, s); n != 0 {
		t.Fatalf("%d files still lead to the keys", n)
	}
}

// What she hands over to a folder leaves what lies in it alone.
func TestHandingOverTouchesNoOtherSegment(t *testing.T) {
	s := newStore(t, 84)
	toDistrict(t, s)
	visit(t, s, person(t, s, child("林小溪", zhudao)), "2026-11-23")
	try(t, s.box.write())
	dir := filepath.Join(s.dir, outboxFolder) // the folder is named twice
	before := openKeys(t, dir, s)
	_, err := s.HandOver(dir)
	try(t, err)
	if after := openKeys(t, dir, s); before == 0 || after != before {
		t.Fatalf("%d segments open, then %d", before, after)
	}
}
