package office

import "strings"

// word takes a control word.
func (r *rtfReader) word(t rtfToken) {
	known := r.known
	r.known, r.skip = false, 0
	if r.state.place == inNothing {
		if rtfNames[t.name] {
			r.told["file-field"]++
		}
		return
	}
	if kind, ok := rtfLeftOut[t.name]; ok {
		r.state.place = inNothing
		if kind != "" {
			r.told[kind]++
		}
		return
	}
	if enter, ok := rtfPlaces[t.name]; ok {
		enter(r)
		return
	}
	if do, ok := rtfWords[t.name]; ok {
		do(r, t)
		return
	}
	if known {
		r.state.place = inNothing
	}
}

// rtfNames are what a file says of people behind the text.
var rtfNames = map[string]bool{"author": true, "operator": true, "manager": true, "company": true}

// rtfLeftOut are the groups that hold no story, and as what they are told.
var rtfLeftOut = map[string]string{
	"annotation": "comment", "atnid": "", "atnauthor": "", "atrfstart": "", "atrfend": "", "atndate": "", "atnref": "", "atntime": "", "atnicn": "",
	"header": "page-header", "headerl": "page-header", "headerr": "page-header", "headerf": "page-header",
	"footer": "page-header", "footerl": "page-header", "footerr": "page-header", "footerf": "page-header",
	"info": "", "nonshppict": "", "shprslt": "", "xe": "", "tc": "", "tcn": "", "rxe": "", "bkmkstart": "", "bkmkend": "", "ftnsep": "", "ftnsepc": "",
	"ftncn": "", "aftnsep": "", "aftnsepc": "", "aftncn": "", "filetbl": "", "pntxta": "", "pntxtb": "", "template": "", "objdata": "",
	"objclass": "", "objname": "", "private": "", "formfield": "", "revtbl": "", "listtable": "", "listoverridetable": "", "generator": "",
}

// rtfPlaces are the groups that hold something.
var rtfPlaces = map[string]func(*rtfReader){
	"fonttbl":    func(r *rtfReader) { r.state.place = inFonts },
	"colortbl":   func(r *rtfReader) { r.state.place = inColours },
	"stylesheet": func(r *rtfReader) { r.state.place, r.state.entry = inStyles, inStyles },
	"field":      (*rtfReader).beginField,
	"fldinst": func(r *rtfReader) {
		if r.state.place == inField {
			r.state.place = inFieldCode
		}
	},
	"fldrslt":  (*rtfReader).beginResult,
	"footnote": (*rtfReader).beginNote,
	"pict":     func(r *rtfReader) { r.state.place, r.state.entry, r.picture = inPicture, inPicture, rtfPicture{} },
	"shppict":  func(*rtfReader) {}, "picprop": func(*rtfReader) {},
	"listtext": (*rtfReader).beginMarker, "pntext": (*rtfReader).beginMarker,
	"shpinst": func(r *rtfReader) { r.state.place = inShape }, "object": func(r *rtfReader) { r.state.place = inShape },
	"do":     func(r *rtfReader) { r.state.place = inShape },
	"shptxt": (*rtfReader).insideShape, "result": (*rtfReader).insideShape, "dptxbxtext": (*rtfReader).insideShape,
	"sn":  func(r *rtfReader) { r.state.place, r.propName = inPropName, r.propName[:0] },
	"sv":  func(r *rtfReader) { r.state.place = inPropValue },
	"upr": func(r *rtfReader) { r.state.around, r.state.place = r.state.place, inTwice },
	"ud": func(r *rtfReader) {
		if r.state.place == inTwice {
			r.state.place = r.state.around
		}
	},
}

// insideShape goes on with the story that stands in a drawing or an object.
func (r *rtfReader) insideShape() {
	if r.state.place == inShape {
		r.state.place, r.state.entry = inBody, inShape
		r.endShape()
	}
}

// endShape ends the paragraph that a drawing's text began, or broke off. What
// comes behind the drawing may be nothing but the end of its paragraph.
func (r *rtfReader) endShape() {
	if r.flow.line.words {
		r.endParagraph()
	}
	r.flow.spent = true
}

