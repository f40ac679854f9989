package prose

import "strings"

// mode says what white space and line breaks mean in a leaf.
type mode uint8

const (
	modeKept  mode = iota // inside p, li, td …: breaks stand as written
	modeLoose             // text of no paragraph: two breaks make a paragraph
	modeLabel             // headings and captions: blocks inside are only lines
	modePre               // every character stands
)

// leaf is one leaf block being gathered: a flat row of runs, each with the
// marks around it. The tree of inlines is made when it is finished.
type leaf struct {
	block Block
	mode  mode
	label bool // a caption or summary: its inlines go to the block around
	runs  []run

	lines  int  // line ends since the last character (typed loose text)
	breaks int  // br since the last character
	soft   bool // a block began or ended here: the next character begins a line
}

// run is some characters, one line break or one picture.
type run struct {
	mark  Mark // Text, LineBreak or Picture
	text  string
	attrs Attrs // Picture
	marks []*openMark
}

// beginLeaf begins to gather text.
func (r *reader) beginLeaf(b Block, mode mode, label bool) {
	r.gathered = leaf{block: b, mode: mode, label: label, runs: r.spare[:0]}
	r.leaf = &r.gathered
	r.reopen()
}

// text takes characters.
func (r *reader) text(text string) {
	if r.leaf == nil {
		if strings.TrimLeft(text, " \n\t\r\f") == "" {
			return
		}
		r.openLoose()
	}
	switch {
	case r.leaf.mode == modePre:
		r.preText(text)
	case r.leaf.mode == modeLoose && r.typed:
		for {
			line, rest, more := strings.Cut(text, "\n")
			r.words(line)
			if !more {
				return
			}
			r.leaf.lines++
			text = rest
		}
	default:
		r.words(text)
	}
}

// words takes characters in which line ends are spaces.
func (r *reader) words(text string) {
	if l := r.leaf; l.lines > 0 || l.breaks > 0 || l.soft {
		text = strings.TrimLeft(text, " \n\t\r\f")
		if text == "" {
			return
		}
		r.settleBreaks()
	}
	if text = collapse(text, r.leaf.atSpace()); text != "" {
		r.leaf.runs = append(r.leaf.runs, run{text: text, marks: r.currentMarks()})
	}
}

// preText takes characters that all stand; a line end is a LineBreak.
func (r *reader) preText(text string) {
	for {
		line, rest, more := strings.Cut(text, "\n")
		if line != "" {
			r.settleBreaks()
			r.leaf.runs = append(r.leaf.runs, run{text: line, marks: r.currentMarks()})
		}
		if !more {
			return
		}
		r.leaf.runs = append(r.leaf.runs, run{mark: LineBreak, marks: r.currentMarks()})
		text = rest
	}
}

// lineBreak takes a br.
func (r *reader) lineBreak() {
	if r.leaf == nil {
		r.openLoose()
	}
	if r.leaf.mode == modePre {
		r.leaf.runs = append(r.leaf.runs, run{mark: LineBreak, marks: r.currentMarks()})
		return
	}
	r.leaf.breaks++
}

// inline takes a picture or a link of our own making.
func (r *reader) inline(mark Mark, text string, attrs Attrs, marks ...*openMark) {
	if r.leaf == nil {
		r.openLoose()
	}
	r.settleBreaks()
	around := r.currentMarks()
	if len(marks) > 0 {
		around = append(around[:len(around):len(around)], marks...)
	}
	r.leaf.runs = append(r.leaf.runs, run{mark: mark, text: text, attrs: attrs, marks: around})
}

