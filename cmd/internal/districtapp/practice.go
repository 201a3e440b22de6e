package districtapp

import (
	"context"
	"slices"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/casework/sample"
	"doorstep/sync/wire"
)

// Staff is someone whose work is entered at the server, under her own name.
type Staff struct {
	ID     casework.WorkerID
	Name   string
	Role   casework.Role
	Scopes []casework.Scope
}

// Employ makes workers known, each with a device that nobody carries. It has no key: it
// writes only through Load, nothing of that is signed, and Verify counts it as such.
// Invite gives them a laptop later.
func (a *App) Employ(ctx context.Context, staff ...Staff) error {
	for _, s := range staff {
		device := casework.DeviceID{}
		var err error
		if device.ID, err = casework.NewID(a.o.Rand); err != nil {
			return err
		}
		code, err := wire.NewCode(a.o.Rand)
		if err != nil {
			return err
		}
		id, err := casework.NewID(a.o.Rand) // of a code that is used at once, and by nobody else
		if err != nil {
			return err
		}
		now := a.o.Now()
		err = a.store.Issue(ctx, ledger.Code{ID: id, Proof: []byte(code), Name: s.Name, Role: s.Role, Scopes: s.Scopes, Until: now.Add(time.Minute)})
		if err == nil {
			_, err = a.store.Redeem(ctx, id, ledger.Newcomer{ID: device, Own: s.ID}, now, now)
		}
		if err != nil {
			return err
		}
		a.mu.Lock()
		a.onBehalf[s.ID] = device
		a.mu.Unlock()
	}
	return a.publishWorkers(ctx)
}

// Load takes in operations of employed workers, each in the chain of her own device, and
// those of the desk in the desk's. Operations on one record, or on what belongs to it,
// are taken in the order given; others may change places.
// Errors: district.worker_unknown, districtapp.not_taken (some went to quarantine).
func (a *App) Load(ctx context.Context, ops []casework.Op) error {
	aside := 0
	for _, w := range waves(ops) {
		receipts, err := a.take(ctx, w.worker, w.ops)
		if err != nil {
			return err
		}
		for _, r := range receipts {
			if r.Out.Verdict == casework.Quarantined {
				aside++
			}
		}
	}
	if aside > 0 {
		return casework.Problem("districtapp.Load", "districtapp.not_taken", "Count", aside)
	}
	return nil
}

func (a *App) take(ctx context.Context, worker casework.WorkerID, ops []casework.Op) ([]ledger.Receipt, error) {
	now := a.o.Now()
	a.mu.Lock()
	id, employed := a.onBehalf[worker]
	a.mu.Unlock()
	if !employed {
		desk, err := a.store.Desk(ctx, now)
		if err != nil {
			return nil, err
		}
		if desk.Actor.Worker != worker {
			return nil, casework.Problem("districtapp.Load", "district.worker_unknown")
		}
		return a.store.Import(ctx, now, ops...)
	}
	device, err := a.store.Device(ctx, id)
	if err != nil {
		return nil, err
	}
	up := ledger.Upload{From: device.Chain, Ops: make([][]byte, len(ops))}
	for i, op := range ops {
		if up.Ops[i], err = ledger.Encode(op); err != nil {
			return nil, err
		}
	}
	taken, err := a.store.Take(ctx, id, up, now)
	return taken.Receipts, err
}

// wave is what one worker's device sends at once.
type wave struct {
	worker casework.WorkerID
	ops    []casework.Op
}

// waves puts operations together by worker, in as few turns as their order allows: an
// operation comes after the others on its record and on its owner.
func waves(ops []casework.Op) []wave {
	type last struct {
		turn   int
		worker casework.WorkerID
	}
	type key struct {
		turn   int
		worker casework.WorkerID
	}
	seen := map[casework.RecordID]last{}
	at := map[key]int{}
	var turns []int
	var out []wave
	for _, op := range ops {
		turn := 0
		for _, r := range []casework.RecordID{op.Record, op.Owner} {
			if l, ok := seen[r]; ok && !r.IsZero() {
				t := l.turn
				if l.worker != op.Worker {
					t++
				}
				turn = max(turn, t)
			}
		}
		seen[op.Record] = last{turn, op.Worker}
		k := key{turn, op.Worker}
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			out, turns = append(out, wave{worker: op.Worker}), append(turns, turn)
		}
		out[i].ops = append(out[i].ops, op)
	}
	order := make([]int, len(out))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return turns[i] - turns[j] })
	sorted := make([]wave, len(out))
	for i, j := range order {
		sorted[i] = out[j]
	}
	return sorted
}

// Rehearse fills a new district with an invented one: its places, its workers under
// their own ids, and everything they wrote.
func (a *App) Rehearse(ctx context.Context, d *sample.District) error {
	names := map[casework.Area]string{}
	for _, p := range slices.Concat(d.Townships, d.Villages) {
		names[p.Area] = p.Name
	}
	if err := a.NameAreas(ctx, names); err != nil {
		return err
	}
	var staff []Staff
	for _, w := range d.Workers {
		staff = append(staff, Staff{w.ID, w.Name, w.Role, []casework.Scope{w.Scope}})
	}
	if err := a.Employ(ctx, staff...); err != nil {
		return err
	}
	return a.Load(ctx, d.Ops)
}
