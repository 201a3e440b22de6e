package districttest

import (
	"bytes"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/store/district"
)

func (f *field) issue(until time.Duration, worker casework.WorkerID) casework.ID {
	f.Helper()
	c := district.Code{
		ID: f.id(), Proof: []byte("key"), Worker: worker, Name: "张桂芬", Role: director, Until: f.now.Add(until),
		Scopes: []casework.Scope{{Area: bamboo, Duties: director.Duties()}},
	}
	f.must(f.s.Issue(f.Context(), c))
	return c.ID
}

func codes(f *field) {
	ctx := f.Context()
	one, two := f.blank(), f.blank()
	newcomer := func(l *laptop) district.Newcomer {
		return district.Newcomer{ID: l.device, PublicKey: l.public(), Own: l.author.Worker}
	}
	code := f.issue(time.Hour, casework.WorkerID{})
	if c, err := f.s.Code(ctx, code, one.device, f.now); err != nil || string(c.Proof) != "key" || c.Name != "张桂芬" || c.Scopes[0].Area != bamboo {
		f.Fatalf("%+v %v", c, err)
	}
	d, err := f.s.Redeem(ctx, code, newcomer(one), f.now, f.now.Add(time.Hour))
	f.must(err)
	if d.ID != one.device || d.Actor.Worker != one.author.Worker || d.Chain.Epoch != 1 || d.Actor.Role != director || !d.LeaseUntil.Equal(f.now.Add(time.Hour)) {
		f.Fatalf("%+v", d)
	}
	// Its answer was lost: the same laptop asks again, even after the code's time.
	if again, err := f.s.Redeem(ctx, code, newcomer(one), f.now.Add(48*time.Hour), f.now); err != nil || again.ID != d.ID || !again.LeaseUntil.Equal(d.LeaseUntil) {
		f.Fatalf("%+v %v", again, err)
	}
	_, err = f.s.Redeem(ctx, code, newcomer(two), f.now, f.now)
	f.code(err, "district.code_used")
	_, err = f.s.Code(ctx, f.id(), two.device, f.now)
	f.code(err, "district.code_unknown")

	late := f.issue(time.Hour, casework.WorkerID{})
	_, err = f.s.Redeem(ctx, late, newcomer(two), f.now.Add(time.Hour+time.Second), f.now)
	f.code(err, "district.code_expired")

	guessed := f.issue(time.Hour, casework.WorkerID{})
	for i := range district.MaxTries {
		if left, err := f.s.Missed(ctx, guessed); err != nil || left != district.MaxTries-1-i {
			f.Fatalf("%d left, %v", left, err)
		}
	}
	_, err = f.s.Redeem(ctx, guessed, newcomer(two), f.now, f.now)
	f.code(err, "district.code_spent")
	_, err = f.s.Device(ctx, two.device)
	f.code(err, "district.device_unknown")

	// A second laptop of the same worker: the district knows her as it did.
	second := f.issue(time.Hour, one.author.Worker)
	d, err = f.s.Redeem(ctx, second, newcomer(two), f.now, f.now)
	f.must(err)
	if d.Actor.Worker != one.author.Worker || d.Own != two.author.Worker {
		f.Fatalf("%+v", d)
	}
	f.code(f.s.Issue(ctx, district.Code{ID: f.id(), Worker: casework.WorkerID{ID: f.id()}}), "district.worker_unknown")

	f.must(f.s.Revoke(ctx, two.device))
	_, err = f.s.Redeem(ctx, f.issue(time.Hour, casework.WorkerID{}), newcomer(two), f.now, f.now)
	f.code(err, "district.device_revoked")
	if all, err := f.s.Devices(ctx); err != nil || len(all) != 2 {
		f.Fatalf("%d devices %v", len(all), err)
	}
	if all, err := f.s.Workers(ctx); err != nil || len(all) != 1 || all[0].Name != "张桂芬" {
		f.Fatalf("%+v %v", all, err)
	}
}

