package main

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// twoStories are two works as their writers keep them.
func twoStories(t *testing.T) (salt, tide string) {
	t.Helper()
	salt = saveManuscript(t, "salt.txt", "Title: Salt\nAuthor: Mara Q.\n\nChapter 1: Oil\n\nThe lamp -- \"lit\" -- was hers.\n\nChapter 2\n\nIt was out in the morning, and nobody said why.\n")
	tide = saveManuscript(t, "tide.txt", "Title: Tide\nAuthor: Pell\n\nA/N: For Mara, who asked.\n\nThe tide came in over the sill and stood there like a guest.\n")
	return salt, tide
}

func TestBindMakesOneBookOfSeveralWorks(t *testing.T) {
	salt, tide := twoStories(t)
	out := filepath.Join(t.TempDir(), "nights.epub")
	said := ficus(t, exitOK, "bind", salt, tide, "-o", out, "--works", "--series", "The Harbour Nights", "--language", "en")
	if said != "" {
		t.Errorf("it said %q", said)
	}
	all := everyFile(t, out)
	for _, want := range []string{
		`<dc:title id="title">The Harbour Nights</dc:title>`, `>Mara Q.</dc:creator>`, `>Pell</dc:creator>`,
		`<meta name="calibre:series" content="The Harbour Nights"/>`, "The Harbour Nights (part 1)", "The Harbour Nights (part 2)",
		`<li><a href="w-1.xhtml">Salt</a>`, `<li><a href="w-2.xhtml">Tide</a>`, "by <bdi>Mara Q.", "by <bdi>Pell", "For Mara, who asked.",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("the book lacks %s", want)
		}
	}
	if said := ficus(t, exitUsage, "bind", salt, tide, "-o", filepath.Join(t.TempDir(), "x.txt"), "--works"); !strings.Contains(said, "only be an EPUB") {
		t.Errorf("of several works as text it said %q", said)
	}
	if said := ficus(t, exitUsage, "bind", salt, tide, "-o", out, "--works", "--cover", salt); !strings.Contains(said, "leave out --cover or --works") {
		t.Errorf("of a cover it said %q", said)
	}
	folder := ficus(t, exitOK, "bind", salt, tide, "-o", out, "--works", "--force")
	if !strings.Contains(folder, "Say --title") {
		t.Errorf("of a book without a name it said %q", folder)
	}
}

func TestBindSaysThatFilesAreSeveralWorks(t *testing.T) {
	salt, tide := twoStories(t)
	if said := ficus(t, exitOK, "bind", salt, tide, "-o", filepath.Join(t.TempDir(), "x.epub")); !strings.Contains(said, "2 titles") || !strings.Contains(said, "--works") {
		t.Errorf("it said %q", said)
	}
}

func TestBindTakesWhatIsSaidOfTheBook(t *testing.T) {
	salt, _ := twoStories(t)
	var photo bytes.Buffer
	m := image.NewRGBA(image.Rect(0, 0, 60, 90))
	m.Set(3, 3, color.White)
	if err := jpeg.Encode(&photo, m, nil); err != nil {
		t.Fatal(err)
	}
	cover := saveManuscript(t, "cover.jpg", photo.String()+"PLACE-59.91N")
	out := filepath.Join(t.TempDir(), "salt.epub")
	ficus(t, exitOK, "bind", salt, "-o", out, "--author", "Quill, Mara", "--fandom", "Salt, the series", "--warning", "Storms", "--relationship", "Oriane/The Keeper",
		"--character", "Oriane", "--tag", "Slow, slow burn", "--series", "Nights#2", "--series", "Lamps", "--published", "2024-05-03", "--cover", cover, "--cover-alt", "A lamp, lit", "--language", "en", "--as-typed")
	all := everyFile(t, out)
	for _, want := range []string{
		">Quill, Mara</dc:creator>", ">Salt, the series</dc:subject>", "Storms", ">Oriane/The Keeper</dc:subject>", ">Oriane</dc:subject>", ">Slow, slow burn</dc:subject>",
		`name="calibre:series_index" content="2"`, ">Lamps</meta>", "2024-05-03T12:00:00Z", `The lamp -- &quot;lit&quot; -- was hers.`,
		`alt="A lamp, lit" role="doc-cover"`,
	} {
		if !strings.Contains(all, want) && !strings.Contains(all, strings.ReplaceAll(want, "&quot;", `"`)) {
			t.Errorf("the book lacks %.80q", want)
		}
	}
	if strings.Contains(all, "PLACE") || !strings.Contains(all, "EPUB/cover.jpg\n\xff\xd8") {
		t.Error("the cover is not the photograph, or tells where it was taken")
	}
	if said := ficus(t, exitOK, "bind", salt, "-o", out, "--language", "en", "--force"); said != "" {
		t.Errorf("it said %q", said)
	}
	if set := everyFile(t, out); !strings.Contains(set, "“lit”") {
		t.Error("unless it is asked, the book is not set as a printer would")
	}
	flat := filepath.Join(t.TempDir(), "salt.txt")
	ficus(t, exitOK, "bind", salt, "-o", flat, "--notes", "none", "--flowing", "--summary", strings.Repeat("A lamp. ", 40))
	if data, err := os.ReadFile(flat); err != nil || !strings.Contains(string(data), strings.TrimSpace(strings.Repeat("A lamp. ", 40))) {
		t.Errorf("a paragraph of flowing text is broken: %v\n%s", err, data)
	}
}

