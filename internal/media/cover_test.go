package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"testing"

	"ficus/internal/archive"
)

// A cover keeps the shape its writer gave it, whatever that is, within the size
// of the one that is drawn.
func TestACoverIsNeverLargerThanADrawnOneAndLosesNothingAtItsEdges(t *testing.T) {
	for name, one := range map[string]struct{ from, want image.Point }{
		"as drawn":       {image.Pt(1600, 2400), image.Pt(1600, 2400)},
		"small":          {image.Pt(300, 450), image.Pt(300, 450)},
		"a portrait":     {image.Pt(3000, 4500), image.Pt(1600, 2400)},
		"a tall one":     {image.Pt(1200, 3600), image.Pt(800, 2400)},
		"a landscape":    {image.Pt(3200, 1800), image.Pt(1600, 900)},
		"a square":       {image.Pt(2000, 2000), image.Pt(1600, 1600)},
		"the widest one": {image.Pt(900, 300), image.Pt(900, 300)},
	} {
		made, err := Cover(asJPEG(t, quarters(one.from.X, one.from.Y)))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		decoded := decode(t, made)
		if got := decoded.Bounds().Size(); got != one.want || made.Width != got.X || made.Height != got.Y || made.MediaType != "image/jpeg" {
			t.Errorf("%s is %v as %s, want %v", name, got, made.MediaType, one.want)
		}
		for at, want := range map[image.Point]color.RGBA{
			image.Pt(2, 2): {255, 0, 0, 255}, image.Pt(one.want.X-3, 2): {0, 255, 0, 255},
			image.Pt(2, one.want.Y-3): {0, 0, 255, 255}, image.Pt(one.want.X-3, one.want.Y-3): {255, 255, 255, 255},
		} {
			if got := color.RGBAModel.Convert(decoded.At(at.X, at.Y)).(color.RGBA); apart(got, want) > 40 {
				t.Errorf("%s at %v is %v, want %v", name, at, got, want)
			}
		}
	}
}

func apart(a, b color.RGBA) int {
	d := 0
	for _, pair := range [][2]uint8{{a.R, b.R}, {a.G, b.G}, {a.B, b.B}} {
		d = max(d, int(pair[0])-int(pair[1]), int(pair[1])-int(pair[0]))
	}
	return d
}

// What a camera noted goes, and what it noted of the way up is obeyed.
func TestACoverTellsNothingOfItsCamera(t *testing.T) {
	made, err := Cover(jpegWith(asJPEG(t, quarters(600, 400)), exif(binary.LittleEndian, 6)))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(made.Data, []byte(place)) || made.Width != 400 || made.Height != 600 {
		t.Errorf("a cover of %d by %d tells where it was taken: %v", made.Width, made.Height, bytes.Contains(made.Data, []byte(place)))
	}
}

func TestACoverOfAnyWeightIsLightEnough(t *testing.T) {
	made, err := Cover(asPNG(t, blurred(1600, 2400)))
	if err != nil || len(made.Data) > coverBytes || made.MediaType != "image/jpeg" {
		t.Errorf("a cover of many colours has %d bytes as %s: %v", len(made.Data), made.MediaType, err)
	}
	if made, err = Cover(asPNG(t, noise(1600, 2400))); err != nil {
		t.Fatal(err)
	}
	t.Logf("noise, the heaviest there is, has %d bytes", len(made.Data))
}

// blurred is a picture with more colours than a drawing, and what a photograph
// has of grain.
func blurred(w, h int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	grain := noise(w/4, h/4)
	for y := range h {
		for x := range w {
			g := grain.RGBAAt(x/4, y/4)
			m.SetRGBA(x, y, color.RGBA{uint8(x*200/w) + g.R/8, uint8(y*200/h) + g.G/8, 90 + g.B/8, 255})
		}
	}
	return m
}

