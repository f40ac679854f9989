package manuscript

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"
)

// What becomes of a file of a pile.
const (
	PileChapter = "chapter" // it holds story: one chapter, or more
	PileVersion = "version" // it holds what another file holds, newer or the same
	PileSkipped = "skipped" // it holds none, or cannot be read
)

// PileFile is one file of a pile: from a folder, an upload or a zip.
type PileFile struct {
	Name    string // with its folders, slashes between them
	Size    int64
	Changed time.Time // zero when nobody knows
	Open    func() ([]byte, error)
}

// Pile is what was understood of many files, each named once, in the order of
// their chapters.
type Pile struct {
	Version int        `json:"version"`
	Works   []PileWork `json:"works"`
	Files   []PileItem `json:"files"`
}

// PileItem is one file of a pile and what becomes of it.
type PileItem struct {
	Name     string   `json:"name"`
	Verdict  string   `json:"verdict"`
	Of       string   `json:"of,omitempty"`       // of a version: the file that stands for it
	Rule     string   `json:"rule,omitempty"`     // why a file was skipped
	Sentence string   `json:"sentence,omitempty"` // the same in plain English
	Kind     string   `json:"kind,omitempty"`
	Title    string   `json:"title,omitempty"`
	Author   string   `json:"author,omitempty"`
	Chapters []string `json:"chapters,omitempty"` // their titles, empty for those without one
	Words    int      `json:"words,omitempty"`
	Work     int      `json:"work,omitempty"`    // which of the pile's works it belongs to, from 1; 0: none
	Stories  []string `json:"stories,omitempty"` // titles of several stories in it: the first is Work, each a work of its own

	changed time.Time
	titled  bool // the file itself says what the work is called
	whole   bool // a book, or several chapters, with a title of their own
	sketch  sketch
	sum     [sha256.Size]byte
	inner   []PileFile // of a zip
}

// What one pile may hold: the numbers of PRODUCT.md for zips.
const (
	pileFiles = 5000
	pileBytes = 200 << 20
)

// ReadPile reads files of any kind, one after the other. Zips are opened, and
// zips in them once more. No file goes without a word.
func ReadPile(files []PileFile, o Options) Pile {
	pile, _ := TakePile(files, PileTaker{Options: o}) // nothing of its own to fail
	return pile
}

// PileTaker takes what a pile holds out of it, one file after the other. The
// zero PileTaker only looks.
type PileTaker struct {
	Options
	Files int   // how many are read at most; the others are skipped; default 5,000
	Bytes int64 // of all that are read, unpacked; default 200 MB

	// Read reads one file that may be a manuscript, and gives it as it is to be
	// kept; nil reads it as it is. An error that is no *Error ends everything.
	Read func(name string, data []byte) (kept []byte, reading Reading, err error)
	// Keep is told of each file that holds story; nil forgets it.
	Keep func(item PileItem, kept []byte, reading Reading) error
}

// TakePile reads a pile as ReadPile does, and gives each file to a taker.
func TakePile(files []PileFile, t PileTaker) (Pile, error) {
	r := pileReader{taker: t, left: pileBytes, most: pileFiles, names: map[string]bool{}}
	if t.Files > 0 {
		r.most = min(t.Files, pileFiles)
	}
	if t.Bytes > 0 {
		r.left = min(t.Bytes, pileBytes)
	}
	if err := r.files(files, 0); err != nil {
		return Pile{}, err
	}
	slices.SortStableFunc(r.items, func(a, b PileItem) int { return NaturalOrder(a.Name, b.Name) })
	findVersions(r.items)
	return Pile{Version: 1, Works: findWorks(r.items), Files: r.items}, nil
}

// pileReader reads a pile file by file, and keeps none of them.
type pileReader struct {
	taker PileTaker
	left  int64 // bytes
	most  int   // files
	items []PileItem
	names map[string]bool
}

