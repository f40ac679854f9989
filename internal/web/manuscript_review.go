package web

import (
	"cmp"
	"html"
	"io"
	"strconv"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/manuscript"
	"ficus/internal/prose"
	"ficus/internal/web/page"
	"ficus/internal/writing"
)

func writeAll(data []byte) func(io.Writer) error {
	return func(to io.Writer) error {
		_, err := to.Write(data)
		return err
	}
}

// reviewManuscript answers with what was understood, an undo beside each
// guess.
func (w *Web) reviewManuscript(r *Request) (Response, error) {
	id, err := r.number("manuscript")
	if err != nil {
		return Response{}, err
	}
	ms, reading, err := w.Writing.Manuscript(r.Context(), r.Viewer, id)
	if err != nil {
		return Response{}, err
	}
	address := manuscriptAddress(ms.ID)
	p := page.ReviewPage{
		Shell: w.private(r, r.Words.T("review.title")), Action: address, Continue: page.PathNewWork + "?manuscript=" + strconv.FormatInt(ms.ID, 10),
		Original: address + "/original", Counts: countParts(reading), LeftOut: leftOut(reading), Source: sourceSpans(reading),
	}
	p.Said = saidWords(r, r.FormValue("said"))
	undedicated, err := undedicatedNotes(ms)
	if err != nil {
		return Response{}, err
	}
	removed, err := writing.RemovedOf(ms)
	if err != nil {
		return Response{}, err
	}
	p.Removed = droppedCounts(removed)
	p.Learnt = len(reading.Habits) > 0
	p.Recalled = recalledLegends(reading)
	if p.Pile, err = w.pileOf(r, ms.ID); err != nil {
		return Response{}, err
	}
	if p.Pile == "" {
		p.ChapterOf, err = w.chapterOf(r, ms.ID, reading)
	}
	if err != nil {
		return Response{}, err
	}
	seen, err := lookOver(reading)
	if err != nil {
		return Response{}, err
	}
	for i := range reading.Works {
		work := reviewWork(r, seen, i, undedicated)
		if len(reading.Works) > 1 {
			work.Continue = p.Continue + "&story=" + strconv.Itoa(i)
		}
		p.Works = append(p.Works, work)
	}
	if len(reading.Works) > 1 {
		p.Continue = ""
	}
	return show(p)
}

// recalledLegends are the legends of the writer's other texts by which marks of
// this one were read.
func recalledLegends(reading manuscript.Reading) (legends []page.Habit) {
	for _, h := range reading.Recalled {
		legends = append(legends, page.Habit{Kind: h.Kind, Shape: h.Shape})
	}
	return legends
}

// saidWords says what the last press did.
func saidWords(r *Request, said string) string {
	switch said {
	case "story":
		return r.Words.T("review.said_story")
	case "no-dedication":
		return r.Words.T("review.said_no_dedication")
	case "become":
		return r.Words.T("review.said_become")
	case "undo":
		return r.Words.T("review.said_undo")
	case "again":
		return r.Words.T("review.said_again")
	case "plain":
		return r.Words.T("review.said_plain")
	case "take":
		return r.Words.T("review.said_take")
	case "afresh":
		return r.Words.T("review.said_afresh")
	case "unmark":
		return r.Words.T("review.said_unmark")
	}
	return ""
}

// dedication is the guess that a note names whom the text is for. It takes
// nothing out of the note.
const dedication = "dedication"

// undedicatedNotes are the spans of the notes that dedicate nothing, because
// the writer said so.
func undedicatedNotes(ms archive.Manuscript) (map[[2]int]bool, error) {
	choices, err := writing.ChoicesOf(ms)
	spans := map[[2]int]bool{}
	for _, c := range choices {
		if c.What == dedication {
			spans[[2]int{c.Start, c.End}] = c.Become == "story"
		}
	}
	return spans, err
}

// overview is a reading with what its page asks of every guess.
type overview struct {
	manuscript.Reading
	alike map[likeness]int  // how many guesses are alike
	notes map[noteOf]int    // of how many parts a chapter's note was made
	shown map[string]string // where the pictures of the manuscript are shown
}

// noteOf names a note or disclaimer of a chapter.
type noteOf struct {
	what          string
	work, chapter int
}

func lookOver(reading manuscript.Reading) (overview, error) {
	o := overview{Reading: reading, alike: map[likeness]int{}, notes: map[noteOf]int{}, shown: map[string]string{}}
	for _, p := range reading.Guesses() {
		o.alike[likenessOf(p)]++
		o.notes[noteOf{p.What, p.Work, p.Chapter}]++
	}
	var texts []prose.Document
	for _, work := range reading.Works {
		for _, c := range work.Chapters {
			texts = append(texts, c.OpeningNote, c.Body, c.ClosingNote)
		}
	}
	pictures, err := writing.BroughtPictures(reading, texts...)
	for _, upload := range pictures {
		o.shown[upload.Name] = writing.KeptAddress(upload.Kept)
	}
	return o, err
}

