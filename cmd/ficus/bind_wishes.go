package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"ficus/internal/book"
	"ficus/internal/locale"
)

// bindWishes is what else may be said of a book on the command line.
type bindWishes struct {
	Warning      []string `sep:"none" placeholder:"TAG" help:"Warning; again for each."`
	Relationship []string `sep:"none" placeholder:"TAG" help:"Relationship; again for each."`
	Character    []string `sep:"none" placeholder:"NAME" help:"Character; again for each."`
	Tag          []string `sep:"none" placeholder:"TAG" help:"Another tag; again for each."`
	Series       []string `sep:"none" placeholder:"NAME#N" help:"Series, and the place in it behind a #; again for each."`
	Published    string   `placeholder:"DATE" help:"When it was first posted, such as 2026-05-31."`
	Cover        string   `placeholder:"FILE" help:"A JPEG or PNG for the cover, instead of a drawn one."`
	CoverAlt     string   `placeholder:"WORDS" help:"What the picture of --cover shows, for who does not see it."`
	Works        bool     `help:"Each file is a work of its own, with its title page and its line in the contents (EPUB)."`
	Notes        string   `enum:"all,chapter,none" default:"all" help:"The notes that are kept: all, chapter (without those of the work) or none."`
	AsTyped      bool     `help:"Leave quotation marks, dashes and dots as they were typed."`
	Flowing      bool     `help:"In plain text, a paragraph is one line, not many of 72 columns."`
	Chapters     string   `placeholder:"NUMBERS" help:"Only these chapters, such as 3-7 or 1,4-6."`
	Skin         string   `placeholder:"FILE" help:"A stylesheet that adds to the book's own (EPUB and HTML)."`
	Translator   []string `sep:"none" placeholder:"NAME" help:"Who translated it; again for each."`
	Artist       []string `sep:"none" placeholder:"NAME" help:"Who illustrated it; again for each."`
	Beta         []string `sep:"none" placeholder:"NAME" help:"Who read and mended it before; again for each."`
	Rights       string   `help:"What the writer allows, in a sentence."`
	NoMining     bool     `help:"Say to programs that the text is not to be mined or used to train AI."`

	wished wishes
}

// wishes is what was made of them.
type wishes struct {
	published time.Time
	series    []book.Series
	chapters  []book.Run
	skin      string
	words     *locale.Catalogue
	cover     []byte
}

// check reads the wishes, and says which cannot be, before any manuscript is
// read.
func (c *bindCmd) check(format book.Format) error {
	if folder := filepath.Dir(c.Out); !isFolder(folder) {
		return fmt.Errorf("there is no folder %q to write the book to", folder)
	}
	if isFolder(c.Out) {
		return fmt.Errorf("%q is a folder; give -o the name of a file", c.Out)
	}
	if c.Works && format != book.EPUB {
		return errors.New("several works as one book can only be an EPUB; give -o a name that ends in .epub")
	}
	if c.CoverAlt != "" && c.Cover == "" {
		return errors.New("--cover-alt says what a picture shows; name the picture with --cover")
	}
	if c.Works && c.Cover != "" {
		return errors.New("the cover of several works is drawn; leave out --cover or --works")
	}
	return cmp.Or(c.checkSaid(), c.checkMore(format), c.refuseOther())
}

