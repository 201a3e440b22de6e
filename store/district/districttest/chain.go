package districttest

import (
	"slices"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/store/district"
)

// image is what a disk image keeps of a laptop.
func (l *laptop) image() *laptop {
	c := *l
	c.waiting = slices.Clone(l.waiting)
	return &c
}

// goOn renumbers what waits behind the link that the district named after a fork.
func (l *laptop) goOn(at ledger.Head) {
	l.head, l.acked = at, at
	waiting := l.waiting
	l.waiting = nil
	for _, b := range waiting {
		l.saveBytes(b)
	}
}

func restored(f *field) {
	l := f.enrol("张桂芬", director, bamboo)
	child := l.person("林小溪", bamboo)
	l.accepted()
	image := l.image()
	l.visit(child, "2026-11-20")
	l.visit(child, "2026-11-21")
	last := l.accepted().Chain

	image.visit(child, "2026-11-22")
	image.visit(child, "2026-11-23")
	t := image.take(image.upload())
	if t.Standing != ledger.StandingFork || t.Chain.Epoch != 2 || t.Chain.Seq != 0 || t.Chain.Hash != last.Hash || len(t.Receipts) != 0 {
		f.Fatalf("%+v", t)
	}
	image.goOn(t.Chain)
	if t := image.accepted(); t.Fresh != 2 {
		f.Fatalf("%+v", t)
	}
	if r := f.verified(); r.Records != 5 {
		f.Fatalf("%+v", r)
	}
}

// The laptop did not hear that its chain split and sends the same again.
func forkAnswerLost(f *field) {
	l := f.enrol("张桂芬", director, bamboo)
	child := l.person("林小溪", bamboo)
	l.accepted()
	image := l.image()
	l.visit(child, "2026-11-20")
	l.accepted()
	image.visit(child, "2026-11-22")
	fork := image.upload()
	first := image.take(fork)
	for range 3 {
		if again := image.take(fork); again.Standing != ledger.StandingFork || again.Chain != first.Chain {
			f.Fatalf("%+v", again)
		}
	}
	image.goOn(first.Chain)
	image.accepted()
	// The line repeats the forking batch late: everything in it is known, nothing happens.
	if late := image.take(fork); late.Standing != ledger.StandingFork || len(late.Receipts) != 1 || late.Fresh != 0 {
		f.Fatalf("%+v", late)
	}
	image.visit(child, "2026-11-24")
	image.accepted()
	f.verified()
}

// Two laptops with one key: whoever writes in the old epoch freezes the device, and
// nothing either of them wrote is lost.
func copied(f *field) {
	a := f.enrol("张桂芬", director, bamboo)
	child := a.person("林小溪", bamboo)
	a.accepted()
	b := a.image()
	a.visit(child, "2026-11-20")
	a.accepted()
	b.visit(child, "2026-11-21")
	b.goOn(b.take(b.upload()).Chain)
	b.accepted()

	a.visit(child, "2026-11-22")
	t := a.take(a.upload())
	if t.Standing != ledger.StandingFrozen || len(t.Receipts) != 1 || t.Receipts[0].Out.Reason != casework.ReasonDevice {
		f.Fatalf("%+v", t)
	}
	again := a.take(a.upload())
	if again.Fresh != 0 || !sameReceipt(again.Receipts[0], t.Receipts[0]) {
		f.Fatalf("%+v", again)
	}
	b.visit(child, "2026-11-23")
	b.refused2(ledger.StandingFrozen, casework.ReasonDevice)
	d, err := f.s.Device(f.Context(), a.device)
	f.must(err)
	if !d.Frozen {
		f.Fatal("the device is not frozen")
	}
	f.verified()

	// Enrolled anew it works again.
	c := district.Code{
		ID: f.id(), Worker: a.author.Worker, Name: "张桂芬", Role: director, Until: f.now.Add(time.Hour),
		Scopes: []casework.Scope{{Area: bamboo, Duties: director.Duties()}},
	}
	f.must(f.s.Issue(f.Context(), c))
	_, err = f.s.Redeem(f.Context(), c.ID, district.Newcomer{ID: b.device, Own: b.author.Worker}, f.now, f.now)
	f.must(err)
	b.visit(child, "2026-11-24")
	b.accepted()
}

