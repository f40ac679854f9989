package prose

import "strings"

// inlinesOf makes the tree of a leaf's runs: neighbours under the same mark
// share it, characters under the same marks are one run.
func inlinesOf(runs []run) []Inline {
	if len(runs) == 1 && len(runs[0].marks) == 0 && runs[0].mark == Text {
		return []Inline{TextRun(runs[0].text)}
	}
	settleRuby(runs)
	return tree(runs, 0)
}

func tree(runs []run, depth int) []Inline {
	var inlines []Inline
	for i := 0; i < len(runs); {
		first, end := runs[i], i+1
		if len(first.marks) > depth {
			for end < len(runs) && len(runs[end].marks) > depth && joins(first.marks[depth], runs[end].marks[depth]) {
				end++
			}
			m := first.marks[depth]
			inlines = append(inlines, Inline{Mark: m.mark, Attrs: m.attrs, Kids: tree(runs[i:end], depth+1)})
			i = end
			continue
		}
		if first.mark != Text {
			inlines = append(inlines, Inline{Mark: first.mark, Attrs: first.attrs})
			i = end
			continue
		}
		for end < len(runs) && len(runs[end].marks) == depth && runs[end].mark == Text {
			end++
		}
		inlines = append(inlines, TextRun(joinText(runs[i:end])))
		i = end
	}
	return inlines
}

func joinText(runs []run) string {
	if len(runs) == 1 {
		return runs[0].text
	}
	var s strings.Builder
	for _, one := range runs {
		s.WriteString(one.text)
	}
	return s.String()
}

// joins tells whether what two neighbours are marked with is one mark. Plain
// marks that look the same are; a link, an abbreviation, a quotation or a ruby
// is one thing by itself.
func joins(a, b *openMark) bool {
	if a == b {
		return true
	}
	if a.mark != b.mark || !sameAttrs(a.attrs, b.attrs) {
		return false
	}
	switch a.mark {
	case Emphasis, Strong, Underline, Strike, Superscript, Subscript, Small, Code, SmallCaps,
		Thought, Aside, Deleted, Inserted, Span:
		return true
	}
	return false
}

// settleRuby takes ruby apart that is none: it needs a base and a reading over
// it, and parentheses only around a reading.
func settleRuby(runs []run) {
	for i := 0; i < len(runs); {
		depth := markDepth(runs[i], Ruby)
		if depth < 0 {
			i++
			continue
		}
		end := i + 1
		for end < len(runs) && sharesMarks(runs[i], runs[end], depth) {
			end++
		}
		if !isRuby(runs[i:end], depth) {
			for k := i; k < end; k++ {
				runs[k].marks = withoutRuby(runs[k].marks)
			}
		}
		i = end
	}
}

func markDepth(one run, mark Mark) int {
	for i, m := range one.marks {
		if m.mark == mark {
			return i
		}
	}
	return -1
}

func sharesMarks(a, b run, depth int) bool {
	if len(b.marks) <= depth {
		return false
	}
	for i := 0; i <= depth; i++ {
		if !joins(a.marks[i], b.marks[i]) {
			return false
		}
	}
	return true
}

// isRuby reads the runs of one ruby as b for base, t for a reading and p for a
// parenthesis, and tells whether they make sense.
func isRuby(runs []run, depth int) bool {
	var parts strings.Builder
	var last *openMark
	for _, one := range runs {
		var part *openMark
		letter := byte('b')
		if len(one.marks) > depth+1 {
			switch one.marks[depth+1].mark {
			case RubyText:
				part, letter = one.marks[depth+1], 't'
			case RubyParenthesis:
				part, letter = one.marks[depth+1], 'p'
			}
		}
		if part == nil && len(one.marks) > depth+1 && isReading(one.marks[depth+1:]) {
			return false
		}
		if parts.Len() > 0 && part == last {
			continue
		}
		last = part
		parts.WriteByte(letter)
	}
	shape := strings.ReplaceAll(parts.String(), "ptp", "t")
	return strings.HasPrefix(shape, "bt") && !strings.Contains(shape, "p") && !strings.Contains(shape, "tt")
}

func isReading(marks []*openMark) bool {
	for _, m := range marks {
		if m.mark == RubyText || m.mark == RubyParenthesis {
			return true
		}
	}
	return false
}

func withoutRuby(marks []*openMark) []*openMark {
	var kept []*openMark
	for _, m := range marks {
		if m.mark != Ruby && m.mark != RubyText && m.mark != RubyParenthesis {
			kept = append(kept, m)
		}
	}
	return kept
}
