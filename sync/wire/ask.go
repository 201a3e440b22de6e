package wire

import (
	"encoding/binary"
	"encoding/json"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// An ask opens an exchange: length of the hello plain and compressed (2 bytes each), the name of its dictionary, the hello, and
// the first batch when it is small enough.

// Ask writes the request. The batch may be nil. Error: wire.too_large.
func Ask(h ledger.Hello, b *Batch) ([]byte, error) {
	const op = "wire.Ask"
	plain, err := json.Marshal(h)
	if err != nil {
		return nil, casework.Problem(op, "wire.malformed").Because(err)
	}
	if len(plain) > MaxHello {
		return nil, casework.Problem(op, "wire.too_large", "Limit", MaxHello)
	}
	var body []byte
	err = withDictionary(op, Current(), nil, func(c *codec) (err error) {
		body, err = c.squeeze(plain)
		return err
	})
	if err != nil {
		return nil, err
	}
	name := Current()
	out := binary.BigEndian.AppendUint16(nil, uint16(len(plain)))
	out = binary.BigEndian.AppendUint16(out, uint16(len(body)))
	out = append(append(out, name[:]...), body...)
	if b != nil {
		out = append(out, b.Bytes()...)
	}
	if len(out) > MaxAsk {
		return nil, casework.Problem(op, "wire.too_large", "Limit", MaxAsk)
	}
	return out, nil
}

// ReadAsk reads the request; batch is empty when there is none. Errors: wire.too_large,
// wire.cut_short, wire.damaged, wire.dictionary, wire.malformed.
func ReadAsk(b []byte) (h ledger.Hello, batch []byte, err error) {
	const op = "wire.ReadAsk"
	if len(b) > MaxAsk {
		return h, nil, casework.Problem(op, "wire.too_large", "Limit", MaxAsk)
	}
	r := cutter{b: b}
	plain, size, name := r.u16(), r.u16(), r.hash()
	body := r.take(int(size))
	if r.short {
		return h, nil, casework.Problem(op, "wire.cut_short")
	}
	if int(plain) > MaxHello {
		return h, nil, casework.Problem(op, "wire.too_large", "Limit", MaxHello)
	}
	err = withDictionary(op, name, nil, func(c *codec) error {
		text, err := c.expand(body, int(plain))
		if err == nil {
			err = readOne(op, text, &h)
		}
		return err
	})
	return h, r.b, err
}
