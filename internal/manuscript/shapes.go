package manuscript

import (
	"strings"

	"ficus/internal/prose"
)

// markShapes finds, among the plain paragraphs of the story, letters, threads
// of messages and verse by their shape. Every word stays where it is.
func (r *recogniser) markShapes() {
	for i := 0; i < len(r.paras); {
		i += max(r.letterFrom(i), r.threadFrom(i), r.stanzaFrom(i), 1)
	}
}

// plainStory is true for a paragraph of the story that nothing was made of yet.
func (r *recogniser) plainStory(i int) bool {
	if i >= len(r.paras) {
		return false
	}
	g := &r.guess[i]
	return g.what == InStory && g.kind == prose.Paragraph && g.offer == "" && r.paras[i].form == plain && g.rule == "text.paragraph"
}

// shape makes the paragraphs from i up to end one block.
func (r *recogniser) shape(i, end int, kind prose.Kind, rule string, confidence float64) int {
	r.set(i, end, guess{what: InStory, kind: kind, rule: rule, confidence: confidence})
	return end - i
}

var (
	dearLine = guard(`(?i)^(?:my )?(?:dear(?:est)?|liebe[rs]?|sehr geehrte[rs]?|cher|chère|chers|querid[oa]s?|estimad[oa]|car[oa]|carissim[oa]|дорог(?:ой|ая|ие)|уважаем(?:ый|ая)) [^.!?;:"“”]{1,40}[,:!]?$`)
	byeLine  = guard(`(?i)^(?:yours(?: \w+)?|(?:yours )?(?:sincerely|faithfully|truly|ever)|(?:all my |much |with )?love|(?:best |kind |warm )?regards|best wishes|respectfully|your (?:\w+ ){0,3}(?:servant|friend|son|daughter|brother|sister|mother|father|aunt|uncle)|dein[e]?|ihre?|herzlich|mit freundlichen grüßen|bien à (?:toi|vous)|amitiés|ton|ta|un abrazo|con cariño|tuy[oa]|com carinho|um abraço|tu[oa]|con affetto|твой|твоя|ваш|ваша|с уважением|с любовью)(?:,.{0,30}|[.!]?|,? \p{Lu}[\pL.]{0,20})$`)
)

// letterFrom takes a letter in the story, from its salutation to its signature:
// nobody speaks and nothing breaks between, and a story stands around it.
func (r *recogniser) letterFrom(i int) int {
	if !r.plainStory(i) || !r.paras[i].short(60) || !dearLine.MatchString(r.paras[i].text) {
		return 0
	}
	bye := r.farewellBehind(i)
	if bye == 0 {
		return 0
	}
	end := bye + 1
	if r.plainStory(end) && r.signs(end) {
		end++
	}
	for end < bye+3 && r.plainStory(end) && postscript.MatchString(r.paras[end].text) {
		end++
	}
	if i == 0 && end == len(r.paras) {
		return 0
	}
	return r.shape(i, end, prose.Letter, "letter.form", 0.92)
}

// farewellBehind is where the letter that begins at i says farewell; 0: nowhere.
func (r *recogniser) farewellBehind(i int) int {
	const most = 25
	for k := i + 1; k < min(len(r.paras), i+most) && r.plainStory(k) && !r.paras[k].quoted(); k++ {
		if k > i+1 && r.saysFarewell(k) {
			return k
		}
	}
	return 0
}

// saysFarewell is true for a line that ends a letter. It is asked for again by
// each salutation before it.
func (r *recogniser) saysFarewell(i int) bool {
	if r.farewells == nil {
		r.farewells = make([]int8, len(r.paras))
	}
	if r.farewells[i] == 0 {
		r.farewells[i] = int8(2*boolInt(r.paras[i].short(60) && byeLine.MatchString(r.paras[i].text)) - 1)
	}
	return r.farewells[i] > 0
}

var postscript = guard(`^P\.?\s?S\b`)

// signs is true for a name or initials alone on a line.
func (r *recogniser) signs(i int) bool {
	p := &r.paras[i]
	return p.short(40) && wordCount(p.text) <= 4 && !startsLower(p.text) && !strings.ContainsAny(p.text, "?!,:;\"“”") && (p.gap == 0 || r.tight || len(p.text) < 25)
}

