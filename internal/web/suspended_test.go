package web_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// suspends is what staff decide about who may write.
func (w *world) suspends(account int64, s archive.Suspension) {
	w.t.Helper()
	w.Write(w.t, func(ctx context.Context, tx *store.Tx) error {
		tx.Log.Record(archive.Event{Kind: archive.AccountChanged, Subject: account})
		kind, in := archive.ActSuspend, archive.Measures{Suspended: s.Until}
		if s.Banned {
			kind, in.Banned = archive.ActBan, tx.Now
		}
		if _, err := tx.Acts.Add(ctx, archive.Act{Kind: kind, Account: account, Reason: s.Reason}); err != nil {
			return err
		}
		return tx.Measures.Set(ctx, account, in)
	})
}

func TestWhoIsSuspendedReadsAndWritesNothing(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		work := w.posts(ada.viewer, fields("The Lamp Keepers"))
		w.suspends(ada.viewer.Account, archive.Suspension{Until: w.Clock.Now().Add(48 * time.Hour), Reason: "<b>three</b> rude comments"})
		for _, pattern := range w.pages.Written() {
			method, path, _ := strings.Cut(pattern, " ")
			path = strings.NewReplacer("{work}", "1", "{chapter}", "1", "{manuscript}", "1", "{number}", "1", "{comment}", "1", "{name}", "ada", "{pseud}", "ada").Replace(path)
			a := ada.send(method, path, strings.NewReader("text=mine"), "Content-Type", "application/x-www-form-urlencoded")
			a.expect(http.StatusForbidden).has("&lt;b&gt;three&lt;/b&gt; rude comments", "until")
			if method == http.MethodPost {
				a.has("mine</textarea>") // given back, and nothing more
			}
		}
		ada.opens(workPath(work)).has("The Lamp Keepers")
		ada.opens("/my-works")
		ada.opens("/account")
		ada.opens("/sign-out")
		w.Clock.Pass(49 * time.Hour)
		ada.opens("/works/new")

		w.suspends(ada.viewer.Account, archive.Suspension{Banned: true})
		ada.get("/works/new").expect(http.StatusForbidden).has("for good")
		w.suspends(ada.viewer.Account, archive.Suspension{})
		ada.opens("/works/new")
	})
}

func TestEveryRouteThatTakesTextsIsForWriters(t *testing.T) {
	w := newWorld(t)
	for _, pattern := range []string{"POST /works/new", "POST /works/{work}/edit", "POST /works/{work}/chapters/new", "POST /works/new/upload", "POST /autosave"} {
		found := false
		for _, written := range w.pages.Written() {
			found = found || written == pattern
		}
		if !found {
			t.Errorf("%s is open to suspended members", pattern)
		}
	}
}
