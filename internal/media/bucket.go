// Package media keeps files (manuscripts as they came in, pictures) in a folder
// or in an S3-compatible bucket, and makes every picture that comes in anew, so
// that nothing of its maker's camera or computer is left in it.
package media

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/pattern"
)

// Bucket keeps files under keys. A key is made by us, of lower-case letters,
// digits, ".", "-" and "_" in parts joined by "/": "pictures/42/9f86d081.jpg".
type Bucket interface {
	// Put keeps size (at least one) bytes of r under key, in the place of what was there: all
	// of them or none. It returns when they would survive a power cut. ErrFull
	// when there is no room.
	Put(ctx context.Context, key string, r io.Reader, size int64, mediaType string) error
	// Get opens a file; archive.ErrNotFound when there is none. The caller
	// closes it.
	Get(ctx context.Context, key string) (io.ReadSeekCloser, error)
	// Delete forgets a file; one that is not there is no error.
	Delete(ctx context.Context, key string) error
	// Each calls fn for every file, in no order that means anything, until fn
	// fails. What comes or goes meanwhile may be among them or not.
	Each(ctx context.Context, fn func(key string, size int64) error) error
	// Check finds out whether the bucket answers, for the start of the program.
	Check(ctx context.Context) error
}

// ErrFull is a disk or bucket without room: nothing of the file was kept.
var ErrFull = fmt.Errorf("the files: %w", archive.ErrFull)

// keyPattern leaves no way to write "..", a hidden file or a root.
var keyPattern = pattern.New(`^[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*$`)

// The longest key, in bytes.
const maxKey = 200

func checkKey(key string) error {
	if len(key) > maxKey || !keyPattern.MatchString(key) {
		return fmt.Errorf("%q is no key of a file", key)
	}
	return nil
}

func checkPut(key string, size int64) error {
	if size < 1 {
		return fmt.Errorf("file %s is empty", key)
	}
	return checkKey(key)
}

// Open gives the bucket at an address: "s3://KEY:SECRET@HOST/BUCKET" (see
// ParseS3), or else the path of a folder, which is made when it is missing.
func Open(ctx context.Context, address string) (Bucket, error) {
	bucket, err := open(address)
	if err != nil {
		return nil, err
	}
	return bucket, bucket.Check(ctx)
}

func open(address string) (Bucket, error) {
	if !strings.HasPrefix(address, "s3://") {
		return OpenFolder(address)
	}
	config, err := ParseS3(address)
	if err != nil {
		return nil, err
	}
	return NewS3(config)
}

// missing says that a key has no file.
func missing(key string) error { return fmt.Errorf("file %s: %w", key, archive.ErrNotFound) }

// whole gives size bytes of r and an error in the place of the last ones when r
// holds fewer or more, so that a broken upload is never kept as a file. What
// can be read again from its start still can, for a bucket that is asked twice.
func whole(r io.Reader, size int64) io.Reader {
	e := &exactly{r: r, size: size, left: size}
	if seeker, ok := r.(io.Seeker); ok {
		return rewindable{e, seeker}
	}
	return e
}

type exactly struct {
	r          io.Reader
	size, left int64
}

// Read reads on. The byte after the last is asked for before the last is given.
func (e *exactly) Read(p []byte) (int, error) {
	if e.left == 0 {
		return 0, io.EOF
	}
	n, err := e.r.Read(p[:min(int64(len(p)), e.left)])
	e.left -= int64(n)
	if e.left == 0 {
		if more, _ := io.ReadFull(e.r, make([]byte, 1)); more > 0 {
			return 0, errors.New("the file is longer than was said")
		}
		return n, nil
	}
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

type rewindable struct {
	*exactly
	seeker io.Seeker
}

// Seek moves to a place in the file.
func (r rewindable) Seek(offset int64, whence int) (int64, error) {
	at, err := r.seeker.Seek(offset, whence)
	r.left = r.size - at
	return at, err
}

// IsKey reports whether a file could bear the name.
func IsKey(key string) bool { return checkKey(key) == nil }
