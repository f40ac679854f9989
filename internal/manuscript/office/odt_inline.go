package office

import "strings"

// inside reads what stands in a paragraph or span: characters among elements.
func (d *odt) inside() {
	s := d.s
	depth := len(s.open)
	worn := d.dress()
	for s.next() {
		switch {
		case s.kind == endTag && len(s.open) < depth:
			return
		case s.kind == characters && d.refused == "":
			d.take(worn, s.raw)
		case s.kind == startTag:
			d.inline(worn)
			s.leave(depth)
		}
	}
}

// dress is what characters are shown as here.
func (d *odt) dress() dress {
	all := d.run.over(d.style.run)
	base, heading := d.styles.find("paragraph", "Standard").run, d.headingLevel(nil) > 0
	if heading {
		base = d.style.run
	}
	dir := ""
	lang := all.lang
	if d.para.bidi > 0 && all.langBidi != "" {
		lang = all.langBidi
	}
	worn := dressOf(all, base, heading, d.link, foreign(lang, d.styles.lang), dir)
	d.taken.hides(&worn, d.told)
	return worn
}

// inline reads one element among characters.
func (d *odt) inline(worn dress) {
	s := d.s
	switch s.space {
	case inText:
		d.textInline(worn)
	case inDraw:
		d.drawing(worn)
	case inOffice:
		if string(s.name) == "annotation" {
			d.told["comment"]++
		}
	case inTable, inSVG, inDC, inMeta:
	default:
		d.inside()
	}
}

func (d *odt) textInline(worn dress) {
	s := d.s
	if name := string(s.name); d.refused != "" && odtShows[name] {
		return
	}
	switch string(s.name) {
	case "change", "change-start", "change-end":
		d.changeMark()
	case "s", "tab":
		d.take(worn, []byte(" "))
	case "line-break":
		if worn.marks&hidden == 0 {
			d.line.lineBreak(worn.plain())
		}
	case "span":
		before := d.run
		own := d.styles.find("text", s.val("style-name"))
		for kind, n := range own.run.loud {
			d.told[kind] += n
		}
		d.run = own.run.over(d.run)
		d.inside()
		d.run = before
	case "a":
		before := d.link
		d.link = s.val("href")
		d.inside()
		d.link = before
	case "note":
		d.notes(worn)
	case "ruby":
		d.ruby(worn)
	case "hidden-text", "hidden-paragraph":
		d.hiddenField(worn)
	case "page-number", "page-count", "page-continuation", "note-ref":
	case "p", "h", "list", "table-of-content":
		d.box(d.block)
	default:
		if odtPersonal[string(s.name)] {
			d.told["file-field"]++
			return
		}
		d.inside()
	}
}

// odtShows are the elements that show something by themselves.
var odtShows = map[string]bool{"s": true, "tab": true, "line-break": true, "note": true, "ruby": true}

// hiddenField reads a field whose text may be hidden.
func (d *odt) hiddenField(worn dress) {
	if !d.taken.Hidden {
		d.told["hidden-text"]++
		return
	}
	d.told["hidden-text-shown"]++
	if text := d.s.val("string-value"); text != "" {
		d.take(worn, []byte(escape(text)))
		return
	}
	d.inside()
}

// odtPersonal are the fields that show who and what was behind a file.
var odtPersonal = map[string]bool{
	"author-name": true, "author-initials": true, "initial-creator": true, "creator": true, "printed-by": true, "file-name": true,
	"template-name": true, "description": true, "user-defined": true, "keywords": true, "subject": true, "editing-duration": true,
	"editing-cycles": true, "creation-date": true, "creation-time": true, "modification-date": true, "modification-time": true,
	"print-date": true, "print-time": true, "database-display": true, "database-name": true, "dde-connection": true,
	"sender-firstname": true, "sender-lastname": true, "sender-initials": true, "sender-title": true, "sender-position": true,
	"sender-email": true, "sender-phone-private": true, "sender-fax": true, "sender-company": true, "sender-phone-work": true,
	"sender-street": true, "sender-city": true, "sender-postal-code": true, "sender-country": true, "sender-state-or-province": true,
}

// notes puts a footnote or endnote at its place.
func (d *odt) notes(worn dress) {
	s := d.s
	if d.inNote || worn.marks&hidden > 0 {
		return
	}
	s.each(func() {
		if string(s.name) != "note-body" {
			return
		}
		around, style, run, lists, link := d.flow, d.style, d.run, d.lists, d.link
		d.flow = flow{told: d.told, inNote: true}
		d.lists, d.link, d.run = nil, "", runProps{}
		d.blocks()
		note := string(d.note)
		d.flow, d.style, d.run, d.lists, d.link = around, style, run, lists, link
		if note != "" {
			d.line.space = false
			d.line.put(dress{}, `<span class="footnote">`+note+`</span>`)
		}
	})
}

func (d *odt) ruby(worn dress) {
	s := d.s
	var base, over string
	s.each(func() {
		switch string(s.name) {
		case "ruby-base":
			base = strings.TrimSpace(s.inner())
		case "ruby-text":
			over = strings.TrimSpace(s.inner())
		}
	})
	d.putRuby(worn, base, over)
}

// box reads text that stands beside the paragraph, to come after it.
func (d *odt) box(inside func()) {
	around, style, run, lists, link := d.flow, d.style, d.run, d.lists, d.link
	d.flow = flow{told: d.told, titled: around.titled}
	d.lists, d.link, d.run = nil, "", runProps{}
	inside()
	d.flush()
	d.w.enclose(nil, false)
	made, over := d.w.out, d.w.over
	d.flow, d.style, d.run, d.lists, d.link = around, style, run, lists, link
	d.w.over = d.w.over || over
	if len(made) > 0 && !d.inNote && strings.TrimSpace(plainOf(made)) != "" {
		d.boxes = append(d.boxes, made)
	}
}

// drawing reads a frame or shape: a picture with its words, or text in it.
func (d *odt) drawing(worn dress) {
	s := d.s
	switch string(s.name) {
	case "frame":
		d.frame(worn)
	case "a", "g":
		s.each(func() { d.drawing(worn) })
	case "object", "object-ole", "plugin", "applet", "floating-frame":
		d.told["media"]++
	default:
		d.box(d.blocks)
	}
}

// frame reads the first form of what a frame shows, and its words.
func (d *odt) frame(worn dress) {
	s := d.s
	address, alt, title, lost, boxed := "", "", "", false, false
	s.each(func() {
		switch string(s.name) {
		case "image":
			if address == "" {
				address = s.val("href")
			}
		case "text-box":
			boxed = true
			d.box(d.blocks)
		case "title":
			title = s.inner()
		case "desc":
			alt = s.inner()
		case "object", "object-ole", "plugin", "applet", "floating-frame":
			lost = true
		}
	})
	shows := altOf(alt, title)
	switch {
	case lost:
		d.told["media"]++
	case worn.marks&hidden > 0:
	case address != "":
		d.picture(address, shows)
	case !boxed && shows != "": // the picture was taken out
		d.line.put(worn, escape(shows))
	}
}

func (d *odt) picture(address, alt string) {
	if d.refused != "" {
		return
	}
	if strings.Contains(address, ":") {
		d.told["linked-picture"]++
		return
	}
	name, dropped := d.shown.show(partName("", address))
	if dropped != "" {
		d.told[dropped]++
		return
	}
	d.line.put(dress{link: d.link}, `<img src="`+escape(name)+`" alt="`+escape(alt)+`">`)
}
