package office

import (
	"bytes"
	"strings"
)

// wordEditor scrubs the XML of one part of a .docx.
type wordEditor struct {
	*editor
	rels   map[string]relation
	kept   map[string]string // what its relations lead to, for those that are kept
	fields []wordField
	silent int // open controls that repeat the file's properties
}

// wordField is a field that is open.
type wordField struct {
	field
	places [][2]int // of its instruction
}

// The elements that go with all inside, and what they are told as.
var wordDrops = map[string]string{
	"commentRangeStart": "", "commentRangeEnd": "", "commentReference": "comment", "annotationRef": "",
	"headerReference": "", "footerReference": "", "permStart": "editor-name", "permEnd": "", "proofErr": "", "altChunk": "embedded",
	"control": "", "alias": "", "tag": "", "rsid": "", "rsids": "", "nsid": "", "numPicBullet": "", "lvlPicBulletId": "", "background": "",
	"rPrChange": "tracked-format", "pPrChange": "tracked-format", "sectPrChange": "tracked-format", "tblPrChange": "tracked-format",
	"tblGridChange": "tracked-format", "trPrChange": "tracked-format", "tcPrChange": "tracked-format", "tblPrExChange": "tracked-format",
	"numberingChange": "tracked-format", "smartTagPr": "custom-data", "customXmlPr": "custom-data", "contentPart": "embedded",
	"movie": "embedded", "docVars": "custom-data", "printerSettings": "", "mailMerge": "custom-data",
}

func (e *wordEditor) walk() {
	for e.next() {
		e.token()
	}
}

// token takes one token: a start that is left out is passed over whole.
func (e *wordEditor) token() {
	if e.kind != startTag {
		return
	}
	if e.space == inW {
		e.wordTag()
		return
	}
	switch string(e.name) {
	case "extLst", "hlinkClick", "hlinkHover":
		e.drop("")
	case "OLEObject":
		e.drop("embedded")
	case "imagedata", "fill", "stroke":
		if id := e.val("id"); e.space == inV && id != "" && e.kept[id] == "" {
			e.drop("")
			return
		}
		e.attributes()
	default:
		e.attributes()
	}
}

func (e *wordEditor) wordTag() {
	name := string(e.name)
	if kind, drops := wordDrops[name]; drops {
		e.drop(kind)
		return
	}
	switch name {
	case "smartTag", "customXml":
		e.unwrap(e.token)
	case "dataBinding":
		if strings.Contains(e.val("prefixMappings")+e.val("xpath"), "ropert") {
			e.silent = len(e.open) - 2 // the depth of the control
		}
		e.drop("custom-data")
	case "sdt":
		e.control()
	case "drawing":
		e.drawing()
	case "fldChar":
		e.fieldChar()
	case "instrText":
		e.instruction()
	case "fldSimple":
		e.simpleField()
	case "t", "delText":
		if e.quiet() {
			e.blank()
		}
	default:
		e.attributes()
	}
}

// control scrubs a content control; what it repeats of the file's properties
// goes.
func (e *wordEditor) control() {
	e.attributes()
	depth, before := len(e.open), e.silent
	e.silent = before
	for e.next() {
		if e.kind == endTag && len(e.open) < depth {
			break
		}
		e.token()
	}
	if e.silent >= depth {
		e.removed["file-field"]++
		e.silent = before
	}
}

// quiet is true where characters tell of the writer.
func (e *wordEditor) quiet() bool {
	if e.silent > 0 && len(e.open) > e.silent {
		return true
	}
	for i := range e.fields {
		if e.fields[i].result && e.fields[i].drop {
			return true
		}
	}
	return false
}

// drawing scrubs a picture or shape; one that shows what is not kept goes, but
// for the words that its writer has for it.
func (e *wordEditor) drawing() {
	e.attributes()
	from, had, depth := e.from, len(e.edits), len(e.open)
	prefix := strings.TrimSuffix(string(e.open[depth-1].qname), "drawing")
	lost, alt := false, ""
	for e.next() {
		if e.kind == endTag && len(e.open) < depth {
			break
		}
		if e.kind == startTag {
			switch string(e.name) {
			case "docPr":
				alt = altOf(e.val("descr"), e.val("title"))
			case "blip":
				embed, link := e.val("embed"), e.val("link")
				lost = lost || link != "" || embed != "" && e.kept[embed] == ""
			case "graphicData":
				uri := e.val("uri")
				lost = lost || !strings.HasSuffix(uri, "/picture") && !strings.Contains(uri, "wordprocessing")
			}
		}
		e.token()
	}
	if lost {
		e.edits = e.edits[:had]
		e.replace(from, e.at, wordsOf(alt, prefix))
		e.removed["embedded"]++
	}
}

