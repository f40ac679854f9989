package office

import (
	"bytes"
	"unicode/utf8"
)

// Rtf is the rich text format, which every word processor writes its own way.
const Rtf = "rtf"

// mostGroups is how many groups may stand in one another. Word's own files stay
// under thirty.
const mostGroups = 500

var (
	errNested = &Error{"manuscript.nested", "The file is nested deeper than any word processor would; open it in one, save it again, and bring that."}
	errCut    = errBroken
)

// rtfBegin is how every RTF file begins.
var rtfBegin = []byte(`{\rtf`)

// isRtf tells whether the bytes are an RTF file.
func isRtf(data []byte) bool { return bytes.HasPrefix(trimLead(data), rtfBegin) }

// trimLead takes away what editors put before a file: a byte order mark, line
// ends and spaces.
func trimLead(data []byte) []byte {
	return bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), " \r\n\t")
}

// place is what the characters of a group are for.
type place uint8

const (
	inBody    place = iota
	inNothing       // they are left out
	inFonts
	inColours
	inStyles
	inField     // between a field's instruction and its result
	inFieldCode // the instruction
	inMarker    // the number or bullet of an item, as typed
	inPicture
	inShape // a drawing: what is written in it may be story
	inPropName
	inPropValue
	inTwice // the same twice, first without and then with all letters
)

// rtfState is what a group hands on to those inside it.
type rtfState struct {
	place   place
	entry   place // what this very group was opened for; inBody for nothing
	around  place // of inTwice: what the group stands in
	marks   mark
	hidden  bool
	deleted bool // while changes were tracked
	added   bool // while changes were tracked
	font    int
	colour  int
	skip    int // characters that stand in for one that was given as \u
	link    string
	flow    *rtfFlow // a note's own text begins here
	para    rtfPara
}

// rtfReader reads one RTF file.
type rtfReader struct {
	scan  rtfScanner
	taken Taken
	state rtfState
	outer []rtfState
	known bool // the group began with \*

	rtfLetters

	colours []bool // whether a colour is one a reader would see
	colour  [3]int
	styles  map[int]string
	style   int
	styled  []byte

	flow     *rtfFlow
	fields   []rtfField
	marker   []byte
	picture  rtfPicture
	propName []byte
	pictures []Picture
	told     told
	missed   string // the kind that was last left out, so that one passage counts once
	err      error
}

// readRtf reads an RTF file.
func readRtf(data []byte, taken Taken) (Text, error) {
	data = trimLead(data)
	r := &rtfReader{
		scan: rtfScanner{data: data}, taken: taken, rtfLetters: rtfLetters{page: pageWestern, fonts: map[int]rtfFont{}},
		styles: map[int]string{}, told: told{}, flow: &rtfFlow{},
	}
	r.state.skip, r.state.para = 1, rtfPara{style: -1, outline: -1}
	r.utf8 = utf8.Valid(data)
	for r.err == nil && r.step() {
	}
	if r.err != nil {
		return Text{}, r.err
	}
	r.settleBytes()
	r.flow.finish(r)
	html, err := r.flow.blocks.finish()
	if err != nil {
		return Text{}, err
	}
	return Text{HTML: string(html), Pictures: r.pictures, Told: r.told.counts()}, nil
}

// step takes one token; false when the file is over.
func (r *rtfReader) step() bool {
	t := r.scan.next()
	if t.kind != rtfByte && len(r.bytes) > 0 && (t.kind != rtfText && t.kind != rtfSymbol || r.bytesPage == pageSymbol) {
		r.settleBytes()
	}
	switch t.kind {
	case rtfEnd:
		if r.scan.cut || len(r.outer) > 0 {
			r.err = errCut
		}
		return false
	case rtfOpen:
		r.open()
	case rtfClose:
		r.skip = 0
		r.close()
		return len(r.outer) > 0
	case rtfWord:
		r.word(t)
	case rtfSymbol:
		r.symbol(t)
	case rtfByte:
		r.byte(byte(t.number))
	case rtfText:
		r.text(t.text)
	case rtfBinary:
		if r.state.place == inPicture {
			r.picture.add(t.text)
		}
	}
	return true
}

func (r *rtfReader) open() {
	if len(r.outer) >= mostGroups {
		r.err = errNested
		return
	}
	r.outer = append(r.outer, r.state)
	r.state.entry, r.state.flow = inBody, nil
	r.skip, r.known = 0, false
}

// close ends a group, and what the group was opened for.
func (r *rtfReader) close() {
	if len(r.outer) == 0 {
		return
	}
	ended := r.state
	r.state = r.outer[len(r.outer)-1]
	r.outer = r.outer[:len(r.outer)-1]
	switch ended.entry {
	case inField:
		r.fields = r.fields[:len(r.fields)-1]
	case inStyles:
		r.endStyle()
	case inPicture:
		r.endPicture()
	case inMarker:
		r.endMarker()
	case inShape:
		r.endShape()
	}
	if ended.place == inStyles && r.state.place == inStyles {
		r.endStyle()
	}
	if ended.flow != nil {
		r.endNote(ended.flow)
	}
}

