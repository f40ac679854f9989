package epub

import (
	"strings"

	"ficus/internal/pattern"
)

// ownPage reads a page of a book bound here, where everything is marked.
func (b *binder) ownPage(c *chapter) {
	switch story := storyOf(c.body); {
	case story != nil:
		b.ownChapter(c, story)
	case c.body.first(func(n *node) bool { return n.hasClass("title-page") }) != nil:
		b.ownTitle(c)
	default:
		b.ownNotes(c.body)
	}
}

func (b *binder) ownChapter(c *chapter, story *node) {
	ordinal := c.body.first(func(n *node) bool { return n.name == "p" && n.hasClass("ordinal") })
	head := c.body.first(named("h1"))
	b.said = ""
	switch {
	case ordinal == nil && head != nil && head.words() == b.title: // a work in one text, which has no name of its own
		b.as(Around, &node{name: "p", kids: head.kids})
	case ordinal != nil && head != nil:
		b.as(ChapterHead, &node{name: "p", kids: ordinal.kids}, &node{name: "p", kids: head.kids})
	case head != nil:
		b.as(ChapterHead, &node{name: "p", kids: head.kids})
	}
	if to := c.body.first(func(n *node) bool { return n.name == "p" && n.hasClass("dedication") }); to != nil {
		if name := to.first(named("bdi")); name != nil {
			to = name
		}
		b.line(Field, "Dedication: "+to.words())
	}
	section := c.body.first(func(n *node) bool { return n.is("chapter") })
	for _, kid := range section.kids {
		if kid == story {
			b.mark(Story)
			b.as(Story, story.kids...)
			continue
		}
		b.ownNote(kid)
	}
}

// ownNote writes a note as what its class says it is.
func (b *binder) ownNote(n *node) bool {
	if n.name != "section" || !n.hasClass("note") {
		return false
	}
	what := OpeningNote
	switch {
	case n.hasClass("disclaimer"):
		what = Disclaimer
	case n.hasClass("after"):
		what = ClosingNote
	}
	named := false
	for _, kid := range n.kids {
		if kid.name == "" || kid.name == "h2" && !named {
			named = named || kid.name == "h2"
			continue
		}
		b.as(what, kid)
	}
	return true
}

// ownNotes sets apart the notes of a page and leaves out the rest of it.
func (b *binder) ownNotes(n *node) {
	for _, kid := range n.kids {
		switch {
		case b.ownNote(kid):
		case kid.name == "section":
			b.ownNotes(kid)
		case kid.words() != "":
			b.as(Around, kid)
		}
	}
}

func (b *binder) ownTitle(c *chapter) {
	page := c.body.first(func(n *node) bool { return n.hasClass("title-page") })
	for _, kid := range page.kids {
		switch {
		case kid.hasClass("summary"):
			b.line(Field, "Summary: "+kid.words())
		case kid.name == "dl":
			b.ownFields(kid)
		case b.ownNote(kid):
		case kid.words() != "":
			b.as(Around, kid)
		}
	}
}

// fieldNames are the labels of archives by the names fields have here.
var fieldNames = map[string]string{
	"archive warning": "Warnings", "archive warnings": "Warnings", "category": "Category", "categories": "Category", "additional tags": "Tags",
	"additional tag": "Tags", "other tags": "Tags", "relationship": "Relationships", "character": "Characters", "fandom": "Fandoms",
}

// ownFields are the lines of a title page of ours by their class; a book says
// them in the language of its work. What a book counts anew is not among them.
var ownFields = map[string]string{
	"rating": "Rating", "warnings": "Warnings", "categories": "Category", "fandoms": "Fandoms", "relationships": "Relationships",
	"characters": "Characters", "freeforms": "Tags", "words": "Words", "chapters": "Chapters", "status": "Status", "published": "Published", "updated": "Updated",
}

// ownFields writes the list of a title page of ours as fields, in the words the
// archive has for them.
func (b *binder) ownFields(dl *node) {
	label := ""
	for _, kid := range dl.kids {
		switch kid.name {
		case "dt":
			label = strings.TrimSuffix(kid.words(), ":")
			for class, name := range ownFields {
				if kid.hasClass(class) {
					label = name
				}
			}
		case "dd":
			b.line(Field, label+": "+kid.ownWords())
		}
	}
}

// ownWords are the words of a list of values, each as the archive calls it.
func (n *node) ownWords() string {
	if n.first(named("data")) == nil {
		return n.words()
	}
	var list []string
	for _, kid := range n.kids {
		switch {
		case kid.name == "data":
			list = append(list, kid.get("value"))
		case kid.name != "":
			list = append(list, kid.words())
		}
	}
	return strings.Join(list, ", ")
}

