package manuscript

import (
	"slices"
	"strings"
)

// sheet is what is written anew of a page. Most of most pages is written as it
// stands there already: as long as nothing else is, it is only known how far,
// and nothing is copied.
type sheet struct {
	page string
	at   int    // where on the page the token stands that is written now
	from int    // where that begins which was written as it stands
	to   int    // and where it ends
	own  []byte // what was written, when it stands nowhere
	room int    // for how much of that there is to be room
}

// len is how long what was written is.
func (s *sheet) len() int {
	if len(s.own) > 0 {
		return len(s.own)
	}
	return s.to - s.from
}

// write writes more.
func (s *sheet) write(text string) {
	if len(s.own) == 0 {
		if s.to == s.from {
			s.from, s.to = s.at, s.at
		}
		if strings.HasPrefix(s.page[s.to:], text) {
			s.to += len(text)
			return
		}
		s.own = append(slices.Grow(s.own, s.room), s.page[s.from:s.to]...)
	}
	s.own = append(s.own, text...)
}

// cut takes back what was written behind the first so many bytes.
func (s *sheet) cut(length int) {
	if len(s.own) > 0 {
		s.own = s.own[:length]
		s.to = s.from
		return
	}
	s.to = s.from + length
}

// take gives what was written, and begins anew.
func (s *sheet) take() (written string) {
	if written = s.page[s.from:s.to]; len(s.own) > 0 {
		written = string(s.own)
	}
	s.from, s.to, s.own = s.at, s.at, s.own[:0]
	return written
}
