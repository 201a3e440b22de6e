package outbox

import (
	"encoding/hex"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"doorstep/casework"
)

// Owner is whose outbox is written.
type Owner struct {
	Store     casework.ID
	Device    casework.DeviceID
	Master    []byte // the store's master key
	Keys      []byte // the key file
	Epoch     uint32
	Recipient string // of the district; empty before enrolment
}

// Writer appends to the newest segment of a disk. It is for one goroutine.
type Writer struct {
	disk Disk
	rand io.Reader
	file File
	pen  pen
	name string
	next uint64 // index of the next record
	size int
}

// NewWriter writes to a disk; r is nil for the system's random source. Nothing is written
// before Begin, Continue or Append.
func NewWriter(d Disk, r io.Reader) *Writer { return &Writer{disk: d, rand: random(r)} }

// Writing is the segment being written: its name, bytes and records; "" when there is none.
func (w *Writer) Writing() (name string, size int, records uint64) { return w.name, w.size, w.next }

// Continue goes on behind the last record of a segment that ends well.
func (w *Writer) Continue(h Header, name string, size int, next uint64, master []byte) error {
	w.leave()
	k, err := h.Unseal(master)
	if err != nil {
		return err
	}
	p, err := newPen(k, h.Segment)
	if err != nil {
		return err
	}
	f, err := w.disk.Append(name)
	if err != nil {
		return err
	}
	w.file, w.pen, w.name, w.next, w.size = f, p, name, next, size
	return nil
}

// Begin writes a new segment with these items in it. It stands beside the others, whole,
// or not at all.
func (w *Writer) Begin(o Owner, items iter.Seq2[Item, error]) error {
	h := Header{Store: o.Store, Device: o.Device, Epoch: o.Epoch, Keys: o.Keys}
	if _, err := io.ReadFull(w.rand, h.Segment[:]); err != nil {
		return casework.Problem("outbox.Begin", "random.unavailable").Because(err)
	}
	k, err := h.seal(w.rand, o.Master, o.Recipient)
	if err != nil {
		return err
	}
	p, err := newPen(k, h.Segment)
	if err != nil {
		return err
	}
	name, err := w.newName(h)
	if err != nil {
		return err
	}
	part := strings.TrimSuffix(name, ending) + unfinished
	size, next, err := w.whole(part, h, p, items)
	if err == nil {
		err = w.disk.Rename(part, name)
	}
	if err != nil {
		_ = w.disk.Remove(part)
		return err
	}
	w.leave()
	f, err := w.disk.Append(name)
	if err != nil {
		return err
	}
	w.file, w.pen, w.name, w.next, w.size = f, p, name, next, size
	return nil
}

// whole writes and flushes a file that nobody reads under this name. Its items go out in
// pieces, so that a large outbox needs little memory.
func (w *Writer) whole(part string, h Header, p pen, items iter.Seq2[Item, error]) (size int, next uint64, err error) {
	f, err := w.disk.Create(part)
	if err != nil {
		return 0, 0, err
	}
	b := h.encode()
	put := func() {
		if err == nil {
			_, err = f.Write(b)
		}
		size, b = size+len(b), b[:0]
	}
	for i, failed := range items {
		if err = failed; err != nil {
			break
		}
		if b, err = p.write(b, w.rand, next, i); err == nil && len(b) > 1<<20 {
			put()
		}
		if err != nil {
			break
		}
		next++
	}
	put()
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	return size, next, err
}

// newName is younger than every name there is.
func (w *Writer) newName(h Header) (string, error) {
	names, err := Names(w.disk)
	if err != nil {
		return "", err
	}
	n := 0
	for _, name := range names {
		number, _, _ := strings.Cut(name, "-")
		if v, err := strconv.Atoi(number); err == nil {
			n = max(n, v)
		}
	}
	return fmt.Sprintf("%08d-%s%s", n+1, hex.EncodeToString(h.Segment[:4]), ending), nil
}

// Append writes and flushes items. After a failure the segment is left as it is and the
// next one has to be begun: what of the items is in it will be in it twice.
func (w *Writer) Append(items []Item) error {
	if w.file == nil {
		return fmt.Errorf("outbox: no segment begun")
	}
	var b []byte
	var err error
	next := w.next
	for _, i := range items {
		if b, err = w.pen.write(b, w.rand, next, i); err != nil {
			return err
		}
		next++
	}
	if _, err = w.file.Write(b); err == nil {
		err = w.file.Sync()
	}
	if err != nil {
		w.leave()
		return err
	}
	w.next, w.size = next, w.size+len(b)
	return nil
}

func (w *Writer) leave() {
	if w.file != nil {
		_ = w.file.Close()
	}
	w.file, w.name, w.next, w.size = nil, "", 0, 0
}

// Close ends writing. Everything appended was flushed before.
func (w *Writer) Close() { w.leave() }
