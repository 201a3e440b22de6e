package districttest

import "doorstep/casework/ledger"

// A laptop that knows it was restored says so with an epoch of its own: it goes on without
// alarm, as often as that happens, and also when it happened twice before it got through.
func restoredOnPurpose(f *field) {
	l := f.enrol("张桂芬", director, bamboo)
	child := l.person("林小溪", bamboo)
	l.accepted()
	epoch := uint32(1)
	for _, jump := range []uint32{1, 1, 2, 1} {
		image := l.image()
		l.visit(child, "2026-11-20")
		last := l.accepted().Chain
		image.visit(child, "2026-11-22")
		epoch += jump
		image.head, image.acked = ledger.Head{Device: l.device, Epoch: epoch, Hash: image.acked.Hash}, ledger.Head{Device: l.device, Epoch: epoch, Hash: image.acked.Hash}
		waiting := image.waiting
		image.waiting = nil
		for _, b := range waiting {
			image.saveBytes(b)
		}
		at := ledger.Head{Device: l.device, Epoch: epoch, Hash: last.Hash}
		for range 2 { // the answer is lost once
			if t := image.take(image.upload()); t.Standing != ledger.StandingFork || t.Chain != at || len(t.Receipts) != 0 {
				f.Fatalf("%+v", t)
			}
		}
		image.goOn(at)
		if t := image.accepted(); t.Fresh != 1 || t.Standing != ledger.StandingGood {
			f.Fatalf("%+v", t)
		}
		f.verified()
		l = image
	}
}

// Two laptops of one key: when one was restored and the other writes again, the district
// sees it.
func restoredAndCopied(f *field) {
	l := f.enrol("张桂芬", director, bamboo)
	child := l.person("林小溪", bamboo)
	at := l.accepted().Chain
	image := l.image()
	next := ledger.Head{Device: l.device, Epoch: 2, Hash: at.Hash}
	if t := image.take(ledger.Upload{From: next}); t.Standing != ledger.StandingFork || t.Chain != next {
		f.Fatalf("%+v", t)
	}
	image.goOn(next)
	image.visit(child, "2026-11-22")
	image.accepted()
	l.visit(child, "2026-11-23")
	if t := l.take(l.upload()); t.Standing != ledger.StandingFrozen {
		f.Fatalf("%+v", t)
	}
	f.verified()
}
