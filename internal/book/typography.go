package book

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"ficus/internal/prose"
)

// marks are the signs a language is set with. A sign that is empty is left as
// the writer typed it.
type marks struct {
	open, close           string // for "
	openSingle, closeLone string // for ' where it is no apostrophe
	spacedDash            string // for -- between spaces
	narrow                bool   // a narrow space stands before ; : ! ? and inside guillemets
	initials              bool   // no line parts abbreviations as z. B.
}

const (
	emDash      = "—"
	enDash      = "–"
	narrowSpace = '\u202f'
	noBreak     = '\u00a0'
)

// marksOf are the signs of languages by their first part. What is in none of
// them stays as it was typed (decision 0233).
var marksOf = map[string]marks{
	"en": {"“", "”", "‘", "’", emDash, false, false},
	"es": {"“", "”", "", "", emDash, false, false},
	"it": {"“", "”", "", "", emDash, false, false},
	"pt": {"“", "”", "", "", emDash, false, false},
	"nl": {"“", "”", "", "", enDash, false, false},
	"de": {"„", "“", "", "", enDash, false, true},
	"cs": {"„", "“", "", "", enDash, false, false},
	"pl": {"„", "”", "", "", enDash, false, false},
	"hu": {"„", "”", "", "", enDash, false, false},
	"ro": {"„", "”", "", "", enDash, false, false},
	"sv": {"”", "”", "", "", enDash, false, false},
	"fi": {"”", "”", "", "", enDash, false, false},
	"nb": {"«", "»", "", "", enDash, false, false},
	"fr": {"«\u202f", "\u202f»", "", "", emDash, true, false},
	"ru": {"«", "»", "", "", emDash, false, false},
	"uk": {"«", "»", "", "", emDash, false, false},
	"el": {"«", "»", "", "", enDash, false, false},
}

// typesetter sets the text of one block as a printer would, run after run: it
// knows what stood before the run.
type typesetter struct {
	marks marks
	last  rune // before the next character; a space where a line begins
}

// setting is how the text that is met now is set.
type setting struct {
	language string      // empty: nothing is set at all
	line     *typesetter // of the block; nil: its words stay as typed
}

// block is the setting of a block that stands in this one. Messages and what
// is preformatted stay as they were typed, with all that is in them.
func (s setting) block(b prose.Block) setting {
	if b.Kind == prose.Preformatted || b.Kind == prose.Messages {
		return setting{}
	}
	return s.speaks(b.Attrs).fresh()
}

// fresh begins a line.
func (s setting) fresh() setting {
	s.line = nil
	if m, known := marksOf[primary(s.language)]; known {
		s.line = &typesetter{marks: m, last: ' '}
	}
	return s
}

// speaks is the setting of what is in the language its attributes say.
func (s setting) speaks(attrs prose.Attrs) setting {
	if l := attrs.Get("lang"); l != "" && s.language != "" {
		s.language = l
	}
	return s
}

// inside is the setting of the runs inside a mark: those of the line it stands
// in, unless they are in another language or no words.
func (s setting) inside(run prose.Inline) setting {
	if run.Mark == prose.LineBreak && s.line != nil {
		s.line.last = ' '
	}
	if asTyped(run.Mark) {
		if s.line != nil {
			s.line.last = 'x'
		}
		return setting{}
	}
	if run.Attrs.Get("lang") != "" {
		return s.speaks(run.Attrs).fresh()
	}
	return s
}

// run sets a run of the line.
func (s setting) run(text string) string {
	if s.line == nil || text == "" {
		return text
	}
	return s.line.run(text)
}

// elided are words of English that begin with an apostrophe.
var elided = []string{"tis", "twas", "twere", "em", "til", "till", "cause", "bout", "round", "n", "cept", "kay"}

