package manuscript

import (
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
	learnt bool   // only this writer has it
}

// noteLabel is an author's note in all its spellings, after its marks.
var noteLabel = guard(`(?i)^((?:(?:quick|short|small|long|final|last|important|another|extra|opening|closing|ending|end|pre|post|beginning|chapter|story|translator'?s?|beta)[ -])?` +
	`(?:a/?n'?s?|a\.n\.|author(?:ess)?'?s?'? ?notes?|writer'?s?'? ?notes?|(?:a )?note from the author|note to (?:my )?(?:the )?readers|notes?|end ?notes?))` +
	`(?: ?#?(\d{1,2}))?( ?[:=\])]| ?[-–—]+ |[-–—]| |$)`)

// marksBefore are what writers draw around a label.
const marksBefore = "*_~-=#|•[(<>/+. \t—–―─【「《〈"

// labelOf reads the label at the start of a text, if one stands there.
func labelOf(text string) (label, bool) {
	body := strings.TrimLeft(text, marksBefore)
	lead := len(text) - len(body)
	if body == "" || lead > 24 || !mayBeLabel(body) {
		return label{}, false
	}
	body = clip(body, longestLabel)
	head := strings.ReplaceAll(body, "’", "'")
	shift := len(body) - len(head) // bytes the straight quote saved
	if l, ok := noteLabelOf(head, text); ok {
		l.rest = afterMarks(text, lead+l.rest+shift*boolInt(strings.Contains(l.typed, "'")))
		return l, true
	}
	if l, ok := fieldLabelOf(head, text, lead, shift); ok {
		return l, true
	}
	return aloneLabel(body, text)
}

// longestLabel is how many bytes are looked at for a label and its mark.
const longestLabel = 90

// mayBeLabel is the quick look: a label begins with the first word of one.
func mayBeLabel(body string) bool {
	return labelFirsts[strings.ToLower(firstOf(body))]
}

// firstOf is a text's first word, as far as letters and the signs inside
// labels go.
func firstOf(text string) string {
	for i, r := range text {
		if i > 40 || !unicode.IsLetter(r) && r != '/' && r != '.' && r != '-' && !unicode.Is(unicode.Mn, r) {
			return strings.TrimRight(text[:i], "-./")
		}
	}
	return strings.TrimRight(clip(text, 41), "-./")
}

// labelFirsts are the first words of all labels.
var labelFirsts = firstsOfLabels()

func firstsOfLabels() map[string]bool {
	firsts := map[string]bool{}
	for typed := range fieldLabels {
		firsts[firstOf(typed)] = true
	}
	for word := range strings.FieldsSeq("quick short small long final last important another extra opening closing ending end pre post beginning " +
		"chapter story translator translators beta a a/n a/ns an ans a.n authors author authoress authoresses writer writers note notes endnote endnotes") {
		firsts[word] = true
	}
	return firsts
}

// aloneLabel reads the label of a note that is all its line holds, without a
// mark behind it: "От автора", "————作者按————".
func aloneLabel(body, text string) (label, bool) {
	typed := strings.ToLower(strings.Trim(body, marksBefore+"】」》〉:：]"))
	f, ok := fieldLabels[typed]
	if !ok || f.what != OpeningNote || strings.TrimSpace(text) == typed && !f.hard {
		return label{}, false
	}
	return label{name: f.name, what: f.what, hard: f.hard, bare: true, typed: typed, rest: len(text)}, true
}

// mayBeNote is the quick look: the label of a note has "note" in it, or a word
// that is or begins with "an", "a/n" or "a.n".
func mayBeNote(head string) bool {
	for i := 0; i+1 < len(head); i++ {
		switch head[i] | 0x20 {
		case 'n':
			if len(head) >= i+4 && strings.EqualFold(head[i:i+4], "note") {
				return true
			}
		case 'a':
			n := strings.TrimLeft(head[i+1:min(len(head), i+3)], "/.")
			if n != "" && n[0]|0x20 == 'n' && (i == 0 || !isLetterByte(head[i-1])) {
				return true
			}
		}
	}
	return false
}

func noteLabelOf(head, text string) (label, bool) {
	if !mayBeNote(head) {
		return label{}, false
	}
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
	at, width := separatorIn(head)
	if dash, n := dashAfterWord(head); dash >= 0 && (at < 0 || dash < at) {
		at, width = dash, n
	}
	if at <= 0 || at > 64 {
		return label{}, false
	}
	typed := strings.ToLower(strings.Trim(head[:at], marksBefore+"]】」》〉\u00a0"))
	f, ok := fieldLabels[typed]
	if !ok {
		return label{}, false
	}
	if !strings.Contains(head[:at], "'") {
		shift = 0
	}
	l := label{name: f.name, what: f.what, hard: f.hard, typed: typed, rest: afterMarks(text, lead+at+width+shift)}
	if l.what == OpeningNote {
		l.rest = min(l.rest, len(text))
	}
	return l, true
}

// separatorIn finds the first sign that separates wherever it stands.
func separatorIn(head string) (at, width int) {
	for i := 0; i < len(head); i++ {
		switch c := head[i]; {
		case c == ':' || c == '=':
			return i, 1
		case c == "："[0] && strings.HasPrefix(head[i:], "："):
			return i, len("：")
		}
	}
	return -1, 1
}

// dashAfterWord finds a dash that separates: with a space on one side at least.
func dashAfterWord(head string) (at, width int) {
	if strings.IndexByte(head, '-') < 0 && strings.IndexByte(head, "–"[0]) < 0 {
		return -1, 0
	}
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
var extraLabel = guard(`^[*_]{0,3}([\pL][\pL'’/ -]{1,24})[*_]{0,3}:[*_]{0,3}\s`)