// refused2 sends what waits from a device in bad standing.
func (l *laptop) refused2(standing ledger.Standing, why casework.Reason) {
	l.Helper()
	t := l.take(l.upload())
	if t.Standing != standing || len(t.Receipts) != len(l.waiting) {
		l.Fatalf("%+v", t)
	}
	for _, r := range t.Receipts {
		if r.Out.Reason != why {
			l.Fatalf("%+v", r)
		}
	}
	l.acked, l.waiting = t.Chain, nil
}

func secondFork(f *field) {
	l := f.enrol("张桂芬", director, bamboo)
	child := l.person("林小溪", bamboo)
	l.accepted()
	split := func() district.Taken {
		image := l.image()
		l.visit(child, "2026-11-20")
		l.accepted()
		image.visit(child, "2026-11-21")
		t := image.take(image.upload())
		if t.Standing == ledger.StandingFork {
			image.goOn(t.Chain)
			image.accepted()
			l.head, l.acked = image.head, image.acked
		}
		return t
	}
	if t := split(); t.Standing != ledger.StandingFork {
		f.Fatalf("%+v", t)
	}
	f.now = f.now.Add(district.ForkMemory + time.Hour)
	if t := split(); t.Standing != ledger.StandingFork {
		f.Fatalf("a fork a month later: %+v", t)
	}
	f.now = f.now.Add(time.Hour)
	t := split()
	if t.Standing != ledger.StandingFrozen || len(t.Receipts) != 1 || t.Receipts[0].Out.Reason != casework.ReasonDevice {
		f.Fatalf("a second fork within the month: %+v", t)
	}
	f.verified()
}

func revoked(f *field) {
	l := f.enrol("张桂芬", director, bamboo)
	child := l.person("林小溪", bamboo)
	l.accepted()
	l.pull(100)
	f.must(f.s.Revoke(f.Context(), l.device))
	l.visit(child, "2026-11-21")
	l.refused2(ledger.StandingRevoked, casework.ReasonDevice)
	n, err := f.s.News(f.Context(), l.device, ledger.Cursors{}, 100)
	f.must(err)
	if len(n.Puts) != 0 {
		f.Fatal("a lost laptop still gets news")
	}
	if held, err := f.s.Quarantine(f.Context(), 0, 10); err != nil || len(held) != 1 || held[0].Reason != casework.ReasonDevice {
		f.Fatalf("quarantine %+v %v", held, err)
	}
	f.code(f.s.Revoke(f.Context(), casework.DeviceID{ID: f.id()}), "district.device_unknown")
	f.verified()
}

// A laptop that asks for news without sending anything says where its chain stands.
func withoutBatch(f *field) {
	l := f.enrol("张桂芬", director, bamboo)
	child := l.person("林小溪", bamboo)
	l.accepted()
	image := l.image()
	l.visit(child, "2026-11-20")
	at := l.accepted().Chain
	for standing, from := range map[ledger.Standing]ledger.Head{
		ledger.StandingGood: image.head, // behind: restored, and nothing written since
		ledger.StandingGap:  {Device: l.device, Epoch: 1, Seq: 9},
	} {
		if t := l.take(ledger.Upload{From: from}); t.Standing != standing || t.Chain != at || len(t.Receipts) != 0 {
			f.Fatalf("%+v", t)
		}
	}
	image.visit(child, "2026-11-21") // another operation at the place of the last one
	for range 2 {
		if t := l.take(ledger.Upload{From: image.head}); t.Standing != ledger.StandingFork || t.Chain.Epoch != 2 || t.Chain.Hash != at.Hash {
			f.Fatalf("%+v", t)
		}
	}
	f.verified()
}
