package office

import (
	"strings"
	"unicode/utf8"
)

// flow is a text that is written paragraph by paragraph, whatever file it
// comes from.
type flow struct {
	w        writer
	line     line
	told     told
	para     paraProps
	role     role
	level    int      // of a heading, by its style
	owed     string   // the border that may part this paragraph from the next
	carry    bool     // the line goes on in the next paragraph
	page     bool     // a page ends here
	boxes    [][]byte // text that stands in boxes beside the paragraph
	titled   bool     // the file has a title above its first headings
	note     []byte   // the note that is read
	inNote   bool
	dropping bool // inside what is left out
	// mark gives how a paragraph begins, as an item of a list or with text; nil
	// for none that does.
	mark func(words, heading bool) (*item, string)
}

// endParagraph writes the paragraph that was read, and the breaks around it.
func (f *flow) endParagraph() {
	if f.para.joins || f.para.dropCap {
		f.carry = true
		return
	}
	f.finishParagraph()
}

// flush writes a line that waits for a paragraph that does not come.
func (f *flow) flush() {
	if f.carry {
		f.carry = false
		if f.line.words {
			f.finishParagraph()
		}
	}
	f.parted("")
	f.carry = false
}

// parted draws the break that a border owes, unless the next paragraph has the
// same one: then both stand in one frame.
func (f *flow) parted(next string) {
	owed := f.owed
	f.owed = ""
	if owed != "" && owed != next {
		f.w.rule("")
	}
}

func (f *flow) finishParagraph() {
	if f.inNote {
		f.addToNote()
		return
	}
	border := f.border()
	f.parted(border)
	if f.para.pageOver > 0 && f.role != headingRole && len(f.w.out) > 0 {
		f.w.rule("")
	}
	html, words := f.line.finish(), f.line.words
	switch {
	case f.role == contentsRole, !words && f.dropping:
		if words {
			f.told["contents-table"]++
		}
	case border != "" && !words:
		f.w.rule("")
		border = ""
	case f.role == breakRole && words && f.isOrnament(html):
		f.w.rule(strings.TrimSpace(plainOf(html)))
	default:
		if strings.HasPrefix(border, "t") {
			f.w.rule("")
		}
		f.writeParagraph(html, words)
	}
	for _, box := range f.boxes {
		f.w.raw(box)
	}
	f.boxes = f.boxes[:0]
	if strings.Contains(border, "b") {
		f.owed = border
	}
	if f.para.section || f.page {
		f.page = false
		f.w.rule("")
	}
}

// border is the border that parts this paragraph from others. That of a
// heading only adorns it.
func (f *flow) border() string {
	if f.para.border == "-" || f.role == headingRole || f.role == titleRole {
		return ""
	}
	return f.para.border
}

// mostOrnament is how long a line may be that its style calls a break.
const mostOrnament = 40

func (f *flow) isOrnament(html []byte) bool {
	return utf8.RuneCountInString(strings.TrimSpace(plainOf(html))) <= mostOrnament && !strings.Contains(string(html), "<img")
}

// plainOf is the characters of a paragraph's HTML.
func plainOf(html []byte) string {
	var b strings.Builder
	for rest := string(html); rest != ""; {
		text, tag, found := strings.Cut(rest, "<")
		b.WriteString(text)
		if !found {
			break
		}
		_, rest, _ = strings.Cut(tag, ">")
	}
	return unescape([]byte(b.String()))
}

func (f *flow) writeParagraph(html []byte, words bool) {
	b := block{tag: "p", align: f.align(), quote: f.role == quoteRole}
	if f.para.bidi > 0 {
		b.dir = "rtl"
	}
	level, before := f.headingLevel(html), ""
	if f.mark != nil {
		b.item, before = f.mark(words, level > 0)
	}
	if level > 0 {
		b.tag = "h" + string(rune('0'+level))
		b.item, b.quote = nil, false
	}
	if f.role == verseRole {
		b.class = "verse"
	}
	if before != "" && words {
		html = append([]byte(escape(before)+" "), html...)
	}
	f.w.paragraph(b, html, words)
}

func (f *flow) align() string {
	switch f.para.jc {
	case "center":
		return "centre"
	case "right", "end":
		if f.para.bidi <= 0 {
			return "right"
		}
	case "left", "start":
		return ""
	}
	return ""
}

// longestHeading is how much a heading may say. More is a paragraph that was
// given the look of one.
const longestHeading = 300

// headingLevel is 1 to 6, or 0 for a paragraph.
func (f *flow) headingLevel(html []byte) int {
	level := 0
	switch {
	case f.role == titleRole:
		return boolInt(len(html) <= longestHeading)
	case f.para.outline >= 0 && f.para.outline < 9:
		level = f.para.outline + 1
	case f.para.outline < 0 && f.role == headingRole:
		level = f.level
	}
	if level == 0 || len(html) > longestHeading {
		return 0
	}
	return min(level+boolInt(f.titled), 6)
}

// breakPage ends a page inside a paragraph: what came before is one of its own.
func (f *flow) breakPage() {
	if !f.line.words {
		if len(f.w.out) > 0 {
			f.w.rule("")
		}
		return
	}
	rest := f.para
	f.para.joins, f.para.dropCap, f.para.section = false, false, false
	f.page = true
	f.finishParagraph()
	f.line.reset()
	f.para = rest
	f.para.pageOver, f.para.num = 0, ""
}

// addToNote adds a paragraph to the note that is read, as a line.
func (f *flow) addToNote() {
	html, words := f.line.finish(), f.line.words
	if !words {
		return
	}
	if len(f.note) > 0 {
		f.note = append(f.note, "<br>"...)
	}
	f.note = append(f.note, html...)
}
