package sample

import "encoding/binary"

// dice is all the randomness of a district: splitmix64, the same from the same seed on
// every machine. It is no secret source: ids drawn from it are predictable.
type dice struct{ state uint64 }

func (d *dice) next() uint64 {
	d.state += 0x9E3779B97F4A7C15
	z := d.state
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// Read fills b, so that ids can be drawn from the dice.
func (d *dice) Read(b []byte) (int, error) {
	for n := 0; n < len(b); n += 8 {
		var word [8]byte
		binary.LittleEndian.PutUint64(word[:], d.next())
		copy(b[n:], word[:])
	}
	return len(b), nil
}

// upTo is a number from 0 to n-1; n > 0.
func (d *dice) upTo(n int) int { return int(d.next() % uint64(n)) }

// between is a number from lo to hi, both included.
func (d *dice) between(lo, hi int) int { return lo + d.upTo(hi-lo+1) }

// chance is true so many times in a hundred.
func (d *dice) chance(percent int) bool { return d.upTo(100) < percent }

func pick[T any](d *dice, of []T) T { return of[d.upTo(len(of))] }
