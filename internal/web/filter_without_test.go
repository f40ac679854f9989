package web_test

import (
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/writing"
)

// Where nothing is found, each filter says how many works there are without it,
// for the viewer: what a guest may not find is not among them.
func TestAnEmptyListSaysWhatIsThereWithoutEachFilter(t *testing.T) {
	w := newWorld(t)
	ada := w.lamps()
	f := fields("Lamp Five")
	f.Restricted = true
	w.creates(ada.viewer, writing.NewWork{Fields: f, Chapters: []archive.ChapterFields{{Text: strings.TrimSpace(strings.Repeat("word ", 50))}}})
	const asked = "include=freeform:Rain&words=35-"
	for _, address := range []string{"/works?" + asked, "/works/filters?" + asked, "/users/ada?" + asked} {
		w.guest().opens(address).has("Remove filter: with Rain. 1 work without it", "Remove filter: 35+ words. 3 works without it")
		ada.opens(address).has("Remove filter: with Rain. 2 works without it", "Remove filter: 35+ words. 3 works without it")
	}
	w.guest().opens("/works?" + asked).lists().has("Beside each filter stands how many there are without it").lacks("Take a filter away")
	w.guest().opens("/search?q=lamp&"+asked).lists().has("Beside each filter stands", "with Rain. 1 work without it", "35+ words. 3 works without it", "“lamp” within. 0 works without it")
	w.guest().opens("/works?include=freeform:Rain&words=30-").lists("Three").lacks("without it")
}

// Where none is left without one filter either, that is said; where there is but
// one, or no time to count, nothing is said beside it.
func TestAnEmptyListSaysNoMoreThanItCounted(t *testing.T) {
	w := newWorld(t)
	w.lamps()
	const none = "/works?include=freeform:Nobody+wrote+this&words=90-"
	w.guest().opens(none).lists().has("nor without any one of these filters", "90+ words. 0 works without it")
	w.guest().opens("/works?words=90-").lists().has("Take a filter away", "Remove filter: 90+ words").lacks("without it")
	w.catalog.Patience = catalog.Patience{Whole: 3} // nanoseconds, of which counting has a third
	w.member("bob").opens(none).lists().has("Take a filter away", "Remove filter: 90+ words").lacks("without it", "nor without")
}
