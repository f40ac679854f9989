package writing_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/writing"
)

// open is the form of a chapter as it would be opened now.
func (d *desk) open(work, chapter int64) writing.ChapterForm {
	d.t.Helper()
	f := writing.ChapterForm{Work: work, Chapter: chapter, Post: true}
	for _, c := range d.chapters(work) {
		if c.ID == chapter {
			f.Base, f.Fields.Title = c.Revision, c.Title
			if own := writing.OwnDate(c); !own.IsZero() {
				f.Fields.PublishedOn = own.Truncate(24 * time.Hour)
			}
		}
	}
	t := d.text(chapter)
	f.Fields.Text, f.Fields.Format, f.Fields.Dedication = t.Source, t.Format, t.Dedication
	f.Fields.Summary, f.Fields.Disclaimer, f.Fields.NotesBefore, f.Fields.NotesAfter = editable(t.Summary), editable(t.Disclaimer), editable(t.NotesBefore), editable(t.NotesAfter)
	return f
}

func TestAcceptance09RevisedMovesOnlyWhenAChapterIsPosted(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		id := d.post()
		posted := d.Clock.Now()
		d.Clock.Pass(24 * time.Hour)
		chapter := d.save(writing.ChapterForm{Work: id, Fields: text("Two.")})
		wants(t, "revised when a draft is added", d.work(id).Dates.Revised, posted)
		wants(t, "the event", d.last(id).Kind, archive.ChapterDrafted)
		d.Clock.Pass(24 * time.Hour)
		f := d.open(id, chapter)
		f.Post, f.Fields.Text = false, "Two, longer."
		d.save(f)
		wants(t, "revised when the draft is saved again", d.work(id).Dates.Revised, posted)
		wants(t, "what readers have", d.work(id).Counts, archive.Counts{Posted: 1, Chapters: 2, Words: 6})
		wants(t, "revisions of a draft", d.revisions(chapter), []int64(nil))

		d.Clock.Pass(24 * time.Hour)
		d.save(d.open(id, chapter))
		now := d.Clock.Now()
		wants(t, "revised when it is posted", d.work(id).Dates.Revised, now)
		wants(t, "the chapter's date", d.chapters(id)[1].Published, now)
		wants(t, "the event", d.last(id).Kind, archive.ChapterPosted)
		wants(t, "what readers have", d.work(id).Counts, archive.Counts{Posted: 2, Chapters: 2, Words: 8})
		wants(t, "the plan", d.work(id).Planned, 2)

		d.Clock.Pass(24 * time.Hour)
		f = d.open(id, chapter)
		f.Fields.Text = "Two, mended."
		d.save(f)
		wants(t, "revised when a posted chapter is edited", d.work(id).Dates.Revised, now)
		wants(t, "the chapter's date", d.chapters(id)[1].Published, now)
		wants(t, "the event", d.last(id).Kind, archive.ChapterEdited)
	})
}

func TestAChapterGoesWhereItIsPut(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		id := d.post("One.", "Two.", "Three.")
		ids := d.chapters(id)
		d.save(writing.ChapterForm{Work: id, Position: 2, Fields: text("Between."), Post: true})
		d.save(writing.ChapterForm{Work: id, Position: 99, Fields: text("Last."), Post: true})
		wants(t, "the texts", d.bodies(id), []string{"One.", "Between.", "Two.", "Three.", "Last."})
		must(t, d.MoveChapter(t.Context(), d.mara, id, ids[2].ID, 1))
		wants(t, "the texts", d.bodies(id), []string{"Three.", "One.", "Between.", "Two.", "Last."})
		must(t, d.MoveChapter(t.Context(), d.mara, id, ids[2].ID, 4000))
		must(t, d.MoveChapter(t.Context(), d.mara, id, ids[1].ID, -3))
		wants(t, "the texts", d.bodies(id), []string{"Two.", "One.", "Between.", "Last.", "Three."})
		for i, c := range d.chapters(id) {
			wants(t, "the position", c.Position, i+1)
		}
		wants(t, "the event", d.last(id).Kind, archive.ChaptersReordered)
		if err := d.MoveChapter(t.Context(), d.mara, id, 99_999, 1); !errors.Is(err, archive.ErrNotFound) {
			t.Errorf("moving what is not there: %v", err)
		}
	})
}

