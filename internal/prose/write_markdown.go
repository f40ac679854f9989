package prose

import (
	"strconv"
	"strings"
)

// Markdown gives d as CommonMark. What Markdown has no word for (alignment,
// classes, tables, ruby …) stands in it as HTML, so that ReadMarkdown of it is
// d again.
func (d Document) Markdown() string {
	var w markdownWriter
	lines := append(w.blocks(d.Blocks), w.notes...)
	var s strings.Builder
	for _, line := range lines {
		s.WriteString(line)
		s.WriteByte('\n')
	}
	return s.String()
}

// markdownWriter writes blocks, and gathers the footnotes that stand after them.
type markdownWriter struct {
	count  int      // footnotes written as signs
	notes  []string // their lines
	inNote bool
}

// blocks gives the lines of some blocks, a blank line between two.
func (w *markdownWriter) blocks(blocks []Block) []string {
	var lines []string
	after := Paragraph
	for _, b := range blocks {
		if b.saysNothing() {
			continue
		}
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		if after == List && b.Kind == List {
			// Two lists that follow each other would be read as one.
			lines = append(lines, htmlLines(b)...)
			continue
		}
		lines = append(lines, w.block(b)...)
		after = b.Kind
	}
	return lines
}

func (w *markdownWriter) block(b Block) []string {
	if !b.isBare() {
		return htmlLines(b)
	}
	before := *w
	switch b.Kind {
	case Paragraph:
		if b.IsBlank() {
			return []string{"&nbsp;"}
		}
		if lines, ok := w.text(b.Inlines); ok {
			return lines
		}
	case Heading:
		if lines, ok := w.text(b.Inlines); ok && len(lines) == 1 {
			return []string{strings.Repeat("#", min(max(b.Level, 2), 6)) + " " + escapeClosing(lines[0])}
		}
	case SceneBreak:
		if b.Glyphs == "" {
			return []string{"---"}
		}
	case Quote:
		return prefixed("> ", "> ", w.blocks(b.Blocks))
	case List:
		if lines, ok := w.list(b); ok {
			return lines
		}
	}
	*w = before
	return htmlLines(b)
}

// escapeClosing escapes hashes that would close a heading.
func escapeClosing(line string) string {
	if text := strings.TrimRight(line, "#"); text != line && strings.HasSuffix(text, " ") {
		return line[:len(line)-1] + "\\#"
	}
	return line
}

// list writes a list whose items each hold one paragraph and perhaps a
// plain list after it; it answers false for any other.
func (w *markdownWriter) list(b Block) ([]string, bool) {
	var lines []string
	for i, item := range b.Blocks {
		label := "- "
		if b.Ordered {
			label = strconv.Itoa(i+1) + ". "
		}
		text, ok := w.item(item)
		if !ok {
			return nil, false
		}
		lines = append(lines, prefixed(label, strings.Repeat(" ", len(label)), text)...)
	}
	return lines, len(lines) > 0
}

func (w *markdownWriter) item(item Block) ([]string, bool) {
	if item.Kind != Item || !item.isBare() || len(item.Blocks) == 0 || len(item.Blocks) > 2 ||
		!isTight(item.Blocks) || item.Blocks[0].IsBlank() {
		return nil, false
	}
	lines, ok := w.text(item.Blocks[0].Inlines)
	if !ok || len(item.Blocks) == 1 {
		return lines, ok
	}
	inner := item.Blocks[1]
	if inner.Ordered || !inner.isBare() {
		return nil, false
	}
	more, ok := w.list(inner)
	return append(lines, more...), ok
}

// isBare tells whether b carries nothing but its kind.
func (b Block) isBare() bool { return len(b.Attrs) == 0 && b.Align == AlignStart }

func prefixed(first, rest string, lines []string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		prefix := rest
		if i == 0 {
			prefix = first
		}
		if line == "" {
			prefix = strings.TrimRight(prefix, " ")
		}
		out[i] = prefix + line
	}
	return out
}

// htmlLines writes a block as HTML that Markdown takes for one block. A blank
// line would end it anywhere but in a preformatted block of its own, so
// elsewhere preformatted text writes its line ends as references.
func htmlLines(b Block) []string {
	m := markup{oneLine: b.Kind != Preformatted}
	m.block(b)
	return strings.Split(m.String(), "\n")
}
