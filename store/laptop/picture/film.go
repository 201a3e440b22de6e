package picture

import (
	"bytes"
	"encoding/binary"
)

// stripBoxes fills the boxes with labels, places and notes of applications with zeros and
// makes them free space, so that no other byte of the film moves.
func stripBoxes(b []byte) ([]byte, bool) {
	out := bytes.Clone(b)
	return out, emptyBoxes(out, 0)
}

// deepest is how deep boxes stand in each other at most: moov, trak, mdia, minf.
const deepest = 6

func emptyBoxes(b []byte, depth int) bool {
	if depth > deepest {
		return false
	}
	for len(b) > 0 {
		if len(b) < 8 {
			return depth > 0 && len(bytes.Trim(b, "\x00")) == 0 // QuickTime ends lists with zeros
		}
		n, head := uint64(binary.BigEndian.Uint32(b)), uint64(8)
		switch n {
		case 0:
			n = uint64(len(b))
		case 1:
			if len(b) < 16 {
				return false
			}
			n, head = binary.BigEndian.Uint64(b[8:]), 16
		}
		if n < head || n > uint64(len(b)) {
			return false
		}
		switch string(b[4:8]) {
		case "udta", "meta", "uuid", "free", "skip", "wide":
			copy(b[4:8], "free")
			clear(b[head:n])
		case "moov", "trak", "mdia", "moof", "traf":
			if !emptyBoxes(b[head:n], depth+1) {
				return false
			}
		}
		b = b[n:]
	}
	return true
}
