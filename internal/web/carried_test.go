package web_test

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"ficus/internal/archive"
	"ficus/internal/writing"
)

// takenApart are the files of a book.
func takenApart(t *testing.T, data string) map[string]string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(data), int64(len(data)))
	must(t, err)
	files := map[string]string{}
	for _, f := range z.File {
		in, err := f.Open()
		must(t, err)
		var content bytes.Buffer
		_, err = io.Copy(&content, in)
		must(t, err)
		files[strings.TrimPrefix(f.Name, "EPUB/")] = content.String()
	}
	return files
}

// carriedWork is a work of three chapters with notes and a picture.
func (w *world) carriedWork(by archive.Viewer) int64 {
	w.t.Helper()
	f := fields("Salt and Iron")
	f.Summary, f.NotesBefore, f.NotesAfter, f.Planned = "A lamp, and who lit it.", "Written in a storm.", "Thank you for staying.", 0
	f.Freeforms = []string{"Slow burn"}
	first := archive.ChapterFields{Title: "Oil", Text: "<p>One lamp.</p>\n\n<p><img src=\"lamp.png\" alt=\"A lamp in a window\"></p>\n\n<p>Two lamps.</p>"}
	first.NotesBefore, first.NotesAfter = "Sorry it took so long.", "More on Sunday."
	work := w.creates(by, writing.NewWork{
		Fields: f, Chapters: []archive.ChapterFields{first}, Uploads: []writing.Upload{{Name: "lamp.png", Data: square(w.t, 40)}},
	})
	w.adds(by, work, "Three lamps.\n\nNobody came.", true)
	w.adds(by, work, "Four lamps.", true)
	return work
}

// TestAcceptance56_EveryFormatOpensWithContentsNotesAndMetadata: given a
// chaptered work with notes and images, when each format is downloaded, then it
// opens, has a table of contents, notes and metadata.
func TestAcceptance56_EveryFormatOpensWithContentsNotesAndMetadata(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		work := w.carriedWork(w.member("mara").viewer)
		guest := w.guest()
		in := func(format string) string { return guest.opens(workPath(work, ".", format)).body }
		said := []string{
			"Salt and Iron", "mara", "Harbour Lights", "General", "Slow burn", "A lamp, and who lit it.", // metadata
			"Written in a storm.", "Thank you for staying.", "Sorry it took so long.", "More on Sunday.", // notes
			"Contents", "1. Oil", "Chapter 2", "Chapter 3", // contents
			"One lamp.", "A lamp in a window", "Two lamps.", "Nobody came.", "Four lamps.",
		}
		check := func(format, all string) {
			for _, words := range said {
				if !strings.Contains(all, words) {
					t.Errorf("the %s lacks %q", format, words)
				}
			}
		}

		book := takenApart(t, in("epub"))
		var pages []string
		pictures := 0
		for name, content := range book {
			if strings.HasPrefix(name, "picture-") {
				pictures++
			}
			pages = append(pages, content)
		}
		need(t, "pictures in the book", pictures, 1)
		check("EPUB", strings.Join(pages, "\n"))
		for _, list := range []string{"nav.xhtml", "toc.ncx"} {
			for _, c := range w.chapters(work) {
				if !strings.Contains(book[list], "c-"+decimal(c.ID)+".xhtml") {
					t.Errorf("%s does not lead to chapter %d", list, c.ID)
				}
			}
		}

		page := in("html")
		check("HTML", page)
		if !strings.Contains(page, `src="data:image/`) {
			t.Error("the page does not bring its picture")
		}
		places := map[string]bool{}
		var links []string
		doc, err := html.Parse(strings.NewReader(page))
		must(t, err)
		for n := range doc.Descendants() {
			for _, a := range n.Attr {
				if a.Key == "id" {
					places[a.Val] = true
				}
				if n.Data == "a" && a.Key == "href" && strings.HasPrefix(a.Val, "#") {
					links = append(links, a.Val[1:])
				}
			}
		}
		need(t, "whether the contents lead to chapters", len(links) >= 3, true)
		for _, link := range links {
			need(t, "the place "+link, places[link], true)
		}

		check("Markdown", strings.ReplaceAll(in("md"), `\`, ""))
		text := in("txt")
		check("text", text)
		for line := range strings.Lines(text) {
			if len([]rune(strings.TrimSpace(line))) > 72 && !strings.Contains(line, "://") {
				t.Errorf("a line of the text is wider than 72 columns: %s", line)
			}
		}
		flowing := guest.opens(workPath(work, ".txt?lines=flowing")).body
		check("flowing text", flowing)
	})
}

func decimal(id int64) string { return strconv.FormatInt(id, 10) }

var (
	spineItem   = regexp.MustCompile(`<itemref idref="([^"]+)"`)
	paragraphID = regexp.MustCompile(`<p id="(p-[^"]+)"`)
	bookID      = regexp.MustCompile(`<dc:identifier id="book-id">([^<]+)<`)
)

