package office

import (
	"bytes"
	"strconv"
	"strings"

	"ficus/internal/pattern"
)

// rtfPara is how a paragraph stands.
type rtfPara struct {
	align    string
	rtl      bool
	style    int // -1 for none
	outline  int // 0 is the largest heading; -1 for none
	inTable  bool
	list     int
	level    int
	top      bool // a line drawn above
	bottom   bool
	sides    bool // lines left and right: a box
	pageOver bool
}

// rtfFlow is a text being written: the story's, or a note's.
type rtfFlow struct {
	blocks writer
	line   line
	note   bool
	around *rtfFlow
	item   *item // the paragraph is an item of a list
	table  bool  // a table is open
	row    bool
	cell   bool
	began  bool // something was written
	page   bool // a page ended
	drawn  bool // a line is owed below the last paragraph
	topped bool // the last paragraph had a line above
	spent  bool // the paragraph's words stand above already
}

// finish ends the last paragraph, which has no end of its own in many files.
func (f *rtfFlow) finish(r *rtfReader) {
	for f.around != nil {
		f = f.around
	}
	r.flow = f
	if f.line.words {
		r.endParagraph()
	}
	f.closeTable()
}

// endMarked takes a mark that ends a paragraph. Where the mark itself was
// deleted, or its insertion is refused, the paragraph goes on.
func (r *rtfReader) endMarked() {
	s := &r.state
	if s.deleted && !r.taken.Deleted || s.added && r.taken.Original {
		return
	}
	r.endParagraph()
}

// endParagraph writes the paragraph.
func (r *rtfReader) endParagraph() {
	f := r.flow
	if f.note {
		if f.line.words {
			f.line.lineBreak(dress{})
		}
		return
	}
	p := r.state.para
	if p.inTable || f.cell {
		f.openCell()
	} else {
		f.closeTable()
	}
	b := r.blockOf(p)
	html := bytes.Clone(bytes.TrimSpace(f.line.finish()))
	words, spent := f.line.words, f.spent
	f.line.reset()
	f.spent, f.item = false, nil
	if spent && !words {
		return
	}
	if !f.cell {
		f.ruleOver(p, b, words)
	}
	if words || !f.cell && !p.onlyDrawn() {
		f.blocks.paragraph(b, html, words)
		f.began = f.began || words
	}
}

// onlyDrawn is true for a paragraph that, without words, is a line across.
func (p rtfPara) onlyDrawn() bool { return (p.top || p.bottom) && !p.sides }

// ruleOver writes the breaks that stand above a paragraph: the line below the
// one before, its own line above, the end of a page. Paragraphs with the same
// lines stand between them together, as word processors draw it.
func (f *rtfFlow) ruleOver(p rtfPara, b block, words bool) {
	p = p.unboxed()
	rule := f.drawn && !p.bottom || p.top && !f.topped || !words && p.onlyDrawn()
	if words && f.newPage(p, b) {
		rule = true
	}
	if rule && f.began {
		f.blocks.rule("")
	}
	f.drawn, f.topped = p.bottom && words, p.top && words
}

// unboxed is the paragraph without the lines of a box around it.
func (p rtfPara) unboxed() rtfPara {
	if p.sides {
		p.top, p.bottom = false, false
	}
	return p
}

// newPage tells whether a page begins over a paragraph that is no heading.
func (f *rtfFlow) newPage(p rtfPara, b block) bool {
	begins := f.page || p.pageOver
	f.page = false
	return begins && b.tag == "p"
}

// blockOf is the block a paragraph becomes.
func (r *rtfReader) blockOf(p rtfPara) block {
	b := block{tag: "p", align: p.align, item: r.flow.item}
	if p.rtl {
		b.dir = "rtl"
		b.align = strings.TrimSuffix(b.align, "right") // where such lines begin
	}
	if level := r.headingLevel(p); level > 0 {
		b.tag, b.item = "h"+strconv.Itoa(level), nil
	}
	switch strings.ToLower(r.styles[p.style]) {
	case "quote", "intense quote", "quotations", "block text", "block quotation":
		b.quote = p.style >= 0
	}
	return b
}

