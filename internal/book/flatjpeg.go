package book

import (
	"image/color"
)

// flatJPEG is a JPEG writer (ITU T.81, baseline, 4:2:0) for pictures made of
// plain surfaces, such as our covers. It skips the arithmetic where a surface
// is plain or a square has come before, and makes the Huffman codes to measure,
// none of which the standard library does: a cover takes a part of the time and
// half of the bytes (decisions 0032, 0241). Whole numbers only, so every machine writes the same bytes.
type flatJPEG struct {
	picture *sheet
	colours [256][3]int32 // luma and chroma of each colour, around zero
	quant   [2][64]int32  // luma, chroma; in zigzag order
	parts   [2][64]uint32 // 2³² by eight times each of quant, for division
	symbols []symbol
	counts  [4][257]int // how often each table's symbols occur
	last    [3]int32    // the DC value before, by component
	shown   int         // the colour of the square before, where it had one; otherwise -1

	known map[square]coded // what squares came to that were met before
	kept  []symbol         // of those
}

// coded is what a square comes to, its six blocks one after the other.
type coded struct {
	dc [6]int32
	ac [7]int // where the symbols of each begin among those kept
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

	sameSquare // no table: the twelve symbols of a square that changes nothing
)

// encodeFlat writes the picture at a quality of 1 to 100 as other writers count
// it.
func encodeFlat(picture *sheet, quality int) []byte {
	f := &flatJPEG{picture: picture, symbols: make([]symbol, 0, 1<<17), known: make(map[square]coded), shown: -1}
	for i, c := range picture.colours {
		r, g, b, _ := c.RGBA()
		y, cb, cr := color.RGBToYCbCr(uint8(r>>8), uint8(g>>8), uint8(b>>8))
		f.colours[i] = [3]int32{int32(y) - 128, int32(cb) - 128, int32(cr) - 128}
	}
	f.scaleQuant(quality)
	for i := range picture.squares {
		f.square(&picture.squares[i])
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
		for i, q := range f.quant[t] {
			f.parts[t][i] = uint32((1<<32 + 8*uint64(q) - 1) / (8 * uint64(q)))
		}
	}
}

// square takes in a square: four luma blocks and one of each chroma.
func (f *flatJPEG) square(p *patch) {
	if p.print == 0 {
		f.plain(p.value)
		return
	}
	pixels := f.picture.prints[p.print-1]
	f.shown = -1
	c, met := f.known[*pixels]
	if !met {
		c = f.code(pixels)
		f.known[*pixels] = c
	}
	for i, component := range [6]int{0, 0, 0, 0, 1, 2} {
		f.dc(component, c.dc[i])
		for _, one := range f.kept[c.ac[i]:c.ac[i+1]] {
			f.add(one)
		}
	}
}

// plain takes in a square of one colour.
func (f *flatJPEG) plain(value uint8) {
	if f.shown == int(value) {
		f.again()
		return
	}
	f.shown = int(value)
	c := &f.colours[value]
	for range 4 {
		f.plainBlock(0, c[0])
	}
	f.plainBlock(1, c[1])
	f.plainBlock(2, c[2])
}

// again takes in a square of the colour of the one before: nothing in it
// changes, so each of its blocks is a DC of no difference and the end.
func (f *flatJPEG) again() {
	f.symbols = append(f.symbols, symbol{table: sameSquare})
	for table, blocks := range [4]int{4, 4, 2, 2} {
		f.counts[table][0] += blocks
	}
}

// code transforms a square.
func (f *flatJPEG) code(s *square) (c coded) {
	var blocks [6]block
	for i, value := range s {
		colour := &f.colours[value]
		x, y := i%16, i/16
		blocks[y/8*2+x/8][y%8*8+x%8] = colour[0]
		at := y/2*8 + x/2
		blocks[4][at] += colour[1]
		blocks[5][at] += colour[2]
	}
	for i := range 64 {
		blocks[4][i] = (blocks[4][i] + 2) >> 2
		blocks[5][i] = (blocks[5][i] + 2) >> 2
	}
	for i := range blocks {
		c.ac[i] = len(f.kept)
		c.dc[i] = f.block(min(i/4, 1), &blocks[i])
	}
	c.ac[6] = len(f.kept)
	return c
}

// plainBlock takes in a block of one value, whose only coefficient is the DC.
func (f *flatJPEG) plainBlock(component int, value int32) {
	table := min(component, 1)
	f.dc(component, divide(value*8, f.quant[table][0]))
	f.add(symbol{uint8(2*table + acLuma), 0, 0})
}

// block transforms and quantises a block of pixels around zero. It keeps the
// symbols of its AC values and gives the DC value.
func (f *flatJPEG) block(table int, b *block) (dc int32) {
	b.transform()
	ac, run := uint8(2*table+acLuma), 0
	for i := 1; i < 64; i++ {
		value := quantise(b[zigzag[i]], f.quant[table][i], f.parts[table][i])
		if value == 0 {
			run++
			continue
		}
		for ; run > 15; run -= 16 {
			f.kept = append(f.kept, symbol{ac, 0xf0, 0})
		}
		size, bits := magnitude(value)
		f.kept = append(f.kept, symbol{ac, uint8(run)<<4 | size, bits})
		run = 0
	}
	if run > 0 {
		f.kept = append(f.kept, symbol{ac, 0, 0})
	}
	return divide(b[0], 8*f.quant[table][0])
}

// quantise divides by eight times quant, whose part of 2³² is given, and rounds
// to the nearest.
func quantise(value, quant int32, part uint32) int32 {
	if value < 0 {
		return -int32(uint64(uint32(-value+4*quant)) * uint64(part) >> 32)
	}
	return int32(uint64(uint32(value+4*quant)) * uint64(part) >> 32)
}

// dc takes in a DC value as its difference from the one before.
func (f *flatJPEG) dc(component int, value int32) {
	size, bits := magnitude(value - f.last[component])
	f.last[component] = value
	f.add(symbol{uint8(2*min(component, 1) + dcLuma), size, bits})
}

func (f *flatJPEG) add(s symbol) {
	f.symbols = append(f.symbols, s)
	f.counts[s.table&3][s.code]++
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
