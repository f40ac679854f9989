package manuscript

import (
	"strings"
)

// closing guesses about what stands behind a chapter's story: a labelled note
// or disclaimer, or the writer's talk after the last break or end mark.
func (r *recogniser) closing(lo, hi int) {
	end := hi
	for end > lo && r.isBreak(end-1) {
		end--
	}
	found := false
	for {
		at, l, ok := r.lastLabel(lo, end)
		switch {
		case r.closingWords(lo, end):
			at = end - 1
		case !ok || !r.closingPart(at, end, l):
			at = end
		}
		if at == end {
			break
		}
		end, found = at, true
		for end > lo && r.isBreak(end-1) {
			end--
		}
	}
	if !found {
		r.closingTalk(lo, end)
	}
}

// lastLabel finds the last label in reach of the end with nothing but note
// behind it.
func (r *recogniser) lastLabel(lo, end int) (at int, l label, ok bool) {
	const reach = 60
	for i := end - 1; i > lo && i > end-reach; i-- {
		p := &r.paras[i]
		if p.form == markup || p.form == verse {
			return 0, label{}, false
		}
		if p.quoted() {
			return 0, label{}, false
		}
		l, ok := r.labels[i]
		if ok && (l.what == OpeningNote || l.what == Disclaimer) {
			return i, l, true
		}
		if s, ok := r.slugs[i]; ok && s.strong || narrates(p.text) {
			return 0, label{}, false
		}
	}
	return 0, label{}, false
}

// closingPart takes the paragraphs from at up to end as a note or disclaimer,
// if they are one for certain.
func (r *recogniser) closingPart(at, end int, l label) bool {
	behind := r.behindBorder(at)
	if l.what == Disclaimer {
		return r.closingDisclaimer(at, end, l, behind)
	}
	confidence := r.closingConfidence(at, end, l, behind)
	stop := r.runsOn(at, end, l)
	if confidence < 0.9 || r.words(stop, end) > 25 {
		r.propose(at, end, "note.proposed", ClosingNote, min(confidence, 0.85))
		return false
	}
	r.set(at, stop, guess{what: ClosingNote, rule: noteRule(l), confidence: confidence})
	r.propose(stop, end, "note.proposed", ClosingNote, 0.7)
	return true
}

// behindBorder is true right behind a break or an end mark.
func (r *recogniser) behindBorder(i int) bool {
	return i > 0 && (r.isBreak(i-1) || r.endMark(i-1))
}

// closingConfidence weighs a label at the end: a border before it and talk to
// readers behind it speak for it, a long silence against it.
func (r *recogniser) closingConfidence(at, end int, l label, behind bool) float64 {
	text := r.joined(at, end)
	talk := chatter(text[min(l.rest, len(text)):])
	confidence := r.noteConfidence(at, end, l)
	switch {
	case !l.hard && talk < 2 && !(talk > 0 && r.knownLabel(l)):
		return min(confidence, 0.8)
	case behind && talk > 0:
		return min(confidence+0.05, 0.99)
	case !behind && talk == 0 && wordCount(text) > 60:
		return 0.85
	}
	return confidence
}

// closingDisclaimer takes a disclaimer that ends the chapter: behind a border,
// or the last paragraph before a note. In a letter of the story, more follows.
func (r *recogniser) closingDisclaimer(at, end int, l label, behind bool) bool {
	stop := r.disclaimerEnd(at, l, end)
	proven := disclaims(r.joined(at, stop)) && (behind || stop == end && r.provenDisclaimer(at, end))
	for k := stop; k < end; k++ {
		proven = proven && (r.isBreak(k) || r.noteLike(at, k))
	}
	if !proven {
		r.propose(at, stop, "disclaimer.proposed", Disclaimer, 0.6)
		return false
	}
	r.set(at, stop, guess{what: Disclaimer, rule: "disclaimer.label", confidence: 0.96})
	if stop < end {
		r.set(stop, end, guess{what: ClosingNote, rule: "note.after_break", confidence: 0.9})
	}
	return true
}

// runsOn is where a note that begins at i ends: it may go on over breaks. What
// is left behind it may be a last line of the note, or of the story.
func (r *recogniser) runsOn(i, end int, l label) int {
	stop := r.noteEnd(i, l, end)
	for k := stop; k < end; k++ {
		if r.isBreak(k) {
			continue
		}
		if !r.noteLike(i, k) && !r.closesNote(k, end) {
			break
		}
		stop = k + 1
	}
	if r.words(stop, end) == 0 {
		return end
	}
	return stop
}

// closingTalk takes unlabelled talk to readers behind the last break or end
// mark, or offers it.
func (r *recogniser) closingTalk(lo, end int) {
	at := r.talkStart(lo, end)
	if at == end || at <= lo {
		return
	}
	text, need := r.joined(at, end), 4
	if r.endMark(at - 1) {
		need = 2
	}
	talk, behind := chatter(text), r.behindBorder(at)
	shop := r.endMark(at-1) || talksShop(straight(text))
	if talk < need && !addresses(text) && !teaser.MatchString(r.paras[end-1].head()) {
		return
	}
	switch {
	case behind && shop && talk >= need && wordCount(text) <= 200:
		r.set(at, end, guess{what: ClosingNote, rule: "note.after_break", confidence: 0.92})
	case behind && talk >= 2:
		r.propose(at, end, "note.proposed", ClosingNote, 0.75)
	case chatter(r.paras[end-1].text) >= 2, teaser.MatchString(r.paras[end-1].head()):
		r.propose(end-1, end, "note.proposed", ClosingNote, 0.7)
	}
}

// teaser is a line that says what comes next.
var teaser = guard(`(?i)^\W*(?:next (?:chapter|part|time|episode|week)|coming (?:up|soon)|in the next (?:chapter|part))\b[^"“”]{0,40}[:–—-]`)

// talkStart is where the last paragraphs begin that tell no story, back to the
// last border.
func (r *recogniser) talkStart(lo, end int) int {
	const reach = 12
	at := end
	for at > lo && at > end-reach && !r.behindBorder(at) {
		p := &r.paras[at-1]
		if p.form != plain || p.quoted() || narrates(p.text) {
			break
		}
		at--
	}
	return at
}

// joined is the text of the paragraphs from i up to end, a line each.
func (r *recogniser) joined(i, end int) string {
	var s strings.Builder
	for k := i; k < end; k++ {
		if k > i {
			s.WriteByte('\n')
		}
		s.WriteString(r.paras[k].text)
	}
	return s.String()
}
