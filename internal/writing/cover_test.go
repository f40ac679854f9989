package writing_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strings"
	"sync"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/writing"
)

// poster is a picture that can be a cover.
func poster(t *testing.T, shade uint8) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 400, 600))
	draw.Draw(m, m.Rect, image.NewUniform(color.RGBA{shade, 40, 90, 255}), image.Point{}, draw.Src)
	var b bytes.Buffer
	must(t, png.Encode(&b, m))
	return b.Bytes()
}

// cover is the cover of a work.
func (d *desk) cover(work int64) (c archive.Cover) {
	d.t.Helper()
	d.Read(d.t, func(ctx context.Context, tx *store.Tx) (err error) {
		c, err = tx.Covers.Of(ctx, work)
		return err
	})
	return c
}

// covers gives a work a cover as its form would.
func (d *desk) covers(work int64, shade uint8, alt string) {
	d.t.Helper()
	must(d.t, d.SetCover(d.t.Context(), d.mara, d.coverForm(work, shade, alt)))
}

func (d *desk) coverForm(work int64, shade uint8, alt string) writing.CoverForm {
	d.t.Helper()
	kept, err := d.KeepCover(d.t.Context(), poster(d.t, shade))
	must(d.t, err)
	return writing.CoverForm{Work: work, Base: d.cover(work).Base(), Kept: kept, Alt: alt}
}

func TestAWriterGivesTheBooksOfAWorkACover(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		id := d.post()
		wants(t, "a cover of nobody's", d.cover(id).IsOwn(), false)
		before := d.work(id)
		d.Clock.Pass(time.Hour)
		d.covers(id, 1, "  A lamp\non a  rock ")
		c := d.cover(id)
		wants(t, "what it shows", c.Alt, "A lamp on a rock")
		wants(t, "its size", fmt.Sprint(c.Width, c.Height, " ", c.MediaType), "400 600 image/png")
		now := d.work(id)
		wants(t, "what readers see is another", now.ShownRev > before.ShownRev, true)
		wants(t, "the date of revision", now.Dates.Revised, before.Dates.Revised)

		must(t, d.SetCover(t.Context(), d.mara, writing.CoverForm{Work: id, Base: c.Base(), Alt: c.Alt}))
		wants(t, "what readers see, saved unchanged", d.work(id).ShownRev, now.ShownRev)
		d.Clock.Pass(time.Hour)
		must(t, d.SetCover(t.Context(), d.mara, writing.CoverForm{Work: id, Base: c.Base(), Alt: "مصباح على صخرة 👩‍👩‍👧"}))
		worded := d.cover(id)
		wants(t, "its words alone", worded.Alt, "مصباح على صخرة 👩‍👩‍👧")
		wants(t, "its picture", worded.SHA256, c.SHA256)
		wants(t, "its instant moved", worded.At.After(c.At), true)

		must(t, d.TakeCoverAway(t.Context(), d.mara, writing.CoverForm{Work: id, Base: worded.Base()}))
		wants(t, "a cover that was taken away", d.cover(id), archive.Cover{})
		shown := d.work(id).ShownRev
		must(t, d.TakeCoverAway(t.Context(), d.mara, writing.CoverForm{Work: id}))
		wants(t, "what readers see, taken away twice", d.work(id).ShownRev, shown)
	})
}

func TestWhatIsWrongWithACoverIsSaidAtItsField(t *testing.T) {
	d := newDesk(t)
	id := d.post()
	for name, one := range map[string]struct {
		data []byte
		rule string
	}{
		"a bomb": {bomb(), "picture_pixels"}, "words": {[]byte("no picture"), "picture_format"}, "nothing": {nil, "picture_format"},
		"broken off": {poster(t, 1)[:200], "picture_format"}, "tiny": {picture(t, 1), "picture_small"}, "too large": {make([]byte, 11<<20), "picture_too_large"},
		"vectors": {[]byte("<svg xmlns='http://www.w3.org/2000/svg'/>"), "picture_format"},
	} {
		_, err := d.KeepCover(t.Context(), one.data)
		wants(t, name, rulesIn(err), "cover "+one.rule)
	}
	err := d.SetCover(t.Context(), d.mara, writing.CoverForm{Work: id, Alt: strings.Repeat("a", 501)})
	wants(t, "no picture and too many words", rulesIn(err), "cover_alt too_long, cover choose_picture")
	for _, mark := range []string{"../../etc/passwd", strings.Repeat("0", 64)} {
		err := d.SetCover(t.Context(), d.mara, writing.CoverForm{Work: id, Kept: mark})
		wants(t, "a mark nobody gave", errors.Is(err, archive.ErrNotFound), true)
	}
	small := d.keeps(1) // a picture of a chapter
	err = d.SetCover(t.Context(), d.mara, writing.CoverForm{Work: id, Kept: small.Kept})
	wants(t, "a picture of a chapter too small for a cover", rulesIn(err), "cover picture_small")
	wants(t, "the cover", d.cover(id).IsOwn(), false)
}

// rulesIn are the fields and rules of what is wrong.
func rulesIn(err error) string {
	var problems archive.Problems
	if !errors.As(err, &problems) {
		return fmt.Sprint(err)
	}
	var said []string
	for _, p := range problems {
		said = append(said, p.Field+" "+p.Rule)
	}
	return strings.Join(said, ", ")
}

