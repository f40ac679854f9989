package prose

import (
	"html"
	"strings"
)

// Editable gives the form the text box shows: plain paragraphs as lines with a
// blank line between, a blank paragraph as one blank line more, everything else
// as its HTML. ReadTyped of it is the same Document again.
func (d Document) Editable() string {
	var s strings.Builder
	for i, b := range d.Blocks {
		gap := b.IsBlank() && i > 0 && i+1 < len(d.Blocks) &&
			d.Blocks[i-1].isPlain() && d.Blocks[i+1].isPlain()
		switch {
		case gap:
			s.WriteByte('\n')
			continue
		case b.saysNothing():
			continue
		case s.Len() > 0:
			s.WriteString("\n\n")
		}
		s.WriteString(b.editable())
	}
	return s.String()
}

func (b Block) editable() string {
	var m markup
	switch {
	case b.IsBlank():
		return "<p>&nbsp;</p>"
	case b.isPlain():
		lines := editLines{}
		lines.inlines(b.Inlines)
		return lines.String()
	}
	m.block(b)
	return m.String()
}

// isPlain tells whether typing the lines of b gives b.
func (b Block) isPlain() bool {
	if b.Kind != Paragraph || b.Align != AlignStart || len(b.Attrs) > 0 || b.IsBlank() || len(b.Inlines) == 0 {
		return false
	}
	lines := strings.Split(PlainText(withPictures(b.Inlines)), "\n")
	for _, line := range lines {
		if strings.Trim(line, " ") == "" {
			return len(lines) == 1
		}
	}
	return true
}

// withPictures puts a character where a picture stands, so that its line does
// not look empty.
func withPictures(runs []Inline) []Inline {
	out := make([]Inline, len(runs))
	for i, run := range runs {
		if run.Mark == Picture {
			run = TextRun("\ufffc")
		}
		run.Kids = withPictures(run.Kids)
		out[i] = run
	}
	return out
}

// editLines writes the inlines of a plain paragraph: breaks as line ends, and
// only those characters escaped that would be read as markup.
type editLines struct{ markup }

func (m *editLines) inlines(runs []Inline) {
	for _, run := range runs {
		switch {
		case run.Mark == Text:
			m.WriteString(escapeTyped(run.Text))
		case run.Mark == LineBreak:
			m.WriteByte('\n')
		case len(run.Kids) == 0:
			m.markup.inline(run)
		default:
			var shell markup
			shell.inline(Inline{Mark: run.Mark, Attrs: run.Attrs})
			end := strings.LastIndex(shell.String(), "</")
			m.WriteString(shell.String()[:end])
			m.inlines(run.Kids)
			m.WriteString(shell.String()[end:])
		}
	}
}

// escapeTyped escapes "<" and "&" only where they would begin markup, so that
// "<3" and "Tom & Jerry" look in the box as they were typed.
func escapeTyped(text string) string {
	if !strings.ContainsAny(text, "<&") {
		return text
	}
	var s strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '<' && !harmlessLess(text[i+1:]):
			s.WriteString("&lt;")
		case text[i] == '&' && isReference(text[i:]):
			s.WriteString("&amp;")
		default:
			s.WriteByte(text[i])
		}
	}
	return s.String()
}

// harmlessLess tells whether "<" before rest is only a character: something
// follows that begins no tag.
func harmlessLess(rest string) bool {
	if rest == "" {
		return false
	}
	c := rest[0]
	return !isLetter(c) && c != '/' && c != '!' && c != '?' && c != '<'
}

// isReference tells whether text begins with a character reference.
func isReference(text string) bool {
	const longest = 40 // bytes; the longest name of a character has 32
	text = text[:min(len(text), longest)]
	if strings.HasPrefix(text, "&#") || strings.HasPrefix(strings.ToLower(text), "&amp") {
		return true
	}
	return html.UnescapeString(text)[0] != '&'
}
