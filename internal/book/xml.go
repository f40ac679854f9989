package book

import (
	"strings"
	"unicode/utf8"
)

// text is words on their way into XML. It is escaped as it is printed, so a
// page that prints one cannot be broken by what a person typed.
type text string

// markup is XML that this room or prose has made; it is printed as it is.
type markup string

// String escapes what XML reads as its own.
func (t text) String() string { return xmlEscapes.Replace(xmlClean(string(t))) }

var xmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// xmlClean drops the characters that no XML document may hold. Nearly every
// text comes back as it is.
func xmlClean(s string) string {
	if plainXML(s) || utf8.ValidString(s) && strings.IndexFunc(s, notInXML) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if xmlAllows(r) {
			return r
		}
		return -1
	}, strings.ToValidUTF8(s, ""))
}

// plainXML is true for what is ASCII and nothing else to look at.
func plainXML(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c < 0x20 && c != '\t' && c != '\n' && c != '\r' {
			return false
		}
	}
	return true
}

func notInXML(r rune) bool { return !xmlAllows(r) }

// xmlAllows is the rule of XML 1.0, 2.2 (Char).
func xmlAllows(r rune) bool {
	switch {
	case r < 0x20:
		return r == '\t' || r == '\n' || r == '\r'
	case r >= 0xD800 && r <= 0xDFFF, r == 0xFFFE, r == 0xFFFF:
		return false
	}
	return r <= 0x10FFFF
}
