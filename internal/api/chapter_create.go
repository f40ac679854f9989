package api

import (
	"context"
	"errors"

	"ficus/internal/archive"
	"ficus/internal/writing"
)

type createChapterInput struct {
	Key  idempotencyKey `header:"Idempotency-Key" maxLength:"255" doc:"The same key acts once and is answered alike."`
	ID   int64          `path:"id" doc:"The work."`
	Body newChapterBody
}

type newChapterBody struct {
	ChapterBody
	Draft    bool `json:"draft,omitempty" doc:"Keep it as a draft that only you see."`
	Position int  `json:"position,omitempty" minimum:"1" doc:"Its place, 1 is first; last when left out."`
}

type createdChaptersOutput struct {
	Location string `header:"Location"`
	Body     createdChapters
}

type createdChapters struct {
	Created
	Chapters []chapterLink `json:"chapters" doc:"All that the text became; the first is the one above."`
}

type chapterLink struct {
	ID  int64  `json:"id"`
	URL string `json:"url"`
}

// createChapter adds a chapter to a work, or several when its text holds
// several. Everything is checked before the first is stored.
func (d *door) createChapter(ctx context.Context, c caller, in *createChapterInput) (*createdChaptersOutput, error) {
	if err := d.mayEdit(ctx, c, in.ID); err != nil {
		return nil, err
	}
	read, err := d.readChapters(ctx, []ChapterBody{in.Body.ChapterBody}, alone)
	if err != nil {
		return nil, err
	}
	wrong := read.wrong
	for _, fields := range read.fields {
		wrong = append(wrong, d.chapterFaults(ctx, "body", fields, in.Body.Draft)...)
	}
	if len(wrong) > 0 {
		return nil, wrong
	}
	out := &createdChaptersOutput{Location: c.apiAddress(in.ID), Body: createdChapters{Created: Created{Guesses: read.guesses}}}
	asked := &writing.Asked{}
	for i, fields := range read.fields {
		form := writing.ChapterForm{Work: in.ID, Fields: fields, Post: !in.Body.Draft, Once: in.Key.once(in.Body, "works/%d/chapters/%d", in.ID, i), Asked: asked}
		if in.Body.Position > 0 {
			form.Position = in.Body.Position + i
		}
		id, err := acting(form.Once, func() (int64, error) { return d.Writing.SaveChapter(ctx, c.viewer, form) })
		var problems archive.Problems
		if errors.As(err, &problems) {
			return nil, faultsAt("body", problems)
		}
		if err != nil {
			return nil, err
		}
		out.Body.Chapters = append(out.Body.Chapters, chapterLink{ID: id, URL: c.chapterAddress(in.ID, id)})
	}
	out.Body.ID, out.Body.URL = out.Body.Chapters[0].ID, out.Body.Chapters[0].URL
	return out, nil
}
