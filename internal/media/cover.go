package media

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"
)

// shape is what a picture must look like to be of use.
type shape struct {
	least int // pixels of its shorter side
	most  int // times its shorter side that the longer may be; 0: any
}

// A cover is at most as large as the one that is drawn; its file is kept light
// enough for a shelf of hundreds.
const coverBytes = 500 << 10

func coverBounds() bounds {
	b := pictureBounds()
	b.width, b.height, b.shape = 1600, 2400, shape{least: 300, most: 3}
	return b
}

// check refuses a picture that is too small or too narrow: picture_small or
// picture_narrow.
func (s shape) check(size image.Config) error {
	short, long := min(size.Width, size.Height), max(size.Width, size.Height)
	switch {
	case short < s.least:
		return refuse("picture_small", "Limit", s.least)
	case s.most > 0 && long > s.most*short:
		return refuse("picture_narrow", "Limit", s.most)
	}
	return nil
}

// Cover makes a picture anew for the front of a book, as ReEncode does and
// besides: at most 1600 by 2400 pixels, nothing of it cut off; on white where it
// is transparent, since e-readers lay covers on black; and in about half a
// megabyte. Of what is wrong with a picture there is also picture_small and
// picture_narrow.
func Cover(data []byte) (Picture, error) {
	upright, format, err := unpack(data, coverBounds())
	if err != nil {
		return Picture{}, err
	}
	picture, err := encodeCover(onWhite(upright), format.drawn)
	if err != nil {
		return picture, fmt.Errorf("make a cover anew: %w", err)
	}
	picture.Moved = format.moves != nil && format.moves(data)
	return picture, nil
}

// DescribeCover gives a picture of the bucket as a cover: a JPEG that can be one
// as it is, since making it again would only wear it out.
func DescribeCover(data []byte) (Picture, error) {
	made, err := Describe(data)
	b := coverBounds()
	if err != nil || made.MediaType != "image/jpeg" || len(data) > coverBytes || made.Width > b.width || made.Height > b.height {
		return Cover(data)
	}
	return made, b.shape.check(image.Config{Width: made.Width, Height: made.Height})
}

// onWhite lays a picture on white paper.
func onWhite(picture *image.RGBA) *image.RGBA {
	if picture.Opaque() {
		return picture
	}
	paper := image.NewRGBA(picture.Rect)
	draw.Draw(paper, paper.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(paper, paper.Rect, picture, picture.Rect.Min, draw.Over)
	return paper
}

// encodeCover writes a cover: a drawing in few colours as PNG, if that is light
// enough, all else as JPEG, of a quality that is.
func encodeCover(picture *image.RGBA, drawn bool) (Picture, error) {
	made := Picture{Width: picture.Rect.Dx(), Height: picture.Rect.Dy(), MediaType: "image/png"}
	var out bytes.Buffer
	if drawing, few := inFewColours(picture); drawn && few {
		if err := png.Encode(&out, drawing); err != nil {
			return made, err
		}
		if out.Len() <= coverBytes {
			made.Data = out.Bytes()
			return made, nil
		}
	}
	made.MediaType = "image/jpeg"
	for _, quality := range []int{jpegQuality, 75, 60, 45} {
		out.Reset()
		if err := jpeg.Encode(&out, picture, &jpeg.Options{Quality: quality}); err != nil {
			return made, err
		}
		if out.Len() <= coverBytes {
			break
		}
	}
	made.Data = out.Bytes()
	return made, nil
}
