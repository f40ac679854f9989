// Package index finds works by their tags and figures, in memory alone: filters
// with exact totals, pages in any order, and exact facets. Works keep the tags
// their writers chose; what a tag is a synonym of, and what stands above it, is
// one row of the tag, so a merge takes effect at once on any number of works.
// It knows no database: who follows the log tells it what changed.
package index

import (
	"iter"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// Index holds the works of an archive. One at a time changes it; whoever asks
// sees all of a change or nothing of it.
type Index struct {
	mu sync.RWMutex
	c  *contents
}

// contents are everything an index knows.
type contents struct {
	tags     tags
	works    works
	bearing  postings                   // by tag: the works that bear it
	accounts numbering                  // of creators
	signing  postings                   // by account: the works it signs
	worded   worded                     // by word that members mute: the works it stands in
	pseuds   pseuds                     // that sign works
	orders   [orders]order              // of works: by each figure, by title and by byline
	totals   [classes][]uint32          // by canonical: the works counted as it, for each class of viewers
	sizes    [kinds]order               // of the canonicals of each kind: the largest first
	united   map[uint32]*roaring.Bitmap // of works by canonical: see unite
	asking   asking
	// isOrdered: orders, totals and sizes are kept; while much is loaded they are not.
	isOrdered bool

	counters spare[*counter]
	sets     spare[*set]
	slotted  spare[*[]slotTally]
}

// New makes an index of nothing.
func New() *Index {
	c := empty(asking{sample: sampleWorks})
	c.isOrdered = true
	return &Index{c: c}
}

func empty(a asking) *contents {
	c := &contents{asking: a, worded: worded{}, pseuds: newPseuds(), counters: make(spare[*counter], countersKept), sets: make(spare[*set], setsKept),
		slotted: make(spare[*[]slotTally], countersKept)}
	c.prepare()
	return c
}

// Load puts what is given in the place of everything the index held. Until it
// is done, the index answers from what it held before. Each work, tag and pen name
// is given once.
func (x *Index) Load(tags iter.Seq[Tag], pseuds iter.Seq[Pseud], works iter.Seq[Work]) {
	c := taken(x.c.asking, tags, pseuds, works).neighbours()
	x.mu.Lock()
	defer x.mu.Unlock()
	x.c = c
}

// Change makes changes that are seen together. While it runs nobody is
// answered, so what must be read first is read before.
func (x *Index) Change(do func(*Changes)) {
	x.mu.Lock()
	defer x.mu.Unlock()
	do(&Changes{c: x.c})
}

// Changes are made to an index together.
type Changes struct{ c *contents }

// PutWork adds a work, or replaces what was known of it.
func (ch *Changes) PutWork(w Work) { ch.c.putWork(w) }

// RemoveWork forgets a work.
func (ch *Changes) RemoveWork(id int64) { ch.c.removeWork(id) }

// SetFigure changes one figure of a work; of a work it does not know, nothing.
func (ch *Changes) SetFigure(id int64, f Figure, value int64) {
	if n, known := ch.c.works.find(id); known {
		o := &ch.c.orders[f]
		if !ch.c.works.holds(n) || ch.c.works.figure(n, f) == value {
			return
		}
		o.leave(n)
		ch.c.works.setFigure(n, f, value)
		o.enter(n)
	}
}

// PutPseud adds a pen name, or has another name stand where it signs.
func (ch *Changes) PutPseud(p Pseud) { ch.c.putPseud(p) }

// RemovePseud forgets a pen name that signs nothing any more.
func (ch *Changes) RemovePseud(id int64) { ch.c.removePseud(id) }

// PutTag adds a tag, or replaces what was known of it.
func (ch *Changes) PutTag(t Tag) { ch.c.putTag(t) }

// KnowsTag reports whether a tag was put, and not only named by a work.
func (x *Index) KnowsTag(id int64) bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	n, named := x.c.tags.find(id)
	return named && x.c.tags.kinds[n] != noKind
}

// Works is how many works the index knows, listed or not.
func (x *Index) Works() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.c.works.known
}
