package book

import "encoding/binary"

// file writes the picture out: headers, tables, then every symbol.
func (f *flatJPEG) file() []byte {
	size := f.picture.Bounds()
	out := make([]byte, 0, 64<<10)
	out = append(out, 0xff, 0xd8)
	out = segment(out, 0xe0, []byte("JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"))
	for t, quant := range f.quant {
		table := []byte{byte(t)}
		for _, q := range quant {
			table = append(table, byte(q))
		}
		out = segment(out, 0xdb, table)
	}
	frame := []byte{8, byte(size.Max.Y >> 8), byte(size.Max.Y), byte(size.Max.X >> 8), byte(size.Max.X), 3}
	out = segment(out, 0xc0, append(frame, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1))
	var codes [4]huffman
	for t := range codes {
		codes[t] = newHuffman(f.counts[t])
		class := byte(t%2<<4 | t/2) // DC or AC, luma or chroma
		out = segment(out, 0xc4, append(append([]byte{class}, codes[t].lengths[:]...), codes[t].symbols...))
	}
	out = segment(out, 0xda, []byte{3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0})
	b := bitWriter{out: out}
	for _, s := range f.symbols {
		if s.table == sameSquare {
			b.same(&codes)
			continue
		}
		h := &codes[s.table]
		b.write(uint32(h.code[s.code]), uint(h.size[s.code]))
		b.write(uint32(s.bits), uint(s.code&15))
	}
	b.write(0x7f, 7)
	return append(b.out, 0xff, 0xd9)
}

// segment adds a marker segment with its length.
func segment(out []byte, marker byte, data []byte) []byte {
	out = append(out, 0xff, marker)
	out = binary.BigEndian.AppendUint16(out, uint16(len(data)+2))
	return append(out, data...)
}

// bitWriter writes bits from the highest on; after a byte of ones follows a
// zero byte (T.81 F.1.2.3).
type bitWriter struct {
	out   []byte
	held  uint64
	count uint
}

func (b *bitWriter) write(bits uint32, n uint) {
	b.held = b.held<<n | uint64(bits)
	b.count += n
	for b.count >= 8 {
		b.count -= 8
		c := byte(b.held >> b.count)
		b.out = append(b.out, c)
		if c == 0xff {
			b.out = append(b.out, 0)
		}
	}
}

// same writes a square that changes nothing.
func (b *bitWriter) same(codes *[4]huffman) {
	for block := range 6 {
		for table := range 2 {
			h := &codes[block/4*2+table]
			b.write(uint32(h.code[0]), uint(h.size[0]))
		}
	}
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
