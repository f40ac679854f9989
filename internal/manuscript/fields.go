package manuscript

import (
	"strings"
	"unicode"
)

var (
	byLine     = guard(`(?i)^(?:written )?by:? +(\S.{0,70})$`)
	foreignBy  = guard(`^(?i:von|par|por|di|от) (\p{Lu}[\pL\pN_.'’-]*(?: (?:\p{Lu}[\pL\pN_.'’-]*|de|von|van|da|di)){0,3})$`)
	salutation = guard(`(?i)^(?:my )?(?:dear(?:est)?|sirs?|madam|gentlemen|to whom it may)\b.{0,40}$`)
	farewell   = guard(`(?i)^(?:yours|sincerely|love|regards|best|your (?:obedient|humble|faithful)|respectfully|faithfully)\b.{0,30},?$`)
)

// front guesses about the top of a work: title, author, fields, notes. Fields
// count only as a header: two known labels, or a title in its place.
func (r *recogniser) front(lo, hi int) (story int) {
	z := zone{r: r, hi: hi, front: true}
	story = r.openZone(z, lo)
	for story < hi && r.preset[story] {
		story++
	}
	if r.provenHeader(lo, story, hi) {
		return story
	}
	withdrawn := false
	for i := lo; i < story; i++ {
		switch r.guess[i].what {
		case Title, Author, Field:
			r.guess[i] = storyParagraph
			withdrawn = true
		}
	}
	if withdrawn {
		return r.withdraw(lo, story)
	}
	return story
}

// withdraw puts everything behind the first paragraph that went back into the
// story back too, and returns where the story begins.
func (r *recogniser) withdraw(lo, story int) int {
	at := lo
	for at < story && r.guess[at].what != InStory {
		at++
	}
	for i := at; i < story; i++ {
		if g := r.guess[i]; g.what == OpeningNote || g.what == Disclaimer {
			proposed := "note.proposed"
			if g.what == Disclaimer {
				proposed = "disclaimer.proposed"
			}
			r.propose(i, i+1, proposed, g.what, 0.7)
		}
	}
	return at
}

// provenHeader weighs the labels found at the top against the look of a letter.
func (r *recogniser) provenHeader(lo, story, hi int) bool {
	names, hard := r.headerNames(lo, story)
	if hard == 0 && r.letterAhead(story, hi) {
		return false
	}
	if len(names) >= 2 && (hard > 0 || archiveWords(names)) {
		return true
	}
	return (names[Title] || names[Author]) && (story >= hi || r.border(story)) || r.aloneOnTop(lo, story, hi)
}

// aloneOnTop is true for one heading over a whole file: the only one of the
// largest kind, with story right under it, and no date or time.
func (r *recogniser) aloneOnTop(lo, story, hi int) bool {
	if lo > 0 || story != lo+1 || story >= hi || r.guess[lo].rule != "title.heading" || r.slugs[lo].strong {
		return false
	}
	p := &r.paras[lo]
	count, least := r.countHeadings(lo, hi)
	return p.level == 1 && least == 1 && count[1] == 1 && !p.quoted() && !endsLikeSentence(p.text) && strings.ContainsFunc(p.text, unicode.IsLetter)
}

// archiveWords is true for names a log or file inside a story hardly has.
func archiveWords(names map[string]bool) bool {
	return names["summary"] || names["warnings"] || names["thanks"] || names[Title] && names[Author]
}

// headerNames are the different things found at the top, and how many of them
// are labels no letter has.
func (r *recogniser) headerNames(lo, story int) (names map[string]bool, hard int) {
	names = map[string]bool{}
	for i := lo; i < story; i++ {
		g := r.guess[i]
		if g.joins || g.what == InStory || g.what == LeftOut {
			continue
		}
		if l, ok := r.ownLabel(i); ok {
			names[l.name] = true
			hard += boolInt(l.hard && l.name != "note")
			continue
		}
		names[g.what] = true
	}
	return names, hard
}

// letterAhead is true when a salutation follows at once or a farewell soon.
func (r *recogniser) letterAhead(story, hi int) bool {
	const reach = 15
	for i := story; i < hi && i < story+reach; i++ {
		if r.isBreak(i) && i > story {
			return false
		}
		p := &r.paras[i]
		if p.short(60) && (i < story+2 && salutation.MatchString(p.text) || farewell.MatchString(p.text)) {
			return true
		}
	}
	return false
}

// frontStep takes a title, an author or a field.
func (z *zone) frontStep(i int) int {
	r, p := z.r, &z.r.paras[i]
	if z.taken == 0 && !z.drawn {
		if n := z.firstTitle(i); n > 0 {
			return n
		}
	}
	if z.taken > 0 && p.short(80) && i > 0 && r.guess[i-1].what == Title && authorLine(p.text) {
		r.set(i, i+1, guess{what: Author, rule: "author.by", confidence: 0.95})
		return 1
	}
	l, ok := r.ownLabel(i)
	if !ok {
		return z.extraField(i)
	}
	switch l.what {
	case Title, Author, Field:
		end := r.fieldEnd(i, l, z.hi)
		r.set(i, end, guess{what: l.what, rule: labelRule(l.what), confidence: 0.97})
		return end - i
	}
	return 0
}

func labelRule(what string) string { return what + ".label" }

