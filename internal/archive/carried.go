package archive

import (
	"crypto/md5"
	"encoding/hex"
	"errors"
	"io"
	"time"
)

// ServedFile is a file that was bound for readers, as e-readers tell of it
// later.
type ServedFile struct {
	Digest   string // PartialDigest of its bytes
	Name     string // NameDigest of its name
	Work     int64
	Place    int   // of the work in a file of several; 0 when it is the only one
	ShownRev int64 // of the work, when it was bound
	Recipe   string
	MadeAt   time.Time
}

// PartialDigest is how KOReader knows a file: the MD5 of at most twelve pieces
// of 1,024 bytes, the first at its beginning and the others at 1,024, 4,096 and
// so on, each four times as far as the one before.
func PartialDigest(file io.ReaderAt) (string, error) {
	sum, piece := md5.New(), make([]byte, 1024)
	for i := -1; i <= 10; i++ {
		at := int64(0)
		if i >= 0 {
			at = 1024 << (2 * i)
		}
		n, err := file.ReadAt(piece, at)
		sum.Write(piece[:n])
		switch {
		case n == 0 && errors.Is(err, io.EOF):
			return hex.EncodeToString(sum.Sum(nil)), nil
		case err != nil && !errors.Is(err, io.EOF):
			return "", err
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// NameDigest is how KOReader knows a file by its name alone.
func NameDigest(name string) string {
	sum := md5.Sum([]byte(name))
	return hex.EncodeToString(sum[:])
}

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

// IsReady reports whether its file can be fetched.
func (v Volume) IsReady() bool { return !v.EndedAt.IsZero() && v.Reason == "" }

// VolumeWork is a work of a volume, as it stood when it was bound.
type VolumeWork struct {
	Work     int64
	ShownRev int64 // 0: it is not in the file
}
