package web_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// bytesOf is a page but for what differs between two visits and the name of who
// looks.
func bytesOf(a answer, name string) string {
	other := strings.ToUpper(name[:1]) + name[1:] + " Short" // their other pen name
	return strings.NewReplacer(name, "NAME", other, "OTHER").Replace(oneTime.ReplaceAllString(a.body, ""))
}

// alike wants two members to be answered with the same bytes at some addresses.
func alike(t *testing.T, blocked, other *client, paths ...string) {
	t.Helper()
	for _, path := range paths {
		a, b := blocked.get(path), other.get(path)
		need(t, "the status of "+path+" for who is blocked", a.status, b.status)
		need(t, "the page "+path+" of who is blocked", bytesOf(a, blocked.viewer.Name), bytesOf(b, other.viewer.Name))
	}
}

// veils hides who signs a work, or the work itself, as collections will.
func (w *world) veils(work int64, unrevealed, anonymous bool) {
	w.t.Helper()
	w.Write(w.t, func(ctx context.Context, tx *store.Tx) error {
		tx.Log.Record(archive.Event{Kind: archive.WorkVeiled, Work: work})
		return tx.Works.Veil(ctx, work, unrevealed, anonymous)
	})
}

func TestAcceptance30ABlockedMemberAnswersNothingSignedAndIsNeverToldWhoWroteTheRest(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell, odie := w.member("mara"), w.settled("pell"), w.settled("odie")
		must(t, w.accounts.AddPseud(t.Context(), mara.viewer, "Mara Long"))
		must(t, w.accounts.AddPseud(t.Context(), pell.viewer, "Pell Short"))
		must(t, w.accounts.AddPseud(t.Context(), odie.viewer, "Odie Short"))
		f := fields("Salt")
		f.Pseuds = []string{"Mara Long"} // a block covers all pen names
		signed := w.posts(mara.viewer, f, "One.", "Two.")
		f = fields("Nobody's")
		f.Anonymous = true
		veiled := w.posts(mara.viewer, f, "One.", "Two.")
		unrevealed := w.posts(mara.viewer, fields("Not yet"))
		w.veils(unrevealed, true, false)
		secret := w.posts(mara.viewer, fields("Not yet, nor whose"))
		w.veils(secret, true, true)
		own := mara.said(veiled, w.chapters(veiled)[0].ID, "Ask me anything.")
		theirs := odie.said(signed, w.chapters(signed)[0].ID, "The kettle!")
		must(t, w.feedback.Block(t.Context(), mara.viewer, pell.viewer.Account, true))

		// Signed: no controls, and what is forged is refused.
		for _, path := range []string{workPath(signed), chapterPath(signed, w.chapters(signed)[1].ID), workPath(signed, "/entire"), workPath(signed, "/comments"), theirs} {
			pell.opens(path).lacks(`name="comment"`, "/answer", "A word is plenty", "Leave kudos", "data-kudos", `action="`+workPath(signed)+`/kudos`)
		}
		odie.opens(workPath(signed)).has(`name="comment"`, "Leave kudos")
		odie.opens(theirs).has(theirs + "/edit")
		pell.says(signed, w.chapters(signed)[0].ID, "Let me in.").expect(http.StatusForbidden)
		pell.post(workPath(signed, "/comments"), form("comment", "Let me in.", "parent", strings.TrimPrefix(theirs, "/comments/"))).expect(http.StatusForbidden)
		pell.post(workPath(signed, "/comments"), form("comment", "Let me in.", "pseud", "Pell Short")).expect(http.StatusForbidden)
		pell.get(theirs + "/answer").expect(http.StatusForbidden)
		for _, by := range []string{"name", "reader"} {
			pell.thanks(signed, by).expect(http.StatusForbidden)
		}
		need(t, "what was said of the signed work", w.remarksOn(signed), 1)
		need(t, "forged kudos", w.kudos(signed), 0)

		// Without a name, or not shown yet: the same bytes as anybody's.
		of := []string{
			workPath(veiled), chapterPath(veiled, w.chapters(veiled)[1].ID), workPath(veiled, "/entire"), workPath(veiled, "/index"), workPath(veiled, "/comments"), workPath(veiled, "/kudos"),
			workPath(veiled, ".html"), own, own + "/answer", workPath(unrevealed), workPath(unrevealed, "/comments"), workPath(secret), "/works", "/",
		}
		alike(t, pell, odie, of...)
		for _, work := range []int64{unrevealed, secret} {
			need(t, "kudos of who is blocked on an unrevealed work", pell.thanks(work, "name").status, odie.thanks(work, "name").status)
			need(t, "a comment of theirs", pell.says(work, w.chapters(work)[0].ID, "Hello.").status, odie.says(work, w.chapters(work)[0].ID, "Hello.").status)
		}
		for _, c := range []*client{pell, odie} {
			to := c.said(veiled, w.chapters(veiled)[0].ID, "Who are you?")
			c.opens(to).has("Waiting for the writer")
			c.opens(c.answered(veiled, own, "Tell me.")).has("Waiting for the writer")
			c.thanks(veiled, "name").expect(http.StatusSeeOther)
		}
		w.guest().opens(workPath(veiled)).lacks("Who are you?", "Tell me.")
		need(t, "kudos of both", w.kudos(veiled), 2)
		alike(t, pell, odie, workPath(veiled, "/kudos"), workPath(veiled, "/index"))
		for _, who := range []*client{pell, odie, mara, w.guest()} {
			who.opens(workPath(veiled, "/kudos")).lacks(`/users/pell"><bdi>pell`, `/users/odie"><bdi>odie`)
		}
		w.veils(veiled, false, false) // when it is signed, the block shows, and the name does not
		w.guest().opens(workPath(veiled)).has("Kudos from", "/users/odie", "and one reader").lacks("/users/pell")
		pell.opens(workPath(veiled)).lacks(`name="comment"`)
	})
}
