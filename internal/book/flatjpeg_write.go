package book

import "encoding/binary"

// file writes the picture out: headers, tables, then every symbol.
func (f *flatJPEG) file() []byte {
	size := f.picture.Bounds()
	var codes [4]huffman
	for t := range codes {
		codes[t] = newHuffman(f.counts[t])
	}
	out := make([]byte, 0, f.length(&codes))
	out = append(out, 0xff, 0xd8)
	out = segment(out, 0xe0, []byte("JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"))
	for t, by := range f.scales {
		table := []byte{byte(t)}
		for _, i := range zigzag {
			table = append(table, byte(by.quant[i]))
		}
		out = segment(out, 0xdb, table)
	}
	frame := []byte{8, byte(size.Max.Y >> 8), byte(size.Max.Y), byte(size.Max.X >> 8), byte(size.Max.X), 3}
	out = segment(out, 0xc0, append(frame, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1))
	for t := range codes {
		class := byte(t%2<<4 | t/2) // DC or AC, luma or chroma
		out = segment(out, 0xc4, append(append([]byte{class}, codes[t].lengths[:]...), codes[t].symbols...))
	}
	out = segment(out, 0xda, []byte{3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0})
	return f.scan(out, &codes)
}

// length is about how many bytes the file takes: those of the symbols, one in
// sixty of them for the zeros after bytes of ones, and the head.
func (f *flatJPEG) length(codes *[4]huffman) int {
	length := 0
	for t := range codes {
		for code, size := range codes[t].size {
			length += f.counts[t][code] * (int(size) + code&15)
		}
	}
	return length/8 + length/480 + 1024
}

// scan writes every square.
func (f *flatJPEG) scan(out []byte, codes *[4]huffman) []byte {
	b := bitWriter{out: out}
	same := sameSquare(codes)
	var last [3]int16
	before := patch{shared: true}
	for _, p := range f.picture.squares {
		if p == before && p.print == 0 {
			for _, part := range same {
				b.write(part.bits, part.size)
			}
			continue
		}
		before = p
		c := &f.coded[p.number()]
		at := c.at
		for i, dc := range c.dc {
			size, low := magnitude(int32(dc - last[component[i]]))
			last[component[i]] = dc
			h := &codes[i/4*2+dcLuma]
			b.write(uint32(h.code[size])<<size|uint32(low), uint(h.size[size]+size))
			b.symbols(&codes[i/4*2+acLuma], f.kept[at:][:c.size[i]])
			at += uint32(c.size[i])
		}
	}
	return append(b.end(), 0xff, 0xd9)
}

// segment adds a marker segment with its length.
func segment(out []byte, marker byte, data []byte) []byte {
	out = append(out, 0xff, marker)
	out = binary.BigEndian.AppendUint16(out, uint16(len(data)+2))
	return append(out, data...)
}

// word is up to 32 bits.
type word struct {
	bits uint32
	size uint
}

// sameSquare is the words of a square that changes nothing: in each of its six
// blocks a DC of no difference and the end.
func sameSquare(codes *[4]huffman) []word {
	words := make([]word, 1, 6)
	for block := range 6 {
		dc, ac := &codes[block/4*2+dcLuma], &codes[block/4*2+acLuma]
		both := word{uint32(dc.code[0])<<ac.size[0] | uint32(ac.code[0]), uint(dc.size[0] + ac.size[0])}
		if w := &words[len(words)-1]; w.size+both.size <= 32 {
			*w = word{w.bits<<both.size | both.bits, w.size + both.size}
		} else {
			words = append(words, both)
		}
	}
	return words
}

// bitWriter writes bits from the highest on; after a byte of ones follows a
// zero byte (T.81 F.1.2.3).
type bitWriter struct {
	out   []byte
	held  uint64
	count uint
}

// write writes at most 32 bits.
func (b *bitWriter) write(bits uint32, n uint) {
	b.held = b.held<<(n&63) | uint64(bits)
	if b.count += n; b.count >= 32 {
		b.count -= 32
		b.four(uint32(b.held >> (b.count & 31)))
	}
}

