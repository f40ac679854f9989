package prose

import (
	"strings"
	"unicode/utf8"
)

// clean makes text that every writer of ours may write: valid UTF-8, line ends
// as LF, no NUL and no other control character, nothing XML forbids. Invisible
// and bidirectional marks stay; only names lose those, and elsewhere.
func clean(text string) string {
	if !needsCleaning(text) {
		return text
	}
	var s strings.Builder
	s.Grow(len(text))
	for i, r := range text {
		switch {
		case r == '\r':
			if !strings.HasPrefix(text[i+1:], "\n") {
				s.WriteByte('\n')
			}
		case r == '\u0085' || r == '\u2028':
			s.WriteByte('\n')
		case r == '\u2029':
			s.WriteString("\n\n")
		case r == '\f' || r == '\v':
			s.WriteByte(' ')
		case r == '\ufeff' && i == 0, isForbidden(r):
		default:
			s.WriteRune(r) // an invalid byte ranges as U+FFFD and is written as such
		}
	}
	return s.String()
}

// needsCleaning is the quick look that lets ordinary text through untouched.
func needsCleaning(text string) bool {
	if !utf8.ValidString(text) {
		return true
	}
	for i := 0; i < len(text); i++ {
		if !mayNeedCleaning[text[i]] {
			continue
		}
		switch c := text[i]; {
		case c != 0xe2:
			// C2 begins the second set of controls, EF the two
			// non-characters and the byte order mark.
			if strings.IndexFunc(text[i:], needsChange) >= 0 {
				return true
			}
			return strings.Contains(text[i:], "\u2028") || strings.Contains(text[i:], "\u2029")
		case c == 0xe2 && i+2 < len(text) && text[i+1] == 0x80 && (text[i+2] == 0xa8 || text[i+2] == 0xa9):
			return true
		}
	}
	return false
}

// mayNeedCleaning are the bytes at which one has to look closer.
var mayNeedCleaning = func() (is [256]bool) {
	for c := range is {
		is[c] = c < ' ' && c != '\n' && c != '\t' || c == 0x7f || c == 0xc2 || c == 0xef || c == 0xe2
	}
	return is
}()

func needsChange(r rune) bool {
	return r == '\r' || r == '\f' || r == '\v' || r == '\u0085' || r == '\ufeff' || isForbidden(r)
}

// isForbidden names the characters no text of ours holds: controls other than
// tab and line end, and the code points XML 1.0 cannot carry.
func isForbidden(r rune) bool {
	switch {
	case r == '\t' || r == '\n':
		return false
	case r < ' ', r >= 0x7f && r <= 0x9f:
		return true
	case r == 0xfffe || r == 0xffff:
		return true
	}
	return false
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// collapse turns every run of ASCII white space into one space, and drops the
// run text begins with when trim is set.
func collapse(text string, trim bool) string {
	if trim {
		text = strings.TrimLeft(text, " \n\t\r\f")
	}
	if !needsCollapse(text) {
		return text
	}
	var s strings.Builder
	s.Grow(len(text))
	space := false
	for i := 0; i < len(text); i++ {
		if isSpace(text[i]) {
			if !space {
				s.WriteByte(' ')
			}
			space = true
			continue
		}
		space = false
		s.WriteByte(text[i])
	}
	return s.String()
}

// needsCollapse is true where two spaces meet, or one is none.
func needsCollapse(text string) bool {
	return strings.Contains(text, "  ") || strings.IndexByte(text, '\n') >= 0 || strings.IndexByte(text, '\t') >= 0 ||
		strings.IndexByte(text, '\r') >= 0 || strings.IndexByte(text, '\f') >= 0
}
