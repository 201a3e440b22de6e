package laptop

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

func TestACopyIsMadeWhileSheWorksAndRestored(t *testing.T) {
	s := newStore(t, 1)
	lin := person(t, s, child("林小溪", zhudao))
	d := enrolled(t, s)
	visit(t, s, lin, "2026-11-18")
	talk(t, s, d)
	visit(t, s, lin, "2026-11-19")
	draft := Draft{ID: casework.ID{1}, Person: lin, Title: "写完了的"}
	try(t, s.BeginDraft(t.Context(), draft))
	try(t, s.AppendDraft(t.Context(), draft.ID, []byte("一")))
	dir := t.TempDir()
	done := make(chan Copy)
	go func() {
		c, err := s.Backup(t.Context(), dir)
		if err != nil {
			t.Error(err)
		}
		done <- c
	}()
	for range 20 {
		visit(t, s, lin, "2026-11-20")
	}
	c := <-done
	if c.Rows < 10 || !strings.HasPrefix(filepath.Base(c.Folder), "doorstep-20261123-08") {
		t.Fatalf("%+v", c)
	}

	// After the copy: some work that the district has, some that it has not.
	try(t, s.SaveAndClose(t.Context(), draft.ID, visitOp(t, s, lin, "2026-11-21")))
	talk(t, s, d)
	last := visit(t, s, lin, "2026-11-22")
	visits := len(s.Visits(lin))
	for range 80 { // the outbox is written anew meanwhile
		id, err := s.Author().NewRecord()
		try(t, err)
		try(t, s.BeginDraft(t.Context(), Draft{ID: id.ID}))
		try(t, s.DropDraft(t.Context(), id.ID, "不在家"))
	}
	try(t, s.box.write())
	accepted := d.chain
	wants(t, second(Restore(t.Context(), s.dir, c.Folder, secret, s.o)), "laptop.already_open")
	try(t, s.Close())
	wants(t, second(Restore(t.Context(), s.dir, t.TempDir(), secret, s.o)), "laptop.no_copy")
	wants(t, second(Restore(t.Context(), s.dir, c.Folder, nextSecret, s.o)), "laptop.wrong_passphrase")

	o := s.o
	o.Rand = newDice(99)
	n, err := Restore(t.Context(), s.dir, c.Folder, secret, o)
	try(t, err)
	for range 2 {
		st := n.Status()
		if r := st.Rebuilt; r == nil || !r.Restored || r.Aside == "" || !r.FromOutbox || !exists(filepath.Join(n.dir, r.Aside)) {
			t.Fatalf("%+v", r)
		}
		if got := len(n.Visits(lin)); got != visits || n.Where(last).Stage != Pending || len(n.Drafts()) != 0 || st.Damaged != 0 {
			t.Fatalf("%d visits of %d, %d drafts, %+v", got, visits, len(n.Drafts()), st)
		}
		if h := hello(t, n).Head; h.Epoch != 2 {
			t.Fatalf("%+v", h)
		}
		n = again(t, n)
	}
	h := hello(t, n)
	a := d.say(h, nil, 0)
	a.Standing, a.Chain = ledger.StandingFork, ledger.Head{Device: n.Device(), Epoch: h.Head.Epoch, Hash: accepted.Hash}
	try(t, n.Apply(t.Context(), a))
	d.chain = a.Chain
	talk(t, n, d)
	if st := n.Status(); st.PendingOps != 0 || st.Damaged != 0 || st.Rebuilt.WaitingForDistrict || len(n.Visits(lin)) != visits {
		t.Fatalf("%+v", st)
	}
}

func second[T any](_ T, err error) error { return err }

// A copy that is not whole is not put in place of one that works.
func TestADamagedCopyIsNotUsed(t *testing.T) {
	s := newStore(t, 2)
	lin := person(t, s, child("林小溪", zhudao))
	c := must(s.Backup(t.Context(), t.TempDir()))
	try(t, s.Close())
	path := filepath.Join(c.Folder, databaseFile)
	b := must(os.ReadFile(path))
	b[len(b)/2/4096*4096+3] ^= 0xff
	try(t, os.WriteFile(path, b[:len(b)-4096], 0o600))
	wants(t, second(Restore(t.Context(), s.dir, c.Folder, secret, s.o)), "laptop.copy_damaged")
	n := must(Open(t.Context(), s.dir, secret, s.o))
	defer n.Close()
	if _, ok := n.Person(lin); !ok || n.Status().Rebuilt != nil {
		t.Fatal("the present store was touched")
	}
}

// A row that does not open makes no copy: a good one is not pushed out by a bad one.
func TestACopyIsProvedBeforeItIsGood(t *testing.T) {
	s := newStore(t, 3)
	lin := person(t, s, child("林小溪", zhudao))
	talk(t, s, enrolled(t, s))
	flip(t, s, "UPDATE heads SET sealed = ? WHERE id = ?", "SELECT sealed FROM heads WHERE id = ?", lin.ID[:])
	dir := t.TempDir()
	err := second(s.Backup(t.Context(), dir))
	wants(t, err, "laptop.backup")
	sentence(t, err)
	if list := must(os.ReadDir(dir)); len(list) != 0 {
		t.Fatalf("%v", list)
	}
}

