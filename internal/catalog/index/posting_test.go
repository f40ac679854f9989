package index

import "testing"

func TestEverySizeHasTheSmallestRoomItFits(t *testing.T) {
	var p postings
	for size := 1; size <= smallMost; size++ {
		c := class(size)
		if c < 0 || c >= len(p.free) {
			t.Fatalf("%d numbers are of class %d of %d", size, c, len(p.free))
		}
		if room := int(places(c)); room < size || room > size+size/4 {
			t.Errorf("%d numbers lie in a room of %d", size, room)
		}
		if c > 0 && int(places(c-1)) >= size {
			t.Errorf("%d numbers would fit a smaller room than one of %d", size, places(c))
		}
	}
}
