package manuscript

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestAGuardedPatternMatchesWhatItsPatternDoes draws words of the pattern and
// letters whose forms are many.
func TestAGuardedPatternMatchesWhatItsPatternDoes(t *testing.T) {
	patterns := []guarded{viewWords, laterWords, dateWords, militaryTime, clockTime, isoDate, address, roomAddress, speech.guarded, thirdPast.guarded, firstPast.guarded, talksTo.guarded,
		toReader.guarded, thanksLine, replyLine, signOff, salutation, farewell, byeLine, dearLine, endWords, dedicated, forWhom, lengthForm, listFooter, foreignDate, eastDate}
	for _, t := range tells {
		patterns = append(patterns, t.pattern)
	}
	patterns = append(patterns, disclaimerTells...)
	word := regexp.MustCompile(`[\pL\pN:;,.!?'’"“”<>()^-]+`)
	rapid.Check(t, func(t *rapid.T) {
		g := rapid.SampledFrom(patterns).Draw(t, "pattern")
		words := append(word.FindAllString(g.String(), -1), "ſ", "K", "ſhow", "İ", "\u1c82", "ᲂт лица", " ", " two ", "7", "12:30", "\n", "Anna", "SORRY", "ß")
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 8).Draw(t, "words"), rapid.SampledFrom([]string{"", " "}).Draw(t, "joint"))
		if rapid.Bool().Draw(t, "loud") {
			text = strings.ToUpper(text)
		}
		if got, want := g.MatchString(text), g.Pattern.MatchString(text); got != want {
			t.Errorf("%q in %q: %v, the pattern says %v", g.String(), text, got, want)
		}
		if got, want := g.FindStringIndex(text), g.Pattern.FindStringIndex(text); !slices.Equal(got, want) {
			t.Errorf("%q in %q: %v, the pattern says %v", g.String(), text, got, want)
		}
	})
}

// TestGuardsAreFound says which patterns have none of their own.
func TestMostPatternsHaveWordsTheyNeed(t *testing.T) {
	for _, g := range append([]guarded{viewWords, laterWords, dateWords, address, speech.guarded, thirdPast.guarded, dedicated, endWords, dearLine}, disclaimerTells...) {
		if g.needs() == nil {
			t.Errorf("nothing is known that %q needs", g)
		}
	}
	for _, tell := range tells {
		if tell.pattern.needs() == nil {
			t.Errorf("nothing is known that %q needs", tell.pattern)
		}
	}
}

// What is looked at before two dear patterns never keeps them from a match.
func TestNoTimeAndNoRoomIsMissedByTheGlanceBefore(t *testing.T) {
	parts := []string{"0", "7", "12", "1200", "23:59", "5a", " ", "\t", ", ", ".", "h", "hrs", "Hours", "Zulu", "z", "Romeo", "local time", "UTC", "pst", "ship time", "ſtation time", "ſhip time",
		"Apartment", "apt.", "Flat", "ROOM", "suite", "ſuite", "ward", "Deck", "bay", "cell", "unit", "pier", "berth", "hangar", "platform", "level", "floor", "Chapter", "é", "K"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 1, 6).Draw(t, "parts"), "")
		low := strings.ToLower(text)
		if militaryTime.Pattern.MatchString(text) && !mayBeHours(low) {
			t.Errorf("the time in %q is missed", text)
		}
		if roomAddress.Pattern.MatchString(text) && !mayBeRoom(low) {
			t.Errorf("the room in %q is missed", text)
		}
	})
}
