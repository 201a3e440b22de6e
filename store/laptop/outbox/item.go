package outbox

import (
	"encoding/binary"
	"errors"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// Kind says what an item is.
type Kind byte

// The kinds of items.
const (
	State    Kind = 1 // what the store knows of itself and its district; Body is the store's own JSON
	Op       Kind = 2 // an operation saved here; Body is its exact bytes (ledger.Decode reads them)
	Receipt  Kind = 3 // the district has the operation ID; Body is the store's own JSON
	Draft    Kind = 4 // a visit begun; Body is JSON: id, person, form, form_hash, started, title
	Change   Kind = 5 // the Nth answer of draft ID; Body is what the program kept of it
	Attached Kind = 7 // a file kept beside the records; Body is the store's own JSON, nil when it is gone
	Ended    Kind = 6 // draft ID was finished (empty Body) or dropped (Body is its JSON with why)
)

// Item is one thing in an outbox.
type Item struct {
	Kind   Kind
	ID     casework.ID // of the operation or draft
	N      int64       // operation: its number in the order of saving; change: its number in the draft
	At     time.Time   // change: when it was kept, on the laptop's clock
	Epoch  uint32      // operation: its place in the chain
	Seq    uint64
	Prev   casework.Hash
	Closes casework.ID // operation: the draft that ended with it
	Body   []byte
}

// Link is the operation's place in its laptop's chain.
func (i Item) Link(device casework.DeviceID) ledger.Link {
	return ledger.Link{Device: device, Epoch: i.Epoch, Seq: i.Seq, Prev: i.Prev, Commitment: ledger.Commit(i.Body)}
}

const itemHeader = 1 + 16 + 8 + 8 + 4 + 8 + 32 + 16

func (i Item) encode() []byte {
	b := make([]byte, 0, itemHeader+len(i.Body))
	b = append(b, byte(i.Kind))
	b = append(b, i.ID[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(i.N))
	var at int64
	if !i.At.IsZero() {
		at = i.At.UnixNano()
	}
	b = binary.BigEndian.AppendUint64(b, uint64(at))
	b = binary.BigEndian.AppendUint32(b, i.Epoch)
	b = binary.BigEndian.AppendUint64(b, i.Seq)
	b = append(b, i.Prev[:]...)
	b = append(b, i.Closes[:]...)
	return append(b, i.Body...)
}

var errItem = errors.New("not an item of an outbox")

func decode(b []byte) (Item, error) {
	if len(b) < itemHeader {
		return Item{}, errItem
	}
	i := Item{Kind: Kind(b[0]), N: int64(binary.BigEndian.Uint64(b[17:])), Epoch: binary.BigEndian.Uint32(b[33:]), Seq: binary.BigEndian.Uint64(b[37:])}
	copy(i.ID[:], b[1:])
	if at := int64(binary.BigEndian.Uint64(b[25:])); at != 0 {
		i.At = time.Unix(0, at)
	}
	copy(i.Prev[:], b[45:])
	copy(i.Closes[:], b[77:])
	i.Body = b[itemHeader:]
	return i, nil
}
