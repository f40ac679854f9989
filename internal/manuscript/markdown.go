package manuscript

import (
	"strings"

	"ficus/internal/pattern"
	"ficus/internal/prose"
)

var (
	atxHeading = pattern.New(`^#{1,6}(?:\s|$)`)
	thematic   = pattern.New(`^(?:\*[ \t]*){3,}$|^(?:-[ \t]*){3,}$|^(?:_[ \t]*){3,}$`)
	listItem   = pattern.New(`^(?:[-+*]|\d{1,9}[.)])\s+\S`)
	fence      = pattern.New("^(?:```|~~~)")
	definition = pattern.New(`^\[[^\]]+\]:\s*\S`)
	setextRow  = pattern.New(`^(?:=+|-+)$`)
)

// markdownSign are the characters that may mean something to Markdown.
const markdownSign = "*_`[]<>&\\#!|~"

// isThematic is true for a row of stars, hyphens or low lines.
func isThematic(text string) bool {
	return strings.Trim(text, "*-_ \t") == "" && thematic.MatchString(text)
}

// markdownReader cuts Markdown into its outermost blocks, each read by prose
// alone, so that every block knows its span.
type markdownReader struct {
	src         source
	lines       []line
	definitions definitions
}

func readMarkdown(text string) source {
	m := &markdownReader{src: source{kind: "md", text: text}, lines: splitLines(text)}
	m.definitions = definitionsIn(m.lines)
	blocks := make([]markdownBlock, 0, paragraphsOf(m.lines))
	for i := 0; i < len(m.lines); {
		end := m.blockEnd(i)
		blocks = append(blocks, markdownBlock{from: i, to: end})
		i = end
	}
	m.src.paras = make([]para, len(blocks))
	m.readBlocks(blocks)
	for i := range blocks {
		for _, d := range blocks[i].dropped {
			m.src.dropped = append(m.src.dropped, Dropped(d))
		}
	}
	return m.src
}

// blockEnd is the line behind the block that begins at line i.
func (m *markdownReader) blockEnd(i int) int {
	first := m.lines[i].text
	switch {
	case atxHeading.MatchString(first), m.isRule(i):
		return i + 1
	case fence.MatchString(first):
		for k := i + 1; k < len(m.lines); k++ {
			if strings.HasPrefix(m.lines[k].text, first[:3]) {
				return k + 1
			}
		}
		return i + 1
	case listItem.MatchString(first):
		return m.listEnd(i)
	}
	end := i + 1
	for end < len(m.lines) && m.lines[end].gap == 0 && !m.interrupts(end) && !m.labelled(end) {
		if setextRow.MatchString(m.lines[end].text) {
			if end == i+1 && m.titleLine(i) {
				return end + 1
			}
			return end
		}
		end++
	}
	return end
}

// listEnd takes items and what is set in under them, over blank lines.
func (m *markdownReader) listEnd(i int) int {
	end := i + 1
	for end < len(m.lines) {
		l := m.lines[end]
		inside := l.indent > m.lines[i].indent+1 || listItem.MatchString(l.text)
		if l.gap > 0 && !inside || m.isRule(end) || l.gap == 0 && !inside && atxHeading.MatchString(l.text) {
			break
		}
		end++
	}
	return end
}

// interrupts is true for a line that ends the paragraph above without a blank.
func (m *markdownReader) interrupts(i int) bool {
	text := m.lines[i].text
	return atxHeading.MatchString(text) || fence.MatchString(text) || isThematic(text) && !setextRow.MatchString(text) ||
		listItem.MatchString(text) && !strings.Contains("0123456789", text[:1])
}

// labelled is true for a label right under another: a header typed line by line.
func (m *markdownReader) labelled(i int) bool {
	_, above := labelOf(m.lines[i-1].text)
	if !above {
		return false
	}
	_, here := labelOf(m.lines[i].text)
	return here
}

// isRule is true for a thematic break; a row of hyphens under a sentence is
// one too, as writers mean it.
func (m *markdownReader) isRule(i int) bool { return isThematic(m.lines[i].text) }

// titleLine is true for a line that a row of signs below makes a heading.
func (m *markdownReader) titleLine(i int) bool {
	text := m.lines[i].text
	return len(text) <= 100 && !endsSentence(text)
}

// para makes the paragraph of a block that was read; a row of signs is a rule.
func (m *markdownReader) para(b *markdownBlock) para {
	first, last := m.lines[b.from], m.lines[b.to-1]
	p := para{start: first.start, end: last.end, gap: first.gap, indent: first.indent}
	p.raw = m.src.text[p.start:p.end]
	if m.drawnBlock(b) {
		p.form = rule
		return p
	}
	p.form, p.level = m.formOf(b.from, b.to, b.doc)
	block := settleBlock(wholeBlock(b.doc, p.raw))
	b.doc = prose.Document{}
	p.block = &block
	p.text = blockText(block)
	shareBlock(&block, p.text)
	return p
}

func (m *markdownReader) drawnBlock(b *markdownBlock) bool {
	return b.to == b.from+1 && isThematic(m.lines[b.from].text)
}

// simple is true for lines that mean nothing to Markdown but their words.
func (m *markdownReader) simple(i, end int) bool {
	if listItem.MatchString(m.lines[i].text) || setextRow.MatchString(m.lines[end-1].text) {
		return false
	}
	for _, l := range m.lines[i:end] {
		if strings.ContainsAny(l.text, markdownSign) || hardBreak(m.src.text, l.end) {
			return false
		}
	}
	return true
}

// blockSource is the Markdown of one block. Indents stay only inside lists and
// code: before a paragraph they are how writers set their first lines.
func (m *markdownReader) blockSource(i, end int) string {
	first := m.lines[i]
	if end == i+1 && !hardBreak(m.src.text, first.end) {
		return first.text
	}
	indents := listItem.MatchString(first.text) || fence.MatchString(first.text)
	var s strings.Builder
	for k, l := range m.lines[i:end] {
		if k > 0 {
			s.WriteString(strings.Repeat("\n", 1+boolInt(l.gap > 0)))
		}
		if indents {
			s.WriteString(strings.Repeat(" ", max(0, l.indent-first.indent)))
		}
		s.WriteString(l.text)
		if hardBreak(m.src.text, l.end) {
			s.WriteString("  ")
		}
	}
	return s.String()
}

// hardBreak is true when two spaces end the line: the writer's line end.
func hardBreak(text string, end int) bool { return strings.HasPrefix(text[end:], "  \n") }

func (m *markdownReader) formOf(i, end int, doc prose.Document) (form, int) {
	if len(doc.Blocks) != 1 {
		return markupIf(len(doc.Blocks) > 1), 0
	}
	switch doc.Blocks[0].Kind {
	case prose.Heading:
		return heading, m.headingLevel(i, end)
	case prose.Paragraph:
		return plain, 0
	}
	return markup, 0
}

func markupIf(yes bool) form {
	if yes {
		return markup
	}
	return plain
}

func (m *markdownReader) headingLevel(i, end int) int {
	if text := m.lines[i].text; text[0] == '#' {
		return len(text) - len(strings.TrimLeft(text, "#"))
	}
	return 2 - boolInt(m.lines[end-1].text[0] == '=')
}

// wholeBlock makes one block of what a parser read: nothing was read of a text
// such as "10.", so it stands as typed.
func wholeBlock(doc prose.Document, raw string) prose.Block {
	switch len(doc.Blocks) {
	case 0:
		return prose.Para(strings.Join(strings.Fields(raw), " "))
	case 1:
		return doc.Blocks[0]
	}
	return prose.Block{Kind: prose.Division, Blocks: doc.Blocks}
}
