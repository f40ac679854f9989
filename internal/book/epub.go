package book

import (
	"io"

	"ficus/internal/prose"
)

// WriteEPUB binds the book as an EPUB 3.3 that old readers open too: it has a
// navigation document, an NCX and a guide that say the same. Chapters are
// written one after the other, named by their permanent ids; nothing is ever
// renamed when a chapter comes between. The book has two pages before the
// first chapter, whatever it has to tell, so that a place kept by an e-reader
// stays (decision 0033).
func WriteEPUB(w io.Writer, b Book) error {
	b, err := b.prepared()
	if err != nil {
		return err
	}
	e := newEPUB(w, b)
	defer e.press.close()
	front, words := e.front(), e.counted()
	for _, step := range []func() error{e.begin, e.chapters, words, e.frontAndBack} {
		if err := step(); err != nil {
			return err
		}
	}
	cover := <-front
	if cover.err != nil {
		return cover.err
	}
	if err := e.press.empty(); err != nil { // e-readers know a file by bytes near its beginning, where the story stands
		return err
	}
	if err := e.parcel.store(inside+string(e.imprint.CoverFile), cover.data); err != nil {
		return err
	}
	if err := e.directories(); err != nil {
		return err
	}
	return e.finish()
}

// inside is the folder the book's files lie in.
const inside = "EPUB/"

// epub is a book being bound.
type epub struct {
	book    Book
	imprint *imprint
	parcel  *parcel
	press   *press
	fitter  fitter

	coverType string
	contents  []entry
	files     []item // chapters and pictures as they come
}

func newEPUB(w io.Writer, b Book) *epub {
	p := newParcel(w)
	e := &epub{book: b, imprint: newImprint(b), parcel: p, press: newPress(p.take)}
	e.fitter = fitter{origin: b.Identity.Origin, bare: true, shelf: newShelf(b.Pictures, e.keepPicture), setting: b.setting(), voice: b.Voice, spoken: e.imprint.Ours}
	return e
}

// counted counts the words of the book beside its chapters; what it gives waits
// for them.
func (e *epub) counted() (wait func() error) {
	words, b := make(chan int, 1), e.book
	go func() { words <- b.words() }()
	return func() error {
		e.book.Words = <-words
		return nil
	}
}

// begin writes what no chapter changes. The media type comes first, as it is,
// and then what names the book's contents, before any picture: e-readers know a
// file by its first bytes and few others.
func (e *epub) begin() error {
	if err := e.parcel.store("mimetype", []byte(EPUB.MediaType())); err != nil {
		return err
	}
	if err := e.press.put("container.xml", "META-INF/container.xml", e.imprint); err != nil {
		return err
	}
	if err := e.press.empty(); err != nil {
		return err
	}
	if err := e.press.put("", inside+"style.css", epubStyle); err != nil || e.book.Skin == "" {
		return err
	}
	return e.press.put("", inside+"skin.css", []byte(e.book.Skin))
}

// chapters writes each chapter and the pictures in it.
func (e *epub) chapters() error {
	for i := range e.book.Chapters {
		if err := e.chapter(i); err != nil {
			return err
		}
	}
	return nil
}

func (e *epub) chapter(i int) error {
	href := chapterFile(e.book, i)
	c, err := e.book.opened(i)
	if err != nil {
		return err
	}
	if err := e.write("chapter.xhtml", href, e.chapterPage(c, i)); err != nil {
		return err
	}
	names := namesOf(e.book, i)
	line := entry{Label: text(names.label), Href: href, Type: "bodymatter"}
	if line.house = names.numbered; line.house {
		line.Ours = e.imprint.Ours
	}
	e.contents = append(e.contents, line)
	e.files = append(e.files, item{ID: chapterID(e.book, i), Href: href, MediaType: xhtmlType})
	return nil
}

// frontAndBack writes the title page and the last page, which may hold
// pictures of their own.
func (e *epub) frontAndBack() error {
	if err := e.write("cover.xhtml", "cover.xhtml", e.imprint.titled("book.cover")); err != nil {
		return err
	}
	if err := e.write("title.xhtml", "title.xhtml", e.titlePage()); err != nil {
		return err
	}
	return e.write("end.xhtml", "end.xhtml", e.lastPage())
}

// directories writes what lists all the rest.
func (e *epub) directories() error {
	d := e.directory()
	for _, name := range []string{"nav.xhtml", "toc.ncx", "package.opf"} {
		if err := e.write(name, name, d); err != nil {
			return err
		}
	}
	return nil
}

// write has the page of that name filled with a value nobody changes any more.
func (e *epub) write(name, href string, value any) error {
	if e.fitter.shelf.err != nil {
		return e.fitter.shelf.err
	}
	return e.press.put(name, inside+href, value)
}

// finish writes what is still on the press.
func (e *epub) finish() error {
	if err := e.press.empty(); err != nil {
		return err
	}
	return e.parcel.close()
}

// keepPicture puts a picture into the book, equal pictures once.
func (e *epub) keepPicture(p picture) (string, error) {
	name := p.fileName()
	for _, f := range e.files {
		if f.Href == name {
			return name, nil
		}
	}
	e.files = append(e.files, item{ID: name[:len(name)-len(".jpg")], Href: name, MediaType: p.mediaType})
	return name, e.parcel.store(inside+name, p.data)
}

// xhtml writes a text that stands under a heading of the level.
func (e *epub) xhtml(d prose.Document, under int) markup {
	return markup(e.fitter.document(d, under).XHTML(prose.XHTMLOptions{}))
}

// backArrow leads from a footnote to its place: an arrow that every e-reader
// draws and no language needs translated (reference/readers.md §1).
const backArrow = "←"

// story writes the text of a chapter, which is fitted already; its paragraphs
// have ids.
func story(fitted prose.Document) markup {
	places := anchors{}
	return markup(fitted.XHTML(prose.XHTMLOptions{
		ParagraphID: func(_ int, b prose.Block) string { return places.id(b) },
		Notes:       &prose.Notes{Back: backArrow},
	}))
}
