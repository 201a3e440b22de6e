package district

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// spot is one place of a device's chain.
type spot struct {
	device casework.DeviceID
	epoch  uint32
	seq    uint64
}

func (s spot) before(o spot) int {
	return cmp.Or(s.device.Compare(o.device.ID), cmp.Compare(s.epoch, o.epoch), cmp.Compare(s.seq, o.seq))
}

// stretch is what one kept proof is about.
type stretch struct {
	from, to   uint64
	prev, last casework.Hash
	good       bool // the signature is the device's, and says this
}

// evidence gathers what the kept proofs say while the chains are walked.
type evidence struct {
	linked map[spot][]stretch     // by device and epoch (seq 0), by from
	hashes map[spot]casework.Hash // of the links where stretches end
	aside  map[spot]map[casework.Hash]bool
	count  map[spot]uint64 // links of each device and epoch (seq 0)
	broken []spot
	bare   map[casework.DeviceID]*bare
}

// bare are operations of one device that no signature covers.
type bare struct {
	count int
	first spot
}

// proofs reads every kept proof: whether its device signed it, and what it says.
func (v *check) proofs(ctx context.Context) error {
	v.e = evidence{
		linked: map[spot][]stretch{}, hashes: map[spot]casework.Hash{}, aside: map[spot]map[casework.Hash]bool{},
		count: map[spot]uint64{}, bare: map[casework.DeviceID]*bare{},
	}
	var home casework.ID
	if err := v.w.row(ctx, "SELECT id FROM districts WHERE county = $1", v.w.s.county).Scan(into(&home)); err != nil {
		return unknown(err, "district.Verify", "district.not_founded")
	}
	return v.w.each(ctx, func(scan func(...any) error) error {
		var at spot
		var s stretch
		var linked int64
		var commitments, signed []byte
		err := scan(into(&at.device.ID), &at.epoch, &s.from, intoHash(&s.last), &s.to, &linked, &commitments, &signed)
		if err != nil {
			return err
		}
		v.report.Proofs++
		says, err := v.read(signed, v.devices[at.device].PublicKey)
		s.prev = says.From.Hash
		s.good = err == nil && says.District == home && says.From == ledger.Head{Device: at.device, Epoch: at.epoch, Seq: s.from - 1, Hash: s.prev} &&
			says.To == ledger.Head{Device: at.device, Epoch: at.epoch, Seq: s.to, Hash: s.last}
		if linked != 0 {
			v.e.linked[at] = append(v.e.linked[at], s)
			v.e.hashes[spot{at.device, at.epoch, s.from - 1}], v.e.hashes[spot{at.device, at.epoch, s.to}] = casework.Hash{}, casework.Hash{}
			return nil
		}
		if !s.good || !v.e.follow(says, commitments) {
			v.e.broken = append(v.e.broken, spot{at.device, at.epoch, s.from})
		}
		return nil
	}, `SELECT device, epoch, seq_from, last, seq_to, linked, commitments, signed FROM batches
		WHERE county = $1 ORDER BY device, epoch, seq_from, seq_to`, v.w.s.county)
}

// follow walks a batch that is no part of the chain by its commitments, and notes them
// when they lead where the signature says.
func (e *evidence) follow(says ledger.Signed, commitments []byte) bool {
	at := says.From
	var links []ledger.Link
	for ; len(commitments) >= len(casework.Hash{}); commitments = commitments[len(casework.Hash{}):] {
		l := ledger.Link{Device: at.Device, Epoch: at.Epoch, Seq: at.Seq + 1, Prev: at.Hash, Commitment: casework.Hash(commitments[:len(casework.Hash{})])}
		at.Seq, at.Hash = l.Seq, l.Hash()
		links = append(links, l)
	}
	if at != says.To || len(commitments) > 0 {
		return false
	}
	for _, l := range links {
		s := spot{l.Device, l.Epoch, l.Seq}
		if e.aside[s] == nil {
			e.aside[s] = map[casework.Hash]bool{}
		}
		e.aside[s][l.Commitment] = true
	}
	return true
}

