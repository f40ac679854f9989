package book

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// told is what the list beside the corpus says of one book, for the programs
// that read it back.
type told struct {
	File, Title, Published, Series string
	Creators, Tags                 []string
	Place                          float64
	Contents, Texts                int // lines of the contents, files in the reading order
}

// TestCorpusIsBound binds works of the corpus twice and looks at them: a ninth,
// or with FICUS_BOOKS=folder all, which are then left there with a list of
// them, for scripts/books.
func TestCorpusIsBound(t *testing.T) {
	all, list := corpus(t), []told{}
	if len(all) < 200 {
		t.Errorf("the corpus has %d works", len(all))
	}
	folder := os.Getenv("FICUS_BOOKS")
	for i, s := range all {
		if folder == "" && i%9 != 0 && !slices.Contains(sample, s.name) {
			continue // make test-books binds them all
		}
		t.Run(s.name, func(t *testing.T) {
			data := bind(t, s.book, EPUB)
			o := open(t, data)
			checkBook(t, o)
			checkTypography(t, o)
			if !bytes.Equal(data, bind(t, s.book, EPUB)) {
				t.Error("bound again it differs")
			}
			if len(s.book.Chapters) < 100 {
				for _, f := range []Format{HTML, Markdown, Text} {
					bind(t, s.book, f)
				}
			}
			if folder == "" {
				return
			}
			list = append(list, s.told(t, o))
			if err := os.WriteFile(filepath.Join(folder, s.name+".epub"), data, 0o600); err != nil {
				t.Fatal(err)
			}
		})
	}
	bindsVolumes(t, all, func(s volumeSpecimen, data []byte, o opened) {
		if folder == "" {
			return
		}
		l := s.told(t, o)
		list = append(list, l)
		if err := os.WriteFile(filepath.Join(folder, l.File), data, 0o600); err != nil {
			t.Fatal(err)
		}
	})
	if folder == "" {
		return
	}
	written, err := json.MarshalIndent(list, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "books.json"), written, 0o600); err != nil {
		t.Fatal(err)
	}
}

func (s specimen) told(t *testing.T, o opened) told {
	t.Helper()
	l := told{File: s.name + ".epub"}
	l.Title, l.Creators = s.labelOf()
	l.Series, l.Place = s.firstSeries()
	for _, subject := range o.parse(t, "package.opf").all("subject") {
		l.Tags = append(l.Tags, subject.Words)
	}
	if !s.book.Published.IsZero() {
		l.Published = s.book.Published.UTC().Format("2006-01-02")
	}
	l.Contents = o.contentsOf(t)
	l.Texts = len(o.parse(t, "package.opf").all("itemref"))
	return l
}

var (
	styled    = regexp.MustCompile(` style="`)
	paragraph = regexp.MustCompile(`<p[^>]*>\s*</p>`)
)

// checkTypography holds what no page of a book may have (E14).
func checkTypography(t *testing.T, o opened) {
	t.Helper()
	for name, content := range o.files {
		if !strings.HasSuffix(name, ".xhtml") {
			continue
		}
		if styled.MatchString(content) {
			t.Errorf("%s has a style in its text", name)
		}
		if strings.Contains(content, "\u00ad") {
			t.Errorf("%s has soft hyphens", name)
		}
		if paragraph.MatchString(content) {
			t.Errorf("%s has an empty paragraph: %s", name, paragraph.FindString(content))
		}
	}
}

// sample are works of the corpus that the real checkers see in every run.
var sample = []string{"ar-shelved", "ja-every-block", "th-notes-in-text", "en-skin", "hard-everything", "title-05"}

var sampleVolumes = []string{"series", "every-tongue"}

// TestSampleOfBooksPassesBothCheckers gives some books to
// Debian's epubcheck and to the npm one; make test-books gives them all.
func TestSampleOfBooksPassesBothCheckers(t *testing.T) {
	folder, found := t.TempDir(), 0
	for _, s := range corpus(t) {
		if !slices.Contains(sample, s.name) {
			continue
		}
		found++
		if err := os.WriteFile(filepath.Join(folder, s.name+".epub"), bind(t, s.book, EPUB), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if found != len(sample) {
		t.Errorf("of %d books of the sample %d are in the corpus", len(sample), found)
	}
	for _, s := range corpusVolumes(t, corpus(t)) {
		if !slices.Contains(sampleVolumes, s.name) {
			continue
		}
		var out bytes.Buffer
		if err := WriteVolume(&out, s.bound()); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "volume-"+s.name+".epub"), out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, check := range []string{"epubcheck-debian", "epubcheck-npm"} {
		if out, err := exec.Command("../../scripts/books/"+check, folder).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", check, err, out)
		}
	}
}