// byte takes one byte of text that was given by its number.
func (r *rtfReader) byte(b byte) {
	if r.skip > 0 {
		r.skip--
		return
	}
	if b < 0x80 && len(r.bytes) == 0 {
		r.text([]byte{b})
		return
	}
	r.letter(b)
}

// text takes characters as they stand in the file.
func (r *rtfReader) text(text []byte) {
	n := min(r.skip, len(text))
	text, r.skip = text[n:], r.skip-n
	if r.state.place == inPicture {
		r.picture.hex(text)
		return
	}
	if len(r.bytes) > 0 && len(text) > 0 && r.doubled() {
		r.bytes, text = append(r.bytes, text[0]), text[1:]
	}
	for len(text) > 0 {
		n := 0
		for n < len(text) && (text[n] < 0x80 || r.utf8) {
			n++
		}
		if n > 0 {
			r.settleBytes()
			r.characters(text[:n])
			text = text[n:]
			continue
		}
		r.letter(text[0])
		text = text[1:]
	}
}

// doubled is true while the second half of a letter of two bytes is to come: in
// the tables of East Asia it may be a plain character.
func (r *rtfReader) doubled() bool {
	switch r.bytesPage {
	case 932, 936, 949, 950, 1361, 10001:
	default:
		return false
	}
	wait := false
	for _, b := range r.bytes {
		wait = !wait && (b >= 0x81 && b <= 0x9f || b >= 0xe0 || b >= 0xa1 && r.bytesPage != 932 && r.bytesPage != 10001)
	}
	return wait
}

// symbol takes a sign behind a backslash.
func (r *rtfReader) symbol(t rtfToken) {
	if r.skip > 0 {
		r.skip--
		return
	}
	if len(r.bytes) > 0 && r.doubled() && (t.name == "\\" || t.name == "{" || t.name == "}") {
		r.bytes = append(r.bytes, t.name[0])
		return
	}
	r.settleBytes()
	switch t.name {
	case "*":
		r.known = true
	case "\\", "{", "}":
		r.characters([]byte(t.name))
	case "~":
		r.characters([]byte("\u00a0"))
	case "_":
		r.characters([]byte("-"))
	case "\r", "\n":
		r.endParagraph()
	case "\t":
		r.characters([]byte("\t"))
	}
}

// characters takes characters to where the group wants them.
func (r *rtfReader) characters(text []byte) {
	switch r.state.place {
	case inBody:
		r.bodyText(text)
	case inColours:
		if text[0] == ';' {
			r.endColour()
		}
	case inStyles:
		r.styled = append(r.styled, text...)
	case inFieldCode:
		if n := len(r.fields); n > 0 && len(r.fields[n-1].code) < 4096 {
			r.fields[n-1].code = append(r.fields[n-1].code, text...)
		}
	case inMarker:
		if len(r.marker) < 256 {
			r.marker = append(r.marker, text...)
		}
	case inPropName:
		r.propName = append(r.propName, text...)
	case inPropValue:
		r.prop(text)
	}
}

// bodyText takes characters of the story, unless they are not shown.
func (r *rtfReader) bodyText(text []byte) {
	s := &r.state
	kind, goes := r.changed()
	switch {
	case kind != "":
		if r.miss(kind); goes {
			return
		}
	case s.colour > 0 && s.colour < len(r.colours) && r.colours[s.colour]:
		r.miss("font-colour")
	default:
		r.missed = ""
	}
	r.flow.line.text(r.dress(), escapeText(text))
}

// changed names the change that was tracked here, or that the text is hidden,
// and tells whether the text goes for it.
func (r *rtfReader) changed() (kind string, goes bool) {
	s, t := &r.state, r.taken
	switch {
	case s.deleted && !t.Deleted:
		return "tracked-deletion", true
	case s.added && t.Original:
		return "tracked-insertion-refused", true
	case s.hidden && !t.Hidden:
		return "hidden-text", true
	case s.deleted:
		return "tracked-deletion-kept", false
	case s.hidden:
		return "hidden-text-shown", false
	case s.added:
		return "tracked-insertion", false
	}
	return "", false
}

// miss counts one passage of a kind.
func (r *rtfReader) miss(kind string) {
	if r.missed != kind {
		r.told[kind]++
	}
	r.missed = kind
}

// dress is what characters look like now.
func (r *rtfReader) dress() dress {
	d := dress{marks: r.state.marks, link: r.state.link}
	if d.link != "" {
		d.marks &^= underlined
	}
	return d
}

// endColour closes one line of the table of colours. Black and white say
// nothing.
func (r *rtfReader) endColour() {
	sum := r.colour[0] + r.colour[1] + r.colour[2]
	r.colours = append(r.colours, sum > 0 && sum < 3*255)
	r.colour = [3]int{}
}

// endStyle keeps the name of the style that was described.
func (r *rtfReader) endStyle() {
	if len(r.styled) > 0 {
		r.styles[r.style] = string(bytes.TrimRight(r.styled, "; "))
	}
	r.styled, r.style = r.styled[:0], 0
}

// escapeText escapes characters for HTML.
func escapeText(text []byte) []byte {
	if !bytes.ContainsAny(text, "&<>") {
		return text
	}
	return []byte(escape(string(text)))
}
