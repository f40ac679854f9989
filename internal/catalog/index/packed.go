package index

import (
	"encoding/binary"
	"slices"
)

// packedMost is how long a stretch of packed works grows before another begins:
// none has to be copied to grow further, and each is let go by itself.
const packedMost = 1 << 20

// packed holds works as they were given, in a third of the place.
type packed struct {
	full [][]byte
	last []byte
}

// The bits of what is either so or not.
const (
	packedComplete = 1 << iota
	packedAnonymous
)

// add packs one more work.
func (p *packed) add(w Work) {
	if len(p.last) > packedMost {
		p.full = append(p.full, p.last)
		p.last = make([]byte, 0, packedMost+packedMost/8)
	}
	var is byte
	if w.Complete {
		is |= packedComplete
	}
	if w.Anonymous {
		is |= packedAnonymous
	}
	b := append(p.last, byte(w.State), is)
	for _, text := range []string{w.Language, w.Title} {
		b = append(binary.AppendUvarint(b, uint64(len(text))), text...)
	}
	for _, ids := range [][]int64{w.Tags, w.Main, w.Pseuds} {
		b = binary.AppendUvarint(b, uint64(len(ids)))
		for _, id := range ids {
			b = binary.AppendVarint(b, id)
		}
	}
	for _, n := range w.numbers() {
		b = binary.AppendVarint(b, *n)
	}
	p.last = b
}

// numbers are what of a work is one number.
func (w *Work) numbers() []*int64 {
	return []*int64{&w.ID, &w.Updated, &w.Posted, &w.Words, &w.Chapters, &w.Hits, &w.Kudos, &w.Comments, &w.Bookmarks}
}

// works gives what was packed, in the order in which it came, and lets each
// stretch go once it was given.
func (p *packed) works(yield func(Work) bool) {
	stretches := append(p.full, p.last)
	p.full, p.last = nil, nil
	for i, stretch := range stretches {
		stretches[i] = nil
		for r := (unpacking{stretch}); len(r.left) > 0; {
			if !yield(r.work()) {
				return
			}
		}
	}
}

// unpacking reads what add has written.
type unpacking struct{ left []byte }

func (r *unpacking) work() Work {
	w := Work{State: State(r.left[0]), Complete: r.left[1]&packedComplete != 0, Anonymous: r.left[1]&packedAnonymous != 0}
	r.left = r.left[2:]
	for _, text := range []*string{&w.Language, &w.Title} {
		length := r.count()
		*text, r.left = string(r.left[:length]), r.left[length:]
	}
	for _, ids := range []*[]int64{&w.Tags, &w.Main, &w.Pseuds} {
		if count := r.count(); count > 0 {
			*ids = slices.Grow(*ids, count)
			for range count {
				*ids = append(*ids, r.number())
			}
		}
	}
	for _, n := range w.numbers() {
		*n = r.number()
	}
	return w
}

func (r *unpacking) number() int64 {
	n, size := binary.Varint(r.left)
	r.left = r.left[size:]
	return n
}

func (r *unpacking) count() int {
	n, size := binary.Uvarint(r.left)
	r.left = r.left[size:]
	return int(n) //nolint:gosec // a length that was written here
}
