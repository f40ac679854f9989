package manuscript

import (
	"regexp"
	"strings"
	"unicode"
)

// label is a known word with its separator at the start of a paragraph:
// "Rating:", "A/N", "DISCLAIMER -".
type label struct {
	name   string // the field's own name: rating, pairing, note…
	what   string // what its part is: title, author, field, disclaimer, opening_note
	hard   bool   // a word of archives that no letter in a story uses
	bare   bool   // no separator stands behind it
	typed  string // the label as typed, in small letters
	rest   int    // where the value begins in the text
	number int    // "A/N 2": 2
}

// fieldLabels are the labels of front matter; a hard one proves a header.
var fieldLabels = map[string]struct {
	name string
	what string
	hard bool
}{
	"title": {"title", "title", true}, "story title": {"title", "title", true}, "fic title": {"title", "title", true},
	"author": {"author", "author", true}, "authors": {"author", "author", true}, "by": {"author", "author", true},
	"written by": {"author", "author", true}, "pen name": {"author", "author", true}, "penname": {"author", "author", true},
	"rating": {"rating", "field", true}, "rated": {"rating", "field", true}, "story rating": {"rating", "field", true},
	"fandom": {"fandom", "field", true}, "fandoms": {"fandom", "field", true}, "universe": {"fandom", "field", false},
	"pairing": {"pairing", "field", true}, "pairings": {"pairing", "field", true}, "pairing(s)": {"pairing", "field", true},
	"ship": {"pairing", "field", false}, "ships": {"pairing", "field", true},
	"relationship": {"pairing", "field", false}, "relationships": {"pairing", "field", true},
	"characters": {"characters", "field", true}, "character": {"characters", "field", false}, "character(s)": {"characters", "field", true},
	"warning": {"warnings", "field", false}, "warnings": {"warnings", "field", false}, "content": {"warnings", "field", false},
	"content warning": {"warnings", "field", true}, "content warnings": {"warnings", "field", true}, "warning(s)": {"warnings", "field", true},
	"trigger warning": {"warnings", "field", true}, "trigger warnings": {"warnings", "field", true},
	"tw": {"warnings", "field", true}, "cw": {"warnings", "field", true},
	"genre": {"genre", "field", true}, "genres": {"genre", "field", true}, "story type": {"genre", "field", true},
	"category": {"category", "field", false}, "categories": {"category", "field", true},
	"classification": {"classification", "field", true}, "keywords": {"keywords", "field", false},
	"spoiler": {"spoilers", "field", true}, "spoilers": {"spoilers", "field", true}, "spoiler warning": {"spoilers", "field", true},
	"season": {"season", "field", false}, "setting": {"setting", "field", false},
	"timeline": {"timeline", "field", false}, "timeframe": {"timeline", "field", false},
	"summary": {"summary", "field", false}, "teaser": {"summary", "field", false}, "synopsis": {"summary", "field", false},
	"archive": {"archive", "field", true}, "archiving": {"archive", "field", true}, "distribution": {"archive", "field", true},
	"feedback": {"feedback", "field", true},
	"beta":     {"beta", "field", true}, "betas": {"beta", "field", true}, "beta reader": {"beta", "field", true},
	"beta'd by": {"beta", "field", true}, "betaed by": {"beta", "field", true},
	"thanks": {"thanks", "field", false}, "thanks to": {"thanks", "field", false}, "special thanks": {"thanks", "field", false},
	"credits": {"thanks", "field", false}, "acknowledgements": {"thanks", "field", false},
	"dedication": {"dedication", "field", true}, "dedicated to": {"dedication", "field", true},
	"series": {"series", "field", true}, "sequel to": {"series", "field", true},
	"part": {"part", "field", false}, "parts": {"part", "field", false}, "chapters": {"part", "field", true},
	"word count": {"words", "field", true}, "wordcount": {"words", "field", true}, "words": {"words", "field", false}, "length": {"words", "field", false},
	"date": {"date", "field", false}, "written": {"date", "field", false}, "completed": {"date", "field", false},
	"date written": {"date", "field", true}, "posted": {"date", "field", false}, "published": {"date", "field", false}, "updated": {"date", "field", false},
	"status": {"status", "field", false}, "prompt": {"prompt", "field", true}, "challenge": {"prompt", "field", true}, "written for": {"prompt", "field", true},
	"e-mail": {"email", "field", false}, "email": {"email", "field", false},
	"website": {"website", "field", false}, "url": {"website", "field", false}, "homepage": {"website", "field", false},
	"point of view": {"pov", "field", false}, "language": {"language", "field", false},
	"disclaimer": {"disclaimer", "disclaimer", true}, "disclaimers": {"disclaimer", "disclaimer", true},
	"disclamer": {"disclaimer", "disclaimer", true}, "standard disclaimer": {"disclaimer", "disclaimer", true},
	"standard disclaimers": {"disclaimer", "disclaimer", true}, "usual disclaimer": {"disclaimer", "disclaimer", true},
	"legal": {"disclaimer", "disclaimer", true}, "legal stuff": {"disclaimer", "disclaimer", true}, "legalese": {"disclaimer", "disclaimer", true},
}

