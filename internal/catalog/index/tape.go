package index

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// tapeChunk is how many numbers pass at a time: a snapshot of any size takes
// little memory beside what it is of.
const tapeChunk = 1 << 16

// tape is what passes to or from a snapshot. After an error nothing more does.
type tape struct {
	to   io.Writer
	from io.Reader
	left int64 // bytes that may still come
	room []byte
	err  error
}

var errTape = errors.New("it is no snapshot of an index")

func (t *tape) isReading() bool { return t.from != nil }

func (t *tape) end() error {
	if t.err != nil {
		return fmt.Errorf("pass the index: %w", t.err)
	}
	return nil
}

// pass passes numbers.
func pass[N uint8 | uint16 | uint32 | uint64 | int64](t *tape, numbers *[]N) {
	length := len(*numbers)
	t.number(&length)
	if t.isReading() && t.err == nil {
		if t.holds(length, binary.Size(N(0))); t.err != nil {
			return
		}
		*numbers = make([]N, length)
	}
	passAll(t, *numbers)
}

// holds fails where so many of a size cannot come any more.
func (t *tape) holds(count, size int) {
	if t.err == nil && int64(count) > t.left/int64(size) {
		t.err = errTape
	}
}

// passAll passes numbers, of which it is known how many they are.
func passAll[N uint8 | uint16 | uint32 | uint64 | int64](t *tape, numbers []N) {
	for left := numbers; len(left) > 0 && t.err == nil; {
		some := left[:min(tapeChunk, len(left))]
		left = left[len(some):]
		t.chunk(some, len(some)*binary.Size(N(0)))
	}
}

// chunk passes some numbers that take so many bytes.
func (t *tape) chunk(numbers any, size int) {
	if !t.isReading() {
		if t.room, t.err = binary.Append(t.room[:0], binary.LittleEndian, numbers); t.err == nil {
			_, t.err = t.to.Write(t.room)
		}
		return
	}
	t.room = slices.Grow(t.room[:0], size)[:size]
	if _, t.err = io.ReadFull(t.from, t.room); t.err == nil {
		_, t.err = binary.Decode(t.room, binary.LittleEndian, numbers)
	}
	t.left -= int64(size)
}

// number passes one number that is not negative.
func (t *tape) number(n *int) {
	if t.err != nil {
		return
	}
	one := []int64{int64(*n)}
	if t.chunk(one, 8); t.err == nil && one[0] < 0 {
		t.err = errTape
	}
	if t.isReading() {
		*n = int(one[0])
	}
}

// texts passes texts.
func (t *tape) texts(texts *[]string) {
	count := len(*texts)
	t.number(&count)
	for i := range count {
		if t.err != nil {
			return
		}
		if t.isReading() {
			*texts = append(*texts, "")
		}
		text := []byte((*texts)[i])
		if pass(t, &text); t.isReading() {
			(*texts)[i] = string(text)
		}
	}
}

// bitmap passes a bitmap.
func (t *tape) bitmap(b *roaring.Bitmap) {
	var packed []byte
	if !t.isReading() {
		packed, t.err = b.ToBytes()
	}
	if pass(t, &packed); t.err == nil && t.isReading() {
		t.err = b.UnmarshalBinary(packed)
	}
}
