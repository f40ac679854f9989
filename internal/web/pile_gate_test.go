package web_test

import (
	"fmt"
	"net/http"
	"net/url"

	"ficus/internal/archive"
	"ficus/internal/manuscript"
	"ficus/internal/web/page"
)

// pileRows are the rows of piles.
func pileRows() map[string]row {
	return map[string]row{
		"GET " + page.PathPiles + "{pile}":  {check: pileBelongs(http.MethodGet)},
		"POST " + page.PathPiles + "{pile}": {check: pileBelongs(http.MethodPost)},
	}
}

// pileBelongs is a pile: its account's alone, whatever the works' states.
func pileBelongs(method string) func(meeting) {
	return func(m meeting) {
		const mine, nobodys = "/piles/1", "/piles/9"
		form := url.Values{"do": {"make"}, "base": {"1"}}
		if m.who.tie.Creator {
			form = nil
		}
		a := m.asks(method, mine, form)
		switch {
		case !m.who.tie.Creator:
			m.same(a, m.asks(method, nobodys, form))
			a.lacks("zqpile")
		case method == http.MethodGet:
			a.expect(http.StatusOK).has("zqpile1.txt")
		}
	}
}

// bringsPile brings so many texts of a name as one pile.
func (w *world) bringsPile(by archive.Viewer, name string, count int) int64 {
	w.t.Helper()
	var files []manuscript.PileFile
	for n := 1; n <= count; n++ {
		text := fmt.Sprintf("%s: %s", name, chapterTold(n))
		files = append(files, manuscript.PileFile{Name: fmt.Sprintf("%s%d.txt", name, n), Size: int64(len(text)), Open: func() ([]byte, error) { return []byte(text), nil }})
	}
	id, err := w.writing.BringPile(w.t.Context(), by, files)
	must(w.t, err)
	return id
}
