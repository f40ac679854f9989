package manuscript

import (
	"strings"

	"ficus/internal/prose"
)

// sceneMarks are what writers draw around a scene heading.
const sceneMarks = "*_~-–—=#<>|/ "

// surveySlugs reads every short paragraph as a scene heading by itself.
func (r *recogniser) surveySlugs() {
	found := make([]slug, len(r.paras))
	inParts(len(r.paras), func(i int) {
		p := &r.paras[i]
		if p.form == markup || p.form == verse || r.isBreak(i) {
			return
		}
		if s, ok := slugOfLines(p); ok && !r.letterHead(i) {
			found[i] = s
		}
	})
	for i, s := range found {
		if p := &r.paras[i]; s.rule != "" {
			r.slugs[i] = s
			r.strong += boolInt(s.strong)
			r.laters += boolInt(s.rule == "heading.later")
			r.places += boolInt(s.rule == "heading.capitals" && r.repeats[p.text] < 2 && placeNoun.MatchString(p.text))
		}
	}
}

var letterLine = guard(`(?i)^(?:to|from|subject|re|cc|sent|attn) ?: ?\S`)

// letterHead is true for the lines that head a letter or message of the story:
// To, From, Subject and what stands right among them.
func (r *recogniser) letterHead(i int) bool {
	const reach = 3
	for k := i; k >= 0 && k > i-reach; k-- {
		if letterLine.MatchString(r.paras[k].head()) {
			return true
		}
		if r.paras[k].gap > 0 {
			break
		}
	}
	for k := i + 1; k < len(r.paras) && k < i+reach && r.paras[k].gap == 0; k++ {
		if letterLine.MatchString(r.paras[k].head()) {
			return true
		}
	}
	return false
}

// slugOfLines reads a paragraph of one to four lines as a scene heading: every
// line must have the shape of one and one of them the words.
func slugOfLines(p *para) (slug, bool) {
	if len(p.text) > 400 {
		return slug{}, false
	}
	lines := strings.Split(p.text, "\n")
	if len(lines) > 4 {
		return slug{}, false
	}
	var best slug
	found := false
	for _, text := range lines {
		text = strings.Trim(text, sceneMarks)
		s, ok := slugOf(text)
		if !ok && !slugShaped(text) {
			return slug{}, false
		}
		if ok && (!found || s.strong && !best.strong) {
			best, found = s, true
		}
	}
	return best, found
}

// markScenes says of every paragraph of the story what kind of block it is.
func (r *recogniser) markScenes() {
	for i := 0; i < len(r.paras); {
		if r.guess[i].what != InStory {
			i++
			continue
		}
		i += r.markScene(i)
	}
	r.markSections()
	r.markShapes()
}

func (r *recogniser) markScene(i int) int {
	p := &r.paras[i]
	switch {
	case r.isBreak(i):
		return r.markBreak(i)
	case p.form == verse:
		r.become(i, prose.Verse, "verse.indent", 0.93)
	case p.form == markup:
		r.become(i, p.block.Kind, "text.markup", 1)
	case p.short(60) && r.endMark(i) && r.endsChapter(i):
		r.become(i, prose.EndMark, "end.words", 0.95)
	case p.form == heading:
		r.markHeading(i)
	default:
		return r.markSlug(i)
	}
	return 1
}

// become makes the paragraph a block of a kind, and keeps what it may be.
func (r *recogniser) become(i int, kind prose.Kind, rule string, confidence float64) {
	g := &r.guess[i]
	g.kind = kind
	if g.offer == "" {
		g.rule, g.confidence = rule, confidence
	}
}

// markHeading sets a heading of the file that opens no chapter: over a scene
// when it reads like one.
func (r *recogniser) markHeading(i int) {
	if s, ok := r.slugs[i]; ok && s.strong {
		r.become(i, prose.SceneHeading, s.rule, 0.97)
		return
	}
	r.become(i, prose.Heading, "heading.markup", 1)
}

// markBreak makes one break of a run of drawn lines: padding above and below
// a rule belongs to it.
func (r *recogniser) markBreak(i int) int {
	end := i
	best := breakMark{}
	for end < len(r.paras) && r.guess[end].what == InStory && r.isBreak(end) {
		if mark := r.breaks[end]; mark.confidence > best.confidence {
			best = mark
		}
		end++
	}
	r.set(i, end, guess{what: InStory, kind: prose.SceneBreak, rule: best.rule, confidence: best.confidence})
	return end - i
}

// endsChapter is true when no more story follows in the chapter but what may
// be a note.
func (r *recogniser) endsChapter(i int) bool {
	for k := i + 1; k < len(r.paras); k++ {
		g := r.guess[k]
		switch {
		case g.what == ChapterHead || g.opensWork:
			return true
		case g.what == InStory && !r.isBreak(k) && g.offer == "":
			return false
		}
	}
	return true
}