// html is a text as readers will get it, its pictures shown from where they
// wait.
func (o overview) html(d prose.Document) string {
	if len(o.shown) == 0 {
		return d.HTML()
	}
	return d.MapImages(func(src string) (string, bool) { return cmp.Or(o.shown[src], src), true }).HTML()
}

// reviewWork is one story of a manuscript with its guesses in their places.
func reviewWork(r *Request, reading overview, n int, undedicated map[[2]int]bool) page.ReviewWork {
	from := reading.Works[n]
	work := page.ReviewWork{Title: from.Title, Author: from.Author}
	for i, c := range from.Chapters {
		work.Chapters = append(work.Chapters, page.ReviewChapter{Title: c.Title, Number: i + 1, Words: c.Body.Words()})
	}
	told := map[int]bool{} // chapters whose dedication was shown
	for _, part := range reading.Parts {
		if part.Work != n || part.Chapter >= len(work.Chapters) {
			continue
		}
		chapter := &work.Chapters[part.Chapter]
		chapter.Parts = append(chapter.Parts, reviewPart(r, reading, part))
		if name := from.Chapters[part.Chapter].Dedication; name != "" && !told[part.Chapter] && strings.Contains(reading.Text(part), name) && isNote(part) {
			told[part.Chapter] = true
			chapter.Parts = append(chapter.Parts, dedicationPart(r, part, name))
		} else if undedicated[[2]int{part.Start, part.End}] {
			chapter.Parts = append(chapter.Parts, page.ReviewPart{Guess: &page.Guess{Kind: dedication, What: dedication, Start: part.Start, End: part.End, Chosen: true}})
		}
	}
	return work
}

func isNote(p manuscript.Part) bool {
	return p.What == manuscript.OpeningNote || p.What == manuscript.ClosingNote || p.What == manuscript.Field
}

func dedicationPart(r *Request, note manuscript.Part, name string) page.ReviewPart {
	return page.ReviewPart{
		HTML:  "<p>" + html.EscapeString(r.Words.T("review.for", "Name", name)) + "</p>",
		Guess: &page.Guess{Kind: dedication, What: dedication, Start: note.Start, End: note.End, Because: r.Words.T("review.dedication_because"), First: name},
	}
}

func reviewPart(r *Request, o overview, p manuscript.Part) page.ReviewPart {
	reading := o.Reading
	shown := page.ReviewPart{HTML: prose.PageHTML(partHTML(o, p))}
	if !p.Guessed() {
		return shown
	}
	g := &page.Guess{
		Kind: guessKind(reading, p), What: guessWhat(reading, p), Start: p.Start, End: p.End, Because: r.Words.T(manuscript.Reason(p.Rule)),
		Before: lineBefore(reading.SourceText[:p.Start]), First: firstWords(reading.Text(p)), After: lineAfter(reading.SourceText[p.End:]),
		Look: p.Certainty() == "look", Sure: p.Certainty() == "sure", Known: p.Known, Chosen: p.Rule == "choice.writer", Offer: p.Offer,
		Alike: o.alike[likenessOf(p)] - 1,
	}
	shown.Guess = g
	return shown
}

// partHTML is a part as readers will get it.
func partHTML(reading overview, p manuscript.Part) string {
	if p.What == manuscript.InStory {
		blocks := reading.Works[p.Work].Chapters[p.Chapter].Body.Blocks
		if p.Block < len(blocks) {
			return reading.html(prose.Document{Blocks: blocks[p.Block : p.Block+1]})
		}
	}
	if note := reading.noteOf(p); !note.IsEmpty() {
		return reading.html(note)
	}
	typed, _ := prose.ReadTyped(html.EscapeString(reading.Text(p)))
	return typed.HTML()
}

// noteOf is the note or disclaimer of a chapter that one part alone became; the
// zero Document for any other part.
func (o overview) noteOf(p manuscript.Part) prose.Document {
	if o.notes[noteOf{p.What, p.Work, p.Chapter}] != 1 {
		return prose.Document{}
	}
	chapter := o.Works[p.Work].Chapters[p.Chapter]
	switch p.What {
	case manuscript.Disclaimer:
		return chapter.Disclaimer
	case manuscript.OpeningNote:
		return chapter.OpeningNote
	case manuscript.ClosingNote:
		return chapter.ClosingNote
	}
	return prose.Document{}
}

