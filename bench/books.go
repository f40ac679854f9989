package main

import (
	"errors"
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
	"ficus/internal/locale"
	"ficus/internal/manuscript"
	"ficus/internal/prose"
)

// What a work of a million words may take to bind: the time, and the memory
// above that of a process that does nothing.
const (
	millionTime   = 3 * time.Second
	millionMemory = 64 << 20
)

// bookRounds is how often each binds the book in turns.
const bookRounds = 5

// measureBook binds one work of 100,000 words, as one HTML file, beside pandoc
// and calibre where they are: program against program, with everything a
// person waits for, and then our two halves by themselves.
func measureBook(t *table, dir string) error {
	page := filepath.Join(dir, "long.html")
	if err := os.WriteFile(page, []byte(longPage(100_000)), 0o600); err != nil {
		return err
	}
	programs, missing := binders(page, dir)
	served, err := serveWorks(dir, page, bookRounds+1)
	if err != nil {
		return err
	}
	warm, err := inTurns(append(running(programs), served.next), bookRounds, nil)
	if err := errors.Join(err, served.end()); err != nil {
		return err
	}
	t.add("ficus bind, 100,000 words of HTML to EPUB, whole program", warm[0].String(), beside(programs, warm)+missing, "≥ 50×")
	if cold, err := inTurns(running(programs), 2, forgetFiles); err == nil {
		t.add("the same, nothing in the file cache", cold[0].String(), beside(programs, cold), "")
	} else {
		t.add("the same, nothing in the file cache", "not measured", err.Error(), "")
	}
	if err := measureHalves(t, page); err != nil {
		return err
	}
	first := append([]time.Duration{warm[len(programs)]}, warm[1:]...)
	t.add("a reader's first download of it, from the server", first[0].String(), beside(programs, first)+missing, "≥ 50×")
	return measureMillion(t)
}

// binders are the commands that make a book of the page, ours first, and what
// is missing of the others.
func binders(page, dir string) (programs [][]string, missing string) {
	programs = [][]string{{binary, "bind", page, "-o", filepath.Join(dir, "ours.epub"), "--force"}}
	for _, theirs := range [][]string{
		{"pandoc", page, "-o", filepath.Join(dir, "theirs.epub")},
		{"ebook-convert", page, filepath.Join(dir, "calibre.epub")},
	} {
		if _, err := exec.LookPath(theirs[0]); err != nil {
			missing += ", " + theirs[0] + " is not installed"
			continue
		}
		programs = append(programs, theirs)
	}
	return programs, missing
}

// running are the programs as something to do.
func running(programs [][]string) (sides []func() error) {
	for _, words := range programs {
		sides = append(sides, func() error {
			if out, err := exec.Command(words[0], words[1:]...).CombinedOutput(); err != nil {
				return fmt.Errorf("%s: %w: %s", words[0], err, out)
			}
			return nil
		})
	}
	return sides
}

// inTurns does one after the other, so many rounds, and gives the best time of
// each. Before each it does what is to be done before.
func inTurns(sides []func() error, rounds int, before func() error) ([]time.Duration, error) {
	best := make([]time.Duration, len(sides))
	for range rounds {
		for i, do := range sides {
			if before != nil {
				if err := before(); err != nil {
					return nil, err
				}
			}
			began := time.Now()
			if err := do(); err != nil {
				return nil, err
			}
			if took := time.Since(began).Round(100 * time.Microsecond); best[i] == 0 || took < best[i] {
				best[i] = took
			}
		}
	}
	return best, nil
}

// beside says how the others did, and how often ours goes into that.
func beside(programs [][]string, took []time.Duration) string {
	var said []string
	for i, words := range programs[1:] {
		said = append(said, fmt.Sprintf("%s %v = %.0f×", words[0], took[i+1].Round(time.Millisecond), float64(took[i+1])/float64(took[0])))
	}
	return strings.Join(said, ", ")
}

// forgetFiles has the system forget what it keeps of files, where it lets us.
func forgetFiles() error {
	if err := exec.Command("sync").Run(); err != nil {
		return err
	}
	return os.WriteFile("/proc/sys/vm/drop_caches", []byte("3"), 0)
}

// measureHalves measures reading and binding by themselves, in this process,
// where everything is ready: what is left of the whole is the program's start,
// what it makes ready, and the file.
func measureHalves(t *table, page string) error {
	data, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	words, err := locale.Open()
	if err != nil {
		return err
	}
	var b book.Book
	reading, err := bestOf(10, func() error {
		r, err := manuscript.Read(data, manuscript.Options{Name: "long.html"})
		b = book.Book{Title: "A long work", Language: "en", Creators: []string{"Mara Quill"}, Voice: words.Printer("en")}
		for _, w := range r.Works {
			for i, c := range w.Chapters {
				b.Chapters = append(b.Chapters, book.Chapter{Number: i + 1, Title: c.Title, Body: c.Body})
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	binding, err := bestOf(10, func() error { return book.WriteEPUB(io.Discard, b) })
	if err != nil {
		return err
	}
	t.add("of it, reading alone: HTML to Documents", reading.String(), "", "")
	t.add("of it, binding alone: Documents to EPUB, cover and all", binding.String(), "", "")
	return nil
}

// bestOf does something some times and gives the shortest.
func bestOf(times int, do func() error) (best time.Duration, err error) {
	for range times {
		began := time.Now()
		if err := do(); err != nil {
			return 0, err
		}
		if took := time.Since(began).Round(100 * time.Microsecond); best == 0 || took < best {
			best = took
		}
	}
	return best, nil
}

// longPage is a story as one page with a heading for each chapter.
func longPage(words int) string {
	var out strings.Builder
	out.WriteString("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A long work</title></head><body>\n")
	perChapter := 4000
	for i := range max(words/perChapter, 1) {
		fmt.Fprintf(&out, "<h2>Chapter %d</h2>\n%s", i+1, storyPage(storyFrom(uint32(7+i), perChapter)))
	}
	return out.String() + "</body></html>\n"
}

// chapterPage is the text of a chapter as HTML.
func chapterPage(words int) string { return storyPage(story(words)) }

func storyPage(text string) string {
	var out strings.Builder
	for paragraph := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
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
	words, err := locale.Open()
	if err != nil {
		return err
	}
	began := time.Now()
	b := book.Book{Title: "A long work", Language: "en", Creators: []string{"Mara Quill"}, Complete: true, Voice: words.Printer("en")}
	for i, text := range texts {
		b.Chapters = append(b.Chapters, book.Chapter{ID: int64(i + 1), Words: 4000, Open: func() (book.Chapter, error) {
			return book.Chapter{Body: prose.ReadStored(text)}, nil
		}})
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
