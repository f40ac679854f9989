package manuscript

import (
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"ficus/internal/manuscript/epub"
	"ficus/internal/pattern"
	"ficus/internal/prose"
)

// readHTML makes the source text of a page, the text of its paragraphs, one a
// line in reading order, and keeps each paragraph's block. Hidden text is read when it is asked for.
func readHTML(page string, hidden bool) (source, error) {
	if strings.HasPrefix(page, "Version:") {
		if m := clipboard.FindString(page); m != "" {
			page = page[len(m)-1:] // what Windows writes before a paste
		}
	}
	page = withoutPictures(page)
	if err := withinPage(page, mostRaw); err != nil {
		return source{}, err
	}
	if src, ok, err := readArchivePage(page, hidden); ok {
		return src, err
	}
	title := titleOf(page)
	undressed, err := readDressed([]epub.Page{{HTML: page}}, hidden)
	if err != nil {
		return source{}, err
	}
	src, err := undressed.source()
	src.pageTitle = title
	return src, err
}

// readPlainHTML reads HTML without styles of its own.
func readPlainHTML(html string) (source, error) {
	if err := withinPage(html, mostTags); err != nil {
		return source{}, err
	}
	doc, dropped := prose.ReadHTML(html)
	return page{doc, headingLevels(html), toldBy(dropped)}.source()
}

// page is a page as it was read.
type page struct {
	doc     prose.Document
	levels  []int // of its headings in order, before levels were shifted
	dropped []Dropped
}

// source makes the source text of a page. A page without words is none.
func (p page) source() (source, error) {
	b := htmlReader{levels: p.levels}
	b.read(p.doc.Blocks)
	src := source{kind: "html", text: b.text.String(), paras: b.paras, dropped: p.dropped}
	if strings.TrimSpace(src.text) == "" {
		return source{}, errEmpty
	}
	b.restoreLevels()
	return src, nil
}

func toldBy(dropped []prose.Dropped) (told []Dropped) {
	for _, d := range dropped {
		told = append(told, Dropped(d))
	}
	return told
}

var pageTitle = pattern.New(`(?is)<title\b[^>]*>(.{1,400}?)</title>`)

// titleOf is what the page calls itself.
func titleOf(page string) string {
	m := pageTitle.FindStringSubmatch(clip(page, 20_000))
	if m == nil {
		return ""
	}
	return strings.Join(strings.Fields(html.UnescapeString(m[1])), " ")
}

type htmlReader struct {
	text   strings.Builder
	paras  []para
	gap    int
	around int   // how many elements are open that hold what stands around the text
	levels []int // those of the page

	said    *bookPart // what the book says of the paragraphs that follow
	asBound bool      // blocks stay as they are
}

// read reads the blocks of a page. What a paragraph shows is a stretch of the
// source text, so that no text is held twice.
func (b *htmlReader) read(blocks []prose.Block) {
	b.text.Grow(textSize(blocks))
	b.paras = make([]para, 0, len(blocks))
	b.blocks(blocks)
}

func (b *htmlReader) blocks(blocks []prose.Block) {
	for i := range blocks {
		block := &blocks[i]
		switch {
		case b.bookMark(*block):
		case b.asBound:
			b.add(block)
		case block.Kind == prose.Division && block.Attrs.Get("class") == furnitureClass:
			b.around++
			b.blocks(block.Blocks)
			b.around--
		case block.Kind == prose.Division && block.Attrs.Get("lang") == "" && block.Attrs.Get("dir") == "":
			b.blocks(block.Blocks)
		case block.Kind == prose.Paragraph && block.IsBlank():
			b.gap++
		case block.Kind == prose.Paragraph:
			b.lines(block)
		default:
			b.add(block)
		}
	}
}

// lines adds a paragraph, or those that its lines are.
func (b *htmlReader) lines(block *prose.Block) {
	if !slices.ContainsFunc(block.Inlines, func(run prose.Inline) bool { return run.Mark == prose.LineBreak }) {
		b.add(block)
		return
	}
	pieces := splitLinesOf(*block)
	for i := range pieces {
		b.add(&pieces[i])
	}
}

