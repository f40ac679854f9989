package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"

	"ficus/internal/book"
	"ficus/internal/locale"
	"ficus/internal/manuscript"
	"ficus/internal/media"
)

// bindCmd makes a book of manuscripts, with no server.
type bindCmd struct {
	Files    []string `arg:"" name:"file" help:"The manuscripts (Word, OpenDocument, RTF, EPUB, plain text, Markdown or HTML), in the order of their chapters."`
	Out      string   `short:"o" required:"" placeholder:"FILE" help:"The book to write: its name ends in .epub, .html, .md or .txt."`
	Force    bool     `help:"Replace a file of that name."`
	Title    string   `help:"Title of the book, when the manuscript does not say it or says it wrong."`
	Author   []string `sep:"none" placeholder:"NAME" help:"Who wrote it; again for each co-writer."`
	Language string   `placeholder:"CODE" help:"Language of the text, such as en or pt-BR."`
	Fandom   []string `sep:"none" placeholder:"NAME" help:"Fandom; again for each."`
	Rating   string   `help:"Rating, such as Teen."`
	Summary  string   `help:"Summary for the title page."`
	Complete bool     `help:"Say that the story is complete."`

	bindWishes
}

// Run reads every manuscript, tells on standard error what a careful writer
// would look at, and writes the book: the whole of it or nothing.
func (c *bindCmd) Run(s *streams) error {
	format, err := bindingOf(c.Out)
	if err == nil {
		err = c.check(format)
	}
	if err != nil {
		return err
	}
	defer unhurried(c.Files)()
	words, err := locale.Open()
	if err != nil {
		return &brokeError{err}
	}
	c.wished.words = words
	go words.Printer() // what most books speak is read beside the manuscripts
	if format == book.EPUB {
		go book.Prepare()
	}
	texts, err := c.readAll(s)
	if err != nil {
		return err
	}
	for _, text := range texts {
		text.tellDoubts(s.Err)
	}
	shelf := openPictures(c.Files)
	defer shelf.close()
	for _, text := range texts {
		shelf.inside = append(shelf.inside, text.inside...)
	}
	err = c.write(s, texts, shelf, format)
	for _, lacking := range shelf.lacking {
		fmt.Fprintln(s.Err, lacking)
	}
	if err == nil && c.Language == "" && !slices.ContainsFunc(texts, boundFile.saysLanguage) {
		fmt.Fprintln(s.Err, "The language is not known: quotation marks stay as they were typed, and e-readers do not hyphenate. Say --language, such as en.")
	}
	return err
}

// write binds what was read.
func (c *bindCmd) write(s *streams, texts []boundFile, shelf *pictures, format book.Format) error {
	told, end := progress(s, "Binding", progressbar.OptionShowCount())
	defer end()
	if c.Works {
		v := toldOfVolume(c.volume(texts, s.Err, shelf), told)
		return writeWhole(c.Out, c.Force, func(w io.Writer) error { return book.WriteVolume(w, v) })
	}
	b := toldOf(c.dressed(c.assemble(texts, s.Err), shelf), told)
	err := writeWhole(c.Out, c.Force, func(w io.Writer) error { return book.Write(w, b, format) })
	if errors.Is(err, book.ErrNoneChosen) {
		return fmt.Errorf("--chapters is %q, and the story has no such chapter; its chapters are %s", c.Chapters, numbersOf(b))
	}
	return err
}

// readAll reads the manuscripts, with a bar where somebody looks on.
func (c *bindCmd) readAll(s *streams) ([]boundFile, error) {
	var whole, done int64
	for _, name := range c.Files {
		if info, err := os.Stat(name); err == nil {
			whole += info.Size()
		}
	}
	told, end := progress(s, "Reading", progressbar.OptionShowBytes(true))
	defer end()
	var texts []boundFile
	for _, name := range c.Files {
		text, err := c.read(name)
		if err != nil {
			return nil, err
		}
		texts = append(texts, text)
		if done += text.size; told != nil {
			told(done, whole)
		}
	}
	return texts, nil
}

// bindingOf reads the format from the end of a file's name.
func bindingOf(name string) (book.Format, error) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".epub":
		return book.EPUB, nil
	case ".html", ".htm":
		return book.HTML, nil
	case ".md", ".markdown":
		return book.Markdown, nil
	case ".txt":
		return book.Text, nil
	}
	return "", fmt.Errorf("%q does not say what to make; give -o a name that ends in .epub, .html, .md or .txt", name)
}

// boundFile is one manuscript as it was understood.
type boundFile struct {
	name    string
	changed time.Time
	size    int64
	reading manuscript.Reading
	inside  []insidePicture
}

func (t boundFile) saysLanguage() bool {
	return slices.ContainsFunc(t.reading.Works, func(w manuscript.Work) bool { return w.Fields["language"] != "" })
}

