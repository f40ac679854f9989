package prose

import (
	"slices"
	"strconv"
	"strings"
)

// HTML gives the stored form of d: safe, compact, attributes sorted, one block
// a line. It is what chapter pages show.
func (d Document) HTML() string {
	var m markup
	m.blocks(d.Blocks)
	return m.String()
}

// markup writes blocks as HTML or, with xml set, as XHTML.
type markup struct {
	strings.Builder
	xml         bool
	oneLine     bool // preformatted text stays on one line of the source
	paragraphID func(i int, b Block) string
	paragraphs  int // how many were given to paragraphID
}

// blocks writes blocks one a line, without a line end after the last.
func (m *markup) blocks(blocks []Block) {
	first := true
	for _, b := range blocks {
		if b.saysNothing() {
			continue
		}
		if !first {
			m.WriteByte('\n')
		}
		first = false
		m.block(b)
	}
}

// saysNothing tells whether b is text without characters, which is not written.
func (b Block) saysNothing() bool {
	switch b.Kind {
	case Paragraph, Heading, SceneHeading, Verse, EndMark, Preformatted, Term:
		return len(b.Inlines) == 0
	}
	return false
}

func (m *markup) block(b Block) {
	switch b.Kind {
	case Paragraph, SceneHeading, Verse, EndMark:
		m.text("p", b)
	case Heading:
		m.text("h"+strconv.Itoa(min(max(b.Level, 2), 6)), b)
	case SceneBreak:
		m.sceneBreak(b)
	case Image:
		m.image(b)
	case Preformatted:
		m.preformatted(b)
	case Quote:
		m.container("blockquote", b)
	case Letter, Messages, Division:
		m.container("div", b)
	case Fold:
		m.fold(b)
	case List:
		m.list(b)
	case Table:
		m.table(b)
	case Definitions:
		m.definitions(b)
	default:
		m.part(b)
	}
}

// part writes the pieces of lists and tables.
func (m *markup) part(b Block) {
	switch b.Kind {
	case Item:
		m.holder("li", b)
	case Meaning:
		m.holder("dd", b)
	case Term:
		m.text("dt", b)
	case noteBody:
		m.container("aside", b)
	case Row:
		m.container("tr", b)
	case Cell:
		name := "td"
		if b.Header {
			name = "th"
		}
		m.holder(name, b)
	}
}

// attributesOf gives the attributes b is written with: its own, and the classes
// its kind and alignment are written as.
func attributesOf(b Block) Attrs {
	classes := make([]string, 0, 3)
	if class := blockClass(b.Kind); class != "" {
		classes = append(classes, class)
	}
	switch b.Align {
	case AlignCentre:
		classes = append(classes, "centre")
	case AlignRight:
		classes = append(classes, "right")
	}
	if len(classes) == 0 {
		return b.Attrs
	}
	if own := b.Attrs.Get("class"); own != "" {
		classes = append(classes, own)
	}
	return b.Attrs.with("class", strings.Join(classes, " "))
}

// text writes a leaf.
func (m *markup) text(name string, b Block) {
	attrs := attributesOf(b)
	if m.paragraphID != nil && !b.IsBlank() {
		if id := m.paragraphID(m.paragraphs, b); id != "" {
			attrs = attrs.with("id", id)
		}
		m.paragraphs++
	}
	m.open(name, attrs)
	m.inlines(b.Inlines)
	m.close(name)
}

func (m *markup) preformatted(b Block) {
	m.open("pre", attributesOf(b))
	pre := markup{xml: m.xml}
	pre.inlines(b.Inlines)
	m.WriteString(m.preLines(pre.String()))
	m.close("pre")
}

// preLines writes the breaks of preformatted text as the lines they are. A
// break cannot be mistaken: "<" is escaped in text and attributes.
func (m *markup) preLines(text string) string {
	lineBreak, lineEnd := "<br>", "\n"
	if m.xml {
		lineBreak = "<br/>"
	}
	if m.oneLine {
		lineEnd = "&#10;"
	}
	return strings.ReplaceAll(text, lineBreak, lineEnd)
}

