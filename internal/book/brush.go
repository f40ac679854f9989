package book

import (
	"image"
	"image/draw"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// brush draws one thing after the other, all of a sheet, so that together they
// take no more memory than the largest. Up to 512 pixels the rasteriser counts
// in whole numbers.
type brush struct {
	pen  vector.Rasterizer
	mask image.Alpha
}

// box makes ready for what fits in a box of the size.
func (b *brush) box(size image.Point) {
	n := size.X * size.Y
	if n > cap(b.mask.Pix) {
		b.mask.Pix = make([]uint8, n)
	}
	b.mask = image.Alpha{Pix: b.mask.Pix[:n], Stride: size.X, Rect: image.Rectangle{Max: size}}
	b.pen.Reset(size.X, size.Y)
	b.pen.DrawOp = draw.Src
}

// drawn is what was drawn since, until the next time.
func (b *brush) drawn() *image.Alpha {
	b.pen.Draw(&b.mask, b.mask.Rect, image.Opaque, image.Point{})
	return &b.mask
}

// around draws around a point, as far as it reaches to each side.
func (b *brush) around(reach image.Point, with func(o outline)) *image.Alpha {
	b.box(reach.Mul(2))
	with(outline{&b.pen, float64(reach.X), float64(reach.Y)})
	return b.drawn()
}

// set prints one row of words from the dot on.
func (s *sheet) set(l lines, row string, dot fixed.Point26_6, t tone) {
	var buf sfnt.Buffer
	before := rune(-1)
	for _, r := range row {
		if before >= 0 {
			dot.X += l.face.Kern(before, r)
		}
		glyph, err := l.font.GlyphIndex(&buf, r)
		if err != nil || glyph == 0 {
			continue
		}
		letter, err := l.font.LoadGlyph(&buf, glyph, fixed.I(l.size), nil)
		if err != nil {
			continue
		}
		s.letter(letter, dot, t)
		advance, _ := l.face.GlyphAdvance(r)
		dot.X += advance
		before = r
	}
}

// letter prints a letter that stands at the dot.
func (s *sheet) letter(outline sfnt.Segments, dot fixed.Point26_6, t tone) {
	bounds := outline.Bounds().Add(dot)
	first := image.Pt(bounds.Min.X.Floor(), bounds.Min.Y.Floor())
	size := image.Pt(bounds.Max.X.Ceil(), bounds.Max.Y.Ceil()).Sub(first)
	dot = dot.Sub(fixed.P(first.X, first.Y))
	at := func(p fixed.Point26_6) (x, y float32) {
		p = p.Add(dot)
		return float32(p.X) / 64, float32(p.Y) / 64
	}
	s.brush.box(size)
	pen := &s.brush.pen
	for _, part := range outline {
		x, y := at(part.Args[0])
		switch part.Op {
		case sfnt.SegmentOpMoveTo:
			pen.MoveTo(x, y)
		case sfnt.SegmentOpLineTo:
			pen.LineTo(x, y)
		case sfnt.SegmentOpCubeTo: // the only curves of the face
			bx, by := at(part.Args[1])
			toX, toY := at(part.Args[2])
			pen.CubeTo(x, y, bx, by, toX, toY)
		}
	}
	s.stamp(s.brush.drawn(), first, t)
}