func TestOnlyThoseWhoSignAWorkGiveItACover(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		id := d.post()
		ben := d.join("ben", false)
		form := d.coverForm(id, 1, "")
		for name, who := range map[string]archive.Viewer{"a guest": {}, "another member": ben, "staff": {Account: ben.Account, Staff: true}} {
			wants(t, name, errors.Is(d.SetCover(t.Context(), who, form), archive.ErrForbidden), true)
			wants(t, name+" who takes it away", errors.Is(d.TakeCoverAway(t.Context(), who, form), archive.ErrForbidden), true)
		}
		draft := d.draft()
		form.Work = draft
		wants(t, "another member, of a draft", errors.Is(d.SetCover(t.Context(), ben, form), archive.ErrNotFound), true)
		bens := d.createBy(ben)
		d.Write(t, func(ctx context.Context, tx *store.Tx) error {
			pseuds, err := tx.Works.Creators(ctx, draft)
			if err != nil {
				return err
			}
			with, err := tx.Works.Creators(ctx, bens)
			if err != nil {
				return err
			}
			return tx.Works.SetCreators(ctx, draft, append(pseuds, with...))
		})
		must(t, d.SetCover(t.Context(), ben, form))
		wants(t, "the cover of who signs it too", d.cover(draft).IsOwn(), true)

		must(t, d.DeleteWork(t.Context(), d.mara, draft))
		form.Base = d.cover(draft).Base()
		wants(t, "of a deleted work", errors.Is(d.SetCover(t.Context(), d.mara, form), archive.ErrForbidden), true)
		must(t, d.RestoreWork(t.Context(), d.mara, draft))
		wants(t, "the cover of a work that is back", d.cover(draft).IsOwn(), true)
		form.Work = 900
		wants(t, "of no work", errors.Is(d.SetCover(t.Context(), d.mara, form), archive.ErrNotFound), true)
	})
}

// createBy makes a work of somebody else's.
func (d *desk) createBy(who archive.Viewer) int64 {
	d.t.Helper()
	id, err := d.Create(d.t.Context(), who, writing.NewWork{Fields: fields(), Chapters: chaptersOf(nil)})
	must(d.t, err)
	return id
}

func TestACoverChangedInAnotherTabIsNotLost(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		id := d.post()
		first, second := d.coverForm(id, 1, "one"), d.coverForm(id, 2, "two")
		first.Once = archive.Once{Deed: "form", Sum: "one"}
		must(t, d.SetCover(t.Context(), d.mara, first))
		must(t, d.SetCover(t.Context(), d.mara, first)) // the same form, sent twice
		wants(t, "another form of the same cover", errors.Is(d.SetCover(t.Context(), d.mara, second), archive.ErrConflict), true)
		wants(t, "taking away what one did not see", errors.Is(d.TakeCoverAway(t.Context(), d.mara, second), archive.ErrConflict), true)
		wants(t, "the cover", d.cover(id).Alt, "one")

		d.Clock.Pass(time.Second)
		base := d.cover(id).Base()
		var won, lost int
		var count sync.Mutex
		var sending sync.WaitGroup
		for n := range 8 {
			form := writing.CoverForm{Work: id, Base: base, Alt: fmt.Sprint("tab ", n)}
			sending.Go(func() {
				err := d.SetCover(t.Context(), d.mara, form)
				count.Lock()
				defer count.Unlock()
				switch {
				case err == nil:
					won++
				case errors.Is(err, archive.ErrConflict):
					lost++
				default:
					t.Error(err)
				}
			})
		}
		sending.Wait()
		wants(t, "who won and who lost", fmt.Sprint(won, lost), "1 7")
	})
}

// The files of covers go as those of other pictures: when nothing shows them
// and no form carries them.
func TestACoverThatNoWorkBearsIsSweptAway(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		id, other := d.post(), d.post()
		d.covers(id, 1, "")
		d.covers(other, 1, "") // the same bytes
		first := d.cover(id)
		d.Clock.Pass(31 * 24 * time.Hour)
		wants(t, "what goes of what is shown", d.sweeps(), 0)
		d.covers(id, 2, "")
		d.Clock.Pass(31 * 24 * time.Hour)
		wants(t, "what goes while another work bears it", d.sweeps(), 0)
		wants(t, "the first picture", d.has(first.SHA256), true)
		must(t, d.TakeCoverAway(t.Context(), d.mara, writing.CoverForm{Work: other, Base: d.cover(other).Base()}))
		wants(t, "what goes then", d.sweeps(), 1)
		wants(t, "the first picture, borne by none", d.has(first.SHA256), false)

		second := d.cover(id)
		must(t, d.DeleteWork(t.Context(), d.mara, id))
		wants(t, "the cover of a deleted work", d.has(second.SHA256), true)
		d.Clock.Pass(31 * 24 * time.Hour)
		_, err := d.PurgeDeleted(t.Context())
		must(t, err)
		wants(t, "the cover of a purged work", d.has(second.SHA256), false)
		wants(t, "its row", d.cover(id).IsOwn(), false)

		dropped := d.coverForm(other, 3, "")
		d.Clock.Pass(31 * 24 * time.Hour)
		wants(t, "what goes of a form nobody sent", d.sweeps(), 1)
		wants(t, "a form that comes too late", errors.Is(d.SetCover(t.Context(), d.mara, dropped), archive.ErrNotFound), true)
	})
}

// A chapter may show the very picture that was the cover.
func TestAPictureThatAChapterShowsStaysWhenItIsNoCoverAnyMore(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		id := d.create(writing.NewWork{Fields: fields(), Chapters: chaptersOf([]string{""}), Uploads: []writing.Upload{{Name: "a.png", Data: poster(t, 1)}}})
		d.covers(id, 1, "")
		shown := d.pictures(id)[0]
		wants(t, "the same file", d.cover(id).Key, shown.Key)
		must(t, d.TakeCoverAway(t.Context(), d.mara, writing.CoverForm{Work: id, Base: d.cover(id).Base()}))
		d.Clock.Pass(31 * 24 * time.Hour)
		wants(t, "what goes", d.sweeps(), 0)
		wants(t, "the picture of the chapter", d.has(shown.SHA256), true)
	})
}
