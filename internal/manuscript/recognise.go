package manuscript

import (
	"ficus/internal/prose"
)

// guess is what one paragraph is to the story, and why.
type guess struct {
	what       string
	kind       prose.Kind // of a paragraph in the story
	rule       string
	confidence float64
	offer      string // what it would become, when the guess is too weak to act on
	joins      bool   // belongs to the same part as the paragraph before it
	opensWork  bool   // another story begins here
	chosen     bool   // by the writer
	known      bool   // the writer accepted its shape before
}

var storyParagraph = guess{what: InStory, kind: prose.Paragraph, rule: "text.paragraph", confidence: 1}

// recogniser guesses over the paragraphs of one source. Its tables are indexed
// by paragraph.
type recogniser struct {
	src         source
	paras       []para
	guess       []guess
	breaks      map[int]breakMark
	slugs       map[int]slug
	heads       map[int]head // lines that would open a chapter by their words
	repeats     map[string]int
	legend      legend
	tight       bool             // paragraphs follow each other without blank lines
	titlesApart bool             // chapters have their title a blank line below their number
	script      bool             // a play: most paragraphs begin with a name
	places      int              // how many lines in capitals name a place
	strong      int              // how many scene headings are sure by their words
	laters      int              // how many say how much later it is
	farewells   []int8           // of lines that may end a letter: 1 when they do, -1 when they do not
	amid        map[string]bool  // lines that come back where no scene begins
	undone      map[[2]int]bool  // dedications the writer put back
	labels      map[int]label    // what begins with a label
	typed       map[int]typedRef // the footnotes that were typed, by the paragraph they are for
	preset      map[int]bool     // paragraphs left out before anything else was looked at
	habits      habits           // what is known of the writer
}

func newRecogniser(src source, known []Habit) *recogniser {
	paras := withGaps(src)
	r := &recogniser{
		src:     src,
		paras:   paras,
		guess:   make([]guess, len(paras)),
		breaks:  map[int]breakMark{},
		slugs:   map[int]slug{},
		heads:   map[int]head{},
		repeats: map[string]int{},
		undone:  map[[2]int]bool{},
		labels:  map[int]label{},
		typed:   map[int]typedRef{},
		preset:  map[int]bool{},
		habits:  habitsOf(known),
	}
	found := make([]*label, len(paras))
	inParts(len(paras), func(i int) {
		r.guess[i] = storyParagraph
		if l, ok := labelOf(paras[i].head()); ok {
			found[i] = &l
		}
	})
	for i, l := range found {
		if l != nil {
			r.labels[i] = *l
		}
	}
	return r
}

// ownLabel is the label a paragraph begins with for anyone: not one that only
// its writer has.
func (r *recogniser) ownLabel(i int) (label, bool) {
	l, ok := r.labels[i]
	return l, ok && !l.learnt
}

// recognise guesses about the whole text: first what lines look like, then
// where works and chapters begin, then what stands at their edges, and last
// the scenes between.
func (r *recogniser) recognise(noGuess bool) {
	r.survey()
	if r.src.laid && !noGuess {
		r.recogniseBook()
		return
	}
	if !noGuess {
		lo, hi := r.unwrap()
		starts := r.workStarts(lo, hi)
		for k, from := range starts {
			to := hi
			if k+1 < len(starts) {
				to = starts[k+1]
			}
			r.recogniseWork(from, to)
			if k > 0 {
				r.guess[from].opensWork = true
			}
		}
	}
	if !noGuess {
		r.markTypedNotes()
	}
	r.markScenes()
}

// survey reads every paragraph once, by itself.
func (r *recogniser) survey() {
	gaps := 0
	for i := range r.paras {
		p := &r.paras[i]
		if i > 0 && p.gap > 0 {
			gaps++
		}
		if p.short(80) {
			r.repeats[p.text]++
		}
	}
	r.tight = len(r.paras) > 4 && gaps*10 < 3*len(r.paras)
	r.surveyHabits()
	r.surveyBreaks()
	r.surveySlugs()
	r.legend = r.readLegend()
	r.script = r.isScript()
}

// recogniseWork guesses about one story, the paragraphs from lo up to hi.
func (r *recogniser) recogniseWork(lo, hi int) {
	opens := r.chapterHeads(lo, hi)
	r.titlesApart = r.haveTitlesApart(opens, hi)
	first := hi
	if len(opens) > 0 {
		first = opens[0]
	}
	story := r.front(lo, first)
	r.chapter(lo, story, first)
	ends := append(opens[min(len(opens), 1):len(opens):len(opens)], hi)
	eachOf(len(opens), chaptersAtOnce(len(opens), hi-first), func(k int) {
		body := r.takeHead(opens[k], ends[k])
		r.chapter(opens[k], r.opening(body, ends[k]), ends[k])
	})
}

// chaptersAtOnce is how many chapters are worth a processor's while. What is
// guessed about one is guessed of its own paragraphs, whatever stands in others.
func chaptersAtOnce(chapters, paras int) int {
	const worth = stretch / 4 // paragraphs: those at the edges of chapters are looked at often
	return max(1, chapters*worth/max(1, paras))
}

// chapter guesses about what closes a chapter whose story begins at story, and
// then doubts everything if too little story is left.
func (r *recogniser) chapter(lo, story, hi int) {
	if story >= hi {
		return
	}
	r.closing(story, hi)
	r.doubt(lo, hi)
}

// set gives the paragraphs from i up to end one guess, as one part.
func (r *recogniser) set(i, end int, g guess) {
	for k := i; k < end; k++ {
		r.guess[k] = g
		r.guess[k].joins = k > i
	}
}

// propose leaves paragraphs in the story and says what they may be.
func (r *recogniser) propose(i, end int, rule, offer string, confidence float64) {
	for k := i; k < end; k++ {
		g := storyParagraph
		g.rule, g.offer, g.confidence = rule, offer, confidence
		r.guess[k] = g
	}
}

// border is true where notes end for certain: a break, a head or a heading.
func (r *recogniser) border(i int) bool {
	if _, ok := r.breaks[i]; ok {
		return true
	}
	if _, ok := r.heads[i]; ok {
		return true
	}
	s, ok := r.slugs[i]
	return ok && (s.strong || r.repeats[r.paras[i].text] < 2 && s.rule != "heading.place") || r.leadsSlug(i)
}

// isBreak is true for a paragraph that is drawn as a break.
func (r *recogniser) isBreak(i int) bool {
	_, ok := r.breaks[i]
	return ok
}

// words counts the words from i up to end.
func (r *recogniser) words(i, end int) int {
	n := 0
	for ; i < end; i++ {
		n += wordCount(r.paras[i].text)
	}
	return n
}

// doubt is the last look at a chapter: notes that leave no story, or hardly
// any beside much note, go back into the story as proposals.
func (r *recogniser) doubt(lo, hi int) {
	story, notes := 0, 0
	for i := lo; i < hi; i++ {
		switch r.guess[i].what {
		case InStory:
			if !r.isBreak(i) {
				story += wordCount(r.paras[i].text)
			}
		case OpeningNote, ClosingNote:
			notes += wordCount(r.paras[i].text)
		}
		if story >= 40 {
			return // that is story enough
		}
	}
	if story > 0 && notes <= 150 {
		return
	}
	for i := lo; i < hi; i++ {
		if w := r.guess[i].what; w == OpeningNote || w == ClosingNote {
			r.propose(i, i+1, "note.proposed", w, 0.7)
		}
	}
}
