package names

import (
	"bytes"
	"slices"
)

// Query is what was typed, and of which tags it is to be found.
type Query struct {
	Typed []string // words, folded; each begins a word of the name
	Under []int64  // sorted tags filed under one of these alone; empty: all
	Near  bool     // words that are mistyped are found too, see near
	Most  int      // how many words are looked at; beyond it nothing is found
}

// Found is a tag that was found.
type Found struct {
	ID       int64
	IsSorted bool
}

// word is a word that was typed, with what it may have been meant for.
type word struct {
	typed string
	bytes []byte // of typed
	meant []string
}

// Find gives tags in whose names words begin with all that was typed, once
// each, in no order. It is whole unless more words than q.Most would have to
// be looked at.
func (n *Names) Find(q Query) (found []Found, isWhole bool) {
	if len(q.Typed) == 0 {
		return nil, true
	}
	n.mu.RLock()
	defer n.mu.RUnlock()
	for _, t := range []*table{n.main, n.fresh} {
		some, isWhole := t.search(q)
		if !isWhole {
			return nil, false
		}
		found = append(found, some...)
	}
	return found, true
}

// IsMeant reports whether a tag's name has words that begin with all that was
// typed.
func (n *Names) IsMeant(id int64, typed []string) bool {
	n.mu.RLock()
	defer n.mu.RUnlock()
	for _, t := range []*table{n.fresh, n.main} {
		if record, known := t.find(id); known {
			return t.has(record, words(typed))
		}
	}
	return false
}

func words(typed []string) []word {
	all := make([]word, len(typed))
	for i, w := range typed {
		all[i].typed, all[i].bytes = w, []byte(w)
	}
	return all
}

// search looks at the words of one table that begin with the rarest of what
// was typed, or at what is filed where it is to be.
func (t *table) search(q Query) ([]Found, bool) {
	sought := words(q.Typed)
	if q.Near {
		for i := range sought {
			sought[i].meant = t.near(sought[i].typed)
		}
	}
	var found []Found
	take := func(record uint32, sought []word) {
		if !t.is(record, isGone) && t.has(record, sought) {
			found = append(found, Found{t.id(record), t.is(record, isSorted)})
		}
	}
	if len(q.Under) > 0 {
		looked := 0
		for _, parent := range q.Under {
			records := t.under[parent]
			records = records[:min(len(records), q.Most-looked)]
			looked += len(records)
			for _, record := range records {
				take(record, sought)
			}
		}
		return once(found), true
	}
	stretches, rarest, size := t.rarest(sought)
	if size > q.Most {
		return nil, false
	}
	others := slices.Delete(sought, rarest, rarest+1)
	for _, stretch := range stretches {
		for _, at := range stretch {
			take(t.record(at), others)
		}
	}
	return once(found), true
}

// rarest gives where the words of a table stand that begin with the rarest of
// what was typed, and which that is.
func (t *table) rarest(sought []word) (stretches [][]uint32, rarest, size int) {
	for i, w := range sought {
		of := [][]uint32{t.beginning(w.typed)}
		all := len(of[0])
		for _, meant := range w.meant {
			stretch := t.beginning(meant)
			of, all = append(of, stretch), all+len(stretch)
		}
		if i == 0 || all < size {
			stretches, rarest, size = of, i, all
		}
	}
	return stretches, rarest, size
}

// once leaves a tag in whose name two words begin so only once.
func once(found []Found) []Found {
	slices.SortFunc(found, func(a, b Found) int { return int(min(max(a.ID-b.ID, -1), 1)) })
	return slices.CompactFunc(found, func(a, b Found) bool { return a.ID == b.ID })
}

// has reports whether words of a name begin with all that is sought.
func (t *table) has(record uint32, sought []word) bool {
	name := t.text(record)
	for i := range sought {
		if !sought[i].begins(name) {
			return false
		}
	}
	return true
}

// begins reports whether a word of a name begins with what was typed, or is
// one that may have been meant.
func (w *word) begins(name []byte) bool {
	for from := 0; ; {
		at := bytes.Index(name[from:], w.bytes)
		if at < 0 {
			break
		}
		if isBeginning(name, from+at) {
			return true
		}
		from += at + 1
	}
	if len(w.meant) == 0 {
		return false
	}
	for at := range starts(string(name)) {
		if slices.Contains(w.meant, string(wordAt(name[at:]))) {
			return true
		}
	}
	return false
}
