package web_test

import (
	"fmt"
	"net/http"
	"strings"

	"ficus/internal/archive"
)

// feedRows are the rows of lists for programs.
func feedRows() map[string]row {
	rows := map[string]row{}
	for _, end := range []string{"/feed", "/feed/json"} {
		rows["GET /works"+end] = row{check: feeds("/works" + end)}
		rows["GET /search"+end] = row{check: feeds("/search" + end + "?q=zq")}
		rows["GET /users/{name}"+end] = row{check: feedsSigned("/users/zuleika" + end)}
		rows["GET /users/{name}/pseuds/{pseud}"+end] = row{check: feedsSigned("/users/zuleika/pseuds/zuleika" + end)}
		rows["GET /tags/{id}/{slug}"+end] = row{check: feedsTag(end)}
	}
	return rows
}

// asGuest is what the rule says to a guest: a feed is the same for everyone.
func (m meeting) asGuest() archive.Gate {
	return archive.GateFor(archive.Viewer{}, archive.Tie{}, m.of.standing, m.who.w.Clock.Now())
}

// feeds is a feed of works, and names who signs one where the gate does.
func feeds(path string) func(meeting) {
	return func(m meeting) {
		a := m.asks(http.MethodGet, path, nil).expect(http.StatusOK)
		m.isIn(a, m.asGuest().List)
	}
}

// feedsSigned is a feed of what one person signs.
func feedsSigned(path string) func(meeting) {
	return func(m meeting) {
		gate := m.asGuest()
		m.isIn(m.asks(http.MethodGet, path, nil).expect(http.StatusOK), gate.List && gate.Name)
	}
}

// isIn wants the work in a feed, or nothing of it.
func (m meeting) isIn(a answer, listed bool) {
	m.t.Helper()
	if !listed {
		a.lacks(m.of.token+" title", m.of.token+" fandom", m.of.token+" summary")
		return
	}
	a.has(m.of.token+" title", m.of.token+" fandom", m.of.token+" summary").lacks(m.of.token+" words", m.of.token+" chapter")
	_, entry, _ := strings.Cut(a.body, m.of.token+" title")
	for _, end := range []string{"</entry>", `"tags"`} {
		entry, _, _ = strings.Cut(entry, end)
	}
	names := map[bool][]string{true: {"zuleika", "Anonymous"}, false: {"Anonymous", "zuleika"}}[m.asGuest().Name]
	if !strings.Contains(entry, names[0]) || strings.Contains(entry, names[1]) {
		m.t.Errorf("the entry does not name %s alone: %s", names[0], entry)
	}
}

// feedsTag is the feed of the work's tag; of one nobody may find there is none,
// as of a tag that never was.
func feedsTag(end string) func(meeting) {
	return func(m meeting) {
		a := m.asks(http.MethodGet, fmt.Sprintf("/tags/%d/x%s", m.of.tag, end), nil)
		if m.asGuest().List {
			m.isIn(a.expect(http.StatusOK), true)
			return
		}
		need(m.t, "the status", a.status, http.StatusNotFound)
		m.same(a, m.asks(http.MethodGet, "/tags/999/x"+end, nil))
	}
}
