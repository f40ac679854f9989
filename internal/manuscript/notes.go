package manuscript

// opening guesses about what stands between a chapter's head and its story and
// returns where the story begins.
func (r *recogniser) opening(lo, hi int) (story int) {
	return r.openZone(zone{r: r, hi: hi}, lo)
}

// zone is the run at the top of a text or chapter in which labels are looked for.
type zone struct {
	r     *recogniser
	hi    int
	front bool // the top of the work, where titles and fields stand
	taken int  // parts found so far
	drawn bool // a break has been passed since the last part
}

// openZone takes parts from lo on while each paragraph is one. A break is
// passed, but behind it only labels count.
func (r *recogniser) openZone(z zone, lo int) int {
	story := lo
	for at := lo; at < z.hi; {
		if r.isBreak(at) {
			z.drawn = true
			at++
			continue
		}
		if r.preset[at] {
			at++
			continue
		}
		n := z.step(at)
		if n == 0 {
			break
		}
		at += n
		story, z.taken, z.drawn = at, z.taken+1, false
	}
	return story
}

// step tries every part that may stand at i and returns how many paragraphs
// it takes; none: the story begins.
func (z *zone) step(i int) int {
	p := &z.r.paras[i]
	if p.form == markup || p.form == verse || p.quoted() {
		return 0
	}
	if z.front {
		if n := z.frontStep(i); n > 0 {
			return n
		}
	}
	if z.byline(i) {
		z.r.set(i, i+1, guess{what: Author, rule: "author.by", confidence: 0.93})
		return 1
	}
	if l, ok := z.r.labels[i]; ok {
		if n := z.labelled(i, l); n > 0 {
			return n
		}
	}
	if z.drawn {
		return 0
	}
	for _, try := range []func(int) int{z.rememberedWords, z.disclaimerWords, z.legendLine, z.dedicationLine, z.between, z.unlabelled} {
		if n := try(i); n > 0 {
			return n
		}
	}
	return 0
}

// byline is true for "by" and a name right under a chapter's head, or before
// a head, a label or a break.
func (z *zone) byline(i int) bool {
	r, p := z.r, &z.r.paras[i]
	if !p.short(60) || !authorLine(p.text) || endsSentence(p.text) || z.drawn {
		return false
	}
	return i > 0 && r.guess[i-1].what == ChapterHead || z.front && r.bounded(i+1, z.hi)
}

// labelled takes a note or disclaimer that says what it is.
func (z *zone) labelled(i int, l label) int {
	switch l.what {
	case OpeningNote:
		return z.labelledNote(i, l)
	case Disclaimer:
		end := z.r.disclaimerEnd(i, l, z.hi)
		z.r.set(i, end, guess{what: Disclaimer, rule: "disclaimer.label", confidence: 0.98})
		return end - i
	}
	return 0
}

func (z *zone) labelledNote(i int, l label) int {
	end := z.r.noteEnd(i, l, z.hi)
	confidence := z.r.noteConfidence(i, end, l)
	if end < z.hi && z.r.border(end) {
		confidence = min(confidence+0.05, 0.99)
	}
	if confidence < 0.9 {
		z.r.propose(i, end, "note.proposed", OpeningNote, confidence)
		return 0
	}
	z.r.set(i, end, guess{what: OpeningNote, rule: noteRule(l), confidence: confidence})
	z.r.proposeRest(end, z.hi)
	return end - i
}

// noteRule is by what a note was known.
func noteRule(l label) string {
	if l.learnt {
		return "habit.label"
	}
	return "note.label"
}

// noteConfidence weighs the label and what follows it: a plain "Note:" must
// talk like a writer, "A/N" without a colon must too.
func (r *recogniser) noteConfidence(i, end int, l label) float64 {
	text := r.paras[i].text
	talk := chatter(text[min(l.rest, len(text)):])
	for k := i + 1; k < end; k++ {
		talk = max(talk, chatter(r.paras[k].text))
	}
	switch {
	case l.learnt && talk == 0:
		return 0.88
	case l.hard && !l.bare, talk > 0 && r.knownLabel(l):
		return 0.97
	case l.bare && (talk > 0 || l.rest >= len(text)):
		return 0.94
	case talk > 1:
		return 0.93
	case l.bare || talk > 0:
		return 0.87
	}
	return 0.8
}

