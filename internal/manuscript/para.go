package manuscript

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"ficus/internal/prose"
)

// form is what the source's own markup says a paragraph is.
type form uint8

const (
	plain   form = iota // nothing: the recogniser decides
	heading             // a heading of Markdown or HTML
	rule                // a thematic break or hr
	verse               // lines set in by a common indent
	markup              // a quotation, list, table, image: story as it stands
)

// para is one paragraph of the source before it is known what it is to the
// story. Paragraphs are in order and cover the source text but for white space.
type para struct {
	start, end int
	text       string // its characters; "\n" only where the line end is the writer's
	raw        string // as typed, for the shapes of breaks; equal to text in plain text
	gap        int    // blank lines before it
	indent     int    // columns its first line is set in
	centred    bool
	furniture  bool // a page has it around its text
	form       form
	level      int          // heading: 1 is the largest in the source
	block      *prose.Block // Markdown and HTML: the block as read; nil in plain text
	said       *bookPart    // EPUB: what the book says it is
}

// short is true for a paragraph of one line of at most n characters.
func (p *para) short(n int) bool {
	return len(p.text) <= 4*n && within(p.text, n) && strings.IndexByte(p.text, '\n') < 0
}

// within is true for a text of at most n characters.
func within(text string, n int) bool {
	if len(text) <= n {
		return true
	}
	if len(text) > 4*n {
		return false
	}
	for range text {
		if n--; n < 0 {
			return false
		}
	}
	return true
}

// head is the start of the paragraph, as much as any label or mark needs, so
// that patterns never run over a paragraph of half a million characters.
func (p *para) head() string {
	const enough = 400
	if len(p.text) <= enough {
		return p.text
	}
	cut := enough
	for cut > 0 && !utf8.RuneStart(p.text[cut]) {
		cut--
	}
	return p.text[:cut]
}

// quoted is true when the paragraph begins as speech.
func (p *para) quoted() bool {
	r, _ := utf8.DecodeRuneInString(p.text)
	return strings.ContainsRune("\"'“”‘’«„‚‹", r)
}

// endsSentence is true when the text closes as a sentence or speech does.
func endsSentence(text string) bool {
	text = strings.TrimRight(text, "*_/ \"'”’»)]")
	r, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(".!?…。！？", r) || r == '—' || r == '–' || r == '-'
}

func startsLower(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLower(r)
}

// wordCount counts runs between spaces: close enough for weighing guesses.
func wordCount(text string) int {
	count, in := 0, false
	for i := 0; i < len(text); {
		c, size := text[i], 1
		space := c == ' ' || c <= '\r' && c >= '\t'
		if c >= utf8.RuneSelf {
			var r rune
			r, size = utf8.DecodeRuneInString(text[i:])
			space = unicode.IsSpace(r)
		}
		i += size
		if !space && !in {
			count++
		}
		in = !space
	}
	return count
}
