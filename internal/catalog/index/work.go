package index

import "slices"

// Work is a work as the index needs it.
type Work struct {
	ID        int64
	State     State
	Complete  bool
	Anonymous bool
	Language  string
	Title     string  // what it sorts by
	Tags      []int64 // as its writer chose them, each once
	Main      []int64 // those of them that the writer marked as main
	Pseuds    []int64 // pen names that sign it, as they stand in its byline, each once
	Updated   int64   // microseconds
	Posted    int64   // microseconds
	Words     int64
	Chapters  int64 // posted
	Hits      int64
	Kudos     int64
	Comments  int64
	Bookmarks int64
	Muted     []int64 // words that members mute, in its title or summary
}

// State is who may find a work in lists.
type State uint8

// The states; Restricted and ForStaff may come together.
const (
	Unlisted   State = 1 << iota // nobody: a draft, unrevealed, deleted
	Restricted                   // members
	ForStaff                     // staff: it is hidden, or waits for them
)

// Figure is a number of a work that can be asked for in ranges and sorted by.
type Figure uint8

// The figures. Instants are microseconds.
const (
	Updated Figure = iota
	Posted
	Words
	Chapters
	Hits
	Kudos
	Comments
	Bookmarks
	figures = 8
)

// works is the table of works: a column each of what is asked of all of them,
// and shelves of what is read of those that are found.
type works struct {
	numbering
	known     int
	instants  [2][]int64
	counts    [figures - 2][]uint32
	languages []uint16
	names     []string          // of languages, by number
	spoken    [classes][]uint32 // works of each language, by its number, for each class of viewers
	shelves   []*shelf

	findable  [classes]set // by each class of viewers
	anonymous set
	complete  set
	marked    set // has main tags
	several   set // of several fandoms, or none, or it has to be looked
}

// figure gives a figure of a work.
func (w *works) figure(n uint32, f Figure) int64 {
	if f <= Posted {
		return w.instants[f][n]
	}
	return int64(w.counts[f-2][n])
}

// setFigure changes a figure of a work; counts stay within 0 and four thousand
// millions.
func (w *works) setFigure(n uint32, f Figure, value int64) {
	if f <= Posted {
		w.instants[f][n] = value
		return
	}
	w.counts[f-2][n] = uint32(min(max(value, 0), int64(none))) //nolint:gosec // just held within
}

// sets are all sets of works.
func (w *works) sets() []*set {
	return []*set{&w.findable[forGuests], &w.findable[forMembers], &w.findable[forStaff], &w.anonymous, &w.complete, &w.marked, &w.several}
}

// grow makes place for one more work.
func (w *works) grow() {
	for f := range w.instants {
		w.instants[f] = longer(w.instants[f], 0)
	}
	for f := range w.counts {
		w.counts[f] = longer(w.counts[f], 0)
	}
	w.languages = longer(w.languages, 0)
	count := len(w.ids)
	if (count-1)>>shelfBits == len(w.shelves) {
		w.shelves = append(w.shelves, newShelf())
	}
	for _, s := range w.sets() {
		*s = s.grown(count)
	}
}

// expect makes place for so many works at once.
func (w *works) expect(count int) {
	w.ids = slices.Grow(w.ids, count)
	for f := range w.instants {
		w.instants[f] = slices.Grow(w.instants[f], count)
	}
	for f := range w.counts {
		w.counts[f] = slices.Grow(w.counts[f], count)
	}
	w.languages = slices.Grow(w.languages, count)
	for _, s := range w.sets() {
		*s = s.grown(count)
	}
}

// tags adds those of a work to some.
func (w *works) tags(n uint32, some []uint32) []uint32 {
	return w.shelves[n>>shelfBits].tags(n&shelfMask, some)
}

// creators adds the pen names that sign a work to some.
func (w *works) creators(n uint32, some []uint32) []uint32 {
	return w.shelves[n>>shelfBits].creators(n&shelfMask, some)
}

// mains adds the main tags of a work to some.
func (w *works) mains(n uint32, some []uint32) []uint32 {
	return w.shelves[n>>shelfBits].mains(n&shelfMask, some)
}

// title is what a work sorts by, to be read only.
func (w *works) title(n uint32) []byte { return w.shelves[n>>shelfBits].title(n & shelfMask) }

// holds reports whether a work is known, and not only its number.
func (w *works) holds(n uint32) bool { return w.shelves[n>>shelfBits].holds(n & shelfMask) }

// language gives the number of a language.
func (w *works) language(name string, make bool) (uint16, bool) {
	for i, known := range w.names {
		if known == name {
			return uint16(i), true //nolint:gosec // there are some thousand languages
		}
	}
	if !make || len(w.names) == 1<<16 {
		return 0, false
	}
	w.names = append(w.names, name)
	for class := range w.spoken {
		w.spoken[class] = append(w.spoken[class], 0)
	}
	return uint16(len(w.names) - 1), true //nolint:gosec // as above
}

// putWork adds a work, or replaces what was known of it.
func (c *contents) putWork(w Work) {
	c.removeWork(w.ID)
	n := c.shelve(w)
	if c.isOrdered {
		c.weigh(n, 1)
		for by := range c.orders {
			c.orders[by].enter(n)
		}
	}
	c.post(n, (*postings).add)
	for _, word := range w.Muted {
		c.worded.put(word, n)
	}
}

// post has a work found by its tags and by who signs it.
func (c *contents) post(n uint32, note func(p *postings, of, work uint32)) {
	var room [tagsUsual]uint32
	for _, tag := range c.works.tags(n, room[:0]) {
		note(&c.bearing, tag, n)
	}
	c.signers(n, func(account uint32) { note(&c.signing, account, n) })
}

// shelve stores a work that is not here, where it is not found yet.
func (c *contents) shelve(w Work) uint32 {
	t := &c.works
	n, isNew := t.number(w.ID)
	if isNew {
		t.grow()
	}
	t.known++
	for f, value := range [figures]int64{w.Updated, w.Posted, w.Words, w.Chapters, w.Hits, w.Kudos, w.Comments, w.Bookmarks} {
		t.setFigure(n, Figure(f), value) //nolint:gosec // one of eight
	}
	t.languages[n], _ = t.language(w.Language, true)
	t.open(n, w.State)
	t.anonymous.put(n, w.Anonymous)
	t.complete.put(n, w.Complete)
	t.marked.put(n, len(w.Main) > 0)
	r := record{title: w.Title}
	for _, id := range w.Tags {
		r.tags = append(r.tags, c.tag(id))
	}
	for _, id := range w.Main {
		r.mains = append(r.mains, c.tag(id))
	}
	for _, id := range w.Pseuds {
		pseud, _ := c.pseuds.known(id)
		r.creators = append(r.creators, pseud)
	}
	t.shelves[n>>shelfBits].put(n&shelfMask, r)
	c.sureOf(n)
	return n
}

// removeWork forgets a work but for its number.
func (c *contents) removeWork(id int64) {
	n, known := c.works.find(id)
	if !known {
		return
	}
	s := c.works.shelves[n>>shelfBits]
	if !s.holds(n & shelfMask) {
		return
	}
	if c.isOrdered {
		c.weigh(n, ^uint32(0)) // one less
		for by := range c.orders {
			c.orders[by].leave(n)
		}
	}
	for _, tag := range s.tags(n&shelfMask, nil) {
		c.bearing.remove(tag, n)
	}
	c.signers(n, func(account uint32) { c.signing.remove(account, n) })
	c.worded.remove(n)
	s.remove(n & shelfMask)
	c.works.open(n, Unlisted)
	c.works.known--
}
