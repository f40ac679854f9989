// Package office reads what word processors save, .docx and .odt, as HTML of
// meaning: styles resolved to emphasis, headings, alignment and breaks, notes
// apart, pictures by name, and everything left out counted by kind. It also
// takes out of such a file what its writer never meant to give away. It is
// pure: bytes in, bytes out.
package office

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
)

// The kinds of file that are read.
const (
	Docx = "docx"
	Odt  = "odt"
)

// Error says why a file cannot be read. Rule names the reason for the message
// catalogue; the sentence is plain English.
type Error struct {
	Rule     string
	Sentence string
}

// Error gives the plain sentence.
func (e *Error) Error() string { return e.Sentence }

var (
	errProtected = &Error{"manuscript.protected", "The file is locked with a password; open it in your word processor, save it without the password, and bring that."}
	errOldWord   = &Error{"manuscript.old_word", "The file is in the old Word format; open it in your word processor, save it as .docx, and bring that."}
	errOther     = &Error{"manuscript.other_office", "The file is not a text but a table, slides or a drawing; save the story as .docx or .odt, and bring that."}
	errPages     = &Error{"manuscript.pages", "The file is an Apple Pages document; export it from Pages as Word, and bring that."}
	errBroken    = &Error{"manuscript.broken", "The file is damaged or was cut off; save it once more in your word processor, and bring that."}
	errUnsafe    = &Error{"manuscript.unsafe", "The file is not built as word processors build theirs; open it in one, save it as .docx or .odt, and bring that."}
	errTooLong   = &Error{"manuscript.too_long", "The file is longer than what is read in one piece, 16 MB of text in 80,000 paragraphs; bring the story in smaller pieces."}
	errUnpacked  = &Error{"manuscript.unpacked", "The file holds far more than its size says; bring the story in smaller pieces, or with fewer and smaller pictures."}
)

// Count says how often something of a kind was met.
type Count struct {
	Kind  string
	Count int
}

// Text is a file as it was read.
type Text struct {
	HTML     string    // blocks; a footnote or endnote is a span of the class footnote at its place
	Pictures []Picture // those that HTML shows, by the names it calls them
	Told     []Count   // what was left out or accepted, sorted by kind
}

// Picture is a picture inside a file.
type Picture struct {
	Name string
	pack *pack
	part string
	data []byte // when it is not in a pack
}

// Data unpacks the picture, as it lies in the file.
func (p Picture) Data() ([]byte, error) {
	if p.pack == nil {
		return p.data, nil
	}
	return p.pack.read(p.part, mostPicture)
}

// KindOf tells what kind of office file the bytes are by what they hold; empty
// for anything else. An Error names an office file that cannot be read.
func KindOf(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return "", oldOffice(data)
	case isRtf(data):
		return Rtf, nil
	case !bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return "", nil
	case !hasEnd(data):
		if looksOffice(data[:min(len(data), 4096)]) {
			return "", errBroken
		}
		return "", nil
	}
	p, err := openPack(data)
	if err != nil {
		if looksOffice(data) {
			return "", err
		}
		return "", nil
	}
	return p.kind()
}

// looksOffice is true of a zip with the names that office files have.
func looksOffice(data []byte) bool {
	return bytes.Contains(data, []byte("word/")) || bytes.Contains(data, []byte("[Content_Types].xml")) ||
		bytes.Contains(data, []byte("application/vnd.oasis.opendocument"))
}

// oldOffice tells files of Microsoft's old container apart: it also wraps what
// is locked.
func oldOffice(data []byte) error {
	if bytes.Contains(data, wide("EncryptedPackage")) {
		return errProtected
	}
	if bytes.Contains(data, wide("WordDocument")) {
		return errOldWord
	}
	return errOther
}

// wide is a name as that container writes it.
func wide(name string) []byte {
	var b []byte
	for i := range len(name) {
		b = append(b, name[i], 0)
	}
	return b
}

// Read reads a file of a kind that KindOf told.
func Read(data []byte, kind string) (Text, error) { return ReadTaken(data, kind, Taken{}) }

// ReadTaken reads a file with other words of it than its writer would see.
func ReadTaken(data []byte, kind string, taken Taken) (Text, error) {
	if kind == Rtf {
		return readRtf(data, taken)
	}
	p, err := openPack(data)
	if err != nil {
		return Text{}, err
	}
	if kind == Odt {
		return readOdt(p, taken)
	}
	return readDocx(p, taken)
}

// told counts what is left out.
type told map[string]int

func (t told) counts() []Count {
	all := make([]Count, 0, len(t))
	for kind, n := range t {
		if n > 0 {
			all = append(all, Count{kind, n})
		}
	}
	slices.SortFunc(all, func(a, b Count) int { return cmp.Compare(a.Kind, b.Kind) })
	return all
}

// baseName is the last name of a path, as every system writes paths.
func baseName(path string) string {
	return path[strings.LastIndexAny(path, `/\`)+1:]
}
