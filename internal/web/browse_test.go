package web_test

import (
	"archive/zip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ficus/internal/archive"
	"ficus/internal/testkit/browser"
	"ficus/internal/writing"
)

// readers are the ways in which people read.
var readers = map[string]browser.Settings{
	"desk with scripts":     {},
	"desk without scripts":  {NoScript: true},
	"phone with scripts":    {Phone: true},
	"phone without scripts": {Phone: true, NoScript: true},
}

// extremes are the two that differ most.
var extremes = map[string]browser.Settings{"desk with scripts": {}, "phone without scripts": {Phone: true, NoScript: true}}

// library fills a world with a work of two chapters by ada, with everything a
// page may show, and one that asks first.
func (w *world) library() (ada *client, work, adult int64) {
	w.t.Helper()
	ada = w.member("ada")
	f := fields("The Lamp Keepers")
	f.Relationships, f.Characters, f.Freeforms = []string{"Wren & Marrow"}, []string{"Wren", "Marrow"}, []string{"Lighthouses", "Slow burn"}
	f.Summary, f.NotesBefore, f.Planned, f.Gifts = "Two people keep one lamp.", "Written for the long evenings.", 0, []string{"Pell"}
	work = w.creates(ada.viewer, writing.NewWork{Fields: f, Chapters: []archive.ChapterFields{
		{Title: "Forty-one steps", Text: "The lamp was lit at six.\n\n* * *\n\nNobody came.", NotesBefore: "Thank you for waiting.", Disclaimer: "The harbour is not mine."},
		{Title: "The forty-second", Text: "She counted again.", Dedication: "For Kestrel"},
	}})
	f = fields("A Night Without Lamps")
	f.Rating = archive.RatingExplicit
	return ada, work, w.posts(ada.viewer, f, "They put the lamps out.")
}

func TestAReaderFindsTheWayFromHomeToTheLastChapter(t *testing.T) {
	w := newWorld(t)
	_, work, _ := w.library()
	for name, how := range readers {
		t.Run(name, func(t *testing.T) {
			p := browser.Start(t, w.address, how)
			p.Open("/")
			p.Follow("Harbour Lights")
			p.Sees("2 works")
			p.Follow("The Lamp Keepers")
			p.Sees("The lamp was lit at six.")
			p.Follow("Next")
			p.Sees("She counted again.")
			p.SeesNot("The lamp was lit at six.")
			p.Follow("All chapters")
			p.Sees("Forty-one steps")
			p.Follow("Entire work")
			p.Sees("The lamp was lit at six.")
			p.Sees("She counted again.")
			if at := p.Path(); at != workPath(work, "/entire") {
				t.Errorf("the way ends at %s", at)
			}
			p.Open("/search")
			p.Fill("Words, “phrases”", "keepers")
			p.Submit("Search")
			p.Sees("1 work")
			p.Follow("The Lamp Keepers")
			p.Sees("The lamp was lit at six.")
		})
	}
}

func TestAReaderIsAskedOnceBeforeAWorkForAdults(t *testing.T) {
	w := newWorld(t)
	_, _, adult := w.library()
	for name, how := range extremes {
		t.Run(name, func(t *testing.T) {
			p := browser.Start(t, w.address, how)
			p.Open("/works")
			p.Follow("A Night Without Lamps")
			p.Sees("Before you read on")
			p.SeesNot("Night")
			p.Submit("Show the work")
			p.Sees("They put the lamps out.")
			p.Open(workPath(adult))
			p.Sees("They put the lamps out.")
		})
	}
}

func TestAReaderSetsThePage(t *testing.T) {
	w := newWorld(t)
	_, work, _ := w.library()
	for name, how := range extremes {
		t.Run(name, func(t *testing.T) {
			p := browser.Start(t, w.address, how)
			p.Open(workPath(work))
			p.Open("/settings?to=" + workPath(work))
			p.Check("Sepia")
			p.Check("Larger")
			p.Submit("Keep these settings")
			p.Sees("The lamp was lit at six.")
			theme := browser.Ask[string](p, `document.documentElement.dataset.theme + " " + document.documentElement.dataset.size`)
			if theme != "sepia larger" {
				t.Errorf("the page is set as %q", theme)
			}
			paper := browser.Ask[string](p, `getComputedStyle(document.querySelector(".sheet")).backgroundColor`)
			if how.Phone {
				paper = browser.Ask[string](p, `getComputedStyle(document.body).backgroundColor`)
			}
			if paper != "rgb(245, 236, 217)" {
				t.Errorf("the paper is %s", paper)
			}
		})
	}
}

