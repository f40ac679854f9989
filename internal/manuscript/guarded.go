package manuscript

import (
	"regexp/syntax"
	"slices"
	"strings"
	"sync"
	"unicode"

	"ficus/internal/pattern"
)

// guarded is a pattern that first looks for the words without which it cannot
// match, which are found in the pattern itself: patterns are dear, and a text
// may have a hundred thousand lines.
type guarded struct {
	*pattern.Pattern
	needs func() *anyOf // one of them stands, in small letters, in whatever matches; nil: anything may
}

// guard is the pattern of a text, made ready when it is first used.
func guard(text string) guarded {
	return guarded{pattern.New(text), sync.OnceValue(func() *anyOf {
		tree, err := syntax.Parse(text, syntax.Perl)
		if err != nil {
			return nil
		}
		needs := needsOf(tree)
		if needs == nil {
			return nil
		}
		return lookFor(append(needs, oddLetters...))
	})}
}

// may is false for a text the pattern cannot match.
func (g guarded) may(text string) bool {
	needs := g.needs()
	return needs == nil || needs.inAnyCase(text)
}

// mayLow is may for a text in small letters.
func (g guarded) mayLow(low string) bool {
	needs := g.needs()
	return needs == nil || needs.in(low)
}

// makeReady makes ready the patterns that nearly every text asks for. It is done
// once, beside the first reading.
var makeReady = sync.OnceFunc(func() {
	pageTitle.Ready()
	for _, g := range []guarded{militaryTime, dateWords, isoDate, clockTime, address, roomAddress, bareTime, timeAtPlace, noteLabel} {
		g.needs()
		g.Ready()
	}
	sectionNumber.Ready()
	tellSigns()
})

// oddLetters are the small letters that patterns take for others: the long s
// and the rounded ones of old Cyrillic. A text with one may match anything.
var oddLetters = []string{"ſ", "\u1c80", "\u1c81", "\u1c82", "\u1c83", "\u1c84", "\u1c85", "\u1c86", "\u1c87", "\u1c88"}

// MatchString is that of the pattern.
func (g guarded) MatchString(text string) bool { return g.may(text) && g.Pattern.MatchString(text) }

// matches is MatchString of a text that stands in small letters too.
func (g guarded) matches(text, low string) bool { return g.mayLow(low) && g.Pattern.MatchString(text) }

// FindStringIndex is that of the pattern.
func (g guarded) FindStringIndex(text string) []int {
	if !g.may(text) {
		return nil
	}
	return g.Pattern.FindStringIndex(text)
}

// FindStringSubmatchIndex is that of the pattern.
func (g guarded) FindStringSubmatchIndex(text string) []int {
	if !g.may(text) {
		return nil
	}
	return g.Pattern.FindStringSubmatchIndex(text)
}

// FindStringSubmatch is that of the pattern.
func (g guarded) FindStringSubmatch(text string) []string {
	if !g.may(text) {
		return nil
	}
	return g.Pattern.FindStringSubmatch(text)
}

// mostNeeds is how many words are looked for at most before a pattern.
const mostNeeds = 80

// needsOf finds words of which one stands in whatever an expression matches.
func needsOf(e *syntax.Regexp) []string {
	switch e.Op {
	case syntax.OpLiteral:
		return literalNeeds(e)
	case syntax.OpCharClass:
		return classNeeds(e)
	case syntax.OpCapture, syntax.OpPlus:
		return needsOf(e.Sub[0])
	case syntax.OpRepeat:
		if e.Min > 0 {
			return needsOf(e.Sub[0])
		}
	case syntax.OpConcat:
		var best []string
		for _, part := range e.Sub {
			if needs := needsOf(part); better(needs, best) {
				best = needs
			}
		}
		return best
	case syntax.OpAlternate:
		return eitherNeeds(e.Sub)
	}
	return nil
}

// eitherNeeds are the words of all ways a text may go.
func eitherNeeds(ways []*syntax.Regexp) (all []string) {
	for _, way := range ways {
		needs := needsOf(way)
		if all = append(all, needs...); needs == nil || len(all) > mostNeeds {
			return nil
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// literalNeeds is a literal in small letters, unless it may be written with
// letters whose small form is another.
func literalNeeds(e *syntax.Regexp) []string {
	for _, r := range e.Rune {
		if !foldsPlainly(r) {
			return nil
		}
	}
	return []string{strings.ToLower(string(e.Rune))}
}

// foldsPlainly is true for a character whose other forms have one small form,
// but for the odd ones.
func foldsPlainly(r rune) bool {
	low := unicode.ToLower(r)
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		if !slices.Contains(oddLetters, string(f)) && unicode.ToLower(f) != low {
			return false
		}
	}
	return true
}

// classNeeds are the characters of a small class.
func classNeeds(e *syntax.Regexp) (all []string) {
	const most = 12
	for i := 0; i+1 < len(e.Rune); i += 2 {
		if int(e.Rune[i+1]-e.Rune[i])+len(all) > most {
			return nil
		}
		for r := e.Rune[i]; r <= e.Rune[i+1]; r++ {
			switch odd := slices.Contains(oddLetters, string(r)); {
			case !odd && !foldsPlainly(r):
				return nil
			case !odd:
				all = append(all, strings.ToLower(string(r)))
			}
		}
	}
	return all
}

// better is true for words that tell more: longer ones first, then fewer.
func better(needs, than []string) bool {
	if needs == nil || than == nil {
		return needs != nil
	}
	a, b := shortest(needs), shortest(than)
	return a > b || a == b && len(needs) < len(than)
}

// shortest is how long the shortest word is. A letter by itself is in every
// text, so it counts for nothing.
func shortest(words []string) int {
	n := len(words[0])
	for _, word := range words {
		n = min(n, len(word))
		if len(word) == 1 && word[0] >= 'a' && word[0] <= 'z' {
			return 0
		}
	}
	return n
}