// wordsOf is an element of characters, in a namespace with this prefix.
func wordsOf(text, prefix string) string {
	if text == "" {
		return ""
	}
	return "<" + prefix + `t xml:space="preserve">` + escape(text) + "</" + prefix + "t>"
}

// attributes scrubs those of the tag the scanner stands at.
func (e *wordEditor) attributes() {
	for _, a := range e.attrs {
		switch local := string(a.local); {
		case local == "author":
			e.set(a, "Author")
			e.removed["editor-name"]++
		case local == "initials", local == "date" && e.space == inW, local == "dateUtc", local == "userId", local == "providerId",
			local == "gfxdata", local == "anchorId", local == "editId", local == "paraId", local == "textId":
			e.cut(a)
		case strings.HasPrefix(local, "rsid"):
			e.cut(a)
			e.removed["revision-mark"]++
		default:
			e.named(a, local)
		}
	}
}

// named scrubs the attributes that may name files, and links that lead to
// them.
func (e *wordEditor) named(a attr, local string) {
	value := unescape(a.value)
	tag := string(e.name)
	switch {
	case local == "name" && (tag == "docPr" || tag == "cNvPr"):
		e.set(a, "Picture")
	case local == "name" && e.space == inA:
		e.set(a, "Theme")
	case (local == "descr" || local == "title" || local == "alt") && e.space != inW && fileLike.MatchString(value):
		e.set(a, "")
		e.removed["path"]++
	case local == "title" && bytes.HasPrefix(a.name, []byte("o:")), local == "href" && !openAddress(value):
		e.cut(a)
	case local == "id" && tag == "hyperlink" && e.kept[value] == "":
		e.cut(a)
	}
}

func (e *wordEditor) fieldChar() {
	switch e.val("fldCharType") {
	case "begin":
		if len(e.fields) < mostFields {
			e.fields = append(e.fields, wordField{})
		}
	case "separate":
		e.settle()
	case "end":
		e.settle()
		if n := len(e.fields); n > 0 {
			e.fields = e.fields[:n-1]
		}
	}
}

// instruction notes where a field says what it is.
func (e *wordEditor) instruction() {
	depth := len(e.open)
	for e.next() {
		if e.kind == endTag && len(e.open) < depth {
			return
		}
		n := len(e.fields)
		if e.kind != characters {
			continue
		}
		if n == 0 {
			e.replace(e.from, e.at, "")
			continue
		}
		f := &e.fields[n-1]
		f.places = append(f.places, [2]int{e.from, e.at})
		if len(f.field.instruction) < 4000 {
			f.field.instruction += unescape(e.raw)
		}
	}
}

// harmless are the fields whose instructions name nothing outside the text.
var harmless = map[string]bool{
	"TOC": true, "PAGE": true, "NUMPAGES": true, "PAGEREF": true, "SECTIONPAGES": true, "REF": true, "NOTEREF": true, "SEQ": true,
	"STYLEREF": true, "SYMBOL": true, "EQ": true, "FORMTEXT": true, "DATE": true, "TIME": true, "=": true, "": true,
}

// settle decides what is kept of the innermost field.
func (e *wordEditor) settle() {
	if len(e.fields) == 0 {
		return
	}
	f := &e.fields[len(e.fields)-1]
	if f.result {
		return
	}
	f.result = true
	if fieldStays(f.instruction) {
		return
	}
	name, _ := instructionOf(f.instruction)
	f.drop = personal[name]
	e.removed["file-field"]++
	for _, place := range f.places {
		e.replace(place[0], place[1], "")
	}
}

func fieldStays(instruction string) bool {
	name, argument := instructionOf(instruction)
	return harmless[name] || name == "HYPERLINK" && (openAddress(argument) || strings.HasPrefix(argument, `\l`))
}

func (e *wordEditor) simpleField() {
	instruction := e.val("instr")
	name, _ := instructionOf(instruction)
	stays := fieldStays(instruction)
	for _, a := range e.attrs {
		if string(a.local) == "instr" && !stays {
			e.set(a, "")
			e.removed["file-field"]++
		}
	}
	e.fields = append(e.fields, wordField{field: field{result: true, drop: personal[name]}})
	had, depth := len(e.fields), len(e.open)
	for e.next() {
		if e.kind == endTag && len(e.open) < depth {
			break
		}
		e.token()
	}
	e.fields = e.fields[:min(had-1, len(e.fields))]
}
