package web_test

import "net/http"

// wranglingRows are the rows of the desk of those who sort tags.
func wranglingRows() map[string]row {
	return map[string]row{
		"GET /desk/tags":             {check: binsOf("/desk/tags")},
		"GET /desk/tags/bin":         {check: binOf("/desk/tags/bin?kind=fandom")},
		"POST /desk/tags/bin":        {why: "leads on, or shows the bin, which has its row"},
		"GET /desk/tags/{tag}":       {why: "names tags, which are no works; TestADraftsTagsAreNobodysToSort looks for a draft's"},
		"POST /desk/tags/{tag}":      {why: "leads on, or shows the tag"},
		"POST /desk/tags/{tag}/said": {why: "leads on, or shows the tag"},
		"GET /desk/tags/sheet":       {why: "names nothing"},
		"GET /desk/tags/sheet.csv":   {why: "names tags; TestTagsGoOutAndInAsASheet looks for a draft's"},
		"POST /desk/tags/sheet":      {why: "leads on, or shows what was sent"},
		"GET /desk/tags/merge":       {why: "counts works that are shown; TestMergesAreWeighedBeforehand reads it"},
		"POST /desk/tags/merge":      {why: "leads on, or shows what would be merged"},
		"POST /desk/tags/undo":       {why: "leads on"},
	}
}

// binOf is a bin, which holds a tag as long as a work is shown that bears it,
// whomever the wrangler mutes.
func binOf(path string) func(meeting) {
	return func(m meeting) {
		a := m.asks(http.MethodGet, path, nil)
		if !m.who.viewer.MayWrangle() {
			m.same(a, m.asks(http.MethodGet, "/desk/nothing", nil))
			return
		}
		m.sees(a.expect(http.StatusOK), m.gate.List)
	}
}

// binsOf counts the tags of bins, and names no tag of a work.
func binsOf(path string) func(meeting) {
	return func(m meeting) {
		a := m.asks(http.MethodGet, path, nil)
		if !m.who.viewer.MayWrangle() {
			m.same(a, m.asks(http.MethodGet, "/desk/nothing", nil))
			return
		}
		m.sees(a.expect(http.StatusOK), false)
	}
}
