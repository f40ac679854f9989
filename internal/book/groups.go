package book

import (
	"cmp"
	"strconv"
)

// group is a series or a collection as a library lists it.
type group struct {
	ID, Kind string // "series", or "set" for a collection
	Name     text
	Address  text
	Place    string // of the work; empty when not known
}

// groupsOf lists every series, then every collection: none is left out (E10).
func groupsOf(b Book) []group {
	var all []group
	for _, s := range b.Series {
		g := group{Kind: "series", Name: text(oneLine(s.Name)), Address: linked(named{Link: s.Address}).Link}
		if s.Place > 0 {
			g.Place = strconv.Itoa(s.Place)
		}
		all = append(all, g)
	}
	for _, c := range b.Collections {
		all = append(all, group{Kind: "set", Name: text(oneLine(c.Name)), Address: linked(named{Link: c.Address}).Link})
	}
	known := all[:0]
	for _, g := range all {
		if g.Name != "" {
			g.ID = "group-" + strconv.Itoa(len(known)+1)
			known = append(known, g)
		}
	}
	return known
}

// seriesLines say on the title page which series the work stands in, and where.
func seriesLines(b Book) []named {
	var lines []named
	for _, s := range b.Series {
		words := oneLine(s.Name)
		if words == "" {
			continue
		}
		if s.Place > 0 {
			words = b.Voice.T("book.series_place", "Series", words, "Place", strconv.Itoa(s.Place))
		}
		lines = append(lines, named{Words: words, Link: s.Address})
	}
	return lines
}

func collectionLines(b Book) []named {
	var lines []named
	for _, c := range b.Collections {
		if words := oneLine(c.Name); words != "" {
			lines = append(lines, named{Words: words, Link: c.Address})
		}
	}
	return lines
}

// answers are the ways on from the last page: what comes next, and how to
// tell the writer. They are why writers let their works be carried away.
type answers struct {
	Next            []nextWork
	Kudos, Comments text // both or none
	Asks            text // for a word
}

// nextWork is the work that follows in a series.
type nextWork struct {
	Place text   // "Next in The Harbour Nights"
	Set   markup // the same on a page
	textLink
}

func answersOf(b Book) answers {
	var a answers
	for _, s := range b.Series {
		if title := oneLine(s.Next.Title); title != "" {
			a.Next = append(a.Next, nextWork{text(b.Voice.T("book.next", "Series", oneLine(s.Name))), set(b.Voice, "book.next", "Series", isolated(oneLine(s.Name))), linked(named{Words: title, Link: s.Next.Address})})
		}
	}
	a.Asks = text(b.Voice.T("book.answer"))
	a.Kudos = linked(named{Link: cmp.Or(b.Identity.Kudos, b.Identity.Address)}).Link
	a.Comments = linked(named{Link: cmp.Or(b.Identity.Comments, b.Identity.Address)}).Link
	if a.Kudos == "" || a.Comments == "" {
		a.Kudos, a.Comments = "", ""
	}
	return a
}
