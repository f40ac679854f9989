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
	md = tameMarkdown(clean(md))
	var page bytes.Buffer
	if err := commonMark().Convert([]byte(md), &page); err != nil {
		// A bytes.Buffer takes everything, so this cannot be; were it to
		// happen, the words come through as they are.
		return ReadHTML("<pre>" + html.EscapeString(md) + "</pre>")
	}
	return ReadHTML(page.String())
}

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
	var s strings.Builder
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
