package book

import (
	"encoding/binary"
	"image"
	"image/color"
)

// sheet is a cover before it is a file. All that is on one is a ground with
// something printed over it, so a pixel is one byte: which two colours meet in
// it, and how much of the second there is. What nothing is put on is cloth. It
// lies in squares, and only those have pixels in which something is printed or
// begins; those that look alike have the same where that is known.
type sheet struct {
	colours []color.RGBA
	squares []patch   // row after row
	prints  []*square // the pixels there are
	blank   []square  // and some to come
	brush   brush
}

// patch is a square of a sheet: of one value, unless it has pixels.
type patch struct {
	value  uint8
	shared bool   // others may have the same pixels
	print  uint16 // which of the sheet's prints are its pixels, from 1 on
}

// side is that of a square, and across is how many are in a row.
const (
	side   = 16
	across = coverWidth / side
	down   = coverHeight / side
)

// square is the pixels of one, row after row.
type square [side * side]uint8

// own gives a patch pixels that no other has.
func (s *sheet) own(p *patch) *square {
	if p.print > 0 && !p.shared {
		return s.prints[p.print-1]
	}
	if len(s.blank) == 0 {
		s.blank = make([]square, 64)
	}
	pixels := &s.blank[0]
	s.blank = s.blank[1:]
	if p.print > 0 {
		*pixels = *s.prints[p.print-1]
	} else if p.value > 0 {
		for i := 0; i < len(pixels); i += 8 {
			binary.LittleEndian.PutUint64(pixels[i:], even(p.value))
		}
	}
	s.prints = append(s.prints, pixels)
	*p = patch{print: uint16(len(s.prints))}
	return pixels
}

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

func newSheet(p palette) *sheet {
	colours := make([]color.RGBA, 0, 3*(mostShade+1))
	for _, pair := range [][2]color.RGBA{{p.cloth, p.print}, {p.paper, p.second}, {p.paper, p.ink}} {
		for shade := range mostShade + 1 {
			colours = append(colours, between(pair[0], pair[1], shade))
		}
	}
	return &sheet{colours: colours, squares: make([]patch, across*down), prints: make([]*square, 0, 1024)}
}

// Bounds are those of every cover.
func (s *sheet) Bounds() image.Rectangle { return image.Rect(0, 0, coverWidth, coverHeight) }

// ColorModel is that of the sheet's colours.
func (s *sheet) ColorModel() color.Model { return color.RGBAModel }

// At is the colour of a pixel.
func (s *sheet) At(x, y int) color.Color {
	p := s.squares[y/side*across+x/side]
	if p.print > 0 {
		return s.colours[s.prints[p.print-1][y%side*side+x%side]]
	}
	return s.colours[p.value]
}

// parts calls with each square that r meets, and what of it lies in r.
func (s *sheet) parts(r image.Rectangle, with func(p *patch, part image.Rectangle)) {
	for y := r.Min.Y / side; y*side < r.Max.Y; y++ {
		for x := r.Min.X / side; x*side < r.Max.X; x++ {
			whole := image.Rect(x*side, y*side, (x+1)*side, (y+1)*side)
			with(&s.squares[y*across+x], whole.Intersect(r))
		}
	}
}

// between is the colour so far from one to another.
func between(a, b color.RGBA, shade int) color.RGBA {
	part := func(a, b uint8) uint8 {
		return uint8((int(a)*(mostShade-shade) + int(b)*shade + mostShade/2) / mostShade)
	}
	return color.RGBA{R: part(a.R, b.R), G: part(a.G, b.G), B: part(a.B, b.B), A: 255}
}

// fill gives every pixel of r the value. Along its edges one square is like the
// next, so they share their pixels.
func (s *sheet) fill(r image.Rectangle, value uint8) {
	type edge struct {
		before patch
		part   image.Rectangle
	}
	after := make(map[edge]patch)
	s.parts(r, func(p *patch, part image.Rectangle) {
		if part.Dx() == side && part.Dy() == side {
			*p = patch{value: value}
			return
		}
		corner := image.Pt(part.Min.X%side, part.Min.Y%side)
		e := edge{*p, part.Add(corner.Sub(part.Min))}
		if known, ok := after[e]; ok {
			*p = known
			return
		}
		pixels := s.own(p)
		for y := e.part.Min.Y; y < e.part.Max.Y; y++ {
			for x := e.part.Min.X; x < e.part.Max.X; x++ {
				pixels[y*side+x] = value
			}
		}
		p.shared = true
		after[e] = *p
	})
}

// frame draws a rule of the width along the inside of r.
func (s *sheet) frame(r image.Rectangle, width int, value uint8) {
	s.fill(image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+width), value)
	s.fill(image.Rect(r.Min.X, r.Max.Y-width, r.Max.X, r.Max.Y), value)
	s.fill(image.Rect(r.Min.X, r.Min.Y, r.Min.X+width, r.Max.Y), value)
	s.fill(image.Rect(r.Max.X-width, r.Min.Y, r.Max.X, r.Max.Y), value)
}

// stamp prints the mask, its first corner at the point.
func (s *sheet) stamp(mask *image.Alpha, at image.Point, t tone) {
	shift := at.Sub(mask.Rect.Min)
	s.parts(mask.Rect.Add(shift).Intersect(s.Bounds()), func(p *patch, part image.Rectangle) {
		if p.print == 0 && part.Dx() == side && part.Dy() == side && covered(mask, part.Sub(shift)) {
			p.value = max(p.value, t.solid())
			return
		}
		s.press(p, mask, part, shift, t)
	})
}

// press prints on one square what of the mask, shifted, comes to lie in the
// part. Where two prints meet the stronger one stays.
func (s *sheet) press(p *patch, mask *image.Alpha, part image.Rectangle, shift image.Point, t tone) {
	from := part.Sub(shift)
	var pixels *square
	for y := range part.Dy() {
		row := mask.Pix[mask.PixOffset(from.Min.X, from.Min.Y+y):][:part.Dx()]
		if !inked(row) {
			continue
		}
		if pixels == nil {
			pixels = s.own(p)
		}
		first := (part.Min.Y+y)%side*side + part.Min.X%side
		t.ink(pixels[first:][:len(row)], row)
	}
}

// inked says whether there is ink in a row; most have none.
func inked(alphas []uint8) bool {
	if len(alphas) == side && binary.LittleEndian.Uint64(alphas)|binary.LittleEndian.Uint64(alphas[8:]) == 0 {
		return false
	}
	for _, alpha := range alphas {
		if alpha >= faint {
			return true
		}
	}
	return false
}

// faint is an ink that just comes to a shade.
const faint = 3

// covered says whether the ink of a mask lies thick on all of a square.
func covered(mask *image.Alpha, square image.Rectangle) bool {
	for y := square.Min.Y; y < square.Max.Y; y++ {
		row := mask.Pix[mask.PixOffset(square.Min.X, y):][:side]
		if binary.LittleEndian.Uint64(row)&binary.LittleEndian.Uint64(row[8:]) != even(0xff) {
			return false
		}
	}
	return true
}

// ink prints a row.
func (t tone) ink(pixels, alphas []uint8) {
	pixels = pixels[:len(alphas)]
	for i, alpha := range alphas {
		if alpha >= faint {
			pixels[i] = max(pixels[i], uint8(t)+uint8((uint32(alpha)*mostShade+127)/255))
		}
	}
}
