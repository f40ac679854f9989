package office

import (
	"bytes"
	"strings"
)

// mark is one thing a run of characters may be besides plain.
type mark uint16

const (
	italic mark = 1 << iota
	bold
	underlined
	struck
	raised
	lowered
	smallCaps
	capitals  // shown in capitals, whatever was typed
	hidden    // not shown
	rightward // runs from right to left
	dotted    // emphasised as in East Asia
)

// elements are how marks are written, the outermost first.
var elements = []struct {
	mark        mark
	open, close string
}{
	{italic, "<em>", "</em>"},
	{bold, "<strong>", "</strong>"},
	{underlined, "<u>", "</u>"},
	{struck, "<s>", "</s>"},
	{smallCaps, `<span class="small-caps">`, "</span>"},
	{raised, "<sup>", "</sup>"},
	{lowered, "<sub>", "</sub>"},
}

// dress is what a run of characters is shown as.
type dress struct {
	marks mark
	link  string // address
	lang  string
	dir   string
}

// shared is what two runs have in common.
func (d dress) shared(e dress) dress {
	both := dress{marks: d.marks & e.marks}
	if d.link == e.link {
		both.link = d.link
	}
	if d.lang == e.lang && d.dir == e.dir {
		both.lang, both.dir = d.lang, d.dir
	}
	return both
}

// line is the inside of a paragraph while it is written.
type line struct {
	html  []byte
	worn  dress
	open  []int // elements that are open, by their place in the table
	space bool  // white space is owed before the next character
	words bool  // something shows
}

// wear changes what the next characters are shown as.
func (l *line) wear(d dress) {
	if d == l.worn {
		return
	}
	if d.link != l.worn.link || d.lang != l.worn.lang || d.dir != l.worn.dir {
		l.closeMarks(0)
		l.closeSpans()
		l.worn = dress{link: d.link, lang: d.lang, dir: d.dir}
		l.openSpans()
	}
	keep := 0
	for keep < len(l.open) && d.marks&elements[l.open[keep]].mark > 0 {
		keep++
	}
	l.closeMarks(keep)
	have := mark(0)
	for _, i := range l.open {
		have |= elements[i].mark
	}
	for i, e := range elements {
		if d.marks&e.mark > 0 && have&e.mark == 0 {
			l.html = append(l.html, e.open...)
			l.open = append(l.open, i)
		}
	}
	l.worn = d
}

func (l *line) closeMarks(keep int) {
	for len(l.open) > keep {
		last := len(l.open) - 1
		l.html = append(l.html, elements[l.open[last]].close...)
		l.open = l.open[:last]
	}
}

func (l *line) closeSpans() {
	if l.worn.lang != "" || l.worn.dir != "" {
		l.html = append(l.html, "</span>"...)
	}
	if l.worn.link != "" {
		l.html = append(l.html, "</a>"...)
	}
}

func (l *line) openSpans() {
	if l.worn.link != "" {
		l.html = append(l.html, `<a href="`+escape(l.worn.link)+`">`...)
	}
	if l.worn.lang != "" || l.worn.dir != "" {
		l.html = append(l.html, "<span"+attribute("lang", l.worn.lang)+attribute("dir", l.worn.dir)+">"...)
	}
}

func attribute(name, value string) string {
	if value == "" {
		return ""
	}
	return " " + name + `="` + escape(value) + `"`
}

// text adds characters, escaped as in XML. White space at the edges of a mark
// stands outside it: it is shown as what both its neighbours are.
func (l *line) text(d dress, raw []byte) {
	from, to := 0, len(raw)
	for from < to && isSpace(raw[from]) {
		from++
	}
	for to > from && isSpace(raw[to-1]) {
		to--
	}
	l.space = l.space || from > 0 && l.words
	if from == to {
		return
	}
	l.settle(d)
	l.html = append(l.html, raw[from:to]...)
	l.words = true
	l.space = to < len(raw)
}

// settle pays the white space that is owed and dresses for d.
func (l *line) settle(d dress) {
	if l.space {
		l.wear(l.worn.shared(d))
		l.html = append(l.html, ' ')
		l.space = false
	}
	l.wear(d)
}

// put adds HTML that shows something, dressed as d.
func (l *line) put(d dress, html string) {
	l.settle(d)
	l.html = append(l.html, html...)
	l.words = true
}

// lineBreak ends a line inside the paragraph.
func (l *line) lineBreak(d dress) {
	l.space = false
	l.wear(l.worn.shared(d))
	l.html = append(l.html, "<br>"...)
}

// finish closes what is open and gives the paragraph's HTML.
func (l *line) finish() []byte {
	l.wear(dress{})
	l.space = false
	return l.html
}

// reset begins another paragraph in the same room.
func (l *line) reset() {
	l.html, l.open = l.html[:0], l.open[:0]
	l.worn, l.space, l.words = dress{}, false, false
}

// plain is a dress that can be worn: without what is done to the characters
// themselves.
func (d dress) plain() dress {
	d.marks &^= hidden | capitals | rightward | dotted
	return d
}

// dressOf is what a run is shown as. What base, the style of every paragraph or
// of a heading, does to all of its text says nothing.
func dressOf(all, base runProps, heading bool, link, lang, dir string) dress {
	m := all.val &^ italic
	if (all.val^base.val)&italic > 0 {
		m |= italic
	}
	if base.val&bold > 0 || heading {
		m &^= bold
	}
	if heading {
		m &^= base.val & (underlined | smallCaps | capitals)
	}
	if m&dotted > 0 {
		m |= italic
	}
	if link != "" {
		m &^= underlined
	}
	return dress{marks: m, link: link, lang: lang, dir: dir}
}

// foreign is a language that is not the file's; empty for the file's own.
func foreign(lang, own string) string {
	if own == "" || lang == "" || primary(lang) == primary(own) || len(primary(lang)) > 3 {
		return ""
	}
	return lang
}

// primary is the language without its country.
func primary(lang string) string {
	name, _, _ := strings.Cut(lang, "-")
	return strings.ToLower(name)
}

var softHyphen = []byte("\u00ad")

// take puts characters, as escaped in XML, into the line; hidden ones are
// told.
func (f *flow) take(worn dress, raw []byte) {
	if worn.marks&hidden > 0 {
		if len(bytes.TrimSpace(raw)) > 0 {
			f.told["hidden-text"]++
		}
		return
	}
	if worn.marks&capitals > 0 {
		raw = []byte(escape(strings.ToUpper(unescape(raw))))
	}
	if bytes.Contains(raw, softHyphen) {
		raw = bytes.ReplaceAll(raw, softHyphen, nil)
	}
	f.line.text(worn.plain(), raw)
}

// putRuby puts a base with the reading over it.
func (f *flow) putRuby(worn dress, base, over string) {
	switch {
	case base == "" || worn.marks&hidden > 0:
	case over == "":
		f.take(worn, []byte(escape(base)))
	default:
		f.line.put(worn.plain(), "<ruby>"+escape(base)+"<rt>"+escape(over)+"</rt></ruby>")
	}
}
