package book

import (
	"image"
	"image/color"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
)

// sheet is a cover before it is a file. All that is on one is a ground with
// something printed over it, so a pixel is one byte: which two colours meet in
// it, and how much of the second there is. What nothing is put on is cloth.
type sheet struct{ *image.Paletted }

// tone is a ground and what is printed on it.
type tone uint8

// The tones of a cover, each with as many shades.
const (
	onCloth   tone = 0
	onPaper   tone = 64  // in the second ink
	inkPaper  tone = 128 // in the first
	mostShade      = 63
)

// solid is the tone without a trace of its ground.
func (t tone) solid() uint8 { return uint8(t) + mostShade }

func newSheet(p palette) sheet {
	colours := make(color.Palette, 0, 3*(mostShade+1))
	for _, pair := range [][2]color.RGBA{{p.cloth, p.print}, {p.paper, p.second}, {p.paper, p.ink}} {
		for shade := range mostShade + 1 {
			colours = append(colours, between(pair[0], pair[1], shade))
		}
	}
	return sheet{image.NewPaletted(image.Rect(0, 0, coverWidth, coverHeight), colours)}
}

// between is the colour so far from one to another.
func between(a, b color.RGBA, shade int) color.RGBA {
	part := func(a, b uint8) uint8 {
		return uint8((int(a)*(mostShade-shade) + int(b)*shade + mostShade/2) / mostShade)
	}
	return color.RGBA{R: part(a.R, b.R), G: part(a.G, b.G), B: part(a.B, b.B), A: 255}
}

// fill gives every pixel of r the value.
func (s sheet) fill(r image.Rectangle, value uint8) {
	first := s.Pix[s.PixOffset(r.Min.X, r.Min.Y):][:r.Dx()]
	for i := range first {
		first[i] = value
	}
	for y := r.Min.Y + 1; y < r.Max.Y; y++ {
		copy(s.Pix[s.PixOffset(r.Min.X, y):], first)
	}
}

// frame draws a rule of the width along the inside of r.
func (s sheet) frame(r image.Rectangle, width int, value uint8) {
	s.fill(image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+width), value)
	s.fill(image.Rect(r.Min.X, r.Max.Y-width, r.Max.X, r.Max.Y), value)
	s.fill(image.Rect(r.Min.X, r.Min.Y, r.Min.X+width, r.Max.Y), value)
	s.fill(image.Rect(r.Max.X-width, r.Min.Y, r.Max.X, r.Max.Y), value)
}

// stamp prints the mask, its first corner at the point. Where two prints meet
// the stronger one stays.
func (s sheet) stamp(mask *image.Alpha, at image.Point, t tone) {
	size := mask.Bounds()
	r := size.Add(at.Sub(size.Min)).Intersect(s.Bounds())
	from := r.Min.Sub(at).Add(size.Min)
	for y := range r.Dy() {
		row := s.Pix[s.PixOffset(r.Min.X, r.Min.Y+y):][:r.Dx()]
		for x, alpha := range mask.Pix[mask.PixOffset(from.X, from.Y+y):][:r.Dx()] {
			if alpha < 3 {
				continue
			}
			if value := uint8(t) + uint8((int(alpha)*mostShade+127)/255); value > row[x] {
				row[x] = value
			}
		}
	}
}

// set prints one row of words from the dot on.
func (s sheet) set(face font.Face, row string, dot fixed.Point26_6, t tone) {
	before := rune(-1)
	for _, r := range row {
		if before >= 0 {
			dot.X += face.Kern(before, r)
		}
		where, mask, from, advance, ok := face.Glyph(dot, r)
		if !ok {
			continue
		}
		if letter, ok := mask.(*image.Alpha); ok && !where.Empty() {
			s.stamp(letter.SubImage(where.Sub(where.Min).Add(from)).(*image.Alpha), where.Min, t)
		}
		dot.X += advance
		before = r
	}
}
