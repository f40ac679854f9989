package manuscript

import (
	"slices"
	"strings"
	"sync"
)

// tell is a family of words writers use when they talk to readers.
type tell struct {
	pattern guarded
	weight  int
}

var tells = []tell{
	{guard(`(?i)\br ?[&+] ?r\b|\breview(?:s|ed|er|ers|ing)?\b`), 2},
	{guard(`(?i)\bfan ?fic(?:tion)?s?\b|\bfics?\b|\bone-?shots?\b|\bdrabbles?\b|\bau\b`), 2},
	{guard(`(?i)\bbeta(?:s|'?d|ed| read(?:er)?)?\b|\bunbeta'?d\b`), 2},
	{guard(`(?i)\ba/n\b|author'?s note|\bdisclaimer\b`), 2},
	{guard(`(?i)\bupdat(?:e|es|ed|ing)\b|\bhiatus\b|\bcliff(?:ie|hanger)s?\b`), 2},
	{guard(`(?i)\bkudos\b|\bflam(?:e|es|ers)\b|\bplot ?bunn|\blurk(?:er|ers|ing)\b|\breaders\b`), 2},
	{guard(`(?i)\bchapters?\b|\bnext part\b|\bsequel\b`), 1},
	{guard(`(?i)\bdedicat(?:e|ed|ion)\b`), 1},
	{guard(`(?i)\benjoy\b|\bhappy reading\b|\bhope (?:you|it)\b`), 1},
	{guard(`(?i)\bsorry\b|\bapolog`), 1},
	{guard(`(?i)\bthank(?:s| you)\b|\bthanx\b`), 1},
	{guard(`(?i)\bexams?\b|\bhomework\b|\bfinals\b|\bwriter'?s block\b|\bcollege\b`), 1},
	{guard(`(?i)\blet me know\b|\bfeedback\b|\bcomments?\b|\bwhat (?:do|did) you(?: guys| all)? think\b|\btell me\b`), 1},
	{guard(`(?i)\bpost(?:ed|ing)\b|\bwrit(?:e|ten|ing)\b|\bwrote\b|\bpublish`), 1},
	{guard(`(?i)\bstory\b|\bscenes?\b|\bcanon\b|\bcharacters?\b|\bplot\b|\bseries\b|\bepisode\b|\bpairing\b`), 1},
	{guard(`(?i)\bspoilers?\b|\bwarnings?\b|\btypos?\b|\bmistakes\b|\binspired\b|\blyrics\b`), 1},
	{guard(`(?i)[:;]-?[)(dp](?:\W|$)|<3|\blol\b|\bxd\b|!!|\^_\^|\bu guys\b|\bya'?ll\b|\byou guys\b`), 1},
	{guard(`(?i)\bpatien(?:t|ce)\b|\bfor (?:the )?wait|\bfor waiting\b|\bkeep (?:me )?going\b|\bencourag|\bsupport\b`), 1},
}

// tellSigns are the words of which one stands in whatever talks to readers; nil:
// anything may.
var tellSigns = sync.OnceValue(func() *anyOf {
	var all []string
	for _, t := range tells {
		needs := t.pattern.needs()
		if needs == nil {
			return nil
		}
		all = append(all, needs.words...)
	}
	slices.Sort(all)
	if all = slices.Compact(all); len(all) > mostWords {
		return nil
	}
	return lookFor(all)
})

// pastWords are what somebody did in a story.
const pastWords = `had|was|were|did|said|told|looked|turned|took|went|came|stood|knew|thought|felt|saw|gave|got|put|made|left|ran|sat|found|held|heard|let|kept|` +
	`began|brought|caught|fell|spoke|woke|sent|lay|led|met|rose|shook|shut|slept|threw|wrote|could|would|[a-z]{2,}ed`

