package laptop

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"filippo.io/age"

	"doorstep/casework"
	"doorstep/store/laptop/outbox"
)

// inOutbox reads a store's outbox as its owner does.
func inOutbox(t *testing.T, s *Store) outbox.Contents {
	t.Helper()
	try(t, s.box.write())
	return readBox(t, s, s.unseal)
}

func readBox(t *testing.T, s *Store, unseal func(outbox.Header) (outbox.Key, error)) outbox.Contents {
	t.Helper()
	all, err := outbox.ReadPath(filepath.Join(s.dir, outboxFolder), unseal)
	try(t, err)
	if len(all) != 1 {
		t.Fatalf("%d outboxes", len(all))
	}
	return all[0]
}

func TestWhatIsSavedStandsInTheOutboxToo(t *testing.T) {
	s := newStore(t, 1)
	who := person(t, s, child("林小溪", zhudao))
	d := Draft{ID: casework.ID{1}, Person: who, Form: "child-visit", Title: "林小溪"}
	try(t, s.BeginDraft(t.Context(), d))
	try(t, s.AppendDraft(t.Context(), d.ID, []byte("奶奶")))
	c := inOutbox(t, s)
	if len(c.Ops) != 1 || c.Open() != 1 || string(c.Drafts[0].Changes[0].Body) != "奶奶" || c.State == nil {
		t.Fatalf("%+v", c)
	}
	head := hello(t, s).Head
	if l := c.Ops[0].Link(s.Device()); l.Hash() != head.Hash || c.Ops[0].N != 1 {
		t.Fatalf("its place in the chain: %+v", c.Ops[0])
	}
	try(t, s.SaveAndClose(t.Context(), d.ID, visitOp(t, s, who, "2026-11-23")))
	c = inOutbox(t, s)
	if len(c.Ops) != 2 || c.Open() != 0 || c.Ops[1].Closes != d.ID || c.Ops[1].Prev != head.Hash {
		t.Fatalf("%+v", c)
	}
	if st := s.Status(); st.OutboxBehind != 0 || st.OutboxTrouble != nil {
		t.Fatalf("%+v", st)
	}
}

