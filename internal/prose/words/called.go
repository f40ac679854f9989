package words

import "unicode/utf8"

// Between parts texts that are kept to be found as one, so that no phrase is
// found across them. It is a letter of nobody's, and in no word that is sought.
const Between = "\ue000"

// OfName gives the words that something is found by which is called so. In a
// name, which is short, the last letter of a run in a script without spaces is
// found by itself too: it begins no pair.
func OfName(name string) []string {
	var all, last []string
	for w := range Each(name) {
		all = append(all, w.Text)
		if letter, ends := lastOfRun(name, w); ends {
			last = append(last, Between, letter)
		}
	}
	return append(all, last...)
}

// lastOfRun gives the second letter of a pair, if its run ends with it.
func lastOfRun(text string, w Word) (letter string, ends bool) {
	if first, _ := utf8.DecodeRuneInString(text[w.From:]); !standsAlone(first) {
		return "", false
	}
	second := letterEnd(text, w.From)
	if second == w.To {
		return "", false
	}
	if next, _ := utf8.DecodeRuneInString(text[w.To:]); w.To < len(text) && standsAlone(next) {
		return "", false
	}
	of := Of(text[second:w.To])
	return of[0], true
}

// SoughtInNames is what was typed, as it is sought in what things are called:
// by the beginning of its last word.
func SoughtInNames(typed string) Phrase {
	p := Sought(typed)
	p.Begins = len(p.Words) > 0 && (p.Begins || len(p.Words) < LongestPhrase)
	return p
}
