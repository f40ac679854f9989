package manuscript

import (
	"strings"

	"ficus/internal/manuscript/epub"
	"ficus/internal/prose"
)

// waiting is how many pieces of a page may wait to be read.
const waiting = 8

// readDressed undresses pages, one after the other, and reads them as one while
// the next piece is undressed. What is undressed has its notes in their places.
func readDressed(pages []epub.Page, hidden bool) (page, error) {
	var whole page
	size := 0
	for i := range pages {
		size += len(pages[i].HTML)
	}
	pieces := make(chan string, waiting)
	r := prose.NewPageReader(size)
	read := beside(func() {
		for piece := range pieces {
			whole.levels = append(whole.levels, headingLevels(piece)...)
			r.Read(piece)
		}
	}, func() {
		for range pieces {
		}
	})
	within := pageLimit{}
	dropped := undressAll(pages, hidden, func(piece string) {
		if within.takes(piece) {
			pieces <- piece
		}
	}, func() { close(pieces) })
	read()
	if within.over {
		return page{}, errTooLong
	}
	doc, told := r.Document()
	whole.doc, whole.dropped = doc, append(toldBy(told), dropped...)
	return whole, nil
}

// undressAll undresses pages one after the other; over is called at the end,
// whatever the end is.
func undressAll(pages []epub.Page, hidden bool, emit func(piece string), over func()) (dropped []Dropped) {
	defer over()
	for i := range pages {
		html := pages[i].HTML
		pages[i].HTML = "" // what is as large as the book is held no longer than it must
		dropped = append(dropped, undress(html, hidden, pages[i].Sheets, pieceSize, emit)...)
	}
	return dropped
}

// pageLimit counts what a page is made of while it comes.
type pageLimit struct {
	bytes, tags int
	over        bool
}

// takes is false from where on the page is longer, or of more tags, than is read.
func (l *pageLimit) takes(piece string) bool {
	l.bytes += len(piece)
	l.tags += strings.Count(piece, "<")
	l.over = l.over || l.bytes > mostText || l.tags > mostTags
	return !l.over
}
