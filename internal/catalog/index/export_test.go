package index

// AskSlots has works counted in slots for every list.
func (x *Index) AskSlots() { x.c.asking.way = slotwise }

// AskSample has a sample of so many works tell which tags are asked, and
// canonicals with synonyms united, however few works there are.
func (x *Index) AskSample(works int) { x.c.asking = asking{sampling, works} }

// AskNever has the tags of every found work counted.
func (x *Index) AskNever() { x.c.asking.way = never }
