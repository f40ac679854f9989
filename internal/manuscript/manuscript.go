// Package manuscript reads any text a writer has into stories of Documents. It
// guesses which lines are title, notes, disclaimer, chapter heads and scene
// marks, tells every guess with its rule and its certainty, and lets each be
// undone. It is pure: no files, no network, no clock.
package manuscript

import (
	"slices"

	"ficus/internal/manuscript/epub"
	"ficus/internal/prose"
)

// Options say how a manuscript is to be read. The zero Options read pasted
// text by evidence.
type Options struct {
	Name    string   // the file's name, for its kind; empty for pasted text
	Kind    string   // "txt", "md" or "html"; empty: by name, then by evidence. What a word processor saved is known by its bytes
	Choices []Choice // what the writer has chosen before, applied in order
	NoGuess bool     // set nothing apart: every block is story
	Habits  []Habit  // what is known of the writer; not heeded with NoGuess
	Limits  Limits
}

// Limits bound what Read accepts. A zero field means its default.
type Limits struct {
	Bytes int // size of the file; default 50 MB
}

// defaultBytes is the largest file read when Limits say nothing.
const defaultBytes = 50 << 20

func (l Limits) bytes() int {
	if l.Bytes > 0 {
		return l.Bytes
	}
	return defaultBytes
}

// readerVersion is stored beside every source text. It goes up when the same
// bytes may give other spans, so that old choices are known to be old.
const readerVersion = 3

// Reading is what was understood of one manuscript. Its JSON is the contract
// of FORMATS.md.
type Reading struct {
	Version    int       `json:"version"`
	Source     Source    `json:"source"`
	Works      []Work    `json:"works"`
	Parts      []Part    `json:"parts"` // sorted spans that cover SourceText but for white space
	Dropped    []Dropped `json:"dropped"`
	SourceText string    `json:"-"`                // UTF-8, LF; all offsets are bytes of it
	Pictures   []Picture `json:"-"`                // those the stories show
	Habits     []Habit   `json:"habits,omitempty"` // what was known of the writer
	Recalled   []Habit   `json:"-"`                // legends of other texts of the writer by which marks of this one were read
	Lessons    []Lesson  `json:"-"`                // what is learnt of the writer if they accept this
}

// Source says what the manuscript was before it was read.
type Source struct {
	Kind     string `json:"kind"`     // "txt", "md", "html", "docx" or "odt"
	Encoding string `json:"encoding"` // "utf-8", "utf-16le", "utf-16be", "windows-1252", "macintosh" or as declared
	SHA256   string `json:"sha256"`   // of the bytes as they came, in hex
	Bytes    int    `json:"bytes"`
}

// Work is one story of a manuscript.
type Work struct {
	Title    string            `json:"title"`
	Author   string            `json:"author"`
	Fields   map[string]string `json:"fields"` // front matter by name: rating, fandom, pairing, summary…
	Chapters []Chapter         `json:"chapters"`
}

// Chapter is one chapter of a work: the story in Body, and around it what the
// writer said about it.
type Chapter struct {
	Title       string // without its number
	Number      int    // the writer's own; 0 when there is none
	Disclaimer  prose.Document
	OpeningNote prose.Document
	ClosingNote prose.Document
	Dedication  string // the name alone; its sentence stays in the note
	Body        prose.Document
}

// Dropped counts what a reader left out by kind. It never counts words.
type Dropped struct {
	Kind  string `json:"kind"`
	Count int    `json:"count"`
}

// Read turns the bytes of a manuscript into stories. Its errors are of type
// *Error and say in one sentence what is wrong with the file.
func Read(data []byte, o Options) (Reading, error) {
	if err := checkSize(data, o.Limits); err != nil {
		return Reading{}, err
	}
	defer sparing(data)()
	go makeReady()
	sum := make(chan string, 1)
	go func() { sum <- checksum(data) }()
	src, err := readSource(data, o)
	switch {
	case err != nil:
		return Reading{}, err
	case len(src.paras) > mostParas:
		return Reading{}, errTooLong
	}
	r := understand(src, o)
	r.Source.Bytes, r.Source.SHA256 = len(data), <-sum
	return r, nil
}

// readSource reads the file by the kind that it is.
func readSource(data []byte, o Options) (source, error) {
	if epub.IsBook(data) {
		return readBook(data, takenBy(o.Choices).Hidden)
	}
	if src, ok, err := readOffice(data, takenBy(o.Choices)); ok || err != nil {
		return src, err
	}
	return readLetters(data, o)
}

// readLetters reads a file that is text: a mail is opened first.
func readLetters(data []byte, o Options) (source, error) {
	m, isMail := mailed{}, false
	if o.Kind == "" || o.Kind == "txt" {
		m, isMail = openMail(data)
	}
	if !isMail {
		m.body = data
	}
	d, err := decode(m.body)
	if err != nil {
		return source{}, err
	}
	kind, text := m.kind, d.text
	m.body, d.text = nil, "" // what is as large as the file is held no longer than it must
	switch {
	case !isMail:
		kind = kindOf(o, text)
	case kind == "txt":
		if m.flowed {
			text = unflow(text)
		}
		text = m.head + "\n\n" + text
	}
	src, err := readKind(text, kind, takenBy(o.Choices).Hidden)
	if err != nil {
		return source{}, err
	}
	if isMail && kind == "html" {
		src = withHead(m.head, src)
	}
	src.mailed = isMail
	src.encoding, src.dropped = d.encoding, append(d.dropped, src.dropped...)
	if m.others > 0 {
		src.dropped = append(src.dropped, Dropped{"attachment", m.others})
	}
	return src, nil
}

// understand guesses, applies the writer's choices and puts the stories together.
func understand(src source, o Options) Reading {
	if o.NoGuess {
		o.Habits = nil
	}
	o.Habits = o.Habits[:min(len(o.Habits), MostHabits)]
	r := newRecogniser(src, o.Habits)
	r.recognise(o.NoGuess)
	r.heed()
	before := slices.Clone(r.guess)
	r.choose(o.Choices)
	lessons := r.lessons(before)
	r.markBorders()
	works, parts := r.assemble()
	return Reading{
		Version: readerVersion,
		Source: Source{
			Kind:     src.kind,
			Encoding: src.encoding,
		},
		Works:      works,
		Parts:      parts,
		Dropped:    sumDropped(src.dropped),
		SourceText: src.text,
		Pictures:   src.pictures,
		Habits:     o.Habits,
		Recalled:   r.legend.recalled,
		Lessons:    lessons,
	}
}
