package laptop

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// Whatever happens to the database file: it is set aside, what was not uploaded comes back
// at once, and the rest with the next exchange.
func TestABrokenDatabaseIsReplaced(t *testing.T) {
	s := newStore(t, 5)
	lin, sun := person(t, s, child("林小溪", zhudao)), person(t, s, child("孙玉兰", zhudao))
	d := enrolled(t, s)
	for range 40 {
		visit(t, s, lin, "2026-11-20")
	}
	d.elsewhere(t, someoneElse(t, d), casework.Values{"grid": "5组"})
	pack := []byte("竹岛村 北石村")
	try(t, s.StorePack(t.Context(), ledger.PackRef{Name: "areas", Hash: sum(pack), Size: int64(len(pack))}, pack))
	talk(t, s, d)
	visit(t, s, lin, "2026-11-21")
	visit(t, s, sun, "2026-11-22")
	draft := Draft{ID: casework.ID{1}, Person: lin, Title: "林小溪", Started: monday().t}
	try(t, s.BeginDraft(t.Context(), draft))
	try(t, s.AppendDraft(t.Context(), draft.ID, []byte("没写完")))
	people := len(s.People())
	try(t, s.Close())
	path := filepath.Join(s.dir, databaseFile)
	good := must(os.ReadFile(path))
	middle := bytes.Clone(good)
	for page := 2; page < len(good)/4096-1; page++ { // every page but the first and the last
		middle[page*4096+7] ^= 0xff
	}
	flip := bytes.Clone(good)
	flip[len(flip)/2/4096*4096+3] ^= 0xff
	for name, content := range map[string][]byte{
		"half": good[:len(good)/2/4096*4096], "cut": good[:len(good)-1000], "empty": {},
		"rubbish": bytes.Repeat([]byte("不是数据库"), 2000), "zeros": make([]byte, len(good)),
		"pages": middle, "gone": nil, "one byte": flip,
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "store")
			try(t, os.CopyFS(dir, os.DirFS(s.dir)))
			path := filepath.Join(dir, databaseFile)
			try(t, os.Remove(path))
			if content != nil {
				try(t, os.WriteFile(path, content, 0o600))
			}
			district := *d
			n := must(Open(t.Context(), dir, secret, s.o))
			for range 2 {
				st := n.Status()
				r := st.Rebuilt
				if r == nil || r.Visits != 2 || r.Ops != 2 || r.Drafts != 1 || !r.WaitingForDistrict || (r.Aside == "") != (content == nil) {
					t.Fatalf("told: %+v", r)
				}
				if r.Aside != "" {
					if left := must(os.ReadFile(filepath.Join(dir, r.Aside))); !bytes.Equal(left, content) {
						t.Fatal("the old file was changed")
					}
				}
				if !st.Enrolled || st.PendingOps != 2 || st.Drafts != 1 || n.Author().Worker != s.self.Worker {
					t.Fatalf("%+v", st)
				}
				if got, err := n.ReadDraft(t.Context(), draft.ID); err != nil || string(got[0]) != "没写完" {
					t.Fatal(got, err)
				}
				if h := hello(t, n); h.Head.Epoch != 2 {
					t.Fatalf("%+v", h)
				}
				if err := sound(n); err != nil {
					t.Fatal(err)
				}
				try(t, n.Close())
				n = must(Open(t.Context(), dir, secret, s.o))
			}
			defer func() { n.Close() }()
			talkTwice(t, n, &district)
			st := n.Status()
			if st.Damaged != 0 || st.PendingOps != 0 || st.Rebuilt.WaitingForDistrict || len(n.People()) != people || len(n.Visits(lin)) != 41 || len(n.Visits(sun)) != 1 {
				t.Fatalf("after the exchange: %+v; %d people, %d and %d visits", st, len(n.People()), len(n.Visits(lin)), len(n.Visits(sun)))
			}
			if len(hello(t, n).Packs) == 0 && content != nil && name == "cut" {
				t.Fatal("the pack was readable and is gone")
			}
			visit(t, n, lin, "2026-11-24")
			n = again(t, n)
			if st := n.Status(); st.Damaged != 0 || st.PendingVisits != 1 {
				t.Fatalf("%+v", st)
			}
			try(t, n.AcknowledgeRebuilt(t.Context()))
			n = again(t, n)
			if n.Status().Rebuilt != nil {
				t.Fatal("told again")
			}
		})
	}
}

// someoneElse is a person whom another worker entered.
func someoneElse(t *testing.T, d *office) casework.RecordID {
	t.Helper()
	id, err := other.NewRecord()
	try(t, err)
	op, err := other.Create(id, casework.KindPerson, casework.RecordID{}, child("买买提·吐尔逊", zhudao))
	try(t, err)
	d.write(op, false, "")
	return id
}

// talkTwice is an exchange with a district that answers to another epoch as a real one
// does: first where its chain is, then with everything.
func talkTwice(t *testing.T, s *Store, d *office) {
	t.Helper()
	h := hello(t, s)
	a := d.say(h, nil, 0)
	a.News = ledger.News{Cursors: ledger.Cursors{}, More: true}
	a.Standing, a.Chain = ledger.StandingFork, ledger.Head{Device: s.Device(), Epoch: h.Head.Epoch, Hash: d.chain.Hash}
	try(t, s.Apply(t.Context(), a))
	d.chain = a.Chain
	if up := unsent(t, s); up.From != a.Chain || up.To() != hello(t, s).Head {
		t.Fatalf("the rest is not linked behind what the district has: %+v", up.From)
	}
	talk(t, s, d)
}

