package manuscript

import (
	"strings"
	"unicode/utf8"

	"ficus/internal/prose"
)

// surveyHabits finds the labels that only this writer has. Where lines about
// them begin with who speaks, they may be a speaker too, and are none.
func (r *recogniser) surveyHabits() {
	if len(r.habits.labels) == 0 || r.isScript() {
		return
	}
	count := map[string]int{}
	found := map[int]label{}
	for i := range r.paras {
		if _, known := r.labels[i]; known || r.paras[i].form == markup || r.paras[i].form == verse {
			continue
		}
		if l, ok := r.habits.labelOf(r.paras[i].head()); ok {
			found[i] = l
			count[l.typed]++
		}
	}
	for i, l := range found {
		often := count[l.typed]
		if r.spokenBeside(i) || often > 2 && often*8 > len(r.paras) {
			continue
		}
		r.labels[i] = l
	}
}

// spokenBeside is true where the line before or behind begins with a speaker.
func (r *recogniser) spokenBeside(i int) bool {
	for _, k := range []int{i - 1, i + 1} {
		if k < 0 || k >= len(r.paras) {
			continue
		}
		if _, known := r.ownLabel(k); !known && speaker(r.paras[k].head()) != "" {
			return true
		}
	}
	return false
}

// knownLabel is true for a label this writer had accepted before.
func (r *recogniser) knownLabel(l label) bool {
	return l.learnt || r.habits.trusts(habitNoteLabel, l.typed)
}

// habitBreak is a line that this writer draws as a break and no rule knows.
// With letters in it, it must come again in the same text.
func (r *recogniser) habitBreak(i int) (breakMark, bool) {
	p := &r.paras[i]
	if len(r.habits.ask) == 0 || !breakable(p) || !r.habits.trusts(habitBreak, drawnShape(p.raw)) || r.labelAt(i) || r.amongSpeech(i) {
		return breakMark{}, false
	}
	return breakMark{"habit.break", 0.93}, !hasLetters(p.raw) || r.repeats[p.text] > 1
}

// breakable is true for a short line that may be drawn: no speech, no sentence.
func breakable(p *para) bool {
	raw := strings.TrimSpace(p.raw)
	if raw == "" || utf8.RuneCountInString(raw) > 40 || strings.Contains(raw, "\n") || p.quoted() && hasLetters(raw) {
		return false
	}
	return !hasLetters(raw) || wordCount(raw) <= 3 && utf8.RuneCountInString(raw) <= 24 && !endsSentence(raw)
}

// habitHead is a line in this writer's way of heading chapters that no rule
// knows, with its number.
func (r *recogniser) habitHead(i int) (head, bool) {
	p := &r.paras[i]
	if len(r.habits.ask) == 0 || !p.short(60) || endsLikeSentence(p.text) || wordCount(p.text) > 8 {
		return head{}, false
	}
	shape := headShape(p.text)
	if !strings.Contains(shape, "#") || !r.habits.trusts(habitHead, shape) {
		return head{}, false
	}
	return head{unit: 3, title: p.text, typed: p.text}, true
}

// rememberedWords takes a paragraph before the story that is word for word what
// this writer had set apart before.
func (z *zone) rememberedWords(i int) int {
	what, ok := z.r.wordsOf(i)
	if !ok {
		return 0
	}
	z.r.set(i, i+1, guess{what: what, rule: "habit.words", confidence: 0.97})
	return 1
}

// wordsOf is what the words of paragraph i were accepted as before.
func (r *recogniser) wordsOf(i int) (what string, ok bool) {
	p := &r.paras[i]
	if len(r.habits.ask) == 0 || p.form != plain || p.quoted() || !sayable(p.text) || len(p.text) > 2*LongestHabit {
		return "", false
	}
	words := folded(p.text)
	switch {
	case r.habits.trusts(habitDisclaimerWords, words):
		return Disclaimer, true
	case r.habits.trusts(habitNoteWords, words):
		return OpeningNote, true
	}
	return "", false
}

// closingWords takes the last paragraph of a chapter when it is word for word
// what this writer had set apart before.
func (r *recogniser) closingWords(lo, end int) bool {
	if end-1 <= lo {
		return false
	}
	what, ok := r.wordsOf(end - 1)
	if !ok {
		return false
	}
	if what == OpeningNote {
		what = ClosingNote
	}
	r.set(end-1, end, guess{what: what, rule: "habit.words", confidence: 0.97})
	return true
}

// familiar is how sure a guess is whose shape its writer accepted before.
const familiar = 0.97

// heed is the last look at the guesses with what is known of the writer: what
// they accepted before is sure, what they put back twice is only offered.
func (r *recogniser) heed() {
	if len(r.habits.ask) == 0 {
		return
	}
	r.eachPart(anyPart, r.heedPart)
}

func (r *recogniser) heedPart(i, end int, h Habit) {
	switch {
	case r.guess[i].rule == "habit.words": // whatever label stands before them
		r.guess[i].known = true
	case r.habits.asks(h.Kind, h.Shape):
		r.ask(i, end)
	case r.habits.trusts(h.Kind, h.Shape):
		for k := i; k < end; k++ {
			r.guess[k].known = true
			r.guess[k].confidence = max(r.guess[k].confidence, familiar)
		}
	}
}

// partEnd is where the part ends that begins at i.
func (r *recogniser) partEnd(i int) int {
	end := i + 1
	for end < len(r.paras) && r.guess[end].joins {
		end++
	}
	return end
}

// guessed is true for what Part.Guessed is.
func (g guess) guessed() bool {
	return g.what != InStory || g.rule != "text.paragraph" && g.rule != "text.markup"
}

// ask puts a part back into the story and offers what it was.
func (r *recogniser) ask(i, end int) {
	was := r.guess[i]
	offer := was.what
	if was.what == InStory {
		offer = KindName(was.kind)
	}
	for k := i; k < end; k++ {
		g := storyParagraph
		g.rule, g.offer, g.confidence = "habit.ask", offer, 0.7
		g.kind = r.naturalKind(k, prose.Paragraph, Choice{What: was.what, Become: "story"})
		if r.paras[k].start == r.paras[k].end && g.kind == prose.Paragraph {
			g = guess{what: LeftOut, rule: "habit.ask", confidence: 0.7, offer: offer}
		}
		g.opensWork = k == i && was.opensWork
		r.guess[k] = g
	}
}
