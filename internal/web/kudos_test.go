package web_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit/browser"
)

// kudos is how many a work has, as everyone sees.
func (w *world) kudos(work int64) (n int64) {
	w.t.Helper()
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) error {
		o, err := tx.Works.Open(ctx, archive.Viewer{Account: 1 << 40}, work)
		n = o.Counts.Kudos
		return err
	})
	return n
}

// parked is how many wait for staff.
func (w *world) parked(work int64) (n int64) {
	w.t.Helper()
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) (err error) {
		n, err = tx.Kudos.Parked(ctx, work)
		return err
	})
	return n
}

// thanks presses the button, as a browser that follows what it is told.
func (c *client) thanks(work int64, as string) answer {
	c.w.t.Helper()
	path, f := workPath(work, "/kudos"), form("as", as, "to", workPath(work))
	a := c.post(path, f)
	if a.status == http.StatusTemporaryRedirect {
		a = c.post(a.to(), f)
	}
	return a
}

// without is a guest whose browser keeps no cookies.
func (w *world) without() *client {
	c := w.guest()
	c.http.Jar = nil
	return c
}

func TestAcceptance34KudosCountOnceAndNeverOnesOwn(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.member("pell")
		work := w.posts(mara.viewer, fields("Salt in the Kettle"), "One.", "Two.")
		pages := []string{workPath(work), chapterPath(work, w.chapters(work)[1].ID), workPath(work, "/entire")}
		for _, page := range pages {
			pell.opens(page).has(`action="`+workPath(work, "/kudos"), "Leave kudos")
			mara.opens(page).lacks("Leave kudos")
		}
		to := pell.thanks(work, "name").expect(http.StatusSeeOther).to()
		need(t, "the way back", to, workPath(work)+"?kudos=given#kudos")
		pell.opens(strings.TrimSuffix(to, "#kudos")).has("Your kudos are counted.", "You left kudos by name.").lacks("Leave kudos")
		pell.thanks(work, "name").expect(http.StatusSeeOther)
		need(t, "the kudos of one reader who pressed twice", w.kudos(work), 1)
		mara.thanks(work, "name").expect(http.StatusForbidden)
		need(t, "the kudos after a forged request by the author", w.kudos(work), 1)
		for _, page := range pages {
			w.guest().opens(page).has("Kudos from", `href="/users/pell"`, "1 kudos")
		}
		w.guest().opens("/works").has("1 kudos")
		pell.thanks(work, "reader").expect(http.StatusSeeOther) // without the name after all
		w.guest().opens(workPath(work)).has("Kudos from one reader").lacks(`href="/users/pell"`)
		pell.opens(workPath(work)).has("You left kudos as a reader.", "Put my name to them")
	})
}

func TestAcceptance99TwoGuestsAtOneAddressBothCountWithCookies(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.member("mara")
		work := w.posts(mara.viewer, fields("Salt in the Kettle"))
		one, two := w.guest(), w.guest()
		for range 2 {
			one.thanks(work, "").expect(http.StatusSeeOther)
			two.thanks(work, "").expect(http.StatusSeeOther)
		}
		need(t, "two guests of one house, with cookies", w.kudos(work), 2)
		other := w.posts(mara.viewer, fields("A Lamp in the Window"))
		w.without().thanks(other, "").expect(http.StatusSeeOther)
		need(t, "where one without cookies is told they counted", w.without().thanks(other, "").to(), workPath(other)+"?kudos=before#kudos")
		need(t, "two guests of one house, without cookies", w.kudos(other), 1)
		w.Clock.Pass(24 * time.Hour)
		w.without().thanks(other, "").expect(http.StatusSeeOther)
		need(t, "and one of them a day later", w.kudos(other), 2)
	})
}

func TestAForgedMarkIsNoMark(t *testing.T) {
	w := newWorld(t)
	work := w.posts(w.member("mara").viewer, fields("Salt in the Kettle"))
	honest := w.guest()
	honest.thanks(work, "").expect(http.StatusSeeOther)
	for i := range 3 {
		forger := w.guest()
		forger.remember(&http.Cookie{Name: "ficus_guest", Value: fmt.Sprintf("FORGED%d.AAAAAAAAAAAAAAAAAAAA", i), Path: "/"})
		forger.post(workPath(work, "/kudos?marked=yes"), form("as", "")).expect(http.StatusSeeOther)
	}
	need(t, "one honest guest and three forged marks of one house", w.kudos(work), 2)
	var replayed string
	for _, c := range honest.post(workPath(work, "/kudos"), nil).cookies {
		replayed = c.Value
	}
	need(t, "a second mark for who has one", replayed, "")
}

func TestKudosPressedTwiceAtOnceAreOne(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		pell, work := w.member("pell"), w.posts(w.member("mara").viewer, fields("Salt in the Kettle"))
		var pressed sync.WaitGroup
		for range 8 {
			pressed.Go(func() { _, _ = w.feedback.LeaveKudos(t.Context(), pell.viewer, archive.Guest{}, work, true) })
		}
		pressed.Wait()
		need(t, "the kudos", w.kudos(work), 1)
	})
}

