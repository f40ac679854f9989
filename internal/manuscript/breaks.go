package manuscript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// breakMark is a line drawn between scenes.
type breakMark struct {
	rule       string
	confidence float64
}

const (
	brackets = "[](){}<>【】（）「」［］"
	// ruleSigns are the signs breaks are drawn with on a typewriter.
	ruleSigns = "*~-–—―─=#+•·◦_/\\|«»<>¤§"
	// speechSigns alone are a silence or a cry, never a break.
	speechSigns = ".…?!\"'“”‘’,;:()[]"
)

var breakWords = guard(`(?i)^(?:(?:scene|line|page|section|chapter|story|paragraph) ?)?break$|^time ?(?:skip|jump|lapse)$|^(?:zeilenumbruch|szenenwechsel|zeitsprung|absatz|saut de ligne|changement de scène|ellipse|salto de línea|cambio de escena|quebra de linha|mudança de cena|cambio scena|cambio di scena|смена сцены|разрыв|分割线|分隔线|场景切换|场景转换|场景变换|場面転換|シーン転換|장면 전환)$`)

// breakOf reads a break by its shape alone: a row of signs, a family such as
// oOo, or the word in brackets.
func breakOf(text string) (breakMark, bool) {
	if len(text) > 400 || text == "" || beginsWord(text) || !within(text, 120) {
		return breakMark{}, false
	}
	count := utf8.RuneCountInString(text)
	if inner := strings.Trim(text, brackets+"*~-=–— "); inner != text && breakWords.MatchString(inner) {
		return breakMark{"break.words", 0.97}, true
	}
	if hasLetters(text) {
		return familyBreak(text, count)
	}
	if count > 40 && distinct(text) > 2 {
		return breakMark{}, false
	}
	return signBreak(text, count)
}

// beginsWord is the quick look: a letter no break begins with.
func beginsWord(text string) bool {
	switch c := text[0] | 0x20; c {
	case 'o', 'x':
		return false
	default:
		return c >= 'a' && c <= 'z'
	}
}

func hasLetters(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0
}

func distinct(text string) int {
	seen := map[rune]bool{}
	for _, r := range text {
		if r != ' ' {
			seen[r] = true
		}
	}
	return len(seen)
}

// signBreak weighs a line without letters or figures.
func signBreak(text string, count int) (breakMark, bool) {
	if count == 1 {
		return oneSign(text)
	}
	if onlyOf(text, speechSigns+" ") {
		drawn := count > 5 && strings.Contains(text, ":") && onlyOf(text, ".: ")
		return breakMark{"break.doubtful", 0.6}, drawn
	}
	if onlyOf(text, ruleSigns+". ") {
		switch {
		case strings.Contains(text, "_") && distinct(text) > 1, strings.Trim(text, "-") == "." && count == 3:
			return breakMark{"break.doubtful", 0.6}, true
		case onlyOf(text, "-–") && count == 2:
			return breakMark{"break.doubtful", 0.85}, true
		}
		return breakMark{"break.symbols", 0.97}, true
	}
	if count <= 4 && strings.ContainsAny(text, ":;()[]{},") {
		return breakMark{}, false // a face, or what is left of a list
	}
	if onlyOf(text, ruleSigns+"^:;.,'\"()°"+" ") && strings.ContainsAny(text, ruleSigns) {
		return breakMark{"break.doubtful", 0.6}, true
	}
	return breakMark{"break.symbols", 0.93}, strings.IndexFunc(text, ornament) >= 0
}

// oneSign weighs a sign that stands alone on its line: it may be padding, a
// slip of the finger or speech cut off.
func oneSign(text string) (breakMark, bool) {
	r, _ := utf8.DecodeRuneInString(text)
	switch {
	case r == '*' || r == '#' || r == '§':
		return breakMark{"break.symbols", 0.92}, true
	case strings.ContainsRune(".-–—=~+_•·", r):
		return breakMark{"break.doubtful", 0.6}, true
	case strings.ContainsRune(speechSigns, r):
		return breakMark{}, false
	}
	return breakMark{"break.symbols", 0.92}, ornament(r)
}