// symbols writes those of a block, each with the bits that follow it.
func (b *bitWriter) symbols(h *huffman, symbols []symbol) {
	held, count := b.held, b.count
	for _, s := range symbols {
		code, size, low := s.parts()
		held = (held<<(h.size[code]&63)|uint64(h.code[code]))<<(size&15) | uint64(low)
		if count += uint(h.size[code] + size); count >= 32 {
			count -= 32
			b.four(uint32(held >> (count & 31)))
		}
	}
	b.held, b.count = held, count
}

// four writes four bytes.
func (b *bitWriter) four(four uint32) {
	if (^four-0x01010101)&four&0x80808080 == 0 { // none is of ones
		b.out = binary.BigEndian.AppendUint32(b.out, four)
		return
	}
	for shift := 24; shift >= 0; shift -= 8 {
		b.byte(byte(four >> shift))
	}
}

func (b *bitWriter) byte(c byte) {
	b.out = append(b.out, c)
	if c == 0xff {
		b.out = append(b.out, 0)
	}
}

// end fills the last byte with ones.
func (b *bitWriter) end() []byte {
	b.write(0x7f, 7)
	for b.count >= 8 {
		b.count -= 8
		b.byte(byte(b.held >> b.count))
	}
	return b.out
}

// huffman is a code as a JPEG tells it: how many symbols have each length, the
// symbols in order, and the code of each.
type huffman struct {
	lengths [16]byte
	symbols []byte
	code    [256]uint16
	size    [256]uint8
}

// newHuffman makes the best code for the counts whose words are at most 16
// bits long (T.81 K.2). Symbol 256 takes the word of all ones, which may not
// be used.
func newHuffman(counts [257]int) huffman {
	counts[256] = 1
	size := codeSizes(counts)
	var bits [64]int
	for _, n := range size {
		if n > 0 {
			bits[n]++
		}
	}
	shortenCodes(&bits)

	var h huffman
	for i := range h.lengths {
		h.lengths[i] = byte(bits[i+1])
	}
	for n := 1; n < len(bits); n++ {
		for s := range 256 {
			if size[s] == n {
				h.symbols = append(h.symbols, byte(s))
			}
		}
	}
	code, next := uint16(0), 0
	for i, n := range h.lengths {
		for range n {
			s := h.symbols[next]
			h.code[s], h.size[s] = code, uint8(i+1)
			code++
			next++
		}
		code <<= 1
	}
	return h
}

// codeSizes is how long each symbol's word would be without a limit: the two
// rarest groups are joined until one is left.
func codeSizes(counts [257]int) (size [257]int) {
	var others [257]int
	for i := range others {
		others[i] = -1
	}
	for {
		rarest, second := -1, -1
		for i, n := range counts {
			switch {
			case n == 0:
			case rarest < 0 || n <= counts[rarest]:
				rarest, second = i, rarest
			case second < 0 || n <= counts[second]:
				second = i
			}
		}
		if second < 0 {
			return size
		}
		counts[rarest] += counts[second]
		counts[second] = 0
		end := rarest
		for size[end]++; others[end] >= 0; size[end]++ {
			end = others[end]
		}
		others[end] = second
		for i := second; i >= 0; i = others[i] {
			size[i]++
		}
	}
}

// shortenCodes moves words longer than 16 bits up the tree and takes out the
// word of all ones (T.81 figures K.3 and K.4).
func shortenCodes(bits *[64]int) {
	for n := len(bits) - 1; n > 16; n-- {
		for bits[n] > 0 {
			shorter := n - 2
			for bits[shorter] == 0 {
				shorter--
			}
			bits[n] -= 2
			bits[n-1]++
			bits[shorter+1] += 2
			bits[shorter]--
		}
	}
	n := 16
	for bits[n] == 0 {
		n--
	}
	bits[n]--
}
