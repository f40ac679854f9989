package manuscript

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestWhatIsWrittenOutSaysWhatItsPatternSays holds each against its pattern
// over many texts of words and signs that matter to them.
func TestWhatIsWrittenOutSaysWhatItsPatternSays(t *testing.T) {
	parts := strings.Split(`he|she|they|it|I|i|He|SHE|It|said|walked|ed|red|added|Walked|WALKED|walk3d|had|was|saidx|x_said|you|You|your|you're|youre|youve|u|U|we|my|me|guys|everyone|everybodys|please|reviewers|reviewer|the|lamp`+
		`| | | | |,|.|!|?|…|—|-|"|”|’|»|“|‘|«|„|'|_|é|ſ|K|ſaid|aſked|tooK|guyſ|`+"\n", "|")
	random := rand.New(rand.NewPCG(7, 240))
	for range 60_000 {
		var s strings.Builder
		for range 1 + random.IntN(9) {
			s.WriteString(parts[random.IntN(len(parts))])
		}
		text := s.String()
		for _, one := range []struct {
			name      string
			got, want bool
		}{
			{"talksTo", talksTo.MatchString(text), talksTo.Pattern.MatchString(text)},
			{"toReader", toReader.MatchString(text), toReader.Pattern.MatchString(text)},
			{"firstPast", firstPast.MatchString(text), firstPast.Pattern.MatchString(text)},
			{"thirdPast", thirdPast.MatchString(text), thirdPast.Pattern.MatchString(text)},
			{"speech", speech.MatchString(text), speech.Pattern.MatchString(text)},
		} {
			if one.got != one.want {
				t.Fatalf("%s says %v of %q, its pattern %v", one.name, one.got, text, one.want)
			}
		}
	}
}
