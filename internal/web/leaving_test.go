package web_test

import (
	"context"
	"net/http"
	"net/url"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit/browser"
)

func mustURL(t *testing.T, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	must(t, err)
	return u
}

// cosigns has another sign a work too, as co-writers will.
func (w *world) cosigns(work int64, with archive.Viewer) {
	w.t.Helper()
	w.Write(w.t, func(ctx context.Context, tx *store.Tx) error {
		creators, err := tx.Works.Creators(ctx, work)
		if err != nil {
			return err
		}
		pseuds, err := tx.Accounts.Pseuds(ctx, with.Account)
		if err != nil {
			return err
		}
		tx.Log.Record(archive.Event{Kind: archive.WorkEdited, Work: work})
		return tx.Works.SetCreators(ctx, work, append(creators, pseuds[0]))
	})
}

// follows does what follows from an account being deleted or brought back.
func (w *world) follows(account int64, back bool) {
	w.t.Helper()
	e := archive.Event{Subject: account}
	if back {
		must(w.t, w.writing.ReturnWorks(w.t.Context(), e, archive.Job{}))
	} else {
		must(w.t, w.writing.LeaveWorks(w.t.Context(), e, archive.Job{}))
	}
	must(w.t, w.writing.RenewBylines(w.t.Context(), e, archive.Job{}))
}

// forgets passes the thirty days.
func (w *world) forgets() {
	w.t.Helper()
	w.Clock.Pass(31 * 24 * time.Hour)
	_, err := w.writing.PurgeDeleted(w.t.Context())
	must(w.t, err)
	_, err = w.writing.ForgetOrphanings(w.t.Context())
	must(w.t, err)
	must(w.t, w.writing.ForgetManuscripts(w.t.Context()))
	must(w.t, w.feedback.ForgetComments(w.t.Context()))
	gone, err := w.accounts.PurgeDeleted(w.t.Context())
	must(w.t, err)
	need(w.t, "accounts forgotten", gone, 1)
}

func TestAcceptance58ADeletedAccountLeavesItsWorksAndNobodyIsTold(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell, ada := w.member("mara"), w.member("pell"), w.reader("ada", archive.MailAtOnce)
		sole, shared := w.posts(mara.viewer, fields("Salt in the Kettle")), w.posts(mara.viewer, fields("What the Bridge Said"))
		w.cosigns(shared, pell.viewer)
		his := w.posts(pell.viewer, fields("Harbour Lights Out"))
		mara.thanks(his, "name").expect(http.StatusSeeOther)
		ada.thanks(sole, "name").expect(http.StatusSeeOther)
		w.guest().opens(workPath(his)).has("/users/mara") // kept from here on
		w.guest().opens("/users/mara").has("Salt in the Kettle")
		ada.followsWork(sole)
		ada.followsPerson("mara")
		before, bag := w.head(), w.postbag()

		mara.opens("/account/delete").has("1 posted work you sign alone", "1 work you sign with others")
		mara.post("/account/delete", form("shared", "remove")).expect(http.StatusUnprocessableEntity).has(`name="sole"`)
		gone := mara.post("/account/delete", form("sole", "no_name", "shared", "remove", "answers", "keep")).expect(http.StatusOK)
		gone.has("Your account is deleted", "31 May 2026")
		w.follows(mara.viewer.Account, false)

		for range 2 { // within the thirty days, and after
			w.guest().get("/users/mara").expect(http.StatusNotFound)
			w.guest().opens(workPath(sole)).has("orphan_account", "Salt in the Kettle", "/users/ada").lacks("mara")
			w.guest().opens(workPath(shared)).has("pell").lacks("mara", "orphan_account")
			w.guest().opens(workPath(his)).has("Kudos from one reader").lacks("mara")
			w.guest().opens("/users/orphan_account").has("Salt in the Kettle").lacks("What the Bridge Said")
			pell.opens(workPath(shared, "/edit")).lacks("mara")
			mara.get("/account").expect(http.StatusSeeOther)
			if w.Clock.Now().Before(time.Date(2026, time.May, 20, 0, 0, 0, 0, time.UTC)) {
				w.toldNobody(before)
				w.forgets()
			}
		}
		need(t, "mails to who follows the writer and the work", len(bag.brings()), 0)
		need(t, "what they are left to follow", w.followed(ada.viewer), 0)
		w.guest().post("/sign-in", form("name", "mara", "password", password)).expect(http.StatusUnprocessableEntity)
	})
}

