package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"testing"

	xdraw "golang.org/x/image/draw"

	"ficus/internal/archive"
)

// place is what the metadata of the test pictures gives away.
const place = "51.5007N 0.1246W home"

// quarters is a picture of four colours, so that its way up can be told:
// red, green above blue, white.
func quarters(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for i, c := range []color.RGBA{{255, 0, 0, 255}, {0, 255, 0, 255}, {0, 0, 255, 255}, {255, 255, 255, 255}} {
		x, y := i%2*w/2, i/2*h/2
		draw.Draw(m, image.Rect(x, y, x+w/2, y+h/2), image.NewUniform(c), image.Point{}, draw.Src)
	}
	return m
}

// noise is a picture of more colours than a drawing has.
func noise(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	r := rand.New(rand.NewPCG(1, 2))
	for i := range m.Pix {
		m.Pix[i] = uint8(r.Uint32()) | 3
		if i%4 == 3 {
			m.Pix[i] = 255
		}
	}
	return m
}

func asJPEG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asGIF(t testing.TB, frames ...*image.RGBA) []byte {
	t.Helper()
	var g gif.GIF
	for _, frame := range frames {
		drawing, _ := inFewColours(frame)
		g.Image = append(g.Image, drawing)
		g.Delay = append(g.Delay, 10)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &g); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// exif is a TIFF with an orientation, and a place as its text.
func exif(order binary.AppendByteOrder, orientation uint16) []byte {
	mark := "II*\x00"
	if order == binary.AppendByteOrder(binary.BigEndian) {
		mark = "MM\x00*"
	}
	b := order.AppendUint32([]byte(mark), 8)
	b = order.AppendUint16(b, 2)
	for _, entry := range []struct{ tag, value uint16 }{{0x0100, 99}, {0x0112, orientation}} {
		b = order.AppendUint16(b, entry.tag)
		b = order.AppendUint16(b, 3)
		b = order.AppendUint32(b, 1)
		b = order.AppendUint16(b, entry.value)
		b = order.AppendUint16(b, 0)
	}
	return append(b, place...)
}

func jpegWith(data, exif []byte) []byte {
	segment := append([]byte("Exif\x00\x00"), exif...)
	head := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, 0xe1}, uint16(len(segment)+2))
	return append(append(head, segment...), data[2:]...)
}

func pngWith(data []byte, name string, content []byte) []byte {
	const afterHeader = 8 + 8 + 13 + 4
	b := append([]byte{}, data[:afterHeader]...)
	b = binary.BigEndian.AppendUint32(b, uint32(len(content)))
	body := append([]byte(name), content...)
	b = append(b, body...)
	b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(body))
	return append(b, data[afterHeader:]...)
}

// plainWebP is a lossless WebP of one colour: five codes of one symbol each, so
// that a pixel takes no bit.
func plainWebP(w, h int, c color.RGBA) []byte {
	var bits []byte
	n := 0
	put := func(value, count int) {
		for i := range count {
			if n%8 == 0 {
				bits = append(bits, 0)
			}
			bits[n/8] |= byte(value >> i & 1 << (n % 8))
			n++
		}
	}
	put(0x2f, 8)
	put(w-1, 14)
	put(h-1, 14)
	put(1, 1)   // there is alpha
	put(0, 3+3) // version; no transform, colour cache or further codes
	for _, symbol := range []uint8{c.G, c.R, c.B, c.A} {
		put(0b101, 3)
		put(int(symbol), 8)
	}
	put(0b0001, 4)
	bits = append(bits, make([]byte, n/8%2+1)...)
	bits = bits[:len(bits)/2*2]
	b := append([]byte("RIFF"), binary.LittleEndian.AppendUint32(nil, uint32(12+len(bits)))...)
	b = append(b, "WEBPVP8L"...)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(bits)))
	return append(b, bits...)
}

func decode(t *testing.T, p Picture) image.Image {
	t.Helper()
	m, kind, err := image.Decode(bytes.NewReader(p.Data))
	if err != nil {
		t.Fatal(err)
	}
	if "image/"+kind != p.MediaType || m.Bounds().Dx() != p.Width || m.Bounds().Dy() != p.Height {
		t.Errorf("says %s of %d by %d and is %s of %v", p.MediaType, p.Width, p.Height, kind, m.Bounds())
	}
	return m
}

