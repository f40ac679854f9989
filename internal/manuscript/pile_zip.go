package manuscript

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"strings"

	"ficus/internal/manuscript/epub"
	"ficus/internal/manuscript/office"
)

var (
	errZipBroken = &Error{"pile.zip_broken", "The zip is damaged or was cut off; pack it once more, and bring that."}
	errZipLarge  = &Error{"pile.zip_large", "The zip holds more than 5,000 files, or far more than its size says; pack it in smaller pieces."}
	errZipLocked = &Error{"pile.zip_locked", "The file is locked with a password in its zip; pack it without one, and bring that."}
	errZipUnsafe = &Error{"pile.zip_unsafe", "The file's name leads out of its zip; pack it once more, and bring that."}
	errZipDeep   = &Error{"pile.zip_deep", "This is a zip in a zip in a zip; unpack it, and bring what is in it."}
)

// mostRatio is how many times as large as it is packed a file may be, and
// freeRatio up to which size it may be whatever it likes.
const (
	mostRatio = 100
	freeRatio = 1 << 20
)

// IsPile is true of a zip that is a pile of files, not one document.
func IsPile(data []byte) bool {
	if !bytes.HasPrefix(data, []byte("PK\x03\x04")) && !bytes.HasPrefix(data, []byte("PK\x05\x06")) || epub.IsBook(data) {
		return false
	}
	kind, err := office.KindOf(data)
	return kind == "" && err == nil
}

// zipFiles lists the files of a zip. Nothing is unpacked yet; what may not be
// is a file that says so when it is opened.
func zipFiles(name string, data []byte, depth int) ([]PileFile, error) {
	if depth > 1 {
		return nil, errZipDeep
	}
	if bytes.Count(data, []byte("PK\x01\x02")) > 2*pileFiles {
		return nil, errZipLarge
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, errZipBroken
	}
	if len(z.File) > pileFiles {
		return nil, errZipLarge
	}
	var files []PileFile
	sum := uint64(0)
	for _, f := range z.File {
		inside := strings.ReplaceAll(f.Name, `\`, "/")
		if strings.HasSuffix(inside, "/") {
			continue
		}
		if sum += f.UncompressedSize64; f.UncompressedSize64 > pileBytes || sum > pileBytes {
			return nil, errZipLarge
		}
		files = append(files, PileFile{
			Name: name + "/" + strings.TrimPrefix(path.Clean("/"+inside), "/"), Size: int64(f.UncompressedSize64), Changed: f.Modified,
			Open: func() ([]byte, error) { return unzip(f, inside) },
		})
	}
	return files, nil
}

// unzip unpacks one file, as far as its list's word is borne out.
func unzip(f *zip.File, name string) ([]byte, error) {
	size := int64(f.UncompressedSize64)
	switch {
	case f.Flags&1 > 0:
		return nil, errZipLocked
	case strings.HasPrefix(name, "/"), strings.Contains("/"+name+"/", "/../"), strings.Contains(name, ":"):
		return nil, errZipUnsafe
	case size > freeRatio && size/mostRatio > int64(f.CompressedSize64):
		return nil, errZipLarge
	case size > defaultBytes:
		return nil, errTooLarge(defaultBytes)
	}
	r, err := f.Open()
	if err != nil {
		return nil, errZipBroken
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, size+1))
	if err != nil || int64(len(data)) != size {
		return nil, errZipBroken
	}
	return data, nil
}
