package manuscript

import (
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
	read := readBare
	if !book.Own {
		read = readDressed
	}
	whole, err := read(book.Pages, hidden)
	if err != nil {
		return source{}, err
	}
	if src, err = readMarked(src, whole); err != nil {
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
	whole, err := readDressed([]epub.Page{marked}, hidden)
	if err != nil {
		return source{}, true, err
	}
	src, err := readMarked(source{kind: "html", laid: true}, whole)
	return src, true, err
}

// readMarked makes the source text of a page in which what each stretch is
// stands before it.
func readMarked(src source, whole page) (source, error) {
	b := htmlReader{asBound: src.own}
	b.read(whole.doc.Blocks)
	src.dropped = whole.dropped
	if src.text, src.paras = b.text.String(), b.paras; strings.TrimSpace(src.text) == "" {
		return source{}, errEmpty
	}
	return src, nil
}

// readBare reads the pages of a book that was bound here: they have no styles.
func readBare(pages []epub.Page, _ bool) (page, error) {
	var whole strings.Builder
	for _, p := range pages {
		whole.WriteString(p.HTML)
	}
	if err := withinPage(whole.String(), mostTags); err != nil {
		return page{}, err
	}
	doc, dropped := prose.ReadHTML(whole.String())
	return page{doc: doc, dropped: toldBy(dropped)}, nil
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