// looks gives the colours of the middles of the quarters: "RGBW".
func looks(m image.Image) string {
	b := m.Bounds()
	var seen []byte
	for i := range 4 {
		x, y := b.Min.X+b.Dx()*(1+2*(i%2))/4, b.Min.Y+b.Dy()*(1+2*(i/2))/4
		r, g, bl, _ := m.At(x, y).RGBA()
		switch {
		case r > 0xd000 && g > 0xd000:
			seen = append(seen, 'W')
		case r > 0xc000:
			seen = append(seen, 'R')
		case g > 0xc000:
			seen = append(seen, 'G')
		case bl > 0xc000:
			seen = append(seen, 'B')
		default:
			seen = append(seen, '?')
		}
	}
	return string(seen)
}

func TestAPictureIsTurnedUpright(t *testing.T) {
	upright := map[uint16]string{1: "RGBW", 2: "GRWB", 3: "WBGR", 4: "BWRG", 5: "RBGW", 6: "BRWG", 7: "WGBR", 8: "GWRB", 9: "RGBW", 0: "RGBW"}
	for o, want := range upright {
		width, height := 64, 32
		if o >= 5 && o <= 8 {
			width, height = height, width
		}
		for name, data := range map[string][]byte{
			"jpeg": jpegWith(asJPEG(t, quarters(64, 32)), exif(binary.LittleEndian, o)),
			"png":  pngWith(asPNG(t, quarters(64, 32)), "eXIf", exif(binary.BigEndian, o)),
		} {
			p, err := ReEncode(data)
			if err != nil {
				t.Fatalf("%s, orientation %d: %v", name, o, err)
			}
			if got := looks(decode(t, p)); got != want || p.Width != width || p.Height != height {
				t.Errorf("%s, orientation %d: looks %s of %d by %d, want %s of %d by %d", name, o, got, p.Width, p.Height, want, width, height)
			}
		}
	}
}

func TestAPictureDoesNotSayWhereItWasTaken(t *testing.T) {
	for name, data := range map[string][]byte{
		"jpeg":      jpegWith(asJPEG(t, noise(40, 40)), exif(binary.BigEndian, 6)),
		"png exif":  pngWith(asPNG(t, noise(40, 40)), "eXIf", exif(binary.BigEndian, 6)),
		"png text":  pngWith(asPNG(t, noise(40, 40)), "tEXt", []byte("Comment\x00"+place)),
		"png small": pngWith(asPNG(t, quarters(40, 40)), "tEXt", []byte("Comment\x00"+place)),
	} {
		if !bytes.Contains(data, []byte(place)) {
			t.Fatalf("%s: the test picture has no place in it", name)
		}
		p, err := ReEncode(data)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if bytes.Contains(p.Data, []byte(place)) || bytes.Contains(p.Data, []byte("Exif")) || bytes.Contains(p.Data, []byte("tEXt")) {
			t.Errorf("%s: the place is still in it", name)
		}
	}
}

func TestAPhotographIsAJPEGAndADrawingAPNG(t *testing.T) {
	clear := noise(40, 40)
	clear.Pix[3], clear.Pix[0], clear.Pix[1], clear.Pix[2] = 0, 0, 0, 0
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"a photograph", asJPEG(t, noise(40, 40)), "image/jpeg"},
		{"a flat photograph", asJPEG(t, quarters(40, 40)), "image/jpeg"},
		{"a photograph kept as PNG", asPNG(t, noise(40, 40)), "image/jpeg"},
		{"a transparent picture", asPNG(t, clear), "image/png"},
		{"a drawing", asPNG(t, quarters(40, 40)), "image/png"},
		{"a GIF", asGIF(t, quarters(40, 40)), "image/png"},
		{"a plain WebP", plainWebP(40, 40, color.RGBA{255, 0, 0, 255}), "image/png"},
	} {
		p, err := ReEncode(c.data)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		decode(t, p)
		if p.MediaType != c.want || p.Moved {
			t.Errorf("%s came out as %s, moved %v", c.name, p.MediaType, p.Moved)
		}
	}
}

