package index

import (
	"slices"
	"testing"
)

// Numbers that are short and those that are not are told apart.
func TestAShelfGivesBackEveryNumber(t *testing.T) {
	s := newShelf()
	s.put(7, record{[]uint32{5_000_000, 3, shortTags - 1, shortTags, none - 1}, []uint32{9, shortTags + 1, 0}, "first"})
	s.put(8, record{nil, nil, ""})
	s.put(9, record{[]uint32{1}, []uint32{2}, "last"})
	if tags := s.tags(7, []uint32{42}); !slices.Equal(tags, []uint32{42, 3, shortTags - 1, shortTags, 5_000_000, none - 1}) {
		t.Errorf("it gives tags %v", tags)
	}
	if creators := s.creators(7, nil); !slices.Equal(creators, []uint32{9, shortTags + 1, 0}) {
		t.Errorf("it gives creators %v", creators)
	}
	if len(s.tags(8, nil))+len(s.creators(8, nil)) > 0 || !slices.Equal(s.tags(9, nil), []uint32{1}) || !slices.Equal(s.creators(9, nil), []uint32{2}) {
		t.Errorf("others have %v %v, %v %v", s.tags(8, nil), s.creators(8, nil), s.tags(9, nil), s.creators(9, nil))
	}
}

// Works that are replaced again and again leave no waste behind, and their
// neighbours are what they were.
func TestAShelfIsTidied(t *testing.T) {
	s := newShelf()
	s.put(3, record{[]uint32{1, 2}, []uint32{9}, "kept"})
	for i := range uint32(50_000) {
		s.put(1, record{[]uint32{i, i, i}, nil, "a title of some length"})
		if !slices.Equal(s.tags(1, nil), []uint32{i, i, i}) {
			t.Fatalf("it holds %v", s.tags(1, nil))
		}
		s.remove(1)
	}
	if len(s.numbers) > 10_000 || len(s.titles) > 40_000 {
		t.Errorf("after many changes it has %d numbers and %d bytes", len(s.numbers), len(s.titles))
	}
	if s.holds(1) || !slices.Equal(s.tags(3, nil), []uint32{1, 2}) || !slices.Equal(s.creators(3, nil), []uint32{9}) || string(s.title(3)) != "kept" {
		t.Error("its other work is not what it was")
	}
}
