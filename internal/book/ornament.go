package book

import (
	"image"
	"math"

	"golang.org/x/image/vector"
)

// printOrnament prints a repeating pattern of leaves on the cloth. The number
// picks the pattern, so that a fandom always has its own. Every motif is drawn
// once and stamped; the steps from one to the next are such that its squares
// of sixteen come back as well, which the JPEG writer then knows already.
func printOrnament(s sheet, pick uint64) {
	patterns := [...]func(sheet){sprigs, scatteredLeaves, pairs, crosses}
	patterns[(pick>>8)%uint64(len(patterns))](s)
}

// reach is how far a motif goes from its point at most.
const reach = 140

// motif draws a motif around its point.
func motif(draw func(o outline)) *image.Alpha { return drawn(reach, draw) }

// drawn is what is drawn around a point, as far as it reaches: not above 256,
// up to where the rasteriser counts in whole numbers.
func drawn(reach int, draw func(o outline)) *image.Alpha {
	o := outline{vector.NewRasterizer(2*reach, 2*reach), float64(reach)}
	draw(o)
	mask := image.NewAlpha(image.Rect(0, 0, 2*reach, 2*reach))
	o.pen.Draw(mask, mask.Bounds(), image.Opaque, image.Point{})
	return mask.SubImage(inked(mask)).(*image.Alpha)
}

// inked is the part of a mask that leaves ink.
func inked(mask *image.Alpha) (r image.Rectangle) {
	size := mask.Bounds().Dx()
	for y := range size {
		row := mask.Pix[y*mask.Stride:][:size]
		first, last := 0, size-1
		for first < size && row[first] == 0 {
			first++
		}
		if first == size {
			continue
		}
		for row[last] == 0 {
			last--
		}
		r = r.Union(image.Rect(first, y, last+1, y+1))
	}
	return r
}

// printed prints what was drawn, so far around a point of the cover.
func printed(s sheet, mask *image.Alpha, reach, x, y int, t tone) {
	s.stamp(mask, mask.Bounds().Min.Add(image.Pt(x-reach, y-reach)), t)
}

// sprigs prints rows of small upright branches.
func sprigs(s sheet) {
	mask := motif(func(o outline) { o.sprig(1.35) })
	lattice(320, 352, func(x, y int) { printed(s, mask, reach, x, y, onCloth) })
}

// scatteredLeaves prints single leaves, each turned by its place.
func scatteredLeaves(s sheet) {
	var masks [7]*image.Alpha
	for i := range masks {
		angle := float64(i) * 2 * math.Pi / 7
		masks[i] = motif(func(o outline) { o.leaf(-62*math.Cos(angle), -62*math.Sin(angle), 124, angle) })
	}
	turn := 0
	lattice(256, 256, func(x, y int) {
		printed(s, masks[turn%7], reach, x, y, onCloth)
		turn += 3
	})
}

// pairs prints leaves that lean together, with a berry between.
func pairs(s sheet) {
	mask := motif(func(o outline) {
		o.leaf(-10, 60, 138, -math.Pi/2-0.42)
		o.leaf(10, 60, 138, -math.Pi/2+0.42)
		o.circle(0, -44, 14)
	})
	lattice(288, 320, func(x, y int) { printed(s, mask, reach, x, y, onCloth) })
}

// crosses prints four leaves around a point.
func crosses(s sheet) {
	mask := motif(func(o outline) {
		for i := range 4 {
			angle := math.Pi/4 + float64(i)*math.Pi/2
			o.leaf(18*math.Cos(angle), 18*math.Sin(angle), 98, angle)
		}
	})
	lattice(352, 336, func(x, y int) { printed(s, mask, reach, x, y, onCloth) })
}

// lattice calls at for each point of a lattice over the cover whose every
// other row is set half a step aside. The points the label hides are left out.
func lattice(dx, dy int, at func(x, y int)) {
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
	pen    *vector.Rasterizer
	middle float64
}

func (o outline) at(x, y float64) (float32, float32) {
	return float32(x + o.middle), float32(y + o.middle)
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
func drawBranch(s sheet) {
	const x, top = coverWidth / 2, labelTop + 490
	branchLeaf(s, x, top+70, 310, -math.Pi/2)
	for i := range 3 {
		foot, length := top+70+i*140, float64(300-i*24)
		lean := 0.72 + float64(i)*0.1
		branchLeaf(s, x+6, foot, length, -math.Pi/2+lean)
		branchLeaf(s, x-6, foot, length, -math.Pi/2-lean)
	}
	s.fill(image.Rect(x-6, top+20, x+6, top+580), onPaper.solid())
}

// branchLeaf prints a large leaf that grows from x and y along angle.
func branchLeaf(s sheet, x, y int, length, angle float64) {
	sin, cos := math.Sincos(angle)
	dx, dy := math.Round(length/2*cos), math.Round(length/2*sin)
	const reach = 256
	mask := drawn(reach, func(o outline) { o.leaf(-dx, -dy, length, angle) })
	printed(s, mask, reach, x+int(dx), y+int(dy), onPaper)
}
