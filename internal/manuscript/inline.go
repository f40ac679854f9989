package manuscript

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"ficus/internal/prose"
)

// longestMark is how many bytes a mark may span; a longer one is a slip.
const longestMark = 600

var (
	asideWords   = guard(`(?i)\((?:a/?n|author'?s? notes?)s?\b ?[:;,.–-][^()\n]{1,600}\)`)
	thoughtAfter = guard(`^[,.]?\s*(?:[\pL'’]+\s+){0,4}(?:thought|wondered|mused|reali[sz]ed|reflected|decided|told (?:him|her|them)sel)`)
	thoughtAhead = guard(`(?:thought|wondered|mused|reali[sz]ed|reflected)[,:]?\s*$`)
)

// inlines reads the marks typed in plain text: *x*, _x_, **x**, /x/ where it
// means a thought, and a note in brackets inside the text.
func (r *recogniser) inlines(text string) []prose.Inline {
	var runs []prose.Inline
	if strings.Contains(text, "(A") || strings.Contains(text, "(a") {
		for {
			at := asideWords.FindStringIndex(text)
			if at == nil {
				break
			}
			runs = append(runs, r.marked(text[:at[0]])...)
			runs = append(runs, prose.Inline{Mark: prose.Aside, Kids: r.marked(text[at[0]:at[1]])})
			text = text[at[1]:]
		}
	}
	return append(runs, r.marked(text)...)
}

// marked reads the marks of a text without asides. A mark whose count is odd
// in the paragraph is left as typed throughout.
func (r *recogniser) marked(text string) []prose.Inline {
	for _, pair := range r.legend.pairs {
		if at := pair.FindStringIndex(text); at != nil {
			runs := append(r.marked(text[:at[0]]), prose.Inline{Mark: prose.Thought, Kids: plainRuns(nil, text[at[0]:at[1]])})
			return append(runs, r.marked(text[at[1]:])...)
		}
	}
	var signs string
	for _, sign := range []byte("*_/~") {
		if strings.IndexByte(text, sign) >= 0 && r.means(sign) && evenMarks(text, sign) {
			signs += string(sign)
		}
	}
	if signs == "" {
		return plainRuns(nil, text)
	}
	return r.runs(text, signs, 3)
}

// typedThoughts reads the thoughts that are typed in a file whose
// other marks are its own.
func (r *recogniser) typedThoughts(runs []prose.Inline) []prose.Inline {
	out := make([]prose.Inline, 0, len(runs))
	for _, run := range runs {
		switch {
		case run.Mark != prose.Text:
			out = append(out, run)
		case strings.Count(run.Text, "/") > 1 && evenMarks(run.Text, '/'):
			out = append(out, r.runs(run.Text, "/", 1)...)
		default:
			out = append(out, run)
		}
	}
	return out
}

// means is true for the signs that mark something in this text.
func (r *recogniser) means(sign byte) bool {
	_, told := r.legend.meaning[sign]
	return told || sign != '~'
}

// evenMarks is true when the signs that can open or close a mark come in pairs.
func evenMarks(text string, sign byte) bool {
	count := 0
	for i := 0; i < len(text); {
		n := runLength(text, i, sign)
		if n == 0 {
			i++
			continue
		}
		if opensMark(text, i, n) || closesMark(text, i, n) {
			count++
		}
		i += n
	}
	return count > 0 && count%2 == 0
}

func runLength(text string, i int, sign byte) int {
	n := 0
	for i+n < len(text) && text[i+n] == sign {
		n++
	}
	return n
}

func opensMark(text string, i, n int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, size := utf8.DecodeRuneInString(text[i+n:])
	return size > 0 && !unicode.IsSpace(after) && (i == 0 || unicode.IsSpace(before) || strings.ContainsRune("\"'“‘(«[{—–-…*_/", before))
}

func closesMark(text string, i, n int) bool {
	before, size := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i+n:])
	return size > 0 && !unicode.IsSpace(before) && (i+n == len(text) || !unicode.IsLetter(after) && !unicode.IsDigit(after))
}

