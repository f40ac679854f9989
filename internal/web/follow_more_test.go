package web_test

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/moderation"
	"ficus/internal/sqldb"
	"ficus/internal/store"
	"ficus/internal/testkit/browser"
)

// followed is how many works and people a member follows, once what nobody
// writes any more is forgotten.
func (w *world) followed(by archive.Viewer) (n int) {
	w.t.Helper()
	w.Write(w.t, func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.Follows.Forget(ctx, 100); err != nil {
			return err
		}
		count, err := tx.Follows.Count(ctx, by.Account)
		n = int(count)
		return err
	})
	return n
}

func TestAGuestFollowsBySigningInAndComingBack(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.member("mara")
		work := w.posts(mara.viewer, fields("Salt in the Kettle"))
		w.member("pell")
		guest := w.guest()
		guest.opens(workPath(work)).has(`href="` + workPath(work, "/follow") + `"`)
		guest.opens("/users/mara").has(`href="/users/mara/follow"`)
		for _, path := range []string{workPath(work, "/follow"), "/users/mara/follow"} {
			asked := guest.get(path).expect(http.StatusSeeOther)
			need(t, "where a guest is led", asked.to(), "/sign-in?to="+strings.ReplaceAll(path, "/", "%2F"))
		}
		need(t, "where signing in leads", guest.post("/sign-in", form("name", "pell", "password", password, "to", workPath(work, "/follow"))).expect(http.StatusSeeOther).to(), workPath(work, "/follow"))
		guest.opens(workPath(work, "/follow")).has("Follow Salt in the Kettle?", "You are told when a chapter is posted")
		need(t, "where following leads", guest.post(workPath(work, "/follow"), form("do", "follow", "to", workPath(work))).expect(http.StatusSeeOther).to(), workPath(work)+"#follow")
		guest.opens(workPath(work)).has("You follow this work.", "Stop following")
		guest.post("/users/mara/follow", form("do", "follow", "to", "https://elsewhere.example/")).expect(http.StatusSeeOther)
		guest.opens("/users/mara").has("You follow them")
		guest.opens("/account/following").has("2 works and people", "Salt in the Kettle", "mara")
		guest.post(workPath(work, "/follow"), form("do", "stop")).expect(http.StatusSeeOther)
		guest.opens(workPath(work)).lacks("You follow this work.")
		guest.opens("/account/following").has("One work or person").lacks("Salt in the Kettle")
	})
}

func TestFollowingTwiceAtOnceIsFollowingOnce(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.member("pell")
		work := w.posts(mara.viewer, fields("Salt in the Kettle"))
		var both sync.WaitGroup
		for range 4 {
			both.Go(func() {
				for _, of := range []archive.Followed{{Work: work}, {Person: mara.viewer.Account}} {
					if err := w.feedback.Follow(t.Context(), pell.viewer, of, true); err != nil {
						t.Error(err)
					}
				}
			})
		}
		both.Wait()
		need(t, "what is followed", w.followed(pell.viewer), 2)
	})
}

func TestNobodyFollowsForAnotherOrWhatIsNotTheirsToFollow(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell, ito := w.member("mara"), w.member("pell"), w.member("ito")
		work, draft := w.posts(mara.viewer, fields("Salt in the Kettle")), w.drafts(mara.viewer, fields("A Draft"))
		pell.followsWork(work)
		for _, bad := range []struct {
			who    *client
			path   string
			status int
		}{
			{mara, workPath(work, "/follow"), http.StatusForbidden}, {mara, "/users/mara/follow", http.StatusForbidden},
			{pell, workPath(draft, "/follow"), http.StatusNotFound}, {pell, workPath(999, "/follow"), http.StatusNotFound},
			{pell, "/users/nobody/follow", http.StatusNotFound}, {w.guest(), workPath(work, "/follow"), http.StatusUnauthorized},
		} {
			bad.who.post(bad.path, form("do", "follow")).expect(bad.status)
		}
		for _, bad := range []string{"", "work=x", "work=-1", "work=1&person=1", "person=0"} {
			pell.send(http.MethodPost, "/account/following", strings.NewReader(bad), "Content-Type", "application/x-www-form-urlencoded").expect(http.StatusNotFound)
		}
		ito.post("/account/following", form("work", "1")).expect(http.StatusSeeOther) // not theirs: nothing happens
		need(t, "what pell follows", w.followed(pell.viewer), 1)
		ito.opens("/account/following").has("You follow nothing yet")
		w.deletes(mara.viewer, work)
		pell.opens("/account/following").has("A work that is not here now").lacks("Salt in the Kettle")
		pell.post("/account/following", form("work", workPath(work)[len("/works/"):])).expect(http.StatusSeeOther)
		need(t, "what pell follows after", w.followed(pell.viewer), 0)
	})
}

