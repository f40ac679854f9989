package web

import (
	"slices"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/manuscript"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// previewManuscript answers with the chapter of a manuscript as readers will
// get it, when its writer accepted every guess of its kind before; else with
// the whole review.
func (w *Web) previewManuscript(r *Request) (Response, error) {
	id, err := r.number("manuscript")
	if err != nil {
		return Response{}, err
	}
	ms, reading, err := w.Writing.Manuscript(r.Context(), r.Viewer, id)
	if err != nil {
		return Response{}, err
	}
	address := manuscriptAddress(ms.ID)
	if !reading.Familiar() {
		return goTo(address)
	}
	seen, err := lookOver(reading)
	if err != nil {
		return Response{}, err
	}
	from := reading.Works[0].Chapters[0]
	text := archive.ChapterText{
		Body: seen.html(from.Body), NotesBefore: seen.html(from.OpeningNote), NotesAfter: seen.html(from.ClosingNote),
		Disclaimer: seen.html(from.Disclaimer), Dedication: from.Dedication,
	}
	work := archive.Work{Title: reading.Works[0].Title, Language: r.Words.Tag()}
	p := page.StraightPage{
		Shell: w.private(r, r.Words.T("preview.title")), Action: address, Continue: page.PathNewWork + "?manuscript=" + strconv.FormatInt(ms.ID, 10),
		Apart: apart(reading), LeftOut: leftOut(reading),
		Chapter: chapter(r, archive.Chapter{Title: from.Title, Words: from.Body.Words(), Published: r.Now}, from.Number, text),
	}
	if p.ChapterOf, err = w.chapterOf(r, ms.ID, reading); err != nil {
		return Response{}, err
	}
	p.Story = w.story(r, store.Opened{Work: work}, nil, nil)
	p.Story.Own, p.Story.Files, p.Story.PostAction = nil, nil, ""
	return show(p)
}

// severalOf are the kinds whose words stand for several: your scene breaks.
var severalOf = map[string]bool{"scene_break": true, "scene_heading": true, "heading": true, "messages": true}

// apart lists what was set apart or marked, each kind once, as they come.
func apart(reading manuscript.Reading) []page.ReviewCount {
	var list []page.ReviewCount
	for _, g := range reading.Guesses() {
		kind := guessWhat(reading, g)
		switch {
		case g.Rule == "break.border":
			continue // the line that parts a note, which is named
		case g.Rule == "note.legend":
			kind = "legend"
		}
		count := 1
		if severalOf[kind] {
			count = 2
		}
		if !slices.ContainsFunc(list, func(c page.ReviewCount) bool { return c.Kind == kind }) {
			list = append(list, page.ReviewCount{Kind: kind, Count: count})
		}
	}
	return list
}
