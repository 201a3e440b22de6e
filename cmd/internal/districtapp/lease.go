package districtapp

import (
	"context"
	"sync"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/casework/packs"
	"doorstep/store/district"
)

// leaseTerm remembers what the tables say about leases, by the pack it was read from.
type leaseTerm struct {
	mu   sync.Mutex
	from casework.Hash
	pack packs.Pack
}

// leaseNow is how long a laptop may read old files without contact: what serve was told,
// else what the district's tables say today.
func (a *App) leaseNow(ctx context.Context) time.Duration {
	const day = 24 * time.Hour
	if a.o.LeaseDays > 0 {
		return time.Duration(a.o.LeaseDays) * day
	}
	p, err := a.leaseTables(ctx)
	if err != nil { // as usual, then: an exchange does not fail for a table
		a.o.Log.Error("the tables were not read", "code", string(casework.CodeOf(err)))
		p = packs.Pack{}
	}
	return time.Duration(p.LeaseDays(casework.DayOf(a.o.Now()))) * day
}

func (a *App) leaseTables(ctx context.Context) (packs.Pack, error) {
	ref, found, err := a.current(ctx, packs.Tables)
	if err != nil || !found {
		return packs.Default(), err
	}
	a.terms.mu.Lock()
	defer a.terms.mu.Unlock()
	if a.terms.from == ref.Hash {
		return a.terms.pack, nil
	}
	p, err := a.tables(ctx)
	if err == nil {
		a.terms.from, a.terms.pack = ref.Hash, packs.Pack{Terms: p.Terms}
	}
	return a.terms.pack, err
}

// LeaseFile makes a file that lets one laptop read old files for some days from now, and
// writes down who made it. Errors: ledger.lease_days, those of district.Extend.
func (a *App) LeaseFile(ctx context.Context, d district.Device, days int, by string) ([]byte, district.Grant, error) {
	now := a.o.Now().UTC().Truncate(time.Millisecond)
	if days < 1 || days > ledger.MaxLeaseDays {
		return nil, district.Grant{}, casework.Problem("districtapp.LeaseFile", "ledger.lease_days", "Most", ledger.MaxLeaseDays)
	}
	g, err := a.store.Extend(ctx, district.Grant{
		Device: d.ID, Kind: ledger.GrantFile, Days: days, Until: now.AddDate(0, 0, days), At: now, By: by,
	}, 0)
	if err != nil {
		return nil, g, err
	}
	b, err := ledger.LeaseFile{Number: g.Number, District: a.self.ID, Device: d.ID, Issued: now, Until: g.Until}.Sign(a.keys.Sign)
	return b, g, err
}

// LeaseCode is what to read back on the telephone to whoever reads a request out. Who read
// it back is written down. Errors: ledger.request_length, ledger.request_misheard, those of
// district.Extend.
func (a *App) LeaseCode(ctx context.Context, d district.Device, typed, by string) (string, district.Grant, error) {
	now := a.o.Now().UTC().Truncate(time.Millisecond)
	request, err := ledger.ReadRequest(typed)
	if err != nil {
		return "", district.Grant{}, err
	}
	p, err := a.leaseTables(ctx)
	if err != nil {
		return "", district.Grant{}, err
	}
	g, err := a.store.Extend(ctx, district.Grant{
		Device: d.ID, Kind: ledger.GrantCode, Request: request, Days: ledger.ExtensionDays, Until: now.AddDate(0, 0, ledger.ExtensionDays), At: now, By: by,
	}, p.ExtensionsMost(casework.DayOf(now)))
	if err != nil {
		return "", g, err
	}
	key, err := a.keys.TelephoneKey(d.ID)
	if err != nil {
		return "", g, err
	}
	return ledger.ExtensionCode(key, d.ID, request), g, nil
}

// extensions are how often each laptop was let read longer since it was last heard of, and
// until when.
func (a *App) extensions(ctx context.Context) (map[casework.DeviceID]extension, error) {
	all, err := a.store.Grants(ctx, casework.DeviceID{})
	if err != nil {
		return nil, err
	}
	devices, err := a.store.Devices(ctx)
	if err != nil {
		return nil, err
	}
	out := map[casework.DeviceID]extension{}
	for _, d := range devices {
		out[d.ID] = extension{heard: d.Heard, until: d.LeaseUntil}
	}
	for _, g := range all {
		if e := out[g.Device]; g.At.After(e.heard) {
			e.count++
			if g.Until.After(e.until) {
				e.until = g.Until
			}
			out[g.Device] = e
		}
	}
	return out, nil
}

type extension struct {
	heard, until time.Time
	count        int
}
