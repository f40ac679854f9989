package manuscript

import (
	"strings"
	"unicode"

	"ficus/internal/prose"
)

// settleBlock evens out what word processors leave in the runs of a block and
// of the blocks in it.
func settleBlock(b prose.Block) prose.Block {
	if b.Kind == prose.Preformatted {
		return b
	}
	b.Inlines = settleRuns(b.Inlines)
	if len(b.Blocks) > 0 {
		blocks := make([]prose.Block, len(b.Blocks))
		for i, inner := range b.Blocks {
			blocks[i] = settleBlock(inner)
		}
		b.Blocks = blocks
	}
	return b
}

// settleRuns moves the spaces at the edges of a mark out of it, lets a mark go
// that holds no letter, makes no-break spaces plain where they hold nothing
// together, and joins neighbours of one mark.
func settleRuns(runs []prose.Inline) []prose.Inline {
	if simpleRuns(runs) {
		return runs
	}
	out := joinRuns(spread(runs))
	return trimEnds(oneSpace(out, new(bool)))
}

// simpleRuns is true for one run of text without anything to settle.
func simpleRuns(runs []prose.Inline) bool {
	return len(runs) == 0 || len(runs) == 1 && runs[0].Mark == prose.Text && !oddSpaces(runs[0].Text) && strings.TrimSpace(runs[0].Text) == runs[0].Text
}

// oddSpaces is true for a text with other spaces than single plain ones.
func oddSpaces(text string) bool {
	return strings.Contains(text, "  ") || strings.IndexByte(text, '\t') >= 0 || strings.IndexByte(text, '\f') >= 0 || strings.Contains(text, "\u00a0")
}

// looks are the marks that only stress letters.
func looks(m prose.Mark) bool {
	switch m {
	case prose.Emphasis, prose.Strong, prose.Underline, prose.Strike, prose.SmallCaps, prose.Thought, prose.Superscript, prose.Subscript:
		return true
	}
	return false
}

// spread settles each run by itself: a mark gives its edges away.
func spread(runs []prose.Inline) []prose.Inline {
	if len(runs) == 0 {
		return nil
	}
	out := make([]prose.Inline, 0, len(runs))
	for _, run := range runs {
		if run.Mark == prose.Text {
			run.Text = plainSpaces(run.Text)
			out = append(out, run)
			continue
		}
		run.Kids = joinRuns(spread(run.Kids))
		if !looks(run.Mark) {
			out = append(out, run)
			continue
		}
		if !hasLetters(prose.PlainText(run.Kids)) && saysNothing(run) {
			out = append(out, run.Kids...)
			continue
		}
		lead, kids, tail := edges(run.Kids)
		run.Kids = kids
		out = append(out, lead...)
		if len(kids) > 0 {
			out = append(out, run)
		}
		out = append(out, tail...)
	}
	return out
}

// saysNothing is true for a mark around spaces and commas; around signs such
// as "***" or "!" it may be meant.
func saysNothing(run prose.Inline) bool {
	if len(run.Attrs) > 0 || run.Mark == prose.Underline || run.Mark == prose.Strike {
		return false
	}
	return strings.Trim(prose.PlainText(run.Kids), " \n\u00a0,.;:") == ""
}

// edges takes the spaces and line ends off both ends of what a mark holds.
func edges(kids []prose.Inline) (lead, rest, tail []prose.Inline) {
	for len(kids) > 0 {
		first := kids[0]
		if first.Mark == prose.LineBreak {
			lead, kids = append(lead, first), kids[1:]
			continue
		}
		trimmed := strings.TrimLeft(first.Text, " ")
		if first.Mark != prose.Text || trimmed == first.Text {
			break
		}
		lead = append(lead, prose.TextRun(" "))
		if kids = append([]prose.Inline(nil), kids...); trimmed == "" {
			kids = kids[1:]
			continue
		}
		kids[0].Text = trimmed
	}
	for len(kids) > 0 {
		last := kids[len(kids)-1]
		if last.Mark == prose.LineBreak {
			tail, kids = append([]prose.Inline{last}, tail...), kids[:len(kids)-1]
			continue
		}
		trimmed := strings.TrimRight(last.Text, " ")
		if last.Mark != prose.Text || trimmed == last.Text {
			break
		}
		tail = append([]prose.Inline{prose.TextRun(" ")}, tail...)
		if kids = append([]prose.Inline(nil), kids...); trimmed == "" {
			kids = kids[:len(kids)-1]
			continue
		}
		kids[len(kids)-1].Text = trimmed
	}
	return lead, kids, tail
}

