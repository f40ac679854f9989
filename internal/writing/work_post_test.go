package writing_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/writing"
)

func TestCreatePostsAWorkWithItsWordsAndItsDate(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		work := d.work(d.post("One two three.", "Four five."))
		wants(t, "the counts", work.Counts, archive.Counts{Posted: 2, Chapters: 2, Words: 5})
		wants(t, "the plan grown with the chapters", work.Planned, 2)
		now := d.Clock.Now()
		wants(t, "the dates", work.Dates, archive.Dates{Created: now, Published: now, Revised: now})
		wants(t, "its creator", work.Creators[0].Name, "mara")
		wants(t, "the event", d.last(work.ID).Kind, archive.WorkPosted)
		wants(t, "the revisions", d.revisions(d.chapters(work.ID)[0].ID), []int64{1})
	})
}

func TestCreateKeepsADraftThatLacksNearlyEverything(t *testing.T) {
	d := newDesk(t)
	work := d.work(d.create(writing.NewWork{Fields: archive.WorkFields{Title: "Begun"}, Chapters: chaptersOf([]string{""}), Draft: true}))
	if !work.PostedAt.IsZero() {
		t.Error("the draft is posted")
	}
	wants(t, "the event", d.last(work.ID).Kind, archive.WorkDrafted)
}

func TestCreateSaysEverythingThatIsWrongAndStoresNothing(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		f := fields(func(f *archive.WorkFields) {
			f.Title, f.Warnings, f.Pseuds, f.Summary = strings.Repeat("a", 256), nil, []string{"somebody else"}, strings.Repeat("b", 1300)
		})
		chapter := archive.ChapterFields{Text: strings.Repeat("c", 513_000), NotesBefore: strings.Repeat("d", 5001)}
		_, err := d.Create(t.Context(), d.mara, writing.NewWork{Fields: f, Chapters: []archive.ChapterFields{chapter}})
		wants(t, "what is wrong", refused(t, err), []string{"title too_long", "warnings required", "summary too_long", "text too_long", "notes_before too_long"})
		f = fields(func(f *archive.WorkFields) { f.Pseuds = []string{"somebody else"} })
		_, err = d.Create(t.Context(), d.mara, writing.NewWork{Fields: f, Chapters: chaptersOf(nil)})
		wants(t, "what is wrong", refused(t, err), []string{"pseuds not_your_pseud"})
		wants(t, "the works", d.works(), 0)
		if _, err := d.Create(t.Context(), archive.Viewer{}, writing.NewWork{Fields: fields(), Chapters: chaptersOf(nil)}); !errors.Is(err, archive.ErrSignIn) {
			t.Errorf("a guest posting is answered with %v", err)
		}
	})
}

func TestCreateRefusesAnEmptyText(t *testing.T) {
	d := newDesk(t)
	for _, empty := range []string{"", " \n\n ", strings.Repeat("\n", 100_000), "<script>alert(1)</script>", "<hr>\n\n<p> </p>"} {
		_, err := d.Create(t.Context(), d.mara, writing.NewWork{Fields: fields(), Chapters: []archive.ChapterFields{text(empty)}})
		wants(t, "what is wrong with "+strings.TrimSpace(empty), refused(t, err), []string{"text required"})
	}
}

func TestTheSameFormTwiceMakesOneWork(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		form := writing.NewWork{Fields: fields(), Chapters: chaptersOf(nil), Once: archive.Once{Deed: "form", Sum: "a"}}
		var ids sync.Map
		var sending sync.WaitGroup
		for range 8 {
			sending.Go(func() {
				id, err := d.Create(context.WithoutCancel(t.Context()), d.mara, form)
				if err != nil {
					t.Errorf("sent again: %v", err)
				}
				ids.Store(id, true)
			})
		}
		sending.Wait()
		wants(t, "the works", d.works(), 1)
		count := 0
		ids.Range(func(any, any) bool { count++; return true })
		wants(t, "the answers", count, 1)
		form.Once.Sum, form.Fields.Title = "b", "Another title"
		if _, err := d.Create(t.Context(), d.mara, form); !errors.Is(err, archive.ErrConflict) {
			t.Errorf("the same form with something else in it is answered with %v, so that what was typed is taken for saved", err)
		}
		wants(t, "the works", d.works(), 1)
	})
}

func TestAWorkIsBackdatedButNeverFromTheFuture(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		before := time.Date(2011, time.March, 4, 0, 0, 0, 0, time.UTC)
		id := d.create(writing.NewWork{Fields: fields(func(f *archive.WorkFields) { f.PublishedOn = before }), Chapters: chaptersOf(nil)})
		wants(t, "the dates", d.work(id).Dates, archive.Dates{Created: d.Clock.Now(), Published: before, Revised: before})
		wants(t, "the chapter's date", d.chapters(id)[0].Published, before)
		_, err := d.Create(t.Context(), d.mara, writing.NewWork{
			Fields: fields(func(f *archive.WorkFields) { f.PublishedOn = d.Clock.Now().Add(49 * time.Hour) }), Chapters: chaptersOf(nil),
		})
		wants(t, "what is wrong", refused(t, err), []string{"published_on future"})
	})
}

