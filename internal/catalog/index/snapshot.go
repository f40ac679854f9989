package index

import (
	"io"
	"maps"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// Save writes everything the index holds, to be restored by the same program.
// Until it is done nobody changes the index; it is asked all the while.
func (x *Index) Save(to io.Writer) error {
	x.mu.RLock()
	defer x.mu.RUnlock()
	t := &tape{to: to}
	x.c.pass(t)
	return t.end()
}

// Restore puts what was saved, in so many bytes, in the place of everything the
// index held; after an error it holds what it held before. It believes what it
// reads: that nothing was changed in it is for who calls to find out.
func (x *Index) Restore(from io.Reader, size int64) error {
	t := &tape{from: from, left: size}
	c := empty(x.c.asking)
	c.pass(t)
	if err := t.end(); err != nil {
		return err
	}
	c.ownSlots()
	c.isOrdered = true
	x.mu.Lock()
	defer x.mu.Unlock()
	x.c = c
	return nil
}

// pass has a tape write or read everything, the same in the same order: what
// writes a snapshot is what reads it. While it is written nothing is set, for
// others read it meanwhile.
func (c *contents) pass(t *tape) {
	c.tags.pass(t)
	c.works.pass(t)
	c.accounts.pass(t)
	c.pseuds.pass(t)
	c.bearing.pass(t)
	c.signing.pass(t)
	passBitmaps(t, (*map[int64]*roaring.Bitmap)(&c.worded))
	for by := range c.orders {
		c.orders[by].pass(t)
	}
	for class := range c.totals {
		pass(t, &c.totals[class])
	}
	for kind := range c.sizes {
		c.sizes[kind].pass(t)
	}
	passBitmaps(t, &c.united)
}

func (t *tags) pass(tp *tape) {
	t.numbering.pass(tp)
	pass(tp, &t.kinds)
	standing := make([]uint8, len(t.standing))
	for n, s := range t.standing {
		standing[n] = uint8(s)
	}
	pass(tp, &standing)
	if tp.isReading() {
		t.standing = make([]Standing, len(standing))
		for n, s := range standing {
			t.standing[n] = Standing(s)
		}
	}
	for _, column := range []*[]uint32{&t.of, &t.leads, &t.shows} {
		pass(tp, column)
	}
	if tp.isReading() && tp.err == nil {
		t.own, t.fandoms = t.own.grown(len(t.shows)), t.fandoms.grown(len(t.shows))
		for n, shown := range t.shows {
			t.own.put(uint32(n), shown == uint32(n))                    //nolint:gosec // a tag's number
			t.fandoms.put(uint32(n), t.kinds[t.leads[n]] == kindFandom) //nolint:gosec // as above
		}
	}
	for _, links := range []*map[uint32][]uint32{&t.synonyms, &t.above, &t.below} {
		passLinks(tp, links)
	}
}

func (w *works) pass(t *tape) {
	w.numbering.pass(t)
	t.number(&w.known)
	for f := range w.instants {
		pass(t, &w.instants[f])
	}
	for f := range w.counts {
		pass(t, &w.counts[f])
	}
	pass(t, &w.languages)
	t.texts(&w.names)
	for class := range w.spoken {
		pass(t, &w.spoken[class])
	}
	shelves := len(w.shelves)
	t.number(&shelves)
	for i := range shelves {
		if t.err != nil {
			return
		}
		if t.isReading() {
			w.shelves = append(w.shelves, newShelf())
		}
		w.shelves[i].pass(t)
	}
	for _, s := range w.sets() {
		pass(t, (*[]uint64)(s))
	}
}

func (s *shelf) pass(t *tape) {
	pass(t, &s.at)
	pass(t, &s.titleAt)
	pass(t, &s.numbers)
	pass(t, &s.titles)
	t.number(&s.waste)
	t.number(&s.wasted)
}

// pass passes the ids; which number each has follows from them.
func (n *numbering) pass(t *tape) {
	ids := n.ids
	pass(t, &ids)
	if t.isReading() {
		n.ids = make([]int64, 0, len(ids))
		for _, id := range ids {
			n.number(id)
		}
	}
}

func (p *pseuds) pass(t *tape) {
	if t.isReading() {
		p.numbering = numbering{} // nobody's is among what comes
	}
	p.numbering.pass(t)
	pass(t, &p.accounts)
	pass(t, &p.at)
	pass(t, &p.names)
}

func (p *postings) pass(t *tape) {
	p.passRooms(t)
	passBitmaps(t, &p.large)
	used := []uint32{p.used}
	if pass(t, &used); t.isReading() && len(used) == 1 {
		p.used = used[0]
	}
	p.passSlabs(t)
	for class := range p.free {
		pass(t, &p.free[class])
	}
}

func (p *postings) passRooms(t *tape) {
	at, sizes, big := make([]uint32, len(p.rooms)), make([]uint16, len(p.rooms)), make([]uint8, len(p.rooms))
	for i, r := range p.rooms {
		if at[i], sizes[i] = r.at, r.size; r.big {
			big[i] = 1
		}
	}
	pass(t, &at)
	pass(t, &sizes)
	pass(t, &big)
	if t.isReading() && t.err == nil {
		p.rooms = make([]room, len(at))
		for i := range p.rooms {
			p.rooms[i] = room{at[i], sizes[i], big[i] != 0}
		}
	}
}

// passSlabs passes the slabs, the last as far as it is used.
func (p *postings) passSlabs(t *tape) {
	slabs := len(p.slabs)
	t.number(&slabs)
	for i := range slabs {
		if t.err != nil {
			return
		}
		if t.isReading() {
			p.slabs = append(p.slabs, make([]uint32, slabSize))
		}
		part := p.slabs[i]
		if i == slabs-1 {
			part = part[:min(p.used, slabSize)]
		}
		if pass(t, &part); t.isReading() {
			copy(p.slabs[i], part)
		}
	}
}

// pass passes what is in order, and reads it in blocks of the usual size.
func (o *order) pass(t *tape) {
	left := o.len()
	t.number(&left)
	if !t.isReading() {
		for _, block := range o.blocks {
			passAll(t, block)
		}
		return
	}
	if t.holds(left, 4); t.err != nil {
		return
	}
	for ; left > 0 && t.err == nil; left -= len(lastOf(o.blocks)) {
		o.blocks = append(o.blocks, make([]uint32, min(blockUsual, left)))
		passAll(t, lastOf(o.blocks))
	}
}

// passLinks passes lists by number.
func passLinks(t *tape, links *map[uint32][]uint32) {
	keys := slices.Sorted(maps.Keys(*links))
	pass(t, &keys)
	if t.isReading() {
		*links = make(map[uint32][]uint32, len(keys))
	}
	for _, key := range keys {
		list := (*links)[key]
		if pass(t, &list); t.err != nil {
			return
		}
		if t.isReading() {
			(*links)[key] = list
		}
	}
}

// passBitmaps passes bitmaps by number.
func passBitmaps[K uint32 | int64](t *tape, bitmaps *map[K]*roaring.Bitmap) {
	keys := slices.Sorted(maps.Keys(*bitmaps))
	pass(t, &keys)
	if t.isReading() {
		*bitmaps = make(map[K]*roaring.Bitmap, len(keys))
	}
	for _, key := range keys {
		bitmap := (*bitmaps)[key]
		if t.isReading() {
			bitmap = roaring.New()
			(*bitmaps)[key] = bitmap
		}
		if t.bitmap(bitmap); t.err != nil {
			return
		}
	}
}
