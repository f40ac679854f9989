package prose

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"ficus/internal/pattern"
)

// text gives the lines of a run of inlines, each hard break a
// backslash at the end of its line. It answers false where Markdown would not
// read the same again.
func (w *markdownWriter) text(runs []Inline) ([]string, bool) {
	if hasEmptyLine(runs) {
		return nil, false
	}
	var s strings.Builder
	w.runs(&s, runs)
	lines := strings.Split(s.String(), "\n")
	for i, line := range lines {
		lines[i] = escapeLineStart(line)
	}
	return lines, lines[0] != ""
}

// hasEmptyLine tells whether two breaks stand together.
func hasEmptyLine(runs []Inline) bool {
	for _, line := range strings.Split(PlainText(withPictures(runs)), "\n") {
		if strings.Trim(line, " \u00a0") == "" {
			return true
		}
	}
	return false
}

func (w *markdownWriter) runs(s *strings.Builder, runs []Inline) {
	for i, run := range runs {
		switch run.Mark {
		case Text:
			s.WriteString(escapeMarkdown(run.Text))
		case LineBreak:
			markdownBreak(s)
		case Emphasis, Strong:
			w.stress(s, runs, i)
		case Link:
			w.link(s, run)
		case Code:
			w.code(s, run)
		case Footnote:
			w.footnote(s, runs, i)
		default:
			w.mark(s, run)
		}
	}
}

// markdownBreak writes a hard break. After a backslash of the text it is an
// element, because parsers disagree about three of them.
func markdownBreak(s *strings.Builder) {
	if strings.HasSuffix(s.String(), "\\") {
		s.WriteString("<br>\n")
		return
	}
	s.WriteString("\\\n")
}

// plainAddress is an address that Markdown reads as it stands.
var plainAddress = pattern.New(`^(https?|mailto):[A-Za-z0-9/:.,;@%~_=+#?-]+$`)

// link writes a link with signs where nothing in or before it could be
// read otherwise, and as its element elsewhere.
func (w *markdownWriter) link(s *strings.Builder, run Inline) {
	address := run.Attrs.Get("href")
	if len(run.Attrs) > 1 || !plainAddress.MatchString(address) || len(run.Kids) != 1 || run.Kids[0].Mark != Text ||
		strings.HasSuffix(s.String(), "!") {
		w.mark(s, run)
		return
	}
	s.WriteString("[" + escapeMarkdown(run.Kids[0].Text) + "](" + address + ")")
}

// code writes code between backticks where it holds none.
func (w *markdownWriter) code(s *strings.Builder, run Inline) {
	if len(run.Attrs) > 0 || len(run.Kids) != 1 || run.Kids[0].Mark != Text || strings.ContainsAny(run.Kids[0].Text, "`\u00a0") ||
		strings.TrimSpace(run.Kids[0].Text) != run.Kids[0].Text || strings.HasSuffix(s.String(), "`") {
		w.mark(s, run)
		return
	}
	s.WriteString("`" + run.Kids[0].Text + "`")
}

// footnote writes a footnote as a sign, and keeps its words for the end, where
// they are one line and nothing about the sign can be read otherwise; elsewhere
// it is an element.
func (w *markdownWriter) footnote(s *strings.Builder, runs []Inline, i int) {
	run, before := runs[i], *w
	if len(run.Attrs) == 0 && !w.inNote && w.count < maxNotes && !opensOther(runs, i) {
		w.inNote = true
		lines, ok := w.text(run.Kids)
		w.inNote = false
		if ok && len(lines) == 1 && strings.TrimSpace(lines[0]) == lines[0] {
			w.count++
			sign := "[^" + strconv.Itoa(w.count) + "]"
			s.WriteString(sign)
			w.notes = append(w.notes, "", sign+": "+lines[0])
			return
		}
	}
	*w = before
	w.mark(s, run)
}

// opensOther tells whether a sign at runs[i] would begin a note's own line or a
// link.
func opensOther(runs []Inline, i int) bool {
	if i == 0 || runs[i-1].Mark == LineBreak {
		return true
	}
	if i+1 == len(runs) || runs[i+1].Mark != Text {
		return false
	}
	return strings.IndexByte(":([", runs[i+1].Text[0]) >= 0
}

