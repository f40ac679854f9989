package office

import (
	"archive/zip"
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Remake makes a picture anew, without what its camera or program wrote into
// it. One that it refuses leaves the file.
type Remake func(picture []byte) (data []byte, mediaType string, err error)

// Scrub makes the file anew with its text, styles, notes and pictures, and
// without what tells of its writer: properties, names of editors, comments,
// histories, page headers, custom data, macros, embedded files, paths, and what
// cameras write into pictures. What it took out is told by kind. Tracked
// changes stay, without names and dates. Only what is known is copied: what no
// rule names is not in the new file.
func Scrub(data []byte, kind string, remake Remake) ([]byte, []Count, error) {
	if kind == Rtf {
		clean, removed := scrubRtf(data, remake)
		return clean, removed.counts(), nil
	}
	p, err := openPack(data)
	if err != nil {
		return nil, nil, err
	}
	b := &scrubber{pack: p, remake: remake, removed: told{}, made: map[string]string{}}
	b.zip = zip.NewWriter(&b.out)
	if kind == Odt {
		err = b.odt()
	} else {
		err = b.docx()
	}
	if err == nil {
		err = b.zip.Close()
	}
	if err != nil {
		return nil, nil, err
	}
	return b.out.Bytes(), b.removed.counts(), nil
}

// scrubber writes the new file.
type scrubber struct {
	pack    *pack
	remake  Remake
	removed told
	zip     *zip.Writer
	out     bytes.Buffer
	kept    []keptPart
	made    map[string]string // pictures: where they were to where they are now, empty when they are not
	// mainRels are what the document of a .docx shows: pictures and links.
	mainRels []string
}

// keptPart is a part of the new file, by its name there.
type keptPart struct{ name, mediaType string }

// add writes one part.
func (b *scrubber) add(name, mediaType string, data []byte, method uint16) error {
	w, err := b.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method})
	if err != nil {
		return err
	}
	b.kept = append(b.kept, keptPart{name, mediaType})
	_, err = w.Write(data)
	return err
}

// picture makes one anew and gives its name in the new file; empty when it
// cannot be kept.
func (b *scrubber) picture(part, folder string) (string, error) {
	data, err := b.pack.read(part, mostPicture)
	if err != nil || len(b.made) >= mostPictures {
		b.removed["picture"]++
		return "", nil
	}
	made, mediaType, err := b.remake(data)
	if err != nil {
		b.removed["picture"]++
		return "", nil
	}
	b.removed["picture-data"]++
	name := folder + "image" + strconv.Itoa(len(b.kept)) + "." + strings.TrimPrefix(mediaType, "image/")
	return name, b.add(name, mediaType, made, zip.Store)
}

// editor rewrites one part of XML: it copies all that no edit takes out.
type editor struct {
	*scanner
	edits   []edit
	removed told
}

// edit puts other bytes in the place of some.
type edit struct {
	from, to int
	with     string
}

func edits(data []byte, removed told) *editor {
	e := &editor{scanner: scan(data), removed: removed}
	e.passed = func(from, to int) { e.replace(from, to, "") }
	return e
}

func (e *editor) replace(from, to int, with string) {
	if to > from || with != "" {
		e.edits = append(e.edits, edit{from, to, with})
	}
}

// drop takes the element out whose start the scanner stands at.
func (e *editor) drop(kind string) {
	from := e.from
	e.skip()
	e.replace(from, e.at, "")
	if kind != "" {
		e.removed[kind]++
	}
}

// unwrap takes out the tags of the element and leaves what stands in it.
// inside is called at each token.
func (e *editor) unwrap(inside func()) {
	e.replace(e.from, e.at, "")
	depth := len(e.open)
	for e.next() {
		if e.kind == endTag && len(e.open) < depth {
			e.replace(e.from, e.at, "")
			return
		}
		inside()
	}
}

// set gives an attribute another value.
func (e *editor) set(a attr, value string) {
	e.replace(a.at, a.at+len(a.value), escape(value))
}

// cut takes an attribute out.
func (e *editor) cut(a attr) { e.replace(a.from, a.at+len(a.value)+1, "") }

// blank takes the characters out of the element, and leaves its tags.
func (e *editor) blank() {
	depth := len(e.open)
	for e.next() {
		if e.kind == endTag && len(e.open) < depth {
			return
		}
		if e.kind == characters {
			e.replace(e.from, e.at, "")
		}
	}
}

// finish gives the part as edited. Of edits inside one another the outer one
// holds.
func (e *editor) finish() ([]byte, error) {
	if e.err != nil {
		return nil, e.err
	}
	slices.SortStableFunc(e.edits, func(a, b edit) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to))
	})
	out := make([]byte, 0, len(e.data)+len(declared))
	at := 0
	for _, d := range e.edits {
		if d.from < at {
			continue
		}
		out = append(out, e.data[at:d.from]...)
		out = append(out, d.with...)
		at = d.to
	}
	return append([]byte(declared), bytes.TrimSpace(append(out, e.data[at:]...))...), nil
}

const declared = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// openAddress is true of addresses that lead to the open web, not into
// somebody's machine.
func openAddress(address string) bool {
	low := strings.ToLower(strings.TrimSpace(address))
	return strings.HasPrefix(low, "https://") || strings.HasPrefix(low, "http://") || strings.HasPrefix(low, "mailto:") || strings.HasPrefix(low, "#")
}
