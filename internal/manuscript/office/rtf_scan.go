package office

import "bytes"

// rtfKind is what stands next in an RTF file.
type rtfKind uint8

const (
	rtfEnd    rtfKind = iota
	rtfOpen           // {
	rtfClose          // }
	rtfWord           // \name or \name-12
	rtfSymbol         // \~ and the like: the sign is in name
	rtfByte           // \'e9: the byte is in number
	rtfText           // characters as they stand
	rtfBinary         // what \bin announced
)

// rtfToken is one thing of an RTF file.
type rtfToken struct {
	kind   rtfKind
	name   string // of a word or symbol
	number int    // a word's, or the byte
	given  bool   // a word came with its number
	text   []byte // characters, or binary data
}

// on tells whether a switch such as \b or \b0 turns on.
func (t rtfToken) on() bool { return !t.given || t.number != 0 }

// rtfScanner walks through RTF in place.
type rtfScanner struct {
	data []byte
	at   int
	from int // where the last token begins; it ends at at
	cut  bool
}

// next gives the next token. Line ends between tokens say nothing in RTF.
func (s *rtfScanner) next() rtfToken {
	for s.at < len(s.data) && (s.data[s.at] == '\n' || s.data[s.at] == '\r' || s.data[s.at] == 0) {
		s.at++
	}
	s.from = s.at
	if s.at >= len(s.data) {
		return rtfToken{kind: rtfEnd}
	}
	switch s.data[s.at] {
	case '{':
		s.at++
		return rtfToken{kind: rtfOpen}
	case '}':
		s.at++
		return rtfToken{kind: rtfClose}
	case '\\':
		return s.control()
	}
	end := bytes.IndexAny(s.data[s.at:], "{}\\\r\n\x00")
	if end < 0 {
		end = len(s.data) - s.at
	}
	s.at += end
	return rtfToken{kind: rtfText, text: s.data[s.from:s.at]}
}

// control reads what follows a backslash.
func (s *rtfScanner) control() rtfToken {
	s.at++
	if s.at >= len(s.data) {
		s.cut = true
		return rtfToken{kind: rtfEnd}
	}
	c := s.data[s.at]
	switch {
	case isLetter(c):
		return s.word()
	case c == '\'':
		return s.hexByte()
	}
	s.at++
	if c == '\r' && s.at < len(s.data) && s.data[s.at] == '\n' {
		s.at++
	}
	return rtfToken{kind: rtfSymbol, name: string(rune(c))}
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func (s *rtfScanner) hexByte() rtfToken {
	s.at++
	if s.at+2 > len(s.data) {
		s.at, s.cut = len(s.data), true
		return rtfToken{kind: rtfEnd}
	}
	high, low := hexDigit(s.data[s.at]), hexDigit(s.data[s.at+1])
	if high < 0 || low < 0 {
		return rtfToken{kind: rtfSymbol, name: "'"}
	}
	s.at += 2
	return rtfToken{kind: rtfByte, number: high<<4 | low}
}

// hexDigit is the worth of a hexadecimal digit, or -1.
func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// longestWord and largestNumber bound what a control word may be made of.
const (
	longestWord   = 32
	largestNumber = 1 << 31
)

// word reads a control word, its number and the one space that ends it. Behind
// \bin come as many bytes as its number says, whatever they look like.
func (s *rtfScanner) word() rtfToken {
	begin := s.at
	for s.at < len(s.data) && s.at-begin < longestWord && isLetter(s.data[s.at]) {
		s.at++
	}
	t := rtfToken{kind: rtfWord, name: rtfName(s.data[begin:s.at])}
	t.number, t.given = s.number()
	if s.at < len(s.data) && s.data[s.at] == ' ' {
		s.at++
	}
	if t.name == "bin" && t.number > 0 {
		return s.binary(t.number)
	}
	return t
}

// number reads the number of a control word, if it has one.
func (s *rtfScanner) number() (n int, given bool) {
	minus := s.at < len(s.data) && s.data[s.at] == '-'
	if minus {
		s.at++
	}
	for s.at < len(s.data) && s.data[s.at] >= '0' && s.data[s.at] <= '9' {
		if n < largestNumber {
			n = n*10 + int(s.data[s.at]-'0')
		}
		given = true
		s.at++
	}
	if minus {
		n = -n
	}
	return n, given
}

// binary takes what \bin announced. Less than it claims means that the file
// was cut off.
func (s *rtfScanner) binary(size int) rtfToken {
	if size > len(s.data)-s.at {
		s.at, s.cut = len(s.data), true
		return rtfToken{kind: rtfEnd}
	}
	t := rtfToken{kind: rtfBinary, text: s.data[s.at : s.at+size]}
	s.at += size
	return t
}

// rtfName gives the words that are everywhere without making a string of each.
func rtfName(word []byte) string {
	switch string(word) {
	case "par":
		return "par"
	case "pard":
		return "pard"
	case "plain":
		return "plain"
	case "u":
		return "u"
	case "f":
		return "f"
	case "i":
		return "i"
	}
	return string(word)
}
