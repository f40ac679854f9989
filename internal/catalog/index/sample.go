package index

import (
	"cmp"
	"iter"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
	"sort"

	"ficus/internal/archive"
)

const (
	// sampleLeast is how many found works are all counted, under their slots; of
	// more, some. restLeast is how many that were not found are, under each of
	// their tags.
	sampleLeast = 1 << 17
	restLeast   = 1 << 14
	// sampleWorks is how many works a sample has, about, and sampleMore how many
	// times more where that tells too little.
	sampleWorks = 3 << 14
	sampleMore  = 4
	// sampleSure says how sure it is that no value is passed over that has enough
	// works: but for once in e^42 times, some 10^18.
	sampleSure = 42
	// worksForTag is how many works are counted rather than one tag asked.
	worksForTag = 8
)

// sample is what was counted of some found works, taken by chance.
type sample struct {
	counts []slotTally
	rate   float64 // how often each was taken, about
}

// sampled gives the values of each kind where much is found. Works taken by
// chance tell which tags can be among those with most works, and these alone
// are asked, so every number is exact. That a tag which belongs there is so
// rare in the sample that it is not asked happens less often than a processor
// adds wrongly. Where a sample leaves too many tags of a kind to be asked, more
// is taken, and in the end all.
func (c *contents) sampled(found set, total, class int, f Facets) map[archive.TagKind][]Counted {
	best, open := ranking{most: f.Values}, everyKind()
	c.withWalk(found, total, class, func(w *walk) { c.bySamples(w, total, &best, &open) })
	if slices.Contains(open[:], true) {
		c.bySlots(found, total, &best, open)
	}
	return best.byKind()
}

// bySamples puts the values of the kinds that are open among the best, and
// closes those of which a sample tells enough.
func (c *contents) bySamples(w *walk, total int, best *ranking, open *[kinds]bool) {
	s := sample{counts: c.slots()}
	defer c.slotted.put(&s.counts)
	for works := c.asking.sample; 2*works < total && slices.Contains(open[:], true); works *= sampleMore {
		c.take(&s, w.found, total, float64(works)/float64(total))
		most := sampleMore * works / worksForTag
		if c.asking.way == sampling {
			most = math.MaxInt
		}
		eachKind(func(kind int) { open[kind] = open[kind] && !w.bySample(best, kind, s, most) })
	}
}

// take takes some more works into a sample, each at a rate, whether it was taken
// before or not.
func (c *contents) take(s *sample, found set, total int, rate float64) {
	taken := c.tallySlots(func(from, to int) iter.Seq[uint32] { return found.some(from, to, rate) }, found.halfway(total), len(found))
	for slot := range taken {
		s.counts[slot].works += taken[slot].works
	}
	s.rate += rate
	c.slotted.put(&taken)
}

// owners are the slots of the canonicals of a kind that have one of their own.
func (t *tags) owners(kind int) (slots []uint32) {
	for slot, tag := range t.slots.owners {
		if tag != none && int(t.kinds[tag]) == kind && t.isSized(tag) {
			slots = append(slots, uint32(slot)) //nolint:gosec // one of a few thousand
		}
	}
	return slots
}

// sampledTag is a canonical and how many works of the sample bear it, at most.
type sampledTag struct{ tag, works uint32 }

// bySample asks the canonicals of a kind that may have enough works, those first
// that the sample has most of; false where that were more than some.
func (w *walk) bySample(best *ranking, kind int, s sample, most int) bool {
	owners := w.tags.owners(kind)
	first := min(best.most, len(owners))
	s.first(owners, first)
	some := make([]uint32, first)
	for i, slot := range owners[:first] {
		some[i] = w.tags.slots.owners[slot]
	}
	w.askAll(best, kind, some)
	tags, areFew := w.likely(best, kind, s, owners[first:], most)
	if !areFew {
		best.values[kind] = nil
		return false
	}
	slices.SortFunc(tags, func(a, b sampledTag) int { return cmp.Compare(b.works, a.works) })
	for some = some[:0]; len(tags) > 0; tags, some = tags[len(some):], some[:0] {
		needed := s.needed(best.least(kind))
		for _, one := range tags[:min(askedTogether, len(tags))] {
			if one.works >= needed {
				some = append(some, one.tag)
			}
		}
		if len(some) == 0 {
			break
		}
		w.askAll(best, kind, some)
	}
	return true
}

