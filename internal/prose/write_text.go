package prose

import (
	"strconv"
	"strings"
	"unicode"
)

// Text gives d as plain text, a blank line between paragraphs, flowed at width
// columns; with width 0 a paragraph is one line. Quotations are indented, a
// scene break is the writer's own glyphs or three asterisks. Marks are not
// shown, but for the address of what plays; footnotes are numbers in brackets
// and stand at the end.
func (d Document) Text(width int) string {
	d = d.withNumbers()
	w := textWriter{width: width}
	w.blocks(spelt(d.Blocks), "", "")
	if w.out.Len() == 0 {
		return ""
	}
	return w.out.String() + "\n"
}

// textWriter writes paragraphs with a prefix on the first line and another on
// the others.
type textWriter struct {
	out   strings.Builder
	width int
	tight bool // the next paragraph follows without a blank line
}

// blocks writes blocks; first stands before the first line, rest before the
// others.
func (w *textWriter) blocks(blocks []Block, first, rest string) {
	for _, b := range blocks {
		w.block(b, first, rest)
		first = rest
	}
}

func (w *textWriter) block(b Block, first, rest string) {
	switch b.Kind {
	case SceneBreak:
		glyphs := b.Glyphs
		if glyphs == "" {
			glyphs = "* * *"
		}
		w.paragraph(w.centred(glyphs), first, rest)
	case Quote, Letter:
		w.blocks(b.Blocks, first+"    ", rest+"    ")
	case List:
		w.list(b, first, rest)
	case Row:
		w.paragraph(rowText(b), first, rest)
		w.tight = true
	case Meaning:
		w.tight = true
		w.blocks(b.Blocks, first+"    ", rest+"    ")
	case Image:
		w.image(b, first, rest)
	default:
		w.tight = w.tight && b.Kind != Table
		w.paragraph(PlainText(b.Inlines), first, rest)
		if len(b.Inlines) > 0 {
			first = rest
		}
		w.blocks(b.Blocks, first, rest)
		w.tight = false
	}
}

func (w *textWriter) image(b Block, first, rest string) {
	words := b.Alt
	if words == "" {
		words = b.Src
	}
	w.paragraph("["+words+"]", first, rest)
	w.paragraph(PlainText(b.Inlines), rest, rest)
}

func (w *textWriter) list(b Block, first, rest string) {
	number, err := strconv.Atoi(b.Attrs.Get("start"))
	if err != nil {
		number = 1
	}
	for i, item := range b.Blocks {
		label := "- "
		if b.Ordered {
			label = strconv.Itoa(number+i) + ". "
		}
		w.tight = i > 0
		indent := strings.Repeat(" ", len(label))
		w.blocks(item.Blocks, first+label, rest+indent)
		first = rest
	}
	w.tight = false
}

func rowText(row Block) string {
	cells := make([]string, len(row.Blocks))
	for i, cell := range row.Blocks {
		cells[i] = strings.Join(strings.Fields(Document{Blocks: cell.Blocks}.Text(0)), " ")
	}
	return strings.Join(cells, " | ")
}

func (w *textWriter) centred(text string) string {
	if room := (w.width - columns(text)) / 2; room > 0 {
		return strings.Repeat(" ", room) + text
	}
	return text
}

// paragraph writes one paragraph, each of its lines flowed.
func (w *textWriter) paragraph(text, first, rest string) {
	if text == "" {
		return
	}
	switch {
	case w.out.Len() == 0:
	case w.tight:
		w.out.WriteByte('\n')
	default:
		w.out.WriteString("\n\n")
	}
	w.tight = false
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			w.out.WriteByte('\n')
		}
		w.flow(line, first, rest)
		first = rest
	}
}

// flow writes one line, broken at spaces and between wide characters so that
// none is wider than the width unless a word is.
func (w *textWriter) flow(line, first, rest string) {
	prefix, used := first, 0
	start := func() {
		w.out.WriteString(prefix)
		used = columns(prefix)
		prefix = rest
	}
	start()
	if w.width <= 0 || used+columns(line) <= w.width {
		w.out.WriteString(line)
		return
	}
	empty, space := true, 0
	for _, piece := range pieces(line) {
		wide := columns(piece)
		if strings.TrimLeft(piece, " ") == "" {
			space += wide
			continue
		}
		if !empty && used+space+wide > w.width {
			w.out.WriteByte('\n')
			start()
			space = 0
		}
		w.out.WriteString(strings.Repeat(" ", space))
		w.out.WriteString(piece)
		used, space, empty = used+space+wide, 0, false
	}
}

// pieces cuts a line where it may be broken: around spaces and around each
// wide character.
func pieces(line string) []string {
	var all []string
	start := 0
	kindBefore := 0
	for i, r := range line {
		kind := 1
		switch {
		case r == ' ':
			kind = 2
		case isWide(r) && unicode.IsLetter(r):
			kind = 3
		}
		if i > start && (kind != kindBefore && (kind != 1 || kindBefore != 3) || kind == 3) {
			all = append(all, line[start:i])
			start = i
		}
		kindBefore = kind
	}
	return append(all, line[start:])
}

func columns(text string) int {
	n := 0
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Mn, r):
		case isWide(r):
			n += 2
		default:
			n++
		}
	}
	return n
}

// isWide tells whether a terminal gives a character two columns.
func isWide(r rune) bool {
	return r >= 0x1100 && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) ||
		r >= 0x3000 && r <= 0x303f || r >= 0xff01 && r <= 0xff60)
}
