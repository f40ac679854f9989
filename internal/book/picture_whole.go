package book

import (
	"bytes"
	"compress/lzw"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"io"
)

// A picture that breaks off after its head, or whose pixels are not what the
// head says, is refused by some readers with the whole book. It is read to its
// end before it is bound, without ever holding its pixels.

var errBroken = errors.New("the picture breaks off")

// mostFrames bounds the pixels of all pictures of a moving one together.
const mostFrames = 8 * maxPixels

// whole says whether a picture of the kind is there to its end.
func whole(kind string, head image.Config, data []byte) bool {
	switch kind {
	case "jpeg":
		return wholeJPEG(data)
	case "png":
		return wholePNG(head, data)
	case "gif":
		return wholeGIF(data)
	}
	return false
}

// wholeJPEG walks the segments and the scans between them to the end (T.81,
// annex B).
func wholeJPEG(data []byte) bool {
	scans := 0
	for at := 2; at+1 < len(data); {
		marker := data[at+1]
		switch {
		case data[at] != 0xff:
			return false
		case marker == 0xff: // a fill byte
			at++
			continue
		case marker == 0xd9:
			return scans > 0
		case marker == 0x01 || marker >= 0xd0 && marker <= 0xd7:
			at += 2
			continue
		}
		if at+3 >= len(data) {
			return false
		}
		at += 2 + int(binary.BigEndian.Uint16(data[at+2:]))
		if marker == 0xda {
			begin := at
			at = endOfScan(data, at)
			if at > begin {
				scans++
			}
		}
	}
	return false
}

// endOfScan is where the marker after a scan stands.
func endOfScan(data []byte, at int) int {
	for ; at+1 < len(data); at++ {
		if next := data[at+1]; data[at] == 0xff && next != 0 && !(next >= 0xd0 && next <= 0xd7) {
			break
		}
	}
	return at
}

// wholePNG checks every part of a PNG and unpacks its pixels into nothing.
func wholePNG(head image.Config, data []byte) bool {
	var pixels []io.Reader
	var lines int64
	for rest := data[min(8, len(data)):]; len(rest) >= 12; {
		size := int(binary.BigEndian.Uint32(rest))
		if size < 0 || size > len(rest)-12 || crc32.ChecksumIEEE(rest[4:8+size]) != binary.BigEndian.Uint32(rest[8+size:]) {
			return false
		}
		switch body := rest[8 : 8+size]; string(rest[4:8]) {
		case "IHDR":
			if size != 13 {
				return false
			}
			lines = bytesOfPNG(head, body[8], body[9], body[12])
		case "IDAT":
			pixels = append(pixels, bytes.NewReader(body))
		case "IEND":
			return unpacks(io.MultiReader(pixels...), lines)
		}
		rest = rest[12+size:]
	}
	return false
}

// bytesOfPNG is how many bytes the lines of a PNG unpack to at least: those of
// one that comes in seven passes have a few more filter bytes.
func bytesOfPNG(head image.Config, depth, colour, interlaced byte) int64 {
	channels := map[byte]int64{0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
	bits := int64(head.Width) * channels * int64(depth)
	if interlaced != 0 {
		return bits * int64(head.Height) / 8
	}
	return int64(head.Height) * (1 + (bits+7)/8)
}

func unpacks(packed io.Reader, most int64) bool {
	lines, err := zlib.NewReader(packed)
	if err != nil {
		return false
	}
	n, err := io.Copy(io.Discard, io.LimitReader(lines, most))
	return err == nil && n == most && most > 0
}

// wholeGIF walks the blocks of a GIF and unpacks the pixels of each picture
// into nothing.
func wholeGIF(data []byte) bool {
	const head = 13
	if len(data) < head {
		return false
	}
	rest := skip(data, head+tableOf(data[10]))
	pictures, total := 0, 0
	for len(rest) > 0 {
		switch rest[0] {
		case 0x3b:
			return pictures > 0
		case 0x21:
			rest = afterBlocks(skip(rest, 2))
		case 0x2c:
			if len(rest) < 11 {
				return false
			}
			pixels := int(binary.LittleEndian.Uint16(rest[5:])) * int(binary.LittleEndian.Uint16(rest[7:]))
			if total += pixels; total > mostFrames {
				return false
			}
			body := skip(rest, 10+tableOf(rest[9]))
			if len(body) == 0 || !unpacksGIF(body, pixels) {
				return false
			}
			pictures++
			rest = afterBlocks(body[1:])
		default:
			return false
		}
	}
	return false
}

func skip(data []byte, n int) []byte { return data[min(n, len(data)):] }

// tableOf is how long the colours are that flags announce.
func tableOf(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

// afterBlocks is what follows a run of blocks, which an empty one ends.
func afterBlocks(data []byte) []byte {
	for len(data) > 0 && data[0] != 0 {
		data = skip(data, 1+int(data[0]))
	}
	return skip(data, 1)
}

func unpacksGIF(body []byte, pixels int) bool {
	if width := int(body[0]); width >= 2 && width <= 8 {
		unpacked := lzw.NewReader(&blocks{rest: body[1:]}, lzw.LSB, width)
		defer unpacked.Close()
		n, err := io.Copy(io.Discard, io.LimitReader(unpacked, int64(pixels)))
		return err == nil && n == int64(pixels)
	}
	return false
}

// blocks reads what stands in a run of blocks.
type blocks struct {
	rest []byte
	left int // of the block
}

// Read gives what is left of a block.
func (b *blocks) Read(into []byte) (int, error) {
	if b.left == 0 {
		if len(b.rest) == 0 {
			return 0, errBroken
		}
		if b.left = int(b.rest[0]); b.left == 0 {
			return 0, io.EOF
		}
		b.rest = b.rest[1:]
	}
	n := copy(into[:min(len(into), b.left)], b.rest)
	if n == 0 && len(into) > 0 {
		return 0, errBroken
	}
	b.left, b.rest = b.left-n, b.rest[n:]
	return n, nil
}
