package prose_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ficus/internal/prose"
)

func sides(changes []prose.Change) (first, second string) {
	for _, c := range changes {
		if c.Side != prose.InSecond {
			first += c.Text
		}
		if c.Side != prose.InFirst {
			second += c.Text
		}
	}
	return first, second
}

func TestCompareLosesNothingOfEitherText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOf(rapid.SampledFrom([]string{"the", "lamp", "lamp,", "keeper", "\n", "\n\n", " ", "雨", "…"}))
		a, b := strings.Join(words.Draw(t, "a"), " "), strings.Join(words.Draw(t, "b"), " ")
		if first, second := sides(prose.Compare(a, b)); first != a || second != b {
			t.Fatalf("%q and %q came back as %q and %q", a, b, first, second)
		}
	})
}

func TestCompareFindsTheWordsThatChanged(t *testing.T) {
	got := prose.Compare("Tove set the lamp nearer to her elbow.", "Tove set the lamp nearer to her hand.")
	if len(got) != 3 || got[1].Text != "elbow." || got[2].Text != "hand." {
		t.Errorf("got %+v, want one word changed", got)
	}
}
