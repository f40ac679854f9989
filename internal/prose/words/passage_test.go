package words_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"ficus/internal/prose/words"
)

// Every phrase of a text stands wholly in one of its passages, and no passage
// holds more than PostgreSQL keeps.
func TestEveryPhraseStandsInAPassage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kinds := rapid.SampledFrom([]int{1, 2, 30, 20_000}).Draw(t, "different words")
		all := make([]string, rapid.IntRange(0, 30_000).Draw(t, "words"))
		for i := range all {
			all[i] = fmt.Sprint((i * 7919) % kinds)
		}
		passages := words.Passages(all)
		from := 0
		for i, passage := range passages {
			counted := map[string]int{}
			for _, word := range passage {
				counted[word]++
			}
			if len(passage) > 8_000 {
				t.Fatalf("a passage has %d words", len(passage))
			}
			for word, n := range counted {
				if n > 255 {
					t.Fatalf("a passage has the word %s %d times", word, n)
				}
			}
			if !slices.Equal(all[from:min(len(all), from+len(passage))], passage) {
				t.Fatalf("passage %d is not the text", i)
			}
			from += len(passage)
			if i < len(passages)-1 {
				if len(passage) <= words.LongestPhrase {
					t.Fatalf("passage %d has %d words, no more than the next begins with", i, len(passage))
				}
				from -= words.LongestPhrase
			}
		}
		if from != len(all) {
			t.Fatalf("the passages end at %d of %d", from, len(all))
		}
	})
}

func TestAPhraseIsFoundAmongWords(t *testing.T) {
	text := slices.Collect(words.Each("The lamp was lit at half-past six. 静かな夜。"))
	for _, c := range []struct {
		typed       string
		first, last int
		found       bool
	}{
		{"lamp", 1, 1, true}, {"half past six", 5, 7, true}, {"LIT at half", 3, 5, true}, {"lam*", 1, 1, true}, {"half-pa*", 5, 6, true}, {"six 静か", 7, 8, true},
		{"lam", 0, 0, false}, {"lamp lit", 0, 0, false}, {"", 0, 0, false}, {"*", 0, 0, false}, {"…", 0, 0, false}, {"静", 8, 8, true}, {"な夜", 10, 10, true}, {"夜", 0, 0, false},
	} {
		first, last, found := words.Sought(c.typed).In(text)
		if first != c.first || last != c.last || found != c.found {
			t.Errorf("%q is found at %d to %d, %v; not at %d to %d, %v", c.typed, first, last, found, c.first, c.last, c.found)
		}
	}
}