// Work from before enrolment is sealed to the district as soon as there is one.
func TestAtEnrolmentEverythingIsSealedToTheDistrict(t *testing.T) {
	id, err := age.GenerateX25519Identity()
	try(t, err)
	theirs := func(h outbox.Header) (outbox.Key, error) { return h.UnsealDistrict(id) }
	s := newStore(t, 2)
	who := person(t, s, child("林小溪", zhudao))
	try(t, s.BeginDraft(t.Context(), Draft{ID: casework.ID{1}, Person: who}))
	inOutbox(t, s)
	d := enrolled(t, s)
	e := d.enrolment()
	e.Recipient = id.Recipient().String()
	try(t, s.Enrol(t.Context(), e))
	visit(t, s, who, "2026-11-23")
	try(t, s.box.write())
	c := readBox(t, s, theirs)
	if len(c.Ops) != 2 || c.Open() != 1 || c.Shut != 0 || c.Device != s.Device() {
		t.Fatalf("%+v", c)
	}
	if n := len(must(os.ReadDir(filepath.Join(s.dir, outboxFolder)))); n != 1 {
		t.Fatalf("%d segments", n)
	}
	// What the district has for good goes from the outbox; what it may lose stays.
	talk(t, s, d)
	if c := inOutbox(t, s); len(c.Ops) != 2 || len(c.Receipts) != 2 {
		t.Fatalf("%+v", c)
	}
	for range 40 {
		visit(t, s, who, "2026-11-24")
	}
	h, up := hello(t, s), unsent(t, s)
	a := d.say(h, d.take(t, up, nil), 0)
	a.Horizon = uint64(len(d.log)) - 1
	try(t, s.Apply(t.Context(), a))
	if c := inOutbox(t, s); len(c.Ops) != 1 || len(c.Receipts) != 1 || c.Open() != 1 {
		t.Fatalf("%d operations, %d receipts", len(c.Ops), len(c.Receipts))
	}
	s = again(t, s)
	if st := s.Status(); st.Damaged != 0 || st.PendingOps != 0 {
		t.Fatalf("%+v", st)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestAStoreThatWasClosedProperlyDoesNotReadItsOutbox(t *testing.T) {
	s := newStore(t, 3)
	person(t, s, child("林小溪", zhudao))
	s = again(t, s)
	if name, _, n := s.box.w.Writing(); name == "" || n == 0 {
		t.Fatal("it did not go on where it was")
	}
	person(t, s, child("孙玉兰", zhudao))
	if c := inOutbox(t, s); len(c.Ops) != 2 || len(c.Segments) != 1 || c.Damaged+c.Torn != 0 {
		t.Fatalf("%+v", c)
	}
}

// sometimes is a disk that fails when it is told to.
type sometimes struct {
	outbox.Disk
	mu   sync.Mutex
	fail error
}

func (d *sometimes) set(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fail = err
}

func (d *sometimes) failing() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.fail
}

func (d *sometimes) Create(name string) (outbox.File, error) {
	if err := d.failing(); err != nil {
		return nil, err
	}
	f, err := d.Disk.Create(name)
	return failingFile{f, d}, err
}

func (d *sometimes) Append(name string) (outbox.File, error) {
	if err := d.failing(); err != nil {
		return nil, err
	}
	f, err := d.Disk.Append(name)
	return failingFile{f, d}, err
}

type failingFile struct {
	outbox.File
	d *sometimes
}

func (f failingFile) Write(b []byte) (int, error) {
	if err := f.d.failing(); err != nil {
		n, _ := f.File.Write(b[:len(b)/2])
		return n, err
	}
	return f.File.Write(b)
}

func TestAnOutboxThatCannotBeWrittenStopsNobody(t *testing.T) {
	dir := t.TempDir()
	d := &sometimes{Disk: outbox.Folder(filepath.Join(dir, "store", outboxFolder))}
	o := options(4)
	o.disk = d
	s := newStoreAs(t, dir, o)
	who := person(t, s, child("林小溪", zhudao))
	try(t, s.box.write())
	for _, trouble := range []error{errors.New("the stick was pulled out"), os.ErrPermission} {
		d.set(trouble)
		visit(t, s, who, "2026-11-23")
		if err := s.box.write(); err == nil {
			t.Fatal("written to nothing")
		}
		st := s.Status()
		if st.OutboxBehind == 0 || casework.CodeOf(st.OutboxTrouble) != "laptop.outbox_trouble" {
			t.Fatalf("%+v", st)
		}
		sentence(t, st.OutboxTrouble)
		d.set(nil)
		visit(t, s, who, "2026-11-24")
		c := inOutbox(t, s)
		if st := s.Status(); st.OutboxBehind != 0 || st.OutboxTrouble != nil || len(c.Ops) != st.PendingOps || c.Damaged != 0 {
			t.Fatalf("%+v %+v", st, c)
		}
	}
	d.set(errors.New("gone again"))
	v := visit(t, s, who, "2026-11-25")
	try(t, s.Close())
	d.set(nil)
	s = must(Open(t.Context(), s.dir, secret, o))
	defer s.Close()
	if c := inOutbox(t, s); s.Where(v).Stage != Pending || len(c.Ops) != s.Status().PendingOps {
		t.Fatalf("what was saved last is not there the next morning: %d", len(c.Ops))
	}
}

// An older copy of the database is put in place by hand: what the outbox has comes back at
// its place in the chain, and the district notices nothing.
func TestAnOlderDatabaseIsBroughtUpToDate(t *testing.T) {
	s := newStore(t, 5)
	lin := person(t, s, child("林小溪", zhudao))
	d := enrolled(t, s)
	talk(t, s, d)
	old := Draft{ID: casework.ID{1}, Person: lin}
	try(t, s.BeginDraft(t.Context(), old))
	try(t, s.Close())
	path := filepath.Join(s.dir, databaseFile)
	image := must(os.ReadFile(path))
	s = must(Open(t.Context(), s.dir, secret, s.o))
	visit(t, s, lin, "2026-11-20")
	talk(t, s, d)
	visit(t, s, lin, "2026-11-21")
	try(t, s.SaveAndClose(t.Context(), old.ID, visitOp(t, s, lin, "2026-11-22")))
	fresh := Draft{ID: casework.ID{2}, Person: lin, Title: "新的"}
	try(t, s.BeginDraft(t.Context(), fresh))
	try(t, s.AppendDraft(t.Context(), fresh.ID, []byte("一")))
	try(t, s.AppendDraft(t.Context(), fresh.ID, []byte("二")))
	head := hello(t, s).Head
	try(t, s.Close())
	try(t, os.WriteFile(path, image, 0o600))
	for range 2 {
		s = must(Open(t.Context(), s.dir, secret, s.o))
		if n := len(s.Visits(lin)); n != 3 || hello(t, s).Head != head {
			t.Fatalf("%d visits, %+v not %+v", n, hello(t, s).Head, head)
		}
		got, err := s.ReadDraft(t.Context(), fresh.ID)
		if ds := s.Drafts(); err != nil || len(ds) != 1 || ds[0].Title != "新的" || len(got) != 2 || string(got[1]) != "二" {
			t.Fatalf("%+v %s %v", ds, got, err)
		}
		if st := s.Status(); st.Damaged != 0 || st.PendingVisits != 2 || st.Rebuilt == nil || !st.Rebuilt.Healed || st.Rebuilt.Visits != 3 || st.Rebuilt.Drafts != 2 {
			t.Fatalf("%+v", st)
		}
		try(t, s.Close())
	}
	s = must(Open(t.Context(), s.dir, secret, s.o))
	defer s.Close()
	talk(t, s, d)
	if st := s.Status(); st.PendingOps != 0 || st.Damaged != 0 {
		t.Fatalf("%+v", st)
	}
}

// Rows that do not open are written anew out of the outbox.
func TestDamagedRowsAreHealedFromTheOutbox(t *testing.T) {
	for name, change := range map[string]string{
		"an operation does not open":  "UPDATE ops SET sealed = zeroblob(400) WHERE n = 2",
		"an operation is gone":        "DELETE FROM ops WHERE n = 2",
		"the last ones are gone":      "DELETE FROM ops WHERE n > 1",
		"its link is another":         "UPDATE ops SET link = zeroblob(32) WHERE n = 2",
		"an answer is gone":           "DELETE FROM draft_changes WHERE n = 1",
		"an answer does not open":     "UPDATE draft_changes SET sealed = zeroblob(400) WHERE n = 2",
		"a draft is gone":             "DELETE FROM drafts",
		"a draft does not open":       "UPDATE drafts SET sealed = zeroblob(400)",
		"everything about it is gone": "DELETE FROM ops; DELETE FROM drafts; DELETE FROM draft_changes",
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore(t, 6)
			lin := person(t, s, child("林小溪", zhudao))
			visit(t, s, lin, "2026-11-20")
			visit(t, s, lin, "2026-11-21")
			d := Draft{ID: casework.ID{1}, Person: lin, Title: "林小溪"}
			try(t, s.BeginDraft(t.Context(), d))
			try(t, s.AppendDraft(t.Context(), d.ID, []byte("一")))
			try(t, s.AppendDraft(t.Context(), d.ID, []byte("二")))
			try(t, s.box.write())
			head := hello(t, s).Head
			s = torn(t, s, change)
			got, err := s.ReadDraft(t.Context(), d.ID)
			if err != nil || len(got) != 2 || len(s.Visits(lin)) != 2 || s.Status().Damaged != 0 || s.Drafts()[0].Title != "林小溪" {
				t.Fatalf("%s %v, %d visits, %+v", got, err, len(s.Visits(lin)), s.Status())
			}
			if up := unsent(t, s); len(up.Ops) != 3 || up.To() != hello(t, s).Head || up.To() != head {
				t.Fatalf("%d operations to %+v, the head was %+v", len(up.Ops), up.To(), head)
			}
			s = again(t, s)
			if s.Status().Damaged != 0 || len(s.Visits(lin)) != 2 {
				t.Fatal("not for long")
			}
		})
	}
}

