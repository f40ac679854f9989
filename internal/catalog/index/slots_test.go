package index

import "testing"

func TestEverySharedSlotIsOfTheKindThatSharesIt(t *testing.T) {
	met := map[uint32]uint32{}
	for kind := range uint32(kinds) {
		for canonical := range uint32(1 << 16) {
			slot := sharedSlot(uint8(kind), canonical)
			if slot < slotsOwned || slot >= slotCount || kindOfSlot(slot) != kind {
				t.Fatalf("canonical %d of kind %d shares slot %d of %d, of kind %d", canonical, kind, slot, slotCount, kindOfSlot(slot))
			}
			met[slot] = kind
		}
	}
	if len(met) != slotCount-slotsOwned {
		t.Errorf("%d of %d shared slots are used", len(met), slotCount-slotsOwned)
	}
}
