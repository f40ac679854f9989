package office

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
)

// mostHTML bounds what is written of one file: thirty novels.
const mostHTML = 17 << 20

// mostTags bounds the paragraphs and marks of one file, two tags each: a novel
// of a million words has half of that.
const mostTags = 200_000

// writer puts blocks one after the other.
type writer struct {
	out    []byte
	lists  []listLevel
	quoted bool
	ruled  bool // the last block was a break
	over   bool // more was written than may be
}

// listLevel is a list that is open; its last item is open too.
type listLevel struct {
	id      string
	ordered bool
}

// item says that a paragraph is an item of a list.
type item struct {
	id      string
	level   int
	ordered bool
	number  int
	more    bool // it goes on in the item that is open
}

// block says how a paragraph stands.
type block struct {
	tag   string // p, h1 … h6
	align string // centre or right
	lang  string
	dir   string
	class string
	item  *item
	quote bool
}

func (w *writer) write(parts ...string) {
	if len(w.out) > mostHTML {
		w.over = true
		return
	}
	for _, part := range parts {
		w.out = append(w.out, part...)
	}
}

// paragraph writes one block of text. One without words is the gap it shows.
func (w *writer) paragraph(b block, html []byte, words bool) {
	w.enclose(b.item, b.quote)
	if !words {
		if len(w.lists) == 0 || b.item == nil {
			w.write("<p>&#160;</p>\n")
		}
		return
	}
	w.ruled = false
	class := strings.TrimSpace(b.align + " " + b.class)
	w.write("<", b.tag, attribute("class", class), attribute("lang", b.lang), attribute("dir", b.dir), ">")
	if !w.over {
		w.out = append(w.out, html...)
	}
	w.write("</", b.tag, ">\n")
}

// rule writes a break between scenes; two in a row are one.
func (w *writer) rule(glyphs string) {
	if w.ruled && glyphs == "" {
		return
	}
	w.enclose(nil, false)
	w.ruled = true
	if glyphs == "" {
		w.write("<hr>\n")
		return
	}
	w.write(`<hr class="scene"`, attribute("title", glyphs), ">\n")
}

// raw puts finished blocks in.
func (w *writer) raw(html []byte) {
	if len(html) == 0 {
		return
	}
	w.enclose(nil, false)
	w.ruled = false
	w.write(string(html))
}

// enclose opens and closes lists and quotations so that the next block stands
// where it should.
func (w *writer) enclose(it *item, quote bool) {
	depth := 0
	if it != nil {
		depth = min(it.level+1, len(w.lists)+1)
	}
	for len(w.lists) > depth || it != nil && len(w.lists) == depth && depth > 0 && w.otherList(it) {
		w.closeList()
	}
	if quote != w.quoted && len(w.lists) == 0 {
		w.quoted = quote
		w.write(map[bool]string{true: "<blockquote>\n", false: "</blockquote>\n"}[quote])
	}
	if it == nil {
		return
	}
	if len(w.lists) == depth {
		if !it.more {
			w.write("</li><li>")
		}
		return
	}
	w.openList(it)
}

func (w *writer) openList(it *item) {
	w.lists = append(w.lists, listLevel{it.id, it.ordered})
	switch {
	case !it.ordered:
		w.write("<ul><li>")
	case it.number > 1:
		w.write(`<ol start="`, strconv.Itoa(it.number), `"><li>`)
	default:
		w.write("<ol><li>")
	}
}

func (w *writer) otherList(it *item) bool {
	top := w.lists[len(w.lists)-1]
	return top.id != it.id || top.ordered != it.ordered
}

func (w *writer) closeList() {
	last := len(w.lists) - 1
	w.write(map[bool]string{true: "</li></ol>\n", false: "</li></ul>\n"}[w.lists[last].ordered])
	w.lists = w.lists[:last]
}

// apart writes what inside does into a text of its own.
func (w *writer) apart(inside func()) []byte {
	around := *w
	*w = writer{over: around.over}
	inside()
	w.enclose(nil, false)
	made, over := w.out, w.over || len(around.out)+len(w.out) > mostHTML
	*w = around
	w.over = over
	return bytes.TrimSpace(made)
}

// finish closes all lists and gives what was written.
func (w *writer) finish() ([]byte, error) {
	w.enclose(nil, false)
	switch {
	case w.over:
		return nil, errUnpacked
	case bytes.Count(w.out, []byte("<")) > mostTags:
		return nil, errTooLong
	}
	return w.out, nil
}

// tableText is a table while it is read.
type tableText struct {
	cells  int
	single []byte              // what the first cell holds
	column int                 // where the next cell of the row begins
	below  map[int]*mergedCell // the cells that go on in the rows below, by where they begin
	merged []*mergedCell
}

// mergedCell is a cell that goes on in the rows below it.
type mergedCell struct{ at, rows int }

// cell writes one cell with what it holds.
func (w *writer) cell(t *tableText, tag string, spans string, inside []byte) {
	if t.cells++; t.cells == 1 {
		t.single = append([]byte(nil), inside...)
	}
	if string(inside) == blankCell {
		inside = nil
	}
	w.write("<", tag)
	if m := t.below[t.column]; m != nil && m.rows == 1 {
		m.at = len(w.out)
	}
	w.write(spans, ">", string(inside), "</", tag, ">")
}

// blankCell is what a cell without words holds.
const blankCell = "<p>&#160;</p>"

// spanning is the attribute of a cell over several columns or rows.
func spanning(name, count string) string {
	if n, err := strconv.Atoi(count); err != nil || n < 2 || n > 1000 {
		return ""
	}
	return attribute(name, count)
}

// pass goes on behind a cell.
func (t *tableText) pass(span string) {
	n, _ := strconv.Atoi(span)
	t.column += max(n, 1)
}

// begins notes that the next cell goes on in the rows below.
func (t *tableText) begins() {
	m := &mergedCell{rows: 1}
	if t.below == nil {
		t.below = map[int]*mergedCell{}
	}
	t.below[t.column] = m
	t.merged = append(t.merged, m)
}

// goesOn adds a row to the cell above, if that goes on here and nothing is
// written in this row.
func (t *tableText) goesOn(span string, inside []byte) bool {
	m := t.below[t.column]
	if m == nil || len(inside) > 0 && string(inside) != blankCell {
		delete(t.below, t.column)
		return false
	}
	m.rows++
	t.pass(span)
	return true
}

// spanned writes into the rows over how many of them cells go.
func (t *tableText) spanned(rows []byte) []byte {
	for _, m := range slices.Backward(t.merged) {
		if m.rows > 1 && m.at > 0 && m.at < len(rows) {
			rows = slices.Insert(rows, m.at, []byte(attribute("rowspan", strconv.Itoa(m.rows)))...)
		}
	}
	return rows
}

// tableOf writes a table of its rows. One of a single cell is only a frame
// around text.
func (w *writer) tableOf(t tableText, rows []byte) {
	switch {
	case t.cells == 1:
		w.raw(append(t.single, '\n'))
	case t.cells > 1:
		w.raw([]byte("<table>" + string(t.spanned(rows)) + "</table>\n"))
	}
}
