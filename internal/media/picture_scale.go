package media

import (
	"image"

	"golang.org/x/image/draw"
)

// The rows or columns that are scaled at once. The scaler keeps 32 bytes for
// each pixel of a pass, which for a whole picture could be a gigabyte.
const band = 256

// shrink gives a picture of at most the bounds once it is turned, unturned yet.
// A picture within the bounds keeps its size; its pixels are copied.
func shrink(src image.Image, orientation int, b bounds) *image.RGBA {
	from := src.Bounds()
	maxWidth, maxHeight := b.width, b.height
	if lies(orientation) {
		maxWidth, maxHeight = maxHeight, maxWidth
	}
	width, height := fit(from.Dx(), from.Dy(), maxWidth, maxHeight)
	if width == from.Dx() && height == from.Dy() {
		same := image.NewRGBA(image.Rect(0, 0, width, height))
		draw.Draw(same, same.Bounds(), src, from.Min, draw.Src)
		return same
	}
	return shortened(narrowed(src, width), height)
}

// narrowed scales a picture to a width, some rows at a time. At its own height
// the scaler gives each row back as it is, so no seam shows.
func narrowed(src image.Image, width int) *image.RGBA {
	from := src.Bounds()
	dst := image.NewRGBA(image.Rect(0, 0, width, from.Dy()))
	for y := 0; y < from.Dy(); y += band {
		end := min(y+band, from.Dy())
		rows := image.Rect(from.Min.X, from.Min.Y+y, from.Max.X, from.Min.Y+end)
		draw.CatmullRom.Scale(dst, image.Rect(0, y, width, end), src, rows, draw.Src, nil)
	}
	return dst
}

// shortened scales a picture to a height, some columns at a time.
func shortened(src *image.RGBA, height int) *image.RGBA {
	from := src.Bounds()
	dst := image.NewRGBA(image.Rect(0, 0, from.Dx(), height))
	for x := 0; x < from.Dx(); x += band {
		end := min(x+band, from.Dx())
		draw.CatmullRom.Scale(dst, image.Rect(x, 0, end, height), src, image.Rect(x, 0, end, from.Dy()), draw.Src, nil)
	}
	return dst
}

// fit gives the largest size of the same shape within a width and a height.
func fit(width, height, maxWidth, maxHeight int) (int, int) {
	if width > maxWidth {
		height = max(1, (height*maxWidth+width/2)/width)
		width = maxWidth
	}
	if height > maxHeight {
		width = max(1, (width*maxHeight+height/2)/height)
		height = maxHeight
	}
	return width, height
}

// turn makes a picture upright. The eight orientations of EXIF are the ways to
// lay a sheet of glass on a table.
func turn(src *image.RGBA, orientation int) *image.RGBA {
	if orientation == 1 {
		return src
	}
	w, h := src.Rect.Dx(), src.Rect.Dy()
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	if lies(orientation) {
		dst = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			toX, toY := turned(x, y, w, h, orientation)
			copy(dst.Pix[dst.PixOffset(toX, toY):][:4], src.Pix[src.PixOffset(x, y):][:4])
		}
	}
	return dst
}

// turned gives the place a pixel of a picture of w by h belongs.
func turned(x, y, w, h, orientation int) (int, int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	case 8:
		return y, w - 1 - x
	}
	return x, y
}

// lies reports whether an orientation swaps width and height.
func lies(orientation int) bool { return orientation >= 5 }