// A laptop says that it wrote under an id which is another worker's.
func impostor(f *field) {
	zhang := f.enrol("张桂芬", director, bamboo)
	desk, err := f.s.Desk(f.Context(), f.now)
	f.must(err)
	for _, own := range []casework.WorkerID{zhang.author.Worker, desk.Actor.Worker, {}} {
		_, err := f.s.Redeem(f.Context(), f.issue(time.Hour, casework.WorkerID{}), district.Newcomer{ID: f.blank().device, Own: own}, f.now, f.now)
		f.code(err, "district.worker_taken")
	}
	// The laptop itself may be enrolled again, and a new one of hers under her own id.
	for _, n := range []district.Newcomer{{ID: zhang.device, Own: zhang.author.Worker}, {ID: f.blank().device, Own: zhang.author.Worker}} {
		d, err := f.s.Redeem(f.Context(), f.issue(time.Hour, zhang.author.Worker), n, f.now, f.now)
		f.must(err)
		if d.Actor.Worker != zhang.author.Worker {
			f.Fatalf("%+v", d)
		}
	}
	zhang.person("林小溪", bamboo)
	zhang.accepted()
}

// A second laptop wrote under an id of its own before the district told it hers.
func beforeEnrolment(f *field) {
	first := f.enrol("张桂芬", director, bamboo)
	l := f.blank()
	child := l.person("林小溪", bamboo)
	visit := l.visit(child, "2026-11-20")
	_, err := f.s.Redeem(f.Context(), f.issue(time.Hour, first.author.Worker), district.Newcomer{ID: l.device, PublicKey: l.public(), Own: l.author.Worker}, f.now, f.now)
	f.must(err)
	l.accepted()
	l.author.Worker = first.author.Worker
	second := l.visit(child, "2026-11-21")
	l.accepted()
	own := casework.WorkerID{ID: f.id()}
	l.author.Worker, own = own, first.author.Worker
	l.visit(child, "2026-11-22")
	l.refused(casework.ReasonWorker)
	l.author.Worker = own
	// Enrolled once more with a code that names nobody, it stays hers.
	d, err := f.s.Redeem(f.Context(), f.issue(time.Hour, casework.WorkerID{}), district.Newcomer{ID: l.device, Own: own}, f.now, f.now)
	f.must(err)
	if d.Actor.Worker != first.author.Worker || d.Own == d.Actor.Worker {
		f.Fatalf("%+v", d)
	}
	first.pull(10)
	first.sees(child, visit, second)
	f.verified()
}

func answers(f *field) {
	l := f.enrol("张桂芬", director, bamboo)
	for want := range uint64(3) {
		n, err := f.s.Answered(f.Context(), l.device, ledger.Commit([]byte{byte(want)}), 0, f.now, f.now.Add(time.Hour))
		f.must(err)
		if n != want+1 {
			f.Fatalf("answer %d, want %d", n, want+1)
		}
	}
	d, err := f.s.Device(f.Context(), l.device)
	f.must(err)
	if d.Answer != 3 || d.Token != ledger.Commit([]byte{2}) || !d.LeaseUntil.Equal(f.now.Add(time.Hour)) || !d.Heard.Equal(f.now) {
		f.Fatalf("%+v", d)
	}
	_, err = f.s.Answered(f.Context(), casework.DeviceID{ID: f.id()}, casework.Hash{}, 0, f.now, f.now)
	f.code(err, "district.device_unknown")
	_, err = f.s.Take(f.Context(), l.device, ledger.Upload{From: ledger.Head{Device: casework.DeviceID{ID: f.id()}, Epoch: 1}}, f.now)
	f.code(err, "district.wrong_device")
}

