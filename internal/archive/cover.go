package archive

import "time"

// Cover is the picture a writer gave the books of a work; the zero Cover: they
// gave none, and one is drawn.
type Cover struct {
	Picture        // of its work; it has no id of its own, and no text names it
	Alt     string // what it shows, in the writer's words; may be empty
	At      time.Time
}

// IsOwn tells a picture of the writer's from none.
func (c Cover) IsOwn() bool { return c.Key != "" }

// Base is what a form notes of a cover, to tell whether it is still the same.
func (c Cover) Base() int64 {
	if !c.IsOwn() {
		return 0
	}
	return c.At.UnixMicro()
}
