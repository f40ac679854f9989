package index

import (
	"slices"
	"testing"
)

// Works that are replaced again and again leave no waste behind, and their
// neighbours are what they were.
func TestAShelfIsTidied(t *testing.T) {
	s := newShelf()
	s.put(3, record{[]uint32{1, 2}, []uint32{9}, "kept"})
	for i := range uint32(50_000) {
		s.put(1, record{[]uint32{i, i, i}, nil, "a title of some length"})
		if !slices.Equal(s.tags(1), []uint32{i, i, i}) {
			t.Fatalf("it holds %v", s.tags(1))
		}
		s.remove(1)
	}
	if len(s.numbers) > 10_000 || len(s.titles) > 40_000 {
		t.Errorf("after many changes it has %d numbers and %d bytes", len(s.numbers), len(s.titles))
	}
	if s.holds(1) || !slices.Equal(s.tags(3), []uint32{1, 2}) || !slices.Equal(s.creators(3), []uint32{9}) || string(s.title(3)) != "kept" {
		t.Error("its other work is not what it was")
	}
}