// read reads one manuscript.
func (c *bindCmd) read(name string) (boundFile, error) {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return boundFile{}, fmt.Errorf("there is no file %q", name)
	case err != nil:
		return boundFile{}, fmt.Errorf("%q cannot be read: %w", name, err)
	case info.IsDir():
		return boundFile{}, fmt.Errorf("%q is a folder; name the manuscripts in it", name)
	}
	if out, err := os.Stat(c.Out); err == nil && os.SameFile(info, out) {
		return boundFile{}, fmt.Errorf("the book would replace the manuscript %q; give -o another name", name)
	}
	data, err := readManuscript(name)
	if err != nil {
		return boundFile{}, fmt.Errorf("%q cannot be read: %w", name, err)
	}
	reading, err := manuscript.Read(data, manuscript.Options{Name: filepath.Base(name)})
	if err != nil {
		return boundFile{}, fmt.Errorf("%s: %w", name, err)
	}
	text := boundFile{name: name, changed: info.ModTime(), size: info.Size(), reading: reading}
	text.nameInside()
	return text, nil
}

// mostBytes is one more than manuscript reads, so that it is the one to refuse.
const mostBytes = 50<<20 + 1

// readManuscript reads a file as far as a manuscript may go.
func readManuscript(name string) ([]byte, error) {
	in, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var data bytes.Buffer
	if info, err := in.Stat(); err == nil {
		data.Grow(int(min(info.Size(), mostBytes)) + bytes.MinRead)
	}
	_, err = data.ReadFrom(io.LimitReader(in, mostBytes))
	return data.Bytes(), err
}

// tellDoubts tells what was set apart on thin evidence and what formatting was
// left out.
func (t boundFile) tellDoubts(to io.Writer) {
	for _, p := range t.reading.Guesses() {
		if p.Certainty() != "look" {
			continue
		}
		line := 1 + strings.Count(t.reading.SourceText[:p.Start], "\n")
		fmt.Fprintf(to, "%s, line %d: %s: %s\n", t.name, line, guessInWords(p), opening(t.reading.Text(p)))
	}
	for _, d := range t.reading.Dropped {
		fmt.Fprintf(to, "%s: formatting left out: %s (%d)\n", t.name, strings.ReplaceAll(d.Kind, "-", " "), d.Count)
	}
}

// guessInWords says what a part was taken for.
func guessInWords(p manuscript.Part) string {
	words := strings.NewReplacer("_", " ", ".", " ")
	switch {
	case p.Offer != "":
		return "left in the story, but may be " + words.Replace(p.Offer)
	case p.What == manuscript.InStory:
		return "set by its look (" + words.Replace(p.Rule) + ")"
	}
	return "taken for " + words.Replace(p.What)
}

// opening is how a passage begins.
func opening(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > 60 {
		return string(runes[:59]) + "…"
	}
	return s
}

// pictures are the folders the manuscripts lie in; nothing outside them, and
// nothing on the network, is read.
type pictures struct {
	folders []*os.Root
	lacking []string        // what is not in the book, and why
	inside  []insidePicture // those that lie in the manuscripts themselves
}

func openPictures(files []string) *pictures {
	p := &pictures{}
	seen := map[string]bool{}
	for _, name := range files {
		folder := filepath.Dir(name)
		if seen[folder] {
			continue
		}
		seen[folder] = true
		if root, err := os.OpenRoot(folder); err == nil {
			p.folders = append(p.folders, root)
		}
	}
	return p
}

// mostPictureBytes is the largest picture that is bound.
const mostPictureBytes = 20 << 20

// fetch gives a picture of the manuscripts, made anew: without what its camera
// noted, and whole or not at all.
func (p *pictures) fetch(src string) ([]byte, string, error) {
	data, err := p.find(src)
	if err == nil {
		return data, "", nil
	}
	if why := fmt.Sprintf("The picture %.200s is not in the book: %v.", src, err); !slices.Contains(p.lacking, why) {
		p.lacking = append(p.lacking, why)
	}
	return nil, "", err
}

// find finds a picture in the manuscripts or beside them.
func (p *pictures) find(src string) ([]byte, error) {
	for _, picture := range p.inside {
		if picture.src == src {
			data, err := picture.from.Data()
			if err != nil {
				return nil, errNoPicture
			}
			return madeAnew(data)
		}
	}
	u, err := url.Parse(src)
	if err == nil && (u.Scheme != "" || u.Host != "") {
		return nil, errors.New("nothing is fetched from elsewhere")
	}
	for _, folder := range p.folders {
		if err != nil {
			break
		}
		in, err := folder.Open(filepath.FromSlash(u.Path))
		if err != nil {
			continue
		}
		data, err := io.ReadAll(io.LimitReader(in, mostPictureBytes))
		in.Close()
		if err == nil {
			return madeAnew(data)
		}
	}
	return nil, errors.New("it is not beside the manuscript")
}

var errNoPicture = errors.New("it is no JPEG, PNG, GIF or WebP of at most 10 MB and 40 million pixels, or breaks off")

// madeAnew is a picture without what its camera noted.
func madeAnew(data []byte) ([]byte, error) {
	made, err := media.ReEncode(data)
	if err != nil {
		return nil, errNoPicture
	}
	return made.Data, nil
}

func (p *pictures) close() {
	for _, folder := range p.folders {
		folder.Close()
	}
}
