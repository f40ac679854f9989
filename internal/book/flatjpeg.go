package book

import (
	"encoding/binary"
	"image"
	"image/color"
)

// flatJPEG is a JPEG writer (ITU T.81, baseline, 4:2:0) for pictures made of
// plain surfaces, such as our covers. It skips the arithmetic where a surface
// is plain and makes the Huffman codes to measure, which the standard library
// does neither of: a cover takes a quarter of the time and half of the bytes
// (decision 0032). Whole numbers only, so every machine writes the same bytes.
type flatJPEG struct {
	picture *image.RGBA
	quant   [2][64]int32 // luma, chroma; in zigzag order
	symbols []symbol
	counts  [4][257]int // how often each table's symbols occur
	last    [3]int32    // the DC value before, by component
}

// symbol is a Huffman symbol with the bits that follow it.
type symbol struct {
	table, code uint8
	bits        uint16
}

// The tables of a JPEG: DC and AC for luma, DC and AC for chroma.
const (
	dcLuma = iota
	acLuma
	dcChroma
	acChroma
)

// encodeFlat writes the picture, whose sides must be multiples of 16 and whose
// corner must be at the origin, at a quality of 1 to 100 as other writers
// count it.
func encodeFlat(picture *image.RGBA, quality int) []byte {
	f := &flatJPEG{picture: picture, symbols: make([]symbol, 0, 1<<20)}
	f.scaleQuant(quality)
	size := picture.Bounds()
	for y := 0; y < size.Max.Y; y += 16 {
		for x := 0; x < size.Max.X; x += 16 {
			f.square(x, y)
		}
	}
	return f.file()
}

// scaleQuant scales the example tables of T.81 Annex K to the quality. The DC
// keeps fine steps: they cost plain surfaces nothing, and coarse ones would tint
// the paper.
func (f *flatJPEG) scaleQuant(quality int) {
	scale := int32(200 - 2*quality)
	if quality < 50 {
		scale = int32(5000 / quality)
	}
	for t := range f.quant {
		for i, q := range exampleQuant[t] {
			f.quant[t][i] = min(max((q*scale+50)/100, 1), 255)
		}
		f.quant[t][0] = min(f.quant[t][0], 4)
	}
}

// square takes in the 16×16 pixels at x and y: four luma blocks and one of
// each chroma.
func (f *flatJPEG) square(x, y int) {
	if c, plain := f.plain(x, y); plain {
		yy, cb, cr := color.RGBToYCbCr(c.R, c.G, c.B)
		for range 4 {
			f.plainBlock(0, yy)
		}
		f.plainBlock(1, cb)
		f.plainBlock(2, cr)
		return
	}
	var luma [4]block
	var chroma [2]block
	for dy := range 16 {
		row := f.picture.Pix[f.picture.PixOffset(x, y+dy):]
		for dx := range 16 {
			yy, cb, cr := color.RGBToYCbCr(row[4*dx], row[4*dx+1], row[4*dx+2])
			luma[dy/8*2+dx/8][dy%8*8+dx%8] = int32(yy) - 128
			chroma[0][dy/2*8+dx/2] += int32(cb) - 128
			chroma[1][dy/2*8+dx/2] += int32(cr) - 128
		}
	}
	for i := range luma {
		f.block(0, &luma[i])
	}
	for i := range chroma {
		for j := range chroma[i] {
			chroma[i][j] = (chroma[i][j] + 2) >> 2
		}
		f.block(1+i, &chroma[i])
	}
}

// plain says whether the square at x and y has one colour, and which.
func (f *flatJPEG) plain(x, y int) (color.RGBA, bool) {
	start := f.picture.PixOffset(x, y)
	pair := binary.LittleEndian.Uint64(f.picture.Pix[start:])
	if uint32(pair) != uint32(pair>>32) {
		return color.RGBA{}, false
	}
	for dy := range 16 {
		row := f.picture.Pix[start+dy*f.picture.Stride:][:64]
		for i := 0; i < 64; i += 8 {
			if binary.LittleEndian.Uint64(row[i:]) != pair {
				return color.RGBA{}, false
			}
		}
	}
	p := f.picture.Pix[start:]
	return color.RGBA{R: p[0], G: p[1], B: p[2], A: p[3]}, true
}

// plainBlock takes in a block of one value, whose only coefficient is the DC.
func (f *flatJPEG) plainBlock(component int, value uint8) {
	table := min(component, 1)
	f.dc(component, divide((int32(value)-128)*8, f.quant[table][0]))
	f.add(2*table+acLuma, 0, 0)
}

// block transforms, quantises and takes in a block of pixels around zero.
func (f *flatJPEG) block(component int, b *block) {
	b.transform()
	table := min(component, 1)
	f.dc(component, divide(b[0], 8*f.quant[table][0]))
	run := 0
	for i := 1; i < 64; i++ {
		value := divide(b[zigzag[i]], 8*f.quant[table][i])
		if value == 0 {
			run++
			continue
		}
		for ; run > 15; run -= 16 {
			f.add(2*table+acLuma, 0xf0, 0)
		}
		size, bits := magnitude(value)
		f.add(2*table+acLuma, uint8(run)<<4|size, bits)
		run = 0
	}
	if run > 0 {
		f.add(2*table+acLuma, 0, 0)
	}
}

// dc takes in a DC value as its difference from the one before.
func (f *flatJPEG) dc(component int, value int32) {
	size, bits := magnitude(value - f.last[component])
	f.last[component] = value
	f.add(2*min(component, 1)+dcLuma, size, bits)
}

func (f *flatJPEG) add(table int, code uint8, bits uint16) {
	f.symbols = append(f.symbols, symbol{uint8(table), code, bits})
	f.counts[table][code]++
}

// magnitude is how many bits a value takes, and the bits (T.81 F.1.2.1).
func magnitude(value int32) (size uint8, bits uint16) {
	low, v := value, value
	if value < 0 {
		v = -value
		low = value - 1
	}
	for ; v > 0; v >>= 1 {
		size++
	}
	return size, uint16(low) & (1<<size - 1)
}

// divide rounds to the nearest.
func divide(a, b int32) int32 {
	if a < 0 {
		return -((-a + b/2) / b)
	}
	return (a + b/2) / b
}

// block is 8×8 values, row by row.
type block [64]int32

// transform is the forward DCT by its definition, rows then columns, with the
// symmetric halves folded; it leaves every coefficient eight times as large.
func (b *block) transform() {
	for y := 0; y < 64; y += 8 {
		b.line(y, 1, 10)
	}
	for x := range 8 {
		b.line(x, 8, 13)
	}
}

// line transforms eight values from at on, step apart, and shifts them down.
func (b *block) line(at, step, shift int) {
	var sum, diff [4]int32
	for i := range 4 {
		near, far := b[at+i*step], b[at+(7-i)*step]
		sum[i], diff[i] = near+far, near-far
	}
	round := int32(1) << (shift - 1)
	for u := 0; u < 8; u += 2 {
		even, odd := &cosines[u], &cosines[u+1]
		b[at+u*step] = (sum[0]*even[0] + sum[1]*even[1] + sum[2]*even[2] + sum[3]*even[3] + round) >> shift
		b[at+(u+1)*step] = (diff[0]*odd[0] + diff[1]*odd[1] + diff[2]*odd[2] + diff[3]*odd[3] + round) >> shift
	}
}
