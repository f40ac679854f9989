package prose

import (
	"slices"
	"strings"

	"ficus/internal/pattern"
)

// Pages and word processors set footnotes apart: a short sign in the text
// leads to a note, and a link in the note leads back. Nothing but such a pair
// is taken for a footnote, so that no link of a story's is.

// noteLink is a link to another place on the same page, where the HTML says it.
type noteLink struct {
	start, end int      // of the element in the page
	to         string   // the id it leads to
	ids        []string // of itself, and of the inline elements directly around it
	sign       string   // what it says
	outer      [2]int   // of the inline elements that hold nothing but it
	around     []int    // indexes of the blocks around it, outermost first
}

// noteBlock is a block that may hold a note.
type noteBlock struct {
	inside, end, after int // of what it holds; of the whole
	start              int
	name               string
	links              int  // same-page links in it
	note               bool // its id says that it is one
}

// noteSigns are what stands in a text for a note: a number, a letter, a star,
// with or without brackets.
var noteSigns = pattern.New(`^[\[(]?(\d{1,4}|[a-z]|[ivxlc]{1,7}|[*†‡§¶]{1,4})[\])]?\.?$`)

// calledNote is how word processors call the block of a note.
var calledNote = pattern.New(`(?i)^(?:sd)?(?:ftn|edn|fn|en|foot|end)(?:note)?[-_:]?\d+$`)

// commentID begins the ids of the comments beside a text of Google Docs, which
// are linked as footnotes are and are none.
const commentID = "cmnt"

// noteHolders are the blocks a note may be.
var noteHolders = []string{"li", "p", "div", "aside", "dd", "section", "td", "footer"}

// PlaceNotes puts the words of footnotes where their signs stand. Of any
// other page it gives the page itself.
func PlaceNotes(page string) string {
	page = strings.ReplaceAll(page, noteGone, "")
	if !leadsWithin(page) {
		return page
	}
	scan := scanNotes(page)
	edits := scan.edits(page)
	if len(edits) == 0 {
		return page
	}
	slices.SortFunc(edits, func(a, b noteEdit) int { return a.start - b.start })
	var s strings.Builder
	s.Grow(len(page))
	at := 0
	for _, e := range edits {
		if e.start < at {
			continue // inside what went already
		}
		s.WriteString(page[at:e.start])
		s.WriteString(e.put)
		at = e.end
	}
	s.WriteString(page[at:])
	return withoutHolders(s.String())
}

// leadsWithin is the quick look for a link to another place on the page.
func leadsWithin(page string) bool {
	for at := 0; ; at++ {
		next := strings.IndexByte(page[at:], '#')
		if next < 0 {
			return false
		}
		at += next
		before := strings.TrimRight(page[max(0, at-6):at], `"'`)
		if strings.HasSuffix(before, "href=") {
			return true
		}
	}
}

// noteGone stands where a note was until what is empty without it is gone too.
// No page can hold it: clean takes it out.
const noteGone = "\x00"

var (
	ruleBefore = pattern.New(`(?i)(?:<[hb]r\b[^<>]*>\s*)+` + noteGone)
	goneNotes  = pattern.New(noteGone + `(?:\s*` + noteGone + `)+`)
	holders    = func() []*pattern.Pattern {
		var all []*pattern.Pattern
		for _, name := range []string{"ol", "ul", "div", "section", "aside"} {
			all = append(all, pattern.New(`(?i)<`+name+`\b[^<>]*>\s*`+noteGone+`\s*</`+name+`>`))
		}
		return all
	}()
)

// withoutHolders takes away the lists and the rules that set notes apart.
func withoutHolders(page string) string {
	for range 6 {
		before := len(page)
		page = goneNotes.ReplaceAllString(page, noteGone)
		page = ruleBefore.ReplaceAllString(page, noteGone)
		for _, holder := range holders {
			page = holder.ReplaceAllString(page, noteGone)
		}
		if len(page) == before {
			break
		}
	}
	return strings.ReplaceAll(page, noteGone, "")
}

type noteEdit struct {
	start, end int
	put        string
}

type noteScan struct {
	links  []noteLink
	blocks []noteBlock
	ids    map[string]int // the block that begins with an id
}

