package web_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit/browser"
)

func TestAReaderChoosesWhatAFileHolds(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.member("mara")
		f := fields("Salt and Iron")
		f.NotesBefore = "Thank you, Pell."
		work := w.posts(mara.viewer, f, "One lamp -- lit.", "Two lamps.", "Three lamps.")
		guest, page := w.guest(), workPath(work, "/download")
		guest.opens(workPath(work)).has(`href="` + page + `"`)
		guest.opens(page).has("Salt and Iron", `value="epub" checked`, "All 3", `name="notes"`, `name="typed"`).lacks("You last took", "since I last")

		to := func(query string) string { return guest.get(page + "?" + query).expect(http.StatusSeeOther).to() }
		need(t, "everything", to("format=epub&notes=all&which=all&from=1&to=3"), workPath(work, ".epub"))
		need(t, "no notes", to("format=txt&notes=none&which=all"), workPath(work, ".txt?notes=none"))
		flowing := to("format=txt&notes=none&lines=flowing&which=all")
		need(t, "long lines", flowing, workPath(work, ".txt?lines=flowing&notes=none"))
		guest.opens(flowing).has("Three lamps.")
		need(t, "of a page there are none", to("format=html&notes=all&lines=flowing&which=all"), workPath(work, ".html"))
		some := to("format=html&notes=all&typed=yes&which=some&from=2&to=3")
		guest.opens(some).has("Two lamps", "Three lamps").lacks("One lamp")
		guest.opens(workPath(work, ".html")).has("Thank you, Pell", "One lamp")
		guest.opens(to("format=html&notes=none&which=all")).has("One lamp").lacks("Thank you, Pell")
		whole, all := guest.opens(workPath(work, ".epub")), guest.opens(to("format=epub&which=some&from=1&to=3"))
		need(t, "all of them, one by one", all.header.Get("Etag"), whole.header.Get("Etag"))

		for _, wrong := range []string{"from=0&to=2", "from=3&to=2", "from=1&to=4", "from=x&to=2", "from=-1"} {
			guest.get(page + "?format=epub&which=some&" + wrong).expect(422).has("Choose chapters between 1 and 3")
		}
		guest.get(page + "?format=exe").expect(http.StatusNotFound)
		for _, wrong := range []string{"?notes=some", "?chapter=x", "?since=yesterday"} {
			guest.get(workPath(work, ".epub") + wrong).expect(http.StatusNotFound)
		}
		guest.get(workPath(work, ".epub?chapter=900")).expect(http.StatusNotFound).has("There is nothing to take")
		guest.get(workPath(work, ".epub?since=2030-01-01T00:00:00Z")).expect(http.StatusNotFound).has("There is nothing to take")
	})
}

// A draft chapter is in no file, however it is asked for.
func TestNoChoiceReachesADraftChapter(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.member("mara")
		work := w.posts(mara.viewer, fields("Salt and Iron"), "One lamp.", "Two lamps.")
		draft := w.adds(mara.viewer, work, "A lamp not yet lit.", false)
		for _, reader := range []*client{w.guest(), w.member("pell"), mara} {
			reader.get(workPath(work, ".html?chapter=", draft)).expect(http.StatusNotFound).lacks("not yet lit")
			reader.opens(workPath(work, "/download")).has("All 2")
			reader.get(workPath(work, "/download?format=html&which=some&from=1&to=3")).expect(422)
		}
	})
}

func TestAMemberTakesOnlyWhatIsNew(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.member("pell")
		work := w.posts(mara.viewer, fields("Salt and Iron"), "One lamp.", "Two lamps.")
		page := workPath(work, "/download")
		pell.get(workPath(work, ".epub"), "Range", "bytes=0-9")
		pell.send(http.MethodHead, workPath(work, ".epub"), nil)
		w.tally.Flush(t.Context())
		pell.opens(page).lacks("You last took") // neither took it along
		w.Clock.Pass(time.Hour)
		pell.opens(workPath(work, ".epub"))
		w.tally.Flush(t.Context())
		pell.opens(page).has("You last took this with you on", "Nothing is new since").lacks("since I last")
		w.Clock.Pass(24 * time.Hour)
		w.adds(mara.viewer, work, "Three lamps.", true)
		pell.opens(page).has("Only the 1 that is new since I last took it", `value="new" checked`)
		file := pell.get(page + "?format=html&notes=all&which=new").expect(http.StatusSeeOther).to()
		pell.opens(file).has("Three lamps").lacks("One lamp", "Two lamps")
		w.tally.Flush(t.Context())
		w.Clock.Pass(time.Hour)
		pell.opens(file).has("Three lamps") // the address means the same for ever
		pell.opens(page).has("Nothing is new since")
		mara.opens(page).lacks("You last took")

		pell.post(page, form("do", "forget")).expect(http.StatusSeeOther)
		pell.opens(page).lacks("You last took")
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			left, err := tx.Downloads.LastOf(ctx, pell.viewer.Account, []int64{work})
			need(t, "what is left of it", len(left), 0)
			return err
		})
	})
}

func TestForgettingADownloadTellsNothing(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.member("pell")
		draft := w.drafts(mara.viewer, fields("Salt and Iron"), "One lamp.")
		hidden := pell.post(workPath(draft, "/download"), form("do", "forget")).expect(http.StatusNotFound)
		missing := pell.post(workPath(neverUsed, "/download"), form("do", "forget")).expect(http.StatusNotFound)
		need(t, "what is hidden, beside what is missing",
			strings.ReplaceAll(hidden.body, fmt.Sprintf("works%%2F%d%%2F", draft), "W"), strings.ReplaceAll(missing.body, fmt.Sprintf("works%%2F%d%%2F", neverUsed), "W"))
		w.guest().post(workPath(draft, "/download"), form("do", "forget")).expect(http.StatusUnauthorized).lacks("Salt")
	})
}

// The adult gate stands before the choice, and the choice waits behind it.
func TestTheQuestionForAdultsStandsBeforeTheChoice(t *testing.T) {
	w := newWorld(t)
	f := fields("Salt and Iron")
	f.Rating = archive.RatingExplicit
	work := w.posts(w.member("mara").viewer, f, "One lamp.")
	guest := w.guest()
	guest.opens(workPath(work, "/download?format=html")).lacks("Salt and Iron").has(workPath(work, "/adult"))
	guest.post(workPath(work, "/adult"), form("to", workPath(work, "/download"))).expect(http.StatusSeeOther)
	guest.opens(workPath(work, "/download")).has("Salt and Iron")
}

// On a phone, without a script, in light and dark.
func TestAFileIsChosenOnAPhone(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	work := w.posts(mara.viewer, fields("Salt and Iron"), "One lamp.", "Two lamps.", "Three lamps.")
	for _, theme := range []string{"light", "dark"} {
		p := w.reads(browser.Settings{NoScript: true, Narrow: true, Dark: theme == "dark"})
		p.Open(workPath(work))
		p.Follow("Choose…")
		p.Sees("Leave quotation marks")
		p.Axe()
		p.Look("download-" + theme)
	}
}
