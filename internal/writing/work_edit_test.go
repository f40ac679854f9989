package writing_test

import (
	"context"
	"errors"
	"strconv"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/writing"
)

func gifts(names ...string) archive.WorkFields {
	return fields(func(f *archive.WorkFields) { f.Gifts = names })
}

func idOf(v archive.Viewer) string { return strconv.FormatInt(v.Account, 10) }

// form is the form of a work as it would be opened now.
func (d *desk) form(id int64) writing.WorkForm {
	d.t.Helper()
	f := writing.WorkForm{Work: id}
	d.Read(d.t, func(ctx context.Context, tx *store.Tx) error {
		o, err := tx.Works.ForEdit(ctx, d.mara, id)
		if err != nil {
			return err
		}
		f.Base = o.Revision
		f.Fields, err = writing.FieldsOf(ctx, tx, o)
		return err
	})
	return f
}

// edit changes what is said of a work.
func (d *desk) edit(id int64, change func(*writing.WorkForm)) {
	d.t.Helper()
	f := d.form(id)
	change(&f)
	must(d.t, d.EditWork(d.t.Context(), d.mara, f))
}

func TestEditingChangesWhatIsSaidAndNotTheDateOfRevision(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		id := d.post()
		posted := d.Clock.Now()
		d.Clock.Pass(3 * time.Hour)
		d.edit(id, func(f *writing.WorkForm) {
			f.Fields.Title, f.Fields.Rating, f.Fields.Freeforms, f.Fields.Restricted = "Renamed", archive.RatingTeen, []string{"Storms", "storms", "Lamps"}, true
		})
		work, f := d.work(id), d.form(id).Fields
		wants(t, "the dates", work.Dates, archive.Dates{Created: posted, Published: posted, Revised: posted})
		wants(t, "the title", f.Title, "Renamed")
		wants(t, "the rating", f.Rating, archive.RatingTeen)
		wants(t, "the tags in the writer's words and order", f.Freeforms, []string{"Storms", "Lamps"})
		if !work.Restricted {
			t.Error("the work is open to everyone")
		}
		before := time.Date(2011, time.March, 4, 0, 0, 0, 0, time.UTC)
		d.edit(id, func(f *writing.WorkForm) { f.Fields.PublishedOn = before })
		wants(t, "the dates, set back", d.work(id).Dates, archive.Dates{Created: posted, Published: before, Revised: posted})
	})
}

func TestSavingAWorkUnchangedChangesNothing(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		f := gifts("a friend")
		f.Relationships, f.MainTags, f.Elsewhere = []string{"Ada/Bel", "Cy & Dot"}, []string{"Ada/Bel"}, []string{"https://example.org/1"}
		f.Summary, f.NotesBefore, f.Planned = "<em>Lamps</em> & storms\nall night", "For <strong>you</strong>", 0
		id := d.create(writing.NewWork{Fields: f, Chapters: chaptersOf(nil)})
		before := d.form(id).Fields
		for range 2 {
			d.Clock.Pass(time.Hour)
			d.edit(id, func(*writing.WorkForm) {})
		}
		wants(t, "the fields", d.form(id).Fields, before)
	})
}

func TestEditingWhatSomebodyElseChangedOverwritesNothing(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		id := d.post()
		here, there := d.form(id), d.form(id)
		here.Fields.Title, there.Fields.Title = "Here", "There"
		must(t, d.EditWork(t.Context(), d.mara, here))
		if err := d.EditWork(t.Context(), d.mara, there); !errors.Is(err, archive.ErrConflict) {
			t.Errorf("the second save is answered with %v", err)
		}
		wants(t, "the title", d.work(id).Title, "Here")
	})
}

func TestTheFormOfAWorkSentTwiceIsNoConflictWithItself(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		f := d.form(d.post())
		f.Once = archive.Once{Deed: "form", Sum: "a"}
		must(t, d.EditWork(t.Context(), d.mara, f))
		must(t, d.EditWork(t.Context(), d.mara, f))
		wants(t, "the revision", d.work(f.Work).Revision, f.Base+1)
	})
}