// container writes a block around blocks.
func (m *markup) container(name string, b Block) {
	m.open(name, attributesOf(b))
	m.WriteByte('\n')
	m.blocks(b.Blocks)
	m.WriteByte('\n')
	m.close(name)
}

// holder writes an item, a meaning or a cell: a single plain paragraph, and
// lists after it, need no tags of their own.
func (m *markup) holder(name string, b Block) {
	if len(b.Blocks) == 0 {
		m.open(name, attributesOf(b))
		m.close(name)
		return
	}
	if m.paragraphID != nil || !isTight(b.Blocks) {
		m.container(name, b)
		return
	}
	m.open(name, attributesOf(b))
	m.inlines(b.Blocks[0].Inlines)
	if len(b.Blocks) > 1 {
		m.WriteByte('\n')
		m.blocks(b.Blocks[1:])
		m.WriteByte('\n')
	}
	m.close(name)
}

func isTight(blocks []Block) bool {
	first := blocks[0]
	if first.Kind != Paragraph || first.Align != AlignStart || len(first.Attrs) > 0 || len(first.Inlines) == 0 {
		return false
	}
	return !slices.ContainsFunc(blocks[1:], func(b Block) bool { return b.Kind != List })
}

// sceneBreak writes a rule; what the writer drew is its title.
func (m *markup) sceneBreak(b Block) {
	attrs := b.Attrs
	if b.Glyphs != "" {
		class := "scene"
		if own := attrs.Get("class"); own != "" {
			class += " " + own
		}
		attrs = attrs.with("class", class).with("title", oneLine(b.Glyphs, maxTitle))
	}
	m.void("hr", attrs)
}

// image writes a figure: what the picture needs is on the picture, the rest on
// the figure.
func (m *markup) image(b Block) {
	picture := Attrs{{"alt", b.Alt}, {"src", b.Src}}
	for _, name := range []string{"height", "width"} {
		picture = picture.with(name, b.Attrs.Get(name))
		b.Attrs = b.Attrs.without(name)
	}
	m.open("figure", attributesOf(b))
	m.void("img", picture)
	m.label("figcaption", b.Inlines)
	m.close("figure")
}

// label writes a caption or summary, if there is one.
func (m *markup) label(name string, inlines []Inline) {
	if len(inlines) == 0 {
		return
	}
	m.open(name, nil)
	m.inlines(inlines)
	m.close(name)
}

func (m *markup) fold(b Block) {
	attrs := attributesOf(b)
	if b.Open {
		attrs = attrs.with("open", "open")
	}
	m.open("details", attrs)
	m.WriteByte('\n')
	m.label("summary", b.Inlines)
	if m.xml && len(b.Inlines) == 0 {
		m.WriteString("<summary>…</summary>")
	}
	m.WriteByte('\n')
	m.blocks(b.Blocks)
	m.WriteByte('\n')
	m.close("details")
}

func (m *markup) list(b Block) {
	if b.Ordered {
		m.container("ol", b)
		return
	}
	m.container("ul", b)
}

// table writes the rows that make its head in a head, the others in a body.
func (m *markup) table(b Block) {
	m.open("table", attributesOf(b))
	m.WriteByte('\n')
	if len(b.Inlines) > 0 {
		m.label("caption", b.Inlines)
		m.WriteByte('\n')
	}
	heads := 0
	for heads < len(b.Blocks) && b.Blocks[heads].Header {
		heads++
	}
	m.rows("thead", b.Blocks[:heads])
	m.rows("tbody", b.Blocks[heads:])
	m.close("table")
}

func (m *markup) rows(name string, rows []Block) {
	if len(rows) == 0 {
		return
	}
	m.container(name, Block{Kind: Table, Blocks: rows})
	m.WriteByte('\n')
}

func (m *markup) definitions(b Block) {
	if m.xml && !alternates(b.Blocks) {
		m.loosely(b)
		return
	}
	m.container("dl", b)
}