func TestThereIsRoomForSoMuchToFollowAndNoMore(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.member("mara")
		pell := w.member("pell")
		must(t, w.DB.Write(t.Context(), func(tx *sqldb.Tx) error {
			_, err := tx.Exec(t.Context(), `INSERT INTO accounts (name, folded, email, password_hash, staff, preferences, created_at)
				WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
				SELECT 'crowd' || i, 'crowd' || i, '', '', FALSE, '{}', 1 FROM n`)
			if err != nil {
				return err
			}
			_, err = tx.Exec(t.Context(), `INSERT INTO follows (account, person, at) SELECT $1, id, 1 FROM accounts WHERE name LIKE 'crowd%'`, pell.viewer.Account)
			return err
		}))
		pell.post("/users/mara/follow", form("do", "follow")).expect(http.StatusUnprocessableEntity).has("There is room for 10,000 works and people")
		pell.post("/users/crowd7/follow", form("do", "follow")).expect(http.StatusSeeOther) // followed already
		pell.opens("/account/following?page=3").has("10,000 works and people", "crowd")
		pell.post("/users/crowd7/follow", form("do", "stop")).expect(http.StatusSeeOther)
		pell.followsPerson("mara")
	})
}

func TestFollowersAreCountedForWhomTheyFollowAlone(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell, ito := w.member("mara"), w.member("pell"), w.member("ito")
		work := w.posts(mara.viewer, fields("Salt in the Kettle"))
		for _, c := range []*client{pell, ito} {
			c.followsWork(work)
			c.followsPerson("mara")
		}
		mara.opens(workPath(work)).has("2 members follow this work").lacks("pell", "Stop following")
		mara.opens("/users/mara").has("2 members follow you").lacks("pell")
		for _, c := range []*client{pell, w.guest()} {
			c.opens(workPath(work)).lacks("members follow")
			c.opens("/users/mara").lacks("members follow")
		}
	})
}

func TestWhoBlocksAndMutesDecidesWhoIsTold(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, blocked, muting := w.member("mara"), w.reader("blocked", archive.MailAtOnce), w.reader("muting", archive.MailAtOnce)
		suspended := w.reader("suspended", archive.MailAtOnce)
		wren := w.staff("wren")
		work := w.posts(mara.viewer, fields("Salt in the Kettle"))
		hidden := fields("The Unsigned")
		hidden.Anonymous = true
		unsigned := w.posts(mara.viewer, hidden)
		bag := w.postbag()
		for _, c := range []*client{blocked, muting, suspended} {
			c.followsPerson("mara")
			c.followsWork(work)
			c.followsWork(unsigned)
		}
		must(t, w.feedback.Block(t.Context(), mara.viewer, blocked.viewer.Account, true))
		must(t, w.feedback.Mute(t.Context(), muting.viewer, mara.viewer.Account, true))
		must(t, w.moderation.Take(t.Context(), wren.viewer, suspended.viewer.Account, moderation.Measure{Kind: archive.ActSuspend, Reason: "rudeness", Days: 7}))
		w.adds(mara.viewer, work, "Two.", true)
		need(t, "who is mailed of a signed chapter", recipients(bag.brings()), "blocked@example.org suspended@example.org")
		w.adds(mara.viewer, unsigned, "Two.", true) // a mute never shows on an anonymous work
		need(t, "who is mailed of an anonymous one", recipients(bag.brings()), "blocked@example.org muting@example.org suspended@example.org")
		muting.opens("/account/following").has("You mute them, so nothing of theirs is told")
		blocked.opens(workPath(work)).has("Stop following")
		suspended.post(workPath(work, "/follow"), form("do", "stop")).expect(http.StatusSeeOther)
	})
}

