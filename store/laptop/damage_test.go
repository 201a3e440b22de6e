package laptop

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doorstep/casework"
)

func TestTwoProgramsOnOneStore(t *testing.T) {
	s := newStore(t, 1)
	_, err := Open(t.Context(), s.dir, secret, s.o)
	wants(t, err, "laptop.already_open")
	if code := elsewhere(t, s.dir, "0"); code != "laptop.already_open" {
		t.Fatalf("another program got %q", code)
	}
	_, err = Init(t.Context(), s.dir, secret, s.o)
	wants(t, err, "laptop.already_open")
	try(t, s.Close())
	if code := elsewhere(t, s.dir, "0"); code != "" {
		t.Fatalf("after closing another program got %q", code)
	}
	_, err = Init(t.Context(), s.dir, secret, s.o)
	wants(t, err, "laptop.exists")
}

// A program that ignores the lock file still meets SQLite's own.
func TestTheDatabaseItselfIsHeld(t *testing.T) {
	s := newStore(t, 2)
	_, err := openDatabase(t.Context(), s.dir, "FULL", "")
	wants(t, trouble("laptop.Open", err), "laptop.already_open")
}

func TestAFolderThatCannotBeWritten(t *testing.T) {
	s := newStore(t, 3)
	try(t, s.Close())
	for _, f := range []string{keyFile, databaseFile, lockFile} {
		try(t, os.Chmod(filepath.Join(s.dir, f), 0o444))
	}
	try(t, os.Chmod(s.dir, 0o555))
	defer os.Chmod(s.dir, 0o755)
	try(t, os.Chmod(filepath.Dir(s.dir), 0o755))
	try(t, os.Chmod(filepath.Dir(filepath.Dir(s.dir)), 0o755))
	if code := elsewhere(t, s.dir, "65534"); code != "laptop.read_only" {
		t.Fatalf("got %q", code)
	}
}

// elsewhere opens a store in another process, as another user when uid is not "0", and
// gives the code of its error.
func elsewhere(t *testing.T, dir, uid string) string {
	t.Helper()
	c := exec.Command(os.Args[0], "-test.run=^$")
	c.Env = append(os.Environ(), "LAPTOP_OPEN="+dir, "LAPTOP_UID="+uid)
	out, err := c.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

func TestANewerStoreIsLeftAlone(t *testing.T) {
	s := newStore(t, 4)
	if _, err := s.db.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)"); err != nil {
		t.Fatal(err)
	}
	try(t, s.Close())
	_, err := Open(t.Context(), s.dir, secret, s.o)
	wants(t, err, "laptop.newer_store")
}

// One byte flipped in a row: that row is told, all others are read.
func TestOneBadRowHurtsNoOther(t *testing.T) {
	s := newStoreWith(t, 6, withoutOutbox)
	lin, sun := person(t, s, child("林小溪", zhudao)), person(t, s, child("孙玉兰", zhudao))
	d := enrolled(t, s)
	v := visit(t, s, lin, "2026-11-20")
	talk(t, s, d)
	fresh := visit(t, s, sun, "2026-11-23")
	broken := visit(t, s, sun, "2026-11-24")
	flip(t, s, "UPDATE heads SET sealed = ? WHERE id = ?", "SELECT sealed FROM heads WHERE id = ?", lin.ID[:])
	flip(t, s, "UPDATE bodies SET sealed = ? WHERE id = ?", "SELECT sealed FROM bodies WHERE id = ?", v.ID[:])
	op := s.journal.byRec[broken][0].id
	flip(t, s, "UPDATE ops SET sealed = ? WHERE id = ?", "SELECT sealed FROM ops WHERE id = ?", op.ID[:])
	s = again(t, s)
	if _, ok := s.Person(lin); ok {
		t.Error("a broken head was believed")
	}
	_, err := s.Record(t.Context(), lin)
	wants(t, err, "laptop.row_damaged")
	_, err = s.Record(t.Context(), v)
	wants(t, err, "laptop.row_damaged")
	if p, ok := s.Person(sun); !ok || p.Name != "孙玉兰" {
		t.Error("the other person is gone")
	}
	if got := s.Visits(sun); len(got) != 1 || got[0].ID != fresh {
		t.Errorf("visits %+v", got)
	}
	if st := s.Status(); st.Damaged != 3 { // a head, a body, an operation
		t.Errorf("status %+v", st)
	}
	up, err := s.Unsent(t.Context(), 0, 0)
	if err != nil || len(up.Ops) != 1 {
		t.Errorf("what stands before the broken operation does not go: %d %v", len(up.Ops), err)
	}
	d.elsewhere(t, lin, casework.Values{"grid": "5组"}) // the district's word heals the row
	h, err := s.Hello(t.Context())
	try(t, err)
	try(t, s.Apply(t.Context(), d.say(h, nil, 0)))
	if p, ok := s.Person(lin); !ok || p.Grid != "5组" || s.Status().Damaged != 1 {
		t.Error("news did not heal the row")
	}
}

