package archive

import "time"

// Suspension is what staff decided about who may write: nothing, until an
// instant, or for good.
type Suspension struct {
	Until  time.Time // zero: not suspended, or for good
	Banned bool      // for good
	Reason string    // as staff gave it; the member is told
}

// Holds reports whether the member writes nothing now.
func (s Suspension) Holds(now time.Time) bool { return s.Banned || s.Until.After(now) }
