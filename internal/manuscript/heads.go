package manuscript

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// head is a line that opens a chapter.
type head struct {
	unit   int // rank: volume 0, book 1, part 2, chapter 3; named 4
	number int // 0 for named heads
	title  string
	typed  string // "Part One", for a part over a chapter
}

const namedUnit = 4

var (
	headWord = regexp.MustCompile(`(?i)^(volume|vol\.|book|part|act|chapter|chap\.?|ch\.|episode|ep\.|kapitel|chapitre|cap[ií]tulo|capitolo|hoofdstuk|rozdział|глава)\s{0,3}#?\s{0,3}(the )?`)
	headName = regexp.MustCompile(`(?i)^(prologue|prolog|epilogue|epilog|interlude|preface|foreword|afterword|introduction|intermission|prelude|coda)( \d+| [ivx]+)?(?:\s*[:.–—-]+\s*(\S.*))?$`)
	outOf    = regexp.MustCompile(`(?i)^\s*(?:/|of)\s*(?:\d+|\?)`)
	hanHead  = regexp.MustCompile(`^第\s*([0-9０-９一二三四五六七八九十百零〇]+)\s*[章回话話节節]\s*(.*)$`)
)

var headUnits = map[string]int{"volume": 0, "vol.": 0, "book": 1, "part": 2, "act": 2}

// headOf reads a chapter head: the word chapter or its like with a number and
// perhaps a title, or a name such as Prologue. It looks at the line alone;
// whether it opens a chapter is for the company it keeps.
func headOf(text string) (head, bool) {
	if len(text) > 160 || utf8.RuneCountInString(text) > 100 {
		return head{}, false
	}
	body := strings.Trim(text, "*_~-=#<>|[]• \t")
	if body == "" {
		return head{}, false
	}
	if m := headName.FindStringSubmatch(body); m != nil && !endsInProse(m[3]) {
		title := strings.TrimSpace(body)
		return head{unit: namedUnit, title: title, typed: title}, true
	}
	if m := hanHead.FindStringSubmatch(body); m != nil {
		return head{unit: 3, title: strings.TrimSpace(m[2]), typed: body}, true
	}
	m := headWord.FindString(body)
	if m == "" {
		return head{}, false
	}
	return numberedHead(body, m)
}

func numberedHead(body, word string) (head, bool) {
	value, n, ok := numberAt(body[len(word):])
	if !ok {
		return head{}, false
	}
	unit, big := headUnits[strings.ToLower(leadingUnit(word))]
	if !big {
		unit = 3
	}
	end := len(word) + n
	rest := body[end:]
	rest = rest[len(outOf.FindString(rest)):]
	h := head{unit: unit, number: value, typed: body[:end]}
	trimmed := strings.TrimLeft(rest, " \t")
	if trimmed == "" {
		return h, true
	}
	title := strings.TrimLeft(trimmed, ":.-–—~)|>,/ \t")
	separated := title != trimmed
	first, _ := utf8.DecodeRuneInString(title)
	if !separated && (len(rest) == len(trimmed) || unicode.IsLower(first) || endsSentence(title) || wordCount(title) > 8) {
		return head{}, false
	}
	if endsInProse(title) {
		return head{}, false
	}
	h.title = strings.Trim(title, "\"“”*_~ ")
	return h, true
}

func leadingUnit(word string) string {
	fields := strings.Fields(word)
	return strings.TrimSuffix(fields[0], "#")
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
