package prose

import (
	"slices"
	"strings"
)

// maxInlines is how many inline elements may stand in one another, maxMarks how
// many of them may still mean something; deeper ones lose their tags and keep
// their text.
const (
	maxInlines = 100
	maxMarks   = 16
)

// openInline is an inline element that is open, and what it means. A block
// whose style means marks has one too, and takes it along when it closes.
type openInline struct {
	name  string
	marks []*openMark
	of    *frame // the block it belongs to, nil for an element of its own
}

// openMark is one mark of one element; runs that share it belong together.
type openMark struct {
	mark  Mark
	attrs Attrs
}

// openInline takes the start tag of a mark.
func (r *reader) openInline(t tag) {
	if len(r.inlines) >= maxInlines {
		r.beyond.add(t.name)
		r.drop("nesting")
		return
	}
	switch t.mark {
	case Link:
		r.closeInline("a")
	case RubyText, RubyParenthesis:
		r.closeInline("rt")
		r.closeInline("rp")
	}
	r.inlines = append(r.inlines, openInline{name: t.name, marks: marksOf(t)})
	r.fresh = false
}

// marksOf gives what one inline tag means: its element's mark if it still means
// it, and the marks of its style.
func marksOf(t tag) []*openMark {
	attrs := t.attrs
	if t.look.dir != "" {
		attrs = attrs.with("dir", t.look.dir)
	}
	mark := t.mark
	switch {
	case mark == Emphasis && t.look.notItalic, mark == Strong && t.look.notBold,
		mark == Link && attrs.Get("href") == "", mark == Time && attrs.Get("datetime") == "":
		mark = Span
	}
	for _, class := range t.classes {
		if m := markOfClass(mark, class); m != mark {
			mark = m
			t.takeClass(class)
			break
		}
	}
	mark, attrs = takePlayer(&t, mark, attrs)
	attrs = attrs.with("class", strings.Join(t.classes, " "))
	var marks []*openMark
	if mark != Span || len(attrs) > 0 {
		marks = append(marks, &openMark{mark, attrs})
	}
	for _, m := range t.look.marks {
		if m != mark {
			marks = append(marks, &openMark{mark: m})
		}
	}
	return marks
}

// closeInline takes the end tag of a mark: the innermost element of that name
// closes, those opened since stay open.
func (r *reader) closeInline(name string) {
	for i := len(r.inlines) - 1; i >= 0; i-- {
		if r.inlines[i].name == name && r.inlines[i].of == nil {
			r.inlines = slices.Delete(r.inlines, i, i+1)
			r.fresh = false
			return
		}
	}
}

// currentMarks gives the marks characters take now, outermost first. A mark
// inside itself says nothing more, so it is there once.
func (r *reader) currentMarks() []*openMark {
	if r.fresh {
		return r.marks
	}
	r.fresh = true
	r.marks = nil
	if len(r.inlines) == 0 {
		return nil
	}
	for _, inline := range r.inlines {
		for _, m := range inline.marks {
			if m.mark == Player && r.leaf != nil && r.leaf.mode == modePre {
				m.mark = Link // such text holds no card
			}
			if len(r.marks) < maxMarks && r.adds(m) {
				r.marks = append(r.marks, m)
			}
		}
	}
	return r.marks
}

// adds tells whether m says something the marks so far do not.
func (r *reader) adds(m *openMark) bool {
	inRuby, inRubyText := false, false
	for _, have := range r.marks {
		if have.mark == m.mark && (len(m.attrs) == 0 || sameAttrs(have.attrs, m.attrs)) {
			return false
		}
		inRuby = inRuby || have.mark == Ruby
		inRubyText = inRubyText || have.mark == RubyText || have.mark == RubyParenthesis
	}
	switch m.mark {
	case Ruby:
		return !inRuby
	case RubyText, RubyParenthesis:
		return inRuby && !inRubyText
	case Code:
		return r.leaf == nil || r.leaf.mode != modePre
	}
	return true
}

// reopen accounts for the wrappers a new leaf begins with. When a text makes
// its wrappers re-open so often that it would grow without bound, they close.
func (r *reader) reopen() {
	r.fresh = false
	for _, m := range r.currentMarks() {
		r.reopens -= 16 + m.attrs.size()
	}
	if r.reopens < 0 && len(r.inlines) > 0 {
		r.inlines = nil
		r.fresh = false
		r.drop("nesting")
	}
}

func sameAttrs(a, b Attrs) bool { return slices.Equal(a, b) }
