package generate

import (
	"fmt"
	"strings"
)

// Names are spelt of a hundred syllables, a beginning and a vowel each, so that
// no two numbers below ten thousand times ten thousand are one name.
const (
	beginnings = "v th br k dr s zh m l kv n tr r sk d vr f h st gl"
	vowels     = "aeiou"
	syllables  = 100
	names      = syllables * syllables * syllables * syllables

	// scatter keeps neighbours from being called alike; it has no divisor in
	// common with the number of names.
	scatter = 68_718_953
)

// speller writes names.
type speller struct{ first []string }

func newSpeller() speller { return speller{strings.Fields(beginnings)} }

// name is the given name and the surname of a number.
func (s speller) name(n uint64) (given, surname string) {
	n = (n*scatter + 7_654_321) % names
	return s.word(n / (syllables * syllables)), s.word(n % (syllables * syllables))
}

// word is two syllables with a capital.
func (s speller) word(n uint64) string {
	var b strings.Builder
	for _, syllable := range []uint64{n / syllables, n % syllables} {
		b.WriteString(s.first[syllable/uint64(len(vowels))])
		b.WriteByte(vowels[syllable%uint64(len(vowels))])
	}
	word := b.String()
	return strings.ToUpper(word[:1]) + word[1:]
}

// The words of freeforms, titles and summaries: 64 each, 32 and 24.
var (
	qualities = strings.Fields(`quiet lamplit reluctant borrowed salted winding patient brass crooked hollow gentle forgotten
		second paper amber distant stubborn woollen unfinished northern shared hidden midnight rusted careful feral tidal silver
		wandering spare broken painted early endless accidental formal furious tender ordinary haunted upstairs wooden sudden
		unlikely secret rainy golden mistaken velvet frozen hungry final slow drowned copper mended loud honest folded burning
		sleepless misplaced wild mossy`)
	things = strings.Fields(`harbours kitchens gardeners letters lanterns ferries orchards staircases maps promises umbrellas
		clockmakers bridges scarves bakers moths tides gloves arguments neighbours radios beekeepers postcards cellars duels
		rehearsals sandwiches librarians balconies storms anchors weddings trains chimneys violins keys ghosts markets islands
		telescopes understudies spoons cartographers winters boots mirrors apologies teacups rooftops wolves suitcases choirs
		ledgers pilots mountains bells curtains stowaways gardens blankets engines shadows festivals rivers`)
	settings = []string{
		"at sea", "in winter", "after the war", "before breakfast", "by the canal", "in the archive", "on the last tram", "under the pier",
		"at the academy", "in exile", "during the flood", "between worlds", "in the kitchen", "on tour", "at court", "in small towns",
		"after midnight", "in letters", "at the harbour", "on the mountain", "in disguise", "over tea", "out of order", "in the theatre",
		"at the border", "in the fog", "on strike", "in the margins", "at a distance", "in the greenhouse", "without words", "in good company",
	}
	manners = []string{
		"mentioned", "implied", "past", "future", "mild", "heavy", "canon-like", "background", "eventual", "brief", "mostly", "almost",
		"one-sided", "attempted", "alternate", "unreliable", "lots of", "no", "too many", "author loves", "inspired by", "ending with", "beginning with", "secretly",
	}
)

// phrase is a freeform by its place in popularity: two words for the first four
// thousand, then with a setting, then with a manner.
func phrase(n int) string {
	quality, thing := qualities[n*37%64], things[(n/64*29+n)%64]
	n /= 64 * 64
	if n == 0 {
		return capital(quality) + " " + thing
	}
	n--
	setting := settings[n*13%32]
	n /= 32
	if n == 0 {
		return capital(quality) + " " + thing + " " + setting
	}
	n--
	return capital(manners[n%24]) + " " + quality + " " + thing + " " + setting + strings.Repeat(" again", n/24)
}

// title is a work's, by a number that may be any.
func (s speller) title(n uint64) string {
	quality, thing, setting := qualities[n%64], things[n>>6%64], settings[n>>12%32]
	given, surname := s.name(n >> 20)
	switch n >> 17 % 8 {
	case 0:
		return capital(quality) + " " + capital(thing)
	case 1:
		return "The " + capital(quality) + " " + capital(thing) + " of " + surname
	case 2:
		return capital(thing) + " " + setting
	case 3:
		return "What " + given + " Kept"
	case 4:
		return given + " and the " + capital(quality) + " " + capital(thing)
	case 5:
		return quality + " " + thing
	case 6:
		return "A Year of " + capital(thing)
	}
	return capital(setting) + ", " + quality
}

// summary says of a work what it is about.
func (s speller) summary(n uint64) string {
	given, surname := s.name(n >> 9)
	quality, thing, setting := qualities[n>>3%64], things[n>>11%64], settings[n>>19%32]
	text := fmt.Sprintf("%s never asked for %s %s. Then somebody from %s comes to stay %s, and nothing is where it was.", given, quality, thing, surname, setting)
	if n%3 == 0 {
		text += fmt.Sprintf(" Or: how to lose %s and find a friend.", things[n>>24%64])
	}
	return "<p>" + text + "</p>"
}

// texts is how many texts there are; a generated chapter bears one of them
// whatever its count of words says.
const texts = 64

// text is one of them.
func (s speller) text(n uint64) string {
	given, surname := s.name(n)
	other, _ := s.name(n + texts)
	quality, thing, setting := qualities[n%64], things[n*7%64], settings[n%32]
	return fmt.Sprintf("<p>%s had counted the %s twice, and %s there was one too many.</p>\n<p>“It was %s’s idea,” said %s, who stood in the door with a %s coat and no excuse. "+
		"“You may stay until the bell. Then we go to %s, and nobody is to say a word about %s.”</p>\n<p>Nobody said a word. It was the longest evening they had known.</p>",
		given, thing, setting, other, given, quality, surname, things[n*11%64])
}

func capital(word string) string { return strings.ToUpper(word[:1]) + word[1:] }