// ornament is a sign nobody types in a sentence.
func ornament(r rune) bool {
	return unicode.Is(unicode.So, r) || strings.ContainsRune("*＊※⁂⁑†‡～〜◆◇○●★☆", r)
}

func onlyOf(text, set string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return !strings.ContainsRune(set, r) }) < 0
}

// familyBreak reads the breaks made of letters: oOo, xXx, ooooo, ~x~, . oO0Oo .
func familyBreak(text string, count int) (breakMark, bool) {
	if count > 40 || !onlyOf(text, "oO0xX*~-–—=#+•·_.<>() ") {
		return breakMark{}, false
	}
	low := strings.ToLower(strings.Map(letterOnly, text))
	if strings.Trim(low, "o0") != "" && strings.Trim(low, "x") != "" || strings.Trim(low, "0") == "" {
		return breakMark{}, false
	}
	if len(low) >= 3 {
		return breakMark{"break.family", 0.95}, text != "xxx."
	}
	first, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	framed := len(low) == 1 && first == last && strings.ContainsRune("*~-–—=+", first)
	return breakMark{"break.family", 0.93}, framed
}

// letterOnly drops every character that is no letter or figure.
func letterOnly(r rune) rune {
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		return r
	}
	return -1
}

// shapeOf is what makes two breaks the same break: its signs without spaces
// and repeats.
func shapeOf(text string) string {
	var s strings.Builder
	var before rune
	for _, r := range text {
		if r != ' ' && r != before {
			s.WriteRune(r)
		}
		before = r
	}
	return s.String()
}

// surveyBreaks finds all breaks by shape, then believes a doubtful shape that
// comes back three times.
func (r *recogniser) surveyBreaks() {
	if !r.src.own {
		defer r.surveyPictures() // their shapes are not compared
	}
	shapes := map[string]int{}
	found := make([]breakMark, len(r.paras))
	inParts(len(r.paras), func(i int) {
		if mark, ok := r.breakShape(i); ok {
			found[i] = mark
		}
	})
	for i, mark := range found {
		if mark.rule != "" {
			r.breaks[i] = mark
			shapes[shapeOf(r.paras[i].raw)]++
		}
	}
	for i, mark := range r.breaks {
		again := shapes[shapeOf(r.paras[i].raw)]
		switch {
		case mark.rule == "break.doubtful" && again >= 3:
			r.breaks[i] = breakMark{"break.symbols", 0.92}
		case mark.rule == "break.symbols" && again >= 2:
			mark.confidence = max(mark.confidence, 0.98)
			r.breaks[i] = mark
		}
	}
}

func (r *recogniser) breakShape(i int) (breakMark, bool) {
	p := &r.paras[i]
	switch {
	case p.form == rule && p.start == p.end && p.block == nil:
		return breakMark{"break.gap", 0.7}, true
	case p.form == rule:
		return breakMark{"break.rule", 0.99}, true
	case p.form == markup || p.form == verse:
		return breakMark{}, false
	case strings.Contains(p.text, "\n"):
		return breakMark{}, false
	}
	mark, ok := breakOf(strings.TrimSpace(p.raw))
	if !ok {
		mark, ok = r.habitBreak(i)
	}
	if !ok || mark.rule != "break.doubtful" {
		return mark, ok && !r.underline(i)
	}
	return mark, !r.amongSpeech(i)
}

// underline is true for a row without gaps drawn right under a short line of its own length:
// it belongs to that line.
func (r *recogniser) underline(i int) bool {
	p := &r.paras[i]
	if i == 0 || p.gap > 0 || !onlyOf(strings.TrimSpace(p.raw), "*~-=–—_") {
		return false
	}
	above := &r.paras[i-1]
	if !above.short(80) || endsSentence(above.text) {
		return false
	}
	off := utf8.RuneCountInString(p.raw) - utf8.RuneCountInString(above.text)
	return off >= -3 && off <= 3
}

// amongSpeech is true for a lone dash or point that ends or opens speech.
func (r *recogniser) amongSpeech(i int) bool {
	return i > 0 && i+1 < len(r.paras) && r.paras[i-1].quoted() && r.paras[i+1].quoted()
}