func (r *pileReader) files(files []PileFile, depth int) error {
	for _, f := range files {
		f.Name = r.unused(f.Name)
		item, err := r.file(f, depth)
		if err != nil {
			return err
		}
		if item.inner == nil {
			r.items = append(r.items, item)
			continue
		}
		delete(r.names, f.Name) // only what is in a zip is a file
		if err := r.files(item.inner, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// unused is a name that no other file of the pile has: the second of one name
// is told by a number.
func (r *pileReader) unused(name string) string {
	name = strings.ToValidUTF8(name, "\uFFFD")
	end := path.Ext(name)
	stem := strings.TrimSuffix(name, end)
	for n := 2; r.names[name]; n++ {
		name = fmt.Sprintf("%s (%d)%s", stem, n, end)
	}
	r.names[name] = true
	return name
}

// file reads one file. Its error is the taker's; what is wrong with the file
// itself is said of it.
func (r *pileReader) file(f PileFile, depth int) (PileItem, error) {
	item := PileItem{Name: f.Name, Verdict: PileSkipped, changed: f.Changed}
	if len(r.items) >= r.most || f.Size > r.left {
		return item.skipped(errPileFull), nil
	}
	if wrong := junk(f.Name); wrong != nil {
		return item.skipped(wrong), nil
	}
	data, err := f.Open()
	if err != nil {
		return item.skipped(err), nil
	}
	r.left -= int64(len(data))
	if IsPile(data) {
		inner, err := zipFiles(f.Name, data, depth)
		if err != nil {
			return item.skipped(err), nil
		}
		if len(inner) == 0 {
			return item.skipped(errEmpty), nil
		}
		item.inner = inner
		return item, nil
	}
	return r.text(item, data)
}

// text reads a file that is one manuscript.
func (r *pileReader) text(item PileItem, data []byte) (PileItem, error) {
	sum := sha256.Sum256(data)
	kept, reading, err := r.read(item.Name, data)
	if err != nil {
		var wrong *Error
		if !errors.As(err, &wrong) {
			return item, fmt.Errorf("read %q: %w", item.Name, err)
		}
		return item.skipped(wrong), nil
	}
	item.Verdict, item.Kind, item.sum = PileChapter, reading.Source.Kind, sum
	item.Title, item.Author = reading.Works[0].Title, reading.Works[0].Author
	item.titled = slices.ContainsFunc(reading.Parts, func(p Part) bool { return p.What == Title && (p.Rule == "title.label" || p.Rule == "book.part") })
	item.whole = item.Title != "" && (item.Kind == "epub" || len(reading.Works[0].Chapters) > 1)
	for _, w := range reading.Works {
		for _, c := range w.Chapters {
			item.Chapters = append(item.Chapters, c.Title)
			item.Words += c.Body.Words()
		}
		if len(reading.Works) > 1 {
			item.Stories = append(item.Stories, w.Title)
		}
	}
	if item.Words == 0 {
		return item.skipped(errNoStory), nil
	}
	item.sketch = sketchOf(reading.Works)
	if r.taker.Keep != nil {
		err = r.taker.Keep(item, kept, reading)
	}
	return item, err
}

func (r *pileReader) read(name string, data []byte) ([]byte, Reading, error) {
	if r.taker.Read != nil {
		return r.taker.Read(name, data)
	}
	o := r.taker.Options
	o.Name = name
	reading, err := Read(data, o)
	return data, reading, err
}

// skipped says why a file is none.
func (i PileItem) skipped(err error) PileItem {
	var wrong *Error
	if !errors.As(err, &wrong) {
		wrong = errUnread
	}
	i.Verdict, i.Rule, i.Sentence, i.Chapters, i.Stories = PileSkipped, wrong.Rule, wrong.Sentence, nil, nil
	return i
}

var (
	errPileFull = &Error{"pile.full", "The pile was full before this file; bring it with the next one."}
	errNoStory  = &Error{"pile.no_story", "The file holds no story, only what stands around one."}
	errUnread   = &Error{"pile.unread", "The file cannot be opened; look whether it is still there and whole."}
)
