package archive

import (
	"math"
	"strings"
	"unicode"

	"ficus/internal/pattern"
)

// Signals are what the spam score of a comment is made of. It is asked for
// guests and new members only; what it holds, people look at.
type Signals struct {
	Text     string              // plain
	Repeats  int                 // how often the same was said elsewhere within a day
	Lately   int                 // comments of the same member in the last ten minutes
	Known    map[string]WordSeen // how often its words stood in spam and in what was approved
	Spam, Ok int                 // how many comments were marked as spam, and approved
}

// WordSeen is how often a word stood in comments that people judged.
type WordSeen struct{ Spam, Ok int }

// suspectFrom is the score from which a comment is held.
const suspectFrom = 50

// Suspect reports whether the comment looks like spam.
func (s Signals) Suspect() bool { return s.Score() >= suspectFrom }

// Score adds up what speaks for spam, from 0.
func (s Signals) Score() int {
	score := 0
	addresses := len(Addresses(s.Text))
	score += min(addresses*25, 60)
	if addresses > 0 && len([]rune(s.Text)) < 80 {
		score += 15 // little but an address
	}
	score += min(s.Repeats*20, 60)
	if s.Lately >= 5 {
		score += min((s.Lately-4)*10, 50)
	}
	if asksAway(s.Text) {
		score += 50
	}
	if shouts(s.Text) {
		score += 15
	}
	return score + s.learnt()
}

// learnt is what people's marks teach of the words: from -30 to 60, nothing
// before some of each were judged.
func (s Signals) learnt() int {
	const enough, most = 5, 15
	if s.Spam < enough || s.Ok < enough {
		return 0
	}
	var odds []float64
	for _, word := range Words(s.Text) {
		seen, known := s.Known[word]
		if !known {
			continue
		}
		spam, ok := (float64(seen.Spam)+.5)/(float64(s.Spam)+1), (float64(seen.Ok)+.5)/(float64(s.Ok)+1)
		odds = append(odds, math.Log(spam/ok))
	}
	if len(odds) == 0 {
		return 0
	}
	sum := 0.0
	for _, o := range strongest(odds, most) {
		sum += o
	}
	return int(min(max(sum*10, -30), 60))
}

// strongest gives the values that say most, either way.
func strongest(values []float64, most int) []float64 {
	for i := 0; i < min(most, len(values)); i++ {
		for j := i + 1; j < len(values); j++ {
			if math.Abs(values[j]) > math.Abs(values[i]) {
				values[i], values[j] = values[j], values[i]
			}
		}
	}
	return values[:min(most, len(values))]
}

// mostSpamWords bounds what is looked up and learnt of one comment.
const mostSpamWords = 60

// Words gives the different words of a text that are worth remembering, folded,
// a limited number.
func Words(text string) []string {
	seen := map[string]bool{}
	var words []string
	for _, word := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		n := len([]rune(word))
		if n < 3 || n > 30 || seen[word] {
			continue
		}
		seen[word] = true
		if words = append(words, word); len(words) == mostSpamWords {
			break
		}
	}
	return words
}

var (
	addressForm = pattern.New(`(?i)\b(?:https?://|www\.)[^\s<>"()]+|\b[a-z0-9-]{2,}\.(?:com|net|org|info|biz|io|me|gg|shop|store|site|online|xyz|top|club|app|link|ru|cn|uk|de|fr)\b(?:/[^\s<>"()]*)?`)
	// Praise that wants one to write elsewhere: the shape of those who sell
	// pictures of one's characters.
	elsewhereForm = pattern.New(`(?i)\b(?:discord|telegram|whats ?app|instagram|insta|snapchat|e-?mail|gmail|dms?|private(?:ly)?|inbox)\b`)
	wantsForm     = pattern.New(`(?i)\b(?:contact|reach|message|add|text|write|hit)\s+(?:to\s+)?(?:me|us|out)\b|\b(?:do|may|can|could)\s+(?:you|i|we)\s+(?:have|get|add|share)\b|\b(?:commission|illustrat|artist|artwork|comic|animat|portfolio|promot|audiobook|trailer)`)
)

// Addresses lists the addresses of other places that stand in a plain text.
func Addresses(text string) []string { return addressForm.FindAllString(text, -1) }

func addsAddress(before, after string) bool {
	known := map[string]bool{}
	for _, address := range Addresses(before) {
		known[strings.ToLower(address)] = true
	}
	for _, address := range Addresses(after) {
		if !known[strings.ToLower(address)] {
			return true
		}
	}
	return false
}

func asksAway(text string) bool {
	return elsewhereForm.MatchString(text) && wantsForm.MatchString(text)
}

// shouts: long, and mostly in capitals.
func shouts(text string) bool {
	upper, letters := 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
			if unicode.IsUpper(r) {
				upper++
			}
		}
	}
	return letters >= 60 && upper*10 > letters*7
}