// add writes a block's text as a line of the source text. A rule is an empty
// line: it has a place but no words.
func (b *htmlReader) add(block *prose.Block) {
	if b.text.Len() > 0 {
		b.text.WriteByte('\n')
	}
	furniture := b.around > 0 || block.Attrs.Get("class") == furnitureClass
	if !b.asBound {
		*block = settleBlock(plainFurniture(*block))
	}
	p := para{start: b.text.Len(), gap: b.gap, block: block}
	b.text.WriteString(blockText(*block))
	p.end = b.text.Len()
	p.text = b.text.String()[p.start:p.end]
	p.raw = p.text
	shareBlock(block, p.text)
	p.centred = block.Align == prose.AlignCentre
	p.furniture = furniture
	p.form, p.level = htmlForm(*block)
	if p.said = b.said; b.asBound {
		p.form = markup
	}
	if saidBy(b.said).opens {
		said := *b.said
		said.opens = false
		b.said = &said
	}
	b.paras = append(b.paras, p)
	b.gap = 0
}

// plainFurniture takes our mark off a block and those in it.
func plainFurniture(b prose.Block) prose.Block {
	if b.Attrs.Get("class") == furnitureClass {
		attrs := make(prose.Attrs, 0, len(b.Attrs))
		for _, a := range b.Attrs {
			if a.Name != "class" {
				attrs = append(attrs, a)
			}
		}
		b.Attrs = attrs[:len(attrs):len(attrs)]
		if len(attrs) == 0 {
			b.Attrs = nil
		}
	}
	for i := range b.Blocks {
		b.Blocks[i] = plainFurniture(b.Blocks[i])
	}
	return b
}

func htmlForm(block prose.Block) (form, int) {
	switch block.Kind {
	case prose.Heading:
		return heading, block.Level
	case prose.SceneBreak:
		return rule, 0
	case prose.Paragraph:
		return plain, 0
	}
	return markup, 0
}

// restoreLevels gives headings the level the page gave them, when each is
// still there: the reader shifts them, and the largest may be the title.
func (b *htmlReader) restoreLevels() {
	var headings []*para
	for i := range b.paras {
		if b.paras[i].form == heading {
			headings = append(headings, &b.paras[i])
		}
	}
	if len(headings) != len(b.levels) {
		return
	}
	for i, p := range headings {
		p.level = b.levels[i]
	}
}

// splitLinesOf parts a paragraph that holds many: lines between breaks that
// all close as sentences are paragraphs of their own.
func splitLinesOf(block prose.Block) []prose.Block {
	var lines [][]prose.Inline
	from := 0
	for i, run := range block.Inlines {
		if run.Mark == prose.LineBreak {
			lines = append(lines, block.Inlines[from:i])
			from = i + 1
		}
	}
	lines = append(lines, block.Inlines[from:])
	if len(lines) > 2 && verseLines(lines) {
		block.Kind = prose.Verse
		return []prose.Block{block}
	}
	if len(lines) == 1 || !proseLines(lines) {
		return []prose.Block{block}
	}
	var pieces []prose.Block
	for _, runs := range lines {
		if strings.TrimSpace(prose.PlainText(runs)) != "" {
			piece := block
			piece.Inlines = runs
			pieces = append(pieces, piece)
		}
	}
	return pieces
}

// verseLines is true for three or more short lines of which few are sentences
// and none is a label, a heading or the start of a letter.
func verseLines(lines [][]prose.Inline) bool {
	closed := 0
	for _, runs := range lines {
		text := strings.TrimSpace(prose.PlainText(runs))
		if text == "" || len(text) > 240 || utf8.RuneCountInString(text) > 60 || wordCount(text) < 2 || meansMore(text) {
			return false
		}
		closed += boolInt(closedLine(text))
	}
	return closed*3 <= len(lines)
}

func headed(text string) bool {
	_, ok := headOf(text)
	return ok
}

// meansMore is true for a line that is a label, a heading, a break, speech or
// the start of a letter.
func meansMore(text string) bool {
	_, labelled := labelOf(text)
	_, slugged := slugOf(text)
	_, drawn := breakOf(text)
	return labelled || slugged || drawn || salutation.MatchString(text) || dearLine.MatchString(text) || speech.MatchString(text) || speaker(text) != ""
}

// proseLines is true when there is an empty line among them, or when most are
// sentences or labels and no verse.
func proseLines(lines [][]prose.Inline) bool {
	if head := strings.TrimSpace(prose.PlainText(lines[0])); headed(head) || mailLine.MatchString(head) || authorLine(strings.TrimSpace(prose.PlainText(lines[1]))) {
		return true
	}
	sentences := 0
	for _, runs := range lines {
		text := strings.TrimSpace(prose.PlainText(runs))
		if text == "" {
			return true
		}
		_, labelled := labelOf(clip(text, 400))
		_, drawn := breakOf(text)
		sentences += boolInt(endsSentence(text) && len(text) > 40 || labelled || drawn)
	}
	return sentences*10 >= len(lines)*7
}
