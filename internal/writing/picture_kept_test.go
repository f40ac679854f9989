package writing_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/media"
	"ficus/internal/testkit"
	"ficus/internal/writing"
)

// has reports whether a picture is in the bucket.
func (d *desk) has(mark string) bool {
	d.t.Helper()
	_, _, err := d.KeptPicture(d.t.Context(), mark)
	if err != nil && !errors.Is(err, archive.ErrNotFound) {
		d.t.Fatal(err)
	}
	return err == nil
}

func (d *desk) keeps(n uint8) writing.Upload {
	d.t.Helper()
	kept, err := d.KeepUpload(d.t.Context(), writing.Upload{Name: "a.png", Data: picture(d.t, n)})
	must(d.t, err)
	return kept
}

func (d *desk) sweeps() int {
	d.t.Helper()
	gone, err := d.SweepPictures(d.t.Context())
	must(d.t, err)
	return gone
}

func TestPicturesThatNoWorkShowsAreSweptAway(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		dropped, carried, shown := d.keeps(1), d.keeps(2), d.keeps(3)
		work := d.create(writing.NewWork{Fields: fields(), Chapters: chaptersOf([]string{""}), Uploads: []writing.Upload{shown}})
		wants(t, "what goes at once", d.sweeps(), 0)
		d.Clock.Pass(29 * 24 * time.Hour)
		d.keeps(2) // its form is looked at again
		d.Clock.Pass(2 * 24 * time.Hour)
		wants(t, "what goes after thirty days", d.sweeps(), 1)
		wants(t, "what is left", fmt.Sprint(d.has(dropped.Kept), d.has(carried.Kept), d.has(shown.Kept)), "false true true")
		must(t, d.DeleteWork(t.Context(), d.mara, work))
		d.Clock.Pass(31 * 24 * time.Hour)
		_, err := d.PurgeDeleted(t.Context())
		must(t, err)
		wants(t, "the picture of a purged work", d.has(shown.Kept), false)
		wants(t, "what goes at last", d.sweeps(), 1)
		wants(t, "what goes then", d.sweeps(), 0)
	})
}

func TestAPurgedWorkTakesNoPictureAFormStillCarries(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		work := d.create(writing.NewWork{Fields: fields(), Chapters: chaptersOf([]string{""}), Uploads: []writing.Upload{d.keeps(1)}})
		must(t, d.DeleteWork(t.Context(), d.mara, work))
		d.Clock.Pass(31 * 24 * time.Hour)
		carried := d.keeps(1) // the same picture, for another work
		_, err := d.PurgeDeleted(t.Context())
		must(t, err)
		id := d.create(writing.NewWork{Fields: fields(), Chapters: chaptersOf([]string{""}), Uploads: []writing.Upload{carried}})
		wants(t, "its pictures", len(d.pictures(id)), 1)
		wants(t, "its file", d.has(carried.Kept), true)
	})
}

// slowly deletes a file when it is told to.
type slowly struct {
	media.Bucket
	begun, go_ chan struct{}
}

// Delete waits.
func (s slowly) Delete(ctx context.Context, key string) error {
	close(s.begun)
	<-s.go_
	return s.Bucket.Delete(ctx, key)
}

func TestAPictureKeptWhileItIsSweptAwayIsThereAfterwards(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		slow := slowly{newBucket(t), make(chan struct{}), make(chan struct{})}
		d := deskIn(t, w, slow)
		d.keeps(1)
		d.Clock.Pass(31 * 24 * time.Hour)
		swept, kept := make(chan error, 1), make(chan error, 1)
		go func() {
			_, err := d.SweepPictures(t.Context())
			swept <- err
		}()
		<-slow.begun
		var again writing.Upload
		go func() {
			var err error
			again, err = d.KeepUpload(t.Context(), writing.Upload{Name: "a.png", Data: picture(t, 1)})
			kept <- err
		}()
		time.Sleep(soon)
		close(slow.go_)
		must(t, <-swept)
		must(t, <-kept)
		wants(t, "the picture", d.has(again.Kept), true)
	})
}

func TestChaptersSentTogetherAskOnlySoManyAddresses(t *testing.T) {
	d := newDesk(t)
	asked := map[string]int{}
	d.Writing = writing.New(d.Store, d.bucket, archive.DefaultLimits(), d.Clock, func(_ context.Context, address string) ([]byte, error) {
		asked[address]++
		return nil, errors.New("nobody there")
	})
	var texts []string
	for chapter := range 4 {
		body := ""
		for n := range writing.MostPictures {
			body += fmt.Sprintf("<p><img src=\"https://example.org/%d-%d.png\" alt=\"\"></p>\n", chapter, n)
		}
		texts = append(texts, body)
	}
	d.post(texts...)
	wants(t, "addresses asked", len(asked), writing.MostPictures)
}

func TestAWorkHasABound(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		limits := archive.DefaultLimits()
		limits.Work = 100
		d.Writing = writing.New(d.Store, d.bucket, limits, d.Clock, nil)
		text := "Thirty characters, more or so."
		_, err := d.Create(t.Context(), d.mara, writing.NewWork{Fields: fields(), Chapters: chaptersOf([]string{text, text, text})})
		wants(t, "what is wrong with three", refused(t, err), []string{"chapters work_too_long"})
		work := d.post(text, text)
		_, err = d.SaveChapter(t.Context(), d.mara, writing.ChapterForm{Work: work, Fields: archive.ChapterFields{Text: text}})
		wants(t, "what is wrong with one more", refused(t, err), []string{"text work_too_long"})
		first := d.chapters(work)[0]
		longer := writing.ChapterForm{Work: work, Chapter: first.ID, Base: first.Revision, Fields: archive.ChapterFields{Text: text + text}}
		_, err = d.SaveChapter(t.Context(), d.mara, longer)
		wants(t, "what is wrong with a longer one", refused(t, err), []string{"text work_too_long"})
		longer.Fields.Text = "Short."
		_, err = d.SaveChapter(t.Context(), d.mara, longer)
		must(t, err)
		_, err = d.SaveChapter(t.Context(), d.mara, writing.ChapterForm{Work: work, Fields: archive.ChapterFields{Text: text}})
		must(t, err)
	})
}
