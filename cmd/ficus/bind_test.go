package main

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// manuscriptOfTwo is a manuscript as people keep them.
const manuscriptOfTwo = `Title: Oil and Water
Author: Mara Q.
Fandom: The Harbour Lights
Pairing: Oriane/The Keeper
Rating: PG-13
Summary: A storm, a lamp, and what the Captain did not say.

Chapter 1: Oil

A/N: This is for Pell, who asked for weather.

Disclaimer: The harbour is not mine.

0415 HRS

The lamp had gone out again, and nobody on the stair would say who had let it.

***

In the morning it was worse.

Chapter 2: Water

The tide came in over the sill and stood there like a guest.

A/N: Thank you for reading. Tell me what you thought!
`

// ficus runs the program as its own process would, and gives what it said.
func ficus(t *testing.T, want int, args ...string) (stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	if code := run(args, &streams{In: strings.NewReader(""), Out: &out, Err: &err}); code != want {
		t.Fatalf("ficus %s: exit %d, not %d\n%s", strings.Join(args, " "), code, want, err.String())
	}
	return err.String()
}

func saveManuscript(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// everyFile reads all files of an EPUB as one text.
func everyFile(t *testing.T, path string) string {
	t.Helper()
	r, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var all strings.Builder
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		in.Close()
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString(f.Name + "\n")
		all.Write(content)
	}
	return all.String()
}

// TestAcceptance67_ManuscriptBoundWithNoServerPassesEpubcheck: given a
// manuscript file and no server, when bound from the command line, then an EPUB
// with cover, contents and notes passes epubcheck.
func TestAcceptance67_ManuscriptBoundWithNoServerPassesEpubcheck(t *testing.T) {
	story := saveManuscript(t, "oil.txt", manuscriptOfTwo)
	out := filepath.Join(t.TempDir(), "oil.epub")
	ficus(t, exitOK, "bind", story, "-o", out)

	all := everyFile(t, out)
	for _, want := range []string{
		"EPUB/cover.jpg", "EPUB/nav.xhtml", "EPUB/toc.ncx",
		"<dc:title id=\"title\">Oil and Water</dc:title>", "Mara Q.", "The Harbour Lights", "Oriane/The Keeper", "PG-13",
		"1. Oil", "2. Water", "role=\"doc-notice\"", "who asked for weather", "role=\"doc-afterword\"", "Tell me what you thought",
		"The harbour is not mine.", "class=\"place\"", "<hr/>", "stood there like a guest",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("the book lacks %q", want)
		}
	}
	const jar = "/usr/share/java/epubcheck.jar"
	if _, err := os.Stat(jar); err != nil {
		t.Fatal("epubcheck is missing; install it with: apt-get install epubcheck")
	}
	if said, err := exec.Command("java", "-jar", jar, "--failonwarnings", out).CombinedOutput(); err != nil {
		t.Errorf("epubcheck: %v\n%s", err, said)
	}
}

func TestBindJoinsManuscriptsInTheOrderGiven(t *testing.T) {
	second := saveManuscript(t, "b.txt", "Chapter 2\n\nThe tide came in over the sill and stood there like a guest.\n")
	first := saveManuscript(t, "a.txt", "Chapter 1\n\nThe lamp had gone out again, and nobody would say who let it.\n")
	out := filepath.Join(t.TempDir(), "both.md")
	ficus(t, exitOK, "bind", first, second, "-o", out, "--title", "Oil", "--author", "Mara", "--author", "Pell", "--fandom", "Harbour")
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	at := -1
	for _, want := range []string{"# Oil", "by Mara and Pell", "Harbour", "## Chapter 1", "The lamp", "## Chapter 2", "The tide"} {
		next := strings.Index(string(data), want)
		if next <= at {
			t.Errorf("%q is missing or out of order in\n%s", want, data)
		}
		at = next
	}
}