// edits pairs the links and says what goes where.
func (n *noteScan) edits(page string) []noteEdit {
	byID, leading := map[string]int{}, map[string][]int{}
	for i, link := range n.links {
		for _, id := range link.ids {
			if _, taken := byID[id]; !taken {
				byID[id] = i
			}
		}
		if len(leading[link.to]) < mostBacklinks {
			leading[link.to] = append(leading[link.to], i)
		}
	}
	var edits []noteEdit
	for i := range n.links {
		place := &n.links[i]
		if !noteSigns.MatchString(place.sign) {
			continue
		}
		back, holder := n.noteOf(place, byID, leading)
		if back == nil {
			continue
		}
		words := noteWords(page, *back, n.blocks[holder], place.sign)
		if words == "" {
			continue
		}
		edits = append(edits,
			noteEdit{place.outer[0], place.outer[1], `<span class="footnote">` + words + `</span>`},
			noteEdit{n.blocks[holder].start, n.blocks[holder].after, noteGone})
	}
	return edits
}

// mostBacklinks bounds how many links back to one place are looked at, and
// longestNote, in bytes, what a note may be: a longer one is a chapter.
const (
	mostBacklinks = 4
	longestNote   = 10_000
)

// deepestNote is how many blocks around a note are known, so that no page can
// make the search long.
const deepestNote = 50

// noteOf finds the link that leads back to a place, and the block its note is.
func (n *noteScan) noteOf(place *noteLink, byID map[string]int, leading map[string][]int) (*noteLink, int) {
	for _, id := range place.ids {
		for _, k := range leading[id] {
			back := &n.links[k]
			if back.start < place.end {
				continue
			}
			holder, ok := n.holder(place, back, byID)
			if b := n.blocks[max(holder, 0)]; ok && b.start > place.end && b.links == 1 && b.end-b.inside <= longestNote && b.holds(back) {
				return back, holder
			}
		}
	}
	return nil, 0
}

// holds is true for a link whose end, too, is in the block: one left open may
// end far behind it.
func (b noteBlock) holds(link *noteLink) bool {
	return b.inside <= link.outer[0] && link.outer[1] <= b.end
}

// holder is the block a link back stands in: the one that has the id the place
// leads to or, where the link itself has it, the smallest around it, or one
// called a note that begins with that.
func (n *noteScan) holder(place, back *noteLink, byID map[string]int) (int, bool) {
	if block := n.ids[place.to] - 1; block >= 0 && slices.Contains(back.around, block) {
		return block, slices.Contains(noteHolders, n.blocks[block].name)
	}
	if at, named := byID[place.to]; !named || &n.links[at] != back || len(back.around) == 0 {
		return 0, false
	}
	k := len(back.around) - 1
	block := back.around[k]
	if k > 0 {
		if outer := n.blocks[back.around[k-1]]; outer.note && n.blocks[block].start-outer.inside < 8 {
			block = back.around[k-1]
		}
	}
	return block, slices.Contains(noteHolders, n.blocks[block].name)
}

var (
	noteBlockTag = pattern.New(`(?i)</?(?:p|div|li|ol|ul|aside|section|dd|dl|dt|td|tr|blockquote|footer|hr|h[1-6])\b[^<>]*>`)
	noteGaps     = pattern.New(`(?:\s*<br>\s*)+`)
	leadingSpace = pattern.New(`^((?:<[^<>]*>)*)\s+`)
	emptyInline  = pattern.New(`(?i)<(sup|span|a|b|i)\b[^<>]*>\s*</(?:sup|span|a|b|i)>`)
)

// noteWords gives the words of a note without its link back and its sign, as
// one run: a break between its blocks.
func noteWords(page string, back noteLink, b noteBlock, sign string) string {
	words := page[b.inside:back.outer[0]] + page[back.outer[1]:b.end]
	if strings.IndexByte(words, '<') >= 0 {
		words = noteBlockTag.ReplaceAllString(words, "<br>")
		words = emptyInline.ReplaceAllString(words, "")
		words = noteGaps.ReplaceAllString(words, "<br>")
		words = leadingSpace.ReplaceAllString(strings.TrimSpace(words), "$1")
	}
	words = strings.TrimSpace(words)
	for strings.HasPrefix(words, "<br>") || strings.HasSuffix(words, "<br>") {
		words = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(words, "<br>"), "<br>"))
	}
	bare := strings.Trim(sign, "[]().")
	for _, label := range []string{"[" + bare + "]", "(" + bare + ")", bare + ".", bare + ")", bare + " "} {
		if strings.HasPrefix(words, label) {
			return strings.TrimSpace(words[len(label):])
		}
	}
	return words
}