func every(of *regexp.Regexp, in string) (all []string) {
	for _, m := range of.FindAllStringSubmatch(in, -1) {
		all = append(all, m[1])
	}
	return all
}

// TestAcceptance68_ABookKeepsItsBytesAndAReadersPlace: given the same work,
// revision and recipe downloaded twice, with kudos and comments between, then
// the bytes are equal; given a new chapter, then identifiers and old file names
// are unchanged and the place in an e-reader is kept.
func TestAcceptance68_ABookKeepsItsBytesAndAReadersPlace(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.settled("pell")
		work := w.carriedWork(mara.viewer)
		chapters := w.chapters(work)
		guest := w.guest()
		recipes := []string{".epub", ".epub?notes=none&typed=yes", ".epub?chapter=" + decimal(chapters[1].ID), ".html", ".md", ".txt"}
		before := map[string]answer{}
		for _, recipe := range recipes {
			before[recipe] = guest.opens(workPath(work, recipe))
		}
		w.Clock.Pass(time.Hour)
		guest.thanks(work, "guest")
		pell.said(work, chapters[0].ID, "The kettle!")
		w.tally.Flush(t.Context())
		for _, recipe := range recipes {
			again := guest.opens(workPath(work, recipe))
			if again.body != before[recipe].body || again.header.Get("Etag") != before[recipe].header.Get("Etag") {
				t.Errorf("after kudos and a comment %s is another", recipe)
			}
		}
		need(t, "kudos", w.kudos(work), 1)

		w.Clock.Pass(24 * time.Hour)
		fourth := w.adds(mara.viewer, work, "Five lamps.", true)
		old, fresh := takenApart(t, before[".epub"].body), takenApart(t, guest.opens(workPath(work, ".epub")).body)
		need(t, "identifier", bookID.FindString(fresh["package.opf"]), bookID.FindString(old["package.opf"]))
		for name, content := range old {
			if _, there := fresh[name]; !there {
				t.Errorf("%s is gone from the book", name)
			}
			if strings.HasPrefix(name, "c-") && content != fresh[name] {
				t.Errorf("%s is another, though only a chapter came after it", name)
			}
		}
		// KOReader knows a place by the number of a file in the order and the way
		// to an element in it, foliate-js and Readium by the file and its ids.
		was, is := every(spineItem, old["package.opf"]), every(spineItem, fresh["package.opf"])
		need(t, "the order up to the new chapter", slices.Equal(is[:len(was)-2], was[:len(was)-2]), true)
		need(t, "the new chapter's place", is[len(was)-2], "c-"+decimal(fourth))

		// An earlier chapter that is mended keeps the ids of what was not touched.
		path := "c-" + decimal(chapters[1].ID) + ".xhtml"
		ids := every(paragraphID, fresh[path])
		need(t, "paragraphs", len(ids), 2)
		_, err := w.writing.SaveChapter(t.Context(), mara.viewer, writing.ChapterForm{
			Work: work, Chapter: chapters[1].ID, Base: 1, Fields: archive.ChapterFields{Text: "It was seven.\n\nThree lamps, or so.\n\nNobody came."},
		})
		must(t, err)
		mended := every(paragraphID, takenApart(t, guest.opens(workPath(work, ".epub")).body)[path])
		need(t, "paragraphs after", len(mended), 3)
		need(t, "the place of what was not touched", mended[2], ids[1])

		guest.get(workPath(work, ".epub"), "If-None-Match", before[".epub"].header.Get("Etag")).expect(http.StatusOK)
	})
}
