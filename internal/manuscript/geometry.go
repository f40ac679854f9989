package manuscript

// geometry is how a plain text is laid out: what a line end means in it.
type geometry struct {
	wrapped bool // lines were broken to fit width columns and are joined again
	width   int  // columns of the longest ordinary line
	base    int  // columns every ordinary line is set in
	indent  int  // columns the first line of a paragraph is set in; 0: it is not
}

// ragged is how many columns short of the width a wrapped line may end.
const ragged = 15

// measure reads the geometry from the lines.
func measure(lines []line) geometry {
	g := geometry{width: ordinaryWidth(lines), base: baseIndent(lines)}
	g.indent = paragraphIndent(lines, g.base)
	g.wrapped = isWrapped(lines, g)
	return g
}

// ordinaryWidth is the width that 98 of 100 lines keep within: one long
// address must not hide that a text is wrapped.
func ordinaryWidth(lines []line) int {
	return ranked(lines, (len(lines)-1)*98/100, func(l line) int { return l.width })
}

// baseIndent is the indent that the least indented fifth of the lines keep, for
// texts that are set in as a whole.
func baseIndent(lines []line) int {
	return ranked(lines, len(lines)/20, func(l line) int { return l.indent })
}

// ranked is the measure of the line that stands at the given place when they
// are sorted by it. Measures over a thousand are as one.
func ranked(lines []line, place int, measure func(line) int) int {
	const most = 1000
	var count [most + 1]int
	for _, l := range lines {
		count[min(measure(l), most)]++
	}
	for n, many := range count {
		if place < many {
			return n
		}
		place -= many
	}
	return most
}

// deepestIndent is the most columns a paragraph's first line is set in.
const deepestIndent = 16

// paragraphIndent finds the one indent that first lines of paragraphs share.
func paragraphIndent(lines []line, base int) int {
	var all, firsts [deepestIndent + 1]int
	groups := 0
	for i, l := range lines {
		first := boolInt(i == 0 || l.gap > 0)
		groups += first
		if in := l.indent - base; in > 1 && in <= deepestIndent {
			all[in]++
			firsts[in] += first
		}
	}
	best := 0
	for in := range all {
		if all[in]+3*firsts[in] > all[best]+3*firsts[best] {
			best = in
		}
	}
	shared := all[best]*10 >= len(lines)*3 || groups > 2 && firsts[best]*10 >= groups*3
	if best == 0 || !shared {
		return 0
	}
	return base + best
}

// isWrapped weighs every line that another follows at once: in a wrapped text
// nearly all of them had no room for the next word, and many sentences go on
// in small letters.
func isWrapped(lines []line, g geometry) bool {
	if g.width < 50 || g.width > 100 {
		return false
	}
	pairs, full, lower := 0, 0, 0
	for i := 1; i < len(lines); i++ {
		a, b := lines[i-1], lines[i]
		verse := a.indent == b.indent && a.indent > g.base+1
		if b.gap > 0 || verse || g.opensParagraph(a, b) {
			continue
		}
		pairs++
		full += boolInt(a.width+1+firstWord(b.text) > g.width-ragged/2)
		lower += boolInt(startsLower(b.text) && !endsSentence(a.text))
	}
	return pairs > 0 && full*10 >= pairs*6 && lower*8 >= pairs
}

// opensParagraph is true when b is set in as first lines are.
func (g geometry) opensParagraph(a, b line) bool {
	return b.indent > g.base+1 && (b.indent != a.indent || b.indent == g.indent)
}

// centred is true for a line that stands in the middle of the page by its
// leading spaces.
func (g geometry) centred(l line) bool {
	if l.indent < g.base+10 {
		return false
	}
	if !g.wrapped {
		return l.indent >= g.base+tabStop*2 && l.width-l.indent <= 60
	}
	middle := (l.indent + l.width) / 2
	off := middle - (g.base+g.width)/2
	return off >= -6 && off <= 6
}
