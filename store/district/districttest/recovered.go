package districttest

import (
	"bytes"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/store/district"
)

// outbox is what an outbox holds of what waits on a laptop.
func (l *laptop) outbox() []ledger.Entry {
	l.Helper()
	var out []ledger.Entry
	at := l.acked
	for _, b := range l.waiting {
		e := ledger.Entry{Bytes: b}
		e.Link, at = at.Next(b)
		out = append(out, e)
	}
	return out
}

func (l *laptop) recover(found []ledger.Entry, vouched bool) district.Recovery {
	l.Helper()
	r, err := l.s.Recover(l.Context(), l.device, found, vouched, l.now)
	l.must(err)
	if len(r.Receipts) != len(found) {
		l.Fatalf("%d receipts for %d operations", len(r.Receipts), len(found))
	}
	return r
}

// unsigned wants so many recovered operations that no laptop signed.
func (f *field) unsigned(want int) {
	f.Helper()
	if r := f.verified(); r.Recovered != want || r.Unproven != 0 {
		f.Fatalf("%d recovered, want %d; %d unproven", r.Recovered, want, r.Unproven)
	}
}

// A passphrase is forgotten: the outbox brings in what waited, under the same checks, as
// often as one likes once; and when the laptop is opened after all it is signed as well.
func recovered(f *field) {
	zhang := f.enrol("张桂芬", director, bamboo)
	child := zhang.person("林小溪", bamboo)
	zhang.accepted()
	heard, err := f.s.Device(f.Context(), zhang.device)
	f.must(err)
	stranger := f.enrol("周敏", director, pine)
	away := stranger.person("𠮷野", pine)
	stranger.accepted()

	f.now = f.now.Add(time.Hour)
	visit := zhang.visit(child, "2026-11-21")
	outside := zhang.visit(away, "2026-11-21")
	zhang.saveBytes([]byte("{"))
	found := zhang.outbox()
	r := zhang.recover(found, false)
	if r.Fresh != 3 || r.Receipts[0].Out.Verdict != casework.Accepted || r.Receipts[0].DevSeq != found[0].Link.Seq ||
		r.Receipts[1].Out.Reason != casework.ReasonScope || r.Receipts[2].Out.Reason != casework.ReasonMalformed {
		f.Fatalf("%+v", r)
	}
	if d, err := f.s.Device(f.Context(), zhang.device); err != nil || d.Chain != heard.Chain || !d.Heard.Equal(heard.Heard) {
		f.Fatalf("the laptop was not heard: %+v %v", d, err)
	}
	if again := zhang.recover(found, true); again.Fresh != 0 || again.Released != 0 || !sameReceipt(again.Receipts[0], r.Receipts[0]) {
		f.Fatalf("%+v", again)
	}
	f.unsigned(3)
	row := func(id casework.RecordID, want bool) {
		f.Helper()
		rows, _, err := f.s.Visits(f.Context(), district.Filter{})
		f.must(err)
		seen := 0
		for _, e := range rows {
			if e.Record.ID == id {
				seen++
				if e.Recovered != want {
					f.Fatalf("recovered is %v", e.Recovered)
				}
			}
		}
		if seen != 1 {
			f.Fatalf("the visit stands %d times in the list", seen)
		}
	}
	row(visit, true)
	if rec, _, err := f.s.Record(f.Context(), visit); err != nil || rec.Registers["date"].Worker != zhang.author.Worker {
		f.Fatalf("%+v %v", rec, err)
	}
	if _, _, err := f.s.Record(f.Context(), outside); casework.CodeOf(err) != "district.record_unknown" {
		f.Fatal("a visit out of her scope came in")
	}
	// Her new laptop shows it.
	fresh := f.blank()
	fresh.author.Worker = zhang.author.Worker
	code := f.issue(time.Hour, zhang.author.Worker)
	_, err = f.s.Redeem(f.Context(), code, district.Newcomer{ID: fresh.device, PublicKey: fresh.public(), Own: fresh.author.Worker}, f.now, f.now)
	f.must(err)
	fresh.pull(10)
	fresh.sees(child, visit)
	// And the old one is found, opens, and sends: nothing is doubled, all of it is signed now.
	if t := zhang.send(); t.Fresh != 0 || !sameReceipt(t.Receipts[0], r.Receipts[0]) {
		f.Fatalf("%+v", t)
	}
	zhang.visit(child, "2026-11-22")
	zhang.accepted()
	f.unsigned(0)
	row(visit, false)
}

// What the laptop sent before the outbox is read is known and signed.
func recoveredAfterwards(f *field) {
	zhang := f.enrol("张桂芬", director, bamboo)
	zhang.visit(zhang.person("林小溪", bamboo), "2026-11-21")
	found := zhang.outbox()
	zhang.accepted()
	if r := zhang.recover(found, false); r.Fresh != 0 || r.Receipts[1].Out.Verdict != casework.Accepted {
		f.Fatalf("%+v", r)
	}
	f.unsigned(0)
}

