package index

import (
	"github.com/RoaringBitmap/roaring/v2"
)

// Sought is what a list is searched for, looked up where the index knows no
// words: the parts of it, joined as who searches joined them.
type Sought struct {
	Join  Join
	Of    []Sought
	Found Found // of a part without parts
}

// Join is how parts belong together.
type Join uint8

// The joins.
const (
	One Join = iota // without parts
	All
	Any
	Not // of one part
)

// Found is which works hold a part, by where it was found.
type Found struct {
	InTitles   []int64 // these works, by their titles
	Elsewhere  []int64 // and these
	Tags       []int64 // and those that bear one of these, or what one stands for or above
	IsAnywhere bool    // it is sought in titles and elsewhere alike
}

// among says where a part has to be found.
type among uint8

const (
	anywhere among = iota
	titles         // what is sought anywhere has to be in a title
)

// look writes the works that hold a part into an empty set.
func (c *contents) look(s *Sought, where among, into set) {
	switch s.Join {
	case One:
		c.lookUp(&s.Found, where, into)
	case Not:
		copy(into, c.works.findable[forStaff])
		c.with(nil, nil, func(of set) {
			c.look(&s.Of[0], where, of)
			into.andNot(of)
		})
	default:
		for i := range s.Of {
			if i == 0 {
				c.look(&s.Of[i], where, into)
				continue
			}
			c.with(nil, nil, func(of set) {
				c.look(&s.Of[i], where, of)
				if s.Join == All {
					into.and(of)
				} else {
					into.or(of)
				}
			})
		}
	}
}

func (c *contents) lookUp(f *Found, where among, into set) {
	if !f.IsAnywhere || where == anywhere {
		c.called(f.Tags, into)
		c.addKnown(into, f.Elsewhere)
	}
	c.addKnown(into, f.InTitles)
}

func (c *contents) addKnown(into set, works []int64) {
	for _, id := range works {
		if n, known := c.works.find(id); known {
			into.add(n)
		}
	}
}

// called writes the works that are found by the names of tags into an empty set:
// what a synonym is called, its own works alone are.
func (c *contents) called(ids []int64, into set) {
	var united []*roaring.Bitmap
	var rest []uint32
	seen := map[uint32]bool{}
	for _, n := range c.known(&c.tags.numbering, ids) {
		if c.tags.leads[n] != n {
			rest = append(rest, n)
			continue
		}
		for _, end := range c.tags.ends(n) {
			if seen[end] {
				continue
			}
			seen[end] = true
			if works := c.united[end]; works != nil {
				united = append(united, works)
			} else {
				rest = append(rest, c.tags.members(end)...)
			}
		}
	}
	c.bearing.unite(rest, united, into)
}
