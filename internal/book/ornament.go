package book

import (
	"image"
	"math"

	"golang.org/x/image/vector"
)

// printOrnament prints a repeating pattern of leaves on the cloth. The number
// picks the pattern, so that a fandom always has its own. Every motif is drawn
// and cut once; the steps from one to the next are multiples of the side of a
// square, or of two where every other row is set aside, so the cut squares only
// have to be laid.
func printOrnament(s *sheet, pick uint64) {
	patterns := [...]func(*sheet){sprigs, scatteredLeaves, pairs, crosses}
	patterns[(pick>>8)%uint64(len(patterns))](s)
}

// motif is what is drawn around a point, cut into squares of cloth with that
// point on a corner.
type motif struct {
	squares []patch     // row after row
	reach   image.Point // how many there are to each side of the point
}

// cut draws a motif that reaches so many squares from its point, and cuts it.
func (s *sheet) cut(reachX, reachY int, with func(o outline)) motif {
	m := motif{make([]patch, 4*reachX*reachY), image.Pt(reachX, reachY)}
	mask := s.brush.around(m.reach.Mul(side), with)
	for i := range m.squares {
		x, y := i%(2*m.reach.X)*side, i/(2*m.reach.X)*side
		s.press(&m.squares[i], mask, image.Rect(x, y, x+side, y+side), image.Point{}, onCloth)
		m.squares[i].shared = true
	}
	return m
}

// lay prints a motif on the cloth around a point that is a corner of squares.
func (s *sheet) lay(m motif, x, y int) {
	for i, from := range m.squares {
		column, row := x/side-m.reach.X+i%(2*m.reach.X), y/side-m.reach.Y+i/(2*m.reach.X)
		if from.print == 0 || column < 0 || column >= across || row < 0 || row >= down {
			continue
		}
		to := &s.squares[row*across+column]
		if to.print == 0 {
			*to = from
			continue
		}
		both := s.own(to)
		for i, value := range s.prints[from.print-1] {
			both[i] = max(both[i], value)
		}
	}
}

// sprigs prints rows of small upright branches.
func sprigs(s *sheet) {
	m := s.cut(4, 8, func(o outline) { o.sprig(1.35) })
	lattice(320, 352, func(x, y int) { s.lay(m, x, y) })
}

// scatteredLeaves prints single leaves, each turned by its place.
func scatteredLeaves(s *sheet) {
	var leaves [7]motif
	for i := range leaves {
		angle := float64(i) * 2 * math.Pi / 7
		leaves[i] = s.cut(4, 4, func(o outline) { o.leaf(-62*math.Cos(angle), -62*math.Sin(angle), 124, angle) })
	}
	turn := 0
	lattice(256, 256, func(x, y int) {
		s.lay(leaves[turn%7], x, y)
		turn += 3
	})
}

// pairs prints leaves that lean together, with a berry between.
func pairs(s *sheet) {
	m := s.cut(5, 5, func(o outline) {
		o.leaf(-10, 60, 138, -math.Pi/2-0.42)
		o.leaf(10, 60, 138, -math.Pi/2+0.42)
		o.circle(0, -44, 14)
	})
	lattice(288, 320, func(x, y int) { s.lay(m, x, y) })
}

// crosses prints four leaves around a point.
func crosses(s *sheet) {
	m := s.cut(6, 6, func(o outline) {
		for i := range 4 {
			angle := math.Pi/4 + float64(i)*math.Pi/2
			o.leaf(18*math.Cos(angle), 18*math.Sin(angle), 98, angle)
		}
	})
	lattice(352, 336, func(x, y int) { s.lay(m, x, y) })
}

// lattice calls at for each point of a lattice over the cover whose every
// other row is set half a step aside. The points the label hides are left out.
func lattice(dx, dy int, at func(x, y int)) {
	const reach = 140 // how far a motif goes from its point at most
	hidden := image.Rect(labelLeft, labelTop, labelRight, labelBottom).Inset(reach)
	for row := 0; row*dy < coverHeight+dy; row++ {
		for x := row % 2 * dx / 2; x < coverWidth+dx; x += dx {
			if y := row * dy; !image.Pt(x, y).In(hidden) {
				at(x, y)
			}
		}
	}
}

