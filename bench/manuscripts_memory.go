package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"ficus/internal/manuscript"
)

// manuscriptBar is how much memory reading any file may take at most.
const manuscriptBar = 256 << 20

// manuscriptTime is how long reading or refusing any file may take.
const manuscriptTime = time.Second

// measureWorst reads the worst files within the limits and the largest novels
// anybody brings, each three times in a process of its own, and prints the
// median by the clock and the most memory.
func measureWorst() error {
	dir, err := os.MkdirTemp("", "ficus-worst.")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Printf("\nthe worst files within the limits, each read by a process of its own (bar: %s and %v at most)\n", megabytes(manuscriptBar), manuscriptTime)
	for _, worst := range append(worstFiles(), largeNovels()...) {
		data := worst.make()
		path := filepath.Join(dir, worst.name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			return err
		}
		if err := timesWorst(path, len(data)); err != nil {
			return fmt.Errorf("%s: %w", worst.name, err)
		}
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	return nil
}

// timesWorst reads one file in three processes and prints the line of it.
func timesWorst(path string, size int) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	var took []time.Duration
	var peak int64
	outcome := ""
	for range 3 {
		said, err := exec.Command(self, "worst", path).CombinedOutput()
		if err != nil {
			return fmt.Errorf("%w\n%s", err, said)
		}
		var most, nanoseconds int64
		if _, err := fmt.Sscan(string(said), &nanoseconds, &most); err != nil {
			return err
		}
		_, outcome, _ = strings.Cut(string(said), "\n")
		took, peak = append(took, time.Duration(nanoseconds)), max(peak, most)
	}
	slices.Sort(took)
	verdict := "held"
	if peak > manuscriptBar || took[1] > manuscriptTime {
		verdict = "MISSED"
	}
	fmt.Printf("%-22s %6.1f MB  %8s  %5.2f s  %-7s %s", filepath.Base(path), float64(size)/1e6, megabytes(peak), took[1].Seconds(), verdict, outcome)
	return nil
}

// readWorst reads one file and says how many nanoseconds it took, how many
// bytes of memory this process took at most, and what came of it.
func readWorst(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	began := time.Now()
	r, err := manuscript.Read(data, manuscript.Options{Name: filepath.Base(path)})
	took := time.Since(began)
	outcome := fmt.Sprintf("%d parts", len(r.Parts))
	if refused := (*manuscript.Error)(nil); errors.As(err, &refused) {
		outcome = "refused, " + refused.Rule
	} else if err != nil {
		return err
	}
	peak, err := mostResidentOf(os.Getpid())
	if err != nil {
		return err
	}
	fmt.Printf("%d %d\n%s\n", took.Nanoseconds(), peak, outcome)
	return nil
}

// largeNovels are a novel of a million words in each kind of file: as large as
// what writers bring, and read whole.
func largeNovels() []worstFile {
	const words = 1_000_000
	pages := func(novel string) string {
		return "<p>" + strings.ReplaceAll(strings.ReplaceAll(novel, "*Very*", "<i>Very</i>"), "\n\n", "</p>\n<p>") + "</p>"
	}
	return []worstFile{
		{"novel.txt", func() []byte { return []byte(novelOf(words)) }},
		{"novel.md", func() []byte { return []byte(novelOf(words)) }},
		{"novel.html", func() []byte { return []byte("<!DOCTYPE html><body>" + pages(novelOf(words))) }},
		{"novel.epub", func() []byte {
			return worstBook(20, func(int) string { return pages(novelOf(words / 20)) })
		}},
		{"novel.docx", func() []byte {
			body := strings.ReplaceAll(strings.ReplaceAll(pages(novelOf(words)), "<i>Very</i>", "</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>Very</w:t></w:r><w:r><w:t>"), "</p>", "</w:t></w:r></w:p>")
			return zipped("[Content_Types].xml", "<Types/>", "word/document.xml", wordDocument(strings.ReplaceAll(body, "<p>", `<w:p w:rsidR="00A77B3E" w:rsidRDefault="00A77B3E"><w:r><w:t>`)))
		}},
	}
}
