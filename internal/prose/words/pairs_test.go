package words_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"ficus/internal/prose/words"
)

// A phrase of frequent words is found by its pairs exactly where it stands, and
// everything else as it was found without pairs.
func TestPairsSayWhatThePhraseSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letter := rapid.SampledFrom([]string{"a", "b", "x", words.Between})
		text := rapid.SliceOfN(letter, 0, 60).Draw(t, "text")
		sought := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "a", "b", "x"}), 1, 4).Draw(t, "phrase")
		isFrequent := func(word string) bool { return word < "d" }
		kept := words.Paired(text, isFrequent)
		if !slices.Equal(kept[:len(text)], text) {
			t.Fatalf("%q is kept as %q", text, kept)
		}
		phrase := words.Phrase{Words: sought}
		pairs := phrase.Pairs(isFrequent)
		if wanted := len(sought) > 1 && !slices.Contains(sought, "x"); wanted != (pairs != nil) {
			t.Fatalf("of %q the pairs are %q", sought, pairs)
		}
		if stands, found := stand(text, sought), stand(kept, sought); found != stands {
			t.Fatalf("%q in %q: %v, and with pairs %v", sought, text, stands, found)
		}
		if stands, found := stand(text, sought), stand(kept, pairs); pairs != nil && found != stands {
			t.Fatalf("%q in %q: %v, but by pairs in %q: %v", sought, text, stands, kept, found)
		}
	})
}

// stand reports whether words stand among others, one behind the other.
func stand(all, these []string) bool {
	for at := range all {
		if len(all)-at >= len(these) && slices.Equal(all[at:at+len(these)], these) {
			return true
		}
	}
	return false
}

func TestABeginningMakesNoPair(t *testing.T) {
	frequent := func(string) bool { return true }
	if pairs := words.Sought("in th*").Pairs(frequent); pairs != nil {
		t.Errorf("it is sought as %q", pairs)
	}
}

// Runs that stand apart make no phrase, though their pairs would follow.
func TestPairsOfTwoRunsAreParted(t *testing.T) {
	frequent := func(word string) bool { return word != "x" }
	kept := words.Paired([]string{"b", "a", "x", "a", "a"}, frequent)
	if pairs := (words.Phrase{Words: []string{"b", "a", "a"}}).Pairs(frequent); len(pairs) != 2 || stand(kept, pairs) {
		t.Errorf("%q is found in %q", pairs, kept)
	}
}
