package epub

import (
	"path"
	"strconv"
	"strings"

	"ficus/internal/pattern"
)

// maker is who bound the book, as far as it changes how it is read.
type maker uint8

const (
	byAnyone maker = iota
	byFicus
	byArchive // Archive of Our Own, directly or through calibre
	byFanFicFare
	byMerge // several books in one
)

// makerOf tells who bound the book by its lists and pages.
func (b *binder) makerOf() maker {
	own := 0
	for _, c := range b.chapters {
		switch {
		case c.body.first(byID("preface")) != nil && strings.Contains(b.makers, "Archive of Our Own"), c.body.first(byID("preface")) != nil && c.body.first(func(n *node) bool { return n.name == "dl" && n.hasClass("tags") }) != nil:
			return byArchive
		case strings.Contains(b.makers, "epubmerge"):
			return byMerge
		case c.body.hasClass("fff_chapter") || c.body.hasClass("fff_titlepage"):
			return byFanFicFare
		case c.body.first(func(n *node) bool { return n.name == "section" && n.hasClass("title-page") }) != nil && c.body.first(func(n *node) bool { return n.name == "dl" && n.hasClass("about") }) != nil,
			storyOf(c.body) != nil:
			own++
		}
	}
	if own > 1 {
		return byFicus
	}
	return byAnyone
}

func byID(id string) func(*node) bool { return func(n *node) bool { return n.get("id") == id } }

// storyOf is the text of a chapter in a book bound here.
func storyOf(body *node) *node {
	section := body.first(func(n *node) bool { return n.name == "section" && n.is("chapter") })
	if section == nil {
		return nil
	}
	for _, kid := range section.kids {
		if kid.name == "div" && kid.get("class") == "story" {
			return kid
		}
	}
	return nil
}

// pageKind is what a page of the spine is.
type pageKind uint8

const (
	storyPage   pageKind = iota
	titlePage            // what is known of the work
	aroundStory          // cover, contents, imprint, log
)

var (
	aroundName  = pattern.New(`(?i)^(?:\d+[_-])?(?:cover(?:[_-]?page)?|(?:table[_-]?of[_-]?)?contents|toc(?:[_-]?page)?|nav|log[_-]?page|copyright|colophon|imprint|about[_-]?(?:the[_-]?)?author|halftitle|calibre_toc|end)\d*$`)
	titleName   = pattern.New(`(?i)^(?:\d+[_-])?(?:title(?:[_-]?page)?|information|introduction|preface)\d*$`)
	aroundTypes = []string{"cover", "toc", "lot", "loi", "landmarks", "copyright-page", "colophon", "imprint", "halftitlepage", "index"}
)

// storyWords is how many words no page around a story has.
const storyWords = 600

// kindOf tells the pages around the story from the story: by what the page says
// of itself, by what the book's lists say, and by its name when it is short.
func (b *binder) kindOf(c *chapter) pageKind {
	name := strings.TrimSuffix(path.Base(c.path), path.Ext(c.path))
	words := c.body.wordsUpTo(storyWords)
	said := b.guide[c.path] + " " + c.body.kind()
	for _, kid := range c.body.kids {
		if kid.name == "section" || kid.name == "nav" || kid.name == "div" {
			said += " " + kid.kind()
		}
	}
	switch {
	case b.maker == byFicus && storyOf(c.body) != nil:
		return storyPage
	case hasWord(c.properties, "nav"), c.body.hasClass("fff_tocpage"), c.body.hasClass("fff_logpage"), c.body.hasClass("fff_coverpage"):
		return aroundStory
	case c.body.hasClass("fff_titlepage"):
		return titlePage
	case words > storyWords:
		return storyPage
	case hasWord(said, "titlepage") || hasWord(said, "title-page"):
		return titlePage
	}
	for _, kind := range aroundTypes {
		if hasWord(said, kind) {
			return aroundStory
		}
	}
	switch {
	case b.maker == byArchive:
		return storyPage
	case words < 400 && aroundName.MatchString(name), words == 0 && c.body.first(named("img")) != nil && c.number == 0:
		return aroundStory
	case words < 400 && c.number < 3 && (titleName.MatchString(name) || b.tellsOfWork(c)):
		return titlePage
	}
	return storyPage
}

// tellsOfWork is true for a page headed by the book's title with two labels
// under it.
func (b *binder) tellsOfWork(c *chapter) bool {
	head := c.body.first(isHeading)
	if head == nil || b.title == "" || !alike(head.words(), b.title) {
		return false
	}
	labels := 0
	for _, line := range linesOf(c.body) {
		labels += boolInt(labelled.MatchString(line) && len(line) < 200)
	}
	return labels > 1
}

// page writes a page as what it is.
func (b *binder) page(c *chapter) {
	switch {
	case c.kind == aroundStory && b.maker != byFicus:
		b.as(Around, c.body.kids...)
	case b.maker == byFicus:
		b.ownPage(c)
	case c.body.hasClass("fff_titlepage"):
		b.fareTitle(c)
	case c.kind == titlePage:
		b.titlePage(c)
	case b.maker == byArchive:
		b.archivePage(c)
	default:
		b.chapterPage(c)
	}
}

var labelled = pattern.New(`^\p{Lu}[\p{L} ]{1,24}: ?\S`)

