package districttest

import (
	"testing"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// Fuzz sends any bytes as an operation between two good ones. Whatever they are, the
// good ones arrive, and the register stays in order.
func Fuzz(f *testing.F, open Open) {
	w := found(f, open)
	l := w.enrol("张桂芬", director, bamboo)
	owner := l.person("林小溪", bamboo)
	l.visit(owner, "2026-11-21")
	for _, b := range l.waiting {
		f.Add(b)
	}
	l.accepted()
	f.Add([]byte(`{"i":"01ARZ3NDEKTSV4RRFFQ69G5FAV","t":"9999-12-31T23:59:59+23:59","r":"01ARZ3NDEKTSV4RRFFQ69G5FAV","k":"person","x":[{"f":"area","v":"370000000000"},{"f":"duties","v":[]}]}`))
	f.Add([]byte{})
	f.Add([]byte("{\"k\":\"\\u0000\xff\"}"))
	f.Fuzz(func(t *testing.T, b []byte) {
		w.TB = t
		if op, err := ledger.Decode(b); err == nil { // as if she had written it
			op.Worker = l.author.Worker
			if op.Kind != casework.KindPerson && op.Kind != casework.KindHousehold {
				op.Owner = owner
			}
			if again, err := ledger.Encode(op); err == nil {
				b = again
			}
		}
		l.saveBytes(b)
		l.visit(owner, "2026-11-21")
		taken, err := l.s.Take(t.Context(), l.device, l.sign(l.upload()), l.now)
		if err != nil || taken.Standing != ledger.StandingGood || len(taken.Receipts) != 2 {
			t.Fatalf("%+v %v", taken, err)
		}
		if taken.Receipts[1].Out.Verdict != casework.Accepted {
			t.Fatalf("%+v", taken.Receipts[1])
		}
		l.acked, l.waiting = taken.Chain, nil
		r, err := l.s.News(t.Context(), l.device, l.cursors, 10)
		if err != nil {
			t.Fatal(err)
		}
		l.cursors = r.Cursors
		if taken.Receipts[1].Seq%64 == 0 {
			if report, err := l.s.Verify(t.Context(), ReadProof); err != nil || !report.OK() {
				t.Fatalf("%+v %v", report.Findings, err)
			}
		}
	})
}
