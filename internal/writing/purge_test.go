package writing_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/writing"
)

// files are the keys of a work's pictures.
func (d *desk) files(work int64) (keys []string) {
	d.t.Helper()
	d.Read(d.t, func(ctx context.Context, tx *store.Tx) error {
		pictures, err := tx.Pictures.Of(ctx, work)
		for _, p := range pictures {
			keys = append(keys, p.Key)
		}
		return err
	})
	return keys
}

// holds reports whether the bucket has a file.
func (d *desk) holds(key string) bool {
	d.t.Helper()
	file, err := d.bucket.Get(d.t.Context(), key)
	if errors.Is(err, archive.ErrNotFound) {
		return false
	}
	must(d.t, err)
	must(d.t, file.Close())
	return true
}

func TestAPurgedWorkTakesItsPicturesAlong(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		own, shared := writing.Upload{Name: "own.png", Data: picture(t, 1)}, writing.Upload{Name: "shared.png", Data: picture(t, 2)}
		goes := d.create(writing.NewWork{Fields: fields(), Chapters: chaptersOf(nil), Uploads: []writing.Upload{own, shared}})
		stays := d.create(writing.NewWork{Fields: fields(), Chapters: chaptersOf(nil), Uploads: []writing.Upload{shared}})
		keys, left := d.files(goes), d.files(stays)
		wants(t, "the pictures", []int{len(keys), len(left)}, []int{2, 1})
		must(t, d.DeleteWork(t.Context(), d.mara, goes))
		d.Clock.Pass(31 * 24 * time.Hour)
		_, err := d.PurgeDeleted(t.Context())
		must(t, err)
		for _, key := range keys {
			wants(t, "whether "+key+" is kept", d.holds(key), key == left[0])
		}

		must(t, d.DeleteWork(t.Context(), d.mara, stays))
		d.Clock.Pass(31 * 24 * time.Hour)
		_, err = d.PurgeDeleted(t.Context())
		must(t, err)
		wants(t, "whether the last work's is kept", d.holds(left[0]), false)
	})
}

func TestTwoPurgedTogetherLeaveNothingTheyShared(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		var keys []string
		for range 2 {
			id := d.create(writing.NewWork{Fields: fields(), Chapters: chaptersOf(nil), Uploads: []writing.Upload{{Name: "a.png", Data: picture(t, 1)}}})
			keys = append(keys, d.files(id)...)
			must(t, d.DeleteWork(t.Context(), d.mara, id))
		}
		wants(t, "the files", keys[0], keys[1])
		d.Clock.Pass(31 * 24 * time.Hour)
		gone, err := d.PurgeDeleted(t.Context())
		must(t, err)
		wants(t, "purged", gone, 2)
		wants(t, "whether it is kept", d.holds(keys[0]), false)
	})
}

func TestAPurgedWorkTakesWhatItsFormsHeldAlong(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		id := d.post()
		must(t, d.Autosave(t.Context(), d.mara, "chapter/1/new", 0, map[string][]string{"text": {"Never saved."}}))
		wants(t, "the work", id, int64(1))
		must(t, d.DeleteWork(t.Context(), d.mara, id))
		d.Clock.Pass(31 * 24 * time.Hour)
		_, err := d.PurgeDeleted(t.Context())
		must(t, err)
		d.Read(t, func(ctx context.Context, tx *store.Tx) error {
			left, err := tx.Autosaves.Of(ctx, d.mara.Account)
			wants(t, "what is left", len(left), 0)
			return err
		})
	})
}