// titlePage reads the lines of a title page: those with a label are fields.
func (b *binder) titlePage(c *chapter) {
	for _, l := range linesOf(c.body) {
		if labelled.MatchString(l) {
			b.line(Field, l)
		} else {
			b.line(Around, l)
		}
	}
}

// linesOf are the lines a page shows: its blocks, and what stands between
// breaks.
func linesOf(n *node) []string {
	var lines []string
	var rest []*node
	flush := func() {
		text := (&node{name: "#", kids: rest}).words()
		if rest = nil; text != "" {
			lines = append(lines, text)
		}
	}
	for _, kid := range n.kids {
		switch {
		case kid.name == "br" || kid.name == "hr":
			flush()
		case kid.name == "tr":
			flush()
			lines = append(lines, kid.words())
		case kid.holdsBlocks() && !strings.HasSuffix((&node{name: "#", kids: rest}).words(), ":"):
			flush()
			lines = append(lines, linesOf(kid)...)
		case isBlock(kid.name) && !strings.HasSuffix((&node{name: "#", kids: rest}).words(), ":"):
			flush()
			rest = append(rest, kid)
			flush()
		default:
			rest = append(rest, kid)
		}
	}
	flush()
	return lines
}

func isBlock(name string) bool {
	switch name {
	case "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "tbody", "blockquote", "section", "header", "article", "main":
		return true
	}
	return false
}

func (n *node) holdsBlocks() bool {
	if !isBlock(n.name) {
		return false
	}
	for _, kid := range n.kids {
		if isBlock(kid.name) || kid.name == "br" || kid.name == "tr" {
			return true
		}
	}
	return false
}

// chapterPage writes a page of the story: the head of its chapter, if the
// contents or a heading name it, the notes that the page marks as notes, and
// the text.
func (b *binder) chapterPage(c *chapter) {
	label := b.labels[c.path]
	head := c.body.first(isHeading)
	if head != nil && !opens(c.body, head) {
		head = nil
	}
	title := ""
	if head != nil {
		title = head.words()
	}
	switch {
	case title != "" && (label == "" || alike(title, label) || c.body.hasClass("fff_chapter")):
		b.head(title)
		remove(c.body, head)
		b.doubled(c, title)
	case label != "" && !fileName(label, c.path):
		b.head(label)
	}
	b.said = ""
	b.story(c, c.body)
}

var counted = pattern.New(`^(\d{1,4})[.:)] +(\S.*)$`)

// head writes the head of a chapter; a number that a program put before its
// name stands apart.
func (b *binder) head(title string) {
	m := counted.FindStringSubmatch(title)
	if b.heads++; m != nil && m[1] == strconv.Itoa(b.heads) {
		b.line(ChapterHead, m[1])
		title = m[2]
	}
	b.line(ChapterHead, title)
}

// doubled leaves out a second heading that says what the first one said.
func (b *binder) doubled(c *chapter, title string) {
	again := c.body.first(isHeading)
	if again != nil && opens(c.body, again) && strings.EqualFold(again.words(), title) {
		b.as(Around, again)
		remove(c.body, again)
	}
}

func isHeading(n *node) bool {
	return len(n.name) == 2 && n.name[0] == 'h' && n.name[1] >= '1' && n.name[1] <= '6' && n.words() != ""
}

// opens tells whether no words stand before a node.
func opens(body, at *node) bool {
	before := true
	var found bool
	var visit func(n *node)
	visit = func(n *node) {
		if found || n == at {
			found = true
			return
		}
		if n.name == "" && strings.TrimSpace(n.text) != "" {
			before = false
		}
		for _, kid := range n.kids {
			visit(kid)
		}
	}
	visit(body)
	return before
}

// alike tells whether two names of a chapter are one: the same letters, or one
// within the other.
func alike(a, b string) bool {
	a, b = letters(a), letters(b)
	return a == "" || b == "" || strings.Contains(a, b) || strings.Contains(b, a)
}

func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" .,:;–—-_'’\"“”()[]\u00a0", r) {
			return -1
		}
		return r
	}, strings.ToLower(text))
}

// fileName tells whether a line of the contents only names the file.
func fileName(label, file string) bool {
	return strings.EqualFold(label, path.Base(file)) || strings.EqualFold(label, strings.TrimSuffix(path.Base(file), path.Ext(file))) || strings.EqualFold(label, "start")
}

// remove takes a node out of the tree it stands in.
func remove(from, what *node) bool {
	for i, kid := range from.kids {
		if kid == what {
			from.kids = append(from.kids[:i:i], from.kids[i+1:]...)
			return true
		}
		if remove(kid, what) {
			return true
		}
	}
	return false
}

// story writes the text of a page. What the page marks as the writer's notes
// is set apart where it stands.
func (b *binder) story(c *chapter, n *node) {
	for _, kid := range n.kids {
		what := noteKind(kid)
		switch {
		case what != "":
			b.as(what, kid.kids...)
		case kid.first(func(n *node) bool { return noteKind(n) != "" }) != nil:
			b.story(c, kid)
		case kid.name == "" && strings.TrimSpace(kid.text) == "":
		default:
			b.as(Story, kid)
		}
	}
}

// noteKind is what a block says of itself to be beside the story.
func noteKind(n *node) string {
	switch {
	case n.name != "div" && n.name != "section" && n.name != "aside":
		return ""
	case n.hasClass("fff_head_notes"):
		return OpeningNote
	case n.hasClass("fff_foot_notes"):
		return ClosingNote
	}
	return ""
}
