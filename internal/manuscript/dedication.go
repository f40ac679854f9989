package manuscript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	dedicated = guard(`(?i)\b(?:dedicat(?:ed|ing)(?: (?:this|it|the)\b(?: [\pL]+){0,2})? to|dedicate (?:this|the|it)(?: [\pL]+){0,2} to|dedicate[sd]?:|dedication:|goes out to|(?:this|the)(?: (?:one|chapter|story|fic|part))?(?:'s| is| was written) for|(?:a |birthday )?(?:gift|present) for)\s+`)
	forWhom   = guard(`(?:^|[.!?] )(?:For|To) (\p{Lu}[\pL\pN_'’-]*(?: \p{Lu}[\pL\pN_'’-]*){0,2})(?:, (?:who|whose|because|as|with|without)\b|[.!]?$|[.!] )`)
)

// dedicationName finds to whom a note dedicates the text and gives the name
// alone: "Pell", or what stands for one: "my reviewers".
func dedicationName(note string) string {
	text := straight(clip(note, 20_000))
	for _, line := range strings.Split(text, "\n") {
		if m := dedicated.FindStringIndex(line); m != nil {
			if name := nameAt(line[m[1]:]); name != "" {
				return name
			}
		}
		if m := forWhom.FindStringSubmatch(line); m != nil {
			return m[1]
		}
	}
	return ""
}

// nameAt reads the name a text begins with, past words such as "my dear friend".
func nameAt(text string) string {
	if stop := strings.IndexAny(text, ".,;:!?()—–\""); stop >= 0 && !handleDot(text, stop) {
		text = text[:stop]
	}
	words := strings.Fields(text)
	for i, word := range words {
		if i > 6 || i > 0 && stopsName(word) {
			words = words[:i]
			break
		}
		if looksNamed(word) {
			return strings.Join(nameRun(words[i:]), " ")
		}
	}
	if len(words) > 5 {
		words = words[:5]
	}
	name := strings.Trim(strings.Join(words, " "), "*_~")
	switch strings.ToLower(name) {
	case "you", "her", "him", "them", "it", "us", "me", "that", "this", "a", "the":
		return ""
	}
	return name
}

// handleDot is true for a point inside a name: "mara.q".
func handleDot(text string, at int) bool {
	next, _ := utf8.DecodeRuneInString(text[at+1:])
	return text[at] == '.' && unicode.IsLetter(next)
}

// nameRun is the words that go on being the name, over "and" between names.
func nameRun(words []string) []string {
	run := []string{strings.Trim(words[0], "*_~")}
	for i := 1; i < len(words); i++ {
		word := strings.Trim(words[i], "*_~")
		joint := (word == "and" || word == "&") && i+1 < len(words) && looksNamed(words[i+1])
		if !joint && !looksNamed(word) || word == "I" || joint && strings.HasPrefix(words[i+1], "I") && len(words[i+1]) < 3 {
			break
		}
		run = append(run, word)
	}
	return run
}

// looksNamed is true for a capitalised word or a handle with figures.
func looksNamed(word string) bool {
	word = strings.Trim(word, "*_~'")
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r) || strings.ContainsAny(word, "_0123456789")
}

func stopsName(word string) bool {
	switch strings.ToLower(word) {
	case "who", "whose", "for", "because", "since", "as", "that", "and", "with", "without", "in", "on", "from", "but", "so", "i":
		return true
	}
	return false
}

// dedicationLine takes a paragraph that only dedicates, before the story.
func (z *zone) dedicationLine(i int) int {
	p := &z.r.paras[i]
	if wordCount(p.text) > 25 || dedicationName(p.text) == "" || thirdPast.MatchString(p.text) {
		return 0
	}
	bounded := z.r.bounded(i+1, z.hi)
	says := dedicated.MatchString(straight(p.text)) && (bounded || z.taken > 0 || chatter(p.text) > 0)
	if !says && !(forWhom.MatchString(p.text) && bounded) {
		return 0
	}
	z.r.set(i, i+1, guess{what: OpeningNote, rule: "note.dedication", confidence: 0.92})
	return 1
}
