// Package names finds tags by the beginnings of the words of their names, in
// memory: for who types a tag. It knows no database: who follows the log tells
// it what changed. What is offered of what it finds, and in which order, is
// decided by who asks.
package names

import (
	"cmp"
	"slices"
	"sync"
)

// Name is a tag as it is sought.
type Name struct {
	ID       int64
	Sought   string  // its name, folded as what is typed is
	IsSorted bool    // it is canonical, or a synonym of one that is
	Parents  []int64 // what it is filed under
}

// freshLeast is how many names may stand beside the large table before it is
// made anew; an eighth of it where that is more.
const freshLeast = 1 << 12

// Names holds the names of an archive's tags. One at a time changes it.
type Names struct {
	mu    sync.RWMutex
	main  *table
	fresh *table // what was put since main was made
}

// New holds no names.
func New() *Names { return &Names{main: unfinished(), fresh: added()} }

func unfinished() *table { return &table{under: map[int64][]uint32{}} }

func added() *table { return &table{under: map[int64][]uint32{}, byID: map[int64]uint32{}} }

// Loading gathers names that are to take the place of all there are.
type Loading struct {
	of *Names
	t  *table
}

// Load begins to gather names; until End, those there were are found.
func (n *Names) Load() *Loading { return &Loading{n, unfinished()} }

// Add adds a name; they come in the order of their ids.
func (l *Loading) Add(name Name) { l.t.append(name) }

// End puts what was gathered in the place of what there was.
func (l *Loading) End() {
	l.t.finish()
	l.of.mu.Lock()
	defer l.of.mu.Unlock()
	l.of.main, l.of.fresh = l.t, added()
}

// Put adds a name, or replaces what was known of a tag.
func (n *Names) Put(name Name) {
	if n.knows(name) {
		return
	}
	n.mu.Lock()
	n.drop(name.ID)
	n.fresh.add(name)
	isMuch := len(n.fresh.records) > max(freshLeast, len(n.main.records)/8)
	n.mu.Unlock()
	if isMuch {
		n.join()
	}
}

// Remove forgets the name of a tag.
func (n *Names) Remove(id int64) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.drop(id)
}

// knows reports whether a name is known as it is.
func (n *Names) knows(name Name) bool {
	known, has := n.Get(name.ID)
	return has && known.Sought == name.Sought && known.IsSorted == name.IsSorted && slices.Equal(known.Parents, name.Parents)
}

// drop marks what is known of a tag as gone.
func (n *Names) drop(id int64) {
	if record, known := n.main.find(id); known {
		n.main.slab[record-statusBack] |= isGone
	}
	if record, known := n.fresh.find(id); known {
		n.fresh.slab[record-statusBack] |= isGone
		delete(n.fresh.byID, id)
	}
}

// join makes one table of the two. Others may ask meanwhile; nobody else
// changes anything.
func (n *Names) join() {
	fresh := slices.SortedFunc(n.fresh.all, func(a, b Name) int { return cmp.Compare(a.ID, b.ID) })
	both := n.Load()
	for name := range n.main.all {
		for len(fresh) > 0 && fresh[0].ID < name.ID {
			both.Add(fresh[0])
			fresh = fresh[1:]
		}
		both.Add(name)
	}
	for _, name := range fresh {
		both.Add(name)
	}
	both.End()
}

// Get gives what is known of a tag.
func (n *Names) Get(id int64) (Name, bool) {
	n.mu.RLock()
	defer n.mu.RUnlock()
	for _, t := range []*table{n.fresh, n.main} {
		if record, known := t.find(id); known {
			return t.of(record), true
		}
	}
	return Name{}, false
}
