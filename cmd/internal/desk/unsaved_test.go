package desk

import (
	"context"
	"crypto/rand"
	"slices"
	"sync"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/lang"
	"doorstep/store/laptop"
	"doorstep/tui/book"
)

// stubborn is a disk that takes nothing while err is set.
type stubborn struct {
	drafts
	mu    sync.Mutex
	err   error
	after int // so many it still takes
}

func (s *stubborn) set(err error, after int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.err, s.after = err, after
}

func (s *stubborn) now() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.after > 0 {
		s.after--
		return nil
	}
	return s.err
}

func (s *stubborn) BeginDraft(ctx context.Context, d laptop.Draft) error {
	if err := s.now(); err != nil {
		return err
	}
	return s.drafts.BeginDraft(ctx, d)
}

func (s *stubborn) AppendDraft(ctx context.Context, id casework.ID, body []byte) error {
	if err := s.now(); err != nil {
		return err
	}
	return s.drafts.AppendDraft(ctx, id, body)
}

// aDesk is a desk with one child on a disk that the test spoils.
func aDesk(t *testing.T) (*Desk, *stubborn, casework.RecordID) {
	t.Helper()
	speaker, err := lang.New("zh")
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, casework.Shanghai) }
	k := &Keeper{
		Dir:     t.TempDir(),
		Store:   laptop.Options{Now: now, Rand: rand.Reader, Argon: laptop.Params{Time: 1, MemoryKiB: 64, Threads: 1}},
		Options: Options{Now: now, Rand: rand.Reader, Speaker: speaker, Quiet: true},
	}
	d, err := k.Desk(t.Context(), []byte("zhu dao chun tian"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	s := &stubborn{drafts: d.store}
	d.unsaved.disk, d.unsaved.every = s, 2*time.Millisecond
	id, err := d.Add(t.Context(), book.NewPerson{
		Name: "林小溪", Sex: "2", Area: "371002104201", Birth: casework.DateOf(casework.MustDay("2017-03-12")), Duties: []casework.Duty{casework.DutyChild},
	})
	if err != nil {
		t.Fatal(err)
	}
	return d, s, id
}

// answer gives one more answer of a visit and sends it to the disk.
func answer(t *testing.T, d *Desk, s *book.Session) error {
	t.Helper()
	for _, section := range s.Form.Sections() {
		for _, v := range s.Form.Questions(section) {
			choices := s.Form.Choices(v.Path)
			if v.Answered() || v.ReadOnly || v.Item.Type != form.TypeSelectOne || len(choices) == 0 {
				continue
			}
			c, err := s.Form.Set(v.Path, choices[0].Name)
			if err != nil {
				t.Fatal(err)
			}
			return d.Answered(t.Context(), s.Draft, c)
		}
	}
	t.Fatal("no question is left")
	return nil
}

func TestADiskThatTakesNothingLosesNoAnswerAndStopsNobody(t *testing.T) {
	for _, code := range []casework.Code{"laptop.disk_full", "laptop.read_only", "laptop.disk"} {
		d, disk, who := aDesk(t)
		s, err := d.Begin(t.Context(), book.Beginning{Persons: []casework.RecordID{who}, Depth: 2})
		if err != nil {
			t.Fatal(err)
		}
		if err := answer(t, d, s); err != nil {
			t.Fatal(err)
		}
		disk.set(casework.Problem("x", code), 0)
		for range 3 {
			if err := answer(t, d, s); casework.CodeOf(err) != unsavedCode {
				t.Fatalf("%s: %v", code, err)
			}
		}
		if n := len(d.store.Drafts()); n != 1 {
			t.Fatal(n)
		}
		again, err := d.Resume(t.Context(), s.Draft) // she left the page and came back
		if err != nil || len(again.Form.Journal()) != len(s.Form.Journal()) {
			t.Fatalf("what waits is missing: %v", err)
		}
		disk.set(casework.Problem("x", code), 2) // some of it fits
		if err := d.Answered(t.Context(), s.Draft); casework.CodeOf(err) != unsavedCode {
			t.Fatal(err)
		}
		if _, waits := d.unsaved.waiting(s.Draft); len(waits) != 1 {
			t.Fatalf("%d wait", len(waits))
		}
		if n := len(notices(t, d)); n != 1 {
			t.Fatalf("%d notices on 今日", n)
		}
		disk.set(nil, 0)
		for told := d.Exchanged(); len(notices(t, d)) > 0; told = d.Exchanged() {
			<-told // it is tried again, and 今日 says so no longer
		}
		bodies, err := d.store.ReadDraft(t.Context(), s.Draft)
		if err != nil || len(bodies) != len(s.Form.Journal()) {
			t.Fatalf("%d of %d changes are on the disk: %v", len(bodies), len(s.Form.Journal()), err)
		}
		if err := d.Answered(t.Context(), s.Draft); err != nil {
			t.Fatal(err)
		}
	}
}

func notices(t *testing.T, d *Desk) []book.Phrase {
	t.Helper()
	day, _ := d.Today()
	a, err := d.Agenda(t.Context(), day)
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(a.Notices, func(p book.Phrase) bool { return p.Key != "locks.unsaved.count" })
}

func TestWhatNeverCameToTheDiskIsToldAtTheEnd(t *testing.T) {
	d, disk, who := aDesk(t)
	s, err := d.Begin(t.Context(), book.Beginning{Persons: []casework.RecordID{who}, Depth: 2})
	if err != nil {
		t.Fatal(err)
	}
	disk.set(casework.Problem("x", "laptop.disk_full"), 0)
	if err := answer(t, d, s); casework.CodeOf(err) != unsavedCode {
		t.Fatal(err)
	}
	if err := d.Close(); casework.CodeOf(err) != "desk.lost" {
		t.Fatal(err)
	}
}

func TestAVisitBegunOnADiskThatTakesNothing(t *testing.T) {
	d, disk, who := aDesk(t)
	disk.set(casework.Problem("x", "laptop.disk_full"), 0)
	d.unsaved.every = time.Hour
	s, err := d.Begin(t.Context(), book.Beginning{Persons: []casework.RecordID{who}, Depth: 2})
	if err != nil {
		t.Fatal(err)
	}
	if err := answer(t, d, s); casework.CodeOf(err) != unsavedCode {
		t.Fatal(err)
	}
	if _, err := d.Resume(t.Context(), s.Draft); err != nil {
		t.Fatal(err)
	}
	disk.set(nil, 0)
	other, err := d.Begin(t.Context(), book.Beginning{Persons: []casework.RecordID{who}, Depth: 2})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Discard(t.Context(), other.Draft, "记错了"); err != nil {
		t.Fatal(err)
	}
	if err := d.Answered(t.Context(), s.Draft); err != nil { // the next answer finds room
		t.Fatal(err)
	}
	if list := d.store.Drafts(); len(list) != 1 || list[0].ID != s.Draft || list[0].Changes != len(s.Form.Journal()) {
		t.Fatalf("%+v", list)
	}

	// One that never came to the disk can be thrown away, and does not come back.
	disk.set(casework.Problem("x", "laptop.read_only"), 0)
	gone, err := d.Begin(t.Context(), book.Beginning{Persons: []casework.RecordID{who}, Depth: 2})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Discard(t.Context(), gone.Draft, "记错了"); err != nil {
		t.Fatal(err)
	}
	disk.set(nil, 0)
	if !d.unsaved.again(t.Context()) || len(d.store.Drafts()) != 1 {
		t.Fatalf("%+v", d.store.Drafts())
	}
}

func TestWhatTheStoreRefusesIsNotKept(t *testing.T) {
	d, disk, who := aDesk(t)
	s, err := d.Begin(t.Context(), book.Beginning{Persons: []casework.RecordID{who}, Depth: 2})
	if err != nil {
		t.Fatal(err)
	}
	disk.set(casework.Problem("x", "laptop.closed"), 0)
	if err := answer(t, d, s); casework.CodeOf(err) != "laptop.closed" {
		t.Fatal(err)
	}
	if _, waits := d.unsaved.waiting(s.Draft); len(waits) != 0 {
		t.Fatal("kept")
	}
}

// A dying disk says one thing now and another a moment later. What waits goes on waiting,
// and nobody is told that it is kept.
func TestADiskThatDiesLosesNothingSilently(t *testing.T) {
	d, disk, who := aDesk(t)
	d.unsaved.every = time.Hour
	s, err := d.Begin(t.Context(), book.Beginning{Persons: []casework.RecordID{who}, Depth: 2})
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range []casework.Code{"laptop.disk", "laptop.damaged", "laptop.already_open", "random.unavailable"} {
		disk.set(casework.Problem("x", code), 0)
		if err := answer(t, d, s); casework.CodeOf(err) != unsavedCode {
			t.Fatalf("%s: %v", code, err)
		}
		if d.unsaved.again(t.Context()) {
			t.Fatalf("%s: nothing waits any more", code)
		}
	}
	if _, waits := d.unsaved.waiting(s.Draft); len(waits) != 4 {
		t.Fatalf("%d of 4 wait", len(waits))
	}
	disk.set(nil, 0)
	if err := d.Answered(t.Context(), s.Draft); err != nil {
		t.Fatal(err)
	}
	bodies, err := d.store.ReadDraft(t.Context(), s.Draft)
	if err != nil || len(bodies) != len(s.Form.Journal()) {
		t.Fatalf("%d of %d changes are on the disk: %v", len(bodies), len(s.Form.Journal()), err)
	}
}
