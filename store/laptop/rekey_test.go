package laptop

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// fullStore is a store with something in every table.
func fullStore(t *testing.T, seed uint64) (*Store, casework.RecordID) {
	t.Helper()
	s := newStore(t, seed)
	who := person(t, s, child("林小溪", zhudao))
	d := enrolled(t, s)
	for i := range 30 {
		visit(t, s, who, fmt.Sprintf("2026-10-%02d", i+1))
	}
	talk(t, s, d)
	body := []byte("竹岛村")
	try(t, s.StorePack(t.Context(), ledger.PackRef{Name: "areas", Hash: sum(body), Size: int64(len(body))}, body))
	for i := range 3 {
		draft := Draft{ID: casework.ID{byte(i + 1)}, Person: who, Form: "child-visit"}
		try(t, s.BeginDraft(t.Context(), draft))
		for n := range 5 {
			try(t, s.AppendDraft(t.Context(), draft.ID, fmt.Appendf(nil, "第%d题", n)))
		}
	}
	_, err := s.Attach(t.Context(), casework.ID{1}, photoOf(t, 1))
	try(t, err)
	try(t, s.DropDraft(t.Context(), casework.ID{3}, "不在家"))
	visit(t, s, who, "2026-11-22")
	return s, who
}

// of counts the rows of a generation.
func (s *Store) of(t *testing.T, gen byte) (n int) {
	t.Helper()
	for _, table := range sealedTables {
		rows, err := table.read(t.Context(), s.db, gen, nil, -1)
		try(t, err)
		n += len(rows)
	}
	return n
}

func TestAfterRekeyTheOldKeyFileOpensNothing(t *testing.T) {
	s, _ := fullStore(t, 1)
	before, err := portrait(t.Context(), s)
	try(t, err)
	oldKeys, err := os.ReadFile(filepath.Join(s.dir, keyFile))
	try(t, err)
	oldRing := newKeyring(s.keys.Store, bytes.Clone(s.ring.master), newDice(9))
	var seals [][]byte
	for _, table := range sealedTables {
		rows, err := table.read(t.Context(), s.db, 0, nil, -1)
		try(t, err)
		if len(rows) == 0 {
			t.Errorf("no row in %s: this says nothing about it", table.name)
		}
		for _, r := range rows {
			seals = append(seals, r.sealed[5:sealHeader+32])
		}
	}
	wants(t, s.Rekey(t.Context(), []byte("wrong one"), nil), "laptop.wrong_passphrase")
	var last, total int
	try(t, s.Rekey(t.Context(), secret, func(done, all int) { last, total = done, all }))
	if last != total || total != len(seals) {
		t.Errorf("told %d of %d rows, there are %d", last, total, len(seals))
	}
	if n := s.of(t, 0); n != 0 || s.of(t, 1) < len(seals) || s.Rekeying() {
		t.Errorf("%d rows of the old key are left", n)
	}
	after, err := portrait(t.Context(), s)
	if err != nil || after != before {
		t.Errorf("the store looks different: %v %s", err, difference(after, before))
	}
	for _, table := range sealedTables {
		rows, err := table.read(t.Context(), s.db, 1, nil, -1)
		try(t, err)
		for _, r := range rows {
			if _, err := oldRing.open(place{table.name, r.id, uint64(r.version)}, r.sealed, nil); err == nil {
				t.Fatalf("the old master key opens a row of %s", table.name)
			}
		}
	}
	files, err := os.ReadDir(s.dir)
	try(t, err)
	for _, f := range files {
		if f.IsDir() {
			continue
		}
		b, err := os.ReadFile(filepath.Join(s.dir, f.Name()))
		try(t, err)
		if f.Name() != keyFile && slices.ContainsFunc(seals, func(seal []byte) bool { return bytes.Contains(b, seal) }) {
			t.Errorf("%s still holds what the old key opens", f.Name())
		}
	}
	s = again(t, s)
	if now, err := portrait(t.Context(), s); err != nil || now != before {
		t.Errorf("the next morning: %v %s", err, difference(now, before))
	}
	try(t, s.Close())
	try(t, os.WriteFile(filepath.Join(s.dir, keyFile), oldKeys, 0o600))
	if n, err := Open(t.Context(), s.dir, secret, s.o); err == nil {
		n.Close()
		t.Fatal("the old key file opens the store")
	} else if code := casework.CodeOf(err); code != "laptop.row_damaged" && code != "laptop.damaged" {
		t.Errorf("told %v", err)
	}
}

func TestSavesGoOnWhileEverythingIsSealedAnew(t *testing.T) {
	s, who := fullStore(t, 2)
	s.o.resealStep = 4
	saved := 0
	try(t, s.Rekey(t.Context(), secret, func(done, total int) {
		visit(t, s, who, "2026-11-23")
		try(t, s.AppendDraft(t.Context(), casework.ID{1}, []byte("还有")))
		saved++
	}))
	if saved < 10 || s.of(t, 0) != 0 {
		t.Fatalf("%d saves, %d rows of the old key", saved, s.of(t, 0))
	}
	for range 2 {
		if got := len(s.Visits(who)); got != 31+saved {
			t.Fatalf("%d visits, %d were saved", got, 31+saved)
		}
		if got, err := s.ReadDraft(t.Context(), casework.ID{1}); err != nil || len(got) != 5+saved {
			t.Fatalf("%d answers: %v", len(got), err)
		}
		s = again(t, s)
	}
}