func TestAcceptance10_PartAWorkMarkedOpenIsInProgress(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		id := d.create(writing.NewWork{Fields: fields(func(f *archive.WorkFields) { f.Planned = 3 }), Chapters: chaptersOf([]string{"One.", "Two.", "Three."})})
		if !d.work(id).Complete() {
			t.Error("three of three is not complete")
		}
		d.edit(id, func(f *writing.WorkForm) { f.Fields.Planned = 0 })
		if work := d.work(id); work.Complete() || work.Planned != 0 {
			t.Errorf("three of ? is complete: %+v", work.Work)
		}
		d.edit(id, func(f *writing.WorkForm) { f.Fields.Planned = 2 })
		wants(t, "fewer planned than posted are a longer plan", d.work(id).Planned, 3)
	})
}

func TestOnlyItsCreatorsEditAWork(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		other := d.join("other", false)
		posted, draft := d.post(), d.draft()
		for _, work := range []struct {
			id   int64
			want error
		}{{posted, archive.ErrForbidden}, {draft, archive.ErrNotFound}, {99_999, archive.ErrNotFound}} {
			chapter := int64(1)
			if work.id != 99_999 {
				chapter = d.chapters(work.id)[0].ID
			}
			_, saved := d.SaveChapter(t.Context(), other, writing.ChapterForm{Work: work.id, Fields: text("Mine now."), Post: true})
			for act, err := range map[string]error{
				"edit":   d.EditWork(t.Context(), other, writing.WorkForm{Work: work.id, Base: 1, Fields: fields()}),
				"post":   d.PostWork(t.Context(), other, work.id),
				"delete": d.DeleteWork(t.Context(), other, work.id),
				"add":    saved,
				"move":   d.MoveChapter(t.Context(), other, work.id, chapter, 1),
				"cut":    d.DeleteChapter(t.Context(), other, work.id, chapter),
			} {
				if !errors.Is(err, work.want) {
					t.Errorf("%s work %d: %v, want %v", act, work.id, err, work.want)
				}
			}
		}
		if err := d.RestoreWork(t.Context(), other, draft); !errors.Is(err, archive.ErrNotFound) {
			t.Errorf("restore another's: %v", err)
		}
		wants(t, "the texts", d.bodies(posted), []string{"The lamp was lit at six."})
	})
}

func TestADeletedWorkComesBackOnDay29(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		id := d.post("One.", "Two.")
		before := d.form(id).Fields
		must(t, d.DeleteWork(t.Context(), d.mara, id))
		must(t, d.DeleteWork(t.Context(), d.mara, id)) // a second press deletes nothing more
		wants(t, "the event", d.last(id).Kind, archive.WorkDeleted)
		deleted := d.work(id)
		wants(t, "until", deleted.PurgeAt, d.Clock.Now().Add(30*24*time.Hour))
		if err := d.EditWork(t.Context(), d.mara, writing.WorkForm{Work: id, Base: deleted.Revision, Fields: before}); !errors.Is(err, archive.ErrForbidden) {
			t.Errorf("editing what is deleted: %v", err)
		}
		d.Clock.Pass(29 * 24 * time.Hour)
		gone, err := d.PurgeDeleted(t.Context())
		must(t, err)
		wants(t, "purged", gone, 0)
		must(t, d.RestoreWork(t.Context(), d.mara, id))
		must(t, d.RestoreWork(t.Context(), d.mara, id))
		wants(t, "the fields", d.form(id).Fields, before)
		wants(t, "the texts", d.bodies(id), []string{"One.", "Two."})
	})
}

func TestADeletedWorkIsGoneOnDay31(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		id, stays := d.post(), d.post()
		must(t, d.DeleteWork(t.Context(), d.mara, id))
		d.Clock.Pass(31 * 24 * time.Hour)
		if err := d.RestoreWork(t.Context(), d.mara, id); !errors.Is(err, archive.ErrNotFound) {
			t.Errorf("restored on day 31: %v", err)
		}
		gone, err := d.PurgeDeleted(t.Context())
		must(t, err)
		wants(t, "purged", gone, 1)
		wants(t, "the event", d.last(id).Kind, archive.WorkPurged)
		wants(t, "the chapters", len(d.chapters(id)), 0)
		wants(t, "the other work", d.bodies(stays), []string{"The lamp was lit at six."})
	})
}
