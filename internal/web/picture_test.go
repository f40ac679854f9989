package web_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"net/http"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/writing"
)

// square is a picture of a size.
func square(t *testing.T, side int) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, side, side))))
	return b.Bytes()
}

// A picture lies under its work's address, and numbers are easily guessed: one
// that only a draft shows is as closed as the draft.
func TestThePictureOfADraftChapterIsAsClosedAsTheDraft(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada, guest := w.member("ada"), w.guest()
		work := w.posts(ada.viewer, fields("The Lamp Keepers"))
		f := writing.ChapterForm{
			Work: work, Fields: archive.ChapterFields{Text: `Look: <img src="map.png" alt="A map">`},
			Uploads: []writing.Upload{{Name: "map.png", Data: square(t, 3)}},
		}
		chapter, err := w.writing.SaveChapter(t.Context(), ada.viewer, f)
		must(t, err)
		var picture string
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			pictures, err := tx.Pictures.Of(ctx, work)
			picture = writing.PictureAddress(work, pictures[0].ID)
			return err
		})
		ada.opens(picture)
		guest.get(picture).expect(http.StatusNotFound)
		w.member("mina").get(picture).expect(http.StatusNotFound)

		f.Chapter, f.Base, f.Post, f.Uploads = chapter, 1, true, nil
		_, err = w.writing.SaveChapter(t.Context(), ada.viewer, f)
		must(t, err)
		guest.opens(picture)
		guest.opens(workPath(work) + ".epub")

		f.Base, f.Fields.Text = 2, "It was taken out."
		_, err = w.writing.SaveChapter(t.Context(), ada.viewer, f)
		must(t, err)
		guest.get(picture).expect(http.StatusNotFound)
		ada.opens(picture) // an older revision shows it
	})
}
