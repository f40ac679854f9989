package index

import (
	"slices"
	"testing"
)

// Numbers that are short and those that are not are told apart.
func TestAShelfGivesBackEveryNumber(t *testing.T) {
	s := newShelf()
	s.put(7, record{[]uint32{5_000_000, 3, shortTags - 1, shortTags, none - 1}, []uint32{9, shortTags + 1, 0}, "first", []uint32{5_000_000, 3}})
	s.put(8, record{})
	s.put(9, record{[]uint32{1}, []uint32{2}, "last", nil})
	if tags := s.tags(7, []uint32{42}); !slices.Equal(tags, []uint32{42, 3, shortTags - 1, shortTags, 5_000_000, none - 1}) {
		t.Errorf("it gives tags %v", tags)
	}
	if creators := s.creators(7, nil); !slices.Equal(creators, []uint32{9, shortTags + 1, 0}) {
		t.Errorf("it gives creators %v", creators)
	}
	if sizes := 1 + s.size(7) + s.size(8) + s.size(9); sizes != len(s.numbers) {
		t.Errorf("works have %d numbers, and there are %d", sizes, len(s.numbers))
	}
	if mains := s.mains(7, []uint32{42}); !slices.Equal(mains, []uint32{42, 5_000_000, 3}) || len(s.mains(8, nil))+len(s.mains(9, nil)) > 0 {
		t.Errorf("it gives main tags %v, others %v and %v", mains, s.mains(8, nil), s.mains(9, nil))
	}
	if len(s.tags(8, nil))+len(s.creators(8, nil)) > 0 || !slices.Equal(s.tags(9, nil), []uint32{1}) || !slices.Equal(s.creators(9, nil), []uint32{2}) {
		t.Errorf("others have %v %v, %v %v", s.tags(8, nil), s.creators(8, nil), s.tags(9, nil), s.creators(9, nil))
	}
}

// Works that are replaced again and again leave no waste behind, and their
// neighbours are what they were.
func TestAShelfIsTidied(t *testing.T) {
	s := newShelf()
	s.put(3, record{[]uint32{1, 2}, []uint32{9}, "kept", []uint32{2}})
	for i := range uint32(50_000) {
		s.put(1, record{[]uint32{i, i, i}, nil, "a title of some length", []uint32{i}})
		if !slices.Equal(s.tags(1, nil), []uint32{i, i, i}) {
			t.Fatalf("it holds %v", s.tags(1, nil))
		}
		s.remove(1)
	}
	if len(s.numbers) > 10_000 || len(s.titles) > 40_000 {
		t.Errorf("after many changes it has %d numbers and %d bytes", len(s.numbers), len(s.titles))
	}
	if s.holds(1) || !slices.Equal(s.tags(3, nil), []uint32{1, 2}) || !slices.Equal(s.creators(3, nil), []uint32{9}) || !slices.Equal(s.mains(3, nil), []uint32{2}) || string(s.title(3)) != "kept" {
		t.Error("its other work is not what it was")
	}
}
