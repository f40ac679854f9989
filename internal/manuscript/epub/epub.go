// Package epub takes books apart: it reads the pages of an EPUB in their
// order, tells the pages around the story from the story, and says of each
// stretch what the book itself says it is: title, field, note, head of a
// chapter. It is pure: bytes in, text out.
package epub

import (
	"bytes"
	"html"
	"slices"
	"strconv"
	"strings"

	"ficus/internal/manuscript/office"
)

var (
	errBroken = &office.Error{Rule: "manuscript.broken_book", Sentence: "The book is damaged or was cut off; download or export it once more, and bring that."}
	errLocked = &office.Error{Rule: "manuscript.locked_book", Sentence: "The book is locked by the shop or app it comes from; bring a copy without that lock."}
	errNested = &office.Error{Rule: "manuscript.nested", Sentence: "The file is nested deeper than any word processor would; open it in one, save it again, and bring that."}
	errLarge  = &office.Error{Rule: "manuscript.unpacked", Sentence: "The file holds far more than its size says; bring the story in smaller pieces, or with fewer and smaller pictures."}
)

// What a stretch of a book is, in the words of FORMATS.md.
const (
	Work        = "work" // another story begins
	Title       = "title"
	Author      = "author"
	Field       = "field"
	Disclaimer  = "disclaimer"
	OpeningNote = "opening_note"
	ClosingNote = "closing_note"
	ChapterHead = "chapter_head"
	Story       = "block"
	Around      = "left_out"
)

// PartPrefix begins the address of the mark before a stretch: an image of that
// address and what the stretch is.
const PartPrefix = "#part:"

// Book is a book as it was read.
type Book struct {
	Pages    []Page
	Pictures []office.Picture
	Told     []office.Count
	Own      bool // bound here: every stretch is what it says, and nothing else
}

// Page is a stretch of a book that has the same stylesheets.
type Page struct {
	HTML   string
	Sheets []string
}

// IsBook tells whether the bytes are a zip that says it is an EPUB.
func IsBook(data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) &&
		(bytes.Contains(data[:min(len(data), 200)], []byte("application/epub+zip")) || bytes.Contains(data, []byte("META-INF/container.xml")))
}

// mostHTML bounds what is written of one book.
const mostHTML = 32 << 20

// chapter is a page of the spine.
type chapter struct {
	item
	number int
	root   *node
	body   *node
	sheets []string
	kind   pageKind
}

// binder reads one book.
type binder struct {
	*parcel
	maker    maker
	chapters []*chapter
	places   map[string]int   // file → its number in the spine
	notes    map[string]*node // address → a footnote
	told     map[string]int
	pictures map[string]string // path → name
	book     Book
	out      strings.Builder
	said     string
	work     bool // a story was begun
	heads    int
}

// Read reads a book.
func Read(data []byte) (Book, error) {
	p, err := open(data)
	if err != nil {
		return Book{}, err
	}
	b := &binder{parcel: p, places: map[string]int{}, notes: map[string]*node{}, told: map[string]int{}, pictures: map[string]string{}}
	if err := b.load(); err != nil {
		return Book{}, err
	}
	b.maker = b.makerOf()
	b.book.Own = b.maker == byFicus
	for _, c := range b.chapters {
		c.kind = b.kindOf(c)
	}
	b.findNotes()
	for _, c := range b.chapters {
		b.settle(c)
	}
	if err := b.bind(); err != nil {
		return Book{}, err
	}
	b.told["locked-font"] = b.fonts
	for kind, n := range b.told {
		if n > 0 {
			b.book.Told = append(b.book.Told, office.Count{Kind: kind, Count: n})
		}
	}
	slices.SortFunc(b.book.Told, func(x, y office.Count) int { return strings.Compare(x.Kind, y.Kind) })
	return b.book, nil
}

// load reads the pages of the spine, those outside the reading order last.
func (b *binder) load() error {
	pages := slices.Clone(b.spine)
	slices.SortStableFunc(pages, func(x, y item) int { return boolInt(x.aside) - boolInt(y.aside) })
	sheets := map[string]string{}
	for _, it := range pages {
		if b.locked[strings.ToLower(it.path)] {
			return errLocked
		}
		if _, twice := b.places[it.path]; twice || strings.HasPrefix(it.media, "image/") {
			continue
		}
		root, err := b.file(it.path)
		if err != nil {
			return err
		}
		c := &chapter{item: it, number: len(b.chapters), root: root, body: root.first(named("body"))}
		if c.body == nil {
			c.body = root
		}
		b.places[it.path] = c.number
		c.sheets = b.sheetsOf(c, sheets)
		b.chapters = append(b.chapters, c)
	}
	if len(b.chapters) == 0 {
		return errBroken
	}
	return nil
}

func boolInt(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// mostSheet is how long a stylesheet may be.
const mostSheet = 1 << 20

// sheetsOf reads the stylesheets a page names and holds.
func (b *binder) sheetsOf(c *chapter, read map[string]string) (sheets []string) {
	c.root.each(func(n *node) {
		switch {
		case n.name == "link" && strings.Contains(strings.ToLower(n.get("rel")), "stylesheet"):
			name := resolve(c.path, n.get("href"))
			css, ok := read[name]
			if !ok {
				if data, err := b.pack.Read(name); err == nil && len(data) <= mostSheet {
					css = toText(data)
				}
				read[name] = css
			}
			if css != "" {
				sheets = append(sheets, css)
			}
		case n.name == "style" && len(n.kids) > 0:
			sheets = append(sheets, n.kids[0].text)
		}
	})
	return sheets
}

// bind writes all pages, those with the same stylesheets together.
func (b *binder) bind() error {
	b.front()
	total := 0
	for i, c := range b.chapters {
		b.page(c)
		if total+b.out.Len() > mostHTML {
			return errLarge
		}
		if i+1 == len(b.chapters) || !slices.Equal(c.sheets, b.chapters[i+1].sheets) {
			total += b.out.Len()
			b.book.Pages = append(b.book.Pages, Page{HTML: b.out.String(), Sheets: c.sheets})
			b.out.Reset()
		}
	}
	return nil
}

// front says what the book's own list says of it.
func (b *binder) front() {
	if b.maker == byMerge {
		return
	}
	b.begin(b.title, strings.Join(b.authors, ", "))
}

// begin begins a story.
func (b *binder) begin(title, author string) {
	if b.work {
		b.mark(Work)
	}
	b.work = true
	if title != "" {
		b.line(Title, title)
	}
	if author != "" {
		b.line(Author, "by "+author)
	}
}

// mark says what follows.
func (b *binder) mark(what string) {
	b.out.WriteString(`<p><img src="` + PartPrefix + what + `" alt=""></p>` + "\n")
	b.said = what
}

// line writes a paragraph of its own.
func (b *binder) line(what, text string) {
	b.mark(what)
	b.out.WriteString("<p>" + html.EscapeString(text) + "</p>\n")
	b.said = ""
}

// as writes nodes as what they are.
func (b *binder) as(what string, nodes ...*node) {
	if b.said != what {
		b.mark(what)
	}
	for _, n := range nodes {
		n.write(&b.out)
		if isBlock(n.name) {
			b.out.WriteByte('\n')
		}
	}
}

// address is how a place in the book is called once all pages are one.
func address(page int, place string) string { return "c" + strconv.Itoa(page) + "-" + place }
