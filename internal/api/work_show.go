package api

import (
	"context"
	"net/http"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/store"
)

type showWorkInput struct {
	ID int64 `path:"id" doc:"The work."`
}

type showWorkOutput struct{ Body workShown }

// workShown is a work with everything the viewer may see of it.
type workShown struct {
	WorkBlurb
	NotesBefore string         `json:"notes_before"`
	NotesAfter  string         `json:"notes_after"`
	Chapters    []chapterShown `json:"chapters"`
}

// chapterShown is a chapter of it; texts are safe HTML.
type chapterShown struct {
	ID          int64  `json:"id" doc:"For good, wherever the chapter is moved."`
	Number      int    `json:"number" doc:"Its place among the posted ones; of a draft, the one it would have."`
	Title       string `json:"title"`
	URL         string `json:"url"`
	Words       int    `json:"words"`
	Draft       bool   `json:"draft"`
	PublishedOn string `json:"published_on" format:"date"`
	Summary     string `json:"summary"`
	Disclaimer  string `json:"disclaimer"`
	NotesBefore string `json:"notes_before"`
	Text        string `json:"text"`
	NotesAfter  string `json:"notes_after"`
	Dedication  string `json:"dedication" doc:"Plain words."`
}

// showWork answers a work behind the gate; to its creators drafts too.
func (d *door) showWork(ctx context.Context, c caller, in *showWorkInput) (*showWorkOutput, error) {
	out := &showWorkOutput{}
	err := d.read(ctx, func(tx *store.Tx) error {
		work, err := tx.Works.Open(ctx, c.viewer, in.ID)
		if err != nil {
			return err
		}
		if !work.DeletedAt.IsZero() { // only its creators come this far
			return refusalOf(http.StatusGone, "This work is deleted; you can bring it back until "+dayOf(work.PurgeAt)+" on the page of your works.")
		}
		tags, err := tx.Tags.On(ctx, in.ID)
		if err != nil {
			return err
		}
		gifts, err := tx.Gifts.On(ctx, in.ID)
		if err != nil {
			return err
		}
		blurb := store.Blurb{Work: work.Work, Creators: work.Creators, Tags: tags[in.ID], Gifts: gifts[in.ID]}
		out.Body = workShown{WorkBlurb: c.blurb(blurb, tx.Now), NotesBefore: work.NotesBefore, NotesAfter: work.NotesAfter}
		out.Body.Chapters, err = c.chapters(ctx, tx, work)
		return err
	})
	return out, err
}

func (c caller) chapters(ctx context.Context, tx *store.Tx, work store.Opened) ([]chapterShown, error) {
	chapters, err := tx.Chapters.Of(ctx, work.ID, work.Gate.Edit)
	if err != nil {
		return nil, err
	}
	texts, err := tx.Chapters.Texts(ctx, work.ID, work.Gate.Edit)
	shown := make([]chapterShown, len(chapters))
	number := 1
	for i, chapter := range chapters {
		shown[i] = c.chapter(chapter, texts[chapter.ID])
		shown[i].Number = number
		if !chapter.IsDraft() {
			number++
		}
	}
	return shown, err
}

func (c caller) chapter(chapter archive.Chapter, text archive.ChapterText) chapterShown {
	return chapterShown{
		ID: chapter.ID, Title: chapter.Title, URL: c.chapterAddress(chapter.Work, chapter.ID), Words: chapter.Words,
		Draft: chapter.IsDraft(), PublishedOn: dayOf(chapter.Published), Summary: text.Summary, Disclaimer: text.Disclaimer,
		NotesBefore: text.NotesBefore, Text: text.Body, NotesAfter: text.NotesAfter, Dedication: text.Dedication,
	}
}

// mayEdit is nil when the caller may change a work.
func (d *door) mayEdit(ctx context.Context, c caller, work int64) error {
	return d.read(ctx, func(tx *store.Tx) error {
		_, err := tx.Works.ForEdit(ctx, c.viewer, work)
		return err
	})
}

// apiAddress is where a work is read here.
func (c caller) apiAddress(work int64) string {
	return c.address + root + "/works/" + strconv.FormatInt(work, 10)
}
