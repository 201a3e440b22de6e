package laptop

import (
	"context"
	"slices"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// Request is the number that the worker reads out on the telephone to be extended: six
// digits, the same until a code has answered it. Errors: laptop.not_enrolled,
// laptop.no_telephone (the district has not given this laptop a key for codes yet), those
// of Save.
func (s *Store) Request(ctx context.Context) (string, error) {
	const op = "laptop.Request"
	s.work.Lock()
	defer s.work.Unlock()
	if err := s.callable(op); err != nil {
		return "", err
	}
	x := s.x
	for x.Grace.Request == "" {
		r, err := ledger.NewRequest(s.o.Rand)
		if err != nil {
			return "", err
		}
		if slices.Contains(x.Grace.Used, r) {
			continue
		}
		x.Grace.Request = r
		if err := s.keepExchange(context.WithoutCancel(ctx), x); err != nil {
			return "", trouble(op, err)
		}
	}
	return x.Grace.Request, nil
}

// callable are the reasons why no code can be taken. Callers hold work.
func (s *Store) callable(op string) error {
	switch {
	case s.closed:
		return casework.Problem(op, "laptop.closed")
	case s.enrolled == nil:
		return casework.Problem(op, "laptop.not_enrolled")
	case len(s.x.Grace.Key) == 0:
		return casework.Problem(op, "laptop.no_telephone")
	}
	return nil
}

// Extend takes the code that was read back, and gives the moment until which old files are
// open: ExtensionDays from now, or from the end of the lease when that is still to come. A
// code is good once; most is how many are taken in a row without contact. After three wrong
// ones each further try waits longer, up to a minute, also across restarts; nothing is ever
// locked for good, and a misheard digit is no wrong code. Errors: ledger.code_length,
// ledger.code_misheard, laptop.not_enrolled, laptop.no_telephone, laptop.no_request,
// laptop.calls_spent, laptop.wrong_code, those of Save.
func (s *Store) Extend(ctx context.Context, typed string, most int) (time.Time, error) {
	const op = "laptop.Extend"
	code, err := ledger.ReadExtensionCode(typed)
	if err != nil {
		return time.Time{}, err
	}
	if err := s.missedOut(ctx); err != nil { // nobody else waits with her
		return time.Time{}, err
	}
	s.work.Lock()
	defer s.work.Unlock()
	if err := s.callable(op); err != nil {
		return time.Time{}, err
	}
	x := s.x
	g := &x.Grace
	switch {
	case g.Request == "":
		return time.Time{}, casework.Problem(op, "laptop.no_request")
	case g.Calls >= most:
		return time.Time{}, casework.Problem(op, "laptop.calls_spent", "Most", most)
	}
	ctx = context.WithoutCancel(ctx)
	now := s.o.Now()
	if !ledger.Answers(g.Key, s.device, g.Request, code) {
		g.Wrong, g.Missed = g.Wrong+1, jsonTime{now}
		if err := s.keepExchange(ctx, x); err != nil {
			return time.Time{}, trouble(op, err)
		}
		return time.Time{}, casework.Problem(op, "laptop.wrong_code", "Seconds", int(attempts{Wrong: g.Wrong}.delay().Seconds()))
	}
	from := now
	if !s.Closed() {
		from = later(from, g.Until.Time)
		if _, believed := x.moment(now); believed {
			from = later(from, now.Add(x.Lease.Sub(s.seen.time())))
		}
	}
	g.Used, g.Request = append(slices.Clone(g.Used), g.Request), ""
	g.Calls, g.Wrong, g.Missed = g.Calls+1, 0, jsonTime{}
	g.From, g.Until, g.Ext = jsonTime{now}, jsonTime{from.AddDate(0, 0, ledger.ExtensionDays)}, jsonTime{now}
	g.Seen = jsonTime{s.seen.time()}
	g.Shut, g.Mark = false, 0
	if err := s.keepExchange(ctx, x); err != nil {
		return time.Time{}, trouble(op, err)
	}
	s.ext.set(now)
	return g.Until.Time, nil
}

// missedOut waits as long as wrong codes ask for.
func (s *Store) missedOut(ctx context.Context) error {
	s.view.RLock()
	d := (attempts{s.x.Grace.Wrong, s.x.Grace.Missed.Time}).left(s.o.Now())
	s.view.RUnlock()
	if d <= 0 {
		return nil
	}
	return s.o.Sleep(ctx, d)
}

// ReadLease takes a lease file, and gives the moment until which old files are open.
// Errors: ledger.lease_file, ledger.lease_forged, laptop.not_enrolled,
// laptop.lease_other_district, laptop.lease_other_device, laptop.lease_twice,
// laptop.lease_older, laptop.lease_over, those of Save.
func (s *Store) ReadLease(ctx context.Context, b []byte) (time.Time, error) {
	const op = "laptop.ReadLease"
	s.work.Lock()
	defer s.work.Unlock()
	switch {
	case s.closed:
		return time.Time{}, casework.Problem(op, "laptop.closed")
	case s.enrolled == nil:
		return time.Time{}, casework.Problem(op, "laptop.not_enrolled")
	}
	f, err := ledger.OpenLeaseFile(b, s.enrolled.Signing)
	if err != nil {
		return time.Time{}, err
	}
	x := s.x
	s.Closed() // looks at the clock
	switch {
	case f.District != s.enrolled.District:
		return time.Time{}, casework.Problem(op, "laptop.lease_other_district")
	case f.Device != s.device:
		return time.Time{}, casework.Problem(op, "laptop.lease_other_device")
	case f.Number == x.Grace.File:
		return time.Time{}, casework.Problem(op, "laptop.lease_twice")
	case f.Number < x.Grace.File || f.Issued.Before(x.Grace.Word.Time):
		return time.Time{}, casework.Problem(op, "laptop.lease_older")
	case s.seen.time().After(f.Until):
		return time.Time{}, casework.Problem(op, "laptop.lease_over", "Day", casework.DayOf(f.Until).String())
	}
	g := &x.Grace
	g.File, g.Issued = f.Number, jsonTime{f.Issued}
	x.Lease = jsonTime{later(x.Lease.Time, f.Until)}
	g.Seen = jsonTime{later(s.seen.time(), f.Issued)}
	g.Shut, g.Mark = false, 0
	if err := s.keepExchange(context.WithoutCancel(ctx), x); err != nil {
		return time.Time{}, trouble(op, err)
	}
	s.seen.raise(f.Issued)
	return x.until(), nil
}