// noteLabel is an author's note in all its spellings, after its marks.
var noteLabel = regexp.MustCompile(`(?i)^((?:(?:quick|short|small|long|final|last|important|another|extra|opening|closing|ending|end|pre|post|beginning|chapter|story|translator'?s?|beta)[ -])?` +
	`(?:a/?n'?s?|a\.n\.|author(?:ess)?'?s?'? ?notes?|writer'?s?'? ?notes?|(?:a )?note from the author|note to (?:my )?(?:the )?readers|notes?|end ?notes?))` +
	`(?: ?#?(\d{1,2}))?( ?[:=\])]| ?[-–—]+ |[-–—]| |$)`)

// marksBefore are what writers draw around a label.
const marksBefore = "*_~-=#|•[(<>/+. \t"

// labelOf reads the label at the start of a text, if one stands there.
func labelOf(text string) (label, bool) {
	body := strings.TrimLeft(text, marksBefore)
	lead := len(text) - len(body)
	if body == "" || lead > 12 {
		return label{}, false
	}
	head := strings.ReplaceAll(body[:min(len(body), 60)], "’", "'")
	shift := len(body[:min(len(body), 60)]) - len(head) // bytes the straight quote saved
	if l, ok := noteLabelOf(head, text); ok {
		l.rest = afterMarks(text, lead+l.rest+shift*boolInt(strings.Contains(l.typed, "'")))
		return l, true
	}
	return fieldLabelOf(head, text, lead, shift)
}

func noteLabelOf(head, text string) (label, bool) {
	m := noteLabel.FindStringSubmatchIndex(head)
	if m == nil {
		return label{}, false
	}
	typed := head[m[2]:m[3]]
	separator := strings.TrimSpace(head[m[6]:m[7]])
	l := label{name: "note", what: OpeningNote, hard: true, bare: separator == "", rest: m[7]}
	l.typed = strings.ToLower(typed)
	if m[4] >= 0 {
		l.number = int(head[m[4]] - '0')
	}
	generic := strings.HasPrefix(l.typed, "note") && !strings.Contains(l.typed, " ")
	switch {
	case l.typed == "an" || l.typed == "ans":
		if typed != strings.ToUpper(typed) || l.bare {
			return label{}, false
		}
	case generic:
		l.hard = false
		if l.bare && len(head) > m[7] {
			return label{}, false
		}
	case l.bare && !strings.HasSuffix(strings.TrimSpace(text), typed) && !bareNote(typed):
		return label{}, false
	}
	return l, true
}

// bareNote is true for labels that may stand without a colon before running
// text: "A/N sorry this is late".
func bareNote(typed string) bool {
	low := strings.ToLower(typed)
	return strings.Contains(low, "a/n") || strings.Contains(low, "author") && unicode.IsUpper(rune(typed[0]))
}

func fieldLabelOf(head, text string, lead, shift int) (label, bool) {
	at := strings.IndexAny(head, ":=")
	width := 1
	if dash, n := dashAfterWord(head); dash >= 0 && (at < 0 || dash < at) {
		at, width = dash, n
	}
	if at <= 0 || at > 32 {
		return label{}, false
	}
	typed := strings.ToLower(strings.Trim(head[:at], marksBefore+"]"))
	f, ok := fieldLabels[typed]
	if !ok {
		return label{}, false
	}
	if !strings.Contains(head[:at], "'") {
		shift = 0
	}
	return label{name: f.name, what: f.what, hard: f.hard, typed: typed, rest: afterMarks(text, lead+at+width+shift)}, true
}

// dashAfterWord finds a dash that separates: with a space on one side at least.
func dashAfterWord(head string) (at, width int) {
	for _, sep := range []string{" - ", " – ", " — ", "- ", " -"} {
		if i := strings.Index(head, sep); i >= 0 {
			return i, len(sep)
		}
	}
	return -1, 0
}

// afterMarks is where the value starts behind a label: past spaces and past
// the marks that close the label's own emphasis.
func afterMarks(text string, at int) int {
	at = min(at, len(text))
	rest := strings.TrimLeft(text[at:], "*_:=])> \t")
	if strings.HasPrefix(text[at:], " *") && strings.Count(rest, "*")%2 == 1 {
		rest = strings.TrimLeft(text[at:], " \t")
	}
	return len(text) - len(rest)
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// extraLabel reads "Word:" or "Two words:" in a header, where unknown fields are
// kept rather than lost.
var extraLabel = regexp.MustCompile(`^[*_]{0,3}([\pL][\pL'’/ -]{1,24})[*_]{0,3}:[*_]{0,3}\s`)
