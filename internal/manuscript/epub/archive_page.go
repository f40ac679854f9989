package epub

import (
	"slices"
	"strings"
)

// longestPage is how long a downloaded page may be: a story of a million words
// is half as long.
const longestPage = 12 << 20

// archiveMarks are what every page that Archive of Our Own gives for download
// has somewhere. The first is in the second, and found quickly to be nowhere
// since few other things begin as it does.
var archiveMarks = []string{`="tags"`, `class="tags"`, `id="chapters"`, "archiveofourown.org/works/"}

// ArchivePage reads a page that Archive of Our Own gives for download as it
// reads the books from there: what each stretch is is said before it. It is
// false for every other page, and for one that is too large or nested to be one.
func ArchivePage(text string) (Page, bool) {
	if len(text) > longestPage || slices.ContainsFunc(archiveMarks, func(mark string) bool { return !strings.Contains(text, mark) }) {
		return Page{}, false
	}
	root, err := (&grove{}).tree(text)
	if err != nil {
		return Page{}, false
	}
	body := root.first(named("body"))
	head := archiveHead(body)
	if head == nil {
		return Page{}, false
	}
	a := &archiver{binder: &binder{parcel: &parcel{title: head.words()}, maker: byArchive}, head: head}
	a.walk(body, "")
	page := Page{HTML: a.out.String()}
	root.each(func(n *node) {
		if n.name == "style" && len(n.kids) > 0 && len(n.kids[0].text) <= mostSheet {
			page.Sheets = append(page.Sheets, n.kids[0].text)
		}
	})
	return page, true
}

// archiveHead is the title of the work, where the page has chapters and tags.
func archiveHead(body *node) *node {
	if body == nil || body.first(byID("chapters")) == nil || body.first(func(n *node) bool { return n.name == "dl" && n.hasClass("tags") }) == nil {
		return nil
	}
	return body.first(func(n *node) bool { return n.name == "h1" && n.words() != "" })
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
