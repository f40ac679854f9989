package office

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
)

// odt reads the text of an .odt.
type odt struct {
	flow
	s       *scanner
	taken   Taken
	regions map[string]region // the tracked changes, by their ids
	refused string            // the insertion that is left out here
	pack    *pack
	styles  *odtStyles
	style   *odtStyle
	link    string
	run     runProps // of the spans that are open
	lists   []odtList
	listed  int                // lists begun
	ended   map[string][10]int // how far lists had counted that others go on from
	outline [10]int
	shown   pictures
}

// odtList is a list that is open.
type odtList struct {
	id     string
	levels *[10]odtLevel
	counts [10]int
	fresh  bool // its item has begun and has no paragraph yet
	header bool // of items without a number
}

// readOdt reads the styles, then the text.
func readOdt(p *pack, taken Taken) (Text, error) {
	d := &odt{pack: p, taken: taken, regions: map[string]region{}, styles: newOdtStyles(), shown: pictures{pack: p, names: map[string]string{}}}
	d.told = told{}
	if p.has("styles.xml") {
		data, err := p.text("styles.xml")
		if err == nil {
			d.headers(data)
			err = d.styles.read(data)
		}
		if err != nil {
			return Text{}, err
		}
	}
	data, err := p.text("content.xml")
	if err != nil {
		return Text{}, err
	}
	if err := d.styles.read(data); err != nil {
		return Text{}, err
	}
	d.titled = d.usesTitle(data)
	d.s = scan(data)
	for d.s.next() {
		if d.s.kind == startTag && d.s.is(inOffice, "text") {
			d.blocks()
		}
	}
	if d.s.err != nil {
		return Text{}, d.s.err
	}
	d.flush()
	d.s = nil
	html, err := d.w.finish()
	if err != nil {
		return Text{}, err
	}
	return Text{HTML: string(html), Pictures: d.shown.list, Told: d.told.counts()}, nil
}

// usesTitle is true when a paragraph has the style of titles, or one made of
// it.
func (d *odt) usesTitle(data []byte) bool {
	for key, style := range d.styles.all {
		family, name, _ := strings.Cut(key, "\x00")
		if family != "paragraph" || name == "" {
			continue
		}
		if style = d.styles.find(family, name); style.role == titleRole && bytes.Contains(data, []byte(`text:style-name="`+escape(name)+`"`)) {
			return true
		}
	}
	return false
}

// headers tells of page headers and footers, which are no part of the story.
func (d *odt) headers(data []byte) {
	for s := scan(data); s.next(); {
		if s.kind == startTag && s.space == inStyle && isHeader(string(s.name)) && strings.TrimSpace(s.inner()) != "" {
			d.told["page-header"]++
		}
	}
}

func isHeader(name string) bool {
	switch name {
	case "header", "footer", "header-left", "footer-left", "header-first", "footer-first":
		return true
	}
	return false
}

func (d *odt) blocks() { d.s.each(d.block) }

func (d *odt) block() {
	s := d.s
	switch s.space {
	case inText:
		d.textBlock()
	case inTable:
		if string(s.name) == "table" {
			d.table()
		}
	case inDraw:
		d.line.reset()
		d.begin("")
		d.drawing(dress{})
		if d.line.words || len(d.boxes) > 0 {
			d.finishParagraph()
		}
	case inOffice:
		if string(s.name) == "annotation" {
			d.told["comment"]++
		}
	}
}

func (d *odt) textBlock() {
	s := d.s
	switch string(s.name) {
	case "p", "h":
		d.paragraph()
	case "list":
		d.list()
	case "section":
		if s.val("display") == "none" || d.styles.find("section", s.val("style-name")).run.val&hidden > 0 {
			if !d.taken.Hidden {
				d.told["hidden-text"]++
				return
			}
			d.told["hidden-text-shown"]++
		}
		d.blocks()
	case "numbered-paragraph", "index-body":
		d.blocks()
	case "table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index", "bibliography":
		d.told["contents-table"]++
	case "tracked-changes":
		d.changes()
	case "change", "change-start", "change-end":
		d.changeMark()
	}
}

// begin takes the style of a paragraph.
func (d *odt) begin(name string) {
	d.style = d.styles.find("paragraph", name)
	d.para, d.role, d.level = d.style.para, d.style.role, d.style.level
	if d.para.section && d.para.outline >= 0 {
		d.para.section = false
	}
}

