package manuscript

import (
	"cmp"
	"strings"

	"ficus/internal/pattern"
	"ficus/internal/prose"
)

// assembly puts works together from the guesses, part by part.
type assembly struct {
	r     *recogniser
	works []Work
	parts []Part
	open  bool // the current chapter has a head or story: the next head opens another
}

// assemble makes the works and their parts.
func (r *recogniser) assemble() ([]Work, []Part) {
	a := &assembly{r: r, parts: make([]Part, 0, len(r.paras))}
	a.newWork()
	room := make([]piece, 0, min(len(r.paras), 16*stretch))
	for i := 0; i < len(r.paras); {
		pieces := r.piecesFrom(i, room)
		for k := range pieces {
			a.add(&pieces[k])
		}
		i = pieces[len(pieces)-1].end
	}
	return a.works, a.parts
}

func (a *assembly) newWork() {
	a.works = append(a.works, Work{Fields: map[string]string{}, Chapters: []Chapter{{}}})
	a.open = false
}

func (a *assembly) work() *Work { return &a.works[len(a.works)-1] }

func (a *assembly) chapter() *Chapter {
	w := a.work()
	return &w.Chapters[len(w.Chapters)-1]
}

// add takes a part.
func (a *assembly) add(made *piece) {
	i, end := made.from, made.end
	g := a.r.guess[i]
	if g.opensWork {
		a.newWork()
	}
	switch g.what {
	case Title:
		a.title(i, end)
	case Author:
		a.author(i, end)
	case Field:
		a.field(i, end)
	case Disclaimer, OpeningNote, ClosingNote:
		a.note(g.what, made)
	case ChapterHead:
		a.head(i, end)
	case LeftOut:
		a.leftOut(g.rule, i, end)
	case InStory:
		c := a.chapter()
		if c.Body.Blocks == nil {
			c.Body.Blocks = make([]prose.Block, 0, a.ahead(i))
		}
		c.Body.Blocks = append(c.Body.Blocks, made.block)
		a.open = true
		a.r.paras[i].block = nil // the chapter has it now
	}
	a.parts = append(a.parts, a.part(g, i, end))
}

// ahead counts the parts of the story from the paragraph at i to where the
// chapter or the work is over.
func (a *assembly) ahead(i int) (parts int) {
	for k := i; k < len(a.r.paras); k++ {
		g := &a.r.guess[k]
		if k > i && (g.what == ChapterHead || g.opensWork) {
			break
		}
		parts += boolInt(g.what == InStory && !g.joins)
	}
	return parts
}

func (a *assembly) part(g guess, i, end int) Part {
	p := Part{
		What:       g.what,
		Work:       len(a.works) - 1,
		Chapter:    len(a.work().Chapters) - 1,
		Rule:       g.rule,
		Confidence: g.confidence,
		Start:      a.r.paras[i].start,
		End:        a.r.paras[end-1].end,
		Offer:      g.offer,
		Known:      g.known,
	}
	if g.what == InStory {
		p.Block = len(a.chapter().Body.Blocks) - 1
	}
	return p
}

// head opens a chapter, or names the one that has no story yet.
func (a *assembly) head(i, end int) {
	if a.open {
		w := a.work()
		w.Chapters = append(w.Chapters, Chapter{})
	}
	a.open = true
	var lines []string
	for k := i; k < end; k++ {
		lines = append(lines, a.r.paras[k].text)
	}
	a.chapter().Number, a.chapter().Title = headTitle(lines)
}

// headTitle reads number and title from the lines of a chapter's head.
func headTitle(lines []string) (number int, title string) {
	part := ""
	for i, text := range lines {
		h, ok := headOf(text)
		switch {
		case ok && h.unit < 3 && headFollows(lines[i+1:]):
			part = joinWith(h.typed, ": ", h.title)
		case ok && number > 0 && h.unit < 3 && h.number > 0:
			title = joinWith(title, " – ", joinWith(h.typed, ": ", h.title))
		case ok:
			number = h.number
			title = cmp.Or(h.title, title)
		case number == 0 && isNumber(text):
			number, _ = bareNumber(text)
		case title == "" && !isDrawn(text):
			title = strings.Trim(text, sceneMarks+"\"“”")
		}
	}
	if number == lastNumber {
		number = 0
	}
	return number, joinWith(part, " – ", title)
}

// headFollows is true when another head stands under one: a chapter's under
// its part's.
func headFollows(lines []string) bool {
	for _, text := range lines {
		if _, ok := headOf(text); ok {
			return true
		}
	}
	return false
}

func isNumber(text string) bool {
	_, ok := bareNumber(text)
	return ok
}

func isDrawn(text string) bool {
	_, drawn := breakOf(text)
	return drawn
}

// joinWith joins two texts, when there are two.
func joinWith(a, joint, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + joint + b
}

// note adds a disclaimer or note, and finds in a note to whom it dedicates.
func (a *assembly) note(what string, made *piece) {
	r, c := a.r, a.chapter()
	doc := map[string]*prose.Document{Disclaimer: &c.Disclaimer, OpeningNote: &c.OpeningNote, ClosingNote: &c.ClosingNote}[what]
	doc.Blocks = append(doc.Blocks, made.note...)
	if what == Disclaimer || c.Dedication != "" || r.undone[[2]int{r.paras[made.from].start, r.paras[made.end-1].end}] {
		return
	}
	c.Dedication = made.to
}

func (a *assembly) leftOut(rule string, i, end int) {
	if rule != "mail.header" || a.work().Title != "" {
		return
	}
	for k := i; k < end; k++ {
		if subject, ok := strings.CutPrefix(a.r.paras[k].text, "Subject:"); ok {
			a.work().Title, _ = cutPart(subjectTitle(subject))
		}
	}
}

var (
	subjectMarks = pattern.New(`(?i)^\s*(?:(?:re|fw|fwd|new|fic|story|repost|post|update|\[[^\]]*\])\s*:?\s+|[\w ]{2,12}:\s*)+`)
	subjectBy    = pattern.New(`(?i)\s+by\s+\S.*$`)
	partMark     = pattern.New(`(?i)\s*[\[(](?:part |chapter )?(\d+[ab]? ?(?:/|of) ?(?:\d+|\?))[\])]\s*`)
)

// subjectTitle is the title in a mail's subject: without what the list put
// before it and the author behind it.
func subjectTitle(subject string) string {
	return strings.TrimSpace(subjectBy.ReplaceAllString(subjectMarks.ReplaceAllString(subject, ""), ""))
}

// cutPart takes a mark such as "(1/2)" off a title.
func cutPart(title string) (name, part string) {
	if m := partMark.FindStringSubmatchIndex(title); m != nil && m[1] == len(title) {
		return strings.TrimSpace(title[:m[0]]), strings.ReplaceAll(title[m[2]:m[3]], " ", "")
	}
	return strings.TrimSpace(title), ""
}

// blocksText is the characters of blocks, a line each.
func blocksText(blocks []prose.Block) string {
	var s strings.Builder
	for i, b := range blocks {
		if i > 0 {
			s.WriteByte('\n')
		}
		s.WriteString(blockText(b))
	}
	return s.String()
}

// blockText is what a block shows as plain characters: its lines, and those of
// the blocks in it.
func blockText(b prose.Block) string {
	if b.Kind == prose.SceneBreak {
		return b.Glyphs
	}
	text := prose.PlainText(b.Inlines)
	if len(b.Blocks) == 0 {
		return text
	}
	inner := blocksText(b.Blocks)
	if text == "" {
		return inner
	}
	return text + "\n" + inner
}
