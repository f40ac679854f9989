package web_test

import (
	"net/http"
	"testing"

	"ficus/internal/archive"
)

// A book speaks the language of its work where the archive has it, and else the
// archive's; what changes its words changes the file.
func TestABookSpeaksTheLanguageOfItsWork(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, guest := w.member("mara"), w.guest()
		tongue := func(language string) int64 {
			f := fields("Salt " + language)
			f.Language, f.Rating = language, "Teen"
			return w.posts(mara.viewer, f, "One lamp.", "Two lamps.")
		}
		english, german, french := tongue("en"), tongue("de"), tongue("fr")
		guest.opens(workPath(german, ".html")).has(">Kapitel 2</h2>", "von <bdi>mara</bdi>", `<data value="Teen">Ab Teenager</data>`).lacks(`lang="en"`, "Chapter 2")
		guest.opens(workPath(english, ".html")).has(">Chapter 2</h2>", "by <bdi>mara</bdi>").lacks("Kapitel")
		before := guest.opens(workPath(french, ".html")).has(`lang="en" dir="ltr">Chapter 2</h2>`)
		was := guest.opens(workPath(german, ".epub")).header.Get("Etag")

		w.decides(func(s *archive.Site) { s.Language = "de" })
		after := guest.get(workPath(french, ".html"), "If-None-Match", before.header.Get("Etag")).expect(http.StatusOK).has(`lang="de" dir="ltr">Kapitel 2</h2>`)
		if after.header.Get("Etag") == before.header.Get("Etag") {
			t.Error("a book in other words has the ETag of the old one")
		}
		need(t, "a German work's book", guest.opens(workPath(german, ".epub")).header.Get("Etag"), was)
		guest.opens(workPath(english, ".html")).has(">Chapter 2</h2>").lacks("Kapitel")
	})
}
