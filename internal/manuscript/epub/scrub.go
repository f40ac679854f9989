package epub

import (
	"archive/zip"
	"bytes"
	"path"
	"slices"
	"strings"

	"ficus/internal/manuscript/office"
	"ficus/internal/pattern"
)

// calibreNotes are what calibre writes into the list of a book about its owner's
// library.
var calibreNotes = pattern.New(`(?i)<meta\b[^>]*\b(?:name|property)="calibre:(?:user_|annot|author_link|bookmark)[^>]*?/?>`)

// Scrub makes the book anew with its pages, lists and pictures, and without
// what a shop, an app or a camera wrote of whoever had it: accounts, bookmarks,
// fonts, scripts and everything else that no page shows.
func Scrub(data []byte, remake office.Remake) ([]byte, []office.Count, error) {
	pack, err := office.OpenPack(data)
	if err != nil {
		return nil, nil, err
	}
	s := bookScrubber{pack: pack, remake: remake, removed: map[string]int{}}
	z := zip.NewWriter(&s.out)
	s.zip = z
	if err := s.add("mimetype", []byte("application/epub+zip"), zip.Store); err != nil {
		return nil, nil, err
	}
	for _, name := range pack.Names() {
		if err := s.file(name); err != nil {
			return nil, nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, nil, err
	}
	var told []office.Count
	for kind, n := range s.removed {
		told = append(told, office.Count{Kind: kind, Count: n})
	}
	slices.SortFunc(told, func(a, b office.Count) int { return strings.Compare(a.Kind, b.Kind) })
	return s.out.Bytes(), told, nil
}

type bookScrubber struct {
	pack    office.Pack
	remake  office.Remake
	removed map[string]int
	out     bytes.Buffer
	zip     *zip.Writer
}

func (s *bookScrubber) add(name string, data []byte, method uint16) error {
	w, err := s.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method})
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// file copies one file of the book, if a page or a list needs it.
func (s *bookScrubber) file(name string) error {
	low := strings.ToLower(name)
	switch path.Ext(low) {
	case ".xhtml", ".html", ".htm", ".css", ".ncx", ".opf":
	case ".xml":
		if low != "meta-inf/container.xml" && low != "meta-inf/encryption.xml" && strings.HasPrefix(low, "meta-inf/") {
			s.removed["custom-data"]++
			return nil
		}
	case ".jpg", ".jpeg", ".png", ".gif", ".webp":
		return s.picture(name)
	default:
		if low != "mimetype" {
			s.removed[leftBehind(low)]++
		}
		return nil
	}
	data, err := s.pack.Read(name)
	if err != nil {
		return err
	}
	if strings.HasSuffix(low, ".opf") {
		s.removed["custom-data"] += len(calibreNotes.FindAllIndex(data, -1))
		data = calibreNotes.ReplaceAll(data, nil)
	}
	if s.removed["custom-data"] == 0 {
		delete(s.removed, "custom-data")
	}
	return s.add(name, data, zip.Deflate)
}

func leftBehind(name string) string {
	switch path.Ext(name) {
	case ".ttf", ".otf", ".woff", ".woff2":
		return "font-face"
	case ".js":
		return "script"
	case ".plist", ".txt":
		return "custom-data"
	}
	return "embedded"
}

func (s *bookScrubber) picture(name string) error {
	data, err := s.pack.Picture(name, name).Data()
	if err != nil {
		s.removed["picture"]++
		return nil
	}
	made, _, err := s.remake(data)
	if err != nil {
		s.removed["picture"]++
		return nil
	}
	s.removed["picture-data"]++
	return s.add(name, made, zip.Store)
}
