package office

import (
	"bytes"
	"strings"
)

// docx reads the text of a .docx.
type docx struct {
	flow
	s       *scanner
	taken   Taken
	pack    *pack
	rels    map[string]relation
	styles  *docxStyles
	style   *docxStyle
	numbers *numbering
	fields  []field
	link    string              // of the hyperlink that is open
	notes   map[noteCall]string // their HTML, until they are called
	noted   int                 // bytes of them
	signed  bool                // the sign of a note was typed, and follows
	shown   pictures
}

// noteCall is a note that the text calls.
type noteCall struct{ kind, id string }

// readDocx reads the notes, then the text that calls them.
func readDocx(p *pack, taken Taken) (Text, error) {
	d := &docx{pack: p, taken: taken, notes: map[noteCall]string{}, shown: pictures{pack: p, names: map[string]string{}}}
	d.told, d.mark = told{}, d.numberOf
	main := p.main()
	if err := d.prepare(main); err != nil {
		return Text{}, err
	}
	data, err := p.text(main)
	if err != nil {
		return Text{}, err
	}
	if err := d.readNotes(); err != nil {
		return Text{}, err
	}
	d.titled = d.usesTitle(data)
	d.s = scan(data)
	for d.s.next() {
		if d.s.kind == startTag && d.s.is(inW, "body") {
			d.blocks()
		}
	}
	if d.s.err != nil {
		return Text{}, d.s.err
	}
	d.flush()
	d.s, d.notes = nil, nil
	html, err := d.w.finish()
	if err != nil {
		return Text{}, err
	}
	d.headers()
	return Text{HTML: string(html), Pictures: d.shown.list, Told: d.told.counts()}, nil
}

// prepare reads what the text is resolved by.
func (d *docx) prepare(main string) (err error) {
	if d.rels, err = d.pack.relations(main); err != nil {
		return err
	}
	part := func(kind string) []byte {
		name := named(d.rels, kind)
		if name == "" || !d.pack.has(name) || err != nil {
			return nil
		}
		var data []byte
		data, err = d.pack.text(name)
		return data
	}
	styles, numbers := part("styles"), part("numbering")
	if err != nil {
		return err
	}
	if d.styles, err = readDocxStyles(styles); err != nil {
		return err
	}
	d.numbers, err = readNumbering(numbers)
	return err
}

// usesTitle is true when a paragraph has the style of titles.
func (d *docx) usesTitle(data []byte) bool {
	for id, style := range d.styles.byID {
		if style.role == titleRole && bytes.Contains(data, []byte(`="`+escape(id)+`"`)) {
			return true
		}
	}
	return false
}

// headers tells of page headers and footers, which are no part of the story.
func (d *docx) headers() {
	for _, r := range d.rels {
		if r.kind != "header" && r.kind != "footer" || !d.pack.has(r.target) {
			continue
		}
		data, err := d.pack.text(r.target)
		if err != nil {
			continue
		}
		words := false
		for s := scan(data); s.next(); {
			words = words || s.kind == characters && strings.TrimSpace(string(s.raw)) != ""
		}
		if words {
			d.told["page-header"]++
		}
	}
}

// blocks reads the blocks of the element the scanner stands at.
func (d *docx) blocks() { d.s.each(d.block) }

func (d *docx) block() {
	s := d.s
	switch {
	case s.is(inMC, "AlternateContent"):
		d.alternate(d.blocks)
		return
	case s.space != inW:
		return
	}
	switch string(s.name) {
	case "p":
		d.paragraph()
	case "tbl":
		d.table()
	case "sdt":
		d.control(d.blocks)
	case "ins", "moveTo", "del", "moveFrom":
		d.change(d.blocks)
	case "smartTag", "customXml":
		d.blocks()
	case "altChunk":
		d.told["media"]++
	}
}

// control reads what a content control shows: not its prompt, not what it
// repeats of the file's properties, not a table of contents.
func (d *docx) control(inside func()) {
	s := d.s
	shows := true
	s.each(func() {
		switch string(s.name) {
		case "sdtPr":
			if kind := controlKind(s); kind != "" {
				shows = false
				if kind != "prompt" {
					d.told[kind]++
				}
			}
		case "sdtContent":
			if shows {
				inside()
			}
		}
	})
}

// controlKind says why a content control is not story; empty: it is.
func controlKind(s *scanner) (kind string) {
	s.each(func() {
		switch string(s.name) {
		case "showingPlcHdr":
			if s.on() {
				kind = "prompt"
			}
		case "dataBinding":
			if strings.Contains(s.val("prefixMappings")+s.val("xpath"), "ropert") {
				kind = "file-field"
			}
		case "docPartObj":
			s.each(func() {
				if string(s.name) == "docPartGallery" && s.val("val") == "Table of Contents" {
					kind = "contents-table"
				}
			})
		}
	})
	return kind
}

// alternate reads the first of several forms of one thing that has anything.
func (d *docx) alternate(inside func()) {
	had := false
	d.s.each(func() {
		if had || !d.s.is(inMC, "Choice") && !d.s.is(inMC, "Fallback") {
			return
		}
		before := d.amount()
		inside()
		had = d.amount() > before
	})
}

// amount grows with whatever is written.
func (d *docx) amount() int {
	return len(d.w.out) + len(d.line.html) + len(d.boxes) + len(d.shown.list)
}

// readNotes reads the footnotes and endnotes.
func (d *docx) readNotes() error {
	for _, kind := range []string{"footnote", "endnote"} {
		name := named(d.rels, kind+"s")
		if name == "" || !d.pack.has(name) {
			continue
		}
		if err := d.notePart(kind, name); err != nil {
			return err
		}
	}
	return nil
}

func (d *docx) notePart(kind, name string) (err error) {
	data, err := d.pack.text(name)
	if err != nil {
		return err
	}
	main := d.rels
	if d.rels, err = d.pack.relations(name); err != nil {
		return err
	}
	d.s, d.inNote = scan(data), true
	for d.s.next() {
		if d.s.kind != startTag || !d.s.is(inW, kind) {
			continue
		}
		call := noteCall{kind, d.s.val("id")}
		d.note = nil
		d.blocks()
		d.flush()
		d.notes[call] = string(d.note)
		if d.noted += len(d.note); d.noted > mostHTML {
			return errUnpacked
		}
	}
	d.rels, d.inNote, d.fields, d.owed, d.w = main, false, nil, "", writer{}
	return d.s.err
}

// callNote puts a note where the text calls it: once.
func (d *docx) callNote(kind string, worn dress) {
	call := noteCall{kind, d.s.val("id")}
	note := d.notes[call]
	if d.inNote || note == "" || !d.visible() || worn.marks&hidden > 0 {
		return
	}
	delete(d.notes, call)
	d.line.space = false
	d.line.put(dress{}, `<span class="footnote">`+note+`</span>`)
}