func TestADeletedChapterIsKeptAside(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		id := d.post("One.", "Two.", "Three.")
		two := d.chapters(id)[1].ID
		must(t, d.DeleteChapter(t.Context(), d.mara, id, two))
		wants(t, "the texts", d.bodies(id), []string{"One.", "Three."})
		wants(t, "the counts", d.work(id).Counts, archive.Counts{Posted: 2, Chapters: 2, Words: 2})
		wants(t, "the position of the third", d.chapters(id)[1].Position, 2)
		d.Read(t, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Chapters.Former(ctx, id, two)
			return err
		})
		draft := d.save(writing.ChapterForm{Work: id, Fields: text("A draft.")})
		must(t, d.DeleteChapter(t.Context(), d.mara, id, d.chapters(id)[0].ID))
		wants(t, "the last to read", refused(t, d.DeleteChapter(t.Context(), d.mara, id, d.chapters(id)[0].ID)), []string{"chapter last_chapter"})
		must(t, d.DeleteChapter(t.Context(), d.mara, id, draft))
		if err := d.DeleteChapter(t.Context(), d.mara, id, two); !errors.Is(err, archive.ErrNotFound) {
			t.Errorf("deleting it again: %v", err)
		}
	})
}

func TestEachPublishedSaveIsARevision(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		id := d.post("First.")
		chapter := d.chapters(id)[0].ID
		for _, next := range []string{"Second.", "Third."} {
			f := d.open(id, chapter)
			f.Fields.Text = next
			d.save(f)
		}
		wants(t, "the revisions", d.revisions(chapter), []int64{3, 2, 1})
		d.Read(t, func(ctx context.Context, tx *store.Tx) error {
			kept, err := tx.Revisions.Find(ctx, chapter, 1)
			wants(t, "the first", kept.Text.Source, "First.")
			return err
		})
	})
}

func TestAcceptance78_PartTwoSavesOfOneDraftOverwriteNothing(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		id := d.draft("As it was.")
		chapter := d.chapters(id)[0].ID
		here, there := d.open(id, chapter), d.open(id, chapter)
		here.Fields.Text, there.Fields.Text = "Typed here.", "Typed there."
		d.save(here)
		if _, err := d.SaveChapter(t.Context(), d.mara, there); !errors.Is(err, archive.ErrConflict) {
			t.Errorf("the second save is answered with %v", err)
		}
		wants(t, "the text", d.bodies(id), []string{"Typed here."})
	})
}

func TestTheFormOfAChapterSentTwiceAddsOne(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		id := d.post("One.")
		f := writing.ChapterForm{Work: id, Fields: text("Two."), Post: true, Once: archive.Once{Deed: "form", Sum: "a"}}
		wants(t, "the same answer", d.save(f), d.save(f))
		wants(t, "the texts", d.bodies(id), []string{"One.", "Two."})
		edit := d.open(id, d.chapters(id)[0].ID)
		edit.Once, edit.Fields.Text = archive.Once{Deed: "edit", Sum: "a"}, "One, mended."
		d.save(edit)
		d.save(edit) // no conflict with itself
		edit.Once.Sum, edit.Fields.Text = "b", "One, from the page before."
		if _, err := d.SaveChapter(t.Context(), d.mara, edit); !errors.Is(err, archive.ErrConflict) {
			t.Errorf("what was typed after going back is answered with %v", err)
		}
	})
}

func TestAChapterOfADraftWorkWaitsForIt(t *testing.T) {
	d := newDesk(t)
	id := d.draft("One.")
	d.save(writing.ChapterForm{Work: id, Fields: text("Two."), Post: true})
	wants(t, "the counts", d.work(id).Counts, archive.Counts{Chapters: 2, Words: 2})
}

func TestAChapterIsBackdated(t *testing.T) {
	d := newDesk(t)
	id := d.post("One.")
	before := time.Date(2012, time.June, 1, 0, 0, 0, 0, time.UTC)
	d.Clock.Pass(time.Hour)
	d.save(writing.ChapterForm{Work: id, Fields: archive.ChapterFields{Text: "Two.", PublishedOn: before}, Post: true})
	wants(t, "the chapter's date", d.chapters(id)[1].Published, before)
	wants(t, "revised", d.work(id).Dates.Revised, d.work(id).Dates.Created)
	f := d.open(id, d.chapters(id)[0].ID)
	f.Fields.PublishedOn = before
	d.save(f)
	wants(t, "the other's date", d.chapters(id)[0].Published, before)
}

func TestTooLongAChapterIsRefusedWithItsLimit(t *testing.T) {
	d := newDesk(t)
	id := d.post("One.")
	f := d.open(id, d.chapters(id)[0].ID)
	f.Fields.Text = strings.Repeat("abcdefgh ", 57_000)
	f.Fields.Title = strings.Repeat("t", 256)
	_, err := d.SaveChapter(t.Context(), d.mara, f)
	wants(t, "what is wrong", refused(t, err), []string{"chapter_title too_long", "text too_long"})
	var problems archive.Problems
	if !errors.As(err, &problems) || problems[1].Args["Limit"] != 500_000 {
		t.Errorf("the limit is not told: %v", err)
	}
	wants(t, "the text", d.bodies(id), []string{"One."})
}
