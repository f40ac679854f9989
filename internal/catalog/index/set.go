package index

import (
	"math/bits"
	"sync"
)

// setWords is what the length of a set is a multiple of: a container of a
// roaring bitmap is copied into it whole.
const setWords = 1 << 10

// set holds works by number, a bit each.
type set []uint64

// grown is a set with room for so many works.
func (s set) grown(works int) set {
	words := (works + 64*setWords - 1) / (64 * setWords) * setWords
	if words <= len(s) {
		return s
	}
	return append(s, make(set, words-len(s))...)
}

func (s set) has(n uint32) bool { return s[n>>6]&(1<<(n&63)) != 0 }
func (s set) add(n uint32)      { s[n>>6] |= 1 << (n & 63) }
func (s set) remove(n uint32)   { s[n>>6] &^= 1 << (n & 63) }

// put adds or removes.
func (s set) put(n uint32, in bool) {
	if in {
		s.add(n)
		return
	}
	s.remove(n)
}

// and keeps what both hold.
func (s set) and(other set) {
	other = other[:len(s)] // said once, it is not asked for each word
	for i := range s {
		s[i] &= other[i]
	}
}

// keepOnly keeps what is among a few.
func (s set) keepOnly(few []uint32) {
	var kept []uint32
	for _, n := range few {
		if s.has(n) {
			kept = append(kept, n)
		}
	}
	clear(s)
	for _, n := range kept {
		s.add(n)
	}
}

// or takes in what the other holds.
func (s set) or(other set) {
	other = other[:len(s)]
	for i := range s {
		s[i] |= other[i]
	}
}

// andNot keeps what the other does not hold.
func (s set) andNot(other set) {
	other = other[:len(s)]
	for i := range s {
		s[i] &^= other[i]
	}
}

// restOf becomes what the other holds and it did not.
func (s set) restOf(other set) {
	other = other[:len(s)]
	for i := range s {
		s[i] = other[i] &^ s[i]
	}
}

func (s set) count() int {
	n := 0
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}

// reach is from which work to before which one it reaches, and how many
// containers of a bitmap hold any.
func (s set) reach() (from, to uint32, blocks int) {
	from = none
	for at := 0; at < len(s); at += setWords {
		isIn := false
		for i, word := range s[at : at+setWords] {
			if word == 0 {
				continue
			}
			n := uint32(at+i) << 6 //nolint:gosec // a work's number
			isIn, from, to = true, min(from, n), n+64
		}
		if isIn {
			blocks++
		}
	}
	return min(from, to), to, blocks
}

// halfway is the word before which half of its works stand, of so many: those of
// a fandom lie close together.
func (s set) halfway(total int) int {
	left := total / 2
	for i, word := range s {
		if left -= bits.OnesCount64(word); left < 0 {
			return i
		}
	}
	return len(s)
}

// each calls with every work, in the order of their numbers.
func (s set) each(do func(n uint32)) {
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			do(uint32(i<<6 | bits.TrailingZeros64(word))) //nolint:gosec // a work's number
		}
	}
}

// keepTogether removes, on both processors, every work of the asked that does not
// pass.
func (s set) keepTogether(asked set, passes func(n uint32) bool) {
	half := s.halfway(s.count())
	var keeping sync.WaitGroup
	keeping.Go(func() { s.keepFrom(half, len(s), asked, passes) })
	s.keepFrom(0, half, asked, passes)
	keeping.Wait()
}

// keep removes every work that does not pass.
func (s set) keep(passes func(n uint32) bool) { s.keepFrom(0, len(s), s, passes) }

// keepFrom does so in a stretch of the works, with those that are asked.
func (s set) keepFrom(from, to int, asked set, passes func(n uint32) bool) {
	for i := from; i < to; i++ {
		word := s[i]
		for left := word & asked[i]; left != 0; left &= left - 1 {
			if at := bits.TrailingZeros64(left); !passes(uint32(i<<6 | at)) { //nolint:gosec // a work's number
				word &^= 1 << at
			}
		}
		s[i] = word
	}
}