// checkSaid reads what is said of the book.
func (c *bindCmd) checkSaid() (err error) {
	if c.Published != "" {
		if c.wished.published, err = time.Parse(time.DateOnly, c.Published); err != nil {
			return fmt.Errorf("--published is %q; a date looks like 2026-05-31", c.Published)
		}
	}
	for _, typed := range c.Series {
		s, err := seriesOf(typed)
		if err != nil {
			return err
		}
		c.wished.series = append(c.wished.series, s)
	}
	if c.Cover != "" {
		c.wished.cover, err = readCover(c.Cover)
	}
	return err
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// seriesOf reads "The Harbour Nights#2".
func seriesOf(typed string) (book.Series, error) {
	name, place, numbered := strings.Cut(typed, "#")
	s := book.Series{Name: strings.TrimSpace(name)}
	if s.Name == "" {
		return s, fmt.Errorf("--series is %q; it needs a name, as in \"The Harbour Nights#2\"", typed)
	}
	if !numbered {
		return s, nil
	}
	n, err := strconv.Atoi(strings.TrimSpace(place))
	if err != nil || n < 1 {
		return s, fmt.Errorf("--series is %q; behind the # stands a number from 1, as in \"The Harbour Nights#2\"", typed)
	}
	s.Place = n
	return s, nil
}

// coverAddress is the cover's name among the pictures of the book; no text can
// name it.
const coverAddress = "cover\x00"

// dressed is the book with what the command line wishes.
func (c *bindCmd) dressed(b book.Book, shelf *pictures) book.Book {
	b = c.tagged(b)
	b.Published, b.Series, b.Pictures = c.wished.published, c.wished.series, shelf.fetch
	if c.wished.cover == nil {
		return b
	}
	b.Cover = book.Front{Picture: coverAddress, Words: c.CoverAlt}
	b.Pictures = func(src string) ([]byte, string, error) {
		if src == coverAddress {
			return c.wished.cover, "", nil
		}
		return shelf.fetch(src)
	}
	return b
}

// tagged sets the tags and wishes that hold for every work of a book.
func (c *bindCmd) tagged(b book.Book) book.Book {
	for _, one := range []struct {
		said []string
		to   *[]string
	}{{c.Warning, &b.Tags.Warnings}, {c.Relationship, &b.Tags.Relationships}, {c.Character, &b.Tags.Characters}, {c.Tag, &b.Tags.Freeforms}} {
		if len(one.said) > 0 {
			*one.to = one.said
		}
	}
	notes, _ := book.ParseNotes(c.Notes)
	b.Options = book.Options{Notes: notes, AsTyped: c.AsTyped, Flowing: c.Flowing, Numbers: c.wished.chapters}
	b.Skin, b.Rights, b.NoMining, b.Helpers = c.wished.skin, c.Rights, c.NoMining, c.helpers()
	return b
}

// readCover reads a picture for the cover and says at once when it cannot be
// one.
func readCover(name string) ([]byte, error) {
	in, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no file %q for the cover", name)
	}
	if err != nil {
		return nil, fmt.Errorf("the cover %q cannot be read: %w", name, err)
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, mostPictureBytes))
	if err != nil {
		return nil, fmt.Errorf("the cover %q cannot be read: %w", name, err)
	}
	made, err := madeAnew(data)
	if err != nil {
		return nil, fmt.Errorf("the cover %q cannot be used: %w", name, err)
	}
	return made, nil
}

// volume is a book in which each file is a work.
func (c *bindCmd) volume(texts []boundFile, warn io.Writer, shelf *pictures) book.Volume {
	v := book.Volume{Title: c.Title, Language: c.Language, Voice: c.wished.words.Speaking(c.Language, ""), Works: len(texts)}
	v.Work = func(i int) (book.Book, error) {
		own := *c // the title is the whole book's
		own.Title = ""
		b := own.tagged(own.assemble(texts[i:i+1], warn))
		b.Pictures = shelf.fetch
		for _, one := range c.wished.series {
			if one.Place == 0 {
				one.Place = i + 1
			}
			b.Series = append(b.Series, one)
		}
		return b, nil
	}
	switch {
	case v.Title != "":
	case len(c.wished.series) > 0:
		v.Title = c.wished.series[0].Name
	default:
		v.Title = titleOfFolder(texts[0].name)
		fmt.Fprintf(warn, "The book is named %q. Say --title to name it.\n", v.Title)
	}
	return v
}

// titleOfFolder names a book of several works after where they lie.
func titleOfFolder(file string) string {
	if at, err := filepath.Abs(file); err == nil {
		if name := filepath.Base(filepath.Dir(at)); name != "" && name != string(filepath.Separator) && name != "." {
			return strings.NewReplacer("_", " ", "-", " ").Replace(name)
		}
	}
	return "Several works"
}
