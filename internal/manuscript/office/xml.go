package office

import (
	"bytes"
	"strings"
)

// space is the vocabulary an element's name belongs to.
type space uint8

const (
	other  space = iota
	inW          // WordprocessingML
	inWP         // placed drawings
	inA          // DrawingML
	inV          // the older VML
	inO          // Office's additions to VML
	inMC         // alternate content
	inM          // formulas
	inText       // OpenDocument
	inOffice
	inStyle
	inDraw
	inTable
	inSVG
	inDC
	inMeta
)

// spaces names the vocabularies; those of the strict form of .docx too.
var spaces = map[string]space{
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main":           inW,
	"http://purl.oclc.org/ooxml/wordprocessingml/main":                       inW,
	"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": inWP,
	"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing":             inWP,
	"http://schemas.openxmlformats.org/drawingml/2006/main":                  inA,
	"http://purl.oclc.org/ooxml/drawingml/main":                              inA,
	"urn:schemas-microsoft-com:vml":                                          inV,
	"urn:schemas-microsoft-com:office:office":                                inO,
	"http://schemas.openxmlformats.org/markup-compatibility/2006":            inMC,
	"http://schemas.openxmlformats.org/officeDocument/2006/math":             inM,
	"http://purl.oclc.org/ooxml/officeDocument/math":                         inM,
	"urn:oasis:names:tc:opendocument:xmlns:text:1.0":                         inText,
	"urn:oasis:names:tc:opendocument:xmlns:office:1.0":                       inOffice,
	"urn:oasis:names:tc:opendocument:xmlns:style:1.0":                        inStyle,
	"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0":                      inDraw,
	"urn:oasis:names:tc:opendocument:xmlns:table:1.0":                        inTable,
	"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0":               inSVG,
	"http://purl.org/dc/elements/1.1/":                                       inDC,
	"urn:oasis:names:tc:opendocument:xmlns:meta:1.0":                         inMeta,
}

// deepest is how many elements may stand in one another. Word's own files stay
// under sixty.
const deepest = 256

// tokenKind is what the scanner stands at.
type tokenKind uint8

const (
	startTag tokenKind = iota + 1
	endTag
	characters
)

// scanner walks through XML in place: names, values and text are slices of the
// data. It knows neither entities of a document's own nor document types, so
// nothing in a file can make it grow.
type scanner struct {
	data     []byte
	at       int
	from     int // where the token begins; it ends at at
	kind     tokenKind
	space    space
	name     []byte // local name of a tag
	attrs    []attr
	raw      []byte // characters, as escaped in the source
	closes   bool   // an empty element: its end is to come
	open     []openTag
	bindings []binding
	passed   func(from, to int) // told of comments and instructions; may be nil
	err      error
}

// attr is an attribute, its value as escaped in the source.
type attr struct {
	name  []byte // with its prefix
	local []byte
	value []byte
	from  int // where it stands in the data
	at    int // where its value does
}

type openTag struct {
	qname    []byte
	space    space
	bindings int // how many there were before it
}

type binding struct {
	prefix []byte
	space  space
}

func scan(data []byte) *scanner { return &scanner{data: data} }

// next moves to the next token; false at the end, or when the XML is broken,
// which err tells.
func (s *scanner) next() bool {
	if s.closes {
		s.closes = false
		s.from = s.at
		return s.pop()
	}
	for s.err == nil && s.at < len(s.data) {
		s.from = s.at
		if s.data[s.at] != '<' {
			return s.text()
		}
		if s.at+1 >= len(s.data) {
			break
		}
		switch s.data[s.at+1] {
		case '?':
			s.pass("?>")
		case '!':
			if s.special() {
				return true
			}
		case '/':
			return s.end()
		default:
			return s.start()
		}
	}
	if s.err == nil && len(s.open) > 0 {
		s.err = errBroken
	}
	return false
}

