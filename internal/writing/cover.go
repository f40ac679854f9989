package writing

import (
	"context"
	"unicode/utf8"

	"ficus/internal/archive"
	"ficus/internal/media"
	"ficus/internal/store"
)

// CoverForm is what a writer says of the cover of a work's books.
type CoverForm struct {
	Work int64
	Base int64  // archive.Cover.Base of the cover that the form showed
	Kept string // the mark of the picture, which KeepCover gave; empty: the standing one stays
	Alt  string // what it shows, in words
	Once archive.Once
}

// KeepCover makes a picture that was sent a cover, puts it in the bucket and
// gives its mark, so that the form can carry it along until it is saved. What is
// wrong with it is archive.Problems of the field "cover".
func (w *Writing) KeepCover(ctx context.Context, data []byte) (kept string, err error) {
	made, err := w.inTurn(ctx, "cover", func() (media.Picture, error) { return media.Cover(data) })
	if err != nil {
		return "", err
	}
	picture, err := w.keepMade(ctx, made, w.clock.Now().Add(keptFor))
	return picture.SHA256, err
}

// SetCover gives the books of a work the writer's picture, or says anew what the
// standing one shows: archive.ErrConflict when the cover is not the one that the
// form showed. The date of revision stays.
func (w *Writing) SetCover(ctx context.Context, v archive.Viewer, f CoverForm) error {
	f.Alt = archive.CleanLine(f.Alt)
	var problems archive.Problems
	archive.CheckLength("cover_alt", utf8.RuneCountInString(f.Alt), w.limits.CoverAlt, &problems)
	if f.Kept == "" && f.Base == 0 {
		problems.Add("cover", "choose_picture")
	}
	if err := problems.Err(); err != nil {
		return err
	}
	var picture archive.Picture
	if f.Kept != "" {
		var err error
		if picture, err = w.keptCover(ctx, f.Kept); err != nil {
			return err
		}
	}
	return w.changeCover(ctx, v, f, func(tx *store.Tx, standing archive.Cover) (bool, error) {
		next := archive.Cover{Picture: picture, Alt: f.Alt}
		if f.Kept == "" {
			next.Picture = standing.Picture
		}
		next.Work = f.Work
		if next.SHA256 == standing.SHA256 && next.Alt == standing.Alt {
			return false, nil
		}
		return true, tx.Covers.Set(ctx, next)
	})
}

// TakeCoverAway has the books of a work bear a drawn cover again:
// archive.ErrConflict when the cover is not the one that the form showed.
func (w *Writing) TakeCoverAway(ctx context.Context, v archive.Viewer, f CoverForm) error {
	return w.changeCover(ctx, v, f, func(tx *store.Tx, standing archive.Cover) (bool, error) {
		return standing.IsOwn(), tx.Covers.Drop(ctx, f.Work)
	})
}

// changeCover changes a cover, tells the log when it did, and lets go of a
// picture that stands there no longer.
func (w *Writing) changeCover(ctx context.Context, v archive.Viewer, f CoverForm, change func(*store.Tx, archive.Cover) (bool, error)) error {
	_, err := w.once(ctx, v, f.Once, func(tx *store.Tx) (int64, error) {
		if _, err := tx.Works.Hold(ctx, v, f.Work); err != nil {
			return 0, err
		}
		standing, err := tx.Covers.Of(ctx, f.Work)
		if err != nil {
			return 0, err
		}
		if standing.Base() != f.Base {
			return 0, archive.ErrConflict
		}
		changed, err := change(tx, standing)
		if err != nil || !changed {
			return f.Work, err
		}
		if standing.IsOwn() {
			if err := tx.Pictures.Keep(ctx, standing.Key, tx.Now); err != nil { // the next sweep finds it
				return 0, err
			}
		}
		tx.Log.Record(archive.Event{Kind: archive.CoverChanged, Actor: v.Account, Work: f.Work})
		return f.Work, nil
	})
	return err
}

// keptCover gives a picture that waits in a form, as a cover.
func (w *Writing) keptCover(ctx context.Context, kept string) (archive.Picture, error) {
	data, err := w.keptData(ctx, kept)
	if err != nil { // a mark that nobody gave is not noted
		return archive.Picture{}, err
	}
	made, err := w.inTurn(ctx, "cover", func() (media.Picture, error) { return media.DescribeCover(data) })
	if err != nil {
		return archive.Picture{}, err
	}
	return w.keepMade(ctx, made, w.clock.Now().Add(keptFor))
}
