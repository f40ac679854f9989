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