// pass notes a head that the walk along a chain came by.
func (e *evidence) pass(h ledger.Head) {
	s := spot{h.Device, h.Epoch, h.Seq}
	if _, wanted := e.hashes[s]; wanted {
		e.hashes[s] = h.Hash
	}
	if h.Seq > 0 {
		e.count[spot{h.Device, h.Epoch, 0}]++
	}
}

// hold compares the proofs of one device's epoch with its links.
func (e *evidence) hold(line spot, links uint64) {
	var reach, seen, first uint64 // covered up to a place; so many of them; the first place that is not
	astray := false               // the chain is not what was signed: from there on no proof fits any more
	for _, s := range e.linked[line] {
		from, to := spot{line.device, line.epoch, s.from - 1}, spot{line.device, line.epoch, s.to}
		other := e.hashes[from] != s.prev || e.hashes[to] != s.last
		if !s.good || other && !astray {
			e.broken = append(e.broken, spot{line.device, line.epoch, s.from}) // told once, and not as missing too
		}
		astray = astray || s.good && other
		if s.from > reach+1 && first == 0 {
			first = reach + 1
		}
		if s.to > reach {
			seen += s.to - max(reach, s.from-1)
			reach = s.to
		}
	}
	if first == 0 {
		first = reach + 1
	}
	if seen < links {
		e.uncovered(spot{line.device, line.epoch, first}, int(links-seen))
	}
}

func (e *evidence) uncovered(s spot, n int) {
	b := e.bare[s.device]
	if b == nil {
		b = &bare{first: s}
		e.bare[s.device] = b
	}
	b.count += n
}

// covered holds the proofs against the chains that were walked, and finds what none
// of them covers.
func (v *check) covered(ctx context.Context) error {
	for _, line := range slices.SortedFunc(maps.Keys(v.e.count), spot.before) {
		v.e.hold(line, v.e.count[line])
	}
	for line, all := range v.e.linked {
		if _, walked := v.e.count[line]; !walked { // a chain that is gone
			v.e.broken = append(v.e.broken, spot{line.device, line.epoch, all[0].from})
		}
	}
	err := v.w.each(ctx, func(scan func(...any) error) error {
		var s spot
		var c casework.Hash
		err := scan(into(&s.device.ID), &s.epoch, &s.seq, intoHash(&c))
		if err == nil && !v.e.aside[s][c] {
			v.e.uncovered(s, 1)
		}
		return err
	}, "SELECT device, epoch, dev_seq, commitment FROM log WHERE county = $1 AND linked = 0 AND event <> 'release' AND NOT EXISTS ("+
		"SELECT 1 FROM recovered v WHERE v.county = log.county AND v.seq = log.seq) ORDER BY seq", v.w.s.county)
	if err != nil {
		return err
	}
	return v.tell(ctx)
}

// tell turns what was gathered into findings. A device without a key, the desk among
// them, cannot sign: what it wrote is counted and no finding.
func (v *check) tell(ctx context.Context) error {
	slices.SortFunc(v.e.broken, spot.before)
	for _, s := range v.e.broken[:min(len(v.e.broken), maxFindings)] {
		seq, err := v.number(ctx, s)
		if err != nil {
			return err
		}
		v.found(Finding{What: "proof", Seq: seq, Device: s.device})
	}
	for _, id := range slices.SortedFunc(maps.Keys(v.e.bare), func(a, b casework.DeviceID) int { return a.Compare(b.ID) }) {
		b := v.e.bare[id]
		v.report.Unproven += b.count
		if len(v.devices[id].PublicKey) == 0 {
			continue
		}
		seq, err := v.number(ctx, b.first)
		if err != nil {
			return err
		}
		v.found(Finding{What: "unproven", Seq: seq, Device: id})
	}
	return nil
}

// number is the number in the log of the operation at a place of a chain; 0: none.
func (v *check) number(ctx context.Context, s spot) (uint64, error) {
	var seq uint64
	err := v.w.row(ctx, `SELECT seq FROM log WHERE county = $1 AND device = $2 AND epoch = $3 AND dev_seq = $4
		ORDER BY linked DESC, seq LIMIT 1`, v.w.s.county, blob(s.device.ID), int64(s.epoch), s.seq).Scan(&seq)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return seq, err
}
