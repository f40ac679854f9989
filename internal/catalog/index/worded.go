package index

import "github.com/RoaringBitmap/roaring/v2"

// worded holds, by number of a word that members mute, the works in whose title
// or summary it stands. There are few such words, and few works of most: so a
// work that changes is taken out of all of them.
type worded map[int64]*roaring.Bitmap

// SetMutedWord says in which works a word stands that members mute, of those the
// index knows; none: nobody mutes it any more.
func (ch *Changes) SetMutedWord(word int64, works []int64) { ch.c.setMutedWord(word, works) }

func (c *contents) setMutedWord(word int64, works []int64) {
	delete(c.worded, word)
	c.worded.put(word, c.known(&c.works.numbering, works)...)
}

// put notes works in which a muted word stands.
func (w worded) put(word int64, works ...uint32) {
	if len(works) == 0 {
		return
	}
	if w[word] == nil {
		w[word] = roaring.New()
	}
	w[word].AddMany(works)
}

// remove takes a work out of every word.
func (w worded) remove(n uint32) {
	for word, works := range w {
		if works.CheckedRemove(n) && works.IsEmpty() {
			delete(w, word)
		}
	}
}

// union writes the works in which any of some words stands into an empty set.
func (w worded) union(words []int64, into set) {
	for _, word := range words {
		if works := w[word]; works != nil {
			works.Iterate(func(n uint32) bool {
				into.add(n)
				return true
			})
		}
	}
}