// What nobody has any more is told, and what stands behind it goes to the district all the
// same, in a new epoch.
func TestAnOperationThatIsGoneHoldsNoOtherBack(t *testing.T) {
	s := newStoreWith(t, 7, func(o *Options) { o.noOutbox = true })
	lin := person(t, s, child("林小溪", zhudao))
	visit(t, s, lin, "2026-11-20")
	visit(t, s, lin, "2026-11-21")
	s.o.noOutbox = false
	s = torn(t, s, "DELETE FROM ops WHERE n = 2")
	if st := s.Status(); st.Damaged == 0 {
		t.Fatal("nobody was told")
	}
	if up := unsent(t, s); len(up.Ops) != 2 || up.From.Epoch != 2 || up.To() != hello(t, s).Head {
		t.Fatalf("%+v", up)
	}
}

func TestADamagedOutboxIsSetAsideAndWrittenAnew(t *testing.T) {
	s := newStore(t, 8)
	lin := person(t, s, child("林小溪", zhudao))
	visit(t, s, lin, "2026-11-20")
	try(t, s.Close())
	names := must(outbox.Names(outbox.Folder(filepath.Join(s.dir, outboxFolder))))
	path := filepath.Join(s.dir, outboxFolder, names[0])
	b := must(os.ReadFile(path))
	b[len(b)-1500] ^= 1
	try(t, os.WriteFile(path, b[:len(b)-1], 0o600))
	s = must(Open(t.Context(), s.dir, secret, s.o))
	defer s.Close()
	if c := inOutbox(t, s); len(c.Ops) != 2 || c.Damaged+c.Torn != 0 {
		t.Fatalf("%+v", c)
	}
	var aside int
	for _, f := range must(os.ReadDir(filepath.Join(s.dir, outboxFolder))) {
		if strings.HasSuffix(f.Name(), ".aside") {
			aside++
		}
	}
	if aside != 1 {
		t.Fatal("the damaged one is gone")
	}
}

// After another passphrase or another master key, and after wiping, no copy of the key
// file opens with what opened it before.
func TestTheOutboxFollowsTheKeys(t *testing.T) {
	s := newStore(t, 9)
	person(t, s, child("林小溪", zhudao))
	inOutbox(t, s)
	try(t, s.ChangePassphrase(secret, nextSecret))
	inOutbox(t, s)
	for _, k := range keyCopies(s.dir, "") {
		if _, _, err := k.unlock(secret); err == nil {
			t.Fatal("the old passphrase opens a copy")
		}
	}
	try(t, s.Rekey(t.Context(), nextSecret, nil))
	if c := inOutbox(t, s); len(c.Ops) != 1 || c.Shut != 0 {
		t.Fatalf("%+v", c)
	}
	if n := len(keyCopies(s.dir, "")); n != 1 {
		t.Fatalf("%d copies", n)
	}
	try(t, s.Wipe("wiped"))
	if n := len(keyCopies(s.dir, "")); n != 0 {
		t.Fatalf("%d copies after wiping", n)
	}
}
