package outbox

// Segment is one segment read whole.
type Segment struct {
	Header
	Name    string
	Items   []Item
	Size    int    // bytes up to the end of the last good record
	Next    uint64 // index of the record that would come next
	Torn    bool   // it ends in bytes that are no record, as a power failure leaves them
	Damaged int    // stretches that do not open although something good follows them
}

// ReadSegment reads a segment. What the power cut short and what is damaged is told in
// the segment and is no error; everything else is read. Errors: ErrNotOutbox, ErrNewer, those of unseal.
func ReadSegment(b []byte, unseal func(Header) (Key, error)) (Segment, error) {
	h, at, err := ReadHeader(b)
	if err != nil {
		return Segment{}, err
	}
	k, err := unseal(h)
	if err != nil {
		return Segment{Header: h}, err
	}
	p, err := newPen(k, h.Segment)
	if err != nil {
		return Segment{Header: h}, err
	}
	s := Segment{Header: h, Size: at}
	lost := false // inside a stretch that does not open
	for at < len(b) {
		index, sealed, size, whole := frame(b[at:])
		var i Item
		if whole {
			i, err = p.open(index, sealed)
		}
		if !whole || err != nil || index < s.Next {
			lost = true
			at += align
			continue
		}
		if lost || index > s.Next {
			s.Damaged++
		}
		lost = false
		at += size
		s.Items, s.Next, s.Size = append(s.Items, i), index+1, at
	}
	s.Torn = lost
	return s, nil
}