// rtfWords are the words that say how the story looks, and its letters.
var rtfWords = map[string]func(*rtfReader, rtfToken){
	"ansi": func(r *rtfReader, _ rtfToken) {}, "mac": setPage(pageMac), "pc": setPage(437), "pca": setPage(850),
	"ansicpg": func(r *rtfReader, t rtfToken) {
		if _, ok := codePages[t.number]; ok {
			r.page = t.number
		}
	},
	"deff": func(r *rtfReader, t rtfToken) { r.state.font = t.number },
	"f": func(r *rtfReader, t rtfToken) {
		if r.state.place == inFonts {
			r.font = t.number
			return
		}
		r.state.font = t.number
	},
	"fcharset": func(r *rtfReader, t rtfToken) {
		r.fonts[r.font] = rtfFont{charset: t.number, page: r.fonts[r.font].page}
	},
	"cpg": func(r *rtfReader, t rtfToken) {
		r.fonts[r.font] = rtfFont{charset: r.fonts[r.font].charset, page: t.number}
	},
	"red": func(r *rtfReader, t rtfToken) { r.colour[0] = t.number }, "green": func(r *rtfReader, t rtfToken) { r.colour[1] = t.number },
	"blue": func(r *rtfReader, t rtfToken) { r.colour[2] = t.number }, "cf": func(r *rtfReader, t rtfToken) { r.state.colour = t.number },
	"uc": func(r *rtfReader, t rtfToken) { r.state.skip = max(0, min(t.number, 8)) },
	"u": func(r *rtfReader, t rtfToken) {
		r.unicode(t.number)
		r.skip = r.state.skip
	},

	"plain": func(r *rtfReader, _ rtfToken) {
		s := &r.state
		s.marks, s.hidden, s.deleted, s.added, s.colour = 0, false, false, false, 0
	},
	"i": setMark(italic), "b": setMark(bold), "strike": setMark(struck), "striked": setMark(struck), "scaps": setMark(smallCaps),
	"ul": setMark(underlined), "uld": setMark(underlined), "uldb": setMark(underlined), "ulw": setMark(underlined), "uldash": setMark(underlined),
	"uldashd": setMark(underlined), "uldashdd": setMark(underlined), "ulth": setMark(underlined), "ulwave": setMark(underlined),
	"ulthd": setMark(underlined), "ulhwave": setMark(underlined), "ululdbwave": setMark(underlined), "ulldash": setMark(underlined),
	"ulnone": func(r *rtfReader, _ rtfToken) { r.state.marks &^= underlined },
	"super":  setMark(raised), "sub": setMark(lowered),
	"nosupersub": func(r *rtfReader, _ rtfToken) { r.state.marks &^= raised | lowered },
	"up":         func(r *rtfReader, t rtfToken) { r.setRaised(raised, t) }, "dn": func(r *rtfReader, t rtfToken) { r.setRaised(lowered, t) },
	"v":       func(r *rtfReader, t rtfToken) { r.state.hidden = t.on() },
	"deleted": func(r *rtfReader, t rtfToken) { r.state.deleted = t.on() },
	"revised": func(r *rtfReader, t rtfToken) { r.state.added = t.on() },

	"tab": setText("\t"), "emdash": setText("—"), "endash": setText("–"), "lquote": setText("‘"), "rquote": setText("’"),
	"ldblquote": setText("“"), "rdblquote": setText("”"), "bullet": setText("•"), "emspace": setText("\u2003"), "enspace": setText("\u2002"),
	"qmspace": setText("\u2005"), "zwj": setText("\u200d"), "zwnj": setText("\u200c"), "ltrmark": setText("\u200e"), "rtlmark": setText("\u200f"),

	"pard": func(r *rtfReader, _ rtfToken) { r.state.para = rtfPara{style: -1, outline: -1} },
	"s": func(r *rtfReader, t rtfToken) {
		r.style = t.number
		r.state.para.style = t.number
	},
	"cs": func(r *rtfReader, _ rtfToken) { r.style = -1 }, "ds": func(r *rtfReader, _ rtfToken) { r.style = -1 }, "ts": func(r *rtfReader, _ rtfToken) { r.style = -1 },
	"ql": setAlign(""), "qj": setAlign(""), "qc": setAlign("centre"), "qr": setAlign("right"),
	"rtlpar": func(r *rtfReader, _ rtfToken) { r.state.para.rtl = true }, "ltrpar": func(r *rtfReader, _ rtfToken) { r.state.para.rtl = false },
	"outlinelevel": func(r *rtfReader, t rtfToken) { r.state.para.outline = t.number },
	"intbl":        func(r *rtfReader, _ rtfToken) { r.state.para.inTable = true },
	"ilvl":         func(r *rtfReader, t rtfToken) { r.state.para.level = max(0, min(t.number, 8)) },
	"ls":           func(r *rtfReader, t rtfToken) { r.state.para.list = t.number },
	"brdrt":        func(r *rtfReader, _ rtfToken) { r.state.para.top = true }, "brdrb": func(r *rtfReader, _ rtfToken) { r.state.para.bottom = true },
	"brdrl": func(r *rtfReader, _ rtfToken) { r.state.para.sides = true }, "brdrr": func(r *rtfReader, _ rtfToken) { r.state.para.sides = true },
	"box":     func(r *rtfReader, _ rtfToken) { r.state.para.sides = true },
	"pagebb":  func(r *rtfReader, t rtfToken) { r.state.para.pageOver = t.on() },
	"clbrdrt": noBorder, "clbrdrb": noBorder, "clbrdrl": noBorder, "clbrdrr": noBorder,

	"par": ending((*rtfReader).endMarked), "sect": ending((*rtfReader).endParagraph), "column": ending((*rtfReader).endParagraph),
	"line": ending((*rtfReader).endLine), "softline": func(*rtfReader, rtfToken) {}, "lbr": ending((*rtfReader).endLine),
	"page": ending((*rtfReader).endPage), "cell": ending((*rtfReader).endCell), "row": ending((*rtfReader).endRow),
	"nestcell": ending((*rtfReader).endParagraph),

	"pngblip": func(r *rtfReader, _ rtfToken) { r.picture.kind = "png" }, "jpegblip": func(r *rtfReader, _ rtfToken) { r.picture.kind = "jpg" },
}

