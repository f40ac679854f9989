package prose

import (
	"bytes"
	"html"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	markdown "github.com/yuin/goldmark/renderer/html"

	"ficus/internal/pattern"
)

// ReadMarkdown makes a safe Document of CommonMark with footnotes. HTML inside it is let
// through by the Markdown parser, because everything passes ReadHTML next,
// which is the gate (docs/decisions/0012). A thematic break is a scene break.
func ReadMarkdown(md string) (Document, []Dropped) {
	var page markdownPage
	page.Grow(len(md) + len(md)/4)
	return ReadHTML(pageOfMarkdown(md, &page))
}

// pageOfMarkdown gives the HTML of Markdown, written behind what the page holds.
func pageOfMarkdown(md string, page *markdownPage) string {
	md = tameMarkdown(clean(md))
	from := page.Len()
	if err := commonMark().Convert([]byte(md), page); err != nil {
		// The page takes everything, so this cannot be; were it to happen,
		// the words come through as they are.
		return "<pre>" + html.EscapeString(md) + "</pre>"
	}
	return string(page.Bytes()[from:])
}

// markdownPage is what goldmark writes to without a buffer of its own in
// between, which it makes anew for every text.
type markdownPage struct{ bytes.Buffer }

// Buffered implements util.BufWriter: nothing waits.
func (*markdownPage) Buffered() int { return 0 }

// Flush implements util.BufWriter.
func (*markdownPage) Flush() error { return nil }

// commonMark reads CommonMark with footnotes. It is made once: a manuscript is
// read block by block.
var commonMark = sync.OnceValue(func() goldmark.Markdown {
	return goldmark.New(goldmark.WithRendererOptions(markdown.WithUnsafe()), goldmark.WithExtensions(markdownNotes{}))
})

// maxMarkers is how many quotation and list marks may begin one line, and
// maxBrackets how many brackets may open in one paragraph, before the rest are
// only characters. goldmark is quadratic in both, and no story comes near.
const (
	maxMarkers  = 100
	maxBrackets = 500
	maxNotes    = 1000 // footnotes, which goldmark looks through for each that is named
)

// noteSign is the sign of a footnote, which opens no link.
var noteSign = pattern.New(`\\\[(\^[0-9]{1,6}\])`)

// tameMarkdown escapes what would take goldmark minutes.
func tameMarkdown(md string) string {
	if isTame(md) {
		return md
	}
	var s strings.Builder
	s.Grow(len(md))
	brackets, noted := 0, 0
	for line := range strings.Lines(md) {
		if strings.TrimLeft(line, " \t\n") == "" {
			brackets = 0
		}
		if at := markersEnd(line); at < len(line) {
			s.WriteString(line[:at])
			s.WriteByte('\\')
			line = line[at:]
		}
		if strings.HasPrefix(strings.TrimLeft(line, " >"), "[^") {
			if noted++; noted > maxNotes {
				line = strings.Replace(line, "[", "\\[", 1)
			}
		}
		count := strings.Count(line, "[")
		if brackets+count <= maxBrackets {
			s.WriteString(line)
		} else {
			s.WriteString(noteSign.ReplaceAllString(strings.ReplaceAll(line, "[", "\\["), "[$1"))
		}
		brackets += count
	}
	return s.String()
}

// isTame is the quick look that spares a text a copy of itself.
func isTame(md string) bool {
	if strings.Count(md, "[") > min(maxBrackets, maxNotes) {
		return false
	}
	for line := range strings.Lines(md) {
		if markersEnd(line) < len(line) {
			return false
		}
	}
	return true
}

// markersEnd gives the place in line where it holds one mark too many, or its
// length.
func markersEnd(line string) int {
	markers := 0
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == ' ' || c == '\t' || c >= '0' && c <= '9':
		case c == '>' || strings.IndexByte("-*+.)", c) >= 0:
			if c == '>' || i+1 < len(line) && isSpace(line[i+1]) {
				markers++
			}
			if markers > maxMarkers {
				return i
			}
		default:
			return len(line)
		}
	}
	return len(line)
}
