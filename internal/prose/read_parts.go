package prose

import "slices"

// openBlock takes the start tag of a block.
func (r *reader) openBlock(t tag) {
	if r.leaf != nil && r.leaf.block.Kind == Heading && len(r.leaf.runs) > 0 {
		r.endText() // a heading left open ends where the next block begins
	}
	if len(r.frames) > maxDepth-4 { // room for the list, item, row and cell it may imply
		r.beyond.add(t.name)
		r.drop("nesting")
		r.separate(t.shape)
		return
	}
	if r.inLabel() && !r.closesLabel(t) {
		r.pushThrough(t)
		return
	}
	if !r.inLabel() {
		r.endText()
	}
	switch t.shape {
	case shapeLeaf:
		r.openText(t)
	case shapePart:
		r.openPart(t)
	default:
		r.openContainer(t)
	}
}

// closesLabel tells whether a tag ends the label it stands in, as the next part
// of its list or table does; a block merely begins a line in it.
func (r *reader) closesLabel(t tag) bool {
	switch {
	case t.shape != shapePart:
		return false
	case r.leaf.block.Kind == Term:
		return t.kind == Term || t.kind == Meaning
	case r.leaf.label:
		return t.kind == Row || t.kind == Cell || t.kind == Table && t.name != "caption"
	}
	return false
}

// openText opens p, pre and the headings.
func (r *reader) openText(t tag) {
	r.ensureFlow()
	b := Block{Kind: t.kind, Level: t.level}
	for _, class := range t.classes {
		if kind := kindOfClass(b.Kind, class); kind != b.Kind {
			b.Kind = kind
			t.takeClass(class)
			break
		}
	}
	mode := modeKept
	switch b.Kind {
	case Preformatted:
		mode = modePre
	case Heading:
		mode = modeLabel
	case Verse:
		mode = modeLoose
	}
	r.openLeaf(t, b, mode, false)
}

// openLeaf opens a frame and the leaf that fills it.
func (r *reader) openLeaf(t tag, b Block, mode mode, label bool) {
	f := r.idle
	if r.idle = nil; f == nil {
		f = new(frame)
	}
	*f = frame{name: t.name, sink: r.top().sink, text: true, block: Block{Kind: b.Kind}}
	r.push(f)
	r.takeAlign(&t, f)
	b.Align = f.align
	b.Attrs = blockAttrs(t)
	r.styleBlock(f, t)
	r.beginLeaf(b, mode, label)
}

// takeAlign sets the alignment a block names by its class, attribute or style.
func (r *reader) takeAlign(t *tag, f *frame) {
	if t.look.aligned {
		f.align = t.look.align
	}
	if t.takeClass("centre") {
		f.align = AlignCentre
	}
	if t.takeClass("right") {
		f.align = AlignRight
	}
}

func blockAttrs(t tag) Attrs {
	attrs := t.kept()
	if t.look.dir != "" {
		attrs = attrs.with("dir", t.look.dir)
	}
	return attrs
}

// openContainer opens the blocks that hold blocks. A wrapper that carries
// nothing is not kept; what it holds is.
func (r *reader) openContainer(t tag) {
	r.ensureFlow()
	b := Block{Kind: t.kind, Ordered: t.name == "ol", Open: t.look.open}
	for _, class := range t.classes {
		if kind := kindOfClass(b.Kind, class); kind != b.Kind {
			b.Kind = kind
			t.takeClass(class)
			break
		}
	}
	f := &frame{name: t.name, figure: t.name == "figure"}
	r.push(f)
	r.takeAlign(&t, f)
	b.Attrs = blockAttrs(t)
	if b.Kind != Quote {
		b.Attrs = b.Attrs.without("cite")
	}
	f.block = b
	if b.Kind == Division && len(b.Attrs) == 0 && !f.figure {
		f.sink = r.frames[len(r.frames)-2].sink
	}
	f.lines = b.Kind != List && b.Kind != Table && b.Kind != Definitions
	r.styleBlock(f, t)
}