func TestAMemberComesAndGoes(t *testing.T) {
	w := newWorld(t)
	for name, how := range extremes {
		t.Run(name, func(t *testing.T) {
			member := "m" + regexp.MustCompile(`\W`).ReplaceAllString(name, "_")
			p := browser.Start(t, w.address, how)
			p.Open("/sign-up")
			p.Fill("Name", member)
			p.Fill("Password", "short")
			p.Submit("Make the account")
			p.Sees("at least 8 characters")
			if got := p.Value("Name"); got != member {
				t.Errorf("the name typed is now %q", got)
			}
			p.Fill("Password", password)
			p.Submit("Make the account")
			p.Open("/account")
			p.Sees("Signed in as " + member)
			p.Open("/sign-out")
			p.Submit("Sign out")
			p.Open("/works/new")
			p.Fill("Name", member)
			p.Fill("Password", password)
			p.Submit("Sign in")
			if at := p.Path(); at != "/works/new" {
				t.Errorf("signing in ends at %s", at)
			}
		})
	}
}

// pageKinds is one address of every kind of page, for guests and for ada.
func (w *world) pageKinds(work, adult int64) (guests, adas map[string]string) {
	chapters := w.chapters(work)
	first := chapterPath(work, chapters[0].ID)
	return map[string]string{
			"home": "/", "fandoms": "/fandoms", "works": "/works", "tag": "/tags/3/harbour-lights", "search": "/search?q=lamp", "search-nothing": "/search?q=zebra", "user": "/users/ada",
			"menu": "/menu", "work": workPath(work), "chapter": chapterPath(work, chapters[1].ID), "entire": workPath(work, "/entire"), "index": workPath(work, "/index"),
			"gate": workPath(adult), "settings": "/settings", "sign-up": "/sign-up", "sign-in": "/sign-in?to=/works/new", "missing": "/nothing",
		}, map[string]string{
			"home-member": "/", "own-work": workPath(work), "sign-out": "/sign-out", "account": "/account", "notices": "/notices", "my-works": "/my-works", "new-work": "/works/new",
			"edit-work": workPath(work, "/edit"), "delete-work": workPath(work, "/delete"), "chapters": workPath(work, "/chapters"), "new-chapter": workPath(work, "/chapters/new"),
			"edit-chapter": first + "/edit", "delete-chapter": first + "/delete", "revisions": first + "/revisions", "revision": first + "/revisions/1",
			"upload": "/works/new/upload", "review": "/manuscripts/1", "brought-work": "/works/new?manuscript=1",
		}
}

func TestAcceptance76_PartEveryPageFitsANarrowPhoneAndPleasesAxe(t *testing.T) {
	w := newWorld(t)
	ada, work, adult := w.library()
	w.tells(ada.viewer, archive.NoticeGift, work, 1000)
	_, err := w.writing.Bring(t.Context(), ada.viewer, "harbour.txt", []byte(pasted))
	must(t, err)
	guests, adas := w.pageKinds(work, adult)
	p := browser.Start(t, w.address, browser.Settings{Narrow: true})
	fits(t, p, guests)
	signIn(p, "ada")
	fits(t, p, adas)
	for _, asked := range p.Requests() { // 91: the browser also fails the test by itself
		if !strings.HasPrefix(asked, "/") && !strings.HasPrefix(asked, "data:") {
			t.Errorf("a page asked for %s", asked)
		}
	}
}

// fits opens pages, holds them to the width of the window and runs axe.
func fits(t *testing.T, p *browser.Page, pages map[string]string) {
	t.Helper()
	for name, path := range pages {
		status := p.Open(path)
		if want := map[bool]int{true: http.StatusNotFound, false: http.StatusOK}[name == "missing"]; status != want {
			t.Errorf("%s is answered with %d", path, status)
		}
		const wide = `(() => { const s = document.scrollingElement; return s.scrollWidth - s.clientWidth })()`
		if over := browser.Ask[int](p, wide); over > 0 {
			t.Errorf("%s (%s) is %d wider than a window of 320", name, path, over)
		}
		p.Axe()
		p.Look("page-" + name)
	}
}

