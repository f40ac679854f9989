package prose

// XHTMLOptions say how XHTML is written.
type XHTMLOptions struct {
	// ParagraphID, when set, gives the id of each text block (paragraph,
	// heading, scene heading, verse, end mark, term) by its number in reading
	// order from 0; blank paragraphs are not counted. An empty answer gives
	// none.
	ParagraphID func(i int, b Block) string
	// Notes, when set, sets the footnotes after the text; otherwise they stand
	// in it.
	Notes *Notes
}

// XHTML gives d as the inside of an XHTML body for EPUB 3: well-formed XML,
// every element closed, links to the web and to mail only.
func (d Document) XHTML(o XHTMLOptions) string {
	if o.Notes != nil {
		d = d.withAsides(*o.Notes)
	}
	m := markup{xml: true, paragraphID: o.ParagraphID}
	m.Grow(sizeOf(d.Blocks))
	m.blocks(d.Blocks)
	return m.String()
}

// sizeOf is about how long blocks come out, so that most are written into room
// that need not grow.
func sizeOf(blocks []Block) int {
	const tags = 48 // of a paragraph with its id and what is escaped in it
	size := 0
	for i := range blocks {
		size += tags + runsSize(blocks[i].Inlines) + sizeOf(blocks[i].Blocks)
	}
	return size
}

func runsSize(runs []Inline) int {
	size := 0
	for i := range runs {
		size += len(runs[i].Text)
		if len(runs[i].Kids) > 0 {
			size += 16 + runsSize(runs[i].Kids)
		}
	}
	return size
}

// alternates tells whether terms and meanings stand as the schema of EPUB asks:
// groups of terms, each followed by meanings.
func alternates(parts []Block) bool {
	last := Meaning
	for i, part := range parts {
		if part.Kind != Term && part.Kind != Meaning || i == 0 && part.Kind != Term {
			return false
		}
		last = part.Kind
	}
	return len(parts) > 0 && last == Meaning
}

// loosely writes a definition list that defines nothing as what it looks like.
func (m *markup) loosely(b Block) {
	parts := make([]Block, len(b.Blocks))
	for i, part := range b.Blocks {
		part.Kind = Division
		if b.Blocks[i].Kind == Term {
			part.Kind = Paragraph
		}
		parts[i] = part
	}
	m.container("div", Block{Kind: Division, Attrs: b.Attrs, Blocks: parts})
}