// openPart opens what belongs in a list, a table, a definition list, a fold or
// a figure. Out of its place a part is a wrapper that carries nothing.
func (r *reader) openPart(t tag) {
	switch t.kind {
	case Item:
		r.openItem(t)
	case Term, Meaning:
		r.openDefinition(t)
	case Row, Cell, Table:
		r.openTablePart(t)
	case Fold:
		r.openLabel(t, r.top().sink.block.Kind == Fold)
	default:
		r.openLabel(t, r.top().sink.figure)
	}
}

// openLabel opens a summary or a caption.
func (r *reader) openLabel(t tag, inPlace bool) {
	if !inPlace {
		r.pushThrough(t)
		return
	}
	r.openLeaf(t, Block{Kind: Paragraph}, modeLabel, true)
}

func isKind(kinds ...Kind) func(*frame) bool {
	return func(f *frame) bool { return f.sink == f && slices.Contains(kinds, f.block.Kind) }
}

// within makes sure that a frame of kind is the innermost that keeps blocks,
// closing what stands in it; it opens one when none is open here.
func (r *reader) within(kind Kind, name string) {
	if i := r.innermost(isKind(kind), isKind(Cell)); i > 0 {
		r.popTo(i + 1)
		return
	}
	r.ensureFlow()
	r.push(&frame{name: name, block: Block{Kind: kind}})
}

func (r *reader) openItem(t tag) {
	r.within(List, "ul")
	attrs := blockAttrs(t)
	if !r.top().block.Ordered {
		attrs = attrs.without("value")
	}
	r.openHolder(t, Block{Kind: Item, Attrs: attrs})
}

func (r *reader) openDefinition(t tag) {
	r.within(Definitions, "dl")
	if t.kind == Term {
		r.openLeaf(t, Block{Kind: Term}, modeLabel, false)
		return
	}
	r.openHolder(t, Block{Kind: Meaning, Attrs: blockAttrs(t)})
}

// openHolder opens an item, a meaning or a cell.
func (r *reader) openHolder(t tag, b Block) {
	f := &frame{name: t.name, block: b, base: len(r.inlines)}
	r.push(f)
	r.takeAlign(&t, f)
	f.block.Attrs = f.block.Attrs.withoutClasses("centre", "right")
	r.styleBlock(f, t)
}

// openTablePart opens caption, row groups, rows and cells.
func (r *reader) openTablePart(t tag) {
	i := r.innermost(isKind(Table), isKind())
	if i == 0 {
		r.pushThrough(t)
		return
	}
	switch {
	case t.name == "caption":
		r.popTo(i + 1)
		r.openLabel(t, true)
	case t.kind == Table:
		r.popTo(i + 1)
		r.top().head = t.name == "thead"
	case t.kind == Row:
		r.popTo(i + 1)
		r.openHolder(t, Block{Kind: Row, Header: r.top().head, Attrs: blockAttrs(t)})
	default:
		if row := r.innermost(isKind(Row), isKind(Table)); row > 0 {
			r.popTo(row + 1)
		} else {
			r.popTo(i + 1)
			r.push(&frame{name: "tr", block: Block{Kind: Row, Header: r.top().head}})
		}
		r.openHolder(t, Block{Kind: Cell, Header: t.name == "th", Attrs: blockAttrs(t)})
	}
}

// sceneBreak takes an hr.
func (r *reader) sceneBreak(t tag) {
	if r.inLabel() && (r.leaf.block.Kind != Heading || len(r.leaf.runs) == 0) {
		r.leaf.soft = true
		return
	}
	r.endText()
	r.ensureFlow()
	b := Block{Kind: SceneBreak}
	if t.takeClass("scene") {
		b.Glyphs = t.attrs.Get("title")
		t.attrs = t.attrs.without("title")
	}
	b.Attrs = t.kept()
	r.top().sink.add(b)
}
