package districttest

import (
	"context"
	"fmt"
	"sync"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// Sixteen laptops write while a reader follows the log by its numbers: it misses
// nothing, and there is no gap.
func commitOrder(f *field) {
	const writers, batches, size = 16, 6, 3
	laptops := make([]*laptop, writers)
	uploads := make([][]ledger.Upload, writers)
	for i := range laptops {
		l := f.enrol(fmt.Sprintf("第%d位", i), director, bamboo)
		child := l.person("林小溪", bamboo)
		l.accepted()
		from := l.head
		for range batches {
			for range size {
				l.visit(child, "2026-11-21")
			}
			uploads[i] = append(uploads[i], l.sign(ledger.Upload{From: from, Ops: l.waiting}))
			from, l.waiting = l.head, nil
		}
		laptops[i] = l
	}
	reader := f.enrol("李主任", casework.RoleChildSupervisor, town)
	reader.pull(1000)

	ctx, stop := context.WithCancel(f.Context())
	defer stop()
	problems := make(chan error, writers+1)
	var writing, reading sync.WaitGroup
	for i, l := range laptops {
		writing.Go(func() {
			for _, up := range uploads[i] {
				t, err := f.s.Take(context.WithoutCancel(ctx), l.device, up, f.now)
				if err == nil && (t.Standing != ledger.StandingGood || t.Fresh != size) {
					err = fmt.Errorf("writer %d: %+v", i, t)
				}
				if err != nil {
					problems <- err
					return
				}
			}
		})
	}
	seen := map[casework.RecordID]bool{}
	cursors := reader.cursors
	follow := func() error {
		n, err := f.s.News(context.WithoutCancel(ctx), reader.device, cursors, 7)
		if err != nil {
			return err
		}
		for _, p := range n.Puts {
			if seen[p.Record.ID] {
				return fmt.Errorf("record at %d came twice", p.Seq)
			}
			seen[p.Record.ID] = true
		}
		cursors = n.Cursors
		return nil
	}
	reading.Go(func() {
		for ctx.Err() == nil {
			if err := follow(); err != nil {
				problems <- err
				return
			}
		}
	})
	writing.Wait()
	stop()
	reading.Wait()
	select {
	case err := <-problems:
		f.Fatal(err)
	default:
	}
	for {
		before := len(seen)
		f.must(follow())
		if len(seen) == before {
			break
		}
	}
	if len(seen) != writers*batches*size {
		f.Fatalf("the reader saw %d of %d visits", len(seen), writers*batches*size)
	}
	f.verified()
}

// Many laptops edit one child, and move her, at the same moment: every value that its
// overwriter had not seen is still there.
func atOnce(f *field) {
	const writers = 8
	first := f.enrol("张桂芬", director, bamboo)
	home := first.record()
	first.save(first.author.Create(home, casework.KindHousehold, casework.RecordID{}, casework.Values{casework.FieldStatus: map[string]string{}}))
	child := first.person("林小溪", bamboo, casework.Values{"household": home})
	other := first.person("林小海", bamboo, casework.Values{"household": home})
	first.accepted()
	laptops := make([]*laptop, writers)
	for i := range laptops {
		l := f.enrol(fmt.Sprintf("第%d位", i), casework.RoleChildSupervisor, county)
		l.edit(child, casework.Values{"address": fmt.Sprintf("东山路%d号", i)})
		if i%2 == 0 {
			l.edit([]casework.RecordID{child, other}[i/2%2], casework.Values{casework.FieldArea: []casework.Area{pine, faraway}[i/4]})
		}
		l.visit(child, "2026-11-21")
		l.visit(home, "2026-11-21")
		laptops[i] = l
	}
	var group sync.WaitGroup
	problems := make(chan error, writers)
	for _, l := range laptops {
		group.Go(func() {
			_, err := f.s.Take(context.WithoutCancel(f.Context()), l.device, l.sign(l.upload()), f.now)
			problems <- err
		})
	}
	group.Wait()
	for range writers {
		f.must(<-problems)
	}
	rec, _, err := f.s.Record(f.Context(), child)
	f.must(err)
	if got := len(rec.Every("address")); got != writers {
		f.Fatalf("%d of %d addresses are still there", got, writers)
	}
	f.verified()
}