// markSlug makes scene headings of the lines at i, if they are, and returns
// how many it looked at.
func (r *recogniser) markSlug(i int) int {
	end, best, ok := r.slugRun(i)
	if !ok || r.guess[i].offer != "" {
		return 1
	}
	if !r.headsScene(i, end, best) {
		if r.worthAsking(i, best) && r.nextStory(end) {
			r.propose(i, end, "heading.proposed", "scene_heading", 0.6)
		}
		return end - i
	}
	confidence := 0.92
	if best.strong {
		confidence = 0.97
	}
	r.set(i, end, guess{what: InStory, kind: prose.SceneHeading, rule: best.rule, confidence: confidence})
	return end - i
}

// worthAsking is true for a line in capitals that names a place or stands in
// the middle: most others are shouted.
func (r *recogniser) worthAsking(i int, s slug) bool {
	p := &r.paras[i]
	return s.rule == "heading.capitals" && !r.refrain(i) && (p.centred || placeNoun.MatchString(p.text))
}

// slugRun is the run of heading lines at i, up to four, one right under another
// or each a heading by itself.
func (r *recogniser) slugRun(i int) (end int, best slug, ok bool) {
	const most = 4
	best, ok = r.slugs[i]
	end = i + 1
	if !ok && !r.leadsSlug(i) {
		return end, best, false
	}
	for end < len(r.paras) && end-i < most && r.goesUnder(end) {
		if s, is := r.slugs[end]; is && (!ok || s.strong && !best.strong) {
			best, ok = s, true
		}
		end++
	}
	return end, best, ok
}

// goesUnder is true for a line that belongs to the heading above it.
func (r *recogniser) goesUnder(i int) bool {
	p, g := &r.paras[i], &r.guess[i]
	if g.what != InStory || g.offer != "" || p.form != plain || p.gap > 1 || r.isBreak(i) {
		return false
	}
	if s, is := r.slugs[i]; is {
		return s.strong || !r.refrain(i)
	}
	return p.gap == 0 && !r.tight && slugShaped(p.text) && (titleCase(p.text) || r.lastUnder(i))
}

// lastUnder is true for two or three words that close a heading: "Same place".
func (r *recogniser) lastUnder(i int) bool {
	p := &r.paras[i]
	return i+1 < len(r.paras) && r.paras[i+1].gap > 0 && wordCount(p.text) <= 3 && !startsLower(p.text) && !r.refrain(i)
}

// leadsSlug is true for a short line in title case right above a sure heading:
// a place over its time. With a blank line between it must be a place by its
// words, or begin a scene.
func (r *recogniser) leadsSlug(i int) bool {
	if i+1 >= len(r.paras) || !r.slugs[i+1].strong || !r.maySit(i) {
		return false
	}
	p := &r.paras[i]
	_, weak := r.slugs[i]
	drawn := i > 0 && r.isBreak(i-1)
	switch r.paras[i+1].gap {
	case 0:
		return i == 0 || p.gap > 0 || drawn || r.tight
	case 1:
		return weak || drawn
	}
	return false
}

// maySit is true for a line that may sit above a time: short, in title case,
// and not a refrain.
func (r *recogniser) maySit(i int) bool {
	p := &r.paras[i]
	return p.form == plain && p.short(60) && slugShaped(p.text) && titleCase(p.text+" X") && !r.refrain(i)
}

// refrain is true for a line that comes back word for word.
func (r *recogniser) refrain(i int) bool { return r.repeats[r.paras[i].text] > 1 }

// headsScene decides whether the lines from i up to end head a scene: strong
// ones wherever they stand, others where a scene begins.
func (r *recogniser) headsScene(i, end int, s slug) bool {
	if !r.nextStory(end) || salutation.MatchString(r.paras[end].text) {
		return false
	}
	starts := r.startsScene(i)
	switch {
	case s.strong:
		return true
	case s.rule == "heading.later":
		return starts || r.laters > 1
	case s.rule == "heading.time":
		return starts || r.strong > 0
	case r.refrain(i):
		text := r.paras[i].text
		return starts && placeNoun.MatchString(text) && r.alwaysStarts(text)
	}
	return starts || r.placeAmid(i, end, s)
}

// placeAmid is true for a place with room around it in a text whose other
// scenes have sure headings.
func (r *recogniser) placeAmid(i, end int, s slug) bool {
	company := r.strong
	if s.rule == "heading.capitals" {
		company += r.places
	}
	if !placeNoun.MatchString(r.paras[i].text) || company < 2 {
		return false
	}
	return r.tight || r.paras[i].gap > 0 && r.paras[end].gap > 0
}

// nextStory is true when story follows that the lines before end can head.
func (r *recogniser) nextStory(end int) bool {
	return end < len(r.paras) && r.guess[end].what == InStory && !r.isBreak(end) && !r.endMark(end)
}

// startsScene is true at the top of a chapter, behind notes and behind a break.
func (r *recogniser) startsScene(i int) bool {
	return i == 0 || r.guess[i-1].what != InStory || r.isBreak(i-1)
}

// alwaysStarts is true when a line stands only where scenes begin. All lines
// are looked at once, the first time one is asked for: what starts a scene is
// settled before scenes are marked.
func (r *recogniser) alwaysStarts(text string) bool {
	if r.amid == nil {
		r.amid = map[string]bool{}
		for i := range r.paras {
			if r.refrain(i) && !r.startsScene(i) {
				r.amid[r.paras[i].text] = true
			}
		}
	}
	return !r.amid[text]
}
