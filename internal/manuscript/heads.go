package manuscript

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"ficus/internal/pattern"
)

// head is a line that opens a chapter.
type head struct {
	unit   int // rank: volume 0, book 1, part 2, chapter 3; named 4
	number int // 0 for named heads
	title  string
	typed  string // "Part One", for a part over a chapter
}

const namedUnit = 4

// headOf reads a chapter head: the word chapter or its like with a number and
// perhaps a title, or a name such as Prologue. It looks at the line alone;
// whether it opens a chapter is for the company it keeps.
func headOf(text string) (head, bool) {
	if len(text) > 400 || utf8.RuneCountInString(text) > 100 {
		return head{}, false
	}
	body := strings.Trim(text, "*_~-=#<>|[]•—–―─「」【】《》〈〉 \t　")
	if body == "" {
		return head{}, false
	}
	if h, ok := eastHead(body); ok {
		return h, true
	}
	first := firstOf(body)
	low := strings.ToLower(first)
	if headNames[low] {
		if m := headName.FindStringSubmatch(body); m != nil && !endsInProse(m[3]) {
			return head{unit: namedUnit, title: strings.TrimSpace(body), typed: strings.TrimSpace(body)}, true
		}
	}
	if _, ok := headUnits[low]; ok {
		return numberedHead(body, body[:len(first)+unitEnd(body[len(first):])])
	}
	if _, ok := numberWords[low]; ok {
		return ordinalHead(body, first)
	}
	return head{}, false
}

// unitEnd is how much stands between the word for a chapter and its number.
func unitEnd(rest string) int {
	trimmed := strings.TrimLeft(rest, ".# \t\u00a0")
	if t, ok := strings.CutPrefix(trimmed, "the "); ok {
		trimmed = t
	} else if t, ok := strings.CutPrefix(trimmed, "the\t"); ok {
		trimmed = t
	}
	return len(rest) - len(trimmed)
}

// ordinalHead reads "Erstes Kapitel", "Première partie", "The First Chapter".
func ordinalHead(body, first string) (head, bool) {
	value := numberWords[strings.ToLower(first)]
	rest := strings.TrimLeft(body[len(first):], " ")
	word := firstOf(rest)
	unit, ok := headUnits[strings.ToLower(word)]
	if !ok || value == 0 || rest == body[len(first):] {
		return head{}, false
	}
	h := head{unit: unit, number: value, typed: body[:len(body)-len(rest)+len(word)]}
	return h.titled(rest[len(word):])
}

func numberedHead(body, word string) (head, bool) {
	value, n, ok := numberAt(body[len(word):])
	if !ok {
		return head{}, false
	}
	end := len(word) + n
	h := head{unit: headUnits[strings.ToLower(firstOf(word))], number: value, typed: body[:end]}
	rest := body[end:]
	return h.titled(rest[len(outOf.FindString(rest)):])
}

var outOf = pattern.New(`(?i)^\s*(?:/|of)\s*(?:\d+|\?)`)

// titled reads what follows the number of a head: nothing, or a title.
func (h head) titled(rest string) (head, bool) {
	trimmed := strings.TrimLeft(rest, " \t")
	if trimmed == "" {
		return h, true
	}
	title := strings.TrimLeft(trimmed, ":.-–—~)|>,/ \t：、　º°ª")
	separated := title != trimmed
	first, _ := utf8.DecodeRuneInString(title)
	if !separated && (len(rest) == len(trimmed) || unicode.IsLower(first) || endsSentence(title) || wordCount(title) > 8) {
		return head{}, false
	}
	if endsInProse(title) {
		return head{}, false
	}
	h.title = strings.Trim(title, "\"“”«»„*_~ ")
	return h, true
}

// endsInProse is true for what follows a head's mark when it is a sentence of
// the story and no title.
func endsInProse(title string) bool {
	return wordCount(title) > 14 || strings.HasSuffix(title, ",") || strings.HasSuffix(title, ";")
}

// bareNumber reads a line that holds nothing but a number: "4.", "IV", "- 4 -".
func bareNumber(text string) (value int, ok bool) {
	if len(text) > 14 {
		return 0, false
	}
	body := strings.Trim(text, "*_~-=#<>|[]()•. \t")
	value, n, ok := numberAt(body)
	if !ok || n != len(body) || value == 0 || value == lastNumber {
		return 0, false
	}
	lower := body == strings.ToLower(body) && !unicode.IsDigit(rune(body[0]))
	return value, !lower
}
