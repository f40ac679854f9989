package book

import (
	"math/bits"
	"math/rand"
	"slices"
	"testing"
)

// cosines are the factors of the DCT by its definition, times 8192; the last
// four of each mirror the first.
var cosines = [8][4]int32{
	{2896, 2896, 2896, 2896},
	{4017, 3406, 2276, 799},
	{3784, 1567, -1567, -3784},
	{3406, -799, -4017, -2276},
	{2896, -2896, -2896, 2896},
	{2276, -4017, 799, 3406},
	{1567, -3784, 3784, -1567},
	{799, -2276, 3406, -4017},
}

// plainly transforms a block without any short cut.
func plainly(b block) block {
	pass := func(step, next, shift int) {
		for at := 0; at < 8*next; at += next {
			var in [8]int32
			for i := range in {
				in[i] = b[at+i*step]
			}
			for u, factors := range cosines {
				sum := int32(1) << (shift - 1)
				for i, v := range in {
					if factor := factors[min(i, 7-i)]; i > 3 && u%2 == 1 {
						sum -= v * factor
					} else {
						sum += v * factor
					}
				}
				b[at+u*step] = sum >> shift
			}
		}
	}
	pass(1, 8, 10)
	pass(8, 1, 13)
	return b
}

// blocksOf are the six blocks of a square.
func blocksOf(f *flatJPEG, s *square) (blocks [6]block) {
	for i, value := range s {
		x, y := i%side, i/side
		blocks[y/8*2+x/8][y%8*8+x%8] = int32(f.luma[value])
		blocks[4][y/2*8+x/2] += int32(f.chroma[value]&0xffff) - 128
		blocks[5][y/2*8+x/2] += int32(f.chroma[value]>>16) - 128
	}
	for i := range 64 {
		blocks[4][i] = (blocks[4][i] + 2) >> 2
		blocks[5][i] = (blocks[5][i] + 2) >> 2
	}
	return blocks
}

// coefficients are those the symbols of a block tell, and the symbols left.
func coefficients(t *testing.T, dc int16, symbols []symbol) (b [64]int32) {
	b[0] = int32(dc)
	at := 0
	for i, s := range symbols {
		value := int32(int16(s<<4)) >> 4
		switch {
		case s == endOfBlock && i == len(symbols)-1 && at < 63:
			at = 63
		case value == 0 && s != sixteenZeros:
			t.Fatal("there is an end within a block")
		default:
			at += int(s>>12) + 1
			b[zigzag[at]] = value
		}
	}
	if at != 63 {
		t.Fatalf("the block ends at %d", at)
	}
	return b
}

// squaresToCode are squares with each of the surfaces a short cut is for.
func squaresToCode(r *rand.Rand) (squares []square) {
	surfaces := []func(x, y int) int{
		func(x, y int) int { return r.Intn(192) },                 // noise
		func(x, y int) int { return 70 },                          // one value
		func(x, y int) int { return 64 + x*8 },                    // upright
		func(x, y int) int { return 64 + y*8 },                    // level
		func(x, y int) int { return 64 + y/3%2*63 },               // level, with rows that come back
		func(x, y int) int { return 64 + min(x/2+y/5*3, 63) },     // upright for some rows
		func(x, y int) int { return x * y / 225 * 191 },           // one corner
		func(x, y int) int { return (x + y) % 2 * 191 },           // the highest frequency
		func(x, y int) int { return 64 + y%2*(x/8)*63 },           // level on one side
		func(x, y int) int { return 64 + (y+1)/2%2*63 + x/15*13 }, // rows alike in pairs that straddle
		func(x, y int) int { return 128 + (x+(y+2)/4%4*5)%16*4 },  // the last rows as the first
	}
	for a := range surfaces {
		for b := range surfaces {
			var s square
			for i := range s {
				from := surfaces[a]
				if i%side >= side/2 && i/side < side/2 {
					from = surfaces[b]
				}
				s[i] = uint8(from(i%side, i/side))
			}
			squares = append(squares, s)
		}
	}
	return squares
}

func TestASquareComesToTheSameByEveryShortCut(t *testing.T) {
	squares := squaresToCode(rand.New(rand.NewSource(5)))
	for _, quality := range []int{1, 10, 50, 90, 100} {
		f := newFlatJPEG(newSheet(paletteFor("Dustline")), quality)
		for n := range squares {
			c := f.code(&squares[n])
			at := c.at
			for i, b := range blocksOf(f, &squares[n]) {
				got := coefficients(t, c.dc[i], f.kept[at:][:c.size[i]])
				want := plainly(b)
				for k := range want {
					want[k] = divide(want[k], 8*f.scales[i/4].quant[k])
				}
				if got != want {
					t.Fatalf("block %d of square %d at %d is\n%v, not\n%v", i, n, quality, got, want)
				}
				at += uint32(c.size[i])
			}
		}
	}
}

func TestAByteOfOnesIsFollowedByZeros(t *testing.T) {
	r := rand.New(rand.NewSource(9))
	for range 200 {
		var b bitWriter
		var ones, want []byte
		var held, count uint
		for range 40 {
			n := uint(r.Intn(33))
			value := r.Uint32() | r.Uint32() | r.Uint32()
			value &= uint32(1<<n - 1)
			b.write(value, n)
			for i := range n {
				held, count = held<<1|uint(value>>(n-1-i)&1), count+1
				if count%8 == 0 {
					ones = append(ones, byte(held))
				}
			}
		}
		if left := count % 8; left > 0 {
			ones = append(ones, byte(held<<(8-left)|(1<<(8-left)-1)))
		}
		for _, c := range ones {
			if want = append(want, c); bits.OnesCount8(c) == 8 {
				want = append(want, 0)
			}
		}
		if got := b.end(); !slices.Equal(got, want) {
			t.Fatalf("the bits came out as\n%x, not\n%x", got, want)
		}
	}
}