// fields writes a list of labels and values as fields.
func (b *binder) fields(dl *node) {
	label := ""
	for _, kid := range dl.kids {
		switch kid.name {
		case "dt":
			label = strings.TrimSuffix(kid.words(), ":")
			if name, ok := fieldNames[strings.ToLower(label)]; ok {
				label = name
			}
		case "dd":
			b.line(Field, label+": "+kid.words())
		}
	}
}

// fareTitle reads the title page of FanFicFare: a heading "Title by Author"
// and lines with labels.
func (b *binder) fareTitle(c *chapter) {
	head := c.body.first(isHeading)
	if head != nil && (b.maker == byMerge || b.title == "") {
		title, author := head.words(), ""
		if by := head.first(func(n *node) bool { return n.name == "a" && n.hasClass("authorlink") }); by != nil {
			author = by.words()
			title = strings.TrimSuffix(strings.TrimSpace(strings.TrimSuffix(title, author)), " by")
		}
		b.begin(title, author)
	}
	for _, line := range linesOf(c.body) {
		label, value, ok := strings.Cut(line, ": ")
		switch {
		case !ok || !labelled.MatchString(line):
			b.line(Around, line)
		case label == "Category" && strings.Contains(value, "("), label == "Category" && b.maker == byFanFicFare:
			b.line(Field, "Fandoms: "+value)
		default:
			b.line(Field, line)
		}
	}
}

var (
	archiveLabel = pattern.New(`^(?:Chapter )?(?:Summary|Notes|End Notes)$`)
	seeNotes     = pattern.New(`^\(?See the end of the (?:work|chapter) for `)
)

// archiver reads a page of Archive of Our Own, part by part.
type archiver struct {
	*binder
	label string // of the quotation that follows
	head  *node  // the title, on a page that is the whole work
}

// archivePage reads a page of a download of Archive of Our Own. calibre cuts
// it into files and names its classes again; what remains are the places
// preface, chapters and endnotes, and the words before the notes.
func (b *binder) archivePage(c *chapter) {
	a := &archiver{binder: b}
	a.walk(c.body, "")
}

func (a *archiver) walk(n *node, in string) {
	for _, kid := range n.kids {
		if kid.name == "" && strings.TrimSpace(kid.text) == "" {
			continue
		}
		a.block(kid, in)
	}
}

// longestLabel is how many bytes a line may have that is no story by its words.
const longestLabel = 300

// block takes one block of a page.
func (a *archiver) block(n *node, in string) {
	id := n.get("id")
	if i := strings.IndexByte(id, '-'); i > 0 && strings.HasPrefix(id, "c") {
		id = id[i+1:]
	}
	words := n.opening(max(longestLabel, len(a.title)) + 1)
	switch {
	case a.titled(n, in):
	case id == "preface" || id == "chapters" || id == "afterword":
		a.walk(n, id)
	case strings.HasPrefix(id, "endnotes"):
		a.walk(n, "endnotes")
	case n.name == "dl" && n.hasClass("tags"):
		a.fields(n)
	case n.name == "p" && archiveLabel.MatchString(words):
		a.label = words
		a.as(Around, n)
	case n.name == "blockquote" && a.label != "":
		a.note(n)
	case seeNotes.MatchString(words) && len(words) < 200, strings.HasPrefix(words, "Chapter by ") && len(words) < longestLabel:
		a.as(Around, n)
	case in == "chapters" && (n.hasClass("userstuff") || n.hasClass("userstuff.module")):
		a.mark(Story)
		a.as(Story, n.kids...)
	case in == "chapters" && n.name == "h2" && a.title != "" && words == a.title: // a work of one chapter
		a.as(Around, n)
	case in == "chapters" && (n.name == "h1" || n.name == "h2"):
		a.line(ChapterHead, n.words())
	case in == "chapters" && n.name == "div" && a.laidOut(n):
		a.walk(n, in)
	case in == "chapters" && words == "":
	case in == "chapters":
		a.as(Story, n)
	case n.name == "div" && n.holdsBlocks():
		a.walk(n, in)
	case words != "":
		a.as(Around, n)
	}
}

// laidOut tells whether a block holds heads, notes or the text, and no text of
// its own.
func (a *archiver) laidOut(n *node) bool {
	return n.wordsUpTo(0) == 0 || n.first(func(n *node) bool {
		return n.name == "h1" || n.name == "h2" || n.hasClass("userstuff") || strings.Contains(n.get("id"), "endnotes") || n.name == "p" && archiveLabel.MatchString(n.opening(longestLabel))
	}) != nil
}

// note takes the quotation behind a label.
func (a *archiver) note(n *node) {
	label := a.label
	a.label = ""
	switch {
	case label == "Summary":
		a.line(Field, "Summary: "+n.words())
	case strings.HasSuffix(label, "End Notes"):
		a.as(ClosingNote, n.kids...)
	default:
		a.as(OpeningNote, n.kids...)
	}
}
