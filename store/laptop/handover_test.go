package laptop

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"filippo.io/age"

	"doorstep/casework"
	"doorstep/store/laptop/outbox"
)

// toDistrict enrols a store in a district whose identity the test holds.
func toDistrict(t *testing.T, s *Store) (*office, *age.X25519Identity) {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	try(t, err)
	d := enrolled(t, s)
	e := d.enrolment()
	e.Recipient = id.Recipient().String()
	try(t, s.Enrol(t.Context(), e))
	return d, id
}

// Before a store is wiped its unsent work goes into a folder that the district opens, and
// nobody else, not even with the passphrase.
func TestTheLastWayOutOpensForTheDistrictAlone(t *testing.T) {
	s := newStore(t, 21)
	d, id := toDistrict(t, s)
	who := person(t, s, child("林小溪", zhudao))
	talk(t, s, d)
	one := visit(t, s, who, "2026-11-23")
	draft := Draft{ID: casework.ID{1}, Person: who, Form: "child-visit"}
	try(t, s.BeginDraft(t.Context(), draft))
	try(t, s.AppendDraft(t.Context(), draft.ID, []byte("奶奶")))
	photo, err := s.Attach(t.Context(), draft.ID, photoOf(t, 5000))
	try(t, err)
	content, err := s.OpenAttachment(t.Context(), photo.ID)
	try(t, err)

	dir := filepath.Join(t.TempDir(), "u盘", "给区里")
	h, err := s.HandOver(dir)
	try(t, err)
	if h.Operations != 2 || h.Drafts != 1 || h.Files != 1 || h.Incomplete { // the person is at the district, but in no backup of it
		t.Fatalf("%+v", h)
	}
	all, err := outbox.ReadPath(dir, func(h outbox.Header) (outbox.Key, error) {
		if local, _ := h.Sealed(); local || len(h.Keys) > 0 {
			t.Error("the store's own keys went along")
		}
		return h.UnsealDistrict(id)
	})
	try(t, err)
	if len(all) != 1 || len(all[0].Ops) != 2 || all[0].Open() != 1 || all[0].Damaged+all[0].Torn+all[0].Shut != 0 || all[0].Device != s.Device() {
		t.Fatalf("%+v", all)
	}
	if n := len(all[0].Ops); all[0].Ops[n-1].ID != s.journal.byRec[one][0].id.ID {
		t.Error("the visit is not there")
	}
	sealed := filepath.Join(dir, attachmentsFolder)
	if a, got, err := Salvaged(all[0].Store, all[0].Files[0], sealed); err != nil || a != photo || !bytes.Equal(got, content) {
		t.Errorf("the photo: %+v %v", a, err)
	}
	all[0].Files[0].Body = bytes.Replace(all[0].Files[0].Body, []byte(`"file":"`), []byte(`"file":"../`), 1)
	_, _, err = Salvaged(all[0].Store, all[0].Files[0], sealed)
	wants(t, err, "laptop.attachment_damaged")
	try(t, s.Wipe("wiped"))
	_, err = s.HandOver(dir)
	wants(t, err, "laptop.closed")
}

func TestNothingGoesOutWhereNoDistrictCouldOpenIt(t *testing.T) {
	s := newStore(t, 22)
	person(t, s, child("林小溪", zhudao))
	_, err := s.HandOver(t.TempDir())
	wants(t, err, "laptop.not_enrolled")
	toDistrict(t, s)
	file := filepath.Join(t.TempDir(), "a file")
	try(t, os.WriteFile(file, nil, 0o600))
	_, err = s.HandOver(file)
	wants(t, err, "laptop.hand_over")
}

// Wiped, no byte below the folder opens with the passphrase any more: not the outbox, not
// a copy made as a backup, not what was set aside. The district still opens what is its.
func TestNoCopyOfTheKeysOutlivesTheWipe(t *testing.T) {
	s := newStore(t, 23)
	_, id := toDistrict(t, s)
	who := person(t, s, child("林小溪", zhudao))
	visit(t, s, who, "2026-11-23")
	inOutbox(t, s)
	key := must(os.ReadFile(filepath.Join(s.dir, keyFile)))
	segs := must(filepath.Glob(filepath.Join(s.dir, outboxFolder, "*.outbox")))
	segment := must(os.ReadFile(segs[0]))
	copies := filepath.Join(s.dir, backupsFolder, backupPrefix+"20261123")
	try(t, os.MkdirAll(filepath.Join(copies, outboxFolder), 0o700))
	for _, f := range []struct {
		name string
		b    []byte
	}{
		{filepath.Join(copies, keyFile), key},
		{filepath.Join(copies, outboxFolder, filepath.Base(segs[0])), segment},
		{segs[0] + ".aside", segment},
		{filepath.Join(s.dir, outboxFolder, "00000007-00000000.part"), segment},
		{filepath.Join(s.dir, keyFile+".aside-20261123-0900"), append(bytes.Clone(key), ' ')},
	} {
		try(t, os.WriteFile(f.name, f.b, 0o600))
	}
	k := must(parseKeys(key))
	sealed := k.Slots[0].Sealed
	try(t, s.Wipe("wiped"))
	n := 0
	try(t, filepath.WalkDir(s.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		n++
		b := must(os.ReadFile(path))
		for _, part := range [][]byte{must(json.Marshal(sealed)), []byte(`"slots": [`)} {
			if bytes.Contains(b, bytes.Trim(part, `"`)) {
				t.Errorf("%s still holds %.20s", filepath.Base(path), part)
			}
		}
		if h, _, err := outbox.ReadHeader(b); err == nil {
			if local, district := h.Sealed(); local || !district || len(h.Keys) > 0 {
				t.Errorf("%s: %v %v %d", filepath.Base(path), local, district, len(h.Keys))
			}
			if _, err := h.UnsealDistrict(id); err != nil {
				t.Errorf("%s: the district cannot open it: %v", filepath.Base(path), err)
			}
		}
		return nil
	}))
	if n < 8 {
		t.Errorf("only %d files were looked at", n)
	}
	_, err := Open(t.Context(), s.dir, secret, s.o)
	wants(t, err, "laptop.destroyed")
	try(t, os.Remove(filepath.Join(s.dir, keyFile)))
	_, err = Open(t.Context(), s.dir, secret, s.o)
	wants(t, err, "laptop.no_store")
}