func packs(f *field) {
	publish := func(name, from, body string) ledger.PackRef {
		ref := ledger.PackRef{Name: name, From: from, Hash: ledger.Commit([]byte(name + from + body)), Size: int64(len(body))}
		f.must(f.s.Publish(f.Context(), ref, []byte(body), f.now))
		f.now = f.now.Add(time.Second)
		return ref
	}
	old := publish("form/child-visit", "2026-01-01", "一")
	mended := publish("form/child-visit", "2026-01-01", "二")
	f.must(f.s.Publish(f.Context(), mended, []byte("二"), f.now))
	next := publish("form/child-visit", "2027-01-01", "三")
	areas := publish("areas", "", "四")
	got, err := f.s.Packs(f.Context())
	f.must(err)
	if len(got) != 3 || got[0] != areas || got[1] != mended || got[2] != next {
		f.Fatalf("%+v", got)
	}
	if body, err := f.s.Pack(f.Context(), old.Hash); err != nil || !bytes.Equal(body, []byte("一")) {
		f.Fatalf("a replaced pack is gone: %q %v", body, err)
	}
	_, err = f.s.Pack(f.Context(), casework.Hash{1})
	f.code(err, "district.pack_unknown")

	// Who made a pack out of an older one than the current publishes nothing.
	over := func(over casework.Hash, body string) error {
		ref := ledger.PackRef{Name: "tables", Hash: ledger.Commit([]byte(body)), Size: int64(len(body))}
		return f.s.PublishOver(f.Context(), ref, over, []byte(body), f.now)
	}
	f.must(over(casework.Hash{}, "甲"))
	f.code(over(casework.Hash{}, "乙"), "district.pack_overtaken")
	f.must(over(ledger.Commit([]byte("甲")), "乙"))
	f.code(over(ledger.Commit([]byte("甲")), "丙"), "district.pack_overtaken")
	if got, err = f.s.Packs(f.Context()); err != nil || len(got) != 4 || got[3].Hash != ledger.Commit([]byte("乙")) {
		f.Fatalf("%+v %v", got, err)
	}
}

func desk(f *field) {
	d, err := f.s.Desk(f.Context(), f.now)
	f.must(err)
	again, err := f.s.Desk(f.Context(), f.now.Add(time.Hour))
	f.must(err)
	if !d.Desk || d.ID != again.ID || !again.Enrolled.Equal(d.Enrolled) || len(d.PublicKey) != 0 {
		f.Fatalf("%+v %+v", d, again)
	}
	zhang := f.enrol("张桂芬", director, bamboo)
	a := casework.Author{Worker: d.Actor.Worker, Now: func() time.Time { return f.now }, Rand: f.rand}
	var ops []casework.Op
	for range district.MaxBatch + 3 {
		id, err := a.NewRecord()
		f.must(err)
		op, err := a.Create(id, casework.KindPerson, casework.RecordID{}, casework.Values{
			"name": "㐂乐", casework.FieldArea: bamboo, casework.FieldDuties: []casework.Duty{casework.DutyChild},
		})
		f.must(err)
		ops = append(ops, op)
	}
	for _, fresh := range []uint64{uint64(len(ops)), 0} { // the same file twice changes nothing
		before, _, err := f.s.Record(f.Context(), ops[0].Record)
		if fresh != 0 {
			f.code(err, "district.record_unknown")
		}
		r, err := f.s.Import(f.Context(), f.now, ops...)
		f.must(err)
		for i := range r {
			if r[i].Op != ops[i].ID || r[i].Out.Verdict != casework.Accepted {
				f.Fatalf("receipt %d: %+v", i, r[i])
			}
		}
		if after, _, err := f.s.Record(f.Context(), ops[0].Record); err != nil || fresh == 0 && !after.Equal(before) {
			f.Fatalf("%+v %v", after, err)
		}
	}
	zhang.pull(50)
	if len(zhang.holds) != len(ops) {
		f.Fatalf("holds %d", len(zhang.holds))
	}
	f.verified()
}

func quarantine(f *field) {
	zhang := f.enrol("张桂芬", director, bamboo)
	zhou := f.enrol("周敏", director, pine)
	child := zhang.person("林小溪", bamboo)
	zhang.accepted()
	visit := zhou.visit(child, "2026-11-21")
	held := zhou.refused(casework.ReasonScope).Receipts[0]
	zhou.saveBytes([]byte("{"))
	broken := zhou.refused(casework.ReasonMalformed).Receipts[0]

	list, err := f.s.Quarantine(f.Context(), 0, 10)
	f.must(err)
	if len(list) != 2 || list[0].Op != held.Op || list[0].Record != visit || list[0].Worker != zhou.author.Worker || list[0].Kind != casework.KindVisit {
		f.Fatalf("%+v", list)
	}
	got, err := f.s.Release(f.Context(), held.Op, f.now)
	f.must(err)
	if got.Out.Verdict != casework.Accepted || got.Seq != broken.Seq+1 || got.DevSeq != held.DevSeq {
		f.Fatalf("%+v", got)
	}
	if r, err := f.s.Receipts(f.Context(), zhou.device, broken.Seq); err != nil || len(r) != 1 || !sameReceipt(r[0], got) {
		f.Fatalf("%+v %v", r, err)
	}
	zhang.pull(10)
	zhang.sees(child, visit)
	_, err = f.s.Release(f.Context(), held.Op, f.now)
	f.code(err, "district.not_held")
	_, err = f.s.Release(f.Context(), broken.Op, f.now)
	f.code(err, "district.unreleasable")
	_, err = f.s.Release(f.Context(), casework.OpID{ID: f.id()}, f.now)
	f.code(err, "district.op_unknown")
	if c, err := f.s.Counts(f.Context()); err != nil || c.Quarantined != 1 || c.Log != 4 {
		f.Fatalf("%+v %v", c, err)
	}
	f.verified()
}

