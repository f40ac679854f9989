package index

import (
	"bytes"
	"slices"

	"ficus/internal/archive"
)

// Pseud is a pen name as the index needs it.
type Pseud struct {
	ID      int64
	Account int64  // whose it is
	Name    string // what it sorts by
}

// nobody is the pen name that works stand under whose creators are a secret: the
// same for all of them, so that their place tells nothing of who they are.
const nobody = 0

// pseuds are the pen names that sign works. Works keep their numbers, so a name
// is here once, however much it signs. The first is nobody's.
type pseuds struct {
	numbering
	accounts []uint32 // whose each is, by number; none: it was not put yet
	at       []uint32 // where in names its name stands
	names    []byte   // two bytes of length, and the name
}

// newPseuds are none but nobody's.
func newPseuds() pseuds {
	p := pseuds{names: make([]byte, 2)} // an empty name
	p.known(nobody)
	p.rename(nobody, archive.SortsAnonymous)
	return p
}

// known gives the number of a pen name, and what there is of a new one.
func (p *pseuds) known(id int64) (n uint32, isNew bool) {
	if n, isNew = p.number(id); isNew {
		p.accounts, p.at = longer(p.accounts, none), longer(p.at, 0)
	}
	return n, isNew
}

// name is what a pen name sorts by, to be read only.
func (p *pseuds) name(n uint32) []byte {
	at := p.at[n]
	length := uint32(p.names[at]) | uint32(p.names[at+1])<<8
	return p.names[at+2 : at+2+length]
}

// rename leaves nothing of the name before.
func (p *pseuds) rename(n uint32, name string) {
	name = name[:min(len(name), 1<<16-1)]
	before := p.name(n)
	clear(before)
	if p.at[n] == 0 || len(name) > len(before) {
		p.at[n] = uint32(len(p.names)) //nolint:gosec // millions of names are some dozen megabytes
		p.names = append(append(p.names, 0, 0), name...)
	}
	at := p.at[n]
	p.names[at], p.names[at+1] = byte(len(name)), byte(len(name)>>8) //nolint:gosec // its two bytes
	copy(p.names[at+2:], name)
}

// fit lets go what stands empty behind what is known.
func (p *pseuds) fit() { p.accounts, p.at, p.names = exact(p.accounts), exact(p.at), exact(p.names) }

// putPseud adds a pen name, or has another name stand where it signs.
func (c *contents) putPseud(p Pseud) {
	n, isNew := c.pseuds.known(p.ID)
	account, _ := c.accounts.number(p.Account)
	c.signing.grow(len(c.accounts.ids))
	if isNew {
		c.pseuds.accounts[n] = account
		c.pseuds.rename(n, p.Name)
		return // no work can be signed by it yet
	}
	c.resign(n, account, p.Name)
}

// removePseud keeps nothing of a pen name but its number.
func (c *contents) removePseud(id int64) {
	if n, known := c.pseuds.find(id); known {
		c.resign(n, none, "")
	}
}

// resign has a pen name be of an account, and called so.
func (c *contents) resign(n, account uint32, name string) {
	isMoved, isRenamed := c.pseuds.accounts[n] != account, string(c.pseuds.name(n)) != name
	if !isMoved && !isRenamed {
		return
	}
	works, o := c.signedAs(n), &c.orders[byAuthor]
	for _, work := range works {
		if c.isOrdered {
			o.leave(work)
		}
		if isMoved {
			c.signers(work, func(account uint32) { c.signing.remove(account, work) })
		}
	}
	c.pseuds.accounts[n] = account
	c.pseuds.rename(n, name)
	if isMoved {
		for _, work := range works {
			c.signers(work, func(account uint32) { c.signing.add(account, work) })
		}
	}
	if c.isOrdered {
		o.enterAll(works)
	}
}

// signedAs lists the works that a pen name signs.
func (c *contents) signedAs(n uint32) (works []uint32) {
	var creators []uint32
	note := func(work uint32) {
		if creators = c.works.creators(work, creators[:0]); slices.Contains(creators, n) {
			works = append(works, work)
		}
	}
	account := c.pseuds.accounts[n]
	if account == none { // a work named it before it was put, or after it was removed
		c.eachWork(note)
		return works
	}
	c.with(c.signing.union, []uint32{account}, func(signed set) { signed.each(note) })
	return works
}

// signers calls with the accounts that sign a work, each once.
func (c *contents) signers(n uint32, do func(account uint32)) {
	var room [tagsUsual]uint32
	creators := c.works.creators(n, room[:0])
	for i, pseud := range creators {
		account := c.pseuds.accounts[pseud]
		met := slices.ContainsFunc(creators[:i], func(before uint32) bool { return c.pseuds.accounts[before] == account })
		if account != none && !met {
			do(account)
		}
	}
}

// byline adds the pen names a work sorts by to some.
func (w *works) byline(n uint32, some []uint32) []uint32 {
	if w.anonymous.has(n) {
		return append(some, nobody)
	}
	return w.creators(n, some)
}

// compareBylines compares the first names, then the second, and so on.
func (c *contents) compareBylines(a, b uint32) int {
	var one, other [tagsUsual]uint32
	return slices.CompareFunc(c.works.byline(a, one[:0]), c.works.byline(b, other[:0]), func(x, y uint32) int {
		if x == y {
			return 0
		}
		return bytes.Compare(c.pseuds.name(x), c.pseuds.name(y))
	})
}

// beginByline writes how a byline begins; what stands between names comes before
// everything that stands in one.
func (c *contents) beginByline(n uint32, into []byte) {
	var room [tagsUsual]uint32
	for _, pseud := range c.works.byline(n, room[:0]) {
		into = into[copy(into, c.pseuds.name(pseud)):]
		if len(into) == 0 {
			return
		}
		into[0] = archive.BetweenCreators[0]
		into = into[1:]
	}
}

// Pseuds lists the pen names of an account that sign works, as far as the index
// knows.
func (x *Index) Pseuds(account int64) (ids []int64) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	n, known := x.c.accounts.find(account)
	for pseud, whose := range x.c.pseuds.accounts {
		if known && whose == n {
			ids = append(ids, x.c.pseuds.ids[pseud])
		}
	}
	return ids
}

// KnowsPseud reports whether a pen name was put.
func (x *Index) KnowsPseud(id int64) bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	n, known := x.c.pseuds.find(id)
	return known && x.c.pseuds.accounts[n] != none
}