// mark writes a mark as its HTML element around Markdown.
func (w *markdownWriter) mark(s *strings.Builder, run Inline) {
	var shell markup
	kids := run.Kids
	run.Kids = nil
	shell.inline(run)
	// goldmark knows no tag with a replacement character in it.
	start, end := strings.ReplaceAll(shell.String(), "\ufffd", "&#xfffd;"), ""
	if at := strings.LastIndex(start, "</"); at >= 0 {
		start, end = start[:at], start[at:]
	}
	s.WriteString(start)
	w.runs(s, kids)
	s.WriteString(end)
}

// stress writes emphasis with asterisks where CommonMark's rules about
// what stands beside them are sure to be met, and as its element elsewhere.
func (w *markdownWriter) stress(s *strings.Builder, runs []Inline, i int) {
	run := runs[i]
	if len(run.Attrs) > 0 || !flanks(runs, i) {
		w.mark(s, run)
		return
	}
	stars := "*"
	if run.Mark == Strong {
		stars = "**"
	}
	s.WriteString(stars)
	w.runs(s, run.Kids)
	s.WriteString(stars)
}

// flanks tells whether asterisks around runs[i] open and close: characters
// inside at both ends and, where these are punctuation, a space or nothing
// outside.
func flanks(runs []Inline, i int) bool {
	kids := runs[i].Kids
	if !isLines(kids) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(kids[0].Text)
	last, _ := utf8.DecodeLastRuneInString(kids[len(kids)-1].Text)
	before, after := ' ', ' '
	if i > 0 {
		if runs[i-1].Mark != Text && runs[i-1].Mark != LineBreak {
			return false
		}
		if runs[i-1].Mark == Text {
			before, _ = utf8.DecodeLastRuneInString(runs[i-1].Text)
		}
	}
	if i+1 < len(runs) {
		if runs[i+1].Mark != Text && runs[i+1].Mark != LineBreak {
			return false
		}
		after = '\\' // a hard break
		if runs[i+1].Mark == Text {
			after, _ = utf8.DecodeRuneInString(runs[i+1].Text)
		}
	}
	return holds(before, first) && holds(after, last)
}

// isLines tells whether runs are text, and breaks between text.
func isLines(runs []Inline) bool {
	for i, run := range runs {
		if run.Mark != Text && (run.Mark != LineBreak || i == 0 || runs[i-1].Mark != Text) {
			return false
		}
	}
	return len(runs) > 0 && runs[len(runs)-1].Mark == Text
}

// holds tells whether an asterisk between the outer and the inner character
// belongs to the inner one: beside punctuation it does only where space or
// other punctuation is outside.
func holds(outer, inner rune) bool {
	if unicode.IsSpace(inner) {
		return false
	}
	return !isPunctuation(inner) || unicode.IsSpace(outer) || strings.ContainsRune(`.,;:!?()"'“”‘’«»—–…\`, outer)
}

func isPunctuation(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

// escapeMarkdown puts a backslash before what would be read as Markdown.
func escapeMarkdown(text string) string {
	const special = "\\`*_[]<>&"
	if !strings.ContainsAny(text, special) {
		return text
	}
	var s strings.Builder
	for i := 0; i < len(text); i++ {
		if strings.IndexByte(special, text[i]) >= 0 {
			s.WriteByte('\\')
		}
		s.WriteByte(text[i])
	}
	return s.String()
}

// escapeLineStart escapes what means something only where a line begins:
// headings, lists, rules, fences and underlines of headings.
func escapeLineStart(line string) string {
	if line == "" {
		return line
	}
	if strings.IndexByte("#+-=~", line[0]) >= 0 {
		return "\\" + line
	}
	digits := 0
	for digits < len(line) && line[digits] >= '0' && line[digits] <= '9' {
		digits++
	}
	if digits > 0 && digits < len(line) && (line[digits] == '.' || line[digits] == ')') {
		return line[:digits] + "\\" + line[digits:]
	}
	return line
}