func lists(f *field) {
	zhang := f.enrol("张桂芬", director, bamboo)
	zhou := f.enrol("周敏", director, pine)
	var children, visits []casework.RecordID
	for range 5 {
		child := zhang.person("林小溪", bamboo)
		children = append(children, child)
		visits = append(visits, zhang.visit(child, "2026-11-20"))
	}
	zhang.accepted()
	mine := zhou.person("𠮷野", pine)
	zhou.visit(mine, "2026-11-21")
	zhou.accepted()
	gone := zhang.person("写错了", bamboo)
	zhang.accepted()
	rec, _, err := f.s.Record(f.Context(), gone)
	f.must(err)
	zhang.save(zhang.author.Retract(rec, "重复录入"))
	zhang.accepted()

	count := func(list func(district.Filter) ([]district.Entry, string, error), filter district.Filter) (n int, last district.Entry) {
		seen := map[casework.RecordID]bool{}
		for {
			rows, next, err := list(filter)
			f.must(err)
			for _, e := range rows {
				if seen[e.Record.ID] {
					f.Fatal("a row stands on two pages")
				}
				seen[e.Record.ID], last = true, e
				n++
			}
			if next == "" {
				return n, last
			}
			filter.After = next
		}
	}
	people := func(x district.Filter) ([]district.Entry, string, error) { return f.s.People(f.Context(), x) }
	byDay := func(x district.Filter) ([]district.Entry, string, error) { return f.s.Visits(f.Context(), x) }
	for _, limit := range []int{0, 1, 2, 3, 6} {
		for _, c := range []struct {
			filter district.Filter
			people int
			visits int
		}{
			{district.Filter{}, 6, 6},
			{district.Filter{Area: bamboo}, 5, 5},
			{district.Filter{Area: town}, 6, 6},
			{district.Filter{Area: faraway}, 0, 0},
			{district.Filter{Duty: casework.DutyElder}, 0, 0},
			{district.Filter{All: true}, 7, 6},
		} {
			c.filter.Limit = limit
			if n, _ := count(people, c.filter); n != c.people {
				f.Fatalf("%+v: %d people, want %d", c.filter, n, c.people)
			}
			if n, _ := count(byDay, c.filter); n != c.visits {
				f.Fatalf("%+v: %d visits, want %d", c.filter, n, c.visits)
			}
		}
	}
	if n, e := count(people, district.Filter{Text: "𠮷"}); n != 1 || e.Record.ID != mine || e.Area != pine || e.Worker != "周敏" {
		f.Fatalf("%d %+v", n, e)
	}
	if n, e := count(byDay, district.Filter{Person: children[0]}); n != 1 || e.Record.ID != visits[0] || e.Owner != "林小溪" || !e.At.Equal(f.now) {
		f.Fatalf("%d %+v", n, e)
	}
	if n, _ := count(byDay, district.Filter{Worker: zhou.author.Worker}); n != 1 {
		f.Fatalf("%d visits by one worker", n)
	}
	_, _, err = f.s.People(f.Context(), district.Filter{After: "?"})
	f.code(err, "district.page")
	n := 0
	f.must(f.s.Each(f.Context(), casework.KindPerson, func(casework.Record) error { n++; return nil }))
	c, err := f.s.Counts(f.Context())
	f.must(err)
	if n != 7 || c.Records[casework.KindPerson] != 7 || c.Records[casework.KindVisit] != 6 || c.Devices != 2 || c.Conflicted != 0 {
		f.Fatalf("%d %+v", n, c)
	}
}
