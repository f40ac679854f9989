package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
)

// VolumeLimits bound a book of several works.
type VolumeLimits struct {
	Works int
	Words int
	Kept  time.Duration // how long it can be fetched
}

// DefaultVolumes are the limits of a book of several works.
func DefaultVolumes() VolumeLimits {
	return VolumeLimits{Works: 300, Words: 5_000_000, Kept: 24 * time.Hour}
}

// Volume is a book of several works, for the member who asked for it alone.
type Volume struct {
	ID      int64
	Account int64
	Title   string
	Recipe  string // how it is bound, as an address says it
	File    string // its key in the bucket
	Name    string // of the file, once it is bound
	Bytes   int64
	Works   int // that were asked for
	Bound   int // of those; while it is being bound
	Reason  string
	AskedAt time.Time
	EndedAt time.Time // when it was ready or given up; zero: under way
	Until   time.Time // when it is forgotten
}

// Why a volume was given up.
const (
	VolumeEmpty  = "empty"  // no work of it can be read any more
	VolumeBroken = "broken" // it could not be bound, see the log
)

// UnderWay reports whether it is still to be bound.
func (v Volume) UnderWay() bool { return v.EndedAt.IsZero() }

// IsReady reports whether its file can be fetched.
func (v Volume) IsReady() bool { return !v.EndedAt.IsZero() && v.Reason == "" }

// VolumeWork is a work of a volume, as it stood when it was bound.
type VolumeWork struct {
	Work     int64
	ShownRev int64  // 0: it is not in the file
	Signed   string // Signed of the names it was bound with
}

// Signed is a short mark of the names a work is signed with, so that it is told
// when they are others.
func Signed(names []string) string {
	sum := sha256.Sum256([]byte(strings.Join(names, "\x00")))
	return hex.EncodeToString(sum[:8])
}