// guessWhat names a guess in the words of the page: the part, or for a part of
// the story the kind of its block.
func guessWhat(reading manuscript.Reading, p manuscript.Part) string {
	if p.What != manuscript.InStory {
		return p.What
	}
	blocks := reading.Works[p.Work].Chapters[p.Chapter].Body.Blocks
	if p.Block >= len(blocks) || blocks[p.Block].Kind == prose.Paragraph {
		return p.What
	}
	return manuscript.KindName(blocks[p.Block].Kind)
}

// guessKind is on which ground a guess stands.
func guessKind(reading manuscript.Reading, p manuscript.Part) string {
	what := guessWhat(reading, p)
	if p.Offer != "" {
		what = p.Offer
	}
	switch what {
	case manuscript.OpeningNote, manuscript.ClosingNote:
		return "note"
	case manuscript.Title, manuscript.Author, manuscript.Field:
		return "field"
	case manuscript.Disclaimer, manuscript.LeftOut:
		return what
	case manuscript.ChapterHead, "heading", "scene_heading":
		return "heading"
	case "scene_break", "end_mark":
		return "break"
	}
	return "note"
}

// lineBefore and lineAfter are the lines with words next to a guess, by which
// its writer knows the place.
func lineBefore(text string) string {
	text = strings.TrimSpace(text)
	return firstWords(text[strings.LastIndexByte(text, '\n')+1:])
}

func lineAfter(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return firstWords(line)
}

func firstWords(text string) string {
	words := strings.Fields(text)
	if len(words) > 8 {
		return strings.Join(words[:8], " ") + " …"
	}
	return strings.Join(words, " ")
}

// countParts counts what was understood, in the order it is said.
func countParts(reading manuscript.Reading) []page.ReviewCount {
	counts := map[string]int{}
	for _, p := range reading.Guesses() {
		if p.Certainty() == "look" {
			counts["look"]++
		}
		switch what := guessWhat(reading, p); what {
		case manuscript.ChapterHead:
			counts["chapter"]++
		case "scene_heading":
			counts["heading"]++
		case "scene_break":
			counts["break"]++
		case manuscript.OpeningNote, manuscript.ClosingNote, manuscript.Disclaimer, manuscript.Title, manuscript.Author, manuscript.Field, manuscript.LeftOut:
			counts[guessKind(reading, p)]++
		}
	}
	for _, work := range reading.Works {
		for _, c := range work.Chapters {
			if c.Dedication != "" {
				counts["dedication"]++
			}
		}
	}
	var list []page.ReviewCount
	for _, kind := range []string{"chapter", "note", "disclaimer", "dedication", "field", "heading", "break", "left_out", "look"} {
		if counts[kind] > 0 {
			list = append(list, page.ReviewCount{Kind: kind, Count: counts[kind]})
		}
	}
	return list
}

func leftOut(reading manuscript.Reading) []page.ReviewCount { return droppedCounts(reading.Dropped) }

func droppedCounts(dropped []manuscript.Dropped) []page.ReviewCount {
	var list []page.ReviewCount
	for _, d := range dropped {
		list = append(list, page.ReviewCount{Kind: d.Kind, Count: d.Count})
	}
	return list
}

// sourceSpans is the text as it came, its guesses marked, without gaps.
func sourceSpans(reading manuscript.Reading) []page.ReviewSpan {
	var spans []page.ReviewSpan
	at := 0
	for _, p := range reading.Guesses() {
		if p.Start > at {
			spans = append(spans, page.ReviewSpan{Text: reading.SourceText[at:p.Start]})
		}
		spans = append(spans, page.ReviewSpan{Text: reading.Text(p), Kind: guessKind(reading, p), Anchor: page.Guess{Start: p.Start, End: p.End}.Anchor()})
		at = p.End
	}
	return append(spans, page.ReviewSpan{Text: reading.SourceText[at:]})
}

// saidOf is what was understood of a manuscript, in one sentence.
func saidOf(r *Request, reading manuscript.Reading) string {
	var said []string
	for _, count := range countParts(reading) {
		said = append(said, page.CountWord(page.Shell{Words: r.Words}, count))
	}
	if len(said) == 0 {
		return r.Words.T("review.all_story")
	}
	return r.Words.T("review.found", "List", r.Words.List(said))
}

// droppedWords says what a text lost on its way in.
func droppedWords(r *Request, dropped []prose.Dropped) []string {
	var said []string
	for _, d := range dropped {
		count := page.CountWord(page.Shell{Words: r.Words}, page.ReviewCount{Kind: d.Kind, Count: d.Count})
		said = append(said, r.Words.T("preview.left_out", "What", count))
	}
	return said
}
