package manuscript

import "ficus/internal/manuscript/office"

// What a choice may be about that is no part of the text but decides which
// words of the file the text is made of: what of them is left out or taken
// unless the writer says otherwise. Such a choice has no span; it becomes
// "story", where the words stand, or "left_out".
const (
	TrackedDeletion  = "tracked-deletion"
	TrackedInsertion = "tracked-insertion"
	HiddenText       = "hidden-text"
)

// OfFile is true for a choice about which words of the file are read. Where
// such a choice changes, all that stands behind has another place.
func (c Choice) OfFile() bool {
	return c.What == TrackedDeletion || c.What == TrackedInsertion || c.What == HiddenText
}

// Turned gives the choice that turns round what was done with what a reader
// told of; false where there is none.
func Turned(told string) (Choice, bool) {
	c, turns := map[string]Choice{
		TrackedDeletion: {What: TrackedDeletion, Become: "story"}, "tracked-deletion-kept": {What: TrackedDeletion, Become: LeftOut},
		TrackedInsertion: {What: TrackedInsertion, Become: LeftOut}, "tracked-insertion-refused": {What: TrackedInsertion, Become: "story"},
		HiddenText: {What: HiddenText, Become: "story"}, "hidden-text-shown": {What: HiddenText, Become: LeftOut},
	}[told]
	return c, turns
}

// takenBy is which words of a file are read, by the last choice about each.
func takenBy(choices []Choice) (t office.Taken) {
	for _, c := range choices {
		stays := c.Become != LeftOut
		switch c.What {
		case TrackedDeletion:
			t.Deleted = stays
		case TrackedInsertion:
			t.Original = !stays
		case HiddenText:
			t.Hidden = stays
		}
	}
	return t
}