func noBorder(*rtfReader, rtfToken) {}

func setPage(page int) func(*rtfReader, rtfToken) {
	return func(r *rtfReader, _ rtfToken) { r.page = page }
}

func setMark(m mark) func(*rtfReader, rtfToken) {
	return func(r *rtfReader, t rtfToken) {
		r.state.marks &^= m
		if t.on() {
			r.state.marks |= m
		}
	}
}

// setRaised takes \up and \dn, which raise and lower by half points.
func (r *rtfReader) setRaised(m mark, t rtfToken) {
	r.state.marks &^= raised | lowered
	if t.number > 0 {
		r.state.marks |= m
	}
}

func setText(text string) func(*rtfReader, rtfToken) {
	return func(r *rtfReader, _ rtfToken) { r.characters([]byte(text)) }
}

func setAlign(align string) func(*rtfReader, rtfToken) {
	return func(r *rtfReader, _ rtfToken) { r.state.para.align = align }
}

// ending lets a word end something where the story is told, and nowhere else.
func ending(end func(*rtfReader)) func(*rtfReader, rtfToken) {
	return func(r *rtfReader, _ rtfToken) {
		if r.state.place == inBody {
			end(r)
		}
	}
}

// rtfField is a field whose result is read by its instruction.
type rtfField struct{ code []byte }

func (r *rtfReader) beginField() {
	r.fields = append(r.fields, rtfField{})
	r.state.around, r.state.place, r.state.entry = r.state.place, inField, inField
}

// beginResult begins what a field shows: a link keeps its address, the number
// of a page that is no more is left out.
func (r *rtfReader) beginResult() {
	if r.state.place != inField {
		return
	}
	r.state.place = r.state.around
	code := strings.Fields(string(r.fields[len(r.fields)-1].code))
	if len(code) == 0 {
		return
	}
	switch strings.ToUpper(code[0]) {
	case "HYPERLINK":
		r.state.link = rtfLink(code[1:])
	case "PAGE", "PAGEREF", "NUMPAGES", "SECTIONPAGES":
		r.state.place = inNothing
		r.told["file-field"]++
	}
}

// rtfLink is the address in the instruction of a link; empty for a place in
// the file itself.
func rtfLink(words []string) string {
	for _, word := range words {
		if strings.HasPrefix(word, `\`) {
			return ""
		}
		return strings.Trim(word, "\"“”")
	}
	return ""
}
