package manuscript

import (
	"strings"

	"ficus/internal/prose"
)

// markdownBlock is the lines of one block, and what was read of it.
type markdownBlock struct {
	from, to int
	doc      prose.Document
	dropped  []prose.Dropped
}

// batchSize is how many bytes of Markdown are read at once.
const batchSize = 16 << 10

// readBlocks reads the blocks, on as many processors as there are: each means
// what it means whatever stands around it. Paragraphs are read many at once,
// since a parser takes longer to begin than to read a line.
func (m *markdownReader) readBlocks(blocks []markdownBlock) {
	var batches [][2]int
	for from := 0; from < len(blocks); {
		to, size := from, 0
		for to < len(blocks) && (to == from || size < batchSize) {
			size += m.lines[blocks[to].to-1].end - m.lines[blocks[to].from].start
			to++
		}
		batches = append(batches, [2]int{from, to})
		from = to
	}
	eachOf(len(batches), 1, func(k int) {
		from, to := batches[k][0], batches[k][1]
		m.readBatch(blocks[from:to])
		for i := from; i < to; i++ {
			m.src.paras[i] = m.para(&blocks[i])
		}
	})
}

// readBatch reads blocks that follow each other.
func (m *markdownReader) readBatch(blocks []markdownBlock) {
	var together, alone []*markdownBlock
	var sources []string // of those read alone
	var text strings.Builder
	text.Grow(2 * batchSize)
	room := mostBesideBatch
	for i := range blocks {
		b := &blocks[i]
		switch source := m.blockSource(b.from, b.to); {
		case m.drawnBlock(b):
		case m.simple(b.from, b.to):
			b.doc = prose.Document{Blocks: []prose.Block{prose.Para(strings.ReplaceAll(source, "\n", " "))}}
		case onlyParagraph(source):
			together = append(together, b)
			text.WriteString(source)
			text.WriteString("\n\n")
		default:
			alone, sources = append(alone, b), append(sources, m.definitions.beside(source, &room))
		}
	}
	readAlone(alone, sources)
	if len(together) == 0 {
		return
	}
	doc, dropped := prose.ReadMarkdown(text.String())
	if len(dropped) == 0 && paragraphsAlone(doc, len(together)) {
		for i, b := range together {
			b.doc = prose.Document{Blocks: doc.Blocks[i : i+1 : i+1]}
		}
		return
	}
	sources = sources[:0]
	for _, b := range together {
		sources = append(sources, m.blockSource(b.from, b.to))
	}
	readAlone(together, sources)
}

// readAlone reads blocks each for itself.
func readAlone(blocks []*markdownBlock, sources []string) {
	for i, read := range prose.ReadMarkdownEach(sources) {
		blocks[i].doc, blocks[i].dropped = read.Document, read.Dropped
	}
}

// paragraphsAlone is true for a Document of so many paragraphs and nothing else.
func paragraphsAlone(doc prose.Document, count int) bool {
	for i := range doc.Blocks {
		if doc.Blocks[i].Kind != prose.Paragraph || doc.Blocks[i].IsBlank() {
			return false
		}
	}
	return len(doc.Blocks) == count
}

// onlyParagraph is true for Markdown that is a paragraph with at most stress in
// it, whatever stands before and behind: every line begins with a letter, a
// quotation mark, or the sign of stress and a letter.
func onlyParagraph(text string) bool {
	if strings.ContainsAny(text, "[]<`\t") {
		return false
	}
	for line := range strings.SplitSeq(text, "\n") {
		word := strings.TrimLeft(line, "*_")
		if word == "" || len(line)-len(word) > 3 || !beginsLine(word[0]) {
			return false
		}
	}
	return true
}

func beginsLine(c byte) bool {
	return isLetterByte(c) || c >= 0x80 || c == '"' || c == '\'' || c == '('
}

func isLetterByte(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