func TestABurstOfGuestsIsParkedAndStaffCountIt(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, wren := w.member("mara"), w.staff("wren")
		work := w.posts(mara.viewer, fields("Salt in the Kettle"))
		last := 0
		for range 1000 {
			last = w.guest().thanks(work, "").status
			w.Clock.Pass(50 * time.Millisecond)
		}
		need(t, "what counts of 1,000 guests in a minute", w.kudos(work), archive.BurstOfHouse)
		need(t, "what is parked", w.parked(work), archive.MostParked)
		need(t, "the last answer", last, http.StatusTooManyRequests)
		w.guest().opens(workPath(work)).has("10 kudos")
		if err := w.moderation.SettleKudos(t.Context(), mara.viewer, work, true, "mine"); err != archive.ErrNotFound {
			t.Errorf("a writer counts their own burst: %v", err)
		}
		mara.post("/desk/kudos", form("work", fmt.Sprint(work), "do", "count")).expect(http.StatusNotFound)
		wren.post("/desk/kudos", form("work", fmt.Sprint(work), "do", "both")).expect(http.StatusNotFound)
		wren.opens("/desk/kudos").has("Salt in the Kettle", "500 wait")
		wren.post("/desk/kudos", form("work", fmt.Sprint(work), "do", "count")).expect(http.StatusSeeOther)
		wren.opens("/desk/kudos").has("No kudos are waiting.")
		need(t, "what counts after staff looked", w.kudos(work), archive.BurstOfHouse+archive.MostParked)
		w.guest().opens(workPath(work)).has("510 kudos")
		if err := w.moderation.SettleKudos(t.Context(), wren.viewer, work, false, "again"); err != archive.ErrNotFound {
			t.Errorf("nothing is settled twice: %v", err)
		}
	})
}

func TestKudosOnWhatOneMayNotAnswerAreRefused(t *testing.T) {
	w := newWorld(t)
	mara, pell, guest := w.member("mara"), w.member("pell"), w.guest()
	draft := w.drafts(mara.viewer, fields("Unfinished"))
	f := fields("For Members")
	f.Restricted = true
	restricted := w.posts(mara.viewer, f)
	for work, status := range map[int64]int{draft: 404, 99999: 404} {
		pell.thanks(work, "name").expect(status)
		guest.thanks(work, "").expect(status)
	}
	guest.thanks(restricted, "").expect(http.StatusUnauthorized).lacks("For Members", "mara")
	pell.thanks(restricted, "name").expect(http.StatusSeeOther)
	need(t, "kudos on the restricted work", w.kudos(restricted), 1)
	pell.post(workPath(restricted, "/kudos"), nil, "Origin", "https://elsewhere.example").expect(http.StatusForbidden)
}

func TestKudosOfADeletedAccountStayWithoutItsName(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		pell, work := w.member("pell"), w.posts(w.member("mara").viewer, fields("Salt in the Kettle"))
		pell.thanks(work, "name").expect(http.StatusSeeOther)
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			tx.Log.Record(archive.Event{Kind: archive.KudosGiven, Work: work})
			_, err := tx.Deletions.Empty(ctx, pell.viewer.Account, 1000)
			return err
		})
		w.guest().opens(workPath(work)).has("Kudos from one reader").lacks("pell")
	})
}

func TestAGuestWhoLeftKudosIsServedTheKeptPage(t *testing.T) {
	w := newWorld(t)
	work := w.posts(w.member("mara").viewer, fields("Salt in the Kettle"))
	guest := w.guest()
	guest.thanks(work, "").expect(http.StatusSeeOther)
	guest.opens(workPath(work))
	first := guest.opens(workPath(work))
	must(t, w.DB.Close()) // a kept page needs no query
	need(t, "the kept page", guest.opens(workPath(work)).body, first.body)
	w.log.forgive()
}

func TestAReaderLeavesKudosWhereTheStoryEnds(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	w.member("pell")
	for name, how := range readers {
		t.Run(name, func(t *testing.T) {
			work := w.posts(mara.viewer, fields("Salt in the Kettle, "+name), "One.", "Two.")
			chapter := chapterPath(work, w.chapters(work)[1].ID)
			p := browser.Start(t, w.address, how)
			p.Open(chapter)
			press(p, how, "Leave kudos")
			p.Sees("Your kudos are counted.")
			p.Sees("Kudos from one reader")
			if at := p.Path(); !strings.HasPrefix(at, chapter) {
				t.Errorf("the reader is led to %s", at)
			}
			p.Axe()
			signIn(p, "pell")
			p.Open(chapter)
			press(p, how, "Leave them without my name")
			p.Sees("You left kudos as a reader.")
			press(p, how, "Put my name to them")
			p.Sees("You left kudos by name.")
			p.Look("kudos " + name)
			need(t, "the kudos", w.kudos(work), 2)
		})
	}
}

// press presses a button that leads on only where no script runs.
func press(p *browser.Page, how browser.Settings, button string) {
	if how.NoScript {
		p.Submit(button)
		return
	}
	p.Press(button)
}