// headingLevel is the level of a heading; 0 for a paragraph.
func (r *rtfReader) headingLevel(p rtfPara) int {
	if p.style >= 0 {
		name := strings.ToLower(r.styles[p.style])
		if name == "title" {
			return 1
		}
		if n, ok := strings.CutPrefix(name, "heading "); ok && len(n) == 1 && n[0] >= '1' && n[0] <= '9' {
			return min(int(n[0]-'0')+1, 6)
		}
	}
	if p.outline >= 0 && p.outline < 9 {
		return min(p.outline+2, 6)
	}
	return 0
}

func (r *rtfReader) endLine() {
	r.flow.line.lineBreak(r.dress())
}

// endPage ends the paragraph a page ends in.
func (r *rtfReader) endPage() {
	if r.flow.note {
		return
	}
	if r.flow.line.words {
		r.endParagraph()
	}
	r.flow.page = true
}

func (r *rtfReader) endCell() {
	f := r.flow
	if f.note {
		return
	}
	f.openCell()
	if f.line.words {
		r.endParagraph()
	}
	f.closeCell()
}

func (r *rtfReader) endRow() {
	f := r.flow
	if f.note || !f.row {
		return
	}
	f.closeCell()
	f.blocks.write("</tr>\n")
	f.row = false
}

func (f *rtfFlow) openCell() {
	if f.cell {
		return
	}
	f.blocks.enclose(nil, false)
	if !f.table {
		f.blocks.write("<table>\n")
	}
	if !f.row {
		f.blocks.write("<tr>")
	}
	f.blocks.write("<td>")
	f.table, f.row, f.cell = true, true, true
}

func (f *rtfFlow) closeCell() {
	if f.cell {
		f.blocks.enclose(nil, false)
		f.blocks.write("</td>")
		f.cell = false
	}
}

func (f *rtfFlow) closeTable() {
	if !f.table {
		return
	}
	f.closeCell()
	if f.row {
		f.blocks.write("</tr>\n")
	}
	f.blocks.write("</table>\n")
	f.blocks.ruled = false
	f.table, f.row = false, false
}

// beginNote begins a footnote or endnote, where it is called.
func (r *rtfReader) beginNote() {
	if r.state.place != inBody || r.flow.note {
		return
	}
	flow := &rtfFlow{note: true, around: r.flow}
	s := &r.state
	s.flow, s.marks, s.link, s.hidden, s.para = flow, 0, "", false, rtfPara{style: -1, outline: -1}
	r.flow = flow
}

// endNote puts a note into the text where it was called.
func (r *rtfReader) endNote(f *rtfFlow) {
	html := strings.TrimSpace(string(f.line.finish()))
	for {
		cut := strings.TrimSpace(strings.TrimSuffix(html, "<br>"))
		if cut == html {
			break
		}
		html = cut
	}
	r.flow = f.around
	if html != "" {
		r.flow.line.put(dress{}, `<span class="footnote">`+html+`</span>`)
	}
}

func (r *rtfReader) beginMarker() {
	r.state.place, r.state.entry, r.marker = inMarker, inMarker, r.marker[:0]
}

var (
	numberMarker = pattern.New(`^\(?(?:(\d{1,4})|[ivxlcIVXLC]{1,7}|[a-zA-Z])[.)]?$`)
	bulletMarker = pattern.New(`^[•◦▪■□●○·‣⁃❖➢✓§o*]$`)
)

// endMarker decides what the sign before a paragraph means. A number or a
// bullet makes an item of a list. A dash, which word processors put where
// speech begins, and words, such as "Chapter 4", are the writer's.
func (r *rtfReader) endMarker() {
	text := strings.TrimSpace(strings.ReplaceAll(string(r.marker), "\u00a0", " "))
	p := r.state.para
	heading := r.headingLevel(p) > 0
	switch m := numberMarker.FindStringSubmatch(text); {
	case text == "", r.state.place != inBody, r.flow.note:
	case m != nil && !heading:
		n, _ := strconv.Atoi(m[1])
		r.flow.item = &item{id: strconv.Itoa(p.list), level: p.level, ordered: true, number: n}
	case bulletMarker.MatchString(text) && !heading:
		r.flow.item = &item{id: strconv.Itoa(p.list), level: p.level}
	default:
		r.bodyText([]byte(text + " "))
	}
}
