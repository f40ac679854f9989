package prose

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"ficus/internal/pattern"
)

// scanNotes reads where links to places on the page, blocks and ids stand.
func scanNotes(page string) *noteScan {
	n := &noteScan{ids: map[string]int{}}
	s := noteScanner{scan: n, z: html.NewTokenizer(strings.NewReader(page))}
	for s.next() {
	}
	for len(s.open) > 0 {
		s.closeBlock(s.at, s.at)
	}
	s.widen(page)
	return n
}

// noteScanner walks the tags of a page.
type noteScanner struct {
	scan   *noteScan
	z      *html.Tokenizer
	at     int      // where the token begins
	open   []int    // blocks
	inline []string // ids of the inline elements open since the last text
	link   int      // index of the open link, plus one
	text   strings.Builder
}

var noteInlines = []string{"sup", "span", "small", "b", "i", "em", "strong", "font", "a"}

func (s *noteScanner) next() bool {
	kind := s.z.Next()
	raw := len(s.z.Raw())
	switch kind {
	case html.ErrorToken:
		return false
	case html.TextToken:
		text := s.z.Raw()
		if s.link > 0 || bytes.IndexByte(text, '&') >= 0 {
			text = s.z.Text()
		}
		if s.link > 0 {
			s.text.Write(text)
		} else if len(bytes.TrimSpace(text)) > 0 {
			s.inline = s.inline[:0]
		}
	case html.StartTagToken:
		s.start(raw)
	case html.EndTagToken:
		name, _ := s.z.TagName()
		s.end(string(name), raw)
	}
	s.at += raw
	return true
}

func (s *noteScanner) start(raw int) {
	called, more := s.z.TagName()
	tag := string(called)
	block := slices.Contains(noteHolders, tag) || tag == "body" || tag == "ol" || tag == "ul"
	if !block && !slices.Contains(noteInlines, tag) {
		return
	}
	var id, name, href string
	if more {
		id, name, href = s.addresses()
	}
	if block {
		s.openBlock(tag, id, raw)
		return
	}
	if to, on := strings.CutPrefix(href, "#"); on && to != "" && tag == "a" && !strings.HasPrefix(to, commentID) {
		s.openLink(to)
	}
	s.called(id)
	s.called(name)
}

// addresses are the attributes of a tag that links lead by.
func (s *noteScanner) addresses() (id, name, href string) {
	for more := true; more; {
		var key, value []byte
		key, value, more = s.z.TagAttr()
		switch string(key) {
		case "id":
			id = string(value)
		case "name":
			name = string(value)
		case "href":
			href = string(value)
		}
	}
	return id, name, href
}

func (s *noteScanner) openBlock(name, id string, raw int) {
	if name == "p" || name == "li" {
		s.closeOpen(name)
	}
	if len(s.open) >= deepestNote {
		return
	}
	s.scan.blocks = append(s.scan.blocks, noteBlock{start: s.at, inside: s.at + raw, end: -1, name: name, note: calledNote.MatchString(id)})
	s.open = append(s.open, len(s.scan.blocks)-1)
	s.inline = s.inline[:0]
	if id != "" {
		s.scan.ids[id] = len(s.scan.blocks)
	}
}

func (s *noteScanner) openLink(to string) {
	for _, b := range s.open {
		s.scan.blocks[b].links++
	}
	s.scan.links = append(s.scan.links, noteLink{start: s.at, end: -1, to: to, ids: slices.Clone(s.inline), around: slices.Clone(s.open)})
	s.link = len(s.scan.links)
	s.text.Reset()
}

// called notes an id of an inline element: the open link's, or of what may
// hold the next one.
func (s *noteScanner) called(id string) {
	switch {
	case id == "":
	case s.link > 0:
		link := &s.scan.links[s.link-1]
		link.ids = append(link.ids, id)
	case len(s.inline) < deepestNote:
		s.inline = append(s.inline, id)
	}
}

func (s *noteScanner) end(name string, raw int) {
	switch {
	case name == "a" && s.link > 0:
		link := &s.scan.links[s.link-1]
		link.end, link.sign = s.at+raw, strings.TrimSpace(s.text.String())
		s.link = 0
		s.inline = s.inline[:0]
	case slices.Contains(noteHolders, name) || name == "ol" || name == "ul":
		for i := len(s.open) - 1; i >= 0; i-- {
			if s.scan.blocks[s.open[i]].name == name {
				for len(s.open) > i {
					s.closeBlock(s.at, s.at+raw)
				}
				break
			}
		}
	}
}

// closeOpen closes a paragraph or an item that the next one ends.
func (s *noteScanner) closeOpen(name string) {
	if k := len(s.open) - 1; k >= 0 && s.scan.blocks[s.open[k]].name == name {
		s.closeBlock(s.at, s.at)
	}
}

func (s *noteScanner) closeBlock(end, after int) {
	k := len(s.open) - 1
	b := &s.scan.blocks[s.open[k]]
	b.end, b.after = end, after
	s.open = s.open[:k]
}

var (
	opensInline  = pattern.New(`(?i)<(?:sup|span|small|b|i|em|strong|font)\b[^<>]*>$`)
	closesInline = pattern.New(`(?i)^</(?:sup|span|small|b|i|em|strong|font)>`)
)

// widen takes into each link the inline elements that hold nothing else, and
// forgets the links that were left open.
func (s *noteScanner) widen(page string) {
	s.scan.links = slices.DeleteFunc(s.scan.links, func(l noteLink) bool { return l.end < 0 })
	for i := range s.scan.links {
		link := &s.scan.links[i]
		link.outer = [2]int{link.start, link.end}
		for strings.HasPrefix(page[link.outer[1]:], "</") {
			after := closesInline.FindString(page[link.outer[1]:min(len(page), link.outer[1]+20)])
			if after == "" {
				break
			}
			before := page[max(0, link.outer[0]-300):link.outer[0]]
			if before = opensInline.FindString(before[max(0, strings.LastIndexByte(before, '<')):]); before == "" {
				break
			}
			link.outer[0] -= len(before)
			link.outer[1] += len(after)
		}
	}
}
