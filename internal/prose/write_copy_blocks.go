package prose

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

func (c *copier) blocks(list []Block) []Block {
	var out []Block
	for _, b := range list {
		if !b.saysNothing() {
			out = append(out, c.block(b)...)
		}
	}
	return out
}

// block fits one block: as it is where the place has its kind, otherwise as
// what comes nearest.
func (c *copier) block(b Block) []Block {
	if !slices.Contains(c.keeps.kinds, b.Kind) {
		return c.become(b)
	}
	if slices.Contains(c.keeps.written, b.Kind) {
		c.count("html_block")
	}
	b.Attrs = c.attrs(b.Attrs, false)
	b = c.aligned(b)
	switch b.Kind {
	case SceneBreak:
		return []Block{c.sceneBreak(b)}
	case Image:
		b.Src = c.picture(b.Src)
	}
	switch c.target {
	case ForMarkdown:
		c.tellMarkup(b)
	case ForFFN:
		c.tellSigns(b)
	}
	b.Inlines = c.inlines(b.Inlines)
	b.Blocks = c.blocks(b.Blocks)
	return []Block{b}
}

// tellMarkup tells the blocks that Markdown says with tags.
func (c *copier) tellMarkup(b Block) {
	switch {
	case b.Kind == Table:
		c.count("html_table")
	case b.Kind == Image:
		c.count("html_picture")
	case b.Kind == List && len(b.Attrs) > 0:
		c.count("html_block")
	}
}

// tellSigns tells a line of signs alone, which FFN takes out as often as not.
func (c *copier) tellSigns(b Block) {
	text := PlainText(b.Inlines)
	if b.Kind == Paragraph && strings.TrimSpace(text) != "" && !strings.ContainsFunc(text, isWordful) {
		c.count("signs")
	}
}

