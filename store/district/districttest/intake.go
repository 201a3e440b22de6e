package districttest

import (
	"slices"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/store/district"
)

const director = casework.RoleChildDirector

func founding(f *field) {
	d, err := f.s.District(f.Context())
	f.must(err)
	if d.Name != "环翠区" || d.Area != county || d.Incarnation != 1 || !d.Founded.Equal(f.now) || len(d.Signing) != 32 {
		f.Fatalf("district is %+v", d)
	}
	f.code(f.s.Found(f.Context(), d), "district.already_founded")
	d.Area = town
	f.code(f.s.Found(f.Context(), d), "district.area")
}

func sameBatchTenTimes(f *field) {
	l := f.enrol("张桂芬", director, bamboo)
	child := l.person("林小溪", bamboo)
	l.visit(child, "2026-11-21")
	up := l.upload()
	first := l.accepted()
	if first.Fresh != 2 {
		f.Fatalf("%d fresh operations, want 2", first.Fresh)
	}
	for range 9 {
		f.now = f.now.Add(time.Hour)
		again := l.take(up)
		if again.Fresh != 0 || again.Standing != ledger.StandingGood || again.Chain != first.Chain {
			f.Fatalf("again: %+v", again)
		}
		if !slices.EqualFunc(first.Receipts, again.Receipts, sameReceipt) {
			f.Fatal("the receipts changed")
		}
	}
	if r := f.verified(); r.Operations != 2 || r.Records != 2 {
		f.Fatalf("report %+v", r)
	}
}

func sameReceipt(a, b ledger.Receipt) bool {
	return a.Op == b.Op && a.Epoch == b.Epoch && a.DevSeq == b.DevSeq && a.Seq == b.Seq && a.At.Equal(b.At) &&
		a.Out.Verdict == b.Out.Verdict && a.Out.Reason == b.Out.Reason && slices.Equal(a.Out.Conflicts, b.Out.Conflicts)
}

func longBatch(f *field) {
	l := f.enrol("张桂芬", director, bamboo)
	child := l.person("林小溪", bamboo)
	for range 2*district.MaxBatch + 7 {
		l.visit(child, "2026-11-21")
	}
	if t := l.accepted(); len(t.Receipts) != 2*district.MaxBatch+8 || t.Receipts[len(t.Receipts)-1].Seq != uint64(len(t.Receipts)) {
		f.Fatalf("%d receipts", len(t.Receipts))
	}
	f.verified()
}

// Whichever operation of a batch is refused, and for whatever reason, the others arrive.
func oneBadOfAHundred(f *field) {
	l := f.enrol("张桂芬", director, bamboo)
	child := l.person("林小溪", bamboo)
	l.accepted()
	bad := map[casework.Reason]func(op casework.Op) casework.Op{
		casework.ReasonUnknownKind:  func(op casework.Op) casework.Op { op.Kind = "spaceship\x00"; return op },
		casework.ReasonUnknownField: func(op casework.Op) casework.Op { op.Writes[0].Field = "shoe"; return op },
		casework.ReasonMalformed:    func(op casework.Op) casework.Op { op.Writes = nil; return op },
		casework.ReasonValue:        func(op casework.Op) casework.Op { op.Writes[0].Value = []byte(`17`); return op },
		casework.ReasonOwner:        func(op casework.Op) casework.Op { op.Owner = l.record(); return op },
		casework.ReasonWorker:       func(op casework.Op) casework.Op { op.Worker = casework.WorkerID{ID: l.id()}; return op },
	}
	for _, why := range []casework.Reason{
		casework.ReasonUnknownKind, casework.ReasonUnknownField, casework.ReasonMalformed,
		casework.ReasonValue, casework.ReasonOwner, casework.ReasonWorker,
	} {
		for _, p := range []int{0, 7, 19} {
			for i := range 20 {
				op, err := l.author.Create(l.record(), casework.KindVisit, child, casework.Values{"date": "2026-11-21"})
				if i == p {
					op = bad[why](op)
				}
				l.save(op, err)
			}
			for i, r := range l.send().Receipts {
				if quarantined := r.Out.Verdict == casework.Quarantined; quarantined != (i == p) || quarantined && r.Out.Reason != why {
					f.Fatalf("%s at %d: operation %d got %+v", why, p, i, r.Out)
				}
			}
		}
	}
	f.verified()
}

// Bytes that are no operation at all take their place in the chain and hold up nothing.
func undecodable(f *field) {
	l := f.enrol("张桂芬", director, bamboo)
	child := l.person("林小溪", bamboo)
	l.saveBytes([]byte("\x00\xff{"))
	l.saveBytes([]byte("{}"))
	l.visit(child, "2026-11-21")
	t := l.send()
	for i, want := range []casework.Reason{"", casework.ReasonMalformed, casework.ReasonMalformed, ""} {
		if t.Receipts[i].Out.Reason != want {
			f.Fatalf("operation %d: %+v", i, t.Receipts[i].Out)
		}
	}
	f.verified()
}

func gap(f *field) {
	l := f.enrol("张桂芬", director, bamboo)
	child := l.person("林小溪", bamboo)
	l.visit(child, "2026-11-20")
	l.visit(child, "2026-11-21")
	whole := l.upload()
	later := ledger.Upload{From: ledger.Upload{From: whole.From, Ops: whole.Ops[:1]}.To(), Ops: whole.Ops[1:]}
	t := l.take(later)
	if t.Standing != ledger.StandingGap || len(t.Receipts) != 0 || t.Chain != whole.From {
		f.Fatalf("%+v", t)
	}
	if head, err := f.s.Head(f.Context()); err != nil || head != 0 {
		f.Fatalf("head %d %v", head, err)
	}
	l.accepted()
	// Half of it again with something new behind it.
	l.visit(child, "2026-11-22")
	t = l.take(ledger.Upload{From: later.From, Ops: append(slices.Clone(later.Ops), l.waiting...)})
	if t.Standing != ledger.StandingGood || t.Fresh != 1 || len(t.Receipts) != 3 {
		f.Fatalf("%+v", t)
	}
	f.verified()
}

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
	c := district.Code{ID: f.id(), Worker: a.author.Worker, Name: "张桂芬", Role: director, Until: f.now.Add(time.Hour),
		Scopes: []casework.Scope{{Area: bamboo, Duties: director.Duties()}}}
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
