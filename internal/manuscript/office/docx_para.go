package office

import (
	"strings"
	"unicode/utf8"
)

// paragraph reads one paragraph.
func (d *docx) paragraph() {
	s := d.s
	if d.carry {
		d.carry = false
	} else {
		d.line.reset()
	}
	d.style = d.styles.paragraph("")
	d.para = nothingSaid.over(d.style.para.over(d.styles.defaultPara))
	s.each(func() {
		if s.is(inW, "pPr") {
			own, formatted := readParaProps(s)
			if formatted {
				d.told["tracked-format"]++
			}
			d.style = d.styles.paragraph(own.style)
			d.para = own.over(d.style.para.over(d.styles.defaultPara))
			d.told["tracked-insertion"] += boolInt(own.inserted)
			return
		}
		d.inline()
	})
	d.endParagraph()
}

func boolInt(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// endParagraph writes the paragraph that was read, and the breaks around it.
func (d *docx) endParagraph() {
	if d.para.joins || d.para.dropCap {
		d.carry = true
		if d.para.joins {
			d.told["tracked-deletion"]++
		}
		return
	}
	d.finishParagraph()
}

// flush writes a line that waits for a paragraph that does not come.
func (d *docx) flush() {
	if d.carry {
		d.carry = false
		if d.line.words {
			d.finishParagraph()
		}
	}
	d.parted("")
	d.carry = false
}

// parted draws the break that a border owes, unless the next paragraph has the
// same one: then both stand in one frame.
func (d *docx) parted(next string) {
	owed := d.owed
	d.owed = ""
	if owed != "" && owed != next {
		d.w.rule("")
	}
}

func (d *docx) finishParagraph() {
	if d.inNote {
		d.addToNote()
		return
	}
	border := d.border()
	d.parted(border)
	if d.para.pageOver > 0 && d.style.role != headingRole {
		d.w.rule("")
	}
	html, words := d.line.finish(), d.line.words
	switch {
	case d.style.role == contentsRole, !words && d.inDropped():
		if words {
			d.told["contents-table"]++
		}
	case border != "" && !words:
		d.w.rule("")
		border = ""
	case d.style.role == breakRole && words && d.isOrnament(html):
		d.w.rule(strings.TrimSpace(plainOf(html)))
	default:
		if strings.HasPrefix(border, "t") {
			d.w.rule("")
		}
		d.writeParagraph(html, words)
	}
	for _, box := range d.boxes {
		d.w.raw(box)
	}
	d.boxes = d.boxes[:0]
	if strings.Contains(border, "b") {
		d.owed = border
	}
	if d.para.section || d.page {
		d.page = false
		d.w.rule("")
	}
}

// border is the border that parts this paragraph from others. That of a
// heading only adorns it.
func (d *docx) border() string {
	if d.para.border == "-" || d.style.role == headingRole || d.style.role == titleRole {
		return ""
	}
	return d.para.border
}

// mostOrnament is how long a line may be that its style calls a break.
const mostOrnament = 40

func (d *docx) isOrnament(html []byte) bool {
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

func (d *docx) writeParagraph(html []byte, words bool) {
	b := block{tag: "p", align: d.align(), quote: d.style.role == quoteRole}
	if d.para.bidi > 0 {
		b.dir = "rtl"
	}
	before := ""
	if d.para.num != "" && d.para.num != "0" && words {
		l := d.numbers.count(d.para.num, max(d.para.level, 0))
		b.item, before = l.item, l.text
	}
	if level := d.headingLevel(html); level > 0 {
		b.tag = "h" + string(rune('0'+level))
		if b.item != nil && b.item.ordered {
			before = d.numbers.headingText(d.para.num, max(d.para.level, 0))
		}
		b.item, b.quote = nil, false
	}
	if d.style.role == verseRole {
		b.class = "verse"
	}
	if before != "" && words {
		html = append([]byte(escape(before)+" "), html...)
	}
	d.w.paragraph(b, html, words)
}

// headingText is the number of a heading as its list shows it.
func (n *numbering) headingText(id string, at int) string {
	levels, counts := n.abstract[n.nums[id]], n.counts[n.nums[id]]
	if levels == nil || counts == nil || at > 8 {
		return ""
	}
	return levels.labelText(at, counts)
}

func (d *docx) align() string {
	switch d.para.jc {
	case "center":
		return "centre"
	case "right", "end":
		if d.para.bidi <= 0 {
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
func (d *docx) headingLevel(html []byte) int {
	level := 0
	switch {
	case d.style.role == titleRole:
		return boolInt(len(html) <= longestHeading)
	case d.para.outline >= 0 && d.para.outline < 9:
		level = d.para.outline + 1
	case d.para.outline < 0 && d.style.role == headingRole:
		level = d.style.level
	}
	if level == 0 || len(html) > longestHeading {
		return 0
	}
	return min(level+boolInt(d.titled), 6)
}

// breakPage ends a page inside a paragraph: what came before is one of its own.
func (d *docx) breakPage() {
	if !d.line.words {
		if len(d.w.out) > 0 {
			d.w.rule("")
		}
		return
	}
	rest := d.para
	d.para.joins, d.para.dropCap, d.para.section = false, false, false
	d.page = true
	d.finishParagraph()
	d.line.reset()
	d.para = rest
	d.para.pageOver, d.para.num = 0, ""
}