// run sets one run. What looks like an address is left alone.
func (s *typesetter) run(text string) string {
	if !strings.ContainsAny(text, `"'-. `) || strings.Contains(text, "://") {
		s.last, _ = utf8.DecodeLastRuneInString(text)
		return text
	}
	var out strings.Builder
	done := 0 // of the text, what is in out or, while that is empty, stays as it is
	for i := 0; i < len(text); {
		set, size := "", 1
		switch c := text[i]; c {
		case '-', '.':
			for size = 1; i+size < len(text) && text[i+size] == c; size++ {
			}
			s.after(text[done:i])
			set = s.repeated(rune(c), size, text[i+size:])
		case '"':
			s.after(text[done:i])
			set = s.double()
		case '\'':
			s.after(text[done:i])
			set = s.single(text[i+1:])
		case ' ':
			if s.mayKeep(text, i) {
				s.after(text[done:i])
				set = s.space(text[:i], text[i+1:])
			}
		}
		if set != "" {
			if out.Cap() == 0 {
				out.Grow(len(text) + 32)
			}
			out.WriteString(text[done:i])
			out.WriteString(set)
			s.after(set)
			done = i + size
		}
		i += size
	}
	s.after(text[done:])
	if out.Len() == 0 {
		return text
	}
	out.WriteString(text[done:])
	return out.String()
}

// after notes what stands before the next character.
func (s *typesetter) after(text string) {
	if text != "" {
		s.last, _ = utf8.DecodeLastRuneInString(text)
	}
}

// mayKeep is false for a space that keeps nothing together in any language: a
// letter is on both its sides.
func (s *typesetter) mayKeep(text string, i int) bool {
	return s.marks.narrow || i > 0 && text[i-1] == '.'
}

// repeated sets dashes of two or three hyphens and the three dots; other rows
// are drawn, not said.
func (s *typesetter) repeated(r rune, n int, rest string) string {
	switch {
	case r == '.' && n == 3:
		return "…"
	case r == '-' && n == 3:
		return emDash
	case r == '-' && n == 2 && s.last == ' ' && strings.HasPrefix(rest, " "):
		return s.marks.spacedDash
	case r == '-' && n == 2:
		return emDash
	}
	return ""
}

// double sets a double quotation mark.
func (s *typesetter) double() string {
	if opensAfter(s.last) {
		return s.marks.open
	}
	return s.marks.close
}

// single sets an apostrophe, or in English a single quotation mark.
func (s *typesetter) single(rest string) string {
	next, _ := utf8.DecodeRuneInString(rest)
	switch {
	case unicode.IsLetter(s.last) && unicode.IsLetter(next):
		return "’"
	case s.marks.openSingle == "":
		return ""
	case opensAfter(s.last) && !unicode.IsDigit(next) && !beginsElided(rest):
		return s.marks.openSingle
	}
	return s.marks.closeLone
}

// beginsElided says whether a word English begins with an apostrophe follows.
func beginsElided(rest string) bool {
	end := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(rest)
	}
	word := strings.ToLower(rest[:end])
	for _, one := range elided {
		if word == one {
			return true
		}
	}
	return false
}

// space keeps together what no line may part: a title and its name, and in
// French a word and the sign after it.
func (s *typesetter) space(before, rest string) string {
	next, _ := utf8.DecodeRuneInString(rest)
	switch {
	case s.marks.narrow && (strings.ContainsRune(";!?»", next) || s.last == '«'):
		return string(narrowSpace)
	case s.marks.narrow && next == ':':
		return string(noBreak)
	case s.marks.openSingle != "" && (strings.HasSuffix(before, "Mr.") || strings.HasSuffix(before, "Mrs.") || strings.HasSuffix(before, "Ms.") || strings.HasSuffix(before, "Dr.")):
		return string(noBreak)
	case s.marks.initials && (endsInInitial(before) && len(rest) > 1 && unicode.IsLetter(next) && strings.HasPrefix(rest[utf8.RuneLen(next):], ".") ||
		strings.HasSuffix(before, "Dr.") || strings.HasSuffix(before, "Prof.")):
		return string(noBreak)
	}
	return ""
}

// endsInInitial says whether a single letter with a full stop is last.
func endsInInitial(text string) bool {
	text = strings.TrimSuffix(text, ".")
	letter, size := utf8.DecodeLastRuneInString(text)
	before, _ := utf8.DecodeLastRuneInString(text[:len(text)-size])
	return unicode.IsLetter(letter) && !unicode.IsLetter(before)
}

// opensAfter says whether a quotation mark after the character opens.
func opensAfter(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("([{“‘„«—–-/¡¿", r)
}

// asTyped are the marks whose words are never set: they are code, or a name a
// machine knows.
func asTyped(m prose.Mark) bool {
	switch m {
	case prose.Code, prose.Keyboard, prose.Sample, prose.Variable, prose.Player:
		return true
	}
	return false
}