// head is where the log stands.
func (w *world) head() (id int64) {
	w.t.Helper()
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) (err error) {
		id, err = tx.Log.Head(ctx)
		return err
	})
	return id
}

// toldNobody wants nothing in the log since a place that those who follow a
// writer or a work would be told of.
func (w *world) toldNobody(since int64) {
	w.t.Helper()
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) error {
		events, err := tx.Log.After(ctx, since, 1000)
		for _, e := range events {
			switch e.Kind {
			case archive.AccountDeleted, archive.WorkOrphaned, archive.BylineChanged:
			default:
				w.t.Errorf("the log tells of %s", e.Kind)
			}
		}
		return err
	})
}

func TestADeletedAccountComesBackWithItsWorksAndItsName(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.member("pell")
		sole := w.posts(mara.viewer, fields("Salt in the Kettle"))
		his := w.posts(pell.viewer, fields("Harbour Lights Out"))
		mara.thanks(his, "name").expect(http.StatusSeeOther)
		elsewhere := w.signedIn(mara.viewer)
		mara.post("/account/delete", form("sole", "delete", "shared", "remove", "answers", "keep")).expect(http.StatusOK)
		w.follows(mara.viewer.Account, false)
		elsewhere.get("/account").expect(http.StatusSeeOther)
		w.guest().get(workPath(sole)).expect(http.StatusNotFound)
		pell.opens(workPath(his)).lacks("mara")

		c := w.guest()
		half := c.post("/sign-in", form("name", "mara", "password", password, "to", "/my-works")).expect(http.StatusSeeOther)
		need(t, "where signing in leads", half.to(), "/sign-in/return?to=%2Fmy-works")
		c.get("/account").expect(http.StatusSeeOther)
		c.opens(half.to()).has("mara", "1 May 2026", "31 May 2026")
		need(t, "where coming back leads", c.post("/sign-in/return", form("to", "/my-works")).expect(http.StatusSeeOther).to(), "/my-works")
		w.follows(mara.viewer.Account, true)
		c.opens("/my-works").has("Salt in the Kettle")
		w.guest().opens(workPath(sole)).has("mara")
		w.guest().opens(workPath(his)).has("/users/mara")
		w.guest().opens("/users/mara").has("Salt in the Kettle")
		c.post("/sign-in/return", nil).expect(http.StatusUnprocessableEntity)
	})
}

func TestCommentsOfADeletedAccountLoseItsNameOrGo(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		for _, choice := range []string{archive.AnswersKeep, archive.AnswersDrop} {
			pell, mara := w.settled("pell"+choice), w.settled("mara"+choice)
			work := w.posts(pell.viewer, fields("Harbour Lights Out"))
			mara.said(work, w.chapters(work)[0].ID, "The kettle sang.")
			w.guest().opens(workPath(work)).has("The kettle sang.", "mara")
			mara.post("/account/delete", form("sole", "delete", "shared", "remove", "answers", choice, "again_password", password)).expect(http.StatusOK)
			w.follows(mara.viewer.Account, false)
			w.guest().opens(workPath(work)).has("The kettle sang.", "has left").lacks("mara")
			w.forgets()
			page := w.guest().opens(workPath(work)).lacks("mara")
			if choice == archive.AnswersKeep {
				page.has("The kettle sang.")
			} else {
				page.lacks("The kettle sang.")
			}
		}
	})
}

func TestAWorkIsOrphanedFromItsPageAndTakenBackWithoutScript(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	work := w.posts(mara.viewer, fields("Salt in the Kettle"))
	draft := w.drafts(mara.viewer, fields("Not yet"))
	p := w.reads(browser.Settings{NoScript: true, Phone: true})
	signIn(p, "mara")
	p.Open(workPath(work))
	p.Follow("Orphan")
	p.Submit("Orphan it")
	p.Sees("How: choose one of these.")
	p.Forgive()
	p.Check("Orphan, without a name")
	p.Submit("Orphan it")
	need(t, "where it leads", p.Path(), "/my-works")
	p.Sees("30 days left to take it back")
	w.guest().opens(workPath(work)).has("orphan_account").lacks("mara")
	p.Submit("Take it back")
	need(t, "where taking it back leads", p.Path(), workPath(work))
	w.guest().opens(workPath(work)).has("mara")
	p.Open(workPath(draft, "/orphan"))
	p.Sees("A draft that nobody has read is not orphaned.")
}
