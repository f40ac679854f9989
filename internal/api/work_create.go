package api

import (
	"context"
	"errors"
	"slices"
	"unicode/utf8"

	"ficus/internal/archive"
	"ficus/internal/prose"
	"ficus/internal/writing"
)

type createWorkInput struct {
	Key  idempotencyKey `header:"Idempotency-Key" maxLength:"255" doc:"The same key acts once and is answered alike."`
	Body workBody
}

// Created is where a new thing is, and what was guessed about its texts.
type Created struct {
	ID      int64   `json:"id"`
	URL     string  `json:"url" doc:"Its page."`
	Guesses []guess `json:"guesses" doc:"The parts of the texts that were taken for something else than plain story."`
}

type createdOutput struct {
	Location string `header:"Location"`
	Body     Created
}

// createWork posts a work or keeps it as a draft.
func (d *door) createWork(ctx context.Context, c caller, in *createWorkInput) (*createdOutput, error) {
	read, err := d.readChapters(ctx, in.Body.Chapters, inWork)
	if err != nil {
		return nil, err
	}
	fields, wrong := in.Body.fields(len(read.fields))
	if fields.Summary == "" && utf8.RuneCountInString(read.summary) <= d.Limits.Summary {
		fields.Summary = prose.Document{Blocks: []prose.Block{prose.Para(read.summary)}}.Editable()
	}
	n := writing.NewWork{Fields: fields, Chapters: read.fields, Draft: in.Body.Draft, Once: in.Key.once(in.Body, "works")}
	if wrong = append(wrong, read.wrong...); len(wrong) > 0 {
		_, problems := d.Writing.SetWork(&n.Fields, archive.WorkFields{}, n.Draft)
		return nil, append(wrong, d.workFaults(ctx, n, problems, read)...)
	}
	id, err := acting(n.Once, func() (int64, error) { return d.Writing.Create(ctx, c.viewer, n) })
	var problems archive.Problems
	if errors.As(err, &problems) {
		return nil, d.workFaults(ctx, n, problems, read)
	}
	if err != nil {
		return nil, err
	}
	return &createdOutput{
		Location: c.apiAddress(id),
		Body:     Created{ID: id, URL: c.workAddress(id), Guesses: read.guesses},
	}, nil
}

// chapterProblems are the fields of a chapter, by the names the verb gives them.
var chapterProblems = []string{
	"chapter_title", "chapter_summary", "chapter_published_on", "dedication", "disclaimer", "notes_before", "notes_after", "text", "format",
}

// workFaults says each problem at its place: those of chapters by asking of
// which.
func (d *door) workFaults(ctx context.Context, n writing.NewWork, problems archive.Problems, read chaptersRead) faults {
	var said faults
	for _, p := range problems {
		switch {
		case !slices.Contains(chapterProblems, p.Field):
			said = append(said, faultAt("body", p))
		case len(n.Chapters) == 0:
			said = append(said, faultAt("body", archive.Invalid{Field: "chapters", Rule: p.Rule, Args: p.Args}))
		}
	}
	for i, chapter := range n.Chapters {
		said = append(said, d.chapterFaults(ctx, inWork(read.from[i]), chapter, n.Draft)...)
	}
	return said
}

// chapterFaults says what is wrong with one chapter. Nothing is fetched or
// stored by asking.
func (d *door) chapterFaults(ctx context.Context, under string, f archive.ChapterFields, draft bool) faults {
	_, err := d.checking.SetChapter(ctx, 0, f, nil, draft)
	var problems archive.Problems
	if errors.As(err, &problems) {
		return faultsAt(under, problems)
	}
	return nil
}
