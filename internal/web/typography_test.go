package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/testkit/browser"
)

// A writer's own dashes may be what the story is about.
func TestAWriterKeepsMarksAsTheyWereTyped(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.member("pell")
		const typed = `"One lamp" -- lit.`
		work := w.posts(mara.viewer, fields("Salt and Iron"), typed)
		w.posts(mara.viewer, fields("Tide"), `"Two lamps" -- lit.`)
		guest := w.guest()
		before := w.textOf(w.chapters(work)[0].ID)
		guest.opens(workPath(work, ".html")).has("“One lamp”").lacks(`"One lamp"`)
		guest.opens(workPath(work, "/download")).has(`name="typed"`)
		mara.opens(workPath(work, "/edit")).has(`name="as_typed" value="yes"`).lacks(`name="as_typed" value="yes" checked`)

		w.edits(mara.viewer, work, func(f *archive.WorkFields) { f.AsTyped = true })
		need(t, "the text that is kept", w.textOf(w.chapters(work)[0].ID), before)
		mara.opens(workPath(work, "/edit")).has(`name="as_typed" value="yes" checked`)
		guest.opens(workPath(work, "/download")).has("The writer wants quotation marks").lacks(`name="typed"`)
		guest.opens(workPath(work, ".html")).has("One lamp").lacks("“One lamp”")
		left, asked := guest.opens(workPath(work, ".epub")), guest.opens(workPath(work, ".epub?typed=yes"))
		need(t, "the same book, whoever wants it so", asked.header.Get("Etag"), left.header.Get("Etag"))
		text := inBook(t, []byte(left.body))
		need(t, "whether it is as typed", strings.Contains(text, "&quot;One lamp&quot; --") || strings.Contains(text, typed), true)

		pell.post("/books", form("user", "mara")).expect(http.StatusSeeOther)
		text = inBook(t, []byte(pell.opens(w.bindsVolume(pell)).body))
		need(t, "whether a book of several holds one as typed", strings.Contains(text, "“One lamp”"), false)
		need(t, "and the other as a printer would", strings.Contains(text, "“Two lamps”"), true)

		w.edits(mara.viewer, work, func(f *archive.WorkFields) { f.Title = "Salt" })
		mara.opens(workPath(work, "/edit")).has(`name="as_typed" value="yes" checked`)
		w.edits(mara.viewer, work, func(f *archive.WorkFields) { f.AsTyped = false })
		guest.opens(workPath(work, ".html")).has("“One lamp”")
	})
}

func TestMarksAreKeptAsTypedOnAPhone(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	work := w.posts(mara.viewer, fields("Salt and Iron"), `"One lamp" -- lit.`)
	p := w.reads(browser.Settings{NoScript: true, Narrow: true, Dark: true})
	signIn(p, "mara")
	p.Open(workPath(work, "/edit"))
	p.Click(`details:has([name="as_typed"]) > summary`)
	p.Check("Leave quotation marks, dashes and spaces in its books as I typed them")
	p.Axe()
	p.Look("typography-form-dark")
	p.Submit("Save")
	p.Open(workPath(work, "/download"))
	p.Sees("The writer wants quotation marks")
	p.Axe()
	p.Look("typography-download-dark")
	if marks := fmt.Sprint(p.Source()); strings.Contains(marks, `name="typed"`) {
		t.Error("the reader is still asked")
	}
}