func TestBindSaysInOneSentenceWhatIsWrong(t *testing.T) {
	story := saveManuscript(t, "oil.txt", manuscriptOfTwo)
	binary := saveManuscript(t, "picture.txt", "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x00\x00")
	folder := filepath.Dir(story)
	for want, args := range map[string][]string{
		"there is no file":  {"bind", filepath.Join(folder, "nope.txt"), "-o", filepath.Join(folder, "x.epub")},
		"is a folder":       {"bind", folder, "-o", filepath.Join(folder, "x.epub")},
		".epub, .html, .md": {"bind", story, "-o", filepath.Join(folder, "x.pdf")},
		"replace":           {"bind", story, "-o", story},
		"no folder":         {"bind", story, "-o", filepath.Join(folder, "nowhere", "x.epub")},
		"not text":          {"bind", binary, "-o", filepath.Join(folder, "x.epub")},
		"--out":             {"bind", story},
	} {
		said := ficus(t, exitUsage, args...)
		if !strings.Contains(said, want) || strings.Count(strings.TrimSpace(said), "\n") > 0 {
			t.Errorf("%v: said %q, not one sentence with %q", args, said, want)
		}
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) != 1 {
		t.Errorf("failures left %v behind (%v)", left, err)
	}
	if data, err := os.ReadFile(story); err != nil || string(data) != manuscriptOfTwo {
		t.Error("the manuscript was touched")
	}
}

func TestBindOfUntouchedFilesGivesTheSameBytes(t *testing.T) {
	story := saveManuscript(t, "oil.txt", manuscriptOfTwo)
	folder := t.TempDir()
	var bound [2][]byte
	for i := range bound {
		out := filepath.Join(folder, "oil.epub")
		ficus(t, exitOK, "bind", story, "-o", out, "--force")
		data, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		bound[i] = data
	}
	if !bytes.Equal(bound[0], bound[1]) {
		t.Error("two bindings of one file differ")
	}
}

func TestBindTellsWhatAWriterShouldLookAt(t *testing.T) {
	story := saveManuscript(t, "my_story.txt", "The lamp had gone out.\n\n=^..^=\n\nIt was worse in the morning, and nobody said why.\n")
	said := ficus(t, exitOK, "bind", story, "-o", filepath.Join(t.TempDir(), "x.txt"))
	for _, want := range []string{"line 3", "=^..^=", "--title"} {
		if !strings.Contains(said, want) {
			t.Errorf("said %q, without %q", said, want)
		}
	}
}

func TestBindTakesPicturesOnlyFromBesideTheManuscript(t *testing.T) {
	folder := t.TempDir()
	inner := filepath.Join(folder, "story")
	// The smallest GIF there is.
	gif := []byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x00\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;")
	page := `<p>The lamp.</p><p><img src="lamp.gif" alt="inside"><img src="../secret.gif" alt="outside"><img src="half.png" alt="broken off"></p>`
	half := "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x10\x00\x00\x00\x10\x08\x02\x00\x00\x00\x90\x91h6\x00\x00"
	err := os.Mkdir(inner, 0o700)
	for name, data := range map[string][]byte{"story/s.html": []byte(page), "story/lamp.gif": append(bytes.Clone(gif), "PLACE"...), "story/half.png": []byte(half), "secret.gif": append(bytes.Clone(gif), 0)} {
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, name), data, 0o600)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(folder, "s.epub")
	said := ficus(t, exitOK, "bind", filepath.Join(inner, "s.html"), "-o", out, "--title", "Lamp", "--language", "en")
	for _, want := range []string{"The picture ../secret.gif is not in the book: it is not beside", "The picture half.png is not in the book: it is no"} {
		if strings.Count(said, want) != 1 {
			t.Errorf("it said %q, without %q", said, want)
		}
	}
	all := everyFile(t, out)
	if strings.Contains(all, "PLACE") || strings.Count(all, ".png\n\x89PNG") != 1 {
		t.Error("the book does not hold exactly the picture beside the manuscript")
	}
	if !strings.Contains(all, "[Picture: outside]") {
		t.Error("the picture outside did not become its words")
	}
}

func TestBindNamesWhatElseAHeaderSaysInTheBooksLanguage(t *testing.T) {
	text := saveManuscript(t, "leuchte.txt", "Titel: Leuchte\nAutorin: Mara Q.\nRückmeldung: gern\nStaffel: zwei\nWebsite: mara.example\n\nKapitel 1\n\nDie Lampe brannte noch, als er unten ankam, und niemand sagte etwas.\n")
	for language, want := range map[string][]string{
		"de": {"Rückmeldung: gern", "Staffel: zwei"},
		"en": {"Feedback: gern", "Season: zwei"},
	} {
		out := filepath.Join(t.TempDir(), "leuchte.epub")
		ficus(t, exitOK, "bind", text, "-o", out, "--language", language)
		all := everyFile(t, out)
		for _, one := range want {
			if !strings.Contains(all, one) {
				t.Errorf("in %s the book lacks %q", language, one)
			}
		}
	}
}
