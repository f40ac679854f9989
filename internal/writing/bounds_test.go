package writing_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/writing"
)

// A text full of addresses that give no picture is no way to have this machine
// ask the whole world.
func TestASaveAsksOnlySoManyAddresses(t *testing.T) {
	d := newDesk(t)
	asked := map[string]int{}
	d.Writing = writing.New(d.Store, d.bucket, archive.DefaultLimits(), d.Clock, func(_ context.Context, address string) ([]byte, error) {
		asked[address]++
		return nil, errors.New("nobody there")
	})
	var body strings.Builder
	for n := range 4 * writing.MostPictures {
		fmt.Fprintf(&body, "<p><img src=\"https://example.org/%d.png\" alt=\"\"> <img src=\"https://example.org/0.png\" alt=\"\"></p>\n", n)
	}
	d.post(body.String())
	wants(t, "addresses asked", len(asked), writing.MostPictures)
	wants(t, "how often the first was", asked["https://example.org/0.png"], 1)
}

func TestMoreUploadsThanFitAreAProblemOfTheForm(t *testing.T) {
	d := newDesk(t)
	uploads := make([]writing.Upload, writing.MostPictures+1)
	for i := range uploads {
		uploads[i] = writing.Upload{Name: fmt.Sprint(i, ".png"), Data: picture(t, uint8(i))}
	}
	_, err := d.Create(t.Context(), d.mara, writing.NewWork{Fields: fields(), Chapters: chaptersOf(nil), Uploads: uploads})
	wants(t, "what is wrong", refused(t, err), []string{"pictures too_many"})
}

func TestPicturesAreMadeOneAtATime(t *testing.T) {
	d := newDesk(t)
	giveBack, free := d.TakeTurn()
	if !free {
		t.Fatal("somebody makes a picture already")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := d.KeepUpload(ctx, writing.Upload{Name: "a.png", Data: picture(t, 1)}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a picture did not wait for its turn, or waited after its sender had gone: %v", err)
	}
	giveBack()
	_, err := d.KeepUpload(t.Context(), writing.Upload{Name: "a.png", Data: picture(t, 1)})
	must(t, err)
}
