package index

// AskAlways has the tags asked for every list, and canonicals with synonyms
// united, however few works there are.
func (x *Index) AskAlways() { x.c.asking = always }

// AskSlots has works counted in slots for every list.
func (x *Index) AskSlots() { x.c.asking = slotwise }

// AskPopular has popular tags counted, and the others asked, for every list.
func (x *Index) AskPopular() { x.c.asking = popularFirst }

// AskNever has the tags of every found work counted.
func (x *Index) AskNever() { x.c.asking = never }
