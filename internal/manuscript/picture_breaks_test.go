package manuscript

import (
	"bytes"
	"encoding/hex"
	"image"
	"image/png"
	"strings"
	"testing"

	"ficus/internal/prose"
)

// picturedStory is a rich text file with the same picture between paragraphs.
func picturedStory(t *testing.T, width, height int) []byte {
	t.Helper()
	var drawn bytes.Buffer
	if err := png.Encode(&drawn, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	between := `\pard\qc{\pict\pngblip ` + hex.EncodeToString(drawn.Bytes()) + `}\par\pard `
	return []byte(`{\rtf1\ansi The ferry was late, and nobody asked why.\par ` + between + `By noon there was fog on the mole.\par ` + between + `The ferry came at four, with a goat.\par}`)
}

func kindsOf(r Reading) (kinds []prose.Kind) {
	for _, b := range r.Works[0].Chapters[0].Body.Blocks {
		kinds = append(kinds, b.Kind)
	}
	return kinds
}

func TestAPictureOfADividerIsABreakAndComesBack(t *testing.T) {
	page := `<!DOCTYPE html><p>The ferry was late, and nobody asked why.</p><img src="https://example.org/waves.png" width="300" height="20"><p>By noon there was fog on the mole.</p><img src="https://example.org/waves.png" width="300" height="20"><p>The ferry came at four, with a goat.</p>`
	r, err := Read([]byte(page), Options{})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "as it is read", []prose.Kind{prose.Paragraph, prose.SceneBreak, prose.Paragraph, prose.SceneBreak, prose.Paragraph}, kindsOf(r))
	same(t, "its rule", "break.picture", r.Parts[1].Rule)
	again, err := Read([]byte(page), Options{Choices: []Choice{{Start: r.Parts[1].Start, End: r.Parts[1].End, What: InStory, Become: "story"}}})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "put back", []prose.Kind{prose.Paragraph, prose.Image, prose.Paragraph, prose.SceneBreak, prose.Paragraph}, kindsOf(again))
	once, err := Read([]byte(strings.Replace(page, "waves", "wave", 1)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "two that differ", []prose.Kind{prose.Paragraph, prose.Image, prose.Paragraph, prose.Image, prose.Paragraph}, kindsOf(once))
}

func TestThePicturesOfAFileAreMeasured(t *testing.T) {
	for size, want := range map[[2]int]prose.Kind{{300, 20}: prose.SceneBreak, {900, 150}: prose.SceneBreak, {300, 200}: prose.Image} {
		r, err := Read(picturedStory(t, size[0], size[1]), Options{})
		if err != nil {
			t.Fatal(err)
		}
		same(t, "a picture of that size", want, kindsOf(r)[1])
	}
}