var speaks = guard(`^(?:[\[(]?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]m)?[\])]?[ -]*)?(?:<([\pL\pN_.-][\pL\pN_. -]{0,24})>|\[([\pL\pN_.-][\pL\pN_. -]{0,24})\]:?|\*{0,2}([\pL\pN_.@-][\pL\pN_.@' -]{0,24}?)\*{0,2} ?[:：]\*{0,2})\s+\S`)

func speaker(text string) string {
	head := text[:min(len(text), 60)]
	if head == "" || head[0] != '<' && head[0] != '[' && head[0] != '(' && strings.IndexByte(head, ':') < 0 && !strings.Contains(head, "：") {
		return ""
	}
	m := speaks.FindStringSubmatch(clip(text, 200))
	if m == nil {
		return ""
	}
	return strings.ToLower(m[1] + m[2] + m[3])
}

// threadFrom takes three or more lines that begin with who sends them, when
// they are few who take turns. A play is none: there all lines are so.
func (r *recogniser) threadFrom(i int) int {
	if r.script || !r.plainStory(i) || r.paras[i].quoted() || speaker(r.paras[i].head()) == "" {
		return 0
	}
	who := map[string]int{}
	end := r.threadEnd(i, who)
	again := 0
	for _, n := range who {
		again += boolInt(n > 1)
	}
	if lines := end - i; lines < 3 || again == 0 || len(who) > mostSpeakers || len(who)*10 > lines*7 {
		return 0
	}
	return r.shape(i, end, prose.Messages, "messages.thread", 0.92)
}

// mostSpeakers is how many may take turns in one thread.
const mostSpeakers = 6

// threadEnd is where the lines end that begin with a sender, counted by who.
func (r *recogniser) threadEnd(i int, who map[string]int) int {
	end := i
	for end < len(r.paras) && r.plainStory(end) && len(r.paras[end].text) < 600 && !r.labelAt(end) {
		name := speaker(r.paras[end].head())
		if name == "" || len(who) > mostSpeakers || end > i && r.paras[end].gap > r.paras[i+1].gap {
			break
		}
		who[name]++
		end++
	}
	return end
}

// stanzaFrom takes three or more short lines that stand together in a text
// whose paragraphs stand apart: verse, or the lines of a song.
func (r *recogniser) stanzaFrom(i int) int {
	if r.tight || !r.versed(i) || i > 0 && r.paras[i].gap == 0 {
		return 0
	}
	end, closed := i, 0
	for r.versed(end) && (end == i || r.paras[end].gap == 0) {
		closed += boolInt(closedLine(r.paras[end].text))
		end++
	}
	if lines := end - i; lines < 3 || closed*3 > lines || r.goesOnAt(end) || r.aroundList(i, end) {
		return 0
	}
	return r.shape(i, end, prose.Verse, "verse.lines", 0.92)
}

// goesOnAt is true when a line of the story stands right under the one before.
func (r *recogniser) goesOnAt(i int) bool {
	return i < len(r.paras) && r.paras[i].gap == 0 && r.guess[i].what == InStory
}

// closedLine is true for a line that ends as sentences do.
func closedLine(text string) bool {
	text = strings.TrimRight(text, "*_/ \"”»")
	return strings.HasSuffix(text, ".") || strings.HasSuffix(text, "?\"") || strings.HasSuffix(text, ":")
}

// versed is true for a line that may be one of verse.
func (r *recogniser) versed(i int) bool {
	if !r.plainStory(i) {
		return false
	}
	p := &r.paras[i]
	if !p.short(60) || wordCount(p.text) < 2 && !strings.HasSuffix(p.text, ",") || r.isBreak(i) || r.labelAt(i) || salutation.MatchString(p.text) {
		return false
	}
	if _, headed := r.heads[i]; headed {
		return false
	}
	_, slugged := r.slugs[i]
	return !slugged && !speech.MatchString(p.text) && speaker(p.text) == "" && !listed.MatchString(p.text)
}

var listed = guard(`^(?:[-–—•·*+]|\d{1,3}[.)]|\(?[a-z]\)) +\S`)

// aroundList is true when the line before says that a list follows.
func (r *recogniser) aroundList(i, end int) bool {
	if i > 0 && strings.HasSuffix(r.paras[i-1].text, ":") && r.guess[i-1].what == InStory {
		long := 0
		for k := i; k < end; k++ {
			long += boolInt(wordCount(r.paras[k].text) > 3)
		}
		return long*2 < end-i
	}
	return false
}
