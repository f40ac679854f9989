package book

import (
	"image"
	"math"
	"math/rand"
	"testing"

	"golang.org/x/image/math/fixed"
)

// canvas is a sheet without squares: every pixel by itself.
type canvas [coverWidth * coverHeight]uint8

func (c *canvas) fill(r image.Rectangle, value uint8) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			c[y*coverWidth+x] = value
		}
	}
}

func (c *canvas) stamp(mask *image.Alpha, at image.Point, t tone) {
	for y := range mask.Rect.Dy() {
		for x := range mask.Rect.Dx() {
			p := at.Add(image.Pt(x, y))
			alpha := mask.AlphaAt(mask.Rect.Min.X+x, mask.Rect.Min.Y+y).A
			if alpha < 3 || !p.In(image.Rect(0, 0, coverWidth, coverHeight)) {
				continue
			}
			to := &c[p.Y*coverWidth+p.X]
			*to = max(*to, uint8(t)+uint8(math.Round(float64(alpha)*mostShade/255)))
		}
	}
}

// differs is the first pixel of a sheet that is not as on the canvas.
func (c *canvas) differs(s *sheet) (x, y int, differ bool) {
	for i, want := range c {
		x, y := i%coverWidth, i/coverWidth
		p := s.squares[y/side*across+x/side]
		got := p.value
		if p.print > 0 {
			got = s.prints[p.print-1][y%side*side+x%side]
		}
		if got != want {
			return x, y, true
		}
	}
	return 0, 0, false
}

// blot is a mask of the size: thick ink with a hole here and there, and specks
// of any kind above it.
func blot(r *rand.Rand, w, h int) *image.Alpha {
	m := image.NewAlpha(image.Rect(0, 0, w, h))
	for i := range m.Pix {
		switch {
		case i < len(m.Pix)/2 && r.Intn(3) > 0:
			m.Pix[i] = uint8(r.Intn(256)) * uint8(r.Intn(2))
		case r.Intn(500) > 0:
			m.Pix[i] = 255
		}
	}
	return m
}

// What is laid, filled and stamped shares squares where it can; on the sheet it
// is as if each had its own.
func TestWhatIsPrintedOverASharedSquareIsOnNoOther(t *testing.T) {
	r := rand.New(rand.NewSource(3))
	for range 4 {
		s, c := newSheet(paletteFor("")), new(canvas)
		leaf := func(o outline) { o.leaf(-60, 10, 120, -0.3) }
		m := s.cut(4, 4, leaf)
		mask := new(brush).around(image.Pt(64, 64), leaf)
		for range 60 { // they meet, and hang over the edges
			x, y := r.Intn(across+2)*side, r.Intn(down+2)*side
			s.lay(m, x, y)
			c.stamp(mask, image.Pt(x-64, y-64), onCloth)
		}
		for i := range 12 {
			x, y := r.Intn(coverWidth-400), r.Intn(coverHeight-400)
			box := image.Rect(x, y, x+1+r.Intn(400), y+1+r.Intn(400))
			value := []uint8{0, uint8(onPaper), onPaper.solid()}[i%3]
			s.fill(box, value)
			c.fill(box, value)
			over := blot(r, 1+r.Intn(90), 1+r.Intn(90))
			at := image.Pt(box.Min.X-r.Intn(40), box.Max.Y-r.Intn(40))
			for _, t := range []tone{onPaper, inkPaper, onCloth}[i%3:] {
				s.stamp(over, at, t)
				c.stamp(over, at, t)
			}
		}
		if x, y, differ := c.differs(s); differ {
			t.Fatalf("the pixel at %d,%d is another", x, y)
		}
	}
}

// The letters are drawn with the brush of the sheet, and are as the library
// draws them.
func TestWordsAreSetAsTheirFaceDrawsThem(t *testing.T) {
	faces, err := openFaces()
	if err != nil {
		t.Fatal(err)
	}
	for i, cut := range []typeface{faces.title, faces.plain, faces.italic} {
		const row = "AVa To fj “Æ”, Я ω ę W.—"
		size := 44 + 70*i
		face, err := cut.at(size)
		if err != nil {
			t.Fatal(err)
		}
		start := fixed.Point26_6{X: fixed.I(40) + 13, Y: fixed.I(700)}
		s, c := newSheet(paletteFor("")), new(canvas)
		s.set(lines{font: cut.font, face: face, size: size}, row, start, inkPaper)
		dot, before := start, rune(0)
		for _, r := range row {
			if before > 0 {
				dot.X += face.Kern(before, r)
			}
			where, mask, _, advance, ok := face.Glyph(dot, r)
			if !ok {
				t.Fatalf("there is no %q", r)
			}
			if !where.Empty() {
				c.stamp(mask.(*image.Alpha), where.Min, inkPaper)
			}
			dot.X += advance
			before = r
		}
		if x, y, differ := c.differs(s); differ {
			t.Errorf("cut %d: the pixel at %d,%d is another", i, x, y)
		}
	}
}

func TestSquaresThatLookAlikeHaveTheSamePixels(t *testing.T) {
	for pick := range uint64(4) {
		s := newSheet(paletteFor(""))
		printOrnament(s, pick<<8)
		if n := len(s.prints); n < 20 || n > 250 {
			t.Errorf("ornament %d has %d squares of its own", pick, n)
		}
	}
	s := newSheet(paletteFor(""))
	s.fill(image.Rect(120, 360, 1480, 1760), uint8(onPaper))
	if n := len(s.prints); n != 5 { // three edges, two corners; its foot is on the border of squares
		t.Errorf("a label has %d squares of its own", n)
	}
}
