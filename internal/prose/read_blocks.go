package prose

import "slices"

// maxDepth is how many blocks may stand in one another; deeper ones lose their
// tags and keep their text, so that no writer of ours ever runs deep.
const maxDepth = 100

// frame is a block that is open.
type frame struct {
	name   string
	block  Block  // what is being built; its Blocks gather here
	sink   *frame // where blocks go: itself, or the next frame that keeps any
	align  Align  // what the leaves inside inherit
	text   bool   // a leaf: the frame lives as long as its text
	lines  bool   // loose text inside is read in lines
	figure bool
	head   bool // a table whose head is open
	gap    int  // blank paragraphs owed before the next paragraph
	base   int  // a cell: inlines open when it began
	room   int  // the document: for how many blocks there is to be room
}

// blockSize is about how many bytes of a page a block takes: a paragraph of a
// hundred words.
const blockSize = 512

// manyBlocks is from how many blocks on room is made for as many again: a
// quarter more at a time would copy those of a long text often.
const manyBlocks = 256

// add puts a block after the others. Gaps are paid between paragraphs only:
// at the edges, and next to headings and breaks, they say nothing.
func (f *frame) add(b Block) {
	blocks := f.block.Blocks
	if n := len(blocks); n > 0 && b.Kind == Paragraph && blocks[n-1].Kind == Paragraph {
		for range f.gap {
			blocks = append(blocks, Blank())
		}
	}
	f.gap = 0
	if blocks == nil && f.room > 0 {
		blocks = make([]Block, 0, f.room)
	}
	if n := len(blocks); n == cap(blocks) && n >= manyBlocks {
		blocks = slices.Grow(blocks, n)
	}
	f.block.Blocks = append(blocks, b)
}

// addLabel sets the caption or summary of a block; a second one is a line more.
func (f *frame) addLabel(inlines []Inline) {
	if len(f.block.Inlines) > 0 {
		f.block.Inlines = append(f.block.Inlines, Inline{Mark: LineBreak})
	}
	f.block.Inlines = append(f.block.Inlines, inlines...)
}

func (r *reader) top() *frame { return r.frames[len(r.frames)-1] }

// openLoose begins the leaf of text that stands in no paragraph.
func (r *reader) openLoose() {
	r.ensureFlow()
	top := r.top()
	mode := modeKept
	if top.sink.lines {
		mode = modeLoose
	}
	r.beginLeaf(Block{Kind: Paragraph, Align: top.align}, mode, false)
}

// ensureFlow makes sure that text or a block may stand here: in a list it
// begins an item, in a table a row and a cell.
func (r *reader) ensureFlow() {
	for {
		switch r.top().sink.block.Kind {
		case List:
			r.push(&frame{name: "li", block: Block{Kind: Item}})
		case Table:
			r.push(&frame{name: "tr", block: Block{Kind: Row, Header: r.top().sink.head}})
		case Row:
			r.push(&frame{name: "td", block: Block{Kind: Cell}, base: len(r.inlines)})
		case Definitions:
			r.push(&frame{name: "dd", block: Block{Kind: Meaning}})
		default:
			return
		}
	}
}

// push opens a frame inside the open ones.
func (r *reader) push(f *frame) {
	top := r.top()
	if f.sink == nil {
		f.sink = f
	}
	if f.align == AlignStart {
		f.align = top.align
	}
	switch f.block.Kind {
	case Quote, Letter, Messages, Division, Fold:
		f.lines = true
	}
	r.frames = append(r.frames, f)
}

// pushThrough opens a frame that keeps nothing of its own: its blocks go to the
// frame around.
func (r *reader) pushThrough(t tag) {
	if r.leaf != nil {
		r.leaf.soft = true
	}
	f := &frame{name: t.name, sink: r.top().sink, align: t.look.align}
	r.push(f)
	if t.look.aligned {
		f.align = t.look.align
	}
	r.styleBlock(f, t)
}

// styleBlock puts the marks of a block's style around all inside it.
func (r *reader) styleBlock(f *frame, t tag) {
	if len(t.look.marks) == 0 || len(r.inlines) >= maxInlines {
		return
	}
	inline := openInline{name: t.name, of: f}
	for _, m := range t.look.marks {
		inline.marks = append(inline.marks, &openMark{mark: m})
	}
	r.inlines = append(r.inlines, inline)
	r.fresh = false
}