// settleBreaks decides, now that something follows, what the breaks before it
// were: lines, a new paragraph, or a blank one (reference/ao3.md §2.6).
func (r *reader) settleBreaks() {
	l := r.leaf
	breaks := max(l.lines, l.breaks)
	if l.soft {
		breaks = max(breaks, 1)
	}
	if breaks == 0 {
		return
	}
	written := l.breaks
	l.lines, l.breaks, l.soft = 0, 0, false
	if len(l.runs) == 0 {
		r.gapFrom(l, written, 1)
		return
	}
	if l.mode != modeLoose {
		for range breaks {
			l.addBreak(r.currentMarks())
		}
		return
	}
	if breaks == 1 {
		l.addBreak(r.currentMarks())
		return
	}
	r.finishLeaf()
	if breaks > 2 && l.block.Kind == Paragraph {
		r.top().sink.gap++
	}
	r.beginLeaf(l.block, l.mode, false)
}

// gapFrom notes a gap for breaks that stand between blocks. A page shows such
// a break as an empty line, so ReadHTML keeps it for the manuscript reader to
// judge; in a text box only three or more are meant.
func (r *reader) gapFrom(l *leaf, breaks, least int) {
	if r.typed {
		least = 3
	}
	if l.block.Kind == Paragraph && !l.label && breaks >= least {
		r.top().sink.gap++
	}
}

// addBreak adds a line break before characters that will have the given marks.
// It stands inside the marks both its neighbours share, and in no others.
func (l *leaf) addBreak(next []*openMark) {
	l.trimRight()
	shared := 0
	if len(l.runs) > 0 {
		before := l.runs[len(l.runs)-1].marks
		for shared < len(before) && shared < len(next) && joins(before[shared], next[shared]) {
			shared++
		}
	}
	l.runs = append(l.runs, run{mark: LineBreak, marks: next[:shared]})
}

// atSpace tells whether a space that came now would say nothing.
func (l *leaf) atSpace() bool {
	if len(l.runs) == 0 {
		return true
	}
	last := l.runs[len(l.runs)-1]
	return last.mark == LineBreak || last.mark == Text && strings.HasSuffix(last.text, " ")
}

// trimRight takes away the white space the leaf ends in.
func (l *leaf) trimRight() {
	for len(l.runs) > 0 {
		last := &l.runs[len(l.runs)-1]
		if last.mark != Text {
			return
		}
		if last.text = strings.TrimRight(last.text, " "); last.text != "" {
			return
		}
		l.runs = l.runs[:len(l.runs)-1]
	}
}

// trimLines takes away the line breaks a preformatted text begins and ends in.
func (l *leaf) trimLines() {
	for len(l.runs) > 0 && l.runs[len(l.runs)-1].mark == LineBreak {
		l.runs = l.runs[:len(l.runs)-1]
	}
	for len(l.runs) > 0 && l.runs[0].mark == LineBreak {
		l.runs = l.runs[1:]
	}
}

// finishLeaf makes a block of what was gathered and puts it in its place.
func (r *reader) finishLeaf() {
	l := r.leaf
	if l == nil {
		return
	}
	r.leaf = nil
	r.fresh = false
	r.spare = l.runs
	if l.mode == modePre {
		l.trimLines()
	} else {
		l.trimRight()
	}
	sink := r.top().sink
	switch {
	case len(l.runs) == 0:
		r.gapFrom(l, l.breaks, 1)
		return
	case l.label:
		sink.addLabel(inlinesOf(l.runs))
		return
	}
	if b := l.finished(); b.Kind == Paragraph || b.Kind == Image || anyInline(b.Inlines, visible) {
		sink.add(b)
	}
	if l.mode == modeLoose {
		r.gapFrom(l, l.breaks, 2)
	}
}

// finished gives the block: a paragraph of nothing but space is the blank
// paragraph, one of nothing but a picture is an image.
func (l *leaf) finished() Block {
	b := l.block
	if b.Kind == Paragraph && len(l.runs) == 1 && l.runs[0].mark == Picture && len(l.runs[0].marks) == 0 {
		return imageBlock(l.runs[0].attrs, b)
	}
	b.Inlines = inlinesOf(l.runs)
	if b.IsBlank() {
		return Blank()
	}
	return b
}