func isWordful(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// sceneBreak is a line across; what the writer drew is kept where a title is.
func (c *copier) sceneBreak(b Block) Block {
	if b.Glyphs != "" {
		c.count("drawn_break")
	}
	if c.target != ForAO3 || c.classless {
		b.Glyphs = ""
	}
	return b
}

// become gives what stands for a block that the place has no form for.
func (c *copier) become(b Block) []Block {
	switch b.Kind {
	case SceneHeading:
		c.count("scene_heading")
		return c.line(b, bold(b.Inlines), "place")
	case Heading:
		c.count("heading")
		return c.line(b, bold(b.Inlines), "")
	case Verse:
		c.count("verse")
		return c.line(b, b.Inlines, "verse")
	case EndMark:
		b.Align = AlignCentre
		return c.line(b, b.Inlines, "end-mark")
	case Preformatted:
		c.count("preformatted")
		return c.line(b, preformattedLines(b.Inlines), "")
	case Letter:
		return c.letter(b)
	case Quote:
		c.count("quote")
	case Messages:
		c.count("messages")
		return c.container(b, "messages")
	case Image:
		return c.pictureWords(b)
	case List:
		c.count("list")
		return c.listLines(b)
	case Table:
		c.count("table")
		return c.tableLines(b)
	case Definitions:
		c.count("definitions")
	case Fold:
		c.count("fold")
		return append(c.paragraph(bold(b.Inlines)), c.opened(b)...)
	case Term:
		return c.paragraph(bold(b.Inlines))
	}
	return c.opened(b)
}

// line is a paragraph in place of another leaf.
func (c *copier) line(b Block, runs []Inline, class string) []Block {
	p := Block{Kind: Paragraph, Align: b.Align, Attrs: c.attrs(b.Attrs, false)}
	if class != "" {
		p.Attrs = c.classed(p.Attrs, class)
	}
	p = c.aligned(p)
	p.Inlines = c.inlines(runs)
	return []Block{p}
}

func (c *copier) paragraph(runs []Inline) []Block {
	if len(runs) == 0 {
		return nil
	}
	return []Block{{Kind: Paragraph, Inlines: c.inlines(runs)}}
}

// opened is what a block holds, without the block.
func (c *copier) opened(b Block) []Block {
	c.attrs(b.Attrs, false)
	return c.blocks(b.Blocks)
}

// container is a plain division with a class of ours where these are kept.
func (c *copier) container(b Block, class string) []Block {
	if !slices.Contains(c.keeps.kinds, Division) {
		return c.opened(b)
	}
	d := Block{Kind: Division, Attrs: c.classed(c.attrs(b.Attrs, false), class)}
	d.Blocks = c.blocks(b.Blocks)
	return []Block{d}
}

func (c *copier) letter(b Block) []Block {
	if !slices.Contains(c.keeps.kinds, Quote) {
		c.count("letter_plain")
		return c.opened(b)
	}
	c.count("letter")
	q := Block{Kind: Quote, Attrs: c.classed(c.attrs(b.Attrs, false), "letter")}
	q.Blocks = c.blocks(b.Blocks)
	return []Block{q}
}

func (c *copier) pictureWords(b Block) []Block {
	c.count("picture_words")
	c.attrs(b.Attrs, false)
	words := c.paragraph([]Inline{TextRun("[" + cmp.Or(b.Alt, c.absolute(b.Src)) + "]")})
	return append(words, c.paragraph(b.Inlines)...)
}

// listLines begins the first line of each item with a dash or its number.
func (c *copier) listLines(b Block) []Block {
	c.attrs(b.Attrs.without("reversed"), false)
	number, err := strconv.Atoi(b.Attrs.Get("start"))
	if err != nil {
		number = 1
	}
	step := 1
	if b.Attrs.Get("reversed") != "" {
		step = -1
		if err != nil {
			number = len(b.Blocks)
		}
	}
	var out []Block
	for _, item := range b.Blocks {
		if n, err := strconv.Atoi(item.Attrs.Get("value")); err == nil {
			number = n
		}
		label := "– "
		if b.Ordered {
			label = strconv.Itoa(number) + ". "
		}
		number += step
		c.attrs(item.Attrs.without("value"), false)
		out = append(out, labelled(label, c.blocks(item.Blocks))...)
	}
	return out
}

// labelled puts a label before the first line of some blocks.
func labelled(label string, blocks []Block) []Block {
	if len(blocks) == 0 || blocks[0].Kind != Paragraph {
		return append([]Block{{Kind: Paragraph, Inlines: []Inline{TextRun(label)}}}, blocks...)
	}
	blocks[0].Inlines = append([]Inline{TextRun(label)}, blocks[0].Inlines...)
	return blocks
}

// tableLines makes each row a line, with strokes between its cells.
func (c *copier) tableLines(b Block) []Block {
	c.attrs(b.Attrs, false)
	out := c.paragraph(bold(b.Inlines))
	for _, row := range b.Blocks {
		c.attrs(row.Attrs, false)
		if cells := c.rowLine(row); len(cells) > 0 {
			out = append(out, Block{Kind: Paragraph, Inlines: cells})
		}
	}
	return out
}

// rowLine gives the cells of a row as one line.
func (c *copier) rowLine(row Block) []Inline {
	var line []Inline
	for i, cell := range row.Blocks {
		c.attrs(cell.Attrs, false)
		if i > 0 {
			line = appendInline(line, TextRun(" | "))
		}
		for k, inner := range c.blocks(cell.Blocks) {
			if k > 0 {
				line = append(line, Inline{Mark: LineBreak})
			}
			line = appendAll(line, inner.Inlines)
		}
	}
	return line
}

// preformattedLines keeps the spaces that stand together.
func preformattedLines(runs []Inline) []Inline {
	out := slices.Clone(runs)
	for i := range out {
		out[i].Text = spaced(out[i].Text)
		out[i].Kids = preformattedLines(out[i].Kids)
	}
	return out
}
