package book_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ficus/internal/book"
	"ficus/internal/prose"
)

// three are three works by two writers, the second in two series.
func three() []book.Book {
	day := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	one := func(id int64, title string, by []string, chapters ...string) book.Book {
		b := book.Book{Title: title, Voice: book.Speaking("en"), Creators: by, Language: "en", Published: day, Revised: day.Add(time.Duration(id) * time.Hour), Planned: len(chapters), Complete: true}
		b.Identity = book.Identity{WorkID: id, Origin: "https://example.org", Address: "https://example.org/works/" + title, Site: "Ficus"}
		b.Tags.Fandoms = []string{"Harbour Lights"}
		for i, text := range chapters {
			b.Chapters = append(b.Chapters, book.Chapter{ID: id*100 + int64(i), Posted: day, Body: prose.ReadStored("<p>" + text + "</p>")})
		}
		return b
	}
	works := []book.Book{
		one(7, "Salt", []string{"Mara"}, "One lamp.", "Two lamps."), one(9, "Iron & <Rain>", []string{"Mara", "Pell"}, "Three lamps."), one(8, "Tide", []string{"Pell"}, "Four lamps.", "Five."),
	}
	works[1].Series = []book.Series{{Name: "Lamps", Place: 2}, {Name: "Metals", Place: 1}}
	return works
}

func volumeOf(works []book.Book) book.Volume {
	return book.Volume{Title: "Lamps", Voice: book.Speaking("en"), Identity: book.Identity{Origin: "https://example.org", Site: "Ficus"}, Works: len(works), Work: func(i int) (book.Book, error) { return works[i], nil }}
}

func bindVolume(t *testing.T, v book.Volume) (data []byte, files map[string]string) {
	t.Helper()
	var out bytes.Buffer
	if err := book.WriteVolume(&out, v); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	files = map[string]string{}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		files[strings.TrimPrefix(f.Name, "EPUB/")] = string(text)
	}
	return out.Bytes(), files
}

func TestAVolumeHasAPartForEachWorkInItsOrder(t *testing.T) {
	data, files := bindVolume(t, volumeOf(three()))
	order := []string{`href="w-7.xhtml">Salt<`, `c-700.xhtml`, `c-701.xhtml`, `w-7-end.xhtml`, `href="w-9.xhtml">Iron &amp; &lt;Rain&gt;<`, `c-900.xhtml`, `href="w-8.xhtml">Tide<`, `c-800.xhtml`, `c-801.xhtml`}
	at := 0
	for _, part := range order {
		found := strings.Index(files["nav.xhtml"][at:], part)
		if found < 0 {
			t.Fatalf("the contents lack %s in its place:\n%s", part, files["nav.xhtml"])
		}
		at += found
	}
	for name, want := range map[string][]string{
		"package.opf": {"<dc:creator id=\"creator-1\">Mara<", "<dc:creator id=\"creator-2\">Pell<", ">Lamps</meta>", ">Metals</meta>", "2026-05-01T21:00:00Z"},
		"w-9.xhtml":   {"by <bdi>Mara</bdi> and <bdi>Pell<"}, "w-8.xhtml": {"by <bdi>Pell"}, "c-900.xhtml": {"Three lamps."}, "toc.ncx": {`content="2"`, "w-8-end.xhtml"},
	} {
		for _, part := range want {
			if !strings.Contains(files[name], part) {
				t.Errorf("%s lacks %q:\n%s", name, part, files[name])
			}
		}
	}
	if again, _ := bindVolume(t, volumeOf(three())); !bytes.Equal(data, again) {
		t.Error("bound twice it is not the same")
	}
}

func TestAVolumeLeavesOutWhatHasNothingToTell(t *testing.T) {
	works := three()
	works[0].Chapters = nil
	works[2].Options.Chapters = []int64{801}
	_, files := bindVolume(t, volumeOf(works))
	if files["w-7.xhtml"] != "" || files["c-800.xhtml"] != "" || files["c-801.xhtml"] == "" {
		t.Error("it holds what was not asked for, or lacks what was")
	}
	for i := range works {
		works[i].Chapters = nil
	}
	if err := book.WriteVolume(io.Discard, volumeOf(works)); !errors.Is(err, book.ErrNoChapters) {
		t.Errorf("a volume of nothing is %v", err)
	}
	broken := volumeOf(three())
	broken.Work = func(int) (book.Book, error) { return book.Book{}, io.ErrUnexpectedEOF }
	if err := book.WriteVolume(io.Discard, broken); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a work that cannot be read is %v", err)
	}
}

func TestAVolumeOfFilesWithoutNumbersPassesEpubcheck(t *testing.T) {
	numbered, _ := bindVolume(t, volumeOf(three()))
	works := three()
	for i := range works {
		works[i].Identity = book.Identity{}
		for j := range works[i].Chapters {
			works[i].Chapters[j].ID = 0
		}
	}
	bare, _ := bindVolume(t, volumeOf(works))
	for name, data := range map[string][]byte{"numbered": numbered, "bare": bare} {
		path := filepath.Join(t.TempDir(), name+".epub")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if said, err := exec.Command("java", "-jar", "/usr/share/java/epubcheck.jar", path).CombinedOutput(); err != nil || !strings.Contains(string(said), "No errors or warnings") {
			t.Errorf("epubcheck says of the %s one:\n%s", name, said)
		}
	}
}