// A draft bears no date of its own until its writer gives it one.
func TestADraftIsPostedUnderTheDayItIsPosted(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		id := d.draft("One.", "Two.")
		d.Clock.Pass(9 * 24 * time.Hour)
		must(t, d.PostWork(t.Context(), d.mara, id))
		now, work := d.Clock.Now(), d.work(id)
		wants(t, "published", work.Dates.Published, now)
		wants(t, "revised", work.Dates.Revised, now)
		for _, c := range d.chapters(id) {
			wants(t, "the chapter's date", c.Published, now)
		}
		if work.Counts.Posted != 2 || work.Counts.Words != 2 {
			t.Errorf("the counts are %+v", work.Counts)
		}
	})
}

func TestADraftKeepsTheDateItsWriterGaveIt(t *testing.T) {
	d := newDesk(t)
	before := time.Date(2011, time.March, 4, 0, 0, 0, 0, time.UTC)
	id := d.draft()
	d.edit(id, func(f *writing.WorkForm) { f.Fields.PublishedOn = before })
	d.Clock.Pass(9 * 24 * time.Hour)
	d.edit(id, func(f *writing.WorkForm) { f.Fields.Title = "Renamed" })
	must(t, d.PostWork(t.Context(), d.mara, id))
	wants(t, "published", d.work(id).Dates.Published, before)
	wants(t, "the chapter's date", d.chapters(id)[0].Published, before)
}

func TestPostingADraftSaysWhatItLacks(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		id := d.create(writing.NewWork{Fields: archive.WorkFields{Title: "Begun", Planned: 1}, Chapters: chaptersOf([]string{"One.", ""}), Draft: true})
		err := d.PostWork(t.Context(), d.mara, id)
		wants(t, "what it lacks", refused(t, err), []string{"fandoms required", "warnings required", "language required", "text empty_chapter"})
		err = d.EditWork(t.Context(), d.mara, writing.WorkForm{Work: id, Base: d.work(id).Revision, Fields: fields(), Post: true})
		wants(t, "what it lacks", refused(t, err), []string{"text empty_chapter"})
		if work := d.work(id); work.Title != "Begun" || !work.PostedAt.IsZero() {
			t.Errorf("what could not be posted was saved: %q", work.Title)
		}
		must(t, d.DeleteChapter(t.Context(), d.mara, id, d.chapters(id)[1].ID))
		must(t, d.EditWork(t.Context(), d.mara, writing.WorkForm{Work: id, Base: d.work(id).Revision, Fields: fields(), Post: true}))
		work := d.work(id)
		if work.PostedAt.IsZero() || work.Title != "The Lamp Keepers" {
			t.Errorf("the work is %+v", work.Work)
		}
		must(t, d.PostWork(t.Context(), d.mara, id)) // once is enough, twice is no harm
		wants(t, "the last event", d.last(id).Kind, archive.WorkPosted)
	})
}

func TestAGiftIsToldOnceAndOnlyToThoseWhoTakeGifts(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		pell, oona := d.join("pell", true), d.join("oona", false)
		id := d.create(writing.NewWork{Fields: gifts("Pell", "oona", "a friend far away"), Chapters: chaptersOf(nil)})
		wants(t, "the newly given", d.last(id).Data, map[string]string{"gifts": idOf(pell)})
		d.edit(id, func(f *writing.WorkForm) { f.Fields.Title = "Renamed" })
		wants(t, "the newly given", d.last(id).Data, map[string]string(nil))
		must(t, d.accounts.Prefer(t.Context(), oona, func(p *archive.Preferences) { p.TakesGifts = true }))
		for range 2 {
			d.edit(id, func(f *writing.WorkForm) { f.Fields.Summary += "More. " })
			wants(t, "the newly given", d.last(id).Data, map[string]string(nil))
		}
		d.Read(t, func(ctx context.Context, tx *store.Tx) error {
			on, err := tx.Gifts.On(ctx, id)
			if err != nil {
				return err
			}
			wants(t, "the recipients", []string{on[id][0].Recipient, on[id][1].Recipient, on[id][2].Recipient}, []string{"Pell", "oona", "a friend far away"})
			wants(t, "their accounts", []int64{on[id][0].Account, on[id][1].Account, on[id][2].Account}, []int64{pell.Account, 0, 0})
			return nil
		})
	})
}

func TestAGiftOfADraftIsToldWhenItIsPosted(t *testing.T) {
	d := newDesk(t)
	pell := d.join("pell", true)
	id := d.create(writing.NewWork{Fields: gifts("pell"), Chapters: chaptersOf(nil), Draft: true})
	d.edit(id, func(f *writing.WorkForm) { f.Fields.Title = "Renamed" })
	for _, e := range d.log(id) {
		wants(t, "told of a draft", e.Data, map[string]string(nil))
	}
	must(t, d.PostWork(t.Context(), d.mara, id))
	wants(t, "the newly given", d.last(id).Data, map[string]string{"gifts": idOf(pell)})
}

func TestTheEmptyOneOfSeveralChaptersIsNamed(t *testing.T) {
	d := newDesk(t)
	_, err := d.Create(t.Context(), d.mara, writing.NewWork{Fields: fields(), Chapters: chaptersOf([]string{"One.", "", "Three."})})
	wants(t, "what is wrong", refused(t, err), []string{"text empty_chapter"})
}
