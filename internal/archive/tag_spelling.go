package archive

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A name longer than this, in characters, is not cut into two words to see
// whether it was written as one.
const longestGlued = 24

// Spellings are other ways to spell a folded tag that may mean the same, the
// likeliest first and the tag itself in front: a hyphen for a space, two words
// written as one, the other order of a relationship, "and" for "&", without the
// article, the hash or what stands in brackets. They are guesses to be shown,
// never acted on.
func Spellings(folded string) []string {
	spellings := []string{folded}
	add := func(spelling string) {
		spelling = strings.Join(strings.Fields(spelling), " ")
		if spelling != "" && !slices.Contains(spellings, spelling) {
			spellings = append(spellings, spelling)
		}
	}
	plain := strings.TrimLeft(folded, "#")
	add(plain)
	add(strings.NewReplacer("-", " ", "_", " ").Replace(plain))
	add(turnedRound(plain))
	add(strings.ReplaceAll(plain, " and ", " & "))
	add(strings.ReplaceAll(plain, " & ", " and "))
	add(strings.ReplaceAll(plain, " & ", "/"))
	add(strings.ReplaceAll(plain, " x ", "/"))
	if article, rest, found := strings.Cut(plain, " "); found && (article == "the" || article == "a") {
		add(rest)
	} else {
		add("the " + plain)
	}
	if before, _, found := strings.Cut(plain, "("); found {
		add(before)
	}
	if one, found := strings.CutSuffix(plain, "s"); found {
		add(one)
	} else {
		add(plain + "s")
	}
	words := strings.ReplaceAll(plain, "-", " ")
	add(strings.ReplaceAll(words, " ", "-"))
	if strings.Count(words, " ") == 1 {
		add(strings.ReplaceAll(words, " ", ""))
	}
	for _, cut := range cuts(plain) {
		add(cut)
	}
	return spellings
}

// turnedRound is a relationship in the other order: who is named last, first.
func turnedRound(name string) string {
	for _, between := range []string{"/", " & "} {
		if names := strings.Split(name, between); len(names) > 1 {
			slices.Reverse(names)
			for i := range names {
				names[i] = strings.TrimSpace(names[i])
			}
			return strings.Join(names, between)
		}
	}
	return ""
}

// cuts are the ways to cut a single word in two.
func cuts(word string) []string {
	if utf8.RuneCountInString(word) > longestGlued || strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) {
		return nil
	}
	var all []string
	for i := range word {
		if i > 0 {
			all = append(all, word[:i]+" "+word[i:])
		}
	}
	return all
}