func TestATransparentCoverStandsOnWhitePaper(t *testing.T) {
	clear := image.NewNRGBA(image.Rect(0, 0, 400, 600))
	draw.Draw(clear, image.Rect(100, 100, 300, 300), image.NewUniform(color.RGBA{120, 0, 0, 255}), image.Point{}, draw.Src)
	made, err := Cover(asPNG(t, clear))
	if err != nil || made.MediaType != "image/png" {
		t.Fatalf("a drawing is a %s: %v", made.MediaType, err)
	}
	decoded := decode(t, made)
	if got := color.RGBAModel.Convert(decoded.At(5, 5)).(color.RGBA); got != (color.RGBA{255, 255, 255, 255}) {
		t.Errorf("what was transparent is %v", got)
	}
	if again, err := DescribeCover(made.Data); err != nil || !bytes.Equal(again.Data, made.Data) {
		t.Errorf("a cover that was made before is another: %v", err)
	}
}

func TestACoverMadeBeforeIsNotMadeAgain(t *testing.T) {
	made, err := Cover(asJPEG(t, blurred(800, 1200)))
	if err != nil {
		t.Fatal(err)
	}
	if again, err := DescribeCover(made.Data); err != nil || !bytes.Equal(again.Data, made.Data) || again.Width != 800 {
		t.Errorf("it became another: %v", err)
	}
	wide, err := ReEncode(asJPEG(t, blurred(2000, 3000))) // a picture of a chapter
	if err != nil {
		t.Fatal(err)
	}
	if again, err := DescribeCover(wide.Data); err != nil || again.Height != 2400 {
		t.Errorf("a picture of a chapter is a cover of %d by %d: %v", again.Width, again.Height, err)
	}
	for _, other := range []*image.RGBA{noise(20, 20), noise(2000, 400)} {
		small, err := ReEncode(asJPEG(t, other))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := DescribeCover(small.Data); err == nil {
			t.Errorf("a picture of %v is a cover", other.Rect)
		}
	}
}

func TestWhatCannotBeACoverSaysWhy(t *testing.T) {
	whole := asJPEG(t, quarters(600, 900))
	bomb := asPNG(t, quarters(2, 2))
	binary.BigEndian.PutUint32(bomb[16:], 50_000)
	binary.BigEndian.PutUint32(bomb[20:], 50_000)
	binary.BigEndian.PutUint32(bomb[29:], crc32.ChecksumIEEE(bomb[12:29]))
	for name, one := range map[string]struct {
		data []byte
		rule string
	}{
		"nothing":              {nil, "picture_format"},
		"words":                {[]byte("Once upon a time."), "picture_format"},
		"a drawing of vectors": {[]byte(`<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="2400"/>`), "picture_format"},
		"broken off":           {whole[:len(whole)/2], "picture_format"},
		"a bomb":               {bomb, "picture_pixels"},
		"too many bytes":       {make([]byte, 10<<20+1), "picture_too_large"},
		"tiny":                 {asPNG(t, quarters(299, 450)), "picture_small"},
		"tiny the other way":   {asPNG(t, quarters(450, 299)), "picture_small"},
		"one pixel":            {asPNG(t, quarters(1, 1)), "picture_small"},
		"a strip":              {asPNG(t, quarters(300, 901)), "picture_narrow"},
	} {
		_, err := Cover(one.data)
		var problems archive.Problems
		if !errors.As(err, &problems) || len(problems) != 1 || problems[0].Rule != one.rule {
			t.Errorf("%s is refused with %v, want %s", name, err, one.rule)
		}
	}
}

func TestOfAMovingCoverTheFirstFrameStays(t *testing.T) {
	first, second := quarters(400, 600), image.NewRGBA(image.Rect(0, 0, 400, 600))
	made, err := Cover(asGIF(t, first, second))
	if err != nil || !made.Moved || made.MediaType != "image/png" {
		t.Fatalf("it is a %s, moved: %v, %v", made.MediaType, made.Moved, err)
	}
	if got := color.RGBAModel.Convert(decode(t, made).At(2, 2)).(color.RGBA); got != (color.RGBA{255, 0, 0, 255}) {
		t.Errorf("its first corner is %v", got)
	}
}