// An outbox of a laptop that was shut out is kept aside until somebody vouches for it.
func recoveredFromALostLaptop(f *field) {
	zhang := f.enrol("张桂芬", director, bamboo)
	child := zhang.person("林小溪", bamboo)
	zhang.accepted()
	stranger := f.enrol("周敏", director, pine)
	away := stranger.person("𠮷野", pine)
	stranger.accepted()
	visit := zhang.visit(child, "2026-11-21")
	zhang.visit(away, "2026-11-21")
	f.must(f.s.Revoke(f.Context(), zhang.device))
	found := zhang.outbox()
	r := zhang.recover(found, false)
	if r.Fresh != 2 || r.Receipts[0].Out.Reason != casework.ReasonDevice || r.Receipts[1].Out.Reason != casework.ReasonDevice {
		f.Fatalf("%+v", r)
	}
	forged := found[0]
	forged.Bytes = bytes.Replace(forged.Bytes, []byte("2026-11-21"), []byte("2026-11-01"), 1)
	r = zhang.recover([]ledger.Entry{forged, found[1]}, true)
	if r.Fresh != 0 || r.Released != 1 || r.Receipts[0].Out.Verdict != casework.Accepted || r.Receipts[1].Out.Verdict != casework.Quarantined {
		f.Fatalf("%+v", r)
	}
	if rec, _, err := f.s.Record(f.Context(), visit); err != nil || rec.Text("date") != "2026-11-21" {
		f.Fatalf("%+v %v", rec, err)
	}
	if d, err := f.s.Device(f.Context(), zhang.device); err != nil || !d.Revoked {
		f.Fatalf("%+v %v", d, err)
	}
	loss, err := f.s.Lost(f.Context(), zhang.device, f.now)
	f.must(err)
	if loss.Came != 2 || loss.Held != 1 {
		f.Fatalf("%+v", loss)
	}
	f.unsigned(2)
	// Fresh work of a laptop that is shut out comes in at once when somebody vouches for it.
	li := f.enrol("李敏", director, bamboo)
	li.visit(child, "2026-11-22")
	f.must(f.s.Revoke(f.Context(), li.device))
	if r := li.recover(li.outbox(), true); r.Fresh != 1 || r.Receipts[0].Out.Verdict != casework.Accepted {
		f.Fatalf("%+v", r)
	}
	_, err = f.s.Recover(f.Context(), casework.DeviceID{ID: f.id()}, found, false, f.now)
	f.code(err, "district.device_unknown")
	f.unsigned(3)
}

// An outbox that somebody made up says one thing under an id, and the laptop later
// another: that is found.
func madeUp(f *field) {
	zhang := f.enrol("张桂芬", director, bamboo)
	child := zhang.person("林小溪", bamboo)
	zhang.accepted()
	zhang.visit(child, "2026-11-21")
	found := zhang.outbox()
	found[0].Bytes = bytes.Replace(found[0].Bytes, []byte("2026-11-21"), []byte("2026-11-01"), 1)
	zhang.recover(found, false)
	f.unsigned(1)
	zhang.send()
	r, err := f.s.Verify(f.Context(), ReadProof)
	f.must(err)
	if len(r.Findings) != 1 || r.Findings[0].What != "recovered" || r.Findings[0].Device != zhang.device {
		f.Fatalf("%+v", r)
	}
}

// A visit that was never finished is kept for her, and given out with a purpose.
func recoveredDrafts(f *field) {
	zhang := f.enrol("张桂芬", director, bamboo)
	child := zhang.person("林小溪", bamboo)
	zhang.accepted()
	d := district.Draft{
		ID: f.id(), Device: zhang.device, Person: child, Form: "child-visit", FormHash: casework.Hash{1}, Started: f.now, Last: f.now.Add(time.Minute),
		Changes: 9, Answers: 7, Content: []byte(`{"changes":[9]}`),
	}
	keep := func(want bool) {
		f.Helper()
		if fresh, err := f.s.KeepDraft(f.Context(), d, f.now); err != nil || fresh != want {
			f.Fatalf("fresh %v, want %v (%v)", fresh, want, err)
		}
	}
	keep(true)
	keep(false)
	d.Changes, d.Content = 12, []byte(`{"changes":[12]}`)
	keep(true)
	d.Changes, d.Content = 3, []byte(`{"changes":[3]}`)
	keep(false)
	all, err := f.s.Drafts(f.Context())
	f.must(err)
	if len(all) != 1 || all[0].Name != "林小溪" || all[0].Worker != "张桂芬" || all[0].Area != bamboo || all[0].Changes != 12 || all[0].Answers != 7 || all[0].Content != nil || !all[0].Last.Equal(d.Last) {
		f.Fatalf("%+v", all)
	}
	_, err = f.s.ExportDraft(f.Context(), d.ID, "", f.now)
	f.code(err, "district.purpose")
	_, err = f.s.ExportDraft(f.Context(), f.id(), "补录", f.now)
	f.code(err, "district.draft_unknown")
	for range 2 {
		got, err := f.s.ExportDraft(f.Context(), d.ID, "交给本人补录", f.now)
		f.must(err)
		if string(got.Content) != `{"changes":[12]}` || got.FormHash != d.FormHash {
			f.Fatalf("%+v", got)
		}
	}
	d.Device = casework.DeviceID{ID: f.id()}
	_, err = f.s.KeepDraft(f.Context(), d, f.now)
	f.code(err, "district.device_unknown")
}