func flip(t *testing.T, s *Store, put, get string, id []byte) {
	t.Helper()
	var b []byte
	try(t, s.db.QueryRow(get, id).Scan(&b))
	b[len(b)/2] ^= 4
	_, err := s.db.Exec(put, b, id)
	try(t, err)
}

func TestTwoRowsCannotBeSwapped(t *testing.T) {
	s := newStore(t, 7)
	lin, sun := person(t, s, child("林小溪", zhudao)), person(t, s, child("孙玉兰", zhudao))
	talk(t, s, enrolled(t, s))
	try(t, s.inTx(t.Context(), func(tx *sql.Tx) error {
		var b []byte
		if err := tx.QueryRow("SELECT sealed FROM heads WHERE id = ?", lin.ID[:]).Scan(&b); err != nil {
			return err
		}
		_, err := tx.Exec("UPDATE heads SET sealed = ? WHERE id = ?", b, sun.ID[:])
		return err
	}))
	s = again(t, s)
	if p, ok := s.Person(sun); ok {
		t.Fatalf("another's row was believed: %+v", p)
	}
}

func TestAnUnfinishedInitIsSetAside(t *testing.T) {
	dir := t.TempDir()
	try(t, os.WriteFile(filepath.Join(dir, databaseFile), []byte("what an Init left when the power went"), 0o600))
	s, err := Init(t.Context(), dir, secret, options(8))
	try(t, err)
	defer s.Close()
	left, err := os.ReadFile(filepath.Join(dir, databaseFile+".aside-1"))
	if err != nil || !strings.HasPrefix(string(left), "what an Init") {
		t.Fatalf("%q %v", left, err)
	}
}

func TestAnyClockIsHarmless(t *testing.T) {
	for i, year := range []int{1970, 2099, 1, 9999, 12000, -5} {
		t.Run(fmt.Sprint(year), func(t *testing.T) {
			o := options(uint64(20 + i))
			hands := monday()
			o.Now = hands.now
			s, err := Init(t.Context(), filepath.Join(t.TempDir(), "s"), secret, o)
			try(t, err)
			who := person(t, s, child("林小溪", zhudao))
			hands.set(time.Date(year, 2, 3, 4, 5, 6, 0, time.UTC))
			var v casework.RecordID
			op := visitOp(t, s, who, "2026-11-23")
			v = op.Record
			if err := s.Save(t.Context(), op); year > 9999 || year < 0 {
				wants(t, err, "ledger.unencodable") // no calendar writes this year: told, nothing half-saved
				try(t, s.Close())
				return
			} else if err != nil {
				t.Fatal(err)
			}
			d := Draft{ID: casework.ID{1}, Person: who, Started: hands.now()}
			try(t, s.BeginDraft(t.Context(), d))
			try(t, s.AppendDraft(t.Context(), d.ID, []byte("1")))
			hands.set(monday().t)
			s = again(t, s)
			if got := s.Visits(who); len(got) != 1 || got[0].ID != v {
				t.Fatalf("%+v", got)
			}
			if got, err := s.ReadDraft(t.Context(), d.ID); err != nil || len(got) != 1 {
				t.Fatal(got, err)
			}
		})
	}
}