// On another laptop, or after everything was lost: the copy alone is a store, with the
// passphrase it had.
func TestACopyIsAStoreByItself(t *testing.T) {
	s := newStore(t, 4)
	lin := person(t, s, child("林小溪", zhudao))
	visit(t, s, lin, "2026-11-20")
	c := must(s.Backup(t.Context(), t.TempDir()))
	try(t, s.ChangePassphrase(secret, nextSecret))
	try(t, s.Close())
	for _, place := range []string{filepath.Join(t.TempDir(), "new"), s.dir} {
		n, err := Restore(t.Context(), place, c.Folder, secret, s.o)
		try(t, err)
		if len(n.Visits(lin)) != 1 || n.Device() != s.Device() {
			t.Fatal("not what was copied")
		}
		try(t, n.Close())
	}
	try(t, os.RemoveAll(s.dir))
	n, err := Restore(t.Context(), s.dir, c.Folder, secret, s.o)
	try(t, err)
	try(t, n.Close())
}

func TestOneCopyADayIsKeptAndThreeInAll(t *testing.T) {
	s := newStoreWith(t, 5, quick)
	s.looking.Wait() // it reads the clock
	hands := monday()
	s.o.Now = hands.now
	lin := person(t, s, child("林小溪", zhudao))
	copies := func() []string { return backups(filepath.Join(s.dir, backupsFolder)) }
	day := func() int {
		s = again(t, s)
		s.looking.Wait()
		return len(copies())
	}
	if n := day(); n != 0 {
		t.Fatalf("%d copies of next to nothing", n)
	}
	for range 10 {
		visit(t, s, lin, "2026-11-20")
	}
	for i, want := range []int{1, 1, 2, 3, 3} {
		if i > 1 {
			hands.set(hands.now().Add(24 * time.Hour))
		}
		if n := day(); n != want {
			t.Fatalf("opening %d: %d copies", i, n)
		}
		visit(t, s, lin, "2026-11-20")
	}
	hands.set(hands.now().Add(24 * time.Hour))
	day()
	newest := copies()[0]
	hands.set(hands.now().Add(24 * time.Hour))
	if day(); copies()[0] != newest {
		t.Fatal("copied although nothing changed")
	}
	// Another passphrase: no copy opens with the old one for longer than a start.
	try(t, s.ChangePassphrase(secret, nextSecret))
	try(t, s.Close())
	s = must(Open(t.Context(), s.dir, nextSecret, s.o))
	s.looking.Wait()
	for _, c := range copies() {
		if _, _, err := must(readKeys(c)).unlock(secret); err == nil {
			t.Fatal("the old passphrase opens a copy")
		}
	}
	if len(copies()) != 1 {
		t.Fatalf("%v", copies())
	}
	// A wiped store leaves no way in.
	try(t, s.Wipe("wiped"))
	if _, err := readKeys(copies()[0]); err == nil {
		t.Fatal("a copy still opens")
	}
}

// With a copy at hand a broken database and a lost outbox are not the end.
func TestTheKeyFileComesBackFromACopy(t *testing.T) {
	s := newStoreWith(t, 6, func(o *Options) { quick(o); o.noOutbox = true })
	lin := person(t, s, child("林小溪", zhudao))
	for range 10 {
		visit(t, s, lin, "2026-11-20")
	}
	s = again(t, s)
	s.looking.Wait()
	try(t, s.Close())
	try(t, os.Remove(filepath.Join(s.dir, keyFile)))
	n := must(Open(t.Context(), s.dir, secret, s.o))
	defer n.Close()
	if len(n.Visits(lin)) != 10 {
		t.Fatal("her visits are gone")
	}
}

// The file is gone, no network: the people are on the list out of the youngest copy, what
// was saved since out of the outbox.
func TestAfterTheFileIsGoneThePeopleComeFromTheCopy(t *testing.T) {
	for _, outboxToo := range []bool{true, false} {
		s := newStoreWith(t, 7, quick)
		d := enrolled(t, s)
		whom := someoneElse(t, d)
		talk(t, s, d)
		for range 10 {
			visit(t, s, whom, "2026-11-20")
		}
		s = again(t, s)
		s.looking.Wait()
		visit(t, s, whom, "2026-11-21")
		try(t, s.Close())
		try(t, os.Remove(filepath.Join(s.dir, databaseFile)))
		want := 11
		if !outboxToo {
			try(t, os.RemoveAll(filepath.Join(s.dir, outboxFolder)))
			want = 10
		}
		n := must(Open(t.Context(), s.dir, secret, s.o))
		if p, ok := n.Person(whom); !ok || p.Name != "买买提·吐尔逊" || len(n.Visits(whom)) != want || !n.Status().Enrolled {
			t.Fatalf("%v, %d visits", ok, len(n.Visits(whom)))
		}
		d.elsewhere(t, whom, casework.Values{"grid": "5组"})
		talkTwice(t, n, d)
		if p, ok := n.Person(whom); !ok || p.Grid != "5组" || n.Status().PendingOps != 0 || n.Status().Damaged != 0 {
			t.Fatalf("%+v", n.Status())
		}
		try(t, n.Close())
	}
}
