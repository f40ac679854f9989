package manuscript

import "strings"

// readText makes paragraphs of plain text by the geometry of its lines.
func readText(text string) source {
	src := source{kind: "txt", text: text}
	lines := unquoted(splitLines(text))
	if len(lines) == 0 {
		return src
	}
	g := measure(lines)
	src.paras = make([]para, 0, paragraphsOf(lines))
	for from := 0; from < len(lines); {
		to := from + 1
		for to < len(lines) && lines[to].gap == 0 {
			to++
		}
		src.paras = g.group(src.paras, lines[from:to])
		from = to
	}
	return src
}

// group adds the paragraphs of one run of lines without a blank line.
func (g geometry) group(paras []para, lines []line) []para {
	for from := 0; from < len(lines); {
		if n := g.stanza(lines[from:]); n > 0 {
			paras = append(paras, g.para(lines[from:from+n], "\n", verse))
			from += n
			continue
		}
		to := from + 1
		for to < len(lines) && g.continues(lines[to-1], lines[to]) {
			to++
		}
		paras = append(paras, g.para(lines[from:to], " ", plain))
		from = to
	}
	return paras
}

// continues is true when b is the same paragraph as a, the line above it.
func (g geometry) continues(a, b line) bool {
	switch {
	case !g.wrapped:
		return false
	case g.opensParagraph(a, b):
		return false
	case a.indent > g.base+1 && a.indent != b.indent && a.indent != g.indent:
		return false
	case drawnOrHead(a.text), standsAlone(b.text) && !goesOn(a, b):
		return false
	}
	full := a.width+1+firstWord(b.text) > g.width-ragged
	return full || startsLower(b.text) && !endsSentence(a.text) && a.width*2 > g.width
}

// goesOn is true when b can only be the rest of a's sentence, such as "chapter
// five." at the end of one.
func goesOn(a, b line) bool {
	_, drawn := breakOf(b.text)
	return !drawn && startsLower(b.text) && !endsSentence(a.text) && !drawnOrHead(a.text)
}

// standsAlone is true for a line that never goes on from the one above: it
// begins with a label, or is a break or a chapter head.
func standsAlone(text string) bool {
	_, labelled := labelOf(text)
	return labelled || drawnOrHead(text)
}

// drawnOrHead is true for a line that no other line goes on from.
func drawnOrHead(text string) bool {
	if _, drawn := breakOf(text); drawn {
		return true
	}
	_, headed := headOf(text)
	return headed
}

// stanza counts the lines that are set in together as verse: two or more,
// deeper than a paragraph's first line, with room left to their right.
func (g geometry) stanza(lines []line) int {
	depth := max(g.base, g.indent) + 1
	limit := 60
	if g.wrapped {
		limit = g.width * 85 / 100
	}
	n := 0
	for n < len(lines) && lines[n].indent > depth && lines[n].width-lines[n].indent <= limit-10 &&
		!standsAlone(lines[n].text) {
		n++
	}
	if n < 2 || n < len(lines) && lines[n].indent > depth || g.allCentred(lines[:n]) {
		return 0
	}
	return n
}

// allCentred is true when the lines stand in the middle, each set in by its
// own length; lines with one common left edge are verse.
func (g geometry) allCentred(lines []line) bool {
	edges := map[int]bool{}
	for _, l := range lines {
		if !g.centred(l) {
			return false
		}
		edges[l.indent] = true
	}
	return len(edges) > 1
}

// para makes one paragraph of lines, joined by a space or, in verse, kept apart.
func (g geometry) para(lines []line, joint string, f form) para {
	first, last := lines[0], lines[len(lines)-1]
	whole := joinLines(lines, joint)
	return para{
		start:   first.start,
		end:     last.end,
		text:    spaced(whole),
		raw:     whole,
		gap:     first.gap,
		indent:  first.indent,
		centred: len(lines) == 1 && g.centred(first),
		form:    f,
	}
}

func joinLines(lines []line, joint string) string {
	if len(lines) == 1 {
		return lines[0].text
	}
	var text strings.Builder
	text.Grow(lines[len(lines)-1].end - lines[0].start)
	for i, l := range lines {
		if i > 0 && !(joint == " " && dashed(lines[i-1].text)) {
			text.WriteString(joint)
		}
		text.WriteString(l.text)
	}
	return text.String()
}

// spaced makes one space of several: two behind a full stop say nothing.
func spaced(text string) string {
	if !oddSpaces(text) {
		return text
	}
	lines := strings.Split(plainSpaces(text), "\n")
	for i, l := range lines {
		lines[i] = strings.Join(strings.FieldsFunc(l, func(r rune) bool { return r == ' ' || r == '\t' || r == '\f' }), " ")
	}
	return strings.Join(lines, "\n")
}

// dashed is true for a line that ends in a typed dash: the word after it was
// written close.
func dashed(text string) bool {
	return strings.HasSuffix(text, "--") && !strings.HasSuffix(text, " --") || strings.HasSuffix(text, "—")
}