// outline is what is drawn around a point, in pixels from it. All outlines run
// round the same way, so that those that meet join.
type outline struct {
	pen              *vector.Rasterizer
	middleX, middleY float64
}

func (o outline) at(x, y float64) (float32, float32) {
	return float32(x + o.middleX), float32(y + o.middleY)
}

func (o outline) curve(ax, ay, bx, by, x, y float64) {
	aX, aY := o.at(ax, ay)
	bX, bY := o.at(bx, by)
	toX, toY := o.at(x, y)
	o.pen.CubeTo(aX, aY, bX, bY, toX, toY)
}

// sprig draws a branch of five leaves.
func (o outline) sprig(size float64) {
	o.leaf(0, -10*size, 84*size, -math.Pi/2)
	for i, lean := range []float64{0.62, 0.74} {
		foot := (14 + float64(i)*34) * size
		length := (70 - float64(i)*12) * size
		o.leaf(3*size, foot, length, -math.Pi/2+lean)
		o.leaf(-3*size, foot, length, -math.Pi/2-lean)
	}
	o.stem(0, 8*size, 82*size, 5*size)
}

// leaf draws a leaf that grows from x and y along angle.
func (o outline) leaf(x, y, length, angle float64) {
	sin, cos := math.Sincos(angle)
	at := func(along, across float64) (float64, float64) {
		return x + along*cos - across*sin, y + along*sin + across*cos
	}
	tipX, tipY := at(length, 0)
	width := length * 0.34
	o.pen.MoveTo(o.at(x, y))
	ax, ay := at(length*0.28, width)
	bx, by := at(length*0.72, width*0.86)
	o.curve(ax, ay, bx, by, tipX, tipY)
	ax, ay = at(length*0.72, -width*0.86)
	bx, by = at(length*0.28, -width)
	o.curve(ax, ay, bx, by, x, y)
	o.pen.ClosePath()
}

// stem draws an upright bar.
func (o outline) stem(x, top, length, width float64) {
	o.pen.MoveTo(o.at(x-width/2, top+length))
	o.pen.LineTo(o.at(x+width/2, top+length))
	o.pen.LineTo(o.at(x+width/2, top))
	o.pen.LineTo(o.at(x-width/2, top))
	o.pen.ClosePath()
}

// circle draws a berry.
func (o outline) circle(x, y, r float64) {
	const k = 0.5523 // the handles of a quarter
	o.pen.MoveTo(o.at(x+r, y))
	o.curve(x+r, y-k*r, x+k*r, y-r, x, y-r)
	o.curve(x-k*r, y-r, x-r, y-k*r, x-r, y)
	o.curve(x-r, y+k*r, x-k*r, y+r, x, y+r)
	o.curve(x+k*r, y+r, x+r, y+k*r, x+r, y)
	o.pen.ClosePath()
}

// drawBranch draws the branch that stands on the label of a book whose title
// cannot be set.
func drawBranch(s *sheet) {
	const x, top = coverWidth / 2, labelTop + 490
	const reach = 208
	leaf := func(x, y int, length, angle float64) { // from x and y along angle
		sin, cos := math.Sincos(angle)
		dx, dy := math.Round(length/2*cos), math.Round(length/2*sin)
		mask := s.brush.around(image.Pt(reach, reach), func(o outline) { o.leaf(-dx, -dy, length, angle) })
		s.stamp(mask, image.Pt(x+int(dx)-reach, y+int(dy)-reach), onPaper)
	}
	leaf(x, top+70, 310, -math.Pi/2)
	for i := range 3 {
		foot, length := top+70+i*140, float64(300-i*24)
		lean := 0.72 + float64(i)*0.1
		leaf(x+6, foot, length, -math.Pi/2+lean)
		leaf(x-6, foot, length, -math.Pi/2-lean)
	}
	s.fill(image.Rect(x-6, top+20, x+6, top+580), onPaper.solid())
}
