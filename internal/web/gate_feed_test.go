package web_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/reading"
	"ficus/internal/store"
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
		rows["GET /feeds/{token}"+strings.TrimPrefix(end, "/feed")] = row{check: feedsOwn(strings.TrimPrefix(end, "/feed"))}
		rows["GET /filters/{token}"+end] = row{check: feedsShared(end)}
	}
	return rows
}

// feedsOwn is the feed of a member's saved filter, to whoever has its secret:
// what that member is listed.
func feedsOwn(end string) func(meeting) {
	return func(m meeting) {
		if m.who.viewer.IsMember() {
			_, secret := m.who.w.filterFed(m.who.viewer)
			gate := archive.GateFor(archive.Viewer{Account: m.who.viewer.Account}, m.who.tie, m.of.standing, m.who.w.Clock.Now())
			a := meeting{t: m.t, who: asker{client: m.who.w.guest()}}.asks(http.MethodGet, "/feeds/"+secret+end, nil).expect(http.StatusOK)
			if gate.List {
				a.has(m.of.token + " title").lacks(m.of.token + " words")
			} else {
				a.lacks(m.of.token+" title", m.of.token+" fandom")
			}
		}
		m.same(m.asks(http.MethodGet, "/feeds/NEVER"+end, nil), m.asks(http.MethodGet, "/feeds/OTHER"+end, nil))
	}
}

// feedsShared is the feed of a shared filter: the same to everyone.
func feedsShared(end string) func(meeting) {
	return func(m meeting) {
		token, _ := m.who.w.filterFed(m.all[0].creator)
		m.isIn(m.asks(http.MethodGet, "/filters/"+token+end, nil).expect(http.StatusOK), m.asGuest().List)
		m.same(m.asks(http.MethodGet, "/filters/NEVER"+end, nil), m.asks(http.MethodGet, "/filters/OTHER"+end, nil))
	}
}

// filterFed is a filter of all works that a member shares and has a feed of.
func (w *world) filterFed(by archive.Viewer) (token, secret string) {
	w.t.Helper()
	memory := reading.NewMemory(w.Store, w.catalog, archive.DefaultLimits())
	var id int64
	w.Write(w.t, func(ctx context.Context, tx *store.Tx) error {
		had, err := tx.Filters.Of(ctx, by.Account)
		if err != nil || len(had) > 0 {
			id = had[0].ID
			return err
		}
		id, err = tx.Filters.Add(ctx, archive.SavedFilter{Account: by.Account, Name: "All"})
		return err
	})
	must(w.t, memory.ShareFilter(w.t.Context(), by, id))
	secret, err := memory.FeedFilter(w.t.Context(), by, id)
	must(w.t, err)
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) error {
		f, err := tx.Filters.Find(ctx, by.Account, id)
		token = f.Token
		return err
	})
	return token, secret
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