func TestAcceptance91_PartBooksAskNoHost(t *testing.T) {
	w := newWorld(t)
	_, work, _ := w.library()
	book := w.guest().opens(workPath(work, ".html")).body
	shelf := httptest.NewServer(http.HandlerFunc(func(to http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/book" {
			to.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = io.WriteString(to, book)
		}
	}))
	t.Cleanup(shelf.Close)
	p := browser.Start(t, shelf.URL, browser.Settings{})
	p.Open("/book")
	p.Sees("The lamp was lit at six.")
	for _, asked := range p.Requests() {
		if asked != "/book" && asked != "/favicon.ico" && !strings.HasPrefix(asked, "data:") {
			t.Errorf("the book asked for %s", asked)
		}
	}
	data := w.guest().opens(workPath(work, ".epub")).body
	parcel, err := zip.NewReader(strings.NewReader(data), int64(len(data)))
	must(t, err)
	fetched := regexp.MustCompile(`(?:src|data|poster)="(https?:[^"]*)"|<link[^>]*href="(https?:[^"]*)"|url\(["']?https?:|@import`)
	for _, file := range parcel.File {
		content, err := file.Open()
		must(t, err)
		bytes, err := io.ReadAll(content)
		must(t, err)
		if bad := fetched.Find(bytes); bad != nil && !strings.HasSuffix(file.Name, ".jpg") && !strings.HasSuffix(file.Name, ".png") {
			t.Errorf("%s in the EPUB fetches %s", file.Name, bad)
		}
	}
}

// writeTrees, when it is set, writes the transcripts anew.
const writeTrees = "FICUS_WRITE_TREES"

func TestMainPagesReadAloudAsTheyAreKept(t *testing.T) {
	w := newWorld(t)
	_, work, adult := w.library()
	p := browser.Start(t, w.address, browser.Settings{})
	for name, path := range map[string]string{"home": "/", "list": "/works", "chapter": workPath(work), "gate": workPath(adult), "sign-in": "/sign-in"} {
		p.Open(path)
		tree := p.Tree()
		file := filepath.Join("testdata", "trees", name+".txt")
		if os.Getenv(writeTrees) != "" {
			must(t, os.WriteFile(file, []byte(tree), 0o644))
		}
		kept, err := os.ReadFile(file)
		must(t, err)
		if difference := cmp.Diff(string(kept), tree); difference != "" {
			t.Errorf("%s is read aloud another way than %s says; if that is meant, run the test with %s=1 (-kept +now):\n%s", path, file, writeTrees, difference)
		}
	}
}

func TestPagesPrintAsABook(t *testing.T) {
	w := newWorld(t)
	_, work, _ := w.library()
	sheet := ""
	for _, asset := range assetsOf(w.guest().opens(workPath(work))) {
		if strings.HasSuffix(asset, ".css") {
			sheet += w.guest().get(asset, "Accept-Encoding", "identity").body
		}
	}
	if !strings.Contains(sheet, "@media print") || !strings.Contains(sheet, "orphans") {
		t.Error("no stylesheet is for print")
	}
	p := browser.Start(t, w.address, browser.Settings{})
	p.Open(workPath(work))
	if got := browser.Ask[string](p, `getComputedStyle(document.querySelector(".story-tools")).display`); got == "none" {
		t.Fatal("the tools are hidden on the screen too, so this test sees nothing")
	}
	p.Print(func() {
		for _, gone := range []string{"header.top", "footer.foot", ".story-tools", ".skip"} {
			if got := browser.Ask[string](p, fmt.Sprintf(`getComputedStyle(document.querySelector(%q)).display`, gone)); got != "none" {
				t.Errorf("%s is printed", gone)
			}
		}
		if got := browser.Ask[string](p, `getComputedStyle(document.body).backgroundColor`); got != "rgb(255, 255, 255)" && got != "rgba(0, 0, 0, 0)" {
			t.Errorf("paper is printed %s", got)
		}
	})
}
