package web_test

import (
	"fmt"
	"net/http"

	"ficus/internal/archive"
)

// bookRows are the rows of what readers take with them.
func bookRows() map[string]row {
	return map[string]row{
		"GET /works/{work}/download":  {check: choosesFile},
		"POST /works/{work}/download": {why: "leads on, after the work was opened; TestForgettingADownloadTellsNothing"},
		"GET /books":                  {why: "what the member asked for, called as its list is; TestAMemberTakesAnAuthorsWorksAsOneBook"},
		"POST /books":                 {why: "leads on to the member's books; which works may be in them, TestABookOfATagLosesItsNamesWithThem"},
		"POST /books/{book}":          {why: "leads on to the member's books, of which it forgets one; TestABookIsGivenUpWhileItIsBound"},
		"GET /books/new":              {check: countsBook},
		"GET /books/{book}/file":      {why: "a file of who asked for it alone; TestABookOfATagLosesItsNamesWithThem"},
	}
}

// countsBook is the form that binds all of a person's works: those of a list
// that the viewer may find, signed.
func countsBook(m meeting) {
	a := m.asks(http.MethodGet, "/books/new?user=zuleika", nil)
	if !m.who.viewer.IsMember() {
		a.expect(http.StatusSeeOther).lacks(m.of.token)
		return
	}
	listed := 0
	for _, of := range m.all {
		gate := archive.GateFor(m.who.viewer, m.who.tie, of.standing, m.who.w.Clock.Now())
		if gate.List && gate.Name {
			listed++
		}
	}
	a.expect(http.StatusOK).lacks(m.of.token)
	if listed > 1 {
		a.has(fmt.Sprintf("%d works", listed))
	}
}

// choosesFile is the page on which one chooses what a file of the work holds.
func choosesFile(m meeting) {
	const pattern = "/works/{work}/download"
	if a := m.asks(http.MethodGet, m.address(pattern), nil); m.meets(a, pattern) {
		a.expect(http.StatusOK).has(m.of.token)
		if !m.who.tie.Creator {
			a.lacks("zuleika")
		}
	}
}
