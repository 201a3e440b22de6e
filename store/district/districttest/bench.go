package districttest

import (
	"fmt"
	"strings"
	"testing"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// heavy is a visit of the usual weight, about 1.6 KB.
func (l *laptop) heavy(owner casework.RecordID, n int) {
	l.Helper()
	words := strings.Repeat("见到孩子，情绪平稳，作业已完成；", 24)
	l.save(l.author.Create(l.record(), casework.KindVisit, owner, casework.Values{
		"date": fmt.Sprintf("2026-%02d-%02d", 1+n%12, 1+n%28), "answers": map[string]any{"A1": "home", "A2": n, "note": words},
	}))
}

// Take measures how many visits of the usual weight a register takes durably in a
// second, from one laptop after the other, in batches of 30 and of 200.
func Take(b *testing.B, open Open) {
	for _, size := range []int{30, 200} {
		b.Run(fmt.Sprintf("batches of %d", size), func(b *testing.B) {
			f := found(b, open)
			l := f.enrol("张桂芬", director, bamboo)
			var people []casework.RecordID
			for range 500 {
				people = append(people, l.person("林小溪", bamboo))
			}
			l.accepted()
			var ups []ledger.Upload
			for n := 0; n < b.N; n++ {
				l.heavy(people[n%len(people)], n)
				if len(l.waiting) == size || n == b.N-1 {
					ups = append(ups, l.sign(ledger.Upload{From: l.acked, Ops: l.waiting}))
					l.acked, l.waiting = l.head, nil
				}
			}
			b.ResetTimer()
			fresh := 0
			for _, up := range ups {
				fresh += l.take(up).Fresh
			}
			b.StopTimer()
			if fresh != b.N {
				b.Fatalf("%d of %d taken", fresh, b.N)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "visits/s")
		})
	}
}

// News measures a first sync of 5,000 people and 20,000 visits, and an idle one.
func News(b *testing.B, open Open) {
	f := found(b, open)
	l := f.enrol("张桂芬", director, bamboo)
	for i := range 5000 {
		child := l.person("林小溪", bamboo)
		for range 4 {
			l.heavy(child, i)
		}
	}
	l.accepted()
	first := func(b *testing.B, l *laptop) {
		for b.Loop() {
			l.cursors = ledger.Cursors{}
			if puts, _ := l.pull(500); puts != 25000 {
				b.Fatalf("%d records", puts)
			}
		}
	}
	b.Run("first, village", func(b *testing.B) { first(b, f.enrol("李敏", director, bamboo)) })
	b.Run("first, township", func(b *testing.B) { first(b, f.enrol("李主任", casework.RoleChildSupervisor, town)) })
	b.Run("nothing new", func(b *testing.B) {
		for b.Loop() {
			if _, err := f.s.News(f.Context(), l.device, ledger.Cursors{ledger.CursorKey(bamboo, casework.DutyChild): 25000}, 500); err != nil {
				b.Fatal(err)
			}
		}
	})
}
