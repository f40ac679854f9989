package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"ficus/internal/manuscript"
)

// manuscriptBar is how much memory reading any file may take at most.
const manuscriptBar = 256 << 20

// measureWorst reads the worst files within the limits, each in a process of
// its own, and prints the most memory each took.
func measureWorst() error {
	dir, err := os.MkdirTemp("", "ficus-worst.")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	self, err := os.Executable()
	if err != nil {
		return err
	}
	fmt.Printf("\nthe worst files within the limits, each read by a process of its own (bar: %s at most)\n", megabytes(manuscriptBar))
	for _, worst := range worstFiles() {
		if only := os.Getenv("ONLY"); only != "" && !strings.Contains(worst.name, only) {
			continue
		}
		data, err := worst.make()
		if err != nil {
			return err
		}
		path := filepath.Join(dir, worst.name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			return err
		}
		size := len(data)
		data = nil
		said, err := exec.Command(self, "worst", path).CombinedOutput()
		if err != nil {
			return fmt.Errorf("%s: %w\n%s", worst.name, err, said)
		}
		fmt.Printf("%-22s %6.1f MB  %s", worst.name, float64(size)/1e6, said)
		if os.Getenv("ONLY") != "" {
			_ = os.Rename(path, "/tmp/r2-"+worst.name)
			continue
		}
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	return nil
}

// readWorst reads one file and says how much memory this process took at most.
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
	verdict := "held"
	if peak > manuscriptBar {
		verdict = "MISSED"
	}
	fmt.Printf("%8s  %5.2f s  %-7s %s\n", megabytes(peak), took.Seconds(), verdict, outcome)
	return nil
}

// worstFile is a file that takes as much as its kind may.
type worstFile struct {
	name string
	make func() ([]byte, error)
}

// worstFiles are those that were found to take the most.
func worstFiles() []worstFile {
	docx := func(document func() string, more ...string) func() ([]byte, error) {
		return func() ([]byte, error) {
			parts := append([]string{"[Content_Types].xml", "<Types/>", "word/document.xml", wordDocument(document())}, more...)
			return zipped(parts...)
		}
	}
	odt := func(text func() string) func() ([]byte, error) {
		return func() ([]byte, error) {
			return zipped("mimetype", "application/vnd.oasis.opendocument.text", "content.xml",
				`<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>`+
					text()+`</office:text></office:body></office:document-content>`)
		}
	}
	book := func(pages int, body func(page int) string) func() ([]byte, error) {
		return func() ([]byte, error) { return worstBook(pages, body) }
	}
	return []worstFile{
		{"paragraphs.docx", docx(func() string { return paras(149_000, 190, "<w:p><w:r><w:t>", "</w:t></w:r></w:p>") })},
		{"marks.docx", docx(func() string { return paras(74_000, 400, "<w:p><w:r><w:rPr><w:i/></w:rPr><w:t>", "</w:t></w:r></w:p>") })},
		{"one-paragraph.docx", docx(func() string { return paras(1, 31_000_000, "<w:p><w:r><w:t>", "</w:t></w:r></w:p>") })},
		{"long.docx", docx(func() string { return paras(31_000, 1000, "<w:p><w:r><w:t>", "</w:t></w:r></w:p>") })},
		{"too-long.docx", docx(func() string { return paras(45_000, 1000, "<w:p><w:r><w:t>", "</w:t></w:r></w:p>") })},
		{"paragraphs.odt", odt(func() string { return paras(149_000, 190, "<text:p>", "</text:p>") })},
		{"marks.rtf", func() ([]byte, error) {
			return []byte(`{\rtf1\ansi ` + paras(74_000, 400, `{\i `, `}\par `) + "}"), nil
		}},
		{"paragraphs.rtf", func() ([]byte, error) { return []byte(`{\rtf1\ansi ` + paras(149_000, 190, "", `\par `) + "}"), nil }},
		{"paragraphs.epub", book(100, func(page int) string { return paras(1_480, 200, "<p>", "</p>") })},
		{"marks.epub", book(100, func(page int) string { return paras(740, 400, "<p>x<i>", "</i></p>") })},
		{"one-page.epub", book(1, func(page int) string { return paras(148_000, 200, "<p>", "</p>") })},
		{"long.epub", book(30, func(page int) string { return paras(1_000, 1000, "<p>", "</p>") })},
		{"paragraphs.html", func() ([]byte, error) {
			return []byte("<!DOCTYPE html><body>" + paras(149_000, 200, "<p>", "</p>")), nil
		}},
		{"long.html", func() ([]byte, error) {
			return []byte("<!DOCTYPE html><body>" + paras(33_000, 1000, "<p>", "</p>")), nil
		}},
		{"marks.html", func() ([]byte, error) {
			return []byte("<!DOCTYPE html><body>" + paras(74_000, 420, "<p><i>", "</i></p>")), nil
		}},
		{"long.txt", func() ([]byte, error) { return []byte(paras(49_000, 1000, "", "\n\n")), nil }},
		{"short.txt", func() ([]byte, error) { return []byte(paras(149_000, 330, "", "\n\n")), nil }},
		{"short.md", func() ([]byte, error) { return []byte(paras(149_000, 330, "", "\n\n")), nil }},
		{"long.md", func() ([]byte, error) { return []byte(paras(49_000, 1000, "", "\n\n")), nil }},
	}
}

func wordDocument(body string) string {
	return `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + "</w:body></w:document>"
}

// paras makes paragraphs of so many letters, in words nobody knows, so that no
// packing makes them small.
func paras(count, letters int, before, after string) string {
	dice := rand.New(rand.NewPCG(4, 2))
	var b strings.Builder
	b.Grow(count * (letters + len(before) + len(after)))
	for range count {
		b.WriteString(before)
		for k := range letters {
			if k%7 == 6 && k+1 < letters {
				b.WriteByte(' ')
				continue
			}
			b.WriteByte(byte('a' + dice.IntN(26)))
		}
		b.WriteString(after)
	}
	return b.String()
}

// zipped packs parts, names and texts in turns, without squeezing them: that
// takes the most memory.
func zipped(parts ...string) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i+1 < len(parts); i += 2 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: parts[i], Method: zip.Store})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return out.Bytes(), err
}

func worstBook(pages int, body func(page int) string) ([]byte, error) {
	var manifest, spine strings.Builder
	parts := []string{"mimetype", "application/epub+zip", "META-INF/container.xml",
		`<container><rootfiles><rootfile full-path="content.opf"/></rootfiles></container>`}
	for i := range pages {
		fmt.Fprintf(&manifest, `<item id="p%d" href="p%d.xhtml" media-type="application/xhtml+xml"/>`, i, i)
		fmt.Fprintf(&spine, `<itemref idref="p%d"/>`, i)
		parts = append(parts, fmt.Sprintf("p%d.xhtml", i), "<html><body>"+body(i)+"</body></html>")
	}
	return zipped(append(parts, "content.opf", "<package><metadata><title>Salt</title></metadata><manifest>"+manifest.String()+"</manifest><spine>"+spine.String()+"</spine></package>")...)
}