// She closes the program in the middle, changes her passphrase, and it is finished another day.
func TestAnInterruptedRekeyIsGoneOnWith(t *testing.T) {
	s, _ := fullStore(t, 3)
	s.o.resealStep = 4
	before, err := portrait(t.Context(), s)
	try(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	if err := s.Rekey(ctx, secret, func(done, _ int) {
		if done > 20 {
			cancel()
		}
	}); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	left := s.of(t, 0)
	s = again(t, s)
	if !s.Rekeying() || left == 0 || s.of(t, 1) == 0 {
		t.Fatalf("%d rows left", left)
	}
	next := []byte("bei shi lao li")
	try(t, s.ChangePassphrase(secret, next))
	try(t, s.Close())
	s, err = Open(t.Context(), s.dir, next, s.o)
	try(t, err)
	defer s.Close()
	total := 0
	try(t, s.FinishRekey(t.Context(), func(_, all int) { total = all }))
	if total != left || s.Rekeying() || s.of(t, 0) != 0 {
		t.Errorf("%d rows were left, %d were to do", left, total)
	}
	if after, err := portrait(t.Context(), s); err != nil || after != before {
		t.Errorf("the store looks different: %v %s", err, difference(after, before))
	}
	try(t, s.FinishRekey(t.Context(), nil))
	try(t, s.Rekey(t.Context(), next, nil))
	if s.of(t, 1) != 0 || s.of(t, 2) == 0 {
		t.Error("a second change of keys does nothing")
	}
}

// The copies that the store keeps of itself would open with the old key.
func TestRekeyMakesTheCopiesAnew(t *testing.T) {
	s, who := fullStore(t, 5)
	dir := filepath.Join(s.dir, backupsFolder)
	old, err := s.Backup(t.Context(), dir)
	try(t, err)
	try(t, s.Rekey(t.Context(), secret, nil))
	left := backups(dir)
	if len(left) != 1 || left[0] == old.Folder {
		t.Fatal(left)
	}
	k, err := readKeys(left[0])
	if err != nil || k.Gen != 1 {
		t.Fatal(k.Gen, err)
	}
	n, err := Open(t.Context(), left[0], secret, s.o)
	try(t, err)
	defer n.Close()
	if len(n.Visits(who)) != 31 {
		t.Error("the copy is not whole")
	}
}

// Who loses the database has the outbox: the old key stays until that stands under the new one.
func TestTheOldKeyStaysWhileTheOutboxNeedsIt(t *testing.T) {
	o := options(6)
	o.Outbox = filepath.Join(t.TempDir(), "stick")
	s, err := Init(t.Context(), filepath.Join(t.TempDir(), "store"), secret, o)
	try(t, err)
	t.Cleanup(func() { s.Close() })
	person(t, s, child("林小溪", zhudao))
	try(t, s.box.write())
	try(t, os.Rename(o.Outbox, o.Outbox+"-pulled-out"))
	try(t, os.WriteFile(o.Outbox, nil, 0o600))
	wants(t, s.Rekey(t.Context(), secret, nil), "laptop.outbox_trouble")
	if !s.Rekeying() {
		t.Fatal("the key that opens the outbox is gone")
	}
	try(t, os.Remove(o.Outbox))
	try(t, os.Rename(o.Outbox+"-pulled-out", o.Outbox))
	try(t, s.FinishRekey(t.Context(), nil))
	if s.Rekeying() {
		t.Error("not finished")
	}
}

// A table with sealed rows that Rekey does not know would become noise.
func TestRekeyKnowsEveryTableWithSealedRows(t *testing.T) {
	s := newStore(t, 4)
	rows, err := s.db.Query("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%sealed%'")
	try(t, err)
	defer rows.Close()
	found := 0
	for rows.Next() {
		var name string
		try(t, rows.Scan(&name))
		found++
		if !slices.ContainsFunc(sealedTables, func(k sealedTable) bool { return k.name == name }) {
			t.Errorf("%s is not in the list sealedTables", name)
		}
	}
	if found < len(sealedTables) {
		t.Errorf("%d tables found", found)
	}
}

func TestGenerationsOfKeysComeRound(t *testing.T) {
	ring := newKeyring(casework.ID{1}, bytes.Repeat([]byte{7}, 32), newDice(1))
	ring.gen = 255
	p, now := place{"ops", []byte("row one"), 1}, monday().now()
	row, err := ring.seal(p, now, []byte("林小溪"))
	try(t, err)
	ring.renew(bytes.Repeat([]byte{8}, 32), 0)
	next, err := ring.reseal(p, row)
	try(t, err)
	if next[1] != 0 || row[1] != 255 || !bytes.Equal(next[2:5], row[2:5]) {
		t.Errorf("key ids %x and %x", row[1:5], next[1:5])
	}
	ring.forget()
	if _, err := ring.open(p, row, nil); err == nil {
		t.Error("a row of the forgotten key opens")
	}
	if got, err := ring.open(p, next, nil); err != nil || string(got) != "林小溪" {
		t.Error(err)
	}
}
