package media

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
)

// The colours a drawing may have and still be one.
const fewColours = 256

// encode writes a picture: as PNG when it is transparent, or was drawn and has
// few colours, which JPEG would smear; otherwise as JPEG.
func encode(picture *image.RGBA, drawn bool) (Picture, error) {
	made := Picture{Width: picture.Rect.Dx(), Height: picture.Rect.Dy(), MediaType: "image/png"}
	var out bytes.Buffer
	var err error
	drawing, few := inFewColours(picture)
	switch {
	case drawn && few:
		err = png.Encode(&out, drawing)
	case !picture.Opaque():
		err = png.Encode(&out, picture)
	default:
		made.MediaType = "image/jpeg"
		err = jpeg.Encode(&out, picture, &jpeg.Options{Quality: jpegQuality})
	}
	made.Data = out.Bytes()
	return made, err
}

// inFewColours gives a picture with a palette, if it has few colours.
func inFewColours(picture *image.RGBA) (*image.Paletted, bool) {
	index := make(map[[4]byte]uint8, fewColours)
	drawing := image.NewPaletted(picture.Rect, nil)
	for i := 0; i < len(picture.Pix); i += 4 {
		pixel := [4]byte(picture.Pix[i:])
		at, known := index[pixel]
		if !known {
			if len(index) == fewColours {
				return nil, false
			}
			at = uint8(len(index))
			index[pixel] = at
			drawing.Palette = append(drawing.Palette, color.RGBA{R: pixel[0], G: pixel[1], B: pixel[2], A: pixel[3]})
		}
		drawing.Pix[i/4] = at
	}
	return drawing, true
}
