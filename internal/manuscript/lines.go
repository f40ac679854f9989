package manuscript

import (
	"strings"
	"unicode/utf8"
)

// line is one line of plain text that is not blank.
type line struct {
	start, end int    // from its first to its last character that is no space
	text       string // what stands between
	gap        int    // blank lines before it
	indent     int    // columns before its first character
	width      int    // columns up to its last character
}

// tabStop is how far a tab reaches. Only comparisons are made of it.
const tabStop = 8

// splitLines gives the lines of the text that are not blank. A form feed
// counts as a blank line.
func splitLines(text string) []line {
	lines := make([]line, 0, strings.Count(text, "\n")/2+1)
	gap := 0
	for at := 0; at < len(text); {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			end = len(text)
		} else {
			end += at
		}
		whole := text[at:end]
		body := strings.TrimSpace(whole)
		if strings.ContainsRune(whole, '\f') {
			gap++
		}
		if body == "" {
			gap++
		} else {
			lead := strings.Index(whole, body)
			indent := columns(whole[:lead])
			lines = append(lines, line{
				start:  at + lead,
				end:    at + lead + len(body),
				text:   body,
				gap:    gap,
				indent: indent,
				width:  indent + utf8.RuneCountInString(body),
			})
			gap = 0
		}
		at = end + 1
	}
	return lines
}

// paragraphsOf counts the lines with a blank one before them: about as many
// paragraphs there are.
func paragraphsOf(lines []line) int {
	apart := 1
	for i := range lines {
		apart += boolInt(lines[i].gap > 0)
	}
	return apart
}

func columns(space string) int {
	n := 0
	for _, r := range space {
		switch r {
		case '\t':
			n += tabStop - n%tabStop
		case '\f':
		default:
			n++
		}
	}
	return n
}

// firstWord is the width of the first word of a line, which decides whether
// the line before could have held it.
func firstWord(text string) int {
	if i := strings.IndexAny(text, " \t"); i >= 0 {
		text = text[:i]
	}
	return utf8.RuneCountInString(text)
}
