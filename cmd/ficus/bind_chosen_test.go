package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ficus/internal/book"
)

// What stood there stays, unless it is said; also what came while the book was
// being bound.
func TestBindReplacesNoFileUnlessItIsTold(t *testing.T) {
	salt, _ := twoStories(t)
	old := saveManuscript(t, "salt.epub", "the book of yesterday")
	said := ficus(t, exitUsage, "bind", salt, "-o", old, "--language", "en")
	if !strings.Contains(said, "is there already") || !strings.Contains(said, "--force") || strings.Count(strings.TrimSpace(said), "\n") > 0 {
		t.Errorf("it said %q", said)
	}
	late := filepath.Join(t.TempDir(), "late.epub")
	err := writeWhole(late, false, func(w io.Writer) error { return os.WriteFile(late, []byte("the book of yesterday"), 0o600) })
	if err == nil || !strings.Contains(err.Error(), "is there already") {
		t.Errorf("of what came meanwhile it said %v", err)
	}
	for _, name := range []string{old, late} {
		if data, err := os.ReadFile(name); err != nil || string(data) != "the book of yesterday" {
			t.Errorf("%s is %.30q: %v", name, data, err)
		}
		if left, err := os.ReadDir(filepath.Dir(name)); err != nil || len(left) != 1 {
			t.Errorf("it left %v: %v", left, err)
		}
	}
	ficus(t, exitOK, "bind", salt, "-o", old, "--language", "en", "--force")
	if all := everyFile(t, old); !strings.Contains(all, "“lit”") {
		t.Error("told to, it does not replace it")
	}
}

func TestBindTakesChosenChapters(t *testing.T) {
	salt, _ := twoStories(t)
	out := filepath.Join(t.TempDir(), "salt.epub")
	ficus(t, exitOK, "bind", salt, "-o", out, "--language", "en", "--chapters", "2-9")
	all := everyFile(t, out)
	if !strings.Contains(all, ">Salt, chapter 2</dc:title>") || !strings.Contains(all, ">Chapter 2</h1>") || strings.Contains(all, "“lit”") {
		t.Error("the copy is not chapter 2 of Salt")
	}
	for typed, want := range map[string][]book.Run{"3": {{From: 3, To: 3}}, " 1, 4 - 6 ": {{From: 1, To: 1}, {From: 4, To: 6}}, "3–7": {{From: 3, To: 7}}} {
		if got, err := runsOf(typed); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q is read as %v: %v", typed, got, err)
		}
	}
	for _, typed := range []string{"", "0", "-", "3-", "-3", "a-b", "7-3", "1,,2", "9999999999999999999999"} {
		if got, err := runsOf(typed); err == nil {
			t.Errorf("%q is read as %v", typed, got)
		}
	}
}

func TestBindSpeaksTheLanguageOfTheStory(t *testing.T) {
	salt, tide := twoStories(t)
	german, text, both := filepath.Join(t.TempDir(), "salz.epub"), filepath.Join(t.TempDir(), "salz.txt"), filepath.Join(t.TempDir(), "nights.epub")
	ficus(t, exitOK, "bind", salt, "-o", german, "--language", "de-AT", "--translator", "Ito", "--artist", "Ana", "--rights", "CC BY 4.0", "--no-mining", "--complete")
	all := everyFile(t, german)
	for _, want := range []string{
		">Kapitel 2</h1>", ">Inhalt</h1>", "von <bdi>Mara Q.</bdi>", ">Das war <bdi>Salt</bdi> von <bdi>Mara Q.</bdi></p>", ">Abgeschlossen</data>", ">Complete</meta>", ">Übersetzt von</dt>",
		`<dc:contributor id="helper-1">Ito</dc:contributor>`, `scheme="marc:relators">trl</meta>`, `scheme="marc:relators">ill</meta>`, "<dc:rights>CC BY 4.0</dc:rights>",
		`prefix="tdm: http://www.w3.org/ns/tdmrep#"`, `<meta property="tdm:reservation">1</meta>`, "CC BY 4.0</bdi>, <bdi>Nicht auszuwerten",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("the German book lacks %s", want)
		}
	}
	if strings.Contains(all, `lang="en"`) || strings.Contains(all, ">Contents<") || strings.Contains(all, "Chapter 2<") {
		t.Error("the German book speaks English")
	}
	ficus(t, exitOK, "bind", salt, "-o", text, "--language", "de")
	if data, err := os.ReadFile(text); err != nil || !bytes.Contains(data, []byte("Kapitel 1: Oil")) || !bytes.Contains(data, []byte("Wörter: ")) {
		t.Errorf("the German text is %.300s: %v", data, err)
	}
	ficus(t, exitOK, "bind", salt, tide, "-o", both, "--works", "--series", "Nights", "--language", "fr")
	if all := everyFile(t, both); !strings.Contains(all, `xml:lang="en" lang="en" dir="ltr">Contents</h1>`) {
		t.Error("a book in a language nobody translated does not say that its contents are English")
	}
}

func TestBindTakesASkin(t *testing.T) {
	salt, tide := twoStories(t)
	skin := saveManuscript(t, "salt.css", ".story p { letter-spacing: .01em } /* </style><script> */")
	for _, name := range []string{"salt.epub", "salt.html"} {
		out := filepath.Join(t.TempDir(), name)
		ficus(t, exitOK, "bind", salt, "-o", out, "--language", "en", "--skin", skin)
		data, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		if all := string(data); name == "salt.html" {
			if !strings.Contains(all, "letter-spacing: .01em") || strings.Contains(all, "</style><script>") {
				t.Error("the page has not the skin, or the skin ends the style")
			}
		} else if all = everyFile(t, out); !strings.Contains(all, `href="skin.css"`) || !strings.Contains(all, "letter-spacing: .01em") {
			t.Error("the book has not the skin")
		}
	}
	for want, args := range map[string][]string{
		"leave out --skin or --works": {salt, tide, "-o", filepath.Join(t.TempDir(), "x.epub"), "--works"}, "have no style": {salt, "-o", filepath.Join(t.TempDir(), "x.txt")},
	} {
		if said := ficus(t, exitUsage, append(append([]string{"bind"}, args...), "--skin", skin)...); !strings.Contains(said, want) {
			t.Errorf("%v: said %q", args, said)
		}
	}
}

// Where somebody looks on, a book tells how far it is, and is the same book.
func TestBindTellsHowFarItIs(t *testing.T) {
	b := book.Book{Chapters: []book.Chapter{{Title: "Oil"}, {Title: "Rain"}}}
	var heard []int64
	watched := toldOf(b, func(done, whole int64) { heard = append(heard, done, whole) })
	for i, c := range watched.Chapters {
		if opened, err := c.Open(); err != nil || opened.Title != []string{"Oil", "Rain"}[i] {
			t.Errorf("chapter %d opens as %q: %v", i, opened.Title, err)
		}
	}
	if !slices.Equal(heard, []int64{0, 2, 1, 2}) {
		t.Errorf("it told %v", heard)
	}
}