// joinRuns makes one of neighbours of one mark, and of neighbouring texts. What
// it gives stands where the runs stood.
func joinRuns(runs []prose.Inline) []prose.Inline {
	out := runs[:0]
	for _, run := range runs {
		if len(out) == 0 {
			out = append(out, run)
			continue
		}
		last := &out[len(out)-1]
		switch {
		case run.Mark == prose.Text && last.Mark == prose.Text:
			last.Text += run.Text
		case looks(run.Mark) && run.Mark == last.Mark && len(run.Attrs) == 0 && len(last.Attrs) == 0:
			last.Kids = joinRuns(append(append([]prose.Inline(nil), last.Kids...), run.Kids...))
		default:
			out = append(out, run)
		}
	}
	return out
}

// oneSpace lets one space stand where several came together. What it gives
// stands where the runs stood.
func oneSpace(runs []prose.Inline, spaced *bool) []prose.Inline {
	out := runs[:0]
	for _, run := range runs {
		switch {
		case run.Mark == prose.Text:
			if *spaced {
				run.Text = strings.TrimLeft(run.Text, " ")
			}
			for strings.Contains(run.Text, "  ") {
				run.Text = strings.ReplaceAll(run.Text, "  ", " ")
			}
			if run.Text == "" {
				continue
			}
			*spaced = strings.HasSuffix(run.Text, " ")
		case isFootnote(run):
			run.Kids = settleRuns(run.Kids)
		case run.Mark == prose.LineBreak:
			out = trimTail(out)
			*spaced = true
		default:
			if len(run.Kids) > 0 {
				run.Kids = oneSpace(run.Kids, spaced)
			} else {
				*spaced = false
			}
		}
		out = append(out, run)
	}
	return out
}

// trimEnds takes the spaces away that a text begins and ends in.
func trimEnds(runs []prose.Inline) []prose.Inline {
	for len(runs) > 0 && runs[0].Mark == prose.Text {
		if runs[0].Text = strings.TrimLeft(runs[0].Text, " "); runs[0].Text != "" {
			break
		}
		runs = runs[1:]
	}
	return trimTail(runs)
}

func trimTail(runs []prose.Inline) []prose.Inline {
	for len(runs) > 0 && runs[len(runs)-1].Mark == prose.Text {
		last := &runs[len(runs)-1]
		if last.Text = strings.TrimRight(last.Text, " "); last.Text != "" {
			break
		}
		runs = runs[:len(runs)-1]
	}
	return runs
}

// plainSpaces makes no-break spaces plain ones, but for those that hold a
// number to its unit, a French mark to its word, or are all there is.
func plainSpaces(text string) string {
	if strings.ContainsAny(text, "\t\f") {
		text = strings.NewReplacer("\t", " ", "\f", " ").Replace(text)
	}
	if !strings.Contains(text, "\u00a0") {
		return text
	}
	runes := []rune(text)
	for i, r := range runes {
		if r == '\u00a0' && !holds(runes, i) {
			runes[i] = ' '
		}
	}
	return string(runes)
}

// holds is true for a no-break space that is meant.
func holds(runes []rune, i int) bool {
	if i == 0 || i+1 >= len(runes) {
		return false
	}
	before, after := runes[i-1], runes[i+1]
	switch {
	case unicode.IsSpace(before) || unicode.IsSpace(after):
		return false
	case strings.ContainsRune("?!:;»›%", after), before == '«' || before == '‹':
		return true
	}
	return unicode.IsDigit(before) && (unicode.IsLetter(after) || unicode.IsDigit(after))
}