// noteEnd is where a note that begins at i ends: at a border, at another
// label, or where the writer stops talking to readers.
func (r *recogniser) noteEnd(i int, l label, hi int) int {
	const most = 60
	if r.paras[i].form == heading {
		return r.headedEnd(i, hi)
	}
	end := r.pastLabel(i, l, hi)
	for end < hi && end-i < most && !r.stopsNote(end) {
		switch {
		case r.noteLike(i, end):
			end++
		case r.resumes(end, hi) > 0:
			end += r.resumes(end, hi)
		case r.closesNote(end, hi):
			return end + 1
		default:
			return end
		}
	}
	return end
}

// headedEnd is where a note ends that the file itself gives a heading: at the
// next heading or break.
func (r *recogniser) headedEnd(i, hi int) int {
	end := i + 1
	for end < hi && r.paras[end].form != heading && !r.isBreak(end) {
		end++
	}
	return end
}

// stopsNote is true for a paragraph no note goes on in.
func (r *recogniser) stopsNote(i int) bool {
	p := &r.paras[i]
	if p.form == heading || p.form == markup || r.border(i) || r.endMark(i) {
		return true
	}
	return r.labelAt(i) || p.gap > 0 && r.provenDisclaimer(i, len(r.paras))
}

// noteLike is true when paragraph i goes on with the note that began at from.
func (r *recogniser) noteLike(from, i int) bool {
	p := &r.paras[i]
	talk := chatter(p.text)
	switch {
	case narrates(p.text), p.gap > 0 && recounts(p.text):
		return false
	case talk >= 3 || talk == 2 && p.gap == 0 && !r.tight:
		return true
	case talk == 2 && aboutTheText(p.text):
		return true
	case talk == 1 && (aboutTheText(p.text) && addresses(p.text) || p.gap == 0 && !r.tight):
		return true
	case p.gap == 0 && !r.tight && startsLower(p.text):
		return true
	case thanksLine.MatchString(p.head()):
		return true
	}
	return r.reply(from, i)
}

// proposeRest offers the paragraph or two between a note and the first border.
func (r *recogniser) proposeRest(i, hi int) {
	end := i
	for end < hi && end < i+4 && !r.stopsNote(end) {
		if r.paras[end].quoted() {
			return
		}
		end++
	}
	if end < hi && r.border(end) && end-i <= 2 {
		r.propose(i, end, "note.proposed", OpeningNote, 0.7)
	}
}

// between takes a paragraph or two that could be either when notes stand
// before and behind them.
func (z *zone) between(i int) int {
	const reach = 2
	r := z.r
	for k := i; z.taken > 0 && k < z.hi && k <= i+reach; k++ {
		if k > i && z.surely(k) {
			r.set(i, k, guess{what: OpeningNote, rule: "note.chatter", confidence: 0.9})
			return k - i
		}
		if p := &r.paras[k]; p.quoted() || narrates(p.text) || recounts(p.text) || r.border(k) {
			return 0
		}
	}
	return 0
}

// surely is true for a paragraph that is a note by its own words.
func (z *zone) surely(k int) bool {
	p := &z.r.paras[k]
	if l, ok := z.r.ownLabel(k); ok && !p.quoted() {
		return l.hard && (l.what == OpeningNote || l.what == Disclaimer)
	}
	return isLegend(p) || dedicated.MatchString(straight(clip(p.text, 400))) && wordCount(p.text) <= 40 && !thirdPast.MatchString(p.text)
}

// unlabelled takes the writer's talk before the first break, or offers it.
func (z *zone) unlabelled(i int) int {
	r, end := z.r, z.talkEnd(i)
	text := r.joined(i, end)
	if end == i || !addresses(text) {
		return 0
	}
	proven := end < z.hi && r.isBreak(end) && wordCount(text) <= 300 && talksShop(straight(text))
	if proven && chatter(text) >= 4 && chatter(r.paras[i].text) >= 2 {
		r.set(i, end, guess{what: OpeningNote, rule: "note.chatter", confidence: 0.9})
		return end - i
	}
	for k := i; k < end && chatter(r.paras[k].text) >= 3 && addresses(r.paras[k].text); k++ {
		r.propose(k, k+1, "note.proposed", OpeningNote, 0.7)
	}
	return 0
}

// talkEnd is where the paragraphs from i on begin to tell the story.
func (z *zone) talkEnd(i int) int {
	const reach = 8
	end := i
	for end < z.hi && end < i+reach && !z.r.border(end) {
		p := &z.r.paras[end]
		if p.quoted() || narrates(p.text) || recounts(p.text) {
			break
		}
		end++
	}
	return end
}