// Before any district: what was saved is all there, and the next save goes on.
func TestABrokenDatabaseBeforeEnrolment(t *testing.T) {
	s := newStore(t, 6)
	lin := person(t, s, child("林小溪", zhudao))
	visit(t, s, lin, "2026-11-21")
	try(t, s.Close())
	try(t, os.Remove(filepath.Join(s.dir, databaseFile)))
	n := must(Open(t.Context(), s.dir, secret, s.o))
	defer n.Close()
	if st := n.Status(); st.Rebuilt == nil || st.Rebuilt.WaitingForDistrict || !st.Rebuilt.FromOutbox || len(n.Visits(lin)) != 1 || st.Damaged != 0 {
		t.Fatalf("%+v", st)
	}
	visit(t, n, lin, "2026-11-22")
	d := enrolled(t, n)
	talkTwice(t, n, d)
	if st := n.Status(); st.PendingOps != 0 || len(n.Visits(lin)) != 2 || st.Damaged != 0 {
		t.Fatalf("%+v", st)
	}
}

// With nothing that says whose laptop it is, nothing is made up and nothing is touched.
func TestWithoutAnyCopyABrokenDatabaseIsLeftAlone(t *testing.T) {
	s := newStoreWith(t, 7, withoutOutbox)
	person(t, s, child("林小溪", zhudao))
	try(t, s.Close())
	path := filepath.Join(s.dir, databaseFile)
	content := bytes.Repeat([]byte("不是数据库"), 2000)
	try(t, os.WriteFile(path, content, 0o600))
	_, err := Open(t.Context(), s.dir, secret, s.o)
	wants(t, err, "laptop.damaged")
	if left := must(os.ReadFile(path)); !bytes.Equal(left, content) {
		t.Fatal("the file was changed")
	}
	try(t, os.Remove(path))
	_, err = Open(t.Context(), s.dir, secret, s.o)
	wants(t, err, "laptop.damaged")
	if exists(path) {
		t.Fatal("an empty database hides that the old one is gone")
	}
}

// The passphrase and one segment of the outbox are enough: the key file and the database
// are both gone.
func TestThePassphraseAndTheOutboxAreEnough(t *testing.T) {
	s := newStore(t, 8)
	lin := person(t, s, child("林小溪", zhudao))
	visit(t, s, lin, "2026-11-21")
	device := s.Device()
	try(t, s.Close())
	for _, f := range []string{keyFile, databaseFile} {
		try(t, os.Remove(filepath.Join(s.dir, f)))
	}
	if Fresh(s.dir) {
		t.Fatal("taken for an empty folder")
	}
	_, err := Init(t.Context(), s.dir, secret, s.o)
	wants(t, err, "laptop.exists")
	_, err = Open(t.Context(), s.dir, nextSecret, s.o)
	wants(t, err, "laptop.wrong_passphrase")
	n := must(Open(t.Context(), s.dir, secret, s.o))
	if n.Device() != device || len(n.Visits(lin)) != 1 || n.Status().Rebuilt == nil {
		t.Fatalf("%+v", n.Status())
	}
	try(t, n.Close())
	path := filepath.Join(s.dir, keyFile)
	b := must(os.ReadFile(path))
	b[len(b)/2] ^= 1
	try(t, os.WriteFile(path, b, 0o600))
	n = must(Open(t.Context(), s.dir, secret, s.o))
	defer n.Close()
	if len(n.Visits(lin)) != 1 {
		t.Fatal("the visit is gone")
	}
	found := false
	for _, f := range must(os.ReadDir(s.dir)) {
		found = found || strings.HasPrefix(f.Name(), keyFile+".aside-2026")
	}
	if !found {
		t.Fatal("the damaged key file was not kept")
	}
}

// Photos of unsent visits are still in the case file after the database is gone: their keys
// come out of the outbox.
func TestPhotosOpenAfterTheDatabaseIsGone(t *testing.T) {
	s := newStore(t, 9)
	lin := person(t, s, child("林小溪", zhudao))
	d := enrolled(t, s)
	sent := begun2(t, s, lin)
	one := must(s.Attach(t.Context(), sent, photoOf(t, 1)))
	v, f := kept(t, s, lin, one)
	try(t, s.SaveAndClose(t.Context(), sent, v, f))
	talk(t, s, d)
	talk(t, s, d)
	draft := begun2(t, s, lin)
	two := must(s.Attach(t.Context(), draft, photoOf(t, 2)))
	try(t, s.Close())
	try(t, os.Remove(filepath.Join(s.dir, databaseFile)))
	n := must(Open(t.Context(), s.dir, secret, s.o))
	visit(t, n, lin, "2026-11-24") // a save sweeps what nothing names
	for _, a := range []Attachment{one, two} {
		if got, err := n.OpenAttachment(t.Context(), a.ID); err != nil || sum(got) != a.Hash {
			t.Fatal(err)
		}
	}
	n = again(t, n)
	defer n.Close()
	talkTwice(t, n, d)
	visit(t, n, lin, "2026-11-25")
	for _, a := range []Attachment{one, two} {
		if got, err := n.OpenAttachment(t.Context(), a.ID); err != nil || sum(got) != a.Hash {
			t.Fatal(err)
		}
	}
	if st := n.Status(); st.Damaged != 0 {
		t.Fatalf("%+v", st)
	}
}
