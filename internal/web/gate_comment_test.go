package web_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
	"ficus/internal/store"
)

// commentRows are the rows of what readers say: a comment is as closed as its
// work, and who signs an anonymous work is not named beside it.
func commentRows() map[string]row {
	return map[string]row{
		"GET /works/{work}/comments":      {check: remarks},
		"POST /works/{work}/comments":     {check: remarking},
		"GET /comments/{comment}":         {check: remark("", http.MethodGet, false)},
		"GET /comments/{comment}/answer":  {check: remark("/answer", http.MethodGet, true)},
		"GET /comments/{comment}/edit":    {check: remark("/edit", http.MethodGet, true)},
		"GET /comments/{comment}/delete":  {check: remark("/delete", http.MethodGet, true)},
		"POST /comments/{comment}":        {check: remark("", http.MethodPost, true)},
		"POST /comments/{comment}/edit":   {check: remark("/edit", http.MethodPost, true)},
		"POST /comments/{comment}/delete": {check: remark("/delete", http.MethodPost, true)},
		"GET /my-works/waiting":           {check: waits},
		"POST /my-works/waiting":          {why: "judges by number; TestCommentsAreHeldOrRefusedAsTheWriterAndTheOwnerWish tries another's"},
		"POST /account/pause":             {why: "leads on"},
	}
}

// remarkOf is the comment of the work's creator.
func (m meeting) remarkOf() (id int64) {
	m.t.Helper()
	m.who.w.Read(m.t, func(ctx context.Context, tx *store.Tx) error {
		said, _, err := tx.Threads.Page(ctx, store.Reader{Viewer: archive.Viewer{Staff: true}, Creator: true}, store.Asked{Work: m.of.work, Oldest: true, Page: 1, PerPage: 1})
		if len(said) > 0 {
			id = said[0].ID
		}
		return err
	})
	return id
}

// remarkOn says something of a work as its creator, and something that is held.
func (w *world) remarkOn(s subject) {
	w.t.Helper()
	must(w.t, w.DB.Write(w.t.Context(), func(tx *sqldb.Tx) error {
		for _, state := range []string{"shown", "waiting"} {
			_, err := tx.Exec(w.t.Context(), `INSERT INTO comments (work, chapter, thread, parent, account, pseud, guest, body, state, sum, mark, posted_at)
				SELECT $1, $2, 0, 0, p.account, p.id, '', $3, $4, $4, '', 1 FROM pseuds p WHERE p.folded = 'zuleika'`,
				s.work, s.chapter, "<p>"+s.token+" "+state+"</p>", state)
			if err != nil {
				return err
			}
		}
		return nil
	}))
}

// remarks is the comments of a work.
func remarks(m meeting) {
	const pattern = "/works/{work}/comments"
	for range 2 { // drawn, and kept
		a := m.asks(http.MethodGet, m.address(pattern), nil)
		if !m.meets(a, pattern) {
			continue
		}
		a.expect(http.StatusOK)
		m.says(a)
		if !m.who.tie.Creator {
			a.lacks(m.of.token + " waiting")
		}
	}
}

// says wants the creator's comment, unless she is muted and no secret, and her
// name where it is none.
func (m meeting) says(a answer) {
	m.t.Helper()
	switch {
	case m.of.standing.Anonymous:
		a.has(m.of.token+" shown", "(author)", "Anonymous")
		if !m.who.tie.Creator { // whose name stands over every page of hers
			a.lacks("zuleika")
		}
	case m.who.tie.Muted:
		a.has("someone you muted").lacks(m.of.token+" shown", "zuleika")
	default:
		a.has(m.of.token+" shown", "(author)", "zuleika")
	}
}

// remarking is an attempt to comment where the work does not open.
func remarking(m meeting) {
	const pattern = "/works/{work}/comments"
	f := form("comment", "zqnothing", "guest_name", "Kim", "chapter", fmt.Sprint(m.of.chapter))
	if m.gate.Open == archive.Opens && m.gate.Answer {
		return // TestAcceptance27 and others comment
	}
	a := m.asks(http.MethodPost, m.address(pattern), f)
	switch {
	case m.gate.Open == archive.SignIn:
		a.expect(http.StatusUnauthorized).lacks(m.of.token)
	case m.gate.Open == archive.Opens && m.of.standing.DeletedAt.IsZero():
		if a.status != http.StatusForbidden && a.status != http.StatusNotFound {
			a.expect(http.StatusForbidden)
		}
	case m.gate.Open == archive.Opens:
		if a.status == http.StatusSeeOther {
			m.t.Errorf("a deleted work takes comments")
		}
	default:
		need(m.t, "the status", a.status, http.StatusNotFound)
	}
}

// remark is an address of one comment: where its work does not open, it is like
// one never said.
func remark(end, method string, acts bool) func(meeting) {
	return func(m meeting) {
		at := func(id int64) string { return fmt.Sprintf("/comments/%d%s", id, end) }
		if method == http.MethodPost && m.who.tie.Creator {
			return
		}
		a := m.asks(method, at(m.remarkOf()), form("do", "freeze", "comment", "mine now"))
		switch {
		case m.gate.Open == archive.Missing:
			missing := m.asks(method, at(neverUsed), form("do", "freeze", "comment", "mine now"))
			m.same(a, missing)
		case m.gate.Open == archive.SignIn:
			if a.status != http.StatusSeeOther && a.status != http.StatusUnauthorized {
				a.expect(http.StatusSeeOther)
			}
			a.lacks(m.of.token, "zuleika ")
		case method == http.MethodGet && !acts && m.of.standing.DeletedAt.IsZero():
			a.expect(http.StatusOK)
			m.says(a)
		case method == http.MethodPost && !m.who.viewer.Staff:
			if a.status != http.StatusForbidden && a.status != http.StatusNotFound && a.status != http.StatusUnauthorized {
				a.expect(http.StatusForbidden)
			}
		}
		if m.of.standing.Anonymous && !m.who.tie.Creator && strings.Contains(a.body, "zuleika") {
			m.t.Errorf("%s names who signs an anonymous work", a.asked)
		}
	}
}

// waits is the list of what waits for a writer: her own works' alone.
func waits(m meeting) {
	a := m.asks(http.MethodGet, "/my-works/waiting", nil)
	if !m.who.viewer.IsMember() {
		a.expect(http.StatusSeeOther)
		return
	}
	m.sees(a.expect(http.StatusOK), m.who.tie.Creator && m.of.standing.DeletedAt.IsZero())
}
