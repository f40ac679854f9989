package manuscript

import (
	"crypto/sha256"
	"errors"
	"slices"
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

	changed time.Time
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
	r := pileReader{options: o, left: pileBytes}
	r.files(files, 0)
	slices.SortStableFunc(r.items, func(a, b PileItem) int { return NaturalOrder(a.Name, b.Name) })
	findVersions(r.items)
	return Pile{Version: 1, Files: r.items}
}

// pileReader reads a pile file by file, and keeps none of them.
type pileReader struct {
	options Options
	left    int64
	items   []PileItem
}

func (r *pileReader) files(files []PileFile, depth int) {
	for _, f := range files {
		item := r.file(f, depth)
		if item.inner != nil {
			r.files(item.inner, depth+1)
			continue
		}
		r.items = append(r.items, item)
	}
}

// file reads one file.
func (r *pileReader) file(f PileFile, depth int) PileItem {
	item := PileItem{Name: f.Name, Verdict: PileSkipped, changed: f.Changed}
	if len(r.items) >= pileFiles || f.Size > r.left {
		return item.skipped(errPileFull)
	}
	if wrong := junk(f.Name); wrong != nil {
		return item.skipped(wrong)
	}
	data, err := f.Open()
	if err != nil {
		return item.skipped(err)
	}
	r.left -= int64(len(data))
	if isZip(data) {
		inner, err := zipFiles(f.Name, data, depth)
		if err != nil {
			return item.skipped(err)
		}
		if len(inner) == 0 {
			return item.skipped(errEmpty)
		}
		item.inner = inner
		return item
	}
	return r.text(item, data)
}

// text reads a file that is one manuscript.
func (r *pileReader) text(item PileItem, data []byte) PileItem {
	o := r.options
	o.Name = item.Name
	reading, err := Read(data, o)
	if err != nil {
		return item.skipped(err)
	}
	item.Verdict, item.Kind, item.sum = PileChapter, reading.Source.Kind, sha256.Sum256(data)
	item.Title, item.Author = reading.Works[0].Title, reading.Works[0].Author
	for _, w := range reading.Works {
		for _, c := range w.Chapters {
			item.Chapters = append(item.Chapters, c.Title)
			item.Words += c.Body.Words()
		}
	}
	if item.Words == 0 {
		return item.skipped(errNoStory)
	}
	item.sketch = sketchOf(reading.Works)
	return item
}

// skipped says why a file is none.
func (i PileItem) skipped(err error) PileItem {
	var wrong *Error
	if !errors.As(err, &wrong) {
		wrong = errUnread
	}
	i.Verdict, i.Rule, i.Sentence, i.Chapters = PileSkipped, wrong.Rule, wrong.Sentence, nil
	return i
}

var (
	errPileFull = &Error{"pile.full", "The pile holds more than 5,000 files or 200 MB; bring the rest as a pile of its own."}
	errNoStory  = &Error{"pile.no_story", "The file holds no story, only what stands around one."}
	errUnread   = &Error{"pile.unread", "The file cannot be opened; look whether it is still there and whole."}
)
