package laptop

import (
	"encoding/binary"
	"encoding/json"
	"time"

	"doorstep/casework"
)

// reader takes apart what writer put together. After the first thing that does not fit
// it gives zeros and bad is set.
type reader struct {
	buf []byte
	bad bool
}

// names are the strings that heads repeat: read without a copy each.
var names = func() map[string]string {
	m := map[string]string{}
	for _, k := range casework.Kinds() {
		m[string(k)] = string(k)
		spec, _ := casework.SchemaOf(k)
		for _, f := range spec.Registers() {
			m[string(f)] = string(f)
		}
	}
	return m
}()

func (d *reader) fail() { d.bad, d.buf = true, nil }

func (d *reader) take(n uint64) []byte {
	if n > uint64(len(d.buf)) {
		d.fail()
		return nil
	}
	b := d.buf[:n:n]
	d.buf = d.buf[n:]
	return b
}

func (d *reader) byte() byte {
	if b := d.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (d *reader) number() uint64 {
	n, size := binary.Uvarint(d.buf)
	if size <= 0 {
		d.fail()
		return 0
	}
	d.buf = d.buf[size:]
	return n
}

func (d *reader) signed() int64 {
	n, size := binary.Varint(d.buf)
	if size <= 0 {
		d.fail()
		return 0
	}
	d.buf = d.buf[size:]
	return n
}

// count reads how many things of at least size bytes follow.
func (d *reader) count(size int) int {
	n := d.number()
	if n > uint64(len(d.buf)/size) {
		d.fail()
		return 0
	}
	return int(n)
}

func (d *reader) id() (id casework.ID) {
	copy(id[:], d.take(16))
	return id
}

func (d *reader) bytes() []byte { return d.take(d.number()) }
func (d *reader) text() string  { return string(d.bytes()) }

func (d *reader) name() string {
	b := d.bytes()
	if s, ok := names[string(b)]; ok {
		return s
	}
	return string(b)
}

func (d *reader) ids() []casework.OpID {
	n := d.count(16)
	if n == 0 {
		return nil
	}
	out := make([]casework.OpID, n)
	for i := range out {
		out[i].ID = d.id()
	}
	return out
}

var china = time.FixedZone("", 8*3600)

func (d *reader) time() time.Time {
	if d.byte() == 0 {
		return time.Time{}
	}
	sec, nsec, offset := d.signed(), d.number(), d.signed()
	if d.bad || nsec >= 1e9 || offset < -86400 || offset > 86400 {
		d.fail()
		return time.Time{}
	}
	t := time.Unix(sec, int64(nsec))
	switch offset {
	case 0:
		return t.UTC()
	case 8 * 3600:
		return t.In(china)
	}
	return t.In(time.FixedZone("", int(offset)))
}

func (d *reader) registers(into map[casework.Field]casework.Register) map[casework.Field]casework.Register {
	stamps := make([]stamp, d.count(33))
	for i := range stamps {
		stamps[i] = stamp{casework.OpID{ID: d.id()}, casework.WorkerID{ID: d.id()}, d.time()}
	}
	n := d.count(4)
	if into == nil {
		into = make(map[casework.Field]casework.Register, n)
	}
	for range n {
		f := casework.Field(d.name())
		at := d.number()
		if d.bad || at >= uint64(len(stamps)) {
			d.fail()
			return into
		}
		s := stamps[at]
		reg := casework.Register{Op: s.op, Worker: s.worker, At: s.at}
		if v := d.bytes(); len(v) > 0 {
			reg.Value = json.RawMessage(v)
		}
		d.rest(&reg)
		into[f] = reg
	}
	return into
}

func (d *reader) rest(reg *casework.Register) {
	flags := d.byte()
	if flags&hasReason != 0 {
		reg.Reason = d.text()
	}
	if flags&hasSame != 0 {
		reg.Same = d.ids()
	}
	if flags&hasPast != 0 {
		n := d.count(32)
		reg.Past = make(map[casework.OpID]casework.OpID, n)
		for range n {
			id := casework.OpID{ID: d.id()}
			reg.Past[id] = casework.OpID{ID: d.id()}
		}
	}
	if flags&hasAlts != 0 {
		n := d.count(35)
		reg.Alts = make(map[casework.OpID]casework.Alternative, n)
		for range n {
			id := casework.OpID{ID: d.id()}
			reg.Alts[id] = casework.Alternative{
				Worker: casework.WorkerID{ID: d.id()}, At: d.time(), Reason: d.text(), Value: json.RawMessage(d.bytes()),
			}
		}
	}
}
