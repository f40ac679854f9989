package manuscript

import "slices"

// smallestChapter is the smallest heading that opens a chapter without a word
// for it: smaller ones stand inside a chapter.
const smallestChapter = 2

// surveyHeads finds the lines that would open a chapter by their words or
// because the file itself makes them headings.
func (r *recogniser) surveyHeads(lo, hi int) []int {
	var found []int
	top := r.headingLevel(lo, hi)
	for i := lo; i < hi; i++ {
		p := &r.paras[i]
		if !r.mayHead(i) || r.preset[i] {
			continue
		}
		h, ok := headOf(p.text)
		if !ok {
			h, ok = r.habitHead(i)
		}
		if !ok && p.form == heading && p.level == top && top <= smallestChapter && !(i == lo && r.titleHeading(lo, hi)) {
			h, ok = head{unit: 3, title: p.text, typed: p.text}, true
		}
		if ok {
			r.heads[i] = h
			found = append(found, i)
		}
	}
	return found
}

// mayHead is true for a line on its own that is no speech and no label.
func (r *recogniser) mayHead(i int) bool {
	p := &r.paras[i]
	return (p.form == plain || p.form == heading) && !p.quoted() && r.isolated(i) && !r.labelAt(i)
}

// headingLevel is the level of the headings that open chapters: the largest,
// or the next when the largest stands once, as the title, at the top.
func (r *recogniser) headingLevel(lo, hi int) int {
	count, least := r.countHeadings(lo, hi)
	if count[least] == 1 && lo < hi && r.paras[lo].form == heading && r.paras[lo].level == least {
		for level := least + 1; level < 8; level++ {
			if count[level] > 0 {
				return level
			}
		}
	}
	return least
}

func (r *recogniser) countHeadings(lo, hi int) (count map[int]int, least int) {
	count, least = map[int]int{}, 99
	for i := lo; i < hi; i++ {
		if p := &r.paras[i]; p.form == heading {
			count[p.level]++
			least = min(least, p.level)
		}
	}
	return count, least
}

// titleHeading is true when the heading at the top is the work's title and not
// its first chapter: it stands alone at its level, or another heading, an
// author or a label follows at once.
func (r *recogniser) titleHeading(lo, hi int) bool {
	if lo+1 >= hi || r.paras[lo].form != heading {
		return false
	}
	count, _ := r.countHeadings(lo, hi)
	next := &r.paras[lo+1]
	return count[r.paras[lo].level] == 1 || next.form == heading || next.short(80) && authorLine(next.text) || r.labelAt(lo+1)
}

// isolated is true for a line with room above it.
func (r *recogniser) isolated(i int) bool {
	p := &r.paras[i]
	if i == 0 || p.gap > 0 || r.tight || r.src.kind != "txt" || r.isBreak(i-1) {
		return true
	}
	_, under := r.heads[i-1]
	return under
}

// chapterHeads decides which heads open chapters: two or more whose numbers go
// up, or one at the very top. The others stay in the story as proposals.
func (r *recogniser) chapterHeads(lo, hi int) []int {
	found := r.dropContents(r.surveyHeads(lo, hi))
	if numbers := r.numberHeads(lo, hi); len(numbers) > len(found) {
		r.nameNumbers(numbers)
		found = slices.Compact(slices.Sorted(slices.Values(append(found, numbers...))))
	}
	chain := r.ascending(found)
	if len(chain) == 1 && !r.headsTop(lo, chain[0]) {
		r.propose(chain[0], chain[0]+1, "chapter.proposed", ChapterHead, 0.6)
		delete(r.heads, chain[0])
		return nil
	}
	return r.merge(chain)
}

// ascending keeps the heads whose number does not fall below the one before
// it in the same part.
func (r *recogniser) ascending(found []int) []int {
	var chain []int
	var last [namedUnit + 1]int
	for _, i := range found {
		h := r.heads[i]
		if h.number > 0 && h.number < last[h.unit] && h.number != lastNumber {
			r.propose(i, i+1, "chapter.proposed", ChapterHead, 0.6)
			delete(r.heads, i)
			continue
		}
		if h.number != lastNumber {
			last[h.unit] = max(h.number, last[h.unit])
		}
		for smaller := h.unit + 1; h.number > 0 && smaller < namedUnit; smaller++ {
			last[smaller] = 0
		}
		chain = append(chain, i)
	}
	return chain
}

// headsTop is true when nothing but front matter stands before the only head:
// the front, read so far, ends there. What it guessed is forgotten again.
func (r *recogniser) headsTop(lo, at int) bool {
	story := r.front(lo, at)
	for story < at && (r.isBreak(story) || r.preset[story]) {
		story++
	}
	for i := lo; i < at; i++ {
		if !r.preset[i] {
			r.guess[i] = storyParagraph
		}
	}
	return story == at
}