func (d *odt) paragraph() {
	s := d.s
	if !d.carry {
		d.line.reset()
	}
	d.carry = false
	d.begin(s.val("style-name"))
	header := s.val("is-list-header") == "true"
	if string(s.name) == "h" {
		d.para.outline = 0
		if n, err := strconv.Atoi(s.val("outline-level")); err == nil && n > 0 && n < 10 {
			d.para.outline = n - 1
		}
	} else if d.role != titleRole {
		d.para.outline, d.role = 9, notHeading(d.role)
	}
	before := d.run
	d.run = runProps{}
	d.inside()
	d.run = before
	d.mark = func(words, heading bool) (*item, string) {
		if !words {
			return nil, ""
		}
		return d.labelOf(heading, header)
	}
	if d.carry = d.refused != ""; !d.carry {
		d.finishParagraph()
	}
	d.mark = nil
}

// notHeading is the role of a paragraph that has a heading's style and is
// none.
func notHeading(r role) role {
	if r == headingRole {
		return noRole
	}
	return r
}

// labelOf is how the paragraph begins: as an item of a list, or with text.
func (d *odt) labelOf(heading, header bool) (*item, string) {
	if heading {
		return nil, d.headingLabel(header || d.role == titleRole)
	}
	if len(d.lists) == 0 {
		return nil, ""
	}
	at := len(d.lists) - 1
	l := &d.lists[at]
	level := odtLevel{bullet: "•"}
	if l.levels != nil {
		level = l.levels[min(at, 9)]
	}
	it := &item{id: l.id, level: at, ordered: level.bullet == "" && level.format != "", more: !l.fresh}
	first := l.fresh && !l.header
	if l.fresh = false; first {
		l.counts[min(at, 9)]++
	}
	it.number = level.start + l.counts[min(at, 9)] - 1
	switch {
	case level.bullet != "" && isDash(level.bullet):
		return nil, textIf(first, level.bullet)
	case level.bullet == "" && level.format == "":
		return nil, textIf(first, strings.TrimSpace(level.prefix+level.suffix))
	case strings.IndexFunc(level.prefix+level.suffix, unicode.IsLetter) >= 0:
		return nil, textIf(first, level.text(it.number))
	}
	return it, ""
}

func textIf(yes bool, text string) string {
	if yes {
		return text
	}
	return ""
}

// text is a number with what stands around it.
func (l odtLevel) text(n int) string {
	format := map[string]string{"I": "upperRoman", "i": "lowerRoman", "A": "upperLetter", "a": "lowerLetter"}[l.format]
	return strings.TrimSpace(l.prefix + written(n, format) + l.suffix)
}

// headingLabel is the number a heading is shown with, if it is.
func (d *odt) headingLabel(header bool) string {
	levels, at := d.styles.lists[outlineStyle], min(max(d.para.outline, 0), 9)
	if list := d.styles.lists[d.para.num]; list != nil {
		levels = list
	}
	if n := len(d.lists); n > 0 && d.lists[n-1].levels != nil {
		levels = d.lists[n-1].levels
	}
	if levels == nil || header || levels[at].format == "" {
		return ""
	}
	d.outline[at]++
	for deeper := at + 1; deeper < len(d.outline); deeper++ {
		d.outline[deeper] = 0
	}
	return levels[at].text(max(levels[at].start, 1) + d.outline[at] - 1)
}

// mostLists bounds how deep lists stand in one another.
const mostLists = 20

func (d *odt) list() {
	s := d.s
	if len(d.lists) >= mostLists {
		d.blocks()
		return
	}
	name := s.val("style-name")
	l := odtList{levels: d.styles.lists[name]}
	if n := len(d.lists); n > 0 {
		if l.levels == nil {
			l.levels = d.lists[n-1].levels
		}
	}
	d.listed++
	l.id = strconv.Itoa(d.listed)
	goes := s.val("continue-numbering") == "true" || s.val("continue-list") != ""
	if goes && len(d.lists) == 0 && name != "" {
		l.counts = d.ended[name]
	}
	d.lists = append(d.lists, l)
	s.each(func() {
		top := &d.lists[len(d.lists)-1]
		top.fresh, top.header = true, string(s.name) == "list-header"
		d.blocks()
	})
	if len(d.lists) == 1 && name != "" && len(d.ended) < mostEntries {
		if d.ended == nil {
			d.ended = map[string][10]int{}
		}
		d.ended[name] = d.lists[0].counts
	}
	d.lists = d.lists[:len(d.lists)-1]
}