// runs reads the marks of the given signs, at most deep within each other.
func (r *recogniser) runs(text, signs string, deep int) []prose.Inline {
	var out []prose.Inline
	from := 0
	for i := 0; i < len(text); {
		if strings.IndexByte(signs, text[i]) < 0 {
			i++
			continue
		}
		n := runLength(text, i, text[i])
		end := 0
		if n <= 3 && deep > 0 && opensMark(text, i, n) {
			end = closing(text, i, n)
		}
		wrap, ok := r.wrapping(text, i, n, end)
		if !ok {
			i += n
			continue
		}
		out = plainRuns(out, text[from:i])
		out = append(out, wrap(r.runs(text[i+n:end], signs, deep-1)))
		i = end + n
		from = i
	}
	return plainRuns(out, text[from:])
}

// closing finds where the mark of n signs at i closes; 0: nowhere.
func closing(text string, i, n int) int {
	sign := text[i]
	for k := i + n; k < len(text) && k-i < longestMark; {
		if text[k] != sign {
			k++
			continue
		}
		m := runLength(text, k, sign)
		if m == n && k > i+n && closesMark(text, k, m) {
			return k
		}
		k += m
	}
	return 0
}

// wrapping gives what a mark makes of its content.
func (r *recogniser) wrapping(text string, i, n, end int) (func([]prose.Inline) prose.Inline, bool) {
	if end == 0 {
		return nil, false
	}
	mark, told := r.legend.meaning[text[i]]
	switch {
	case text[i] == '/' && (n != 1 || !r.isThought(text, i, end)):
		return nil, false
	case text[i] == '/' && !told:
		mark = prose.Thought
	case told:
	case n == 2:
		mark = prose.Strong
	default:
		mark = prose.Emphasis
	}
	return func(kids []prose.Inline) prose.Inline {
		if n == 3 {
			kids = []prose.Inline{{Mark: prose.Strong, Kids: kids}}
		}
		return prose.Inline{Mark: mark, Kids: kids}
	}, true
}

// isThought decides whether /x/ is a thought: the legend says so, the text
// uses it throughout, or somebody thinks right beside it.
func (r *recogniser) isThought(text string, i, end int) bool {
	inside := text[i+1 : end]
	if strings.Contains(inside, "/") || !hasLetters(inside) {
		return false
	}
	if _, told := r.legend.meaning['/']; told || r.legend.slashes >= 5 {
		return true
	}
	whole := i == 0 && end+1 == len(text) && r.legend.slashes > 1 && strings.Contains(inside, " ")
	return whole || thoughtAfter.MatchString(clip(text[end+1:], 120)) || thoughtAhead.MatchString(text[max(0, i-60):i])
}

// plainRuns adds a text without marks, its line ends as line breaks.
func plainRuns(runs []prose.Inline, text string) []prose.Inline {
	for k, part := range strings.Split(text, "\n") {
		if k > 0 {
			runs = append(runs, prose.Inline{Mark: prose.LineBreak})
		}
		if part != "" {
			runs = append(runs, prose.TextRun(part))
		}
	}
	return runs
}

// dropLead takes the first n bytes of the characters away: a label and its marks.
func dropLead(runs []prose.Inline, n int) []prose.Inline {
	out := make([]prose.Inline, 0, len(runs))
	for _, run := range runs {
		if n <= 0 {
			out = append(out, run)
			continue
		}
		length := len(prose.PlainText([]prose.Inline{run}))
		switch {
		case n >= length && (length > 0 || run.Mark == prose.LineBreak):
			n -= max(length, 1)
			continue
		case run.Mark == prose.Text:
			run.Text = run.Text[n:]
		default:
			run.Kids = dropLead(run.Kids, n)
		}
		n = 0
		out = append(out, run)
	}
	return out
}

// dropTail takes the last byte of the characters away, which the caller knows
// to be a closing bracket.
func dropTail(runs []prose.Inline) []prose.Inline {
	if len(runs) == 0 {
		return runs
	}
	out := append([]prose.Inline(nil), runs...)
	last := &out[len(out)-1]
	if last.Mark == prose.Text {
		last.Text = last.Text[:len(last.Text)-1]
		if last.Text == "" {
			return out[:len(out)-1]
		}
		return out
	}
	last.Kids = dropTail(last.Kids)
	return out
}
