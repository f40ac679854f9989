package manuscript

import (
	"strings"
)

var disclaimerTells = []guarded{
	guard(`(?i)\b(?:do(?:n't| not)|did(?:n't| not)|does(?:n't| not)) (?:really |actually )?own\b|\bown(?:s|ed)? (?:nothing|none)\b|\bif i owned\b|\bowned by\b|\bnot own\b`),
	guard(`(?i)\bnot mine\b|\b(?:is|are)n't mine\b|\bmine\? no\b|\bnever (?:was|were) mine\b`),
	guard(`(?i)\bbelongs? to\b|\bproperty of\b`),
	guard(`(?i)\bcopyright(?:ed|s)?\b|\binfring|\btrademark|\ball rights\b`),
	guard(`(?i)\bno (?:profit|money)\b|\b(?:money|profit) (?:is )?(?:being )?made\b|\bnot making (?:any )?(?:money|profit)\b|\bnon-?profit\b`),
	guard(`(?i)\bborrow(?:ed|ing)?\b|\bput them back\b|\bsue\b|\bfor fun\b|\bplaying with\b`),
}

var disclaimerNouns = guard(`(?i)\bcharacters?\b|\bseries\b|\bshow\b|\bstory\b|\bbooks?\b|\bnames?\b|\bworld\b|\bgame\b|\bfilm\b|\bmovie\b|\bdisclaim|\bthis\b|\bproductions?\b|\bcreators?\b`)

// disclaimerScore counts the families of words of a disclaimer in a text.
func disclaimerScore(text string) int {
	text = straight(clip(text, 4000))
	score := 0
	for _, t := range disclaimerTells {
		score += boolInt(t.MatchString(text))
	}
	return score
}

// disclaims is true when a labelled text says what disclaimers say.
func disclaims(text string) bool { return disclaimerScore(text) > 0 }

// disclaimerEnd is where a labelled disclaimer ends: with its paragraph and
// the lines below that go on about rights and money.
func (r *recogniser) disclaimerEnd(i int, l label, hi int) int {
	const most = 8
	end := r.pastLabel(i, l, hi)
	for end < hi && end-i < most && !r.stopsNote(end) && r.disclaimsOn(i, end) {
		end++
	}
	return end
}

// pastLabel is where a labelled part goes on: a label alone on its line takes
// the paragraph below it.
func (r *recogniser) pastLabel(i int, l label, hi int) int {
	next := i + 1
	if l.rest >= len(r.paras[i].text) && next < hi && !r.border(next) && !r.paras[next].quoted() {
		return next + 1
	}
	return next
}

// disclaimsOn is true when paragraph k goes on with the disclaimer at i.
func (r *recogniser) disclaimsOn(i, k int) bool {
	p := &r.paras[k]
	if p.gap == 0 && !r.tight && (startsLower(p.text) || p.indent > r.paras[i].indent) {
		return true
	}
	return disclaimerScore(p.text) > 0 && wordCount(p.text) <= 80 && !p.quoted() && !thirdPast.MatchString(p.text)
}

// disclaimerWords takes a disclaimer without a label, or offers it: two
// families of its words prove it, one needs more beside it.
func (z *zone) disclaimerWords(i int) int {
	p := &z.r.paras[i]
	if disclaimerScore(p.text) == 0 || wordCount(p.text) > 120 || thirdPast.MatchString(clip(p.text, 4000)) {
		return 0
	}
	if !z.r.provenDisclaimer(i, z.hi) {
		z.r.propose(i, i+1, "disclaimer.proposed", Disclaimer, 0.6)
		return 0
	}
	z.r.set(i, i+1, guess{what: Disclaimer, rule: "disclaimer.words", confidence: 0.93})
	return 1
}

// provenDisclaimer is true for a paragraph that can be nothing else than a
// disclaimer: two families of its words, or one in a short line that shouts,
// names what is owned, or stands right before a border or another label.
func (r *recogniser) provenDisclaimer(i, hi int) bool {
	p := &r.paras[i]
	score := disclaimerScore(p.text)
	if score == 0 || p.quoted() || thirdPast.MatchString(clip(p.text, 4000)) {
		return false
	}
	words, bounded := wordCount(p.text), r.bounded(i+1, hi)
	if score > 1 && (words <= 80 || bounded) && addressesRights(p.text) {
		return true
	}
	return words <= 25 && (shouts(p.text) || bounded && (disclaimerNouns.MatchString(p.text) || words <= 6))
}

// bounded is true where a part may end for certain: at the end, a border or a
// label.
func (r *recogniser) bounded(i, hi int) bool {
	return i >= hi || r.border(i) || r.labelAt(i)
}

// addressesRights is true when a text names what the rights are in.
func addressesRights(text string) bool {
	return disclaimerNouns.MatchString(text) || addresses(text)
}

// shouts is true for a text without small letters.
func shouts(text string) bool {
	return text == strings.ToUpper(text) && text != strings.ToLower(text)
}

// labelAt is true when paragraph i begins with a known label.
func (r *recogniser) labelAt(i int) bool {
	_, ok := r.labels[i]
	return ok && !r.paras[i].quoted()
}
