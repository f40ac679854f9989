package book

import (
	"bytes"
	"encoding/binary"
	"image/color"
	"math/bits"
)

// flatJPEG is a JPEG writer (ITU T.81, baseline, 4:2:0) for pictures made of
// plain surfaces, such as our covers. It skips the arithmetic where a surface
// is plain or a square is shared, and makes the Huffman codes to measure, none
// of which the standard library does: a cover takes a part of the time and half
// of the bytes (decisions 0032, 0241). It goes over the picture twice, once to
// count and once to write, so that only the squares that differ are kept. Whole
// numbers only, so every machine writes the same bytes.
type flatJPEG struct {
	picture *sheet
	luma    [256]int8   // of each colour, around zero
	chroma  [256]uint32 // of each colour, from zero: the second above the first
	scales  [2]scale    // for luma, for chroma

	coded  []coded     // what each patch of the picture comes to, by its number
	kept   []symbol    // of those
	same   int         // how many squares are of one value, that of the one before
	counts [4][257]int // how often each table's symbols occur
}

// scale divides coefficients, which are eight times as large as they are. All
// of it is row after row.
type scale struct {
	quant   [64]int32
	parts   [64]uint32 // 2³² by eight times each of quant, for division
	nothing [64]int32  // the most, either way, that comes to zero
	least   [8]int32   // the least of nothing in each column
}

// coded is what a square comes to, its six blocks one after the other.
type coded struct {
	dc   [6]int16
	size [6]uint8 // how many symbols the AC values of each take
	at   uint32   // where these begin among those kept
	uses uint32
}

// symbol stands for an AC value: in four bits how many zeros are before it, in
// twelve the value. Without a value it is the sixteenth zero of fifteen others,
// or, with none before it, the end of its block.
type symbol uint16

const (
	endOfBlock   symbol = 0
	sixteenZeros symbol = 0xf000
)

// The tables of a JPEG: DC and AC for luma, DC and AC for chroma.
const (
	dcLuma = iota
	acLuma
	dcChroma
	acChroma
)

// component is that of each block of a square.
var component = [6]int{0, 0, 0, 0, 1, 2}

// encodeFlat writes the picture at a quality of 1 to 100 as other writers count
// it.
func encodeFlat(picture *sheet, quality int) []byte {
	f := newFlatJPEG(picture, quality)
	f.count()
	return f.file()
}

func newFlatJPEG(picture *sheet, quality int) *flatJPEG {
	f := &flatJPEG{
		picture: picture,
		coded:   make([]coded, plains+len(picture.prints)+1),
		kept:    make([]symbol, 6, 64*(len(picture.prints)+1)), // six ends for what is plain
	}
	f.scaleQuant(quality)
	for i, c := range picture.colours {
		y, cb, cr := color.RGBToYCbCr(c.R, c.G, c.B)
		f.luma[i], f.chroma[i] = int8(int(y)-128), uint32(cb)|uint32(cr)<<16
		f.coded[i] = f.plain(int32(y)-128, int32(cb)-128, int32(cr)-128)
	}
	return f
}

// scaleQuant scales the example tables of T.81 Annex K to the quality. The DC
// keeps fine steps: they cost plain surfaces nothing, and coarse ones would tint
// the paper.
func (f *flatJPEG) scaleQuant(quality int) {
	percent := int32(200 - 2*quality)
	if quality < 50 {
		percent = int32(5000 / quality)
	}
	for t := range f.scales {
		s := &f.scales[t]
		for i, q := range exampleQuant[t] {
			q = min(max((q*percent+50)/100, 1), 255)
			if i == 0 {
				q = min(q, 4)
			}
			k := zigzag[i]
			s.quant[k] = q
			s.parts[k] = uint32((1<<32 + 8*uint64(q) - 1) / (8 * uint64(q)))
			s.nothing[k] = 4*q - 1
		}
		for x := range s.least {
			s.least[x] = s.nothing[x]
			for k := x; k < 64; k += 8 {
				s.least[x] = min(s.least[x], s.nothing[k])
			}
		}
	}
}

// plains is how many numbers are kept for patches of one value, which is their
// number; the others follow.
const plains = 256

func (p patch) number() int {
	if p.print == 0 {
		return int(p.value)
	}
	return plains + int(p.print)
}

// count takes in every square and counts the symbols the picture takes.
func (f *flatJPEG) count() {
	var last [3]int16
	before := patch{shared: true}
	for _, p := range f.picture.squares {
		if p == before && p.print == 0 {
			f.same++
			continue
		}
		before = p
		c := &f.coded[p.number()]
		if c.uses == 0 && p.print > 0 {
			*c = f.code(f.picture.prints[p.print-1])
		}
		c.uses++
		for i, dc := range c.dc {
			size, _ := magnitude(int32(dc - last[component[i]]))
			f.counts[i/4*2+dcLuma][size]++
			last[component[i]] = dc
		}
	}
	for i := range f.coded {
		f.countAC(&f.coded[i])
	}
	for table, blocks := range [4]int{4, 4, 2, 2} {
		f.counts[table][0] += blocks * f.same
	}
}

// countAC counts the symbols of a square as often as it is used.
func (f *flatJPEG) countAC(c *coded) {
	if c.uses == 0 {
		return
	}
	at := c.at
	for i, size := range c.size {
		counts := &f.counts[i/4*2+acLuma]
		for _, s := range f.kept[at:][:size] {
			code, _, _ := s.parts()
			counts[code] += int(c.uses)
		}
		at += uint32(size)
	}
}