// pop closes the innermost block and puts it where it belongs.
func (r *reader) pop() {
	f := r.top()
	if f.text || r.leaf != nil && r.leaf.mode != modePre && r.leaf.mode != modeLabel {
		r.finishLeaf()
	}
	if r.leaf != nil {
		r.leaf.soft = true
	}
	r.frames = r.frames[:len(r.frames)-1]
	if f.block.Kind == Cell && f.base < len(r.inlines) {
		r.inlines = r.inlines[:f.base]
		r.fresh = false
	}
	if i := slices.IndexFunc(r.inlines, func(o openInline) bool { return o.of == f }); i >= 0 {
		r.inlines = slices.Delete(r.inlines, i, i+1)
		r.fresh = false
	}
	if f.sink == f {
		r.top().sink.take(f)
	}
	if f.text {
		r.idle = f // nothing stands in a text, so nothing leads to it any more
	}
}

// popTo closes blocks until n are open.
func (r *reader) popTo(n int) {
	for len(r.frames) > n {
		r.pop()
	}
}

// innermost gives the place of the innermost open frame that is wanted, or 0
// when a frame that stops the search comes first.
func (r *reader) innermost(wanted, stops func(*frame) bool) int {
	for i := len(r.frames) - 1; i > 0; i-- {
		if wanted(r.frames[i]) {
			return i
		}
		if stops(r.frames[i]) {
			return 0
		}
	}
	return 0
}

// inLabel tells whether the text being gathered takes blocks as mere lines.
func (r *reader) inLabel() bool {
	return r.leaf != nil && (r.leaf.mode == modePre || r.leaf.mode == modeLabel)
}

// endText ends the paragraph or heading that is open, if any.
func (r *reader) endText() {
	if r.top().text {
		r.pop()
		return
	}
	r.finishLeaf()
}

// separate keeps words apart where a block's tag was left out.
func (r *reader) separate(s shape) {
	if s == shapeMark || s == shapeVoid {
		return
	}
	if r.inLabel() {
		r.leaf.soft = true
		return
	}
	r.endText()
}

// closeBlock takes the end tag of a block.
func (r *reader) closeBlock(name string, e element) {
	table := e.kind == Table || e.kind == Row
	i := r.innermost(
		func(f *frame) bool { return f.name == name || e.kind == Heading && f.block.Kind == Heading },
		func(f *frame) bool { return !table && f.block.Kind == Cell && e.kind != Cell },
	)
	switch {
	case i > 0:
		r.popTo(i)
	case e.kind == Table && e.shape == shapePart:
		r.top().sink.head = false
	default:
		r.separate(e.shape)
	}
}

// take puts a block that has closed into this one, if there is anything in it.
func (f *frame) take(inner *frame) {
	b := inner.block
	if inner.figure {
		f.takeFigure(b)
		return
	}
	switch b.Kind {
	case Cell:
	case Table:
		settleHeads(b.Blocks)
		if len(b.Blocks) == 0 && len(b.Inlines) > 0 {
			f.add(Block{Kind: Paragraph, Inlines: b.Inlines})
			return
		}
		if len(b.Blocks) == 0 {
			return
		}
	default:
		if len(b.Blocks) == 0 && len(b.Inlines) == 0 {
			return
		}
	}
	f.add(b)
}

// settleHeads leaves only the first rows of a table as its head.
func settleHeads(rows []Block) {
	head := true
	for i := range rows {
		head = head && rows[i].Header
		rows[i].Header = head
	}
}

// takeFigure puts a figure in: one picture with its caption is an image,
// anything else a division with the caption as its last paragraph.
func (f *frame) takeFigure(b Block) {
	caption := b.Inlines
	if len(b.Blocks) == 1 && b.Blocks[0].Kind == Image && len(b.Blocks[0].Inlines) == 0 {
		image := b.Blocks[0]
		for _, attr := range b.Attrs {
			image.Attrs = image.Attrs.with(attr.Name, attr.Value)
		}
		image.Inlines = caption
		f.add(image)
		return
	}
	if len(caption) > 0 {
		b.Blocks = append(b.Blocks, Block{Kind: Paragraph, Inlines: caption})
	}
	if len(b.Blocks) == 0 {
		return
	}
	if len(b.Attrs) > 0 {
		f.add(Block{Kind: Division, Attrs: b.Attrs, Blocks: b.Blocks})
		return
	}
	for _, child := range b.Blocks {
		f.add(child)
	}
}
