package manuscript

import (
	"slices"
	"strings"

	"ficus/internal/manuscript/epub"
	"ficus/internal/prose"
)

// readBook reads an EPUB. What the book itself says of its parts is kept beside
// their paragraphs.
func readBook(data []byte, hidden bool) (source, error) {
	book, err := epub.Read(data)
	if err != nil {
		return source{}, officeError(err)
	}
	src := source{kind: "epub", encoding: "utf-8", laid: true, own: book.Own}
	pages, dropped := undressPages(book, hidden)
	src.dropped = dropped
	src, err = readMarked(src, strings.Join(pages, ""))
	if err != nil {
		return source{}, err
	}
	for _, told := range book.Told {
		src.dropped = append(src.dropped, Dropped(told))
	}
	for _, picture := range book.Pictures {
		src.pictures = append(src.pictures, Picture{picture.Name, picture})
	}
	return src, nil
}

// readArchivePage reads a page that Archive of Our Own gives for download, which
// says of its parts what its books say.
func readArchivePage(page string, hidden bool) (source, bool, error) {
	marked, ok := epub.ArchivePage(page)
	if !ok {
		return source{}, false, nil
	}
	html, dropped := undress(marked.HTML, hidden, marked.Sheets...)
	src, err := readMarked(source{kind: "html", laid: true, dropped: dropped}, html)
	return src, true, err
}

// readMarked reads a page in which what each stretch is stands before it.
func readMarked(src source, page string) (source, error) {
	if err := withinPage(page, mostTags); err != nil {
		return source{}, err
	}
	doc, dropped := prose.ReadHTML(page)
	b := htmlReader{asBound: src.own}
	b.read(doc.Blocks)
	if src.text, src.paras = b.text.String(), b.paras; strings.TrimSpace(src.text) == "" {
		return source{}, errEmpty
	}
	for _, d := range dropped {
		src.dropped = append(src.dropped, Dropped(d))
	}
	return src, nil
}

// undressPages resolves the styles of a book's pages, each by itself; a book
// that was bound here has none. What is as large as the book is held no longer
// than it must.
func undressPages(book epub.Book, hidden bool) (pages []string, dropped []Dropped) {
	pages = make([]string, len(book.Pages))
	told := make([][]Dropped, len(book.Pages))
	eachOf(len(pages), 1, func(i int) {
		pages[i] = book.Pages[i].HTML
		if book.Pages[i].HTML = ""; !book.Own {
			pages[i], told[i] = undress(pages[i], hidden, book.Pages[i].Sheets...)
		}
	})
	return pages, slices.Concat(told...)
}

// bookPart is what a book itself says of a paragraph.
type bookPart struct {
	what  string // empty: the book says nothing
	place int    // counts the stretches, so that two of a kind stay two
	opens bool   // another story begins here
}

// saidBy is what a book says of a paragraph, if anything.
func saidBy(said *bookPart) bookPart {
	if said == nil {
		return bookPart{}
	}
	return *said
}

// bookMark reads the mark before a stretch of a book.
func (b *htmlReader) bookMark(block prose.Block) bool {
	what, ok := strings.CutPrefix(block.Src, epub.PartPrefix)
	if !ok || block.Kind != prose.Image {
		return false
	}
	said := saidBy(b.said)
	said.place++
	if what == epub.Work {
		said.opens = true
	} else {
		said.what = what
	}
	b.said = &said
	return true
}

// recogniseBook takes what a book says of its parts, and guesses about the
// rest of each chapter. A book that was bound here leaves nothing to guess.
func (r *recogniser) recogniseBook() {
	for i := range r.paras {
		said := saidBy(r.paras[i].said)
		r.guess[i] = bookGuess(said)
		if i > 0 {
			r.guess[i].joins = joinsInBook(saidBy(r.paras[i-1].said), said)
		}
		if said.opens {
			r.guess[i].opensWork = i > 0
		}
	}
	for i := 0; i < len(r.paras); {
		end := i
		for end < len(r.paras) && r.guess[end].what == InStory {
			end++
		}
		switch {
		case end == i:
			end++
		case r.src.own:
			r.asBound(i, end)
		default:
			r.chapter(i, r.opening(i, end), end)
		}
		i = end
	}
	if !r.src.own {
		r.markScenes()
	}
}

func bookGuess(said bookPart) guess {
	switch said.what {
	case "", InStory:
		return storyParagraph
	case LeftOut:
		return guess{what: LeftOut, rule: "book.page", confidence: 0.97}
	}
	return guess{what: said.what, rule: "book.part", confidence: 0.98}
}

// joinsInBook is true for paragraphs of one note, of one page around the story,
// and of one head.
func joinsInBook(before, said bookPart) bool {
	if before.what != said.what || said.opens {
		return false
	}
	switch said.what {
	case ChapterHead:
		return true
	case Disclaimer, OpeningNote, ClosingNote, LeftOut:
		return before.place == said.place
	}
	return false
}

// asBound leaves paragraphs the blocks they are.
func (r *recogniser) asBound(i, end int) {
	for ; i < end; i++ {
		r.guess[i] = guess{what: InStory, kind: r.paras[i].block.Kind, rule: "text.markup", confidence: 1}
	}
}
