package web_test

import (
	"net/http"

	"ficus/internal/web/page"
)

// habitRows are the rows of what is learnt of manuscripts.
func habitRows() map[string]row {
	return map[string]row{
		"GET /manuscripts/{manuscript}/preview": {check: previewsManuscript},
		"GET /manuscripts/{manuscript}/chapter": {why: "leads on to the form of a chapter, which has its row"},
		"GET " + page.PathBrought:               {check: listsBrought},
		"GET " + page.PathHabits:                {why: "the member's own; TestWhatIsLearntIsForItsWriterAlone reads it"},
		"POST " + page.PathHabits:               {why: "the member's own; TestWhatIsLearntIsForItsWriterAlone sends it"},
	}
}

// previewsManuscript is for who brought it: here it leads them to the review,
// since nothing of the kind was accepted before.
func previewsManuscript(m meeting) {
	a := m.asks(http.MethodGet, "/manuscripts/1/preview", nil)
	a.lacks("zqdraft words")
	if !m.who.tie.Creator {
		m.same(a, m.asks(http.MethodGet, "/manuscripts/9/preview", nil))
		return
	}
	a.expect(http.StatusSeeOther)
}

// listsBrought is for who brought it, and lists nothing of anybody else's.
func listsBrought(m meeting) {
	a := m.asks(http.MethodGet, page.PathBrought, nil)
	a.lacks("zqdraft words")
	if !m.who.tie.Creator {
		a.lacks("/manuscripts/1\"", "/manuscripts/1/")
	}
}