func (s *scanner) fail(err error) bool {
	if s.err == nil {
		s.err = err
	}
	return false
}

func (s *scanner) text() bool {
	end := bytes.IndexByte(s.data[s.at:], '<')
	if end < 0 {
		end = len(s.data) - s.at
	}
	s.kind, s.raw = characters, s.data[s.at:s.at+end]
	s.at += end
	return true
}

func (s *scanner) skipTo(mark string) bool {
	end := bytes.Index(s.data[s.at:], []byte(mark))
	if end < 0 {
		return s.fail(errBroken)
	}
	s.at += end + len(mark)
	return true
}

// pass goes past what is no token.
func (s *scanner) pass(mark string) {
	if s.skipTo(mark) && s.passed != nil {
		s.passed(s.from, s.at)
	}
}

// special takes comments, which say nothing, and sections of plain characters.
// A document type is refused: no word processor writes one.
func (s *scanner) special() bool {
	rest := s.data[s.at:]
	switch {
	case bytes.HasPrefix(rest, []byte("<!--")):
		s.pass("-->")
		return false
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		if !s.skipTo("]]>") {
			return false
		}
		s.kind = characters
		s.raw = []byte(escape(string(s.data[s.from+9 : s.at-3])))
		return true
	}
	return s.fail(errUnsafe)
}

func (s *scanner) end() bool {
	close := bytes.IndexByte(s.data[s.at:], '>')
	if close < 0 {
		return s.fail(errBroken)
	}
	name := bytes.TrimRight(s.data[s.at+2:s.at+close], " \t\r\n")
	s.at += close + 1
	if len(s.open) == 0 || !bytes.Equal(name, s.open[len(s.open)-1].qname) {
		return s.fail(errBroken)
	}
	return s.pop()
}

// pop makes the end of the innermost element the token.
func (s *scanner) pop() bool {
	top := s.open[len(s.open)-1]
	s.open = s.open[:len(s.open)-1]
	s.bindings = s.bindings[:top.bindings]
	s.kind, s.space = endTag, top.space
	_, s.name = splitName(top.qname)
	return true
}

// attr gives the value of the attribute of a local name, unescaped, and
// whether it is there.
func (s *scanner) attr(local string) (string, bool) {
	for _, a := range s.attrs {
		if string(a.local) == local {
			return unescape(a.value), true
		}
	}
	return "", false
}

// val gives the value of an attribute, or nothing.
func (s *scanner) val(local string) string {
	value, _ := s.attr(local)
	return value
}

// on reads an element that switches something: without a value it is on.
func (s *scanner) on() bool {
	switch s.val("val") {
	case "0", "false", "off", "none":
		return false
	}
	return true
}

// is tells whether the token's tag has this name.
func (s *scanner) is(in space, name string) bool {
	return s.space == in && string(s.name) == name
}

// skip passes over the element whose start the scanner stands at.
func (s *scanner) skip() {
	depth := len(s.open)
	for s.next() {
		if s.kind == endTag && len(s.open) < depth {
			return
		}
	}
}

// each walks over the children of the element whose start the scanner stands
// at. visit is called at the start of each, and has it to itself: what it
// leaves is passed over.
func (s *scanner) each(visit func()) {
	depth := len(s.open)
	for s.next() {
		switch {
		case s.kind == endTag && len(s.open) < depth:
			return
		case s.kind == startTag && len(s.open) == depth+1:
			visit()
			s.leave(depth)
		}
	}
}

// leave passes over what is left of an element opened at a depth.
func (s *scanner) leave(depth int) {
	for len(s.open) > depth && s.next() {
	}
}

// inner gives the characters of the element whose start the scanner stands at.
func (s *scanner) inner() string {
	var b strings.Builder
	depth := len(s.open)
	for s.next() {
		if s.kind == endTag && len(s.open) < depth {
			break
		}
		if s.kind == characters {
			b.WriteString(unescape(s.raw))
		}
	}
	return b.String()
}
