package office

import "strings"

// inline reads what stands inside a paragraph.
func (d *docx) inline() {
	s := d.s
	switch s.space {
	case inMC:
		if string(s.name) == "AlternateContent" {
			d.alternate(func() { s.each(d.inline) })
		}
		return
	case inM:
		d.formula()
		return
	case inW:
	default:
		return
	}
	switch string(s.name) {
	case "r":
		d.run()
	case "hyperlink":
		d.hyperlink()
	case "fldSimple":
		d.simpleField()
	case "ins", "moveTo", "del", "moveFrom":
		d.change(func() { s.each(d.inline) })
	case "smartTag", "customXml", "dir", "bdo":
		s.each(d.inline)
	case "sdt":
		d.control(func() { s.each(d.inline) })
	case "pPr":
	}
}

// change reads what stands in a tracked change, if it is taken.
func (d *docx) change(inside func()) {
	if _, goes := d.taken.tracked(d.told, string(d.s.name)); !goes {
		inside()
	}
}

func (d *docx) formula() {
	text := d.s.inner()
	if d.visible() {
		d.line.text(dress{link: d.link}, []byte(escape(text)))
	}
}

func (d *docx) hyperlink() {
	before := d.link
	if id, ok := d.s.attr("id"); ok {
		if r := d.rels[id]; r.external {
			d.link = r.target
		}
	}
	d.s.each(d.inline)
	d.link = before
}

// run reads one run: its dress, then what it holds.
func (d *docx) run() {
	s := d.s
	var own runProps
	char := ""
	worn, dressed := dress{}, false
	d.signed = false
	s.each(func() {
		if s.is(inW, "rPr") {
			own, char = d.ownProps()
			return
		}
		if !dressed {
			worn, dressed = d.dress(own, char), true
		}
		d.runPart(worn)
	})
}

// ownProps reads the properties a run has by itself.
func (d *docx) ownProps() (own runProps, char string) {
	s := d.s
	s.each(func() {
		switch {
		case s.space != inW:
		case string(s.name) == "rStyle":
			char = s.val("val")
		case string(s.name) == "rPrChange":
			d.told["tracked-format"]++
		default:
			own.read(s)
		}
	})
	for kind, n := range own.loud {
		d.told[kind] += n
	}
	return own, char
}

// dress is what a run is shown as. What a heading's own style, or the style of
// every paragraph, does to all of its text says nothing.
func (d *docx) dress(own runProps, char string) dress {
	all := d.styles.resolve(d.style.run, char, own)
	base, heading := d.base()
	lang, dir := d.tongue(all)
	worn := dressOf(all, base, heading, d.address(), lang, dir)
	d.taken.hides(&worn, d.told)
	return worn
}

// base is the dress that says nothing: that of every paragraph, or of every
// heading of this style.
func (d *docx) base() (runProps, bool) {
	if d.headingLevel(nil) > 0 {
		return d.styles.resolve(d.style.run, "", runProps{}), true
	}
	return d.styles.resolve(d.styles.paragraph("").run, "", runProps{}), false
}

// tongue gives the language and direction of a run where they are not those
// of the text around it.
func (d *docx) tongue(all runProps) (lang, dir string) {
	lang = all.lang
	if all.val&rightward > 0 {
		lang = all.langBidi
		if d.para.bidi <= 0 {
			dir = "rtl"
		}
	}
	return foreign(lang, d.styles.lang), dir
}

// runPart reads one thing that a run holds.
func (d *docx) runPart(worn dress) {
	s := d.s
	if s.space == inMC && string(s.name) == "AlternateContent" {
		d.alternate(func() { s.each(func() { d.runPart(worn) }) })
		return
	}
	if s.space != inW {
		return
	}
	switch string(s.name) {
	case "t", "delText":
		if d.signed {
			d.signed = false
			return
		}
		d.characters(worn)
	case "tab", "ptab":
		d.shown1(worn, " ")
	case "br":
		d.lineEnd(worn)
	case "cr":
		d.shownBreak(worn)
	case "noBreakHyphen":
		d.shown1(worn, "\u2011")
	case "sym":
		d.shown1(worn, symbol(s.val("font"), s.val("char")))
	case "fldChar":
		d.fieldChar()
	case "instrText":
		d.instruction(s.inner())
	case "ruby":
		d.ruby(worn)
	default:
		d.runObject(worn)
	}
}

// runObject reads what a run holds besides characters.
func (d *docx) runObject(worn dress) {
	s := d.s
	switch string(s.name) {
	case "footnoteReference", "endnoteReference":
		d.callNote(strings.TrimSuffix(string(s.name), "Reference"), worn)
		if v, ok := s.attr("customMarkFollows"); ok && v != "0" && v != "false" {
			d.signed = true // the sign that was typed goes, the note has its number
		}
	case "commentReference":
		d.told["comment"]++
	case "drawing", "pict", "object":
		d.object(worn)
	}
}

// characters takes a run's text, as escaped in the source.
func (d *docx) characters(worn dress) {
	s := d.s
	depth := len(s.open)
	for s.next() {
		if s.kind == endTag && len(s.open) < depth {
			return
		}
		if s.kind == characters {
			d.take(worn, s.raw)
		}
	}
}

// take puts characters into the line, if they show.
func (d *docx) take(worn dress, raw []byte) {
	if worn.marks&hidden > 0 || d.visible() {
		d.flow.take(worn, raw)
	}
}

func (d *docx) shown1(worn dress, text string) { d.take(worn, []byte(escape(text))) }

func (d *docx) shownBreak(worn dress) {
	if d.visible() && worn.marks&hidden == 0 {
		d.line.lineBreak(worn.plain())
	}
}

// lineEnd reads a w:br: the end of a line, or of a page.
func (d *docx) lineEnd(worn dress) {
	switch d.s.val("type") {
	case "page":
		if d.visible() {
			d.breakPage()
		}
	case "column":
	default:
		d.shownBreak(worn)
	}
}

// ruby reads a base with the reading over it.
func (d *docx) ruby(worn dress) {
	s := d.s
	var base, over string
	s.each(func() {
		switch string(s.name) {
		case "rt":
			over = d.innerText()
		case "rubyBase":
			base = d.innerText()
		}
	})
	if d.visible() {
		d.putRuby(worn, base, over)
	}
}

// innerText is the plain text of runs.
func (d *docx) innerText() string {
	s := d.s
	var b strings.Builder
	depth := len(s.open)
	for s.next() {
		if s.kind == endTag && len(s.open) < depth {
			break
		}
		if s.kind == startTag && s.is(inW, "t") {
			b.WriteString(s.inner())
		}
	}
	return strings.TrimSpace(b.String())
}