func TestBindAsksForTheLanguageItIsNotTold(t *testing.T) {
	salt, _ := twoStories(t)
	if said := ficus(t, exitOK, "bind", salt, "-o", filepath.Join(t.TempDir(), "x.epub")); strings.Count(said, "--language") != 1 {
		t.Errorf("it said %q", said)
	}
}

// A full disk, or whatever else stops the writing, leaves what stood there.
func TestBindThatBreaksOffLeavesTheOldBook(t *testing.T) {
	old := saveManuscript(t, "story.epub", "the book of yesterday")
	full := fmt.Errorf("write /tmp/x: %w", syscall.ENOSPC)
	err := writeWhole(old, true, func(w io.Writer) error {
		_, err := w.Write(make([]byte, 1<<16))
		return errors.Join(err, full)
	})
	var broke *brokeError
	if !errors.As(err, &broke) || !errors.Is(err, syscall.ENOSPC) || strings.Count(err.Error(), "no space left") != 1 {
		t.Errorf("it broke off with %v", err)
	}
	left, err := os.ReadDir(filepath.Dir(old))
	if err != nil || len(left) != 1 {
		t.Errorf("it left %v: %v", left, err)
	}
	if data, err := os.ReadFile(old); err != nil || string(data) != "the book of yesterday" {
		t.Errorf("the old book is %q: %v", data, err)
	}
}

func TestBindSaysWhichWishCannotBe(t *testing.T) {
	salt, _ := twoStories(t)
	out := filepath.Join(t.TempDir(), "x.epub")
	for want, args := range map[string][]string{
		"a date looks like":       {"--published", "3 May"},
		"a number from 1":         {"--series", "Nights#two"},
		"it needs a name":         {"--series", "#2"},
		"there is no file":        {"--cover", filepath.Join(t.TempDir(), "none.jpg")},
		"it is no JPEG, PNG":      {"--cover", salt},
		"name the picture":        {"--cover-alt", "A lamp"},
		`"all","chapter","none"`:  {"--notes", "some"},
		"unknown flag --volumes":  {"--volumes", "2"},
		"chapters look like 3-7":  {"--chapters", "7-3"},
		"its chapters are 1 to 2": {"--chapters", "3,9-12"},
		"loads something":         {"--skin", saveManuscript(t, "far.css", "p { background: URL(https://far.example/x.png) }")},
		"no file":                 {"--skin", "none.css"},
		"no stylesheet":           {"--skin", saveManuscript(t, "odd.css", "\xff\xfe")},
	} {
		said := ficus(t, exitUsage, append([]string{"bind", salt, "-o", out}, args...)...)
		if !strings.Contains(said, want) || strings.Count(strings.TrimSpace(said), "\n") > 0 {
			t.Errorf("%v: said %q, not one sentence with %q", args, said, want)
		}
		if _, err := os.Stat(out); err == nil {
			t.Errorf("%v: a book was written", args)
		}
	}
}