func TestWhatIsLeftWithinTheHourIsNotMailed(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.member("mara")
		read, left, muted, stopped := w.reader("read", archive.MailHourly), w.reader("left", archive.MailHourly), w.reader("muted", archive.MailHourly), w.reader("stopped", archive.MailHourly)
		gone, stays := w.reader("gone", archive.MailHourly), w.reader("stays", archive.MailHourly)
		for _, c := range []*client{read, left, muted, stopped, gone, stays} {
			c.followsPerson("mara")
		}
		bag := w.postbag()
		w.posts(mara.viewer, fields("Salt in the Kettle"))
		away := w.posts(mara.viewer, fields("Taken Back"))
		bag.brings()
		read.post("/notices/read", nil).expect(http.StatusSeeOther)
		left.post("/users/mara/follow", form("do", "stop")).expect(http.StatusSeeOther)
		must(t, w.feedback.Mute(t.Context(), muted.viewer, mara.viewer.Account, true))
		w.prefers(stopped.viewer, func(p *archive.Preferences) { p.Wish(archive.TopicFollowing, archive.MailNever) })
		gone.post("/account/delete", form("sole", "delete", "shared", "remove", "answers", "keep")).expect(http.StatusOK)
		w.deletes(mara.viewer, away)
		w.Clock.Pass(61 * time.Minute)
		mails := bag.brings()
		need(t, "who is mailed", recipients(mails), "stays@example.org")
		has(t, mails[0], "mara posted Salt in the Kettle")
		if strings.Contains(mails[0].Text, "Taken Back") {
			t.Errorf("a deleted work is mailed:\n%s", mails[0].Text)
		}
		stop := strings.TrimPrefix(mails[0].Stop, w.address)
		w.guest().post(stop, form("List-Unsubscribe", "One-Click")).expect(http.StatusOK).has("New chapters and works that you follow")
		w.posts(mara.viewer, fields("The Stair"))
		bag.brings()
		w.Clock.Pass(61 * time.Minute)
		need(t, "who is mailed after one press", recipients(bag.brings()), "read@example.org")
		need(t, "the notices on the site", len(w.told(stays.viewer)), 3)
	})
}

func TestBlockAndMuteStandUnderWhatOthersSayAndNeverOnAnAnonymousWriter(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell, ito, wren := w.member("mara"), w.member("pell"), w.member("ito"), w.staff("wren")
		f := fields("The Unsigned")
		f.Anonymous = true
		unsigned, signed := w.posts(mara.viewer, f), w.posts(mara.viewer, fields("Salt in the Kettle"))
		for _, work := range []int64{unsigned, signed} {
			w.says(mara.viewer, work, 0, "From the writer.")
			id := w.says(pell.viewer, work, 0, "From a reader.")
			if work == unsigned {
				must(t, w.feedback.Judge(t.Context(), mara.viewer, "approve", id))
			}
		}
		w.says(wren.viewer, signed, 0, "From staff.")
		w.says(archive.Viewer{}, signed, 0, "From a guest.")
		ito.opens(workPath(unsigned)).has("From the writer.", `href="/users/pell/block"`, `href="/users/pell/mute"`).lacks("/users/mara")
		ito.opens(workPath(signed)).has(`href="/users/mara/block"`, `href="/users/pell/mute"`, `href="/users/wren/mute"`).lacks("/users/wren/block")
		pell.opens(workPath(signed)).has(`href="/users/mara/mute"`).lacks("/users/pell/block", "/users/pell/mute")
		w.guest().opens(workPath(signed)).has("From a reader.").lacks("/block", "/mute")
	})
}

func TestAReaderFollowsOnAPhone(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	work := w.posts(mara.viewer, fields("Salt in the Kettle"), "One.", "Two.")
	w.member("pell")
	p := w.reads(browser.Settings{Phone: true, NoScript: true})
	p.Open(workPath(work))
	p.Follow("Follow")
	p.Fill("Name", "pell")
	p.Fill("Password", password)
	p.Submit("Sign in")
	p.Axe()
	p.Look("follow-ask")
	p.Submit("Follow")
	p.Axe()
	p.Look("follow-on")
	p.Open("/users/mara")
	p.Submit("Follow")
	p.Look("follow-person")
	p.Open("/account/following")
	p.Axe()
	p.Look("following")
	p.Submit("Stop following : Salt in the Kettle")
	p.SeesNot("Salt in the Kettle")
	p.Sees("One work or person")
}
