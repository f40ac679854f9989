package manuscript

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const twoSentences = "It rained all night on the mole, and nobody came to see it.\n\nThen she went home, and slept."

func TestOneHeadingOverAMarkdownFileIsItsTitle(t *testing.T) {
	for text, title := range map[string]string{
		"# The Salt Clerk\n\n":                                  "The Salt Clerk",
		"# The Salt Clerk\n":                                    "The Salt Clerk",
		"# The Salt Clerk\n\n## Snow\n\n":                       "The Salt Clerk",
		"# The Salt Clerk\n\n## Chapter 1\n\nRain.\n\n## 2\n\n": "The Salt Clerk",
		"# The Salt Clerk\n\n**Chapter 1**\n\n":                 "The Salt Clerk",
		"# Chapter 3: Snow\n\n":                                 "", // a chapter's head
		"# Prologue\n\n":                                        "",
		"# 3\n\n":                                               "",
		"# “Come in,” she said.\n\n":                            "", // the story begins
		"# 14 May 1997\n\n":                                     "", // a scene
		"# Snow\n\nRain.\n\n# Thaw\n\n":                         "", // two chapters
		"Rain.\n\n# Thaw\n\n":                                   "", // not at the top
		"### A small heading\n\n":                               "", // as small as those in a story
	} {
		r, err := Read([]byte(text+twoSentences), Options{Kind: "md"})
		if err != nil {
			t.Fatal(err)
		}
		same(t, text, title, r.Works[0].Title)
		checkInvariants(t, r)
	}
}

func TestAChapterHeadedByItsNameIsNoWorkOfAPile(t *testing.T) {
	pile := pileOf(t, map[string]string{
		"01 snow.md": "# Snow\n\n" + strings.Repeat("It rained on the mole. ", 30),
		"02 thaw.md": "# Thaw\n\n" + strings.Repeat("She went home and slept. ", 30),
	})
	if len(pile.Works) != 1 {
		t.Errorf("%d works: %+v", len(pile.Works), pile.Works)
	}
}

func TestDownloadsOfTheArchiveAreWorksOfAPileByTheirTitles(t *testing.T) {
	files := map[string]string{}
	for _, name := range []string{"150-archive-download.html", "151-archive-download-2012.html"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(data)
	}
	files["third.html"] = strings.NewReplacer("<h1>Wick</h1>", "<h1>Flame</h1>", "Oil first, then wick, then flame.", "Glass is made of sand, and sand of the sea.", "That was the order and nobody argued with it.", "Every pane in the lantern room remembers being a beach.").Replace(files["151-archive-download-2012.html"])
	pile := pileOf(t, files)
	var titles []string
	for _, w := range pile.Works {
		titles = append(titles, w.Title)
	}
	same(t, "the works", []string{"Lamps & Other Small Weather", "Wick", "Flame"}, titles)
}

func TestAPageThatOnlyLinksToTheArchiveIsReadAsAnyPage(t *testing.T) {
	const link = `<a href="https://archiveofourown.org/works/1">there</a>`
	for _, page := range []string{
		`<html><body><h1>Wick</h1><div id="chapters"><p>` + link + `</p><p>Oil first.</p></div></body></html>`,
		`<html><body><dl class="tags"><dt>Rating:</dt><dd>G</dd></dl><div id="chapters"><p>` + link + `</p><p>Oil first.</p></div></body></html>`,
		`<html><body><h1>Wick</h1><dl class="tags"></dl><p>She wrote id="chapters" on the wall. ` + link + ` Oil first.</p></body></html>`,
	} {
		r, err := Read([]byte(page), Options{Kind: "html"})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range r.Parts {
			if strings.HasPrefix(p.Rule, "book.") {
				t.Errorf("%s: %q is %s", page, r.Text(p), p.Rule)
			}
		}
		contains(t, "the story", blocksText(r.Works[0].Chapters[0].Body.Blocks), texts{"Oil first."})
	}
}

func TestADownloadOfOneChapterDoesNotHeadItWithItsTitle(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "151-archive-download-2012.html"))
	if err != nil {
		t.Fatal(err)
	}
	page := strings.Replace(string(data), `<div id="chapters" class="userstuff">`, `<div id="chapters" class="userstuff"><h2 class="toc">Wick</h2>`, 1)
	r, err := Read([]byte(page), Options{Name: "wick.html"})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "the title", "Wick", r.Works[0].Title)
	same(t, "the chapter's title", "", r.Works[0].Chapters[0].Title)
	checkInvariants(t, r)
}

// pileOf reads files of one folder.
func pileOf(t *testing.T, texts map[string]string) Pile {
	t.Helper()
	var files []PileFile
	for name, text := range texts {
		files = append(files, PileFile{Name: name, Size: int64(len(text)), Open: func() ([]byte, error) { return []byte(text), nil }})
	}
	return ReadPile(files, Options{})
}
