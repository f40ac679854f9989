package book

import (
	"image"
	"math"

	"git.sr.ht/~sbinet/gg"
)

// printOrnament prints a repeating pattern of leaves on the cloth. The number
// picks the pattern, so that a fandom always has its own.
func printOrnament(dc *gg.Context, p palette, pick uint64) {
	dc.SetColor(p.print)
	patterns := [...]func(*gg.Context){sprigs, scatteredLeaves, pairs, crosses}
	patterns[(pick>>8)%uint64(len(patterns))](dc)
	dc.Fill()
}

// sprigs prints rows of small upright branches.
func sprigs(dc *gg.Context) {
	lattice(320, 360, func(x, y float64) {
		sprig(dc, x, y, 1.35)
	})
}

// sprig draws a branch of five leaves with its foot under x and y.
func sprig(dc *gg.Context, x, y, size float64) {
	leaf(dc, x, y-10*size, 84*size, -math.Pi/2)
	for i, lean := range []float64{0.62, 0.74} {
		foot := y + (14+float64(i)*34)*size
		length := (70 - float64(i)*12) * size
		leaf(dc, x+3*size, foot, length, -math.Pi/2+lean)
		leaf(dc, x-3*size, foot, length, -math.Pi/2-lean)
	}
	stem(dc, x, y+8*size, 82*size, 5*size)
}

// scatteredLeaves prints single leaves, each turned by its place.
func scatteredLeaves(dc *gg.Context) {
	turn := 0
	lattice(260, 250, func(x, y float64) {
		angle := float64(turn%7) * 2 * math.Pi / 7
		turn += 3
		leaf(dc, x-62*math.Cos(angle), y-62*math.Sin(angle), 124, angle)
	})
}

// pairs prints leaves that lean together, with a berry between.
func pairs(dc *gg.Context) {
	lattice(300, 320, func(x, y float64) {
		leaf(dc, x-10, y+60, 138, -math.Pi/2-0.42)
		leaf(dc, x+10, y+60, 138, -math.Pi/2+0.42)
		dc.DrawCircle(x, y-44, 14)
	})
}

// crosses prints four leaves around a point.
func crosses(dc *gg.Context) {
	lattice(340, 330, func(x, y float64) {
		for i := range 4 {
			angle := math.Pi/4 + float64(i)*math.Pi/2
			leaf(dc, x+18*math.Cos(angle), y+18*math.Sin(angle), 98, angle)
		}
	})
}

// lattice calls at for each point of a lattice over the cover whose every
// other row is set half a step aside. The points the label hides are left out.
func lattice(dx, dy float64, at func(x, y float64)) {
	const reach = 140 // no motif is larger around its point
	hidden := image.Rect(labelLeft, labelTop, labelRight, labelBottom).Inset(reach)
	for row := 0; float64(row)*dy < coverHeight+dy; row++ {
		shift := float64(row%2) * dx / 2
		for x := shift; x < coverWidth+dx; x += dx {
			if y := float64(row) * dy; !image.Pt(int(x), int(y)).In(hidden) {
				at(x, y)
			}
		}
	}
}

// leaf adds the outline of a leaf that grows from x and y along angle.
func leaf(dc *gg.Context, x, y, length, angle float64) {
	sin, cos := math.Sincos(angle)
	at := func(along, across float64) (float64, float64) {
		return x + along*cos - across*sin, y + along*sin + across*cos
	}
	tipX, tipY := at(length, 0)
	width := length * 0.34
	ax, ay := at(length*0.28, width)
	bx, by := at(length*0.72, width*0.86)
	dc.NewSubPath()
	dc.MoveTo(x, y)
	dc.CubicTo(ax, ay, bx, by, tipX, tipY)
	ax, ay = at(length*0.72, -width*0.86)
	bx, by = at(length*0.28, -width)
	dc.CubicTo(ax, ay, bx, by, x, y)
	dc.ClosePath()
}

// drawBranch draws the branch that stands on the label of a book whose title
// cannot be set.
func drawBranch(dc *gg.Context, p palette) {
	dc.SetColor(p.second)
	x, top := coverWidth/2.0, float64(labelTop)+490
	leaf(dc, x, top+70, 310, -math.Pi/2)
	for i := range 3 {
		foot, length := top+70+float64(i)*140, 300-float64(i)*24
		lean := 0.72 + float64(i)*0.1
		leaf(dc, x+6, foot, length, -math.Pi/2+lean)
		leaf(dc, x-6, foot, length, -math.Pi/2-lean)
	}
	stem(dc, x, top+20, 560, 12)
	dc.Fill()
}

// stem adds an upright bar, drawn round the same way as a leaf so that the two
// join where they meet.
func stem(dc *gg.Context, x, top, length, width float64) {
	dc.NewSubPath()
	dc.MoveTo(x-width/2, top+length)
	dc.LineTo(x+width/2, top+length)
	dc.LineTo(x+width/2, top)
	dc.LineTo(x-width/2, top)
	dc.ClosePath()
}