// likely are the canonicals of a kind that may have as many works as the least
// that is shown: some that have a slot of their own, and all that share one;
// false where they are more than some.
func (w *walk) likely(best *ranking, kind int, s sample, owners []uint32, most int) (tags []sampledTag, areFew bool) {
	least := uint32(max(best.least(kind), 1)) //nolint:gosec // works are counted
	needed := s.needed(int(least))
	for _, slot := range owners {
		if works := s.counts[slot].works; works >= needed {
			tags = append(tags, sampledTag{w.tags.slots.owners[slot], works})
		}
	}
	for tag := range w.sizes[kind].walk(false, anything) {
		if w.totals[forStaff][tag] < least {
			break
		}
		works := s.counts[sharedSlot(uint8(kind), tag)].works //nolint:gosec // one of seven
		if works < needed || w.totals[w.class][tag] < least {
			continue
		}
		if _, isOwner := w.tags.slots.owned[tag]; isOwner {
			continue
		}
		if tags = append(tags, sampledTag{tag, works}); len(tags) > most {
			return nil, false
		}
	}
	return tags, true
}

// first puts the slots that the sample has most of before all others, in order.
func (s sample) first(slots []uint32, most int) {
	place := func(slot uint32) int { return -int(s.counts[slot].works) }
	if most < len(slots)/16 {
		best := make([]uint32, 0, most+1)
		for i, slot := range slots {
			if len(best) == most && (most == 0 || place(slot) >= place(slots[best[most-1]])) {
				continue
			}
			at := sort.Search(len(best), func(j int) bool { return place(slots[best[j]]) > place(slot) })
			best = slices.Insert(best[:min(len(best), most-1)], at, uint32(i)) //nolint:gosec // one of a few thousand
		}
		slices.Sort(best)
		for i, at := range best { // what stands there moves to where it came from
			slots[i], slots[at] = slots[at], slots[i]
		}
		slots = slots[:most]
	}
	slices.SortFunc(slots, func(a, b uint32) int { return cmp.Compare(place(a), place(b)) })
}

// needed is how many works of the sample a tag has that so many found works
// bear: with fewer it is all but certain to have fewer. The bound is Chernoff's,
// of how often of many rare things few happen.
func (s sample) needed(works int) uint32 {
	expected := float64(works) * s.rate
	isCertain := func(few int) bool {
		n := float64(few)
		return n > 0 && expected-n-n*math.Log(expected/n) < sampleSure || n == 0 && expected < sampleSure
	}
	return uint32(sort.Search(int(expected), isCertain)) //nolint:gosec // fewer than works
}

// some are works of a stretch of a set, each taken by chance at a rate below 1.
func (s set) some(from, to int, rate float64) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		chance := rand.New(rand.NewPCG(rand.Uint64(), rand.Uint64())) //nolint:gosec // no secret
		apart := -1 / math.Log1p(-rate)
		passed := int(chance.ExpFloat64() * apart)
		for i, word := range s[from:to] {
			held := bits.OnesCount64(word)
			for ; passed < held; passed += 1 + int(chance.ExpFloat64()*apart) {
				if !yield(uint32((from+i)<<6 | nth(word, passed))) { //nolint:gosec // a work's number
					return
				}
			}
			passed -= held
		}
	}
}

// nth is where in a word the bit stands before which so many are set.
func nth(word uint64, before int) int {
	for range before {
		word &= word - 1
	}
	return bits.TrailingZeros64(word)
}

// stretch are the works of a stretch of a set.
func (s set) stretch(from, to int) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for i, word := range s[from:to] {
			for ; word != 0; word &= word - 1 {
				if !yield(uint32((from+i)<<6 | bits.TrailingZeros64(word))) { //nolint:gosec // a work's number
					return
				}
			}
		}
	}
}
