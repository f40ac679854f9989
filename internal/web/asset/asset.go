// Package asset is what a build may bring along beside its own sources: the
// typeface and the writer's editor that `make assets` puts into bundle. Without
// it the folder holds a README alone, pages use the faces of the reader's
// device, and writers have the plain text box.
package asset

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"ficus/internal/pattern"
)

//go:embed bundle
var embedded embed.FS

// Bundle is the folder that `make assets` fills, as it was when the program
// was built.
func Bundle() fs.FS {
	bundle, err := fs.Sub(embedded, "bundle")
	if err != nil {
		panic(err) // the folder is embedded: it cannot be missing
	}
	return bundle
}

// File is something to serve. Its name carries a hash of its body, so that it
// may be kept for ever.
type File struct {
	Name string // such as faces.1f3a5c7e9b.css
	Type string // as in the Content-Type header
	Body []byte
}

// Typeface is a face to be served from our own address.
type Typeface struct {
	Stylesheet string // the name of the file pages link; empty: the bundle has no face
	Files      []File // the stylesheet, the cuts and their licence
}

// family is the face that the reading settings offer; prose.css names it.
const family = "Atkinson Hyperlegible Next"

// What `make assets` leaves in the bundle besides the cuts.
const (
	licenceFile = "OFL.txt"
	rangesFile  = "unicode.json"
)

// cut is the name of a cut's file: subset, weight, style.
var cut = pattern.New(`-(latin|latin-ext)-(\d00)-(normal|italic)\.woff2$`)

// ReadTypeface gives the face in a bundle: nothing, and no error, when there is
// none. The files are made to be served beside each other.
func ReadTypeface(bundle fs.FS) (Typeface, error) {
	names, err := fs.Glob(bundle, "*.woff2")
	if err != nil || len(names) == 0 {
		return Typeface{}, err
	}
	face, err := compose(bundle, names)
	if err != nil {
		return Typeface{}, fmt.Errorf("the typeface in internal/web/asset/bundle is not whole, run make assets again: %w", err)
	}
	return face, nil
}

func compose(bundle fs.FS, names []string) (Typeface, error) {
	licence, err := fs.ReadFile(bundle, licenceFile)
	if err != nil {
		return Typeface{}, err
	}
	ranges, err := readRanges(bundle)
	if err != nil {
		return Typeface{}, err
	}
	files := []File{hashed(licenceFile, "text/plain; charset=utf-8", licence)}
	var sheet strings.Builder
	fmt.Fprintf(&sheet, "/* %s, under the licence in %s */\n", family, files[0].Name)
	for _, name := range names {
		is := cut.FindStringSubmatch(name)
		if is == nil || ranges[is[1]] == "" {
			return Typeface{}, fmt.Errorf("%s is no cut of a known subset", name)
		}
		body, err := fs.ReadFile(bundle, name)
		if err != nil {
			return Typeface{}, err
		}
		file := hashed(name, "font/woff2", body)
		files = append(files, file)
		fmt.Fprintf(&sheet, "@font-face{font-family:%q;font-weight:%s;font-style:%s;font-display:swap;src:url(%s) format(\"woff2\");unicode-range:%s}\n",
			family, is[2], is[3], file.Name, ranges[is[1]])
	}
	style := hashed("faces.css", "text/css; charset=utf-8", []byte(sheet.String()))
	return Typeface{Stylesheet: style.Name, Files: append(files, style)}, nil
}

// rangeShape is what a unicode-range may look like; it goes into a stylesheet.
var rangeShape = pattern.New(`^[U+0-9A-F,?-]+$`)

// readRanges reads which characters each subset holds.
func readRanges(bundle fs.FS) (map[string]string, error) {
	text, err := fs.ReadFile(bundle, rangesFile)
	if err != nil {
		return nil, err
	}
	ranges := map[string]string{}
	if err := json.Unmarshal(text, &ranges); err != nil {
		return nil, err
	}
	for _, characters := range ranges {
		if !rangeShape.MatchString(characters) {
			return nil, errors.New(rangesFile + " holds something that is no range of characters")
		}
	}
	return ranges, nil
}

func hashed(name, kind string, body []byte) File {
	sum := sha256.Sum256(body)
	ext := path.Ext(name)
	return File{Name: strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:5]) + ext, Type: kind, Body: body}
}
