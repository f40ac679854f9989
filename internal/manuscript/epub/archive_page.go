package epub

import "strings"

// longestPage is how long a downloaded page may be: a story of a million words
// is half as long.
const longestPage = 12 << 20

// ArchivePage reads a page that Archive of Our Own gives for download as it
// reads the books from there: what each stretch is is said before it. It is
// false for every other page, and for one that is too large or nested to be one.
func ArchivePage(text string) (Page, bool) {
	if len(text) > longestPage || !strings.Contains(text, "archiveofourown.org/works/") || !strings.Contains(text, `id="chapters"`) || !strings.Contains(text, `class="tags"`) {
		return Page{}, false
	}
	root, err := (&grove{}).tree(text)
	if err != nil {
		return Page{}, false
	}
	c := &chapter{root: root, body: root.first(named("body"))}
	if c.body == nil || c.body.first(byID("chapters")) == nil {
		return Page{}, false
	}
	head := c.body.first(func(n *node) bool { return n.name == "h1" && n.words() != "" })
	tags := c.body.first(func(n *node) bool { return n.name == "dl" && n.hasClass("tags") })
	if head == nil || tags == nil {
		return Page{}, false
	}
	b := &binder{parcel: &parcel{title: head.words()}, maker: byArchive}
	a := &archiver{binder: b, head: head}
	a.walk(c.body, "")
	page := Page{HTML: b.out.String()}
	root.each(func(n *node) {
		if n.name == "style" && len(n.kids) > 0 && len(n.kids[0].text) <= mostSheet {
			page.Sheets = append(page.Sheets, n.kids[0].text)
		}
	})
	return page, true
}

// titled takes the title and the byline of a page that is the whole work; a
// book says both in its lists.
func (a *archiver) titled(n *node, in string) bool {
	switch {
	case a.head == nil || in == "chapters":
		return false
	case n == a.head:
		a.line(Title, n.words())
	case n.hasClass("byline") && strings.HasPrefix(n.words(), "by "):
		a.line(Author, n.words())
	default:
		return false
	}
	return true
}
