package web_test

import (
	"net/http"

	"ficus/internal/archive"
	"ficus/internal/web/page"
)

// followRows are the rows of following.
func followRows() map[string]row {
	return map[string]row{
		"GET /works/{work}/follow":   {check: asksToFollow},
		"POST /works/{work}/follow":  {check: followsIt},
		"GET /users/{name}/follow":   {why: "a question about a person"},
		"POST /users/{name}/follow":  {why: "leads on"},
		"GET " + page.PathFollowing:  {check: listsFollowed},
		"POST " + page.PathFollowing: {why: "leads on"},
	}
}

// asksToFollow is the question about a work: for members whom it opens to, and
// never about one's own.
func asksToFollow(m meeting) {
	const pattern = "/works/{work}/follow"
	a := m.asks(http.MethodGet, m.address(pattern), nil)
	switch {
	case !m.who.viewer.IsMember():
		a.expect(http.StatusSeeOther).lacks(m.of.token, "zuleika")
		m.refused(a, http.MethodGet, pattern, nil)
	case m.gate.Open == archive.Missing:
		m.refused(a, http.MethodGet, pattern, nil)
	case m.who.tie.Creator || !m.isPosted():
		if !m.of.standing.DeletedAt.IsZero() {
			return // deleted, and to be brought back
		}
		a.expect(http.StatusForbidden).lacks(m.of.token)
	default:
		a.expect(http.StatusOK).has(m.of.token)
	}
}

// isPosted: not a draft of another's that staff look at.
func (m meeting) isPosted() bool { return !m.of.standing.PostedAt.IsZero() }

// followsIt follows the work, where it opens, so that the list has something
// to keep.
func followsIt(m meeting) {
	const pattern = "/works/{work}/follow"
	f := form("do", "follow", "to", "/")
	a := m.asks(http.MethodPost, m.address(pattern), f)
	switch {
	case !m.who.viewer.IsMember():
		a.expect(http.StatusUnauthorized).lacks(m.of.token, "zuleika")
	case m.gate.Open == archive.Missing:
		m.refused(a, http.MethodPost, pattern, f)
	case m.who.tie.Creator || !m.isPosted():
		a.expect(http.StatusForbidden).lacks(m.of.token)
	default:
		a.expect(http.StatusSeeOther)
	}
}

// listsFollowed is the list of one who follows the work in whatever state it
// is: its title stands there only while it opens to them.
func listsFollowed(m meeting) {
	if !m.who.viewer.IsMember() {
		m.asks(http.MethodGet, page.PathFollowing, nil).expect(http.StatusSeeOther).lacks(m.of.token)
		return
	}
	m.who.w.heeds(m.who.viewer, archive.Followed{Work: m.of.work})
	a := m.asks(http.MethodGet, page.PathFollowing, nil).expect(http.StatusOK)
	if m.gate.Open == archive.Opens && m.of.standing.DeletedAt.IsZero() {
		a.has(m.of.token + " title")
	} else {
		a.lacks(m.of.token + " title")
	}
	if !m.who.tie.Creator {
		a.lacks("zuleika")
	}
}