// plain is what a square of one colour comes to: blocks whose only coefficient
// is the DC.
func (f *flatJPEG) plain(y, cb, cr int32) coded {
	c := coded{size: [6]uint8{1, 1, 1, 1, 1, 1}}
	for i, k := range component {
		c.dc[i] = int16(divide([3]int32{y, cb, cr}[k]*8, f.scales[i/4].quant[0]))
	}
	return c
}

// code transforms a square.
func (f *flatJPEG) code(s *square) coded {
	c := coded{at: uint32(len(f.kept))}
	for i := range 4 {
		var b spectrum
		f.lumaBlock(&b, (*[7*side + 8]uint8)(s[i/2*8*side+i%2*8:]))
		c.dc[i], c.size[i] = f.keep(0, &b)
	}
	var b [2]spectrum
	f.chromaBlocks(&b, s)
	for i := range b {
		c.dc[4+i], c.size[4+i] = f.keep(1, &b[i])
	}
	return c
}

// even is eight pixels of one value, for a comparison with eight that may be.
func even(value uint8) uint64 { return uint64(value) * 0x0101010101010101 }

// lumaBlock transforms a quarter of a square. Much of what is on a cover is
// upright or level, so many rows are as the one before, or of one value.
func (f *flatJPEG) lumaBlock(out *spectrum, s *[7*side + 8]uint8) {
	var rows block
	var values [8]int32
	level, upright := true, true
	first := binary.LittleEndian.Uint64(s[:])
	before := first
	for y := range 8 {
		row := (*[8]uint8)(s[y*side:])
		word := binary.LittleEndian.Uint64(row[:])
		upright = upright && word == first
		switch {
		case word == even(row[0]):
			rows.even(y, int32(f.luma[row[0]]))
		case y > 0 && word == before:
			rows.again(y)
		default:
			for x, value := range row {
				values[x] = int32(f.luma[value])
			}
			transform(&values, &rows, y, 10)
			level = false
		}
		before = word
	}
	out.finish(&f.scales[0], &rows, level, upright)
}

// chromaBlocks transforms both chromas of a square, each the mean of four
// pixels.
func (f *flatJPEG) chromaBlocks(out *[2]spectrum, s *square) {
	var rows [2]block
	var values [2][8]int32
	level, upright := true, true
	first := (*[2 * side]uint8)(s[:])
	before := first
	for y := range 8 {
		pair := (*[2 * side]uint8)(s[2*y*side:])
		upright = upright && *pair == *first
		switch {
		case bytes.Equal(pair[1:], pair[:2*side-1]): // all are as the one before
			colour := f.chroma[pair[0]]
			rows[0].even(y, int32(colour&0xffff)-128)
			rows[1].even(y, int32(colour>>16)-128)
		case y > 0 && *pair == *before:
			rows[0].again(y)
			rows[1].again(y)
		default:
			for x := range 8 {
				sum := f.chroma[pair[2*x]] + f.chroma[pair[2*x+1]] + f.chroma[pair[side+2*x]] + f.chroma[pair[side+2*x+1]] + 2<<16 + 2
				values[0][x] = int32(sum&0xffff>>2) - 128
				values[1][x] = int32(sum>>18) - 128
			}
			transform(&values[0], &rows[0], y, 10)
			transform(&values[1], &rows[1], y, 10)
			level = false
		}
		before = pair
	}
	out[0].finish(&f.scales[1], &rows[0], level, upright)
	out[1].finish(&f.scales[1], &rows[1], level, upright)
}

// keep quantises a block and keeps the symbols of its AC values. It gives the
// DC value and how many symbols there are.
func (f *flatJPEG) keep(table int, b *spectrum) (dc int16, size uint8) {
	by := &f.scales[table]
	start, before := len(f.kept), 0
	for there := b.there &^ 1; there != 0; there &= there - 1 {
		i := bits.TrailingZeros64(there)
		run := i - before - 1
		before = i
		for ; run > 15; run -= 16 {
			f.kept = append(f.kept, sixteenZeros)
		}
		k := zigzag[i]
		f.kept = append(f.kept, symbol(run<<12)|symbol(by.quantise(k, b.values[k]))&0xfff)
	}
	if before < 63 {
		f.kept = append(f.kept, endOfBlock)
	}
	return int16(by.quantise(0, b.values[0])), uint8(len(f.kept) - start)
}

// quantise divides the coefficient at k and rounds to the nearest.
func (s *scale) quantise(k int, value int32) int32 {
	sign := value >> 31
	size := uint32((value^sign)-sign) + uint32(4*s.quant[k&63])
	return (int32(uint64(size)*uint64(s.parts[k&63])>>32) ^ sign) - sign
}

// parts are the code of a symbol and the bits that follow it.
func (s symbol) parts() (code uint8, size uint8, bits uint16) {
	size, bits = magnitude(int32(int16(s<<4)) >> 4)
	return uint8(s>>12)<<4 | size, size, bits
}

// magnitude is how many bits a value takes, and the bits (T.81 F.1.2.1).
func magnitude(value int32) (size uint8, low uint16) {
	sign := value >> 31
	size = uint8(bits.Len32(uint32((value ^ sign) - sign)))
	return size, uint16(value+sign) & (1<<(size&15) - 1)
}

// divide rounds to the nearest.
func divide(a, b int32) int32 {
	if a < 0 {
		return -((-a + b/2) / b)
	}
	return (a + b/2) / b
}
