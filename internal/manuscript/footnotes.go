package manuscript

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// footnotes are the notes of a page that stand at its end and are linked there
// and back. Each is put at its place in the text.
type footnotes struct {
	places map[string]int // address of the note → its number here
	notes  map[string]int // address of the place, from the note → the same
	bodies map[int]string
	used   map[int]bool
}

var (
	anchorTag  = regexp.MustCompile(`(?i)<a\b[^>]{0,600}>`)
	anchorHref = regexp.MustCompile(`(?i)\bhref\s*=\s*["']?[^"'#>\s]{0,400}#([\w.:-]{1,80})`)
	anchorName = regexp.MustCompile(`(?i)\b(?:id|name)\s*=\s*["']?([\w.:-]{1,80})`)
	noteNumber = regexp.MustCompile(`^[\s\[({]*(?:[0-9]{1,3}|[ivxl]{1,6}|[*†‡§]{1,3}|[a-z])[\s\])}.:]*$`)
)

// pairFootnotes finds the links that lead to each other: the first of a pair
// is the place, the second the note.
func pairFootnotes(page string) footnotes {
	f := footnotes{places: map[string]int{}, notes: map[string]int{}, bodies: map[int]string{}, used: map[int]bool{}}
	type link struct{ to, self string }
	first := map[string]link{}
	for _, tag := range anchorTag.FindAllString(page, 4000) {
		to, self := anchorHref.FindStringSubmatch(tag), anchorName.FindStringSubmatch(tag)
		if to == nil || self == nil || strings.HasPrefix(to[1], "cmnt") {
			continue
		}
		l := link{to[1], self[1]}
		if place, ok := first[l.to]; ok && place.to == l.self {
			n := len(f.places) + 1
			f.places[place.to], f.notes[place.self] = n, n
			continue
		}
		first[l.self] = l
	}
	return f
}

// starts takes the link at a place or at the head of a note, if it is one.
func (f footnotes) starts(u *undresser, e *element, attrs []attribute) bool {
	href := valueOf(attrs, "href")
	_, to, ok := strings.Cut(href, "#")
	if e.name != "a" || !ok || len(f.places) == 0 {
		return false
	}
	mark := "ref"
	n := f.places[to]
	if n == 0 {
		n, mark = f.notes[to], "note"
	}
	if n == 0 {
		return false
	}
	u.out = fmt.Appendf(u.out, "\x01%s%d\x02", mark, n)
	e.closes = "\x03"
	u.open = append(u.open, *e)
	return true
}

var (
	noteMark = regexp.MustCompile(`\x01note(\d+)\x02([^\x03]*)\x03`)
	refMark  = regexp.MustCompile(`(?:<sup>)?\x01ref(\d+)\x02([^\x03]*)\x03(?:</sup>)?`)
	anyTag   = regexp.MustCompile(`<[^>]*>`)
	blockTag = regexp.MustCompile(`(?i)</?(?:p|div|li|ol|ul|aside|section)\b[^>]*>`)
)

// place takes the notes out of the end of the page and puts each where its
// number stands.
func (f footnotes) place(page []byte) string {
	if len(f.places) == 0 {
		return string(page)
	}
	refs := map[int]int{}
	for _, m := range refMark.FindAllSubmatchIndex(page, -1) {
		n, _ := strconv.Atoi(string(page[m[2]:m[3]]))
		if _, known := refs[n]; !known {
			refs[n] = m[0]
		}
	}
	text := refMark.ReplaceAllFunc(f.takeNotes(page, refs), func(found []byte) []byte {
		m := refMark.FindSubmatch(found)
		n, _ := strconv.Atoi(string(m[1]))
		if body := f.bodies[n]; body != "" && !f.used[n] {
			f.used[n] = true
			return []byte(`<span class="footnote">` + body + `</span>`)
		}
		return m[2]
	})
	text = noteMark.ReplaceAll(text, []byte("$2"))
	return strings.NewReplacer("\x01", "", "\x02", "", "\x03", "").Replace(string(text))
}

// takeNotes gives the page without the notes that have a place before them, and
// keeps their words.
func (f footnotes) takeNotes(page []byte, refs map[int]int) []byte {
	marks := noteMark.FindAllSubmatchIndex(page, -1)
	out := make([]byte, 0, len(page))
	at := 0
	for k, m := range marks {
		n, _ := strconv.Atoi(string(page[m[2]:m[3]]))
		from, next := blockStart(page, at, m[0]), len(page)
		if k+1 < len(marks) {
			next = marks[k+1][0]
		}
		place, known := refs[n]
		if !known || place >= from || m[0] < at || !noteNumber.Match(anyTag.ReplaceAll(page[m[4]:m[5]], nil)) {
			continue
		}
		to := noteStops(page, m[1], next)
		f.bodies[n] = noteWords(page[m[1]:to])
		out, at = append(out, page[at:from]...), to
	}
	return append(out, page[at:]...)
}

// noteWords is what a note says, its paragraphs as lines.
func noteWords(note []byte) string {
	body := strings.Trim(string(blockTag.ReplaceAll(note, []byte("\n"))), " \n\t\u00a0")
	body = strings.TrimLeft(strings.TrimPrefix(body, "&nbsp;"), ".:) \t\u00a0")
	return strings.Join(strings.FieldsFunc(body, func(r rune) bool { return r == '\n' }), "<br>")
}

// longestNote is how many bytes of a page one note's block may take.
const longestNote = 20_000

// blockStart is where the paragraph around a place begins.
func blockStart(page []byte, least, at int) int {
	least = max(least, at-longestNote)
	from := -1
	for _, tag := range []string{"<p>", "<p ", "<li>", "<li ", "<div>", "<div "} {
		from = max(from, bytes.LastIndex(page[least:at], []byte(tag)))
	}
	if from < 0 {
		return at
	}
	return least + from
}

// noteStops is where a note ends: with the paragraph it stands in.
func noteStops(page []byte, from, end int) int {
	end = min(end, from+longestNote)
	stop := end
	for _, tag := range []string{"</p>", "</li>", "</div>"} {
		if i := bytes.Index(page[from:end], []byte(tag)); i >= 0 && from+i+len(tag) < stop {
			stop = from + i + len(tag)
		}
	}
	return stop
}