var (
	talksTo     = anyWord(`(?i)\b(?:i|i'm|i've|i'd|i'll|my|me|you|your|you're|you've|u|we|guys|everyone|everybody|please)\b`, "i my me you your u we guys everyone everybody please")
	toReader    = anyWord(`(?i)\b(?:you|your|you'?re|you'?ve|u|guys|everyone|everybody|reviewers?)\b`, "you your youre youve u guys everyone everybody reviewer reviewers")
	firstPast   = deedOf(`\bI (?:`+pastWords+`)\b`, "I", false)
	thirdPast   = deedOf(`(?i)\b(?:he|she|they|it) (?:`+pastWords+`)\b`, "he she they it", true)
	speech      = spoken{guard(`[,.!?…—-]["”’»]|^["“‘«„]`)}
	chapterWord = guard(`(?i)\b(?:chapters?|parts?|next one|this one|story)\b`)
	thanksLine  = guard(`(?i)^(?:and |also,? |oh,? )?(?:(?:special|many|big|huge|extra|lots of) )?thank(?:s| you| yous?) (?:so much |also |again )?(?:to|go(?:es)? to|for)\b`)
	thankYou    = guard(`(?i)\bthank you\b`)
	replyLine   = guard(`^[*_]{0,2}@?[\pL\pN_.'’ -]{1,30}[*_]{0,2} ?(?::| -|–)[*_]{0,2} +\S`)
	signOff     = guard(`(?i)^[~*_\-–— ]*(?:(?:ok(?:ay)?|anyway|so|well)[,. ]+)?(?:enjoy|enough (?:of|about)|happy reading|(?:and )?(?:now,? )?on with|without further|here (?:we|you|it) go|here'?s|please (?:read|review)|read (?:and|&)|love,?|lots of love|xo|cheers|hugs|ciao|ttfn|until next|see you|later|bye)\b`)
	penName     = guard(`^[~\-–—*]+ ?[\pL\pN_.' ]{1,24}[~\-–—*]*$|^\p{Lu}[\pL\pN_'.-]{1,20}(?: \p{Lu}[\pL\pN_'.-]{0,20})?[.!]?$`)
)

// chatter scores how much a text talks to readers about the story: the sum of
// the weights of the families that occur in it.
func chatter(text string) int {
	text = straight(clip(text, 4000))
	low := strings.ToLower(text)
	if signs := tellSigns(); signs != nil && !signs.in(low) {
		return 0
	}
	score := 0
	for _, t := range tells {
		if t.pattern.matches(text, low) {
			score += t.weight
		}
	}
	return score
}

// narrates is true for a paragraph that tells the story: speech, or somebody
// did something, with hardly a word for the readers.
func narrates(text string) bool {
	text = clip(text, 4000)
	told := thirdPast.MatchString(text) && !dedicated.MatchString(straight(text))
	return (speech.MatchString(text) || told) && chatter(text) < 3
}

// recounts is true for a paragraph in which somebody called I did something
// and no reader is spoken to: it may as well be the story.
func recounts(text string) bool {
	text = straight(clip(text, 4000))
	return firstPast.MatchString(text) && !toReader.MatchString(thankYou.ReplaceAllString(text, "")) && !talksShop(text)
}

// aboutTheText is true behind a label for a paragraph that speaks to readers
// or of the chapter.
func aboutTheText(text string) bool {
	text = thankYou.ReplaceAllString(straight(clip(text, 4000)), "")
	return toReader.MatchString(text) || chapterWord.MatchString(text) || talksShop(text)
}

// talksShop is true when a family of words occurs that only writers use.
func talksShop(text string) bool {
	low := strings.ToLower(text)
	for _, t := range tells {
		if t.weight > 1 && t.pattern.mayLow(low) && t.pattern.Pattern.MatchString(text) {
			return true
		}
	}
	return false
}

// addresses is true when the text says I or you.
func addresses(text string) bool { return talksTo.MatchString(straight(clip(text, 4000))) }

func straight(text string) string { return strings.ReplaceAll(text, "’", "'") }

// clip keeps weighing cheap whatever the length of a paragraph.
func clip(text string, n int) string {
	if len(text) <= n {
		return text
	}
	return strings.ToValidUTF8(text[:n], "")
}
