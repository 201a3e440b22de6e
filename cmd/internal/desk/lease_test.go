package desk_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/cmd/internal/desk"
	"doorstep/tui/book"
)

const fortnight = 15 * 24 * time.Hour

// lapsed fails unless every way to an old file says that it is closed.
func lapsed(t *testing.T, w *town, d *desk.Desk) {
	t.Helper()
	day, _ := d.Today()
	lin := w.invented.Scene.Lin
	_, agenda := d.Agenda(t.Context(), day)
	_, file := d.File(t.Context(), lin)
	_, record := d.Record(t.Context(), lin)
	for what, err := range map[string]error{"agenda": agenda, "file": file, "record": record, "print": d.Print(t.Context(), []casework.RecordID{lin}, filepath.Join(t.TempDir(), "x.html"))} {
		if casework.CodeOf(err) != "laptop.lapsed" {
			t.Errorf("%s: %v", what, err)
		}
	}
	if hits := d.Find("林小溪", 9); len(hits) > 0 {
		t.Errorf("%d found", len(hits))
	}
	if number, err := d.Phone(t.Context(), lin, "guardian_phone"); err == nil {
		t.Error("a number is given out:", number)
	}
}

// She stands at a door, two weeks from any network: the visit is written without the file,
// what must be done is told, and the office opens everything by telephone.
func TestEntryOnlyUntilTheDistrictIsHeardOf(t *testing.T) {
	w := newTown(t)
	dir := filepath.Join(t.TempDir(), "laptop")
	d := w.zhang(dir)
	before, err := d.File(t.Context(), w.invented.Scene.Lin)
	if err != nil {
		t.Fatal(err)
	}
	under, err := d.Begin(t.Context(), book.Beginning{Persons: []casework.RecordID{w.invented.Scene.Wang}, Depth: 2})
	if err != nil {
		t.Fatal(err)
	}
	w.later(fortnight - 50*time.Hour)
	if l := d.Lapse(); l.Closed || !l.Soon || l.Days != 1 {
		t.Errorf("%+v", l)
	}
	w.later(50 * time.Hour)
	lapsed(t, w, d)
	day, _ := d.Today()

	// The visit that was under way goes on, also after the program was closed.
	closing(t, d)
	if d, err = w.keeper(dir).Desk(t.Context(), []byte(words)); err != nil {
		t.Fatal(err)
	}
	defer closing(t, d)
	lapsed(t, w, d)
	if under, err = d.Resume(t.Context(), under.Draft); err != nil || under.Person.Name != "王秀英" {
		t.Fatalf("%+v %v", under, err)
	}
	answer(t, d, under, map[string]string{"e0_2": "door", "e0_3": "met"})
	if f, err := d.Finish(t.Context(), under); err != nil || f.Next != 0 || f.Grade.Said() {
		t.Fatalf("%+v %v", f, err)
	}

	// A new one, for whom she names.
	if _, err := d.Begin(t.Context(), book.Beginning{Persons: []casework.RecordID{w.invented.Scene.Lin}}); casework.CodeOf(err) != "desk.no_person" {
		t.Errorf("nobody has named her: %v", err)
	}
	named := d.Named("林小溪")
	if len(named) != 1 || named[0].Rule.Said() || named[0].Last != 0 || named[0].Beside.Said() {
		t.Fatalf("%+v", named)
	}
	s, err := d.Begin(t.Context(), book.Beginning{Persons: []casework.RecordID{named[0].Person}})
	if err != nil {
		t.Fatal(err)
	}
	if s.Short.Said() || len(s.Mates) > 0 || s.Person.Rule.Said() || s.Person.Last != 0 {
		t.Errorf("%+v", s)
	}
	for it := range s.Form.Definition().All() {
		if v, ok := s.Form.View(it.Path); ok && v.Previous != "" {
			t.Errorf("%s shows what was answered before", it.Name)
		}
	}
	answer(t, d, s, map[string]string{"c0_3": "door", "c0_4": "met", "c6_2": "disclosed"})
	f, err := d.Finish(t.Context(), s)
	if err != nil || len(f.Orders) == 0 || f.Orders[0].Urgent.IsZero() {
		t.Fatalf("%+v %v", f, err)
	}
	o, err := d.Order(t.Context(), f.Orders[0].Urgent)
	if err != nil || len(o.Script) == 0 {
		t.Fatalf("%+v %v", o, err)
	}
	script := ""
	for _, l := range o.Script {
		script += w.speaker.Say(l.Key, l.Pairs...) + l.Text
	}
	if !strings.Contains(script, "林小溪") || strings.Contains(script, before.Address) {
		t.Error(script)
	}
	e, err := d.EntryOnly(t.Context())
	if err != nil || len(e.Urgent) == 0 || len(e.Drafts) != 0 || !e.Closed {
		t.Fatalf("%+v %v", e, err)
	}
	if err := d.Attend(t.Context(), f.Orders[0].Urgent, book.Attention{Step: "opened"}); err != nil {
		t.Error(err)
	}

	// The office reads a code back.
	request, err := d.Request(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	device, err := w.district.Store().Device(t.Context(), d.Store().Device())
	if err != nil {
		t.Fatal(err)
	}
	code, _, err := w.district.LeaseCode(t.Context(), device, request, "李敏")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Extend(t.Context(), code); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Agenda(t.Context(), day); err != nil {
		t.Error(err)
	}
	w.later(4 * 24 * time.Hour)
	lapsed(t, w, d)

	// And a file from the office, on a stick.
	b, _, err := w.district.LeaseFile(t.Context(), device, 5, "李敏")
	if err != nil {
		t.Fatal(err)
	}
	stick := t.TempDir()
	if err := os.WriteFile(filepath.Join(stick, "张桂芬.lease"), b, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{filepath.Join(stick, "nothing"), t.TempDir(), filepath.Join(dir, "store.db")} {
		if _, err := d.ReadLease(t.Context(), bad); err == nil {
			t.Errorf("%s was read", bad)
		}
	}
	if _, err := d.ReadLease(t.Context(), ` "`+stick+`" `); err != nil {
		t.Fatal(err)
	}
	file, err := d.File(t.Context(), w.invented.Scene.Lin)
	if err != nil || len(file.Visits) != len(before.Visits)+1 {
		t.Fatalf("%d visits, before %d, %v", len(file.Visits), len(before.Visits), err)
	}
	w.later(6 * 24 * time.Hour)
	lapsed(t, w, d)
	w.sync(d)
	if file, err = d.File(t.Context(), w.invented.Scene.Lin); err != nil || file.Visits[0].Where.State != "received" {
		t.Errorf("%+v %v", file.Visits[0], err)
	}
}

// Somebody new is entered and visited while the files are closed, and her file is the
// district's as soon as it is heard of.
func TestSomebodyNewWhileFilesAreClosed(t *testing.T) {
	w := newTown(t)
	d := w.zhang(filepath.Join(t.TempDir(), "laptop"))
	defer closing(t, d)
	w.later(fortnight)
	birth, err := casework.ParseDate("2017-03")
	if err != nil {
		t.Fatal(err)
	}
	n := book.NewPerson{Name: "𠮷小禾", Sex: "2", Birth: birth, Area: w.invented.Zhang().Scope.Area, Duties: []casework.Duty{casework.DutyChild}, Reason: "刚从外地回来"}
	if likes := d.Likely(book.NewPerson{Name: "林小溪"}); len(likes) > 0 {
		t.Errorf("old names are told: %+v", likes)
	}
	id, err := d.Add(t.Context(), n)
	if err != nil {
		t.Fatal(err)
	}
	s, err := d.Begin(t.Context(), book.Beginning{Persons: []casework.RecordID{id}, Depth: 1})
	if err != nil {
		t.Fatal(err)
	}
	answer(t, d, s, map[string]string{"c0_3": "door", "c0_4": "met"})
	if _, err := d.Finish(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	w.sync(d)
	if f, err := d.File(t.Context(), id); err != nil || len(f.Visits) != 1 {
		t.Errorf("%+v %v", f, err)
	}
}
