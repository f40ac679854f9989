package web_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"

	"ficus/internal/sqldb"
	"ficus/internal/store"
	"ficus/internal/testkit"
	"ficus/internal/testkit/engines"
)

// tinyPNG is a picture of one shade.
func tinyPNG(shade uint8) string {
	img := image.NewRGBA(image.Rect(0, 0, 8, 8))
	for i := range 64 {
		img.Set(i%8, i/8, color.RGBA{shade, 90, shade, 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err) // memory does not fail
	}
	return b.String()
}

// newWorldOnADisk is a world whose database may take so many pages of 4 KiB.
func newWorldOnADisk(t *testing.T, pages int) *world {
	t.Helper()
	return openWorld(t, testkit.NewWorld(t, engines.SQLite(t, store.Schema(), sqldb.Options{MaxPages: pages})))
}
