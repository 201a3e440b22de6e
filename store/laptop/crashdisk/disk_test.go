package crashdisk_test

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"testing"

	_ "modernc.org/sqlite"

	"doorstep/store/laptop/crashdisk"
)

// book opens a little database on a disk.
func book(d *crashdisk.Disk, synchronous string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", "file:/book.db?vfs="+d.VFS())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	for _, q := range []string{"PRAGMA locking_mode = EXCLUSIVE", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = " + synchronous, "PRAGMA wal_autocheckpoint = 4"} {
		if _, err := db.Exec(q); err != nil {
			return db, err
		}
	}
	return db, nil
}

// entries writes lines into a book. It notes after which step each was said to be there.
func entries(t *testing.T, d *crashdisk.Disk, synchronous string, n int) (said []int) {
	t.Helper()
	db, err := book(d, synchronous)
	try(t, err)
	defer db.Close()
	_, err = db.Exec("CREATE TABLE lines (n INTEGER PRIMARY KEY, text BLOB)")
	try(t, err)
	said = append(said, d.Steps())
	for range n {
		_, err := db.Exec("INSERT INTO lines (text) VALUES (zeroblob(700))")
		try(t, err)
		said = append(said, d.Steps())
	}
	return said
}

// read counts the lines of an image. ok is false when the book is broken.
func read(t *testing.T, m crashdisk.Image) (lines int, ok bool) {
	t.Helper()
	db, err := book(crashdisk.New(t, m), "FULL")
	if db != nil {
		defer db.Close()
	}
	if err != nil {
		return 0, false
	}
	var sound string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&sound); err != nil || sound != "ok" {
		return 0, false
	}
	if db.QueryRow("SELECT count(*) FROM lines").Scan(&lines) != nil {
		return -1, true // the table itself is not there yet
	}
	return lines, true
}

// trial gives how many images of power cuts lost lines that were said to be there, and
// how many books were broken.
func trial(t *testing.T, synchronous string, flaw crashdisk.Flaw) (images, lost, broken int) {
	t.Helper()
	d := crashdisk.New(t, nil)
	said := entries(t, d, synchronous, 12)
	d.Tape().Play(flaw, func(m crashdisk.Moment) {
		sure := -1
		for i, n := range said {
			if n < m.N {
				sure = i
			}
		}
		for seed := range uint64(3) {
			images++
			switch lines, ok := read(t, m.Image(crashdisk.Fate(seed), uint64(m.N)*3+seed)); {
			case !ok:
				broken++
			case lines < sure:
				lost++
			}
		}
	})
	return images, lost, broken
}

func TestABookWithEveryFlushLosesNothing(t *testing.T) {
	t.Parallel()
	if images, lost, broken := trial(t, "FULL", nil); lost+broken > 0 || images < 200 {
		t.Fatalf("%d images, %d with lost lines, %d broken", images, lost, broken)
	}
}

func TestABookThatSavesFlushesLosesLines(t *testing.T) {
	t.Parallel()
	if images, lost, _ := trial(t, "NORMAL", nil); lost == 0 {
		t.Fatalf("%d images and nothing lost", images)
	}
}

func TestADiskThatLiesBreaksBooks(t *testing.T) {
	t.Parallel()
	always := func(int, string) bool { return true }
	if images, lost, broken := trial(t, "FULL", always); lost == 0 || broken == 0 {
		t.Fatalf("%d images, %d with lost lines, %d broken", images, lost, broken)
	}
}

func TestTheSameSeedGivesTheSameImage(t *testing.T) {
	t.Parallel()
	d := crashdisk.New(t, nil)
	d.Lie(func(int, string) bool { return true })
	entries(t, d, "FULL", 5)
	different := 0
	for seed := range uint64(20) {
		one, two := d.Image(crashdisk.Torn, seed), d.Image(crashdisk.Torn, seed)
		if !maps.EqualFunc(one, two, slices.Equal) {
			t.Fatalf("seed %d gives two images", seed)
		}
		if !maps.EqualFunc(one, d.Image(crashdisk.Torn, seed+100), slices.Equal) {
			different++
		}
	}
	if different < 10 {
		t.Fatalf("only %d seeds of 20 differ from others", different)
	}
}