func TestAnAnimationIsItsFirstFrame(t *testing.T) {
	second := quarters(32, 32)
	draw.Draw(second, second.Rect, image.White, image.Point{}, draw.Src)
	p, err := ReEncode(asGIF(t, quarters(32, 32), second))
	if err != nil {
		t.Fatal(err)
	}
	if got := looks(decode(t, p)); got != "RGBW" || !p.Moved {
		t.Errorf("looks %s, moved %v", got, p.Moved)
	}
}

func TestAWidePictureIsMadeTwoThousandPixelsWide(t *testing.T) {
	for _, c := range []struct {
		w, h, orientation int
		toWidth, toHeight int
	}{
		{2600, 1300, 1, 2000, 1000}, {1300, 2600, 6, 2000, 1000}, {2600, 1300, 8, 1300, 2600}, {2000, 700, 1, 2000, 700}, {2400, 4, 1, 2000, 3},
	} {
		p, err := ReEncode(jpegWith(asJPEG(t, quarters(c.w, c.h)), exif(binary.LittleEndian, uint16(c.orientation))))
		if err != nil {
			t.Fatal(err)
		}
		if decode(t, p); p.Width != c.toWidth || p.Height != c.toHeight {
			t.Errorf("%d by %d turned by %d came out as %d by %d", c.w, c.h, c.orientation, p.Width, p.Height)
		}
	}
}

func TestScalingInBandsShowsNoSeam(t *testing.T) {
	m := noise(900, 700)
	for i := range m.Pix { // no black and no white, which would be cut off between the passes
		if i%4 != 3 {
			m.Pix[i] = 64 + m.Pix[i]/2
		}
	}
	inBands := shrink(m, 1, bounds{width: 600, height: 5000})
	atOnce := image.NewRGBA(inBands.Rect)
	xdraw.CatmullRom.Scale(atOnce, atOnce.Rect, m, m.Rect, xdraw.Src, nil)
	for i := range atOnce.Pix {
		// The bands round once more between their two passes.
		if difference := int(atOnce.Pix[i]) - int(inBands.Pix[i]); difference < -2 || difference > 2 {
			t.Fatalf("differs by %d at %d, %d", difference, i/4%600, i/4/600)
		}
	}
}

func TestABadPictureIsRefusedForItsReason(t *testing.T) {
	bomb := asPNG(t, quarters(2, 2))
	binary.BigEndian.PutUint32(bomb[16:], 50_000)
	binary.BigEndian.PutUint32(bomb[20:], 50_000)
	binary.BigEndian.PutUint32(bomb[29:], crc32.ChecksumIEEE(bomb[12:29]))
	whole := asJPEG(t, noise(64, 64))
	for _, c := range []struct {
		name string
		data []byte
		rule string
	}{
		{"more than ten megabytes", append(whole, make([]byte, 10<<20)...), "picture_too_large"},
		{"declared as 2,500 megapixels", bomb, "picture_pixels"},
		{"nothing", nil, "picture_format"},
		{"text", []byte("GIF8 is not all it takes"), "picture_format"},
		{"a drawing language", []byte("<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"), "picture_format"},
		{"half a picture", whole[:len(whole)/2], "picture_format"},
		{"a head without a picture", whole[:20], "picture_format"},
	} {
		_, err := ReEncode(c.data)
		var problems archive.Problems
		if !errors.As(err, &problems) || len(problems) != 1 || problems[0].Field != "picture" || problems[0].Rule != c.rule {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func FuzzReEncode(f *testing.F) {
	f.Add(plainWebP(3, 5, color.RGBA{200, 100, 50, 128}))
	f.Add(jpegWith(asJPEG(f, quarters(9, 7)), exif(binary.BigEndian, 6)))
	f.Add(pngWith(asPNG(f, quarters(8, 8)), "eXIf", exif(binary.LittleEndian, 5)))
	f.Add(asGIF(f, quarters(8, 8), quarters(8, 8)))
	limits := bounds{bytes: 1 << 16, pixels: 1 << 14, width: 40, height: 60}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := reEncode(data, limits)
		if err != nil {
			var problems archive.Problems
			if !errors.As(err, &problems) {
				t.Fatalf("no rule of ours: %v", err)
			}
			return
		}
		if decode(t, p); p.Width > limits.width || p.Height > limits.height {
			t.Errorf("came out as %d by %d", p.Width, p.Height)
		}
	})
}
