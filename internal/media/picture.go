package media

import (
	"bytes"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"

	"ficus/internal/archive"
)

// Picture is an image as it is served: made anew, without a trace of where and
// with what it was taken.
type Picture struct {
	Data      []byte
	MediaType string // "image/jpeg" or "image/png"
	Width     int    // pixels, as it is to be looked at
	Height    int
	Moved     bool // it was animated; this is its first frame
}

// bounds are what a picture may ask of us (PRODUCT.md §Text).
type bounds struct {
	bytes  int // of the file that comes in
	pixels int // before anything is decoded
	width  int // of what is kept, in pixels
	height int
	shape  shape // that it must have; the zero shape: any
}

// The tallest picture is that of a comic read by scrolling.
func pictureBounds() bounds {
	return bounds{bytes: 10 << 20, pixels: 40_000_000, width: 2000, height: 20_000}
}

// JPEG quality above which files grow and eyes see nothing.
const jpegQuality = 85

// ReEncode makes a JPEG, PNG, GIF or WebP anew: turned upright as its camera
// noted, at most 2000 pixels wide, as JPEG, or as PNG where it is transparent
// or drawn in few colours, with no metadata. Of an animation the first frame is
// kept. What is wrong with a picture is an archive.Problems of the field
// "picture": picture_too_large, picture_pixels or picture_format.
//
// A picture of the largest size takes some hundred megabytes while it is made:
// callers make one at a time.
func ReEncode(data []byte) (Picture, error) { return reEncode(data, pictureBounds()) }

// Describe gives a picture that ReEncode made before, as it is: making it again
// would only wear it out. Anything else is an archive.Problems as of ReEncode.
func Describe(data []byte) (Picture, error) {
	format := formatOf(data)
	if format == nil {
		return Picture{}, refuse("picture_format")
	}
	size, err := format.size(bytes.NewReader(data))
	if err != nil {
		return Picture{}, refuse("picture_format")
	}
	made := Picture{Data: data, MediaType: "image/jpeg", Width: size.Width, Height: size.Height}
	if format.drawn {
		made.MediaType = "image/png"
	}
	return made, nil
}

func reEncode(data []byte, b bounds) (Picture, error) {
	upright, format, err := unpack(data, b)
	if err != nil {
		return Picture{}, err
	}
	picture, err := encode(upright, format.drawn)
	if err != nil {
		return Picture{}, fmt.Errorf("make a picture anew: %w", err)
	}
	picture.Moved = format.moves != nil && format.moves(data)
	return picture, nil
}

// unpack gives the pixels of a picture, upright and within bounds.
func unpack(data []byte, b bounds) (*image.RGBA, *format, error) {
	format, size, err := sizeOf(data, b)
	if err != nil {
		return nil, nil, err
	}
	if err := b.shape.check(size); err != nil {
		return nil, nil, err
	}
	decoded, err := format.decode(bytes.NewReader(data))
	if err != nil {
		return nil, nil, refuse("picture_format")
	}
	return turn(shrink(decoded, orientation(data), b), orientation(data)), format, nil
}

// sizeOf tells what a picture is and how large, before anything of it is
// decoded.
func sizeOf(data []byte, b bounds) (*format, image.Config, error) {
	if len(data) > b.bytes {
		return nil, image.Config{}, refuse("picture_too_large", "Limit", b.bytes>>20)
	}
	format := formatOf(data)
	if format == nil {
		return nil, image.Config{}, refuse("picture_format")
	}
	size, err := format.size(bytes.NewReader(data))
	if err != nil || size.Width < 1 || size.Height < 1 {
		return nil, image.Config{}, refuse("picture_format")
	}
	if size.Width > b.pixels/size.Height {
		return nil, image.Config{}, refuse("picture_pixels", "Limit", b.pixels/1_000_000)
	}
	return format, size, nil
}

func refuse(rule string, args ...any) error {
	var p archive.Problems
	p.Add("picture", rule, args...)
	return p.Err()
}

// format is one way of writing pictures that is read here. Decoders are named
// and not found by registration: what is read is decided in this table only.
type format struct {
	magic  string // "?" is any byte
	size   func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
	drawn  bool // can keep drawings without loss, so they come out as PNG
	moves  func([]byte) bool
}

var formats = []format{
	{magic: "\xff\xd8\xff", size: jpeg.DecodeConfig, decode: jpeg.Decode},
	{magic: "\x89PNG\r\n\x1a\n", size: png.DecodeConfig, decode: png.Decode, drawn: true},
	{magic: "GIF8?a", size: gif.DecodeConfig, decode: gif.Decode, drawn: true, moves: gifMoves},
	{magic: "RIFF????WEBP", size: webp.DecodeConfig, decode: webp.Decode, drawn: true},
}

func formatOf(data []byte) *format {
	for i := range formats {
		if matches(data, formats[i].magic) {
			return &formats[i]
		}
	}
	return nil
}

func matches(data []byte, magic string) bool {
	if len(data) < len(magic) {
		return false
	}
	for i := range len(magic) {
		if magic[i] != '?' && magic[i] != data[i] {
			return false
		}
	}
	return true
}

// gifMoves reports whether a second picture follows the first in a GIF that
// decodes: it steps from block to block without unpacking any.
func gifMoves(data []byte) bool {
	const header, colourTable = 13, 0x80
	at, pictures := header, 0
	if len(data) < header {
		return false
	}
	if data[10]&colourTable != 0 {
		at += 3 << (data[10]&7 + 1)
	}
	for at+10 < len(data) {
		switch data[at] {
		case 0x21: // an extension
			at = afterBlocks(data, at+2)
		case 0x2c: // a picture
			if pictures++; pictures > 1 {
				return true
			}
			table := 0
			if flags := data[at+9]; flags&colourTable != 0 {
				table = 3 << (flags&7 + 1)
			}
			at = afterBlocks(data, at+10+table+1)
		default:
			return false
		}
	}
	return false
}

// afterBlocks gives the place after a run of GIF's counted blocks.
func afterBlocks(data []byte, at int) int {
	for at < len(data) && data[at] != 0 {
		at += int(data[at]) + 1
	}
	return at + 1
}