// Power that fails while the program runs leaves what the tape says.
func TestThePowerFailsUnderTheProgram(t *testing.T) {
	t.Parallel()
	whole := crashdisk.New(t, nil)
	said := entries(t, whole, "FULL", 6)
	d := crashdisk.New(t, nil)
	d.CutAt(said[4] + 1)
	db, err := book(d, "FULL")
	try(t, err)
	defer db.Close()
	_, err = db.Exec("CREATE TABLE lines (n INTEGER PRIMARY KEY, text BLOB)")
	try(t, err)
	done := 0
	for range 6 {
		if _, err := db.Exec("INSERT INTO lines (text) VALUES (zeroblob(700))"); err != nil {
			break
		}
		done++
	}
	if done != 4 {
		t.Fatalf("%d lines before the power failed", done)
	}
	for seed := range uint64(10) {
		if lines, ok := read(t, d.Image(crashdisk.Torn, seed)); !ok || lines < done {
			t.Fatalf("seed %d: %d lines, sound: %v", seed, lines, ok)
		}
	}
}

func TestTheNthCallFails(t *testing.T) {
	t.Parallel()
	d := crashdisk.New(t, nil)
	db, err := book(d, "FULL")
	try(t, err)
	defer db.Close()
	_, err = db.Exec("CREATE TABLE lines (n INTEGER PRIMARY KEY, text BLOB)")
	try(t, err)
	for i, f := range []crashdisk.Fault{
		{Step: 1},
		{Step: 1, Full: true},
		{Step: 3, Last: 50},
	} {
		f.Step += d.Steps()
		d.Fail(f)
		if _, err := db.Exec("INSERT INTO lines (text) VALUES (zeroblob(5000))"); err == nil {
			t.Errorf("fault %d did not hurt", i)
		}
		if d.Heal() == 0 {
			t.Errorf("fault %d did not happen", i)
		}
		_, err := db.Exec("INSERT INTO lines (text) VALUES (zeroblob(5000))")
		try(t, err)
	}
	if lines, ok := read(t, d.Image(crashdisk.Lost, 1)); lines != 3 || !ok {
		t.Fatalf("%d lines, sound: %v", lines, ok)
	}
}

// Whichever read comes short: the lines are all there, or SQLite says that it cannot read.
func TestAShortReadIsNoticed(t *testing.T) {
	t.Parallel()
	d := crashdisk.New(t, nil)
	entries(t, d, "FULL", 3)
	m := d.Image(crashdisk.Kept, 0)
	noticed := 0
	for n := 1; ; n++ {
		d := crashdisk.New(t, m)
		d.Fail(crashdisk.Fault{Read: n, Cut: true})
		lines := 0
		db, err := book(d, "FULL")
		if err == nil {
			err = db.QueryRow("SELECT count(*) FROM lines").Scan(&lines)
		}
		db.Close()
		if d.Heal() == 0 {
			break
		}
		if err != nil {
			noticed++
		} else if lines != 3 {
			t.Fatalf("%d lines when read %d came short", lines, n)
		}
	}
	if noticed == 0 {
		t.Fatal("no read that came short was noticed")
	}
}

func TestTwoDisksKnowNothingOfEachOther(t *testing.T) {
	t.Parallel()
	one, two := crashdisk.New(t, nil), crashdisk.New(t, nil)
	entries(t, one, "FULL", 2)
	if two.Steps() != 0 || len(two.Image(crashdisk.Kept, 0)) != 0 || one.VFS() == two.VFS() {
		t.Fatal(fmt.Sprint("a disk heard of another: ", two.Steps()))
	}
}

func try(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
