package main

import (
	"fmt"
	"html"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"ficus/internal/book"
	"ficus/internal/prose"
)

// What a work of a million words may take to bind: the time, and the memory
// above that of a process that does nothing.
const (
	millionTime   = 3 * time.Second
	millionMemory = 64 << 20
)

// measureBook binds one work of 100,000 words, as one HTML file, beside pandoc
// and calibre where they are.
func measureBook(t *table, dir string) error {
	page := filepath.Join(dir, "long.html")
	if err := os.WriteFile(page, []byte(longPage(100_000)), 0o600); err != nil {
		return err
	}
	ours, err := timed(binary, "bind", page, "-o", filepath.Join(dir, "ours.epub"))
	if err != nil {
		return err
	}
	beside := []string{}
	for _, peer := range []string{"pandoc", "ebook-convert"} {
		if _, err := exec.LookPath(peer); err != nil {
			beside = append(beside, peer+" is not installed")
			continue
		}
		args := []string{page, "-o", filepath.Join(dir, "theirs.epub")}
		if peer == "ebook-convert" {
			args = []string{page, filepath.Join(dir, "calibre.epub")}
		}
		theirs, err := timed(peer, args...)
		if err != nil {
			return err
		}
		beside = append(beside, fmt.Sprintf("%s %v = %.0f×", peer, theirs.Round(time.Millisecond), float64(theirs)/float64(ours)))
	}
	t.add("ficus bind, 100,000 words of HTML to EPUB, whole process", ours.Round(time.Millisecond).String(), strings.Join(beside, ", "), "≥ 50×")
	return measureMillion(t)
}

// longPage is a story as one page with a heading for each chapter.
func longPage(words int) string {
	var out strings.Builder
	out.WriteString("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A long work</title></head><body>\n")
	perChapter := 4000
	for i := range max(words/perChapter, 1) {
		fmt.Fprintf(&out, "<h2>Chapter %d</h2>\n%s", i+1, chapterPage(perChapter))
	}
	return out.String() + "</body></html>\n"
}

// chapterPage is the text of a chapter as HTML.
func chapterPage(words int) string {
	var out strings.Builder
	for paragraph := range strings.SplitSeq(strings.TrimSpace(story(words)), "\n\n") {
		out.WriteString("<p>" + html.EscapeString(paragraph) + "</p>\n")
	}
	return out.String()
}

// measureMillion has a process of its own bind a million words and tell how
// long it took and how much memory.
func measureMillion(t *table) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	said, err := exec.Command(self, "million", "words").CombinedOutput()
	if err != nil {
		return fmt.Errorf("a million words: %w: %s", err, said)
	}
	var took, memory int64
	if _, err := fmt.Sscan(string(said), &took, &memory); err != nil {
		return fmt.Errorf("a million words said %q: %w", said, err)
	}
	t.add("1,000,000 words to EPUB, its texts read", time.Duration(took).Round(time.Millisecond).String(), "", "< "+millionTime.String())
	t.add("memory for it at most, above idle", megabytes(memory), "", "< "+megabytes(millionMemory))
	return nil
}

// million binds a million words as the site does, from the stored texts of 250
// chapters, and prints the time and the most memory above that before.
func million(string) error {
	texts := make([]string, 250)
	for i := range texts {
		texts[i] = chapterPage(4000)
	}
	runtime.GC()
	debug.FreeOSMemory()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		return fmt.Errorf("forget the most memory so far: %w", err)
	}
	idle, err := mostMemory() // the texts are in it: the site reads them as it binds
	if err != nil {
		return err
	}
	began := time.Now()
	b := book.Book{Title: "A long work", Language: "en", Creators: []string{"Mara Quill"}, Complete: true}
	for i, text := range texts {
		b.Chapters = append(b.Chapters, book.Chapter{ID: int64(i + 1), Body: prose.ReadStored(text)})
	}
	if err := book.WriteEPUB(io.Discard, b); err != nil {
		return err
	}
	took := time.Since(began)
	most, err := mostMemory()
	if err != nil {
		return err
	}
	fmt.Println(int64(took), most-idle)
	return nil
}

// mostMemory is the most memory this process has had in use at once.
func mostMemory() (int64, error) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	m := mostResident.FindSubmatch(status)
	if m == nil {
		return 0, fmt.Errorf("the system does not tell how much memory is used")
	}
	n, err := strconv.ParseInt(string(m[1]), 10, 64)
	return n << 10, err
}

// books measures the binding alone.
func books(dir string) error {
	t := &table{}
	if err := measureBook(t, dir); err != nil {
		return err
	}
	fmt.Print(t)
	return nil
}
