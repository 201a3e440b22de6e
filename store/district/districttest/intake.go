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