func authorLine(text string) bool {
	text = strings.Trim(text, "*_~- ")
	return byLine.MatchString(text) && wordCount(text) <= 8 && !strings.HasSuffix(text, ",") || foreignBy.MatchString(text) && !endsSentence(text)
}

// firstTitle takes a short first line as the title when an author, a label or
// a chapter head follows, or when the file itself makes it a heading.
func (z *zone) firstTitle(i int) int {
	r, p := z.r, &z.r.paras[i]
	next := r.pastUnderline(i + 1)
	if _, isHead := headOf(p.text); isHead || !p.short(90) || next >= len(r.paras) {
		return 0
	}
	switch {
	case p.form == heading:
		r.set(i, next, guess{what: Title, rule: "title.heading", confidence: 0.95})
	case r.titleShaped(i) && r.titleCompany(i, next):
		r.set(i, next, guess{what: Title, rule: "title.first", confidence: 0.93})
	default:
		return 0
	}
	return next - i
}

// titleShaped is true for a line that may be a title by itself.
func (r *recogniser) titleShaped(i int) bool {
	p := &r.paras[i]
	return p.form == plain && wordCount(p.text) <= 12 && !endsLikeSentence(p.text) &&
		!r.labelAt(i) && !authorLine(p.text) && !r.slugs[i].strong
}

// titleCompany is true when what follows a first line makes it a title.
func (r *recogniser) titleCompany(i, next int) bool {
	p := &r.paras[next]
	_, isHead := r.heads[next]
	switch {
	case p.short(80) && authorLine(p.text), r.labelAt(next), isHead:
		return true
	case r.src.pageTitle != "" && len(r.paras[i].text) > 3 && strings.Contains(strings.ToLower(r.src.pageTitle), strings.ToLower(r.paras[i].text)):
		return true
	case r.guess[next].rule == "contents.table":
		return true
	case r.isBreak(next) && r.paras[i].centred:
		return true
	case r.isBreak(next) && next+1 < len(r.paras) && r.labelAt(next+1):
		return true
	}
	return disclaimerScore(p.text) > 0 && disclaimerNouns.MatchString(p.text) && wordCount(p.text) < 60
}

func endsLikeSentence(text string) bool {
	return endsSentence(text) && !allCapitals(text) || strings.HasSuffix(text, ",") || strings.HasSuffix(text, ":")
}

// pastUnderline steps over a row drawn under the line before it.
func (r *recogniser) pastUnderline(i int) int {
	if i < len(r.paras) && r.underline(i) {
		return i + 1
	}
	return i
}

// fieldEnd is where a field's value ends: lines set in deeper go on, others
// only when the field is of the long kind or another label closes the block.
func (r *recogniser) fieldEnd(i int, l label, hi int) int {
	end := i + 1
	if l.rest >= len(r.paras[i].text) && end < hi && !r.labelAt(end) && !r.border(end) && !r.paras[end].quoted() && r.paras[end].gap == 0 {
		end++
	}
	for end < hi && r.paras[end].gap == 0 && !r.labelAt(end) && !r.border(end) && r.fieldGoesOn(i, end, hi, l) {
		end++
	}
	return end
}

func (r *recogniser) fieldGoesOn(i, end, hi int, l label) bool {
	p := &r.paras[end]
	if lengthForm.MatchString(p.text) {
		return false
	}
	if p.indent > r.paras[i].indent || startsLower(p.text) && p.short(120) {
		return true
	}
	if !p.short(120) || r.tight && end > i+1 || extraLabel.MatchString(p.head()) {
		return false
	}
	return longFields[l.name] && r.blockEnds(end+1, hi)
}

// longFields are the fields whose value may run over several lines.
var longFields = map[string]bool{
	"summary": true, "warnings": true, "thanks": true, "spoilers": true, "disclaimer": true, "archive": true, "feedback": true,
}

// blockEnds is true when the run of lines closes, or another label comes, soon.
func (r *recogniser) blockEnds(i, hi int) bool {
	const reach = 3
	for k := i; k < hi && k < i+reach; k++ {
		if r.paras[k].gap > 0 || r.labelAt(k) {
			return true
		}
	}
	return false
}

// bareLength is true for a line that says how long the text is, right under
// another field.
func (z *zone) bareLength(i int) bool {
	p := &z.r.paras[i]
	return z.taken > 0 && !z.drawn && p.gap == 0 && len(p.text) < 40 && lengthForm.MatchString(p.text)
}

func headerPart(what string) bool { return what == Field || what == Author || what == Title }

// extraField keeps a line "Word: value" that stands between known fields.
func (z *zone) extraField(i int) int {
	if z.r.labels[i].learnt {
		return 0
	}
	const reach = 3
	r, p := z.r, &z.r.paras[i]
	if z.bareLength(i) {
		r.set(i, i+1, guess{what: Field, rule: "field.extra", confidence: 0.93})
		return 1
	}
	if z.taken == 0 || z.drawn || !p.short(200) || !extraLabel.MatchString(p.head()) || !headerPart(r.guess[i-1].what) {
		return 0
	}
	for k := i + 1; k < z.hi && k <= i+reach && r.paras[k].gap == p.gap; k++ {
		if r.labelAt(k) {
			r.set(i, i+1, guess{what: Field, rule: "field.extra", confidence: 0.9})
			return 1
		}
	}
	return 0
}