// dropContents leaves out the list of chapters at the top: three or more heads
// in a row that all come again later.
func (r *recogniser) dropContents(found []int) []int {
	n := r.listedHeads(found)
	if n < 3 || n*2 > len(found) || !r.comeAgain(found[:n], found[n:]) {
		return found
	}
	from, to := found[0], found[n-1]+1
	if from > 0 && r.paras[from-1].short(40) && contentsWord(r.paras[from-1].text) {
		from--
	}
	r.set(from, to, guess{what: LeftOut, rule: "contents.table", confidence: 0.95})
	for i := from; i < to; i++ {
		r.preset[i] = true
	}
	for _, i := range found[:n] {
		delete(r.heads, i)
	}
	return found[n:]
}

// listedHeads counts the heads at the top that stand one under another, up to
// the first that comes a second time.
func (r *recogniser) listedHeads(found []int) int {
	listed := map[string]bool{}
	for n, i := range found {
		if n > 0 && i != found[n-1]+1 || listed[r.paras[i].text] {
			return n
		}
		listed[r.paras[i].text] = true
	}
	return len(found)
}

// comeAgain is true when each of the listed heads stands among the later ones.
func (r *recogniser) comeAgain(listed, later []int) bool {
	again := map[string]bool{}
	for _, i := range later {
		again[r.paras[i].text] = true
	}
	return !slices.ContainsFunc(listed, func(i int) bool { return !again[r.paras[i].text] })
}

// merge lets a head right under another be one head with it: "Part One" over
// "Chapter One", or a title given twice.
func (r *recogniser) merge(chain []int) []int {
	var opens []int
	for k, i := range chain {
		if k > 0 && i == chain[k-1]+1 && mergeable(r.heads[chain[k-1]], r.heads[i]) {
			continue
		}
		opens = append(opens, i)
	}
	return opens
}

func mergeable(above, below head) bool {
	return above.unit != below.unit && above.unit != namedUnit && below.unit != namedUnit || above.unit == below.unit && above.number == below.number && above.number > 0
}

// takeHead sets the head that begins at i apart and returns what follows it:
// with it go a merged head, a title on the next line and a row drawn under it.
func (r *recogniser) takeHead(i, hi int) int {
	end := i + 1
	named := false
	for end < hi {
		_, isHead := r.heads[end]
		switch {
		case r.underline(end):
		case isHead:
		case !named && r.heads[end-1].title == "" && (r.titleBelow(end, hi) || r.titlesApart && r.titleApart(end, hi)):
			named = true
		default:
			r.set(i, end, guess{what: ChapterHead, rule: r.headRule(i), confidence: 0.96})
			return end
		}
		end++
	}
	r.set(i, end, guess{what: ChapterHead, rule: r.headRule(i), confidence: 0.96})
	return end
}

// titleBelow is true for a title on the line right under a chapter's number.
func (r *recogniser) titleBelow(i, hi int) bool {
	if i+1 >= hi || r.paras[i].gap > 0 || !titleLike(&r.paras[i]) || r.labelAt(i) || r.isBreak(i) || r.slugs[i].strong {
		return false
	}
	if r.tight {
		return titleCase(r.paras[i].text) || allCapitals(r.paras[i].text)
	}
	return r.paras[i+1].gap > 0
}

// titleLike is true for a short line that is no speech and no sentence.
func titleLike(p *para) bool {
	return (p.form == plain || p.form == heading) && p.short(70) && wordCount(p.text) <= 10 &&
		!p.quoted() && !endsLikeSentence(p.text) && !startsLower(p.text)
}

// titleApart is true for a title in capitals, or in the middle of the page, a
// blank line under a chapter's number.
func (r *recogniser) titleApart(i, hi int) bool {
	if i+1 >= hi || !titleLike(&r.paras[i]) || r.labelAt(i) || r.isBreak(i) || r.slugs[i].strong {
		return false
	}
	return allCapitals(r.paras[i].text) || r.paras[i].centred || r.paras[i].form == heading
}

// haveTitlesApart is true when two of three heads have such a title: one line
// alone may head its first scene.
func (r *recogniser) haveTitlesApart(opens []int, hi int) bool {
	n := 0
	for _, i := range opens {
		n += boolInt(r.heads[i].title == "" && r.titleApart(i+1, hi))
	}
	return len(opens) > 2 && n*3 >= len(opens)*2
}

func (r *recogniser) headRule(i int) string {
	h, ok := headOf(r.paras[i].text)
	switch {
	case ok && h.unit == namedUnit:
		return "chapter.name"
	case ok, r.heads[i].number > 0:
		return "chapter.number"
	}
	if _, ok := r.habitHead(i); ok {
		return "habit.head"
	}
	return "chapter.heading"
}
