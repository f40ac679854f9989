package book

import (
	"bytes"
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"image"
	_ "image/gif"  // a kind of picture that may be bound
	_ "image/jpeg" // a kind of picture that may be bound
	_ "image/png"  // a kind of picture that may be bound
)

// maxPixels is the largest picture that is bound; an e-reader has to unpack it
// in its small memory.
const maxPixels = 50_000_000

// shelf fetches the pictures of a book, each once, and hands each to keep.
type shelf struct {
	fetch func(src string) ([]byte, string, error) // may be nil
	keep  func(picture) (name string, err error)
	bySrc map[string]*picture // nil: could not be had
	err   error               // the first failure of keep
}

// picture is one picture in the book.
type picture struct {
	name      string // address inside the binding
	mediaType string
	data      []byte // only while it is handed to keep
	moving    bool
}

func newShelf(fetch func(string) ([]byte, string, error), keep func(picture) (string, error)) *shelf {
	return &shelf{fetch: fetch, keep: keep, bySrc: map[string]*picture{}}
}

// bring returns the picture for an address in a text. A picture that cannot be
// had, is broken, too large or of a kind that old readers cannot show is not
// there.
func (s *shelf) bring(src string) (picture, bool) {
	if p, met := s.bySrc[src]; met {
		if p == nil {
			return picture{}, false
		}
		return *p, true
	}
	p, ok := s.look(src)
	if !ok {
		s.bySrc[src] = nil
		return picture{}, false
	}
	name, err := s.keep(p)
	if err != nil && s.err == nil {
		s.err = err
	}
	p.name, p.data = name, nil
	s.bySrc[src] = &p
	return p, true
}

// look fetches a picture; what its bytes say counts, not what the caller was
// told.
func (s *shelf) look(src string) (picture, bool) {
	if s.fetch == nil || src == "" {
		return picture{}, false
	}
	data, _, err := s.fetch(src)
	if err != nil {
		return picture{}, false
	}
	return readPicture(data)
}

// readPicture is a picture that a book can show: a JPEG, PNG or GIF that is not
// too large and there to its end.
func readPicture(data []byte) (picture, bool) {
	head, kind, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || head.Width <= 0 || head.Height <= 0 || head.Width*head.Height > maxPixels {
		return picture{}, false
	}
	if !whole(kind, head, data) { // or of a kind that another room taught image
		return picture{}, false
	}
	return picture{mediaType: "image/" + kind, data: data, moving: kind == "gif"}, true
}

// fileName names a picture by its content, so that equal pictures share a file
// and a name never means another picture.
func (p picture) fileName() string {
	extension := map[string]string{"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif"}[p.mediaType]
	sum := sha1.Sum(p.data)
	return fmt.Sprintf("picture-%x.%s", sum[:8], extension)
}

// dataURI is the picture as an address that holds it.
func (p picture) dataURI() string {
	return "data:" + p.mediaType + ";base64," + base64.StdEncoding.EncodeToString(p.data)
}
