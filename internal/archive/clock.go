package archive

import "time"

// Clock tells the time. It is fixed once a transaction, so that everything
// written together bears one instant.
type Clock interface {
	Now() time.Time
}

// SystemClock is the clock of the machine, in UTC and whole microseconds, the
// grain that is stored.
type SystemClock struct{}

// Now is the machine's time.
func (SystemClock) Now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// Day is the UTC day an instant lies in, as days since 1970: the unit in which
// hits are counted.
func Day(t time.Time) int64 { return t.Unix() / (24 * 60 * 60) }
