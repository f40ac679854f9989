package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"testing"
	"testing/fstest"

	"ficus/internal/testkit"
	"ficus/internal/web"
)

// withFace is a build in which make assets left a typeface, in small.
func withFace(t *testing.T) *world {
	t.Helper()
	return openWorld(t, testkit.NewWorld(t, testkit.SQLite(t)), func(_ *web.Site, rooms *web.Rooms) {
		rooms.Bundle = fstest.MapFS{
			"OFL.txt":                     {Data: []byte("The licence.")},
			"unicode.json":                {Data: []byte(`{"latin":"U+0000-00FF"}`)},
			"face-latin-400-normal.woff2": {Data: []byte("wOF2")},
		}
	})
}

var (
	facesLink = regexp.MustCompile(`<link rel="stylesheet" href="(/assets/faces\.[0-9a-f]{10}\.css)">`)
	cutsOfIt  = regexp.MustCompile(`url\(([^)]+)\)`)
	licenceOf = regexp.MustCompile(`OFL\.[0-9a-f]{10}\.txt`)
)

// chooses keeps a typeface as a guest does.
func (c *client) chooses(face string) {
	c.w.t.Helper()
	c.post("/settings", url.Values{"face": {face}, "to": {"/"}}).expect(http.StatusSeeOther)
}

func TestTheTypefaceOfTheBuildIsLinkedForThoseWhoChoseIt(t *testing.T) {
	w := withFace(t)
	reader := w.guest()
	reader.opens("/").lacks("/assets/faces.")
	reader.chooses("hyperlegible")
	link := facesLink.FindStringSubmatch(reader.opens("/").body)
	if link == nil {
		t.Fatal("the stylesheet of the chosen typeface is not linked")
	}
	sheet := reader.opens(link[1])
	if sheet.header.Get("Content-Type") != "text/css; charset=utf-8" {
		t.Errorf("the stylesheet is sent as %q", sheet.header.Get("Content-Type"))
	}
	cut := cutsOfIt.FindStringSubmatch(sheet.body)
	if cut == nil {
		t.Fatalf("the stylesheet names no cut:\n%s", sheet.body)
	}
	font := reader.get("/assets/"+cut[1], "Accept-Encoding", "gzip, br").expect(http.StatusOK).has("wOF2")
	if font.header.Get("Content-Type") != "font/woff2" || font.header.Get("Content-Encoding") != "" {
		t.Errorf("the cut is sent as %q, packed as %q", font.header.Get("Content-Type"), font.header.Get("Content-Encoding"))
	}
	reader.opens("/assets/" + licenceOf.FindString(sheet.body)).has("The licence.")
	w.guest().opens("/").lacks("/assets/faces.")
}

func TestTheSettingsShowTheTypefaceBeforeItIsChosen(t *testing.T) {
	page := withFace(t).guest().opens("/settings")
	if !facesLink.MatchString(page.body) {
		t.Error("the settings cannot show the typeface they offer")
	}
	page.has("Hyperlegible</label>").lacks("if your device has it")
}

func TestWithoutATypefaceOfTheBuildTheDeviceHasItOrNot(t *testing.T) {
	w := newWorld(t)
	reader := w.guest()
	reader.opens("/settings").has("Hyperlegible, if your device has it").lacks("/assets/faces.")
	reader.chooses("hyperlegible")
	reader.opens("/").has(`data-face="hyperlegible"`).lacks("/assets/faces.")
}
