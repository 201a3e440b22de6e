package form

import "math/bits"

// ruleSet is a set of rules by their number; its size is fixed when made.
type ruleSet []uint64

func newRuleSet(n int) ruleSet { return make(ruleSet, (n+63)/64) }

func (s ruleSet) set(i int) { s[i>>6] |= 1 << (i & 63) }

func (s ruleSet) clear(i int) { s[i>>6] &^= 1 << (i & 63) }

func (s ruleSet) add(o ruleSet) {
	for i, w := range o {
		s[i] |= w
	}
}

// next is the smallest member that is at least i, or -1.
func (s ruleSet) next(i int) int {
	for w := i >> 6; w < len(s); w++ {
		word := s[w]
		if w == i>>6 {
			word &= ^uint64(0) << (i & 63)
		}
		if word != 0 {
			return w<<6 + bits.TrailingZeros64(word)
		}
	}
	return -1
}
