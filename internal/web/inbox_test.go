package web_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit/browser"
)

// unread is how many notices a member has not seen.
func (w *world) unread(of archive.Viewer) (n int) {
	w.t.Helper()
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) (err error) {
		_, n, err = tx.Notices.Page(ctx, of, store.Shelf{Show: "unread"}, 1, 0)
		return err
	})
	return n
}

// told gives the notices of a member, the newest first.
func (w *world) told(of archive.Viewer) (list []store.Told) {
	w.t.Helper()
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) (err error) {
		list, err = tx.Notices.Of(ctx, of, 1000, 0)
		return err
	})
	return list
}

func TestAcceptance35NoticesAreMarkedInBulkAndTheFilterIsKept(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, ito := w.member("mara"), w.member("ito")
		work := w.posts(mara.viewer, fields("Salt in the Kettle"))
		for i := range 35 {
			kind := archive.NoticeGift
			if i%5 == 0 {
				kind = archive.NoticeKudos
			}
			w.tells(ito.viewer, kind, work, int64(i+1))
		}
		ito.opens("/notices?show=unread").has(" new)", `value="unread" selected`)
		list := w.told(ito.viewer)
		f := form("show", "unread", "kind", "", "order", "", "page", "1", "do", "read")
		for _, n := range list[:3] {
			f.Add("id", fmt.Sprint(n.ID))
		}
		need(t, "where marking leads", ito.post("/notices", f).expect(http.StatusSeeOther).to(), "/notices?show=unread")
		need(t, "the count after three are marked", w.unread(ito.viewer), 32)
		ito.opens("/notices?show=unread").has("All 32 that this filter shows", "(32 new)")
		ito.opens("/notices?show=read").has("All 3 that this filter shows")

		ito.post("/notices", form("show", "unread", "kind", "kudos", "all", "yes", "do", "read")).expect(http.StatusSeeOther)
		need(t, "the count after all of kudos are marked", w.unread(ito.viewer), 25)
		f.Set("do", "unread")
		ito.post("/notices", f).expect(http.StatusSeeOther) // none of them is unread: the filter holds
		f.Set("show", "")
		ito.post("/notices", f).expect(http.StatusSeeOther)
		need(t, "the count after three are new again", w.unread(ito.viewer), 28)
		ito.opens("/notices?kind=kudos&order=oldest").has("All 7 that this filter shows", `value="oldest" selected`)
		ito.opens("/notices?kind=site").has("Nothing to tell you yet.")

		f.Set("do", "delete")
		ito.post("/notices", f).expect(http.StatusSeeOther)
		need(t, "the count after three are deleted", w.unread(ito.viewer), 25)
		w.tells(ito.viewer, list[0].Kind, work, list[0].Event)
		need(t, "the notices after one that was deleted is told again", len(w.told(ito.viewer)), 32)
	})
}

func TestNobodyMarksTheNoticesOfAnother(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, ito, thief := w.member("mara"), w.member("ito"), w.member("thief")
		w.tells(ito.viewer, archive.NoticeGift, w.posts(mara.viewer, fields("Salt")), 1)
		id := fmt.Sprint(w.told(ito.viewer)[0].ID)
		for _, do := range []string{"read", "delete"} {
			thief.post("/notices", form("id", id, "do", do)).expect(http.StatusSeeOther)
			thief.post("/notices", form("all", "yes", "do", do)).expect(http.StatusSeeOther)
		}
		need(t, "what another left of it", w.unread(ito.viewer), 1)
		ito.post("/notices", form("id", id, "do", "burn")).expect(http.StatusNotFound)
		ito.post("/notices", form("id", "x", "do", "read")).expect(http.StatusNotFound)
		w.guest().post("/notices", form("all", "yes", "do", "read")).expect(http.StatusUnauthorized)
	})
}

func TestTheNewestNoticesStandOnTheFirstPage(t *testing.T) {
	w := newWorld(t)
	mara, ito := w.member("mara"), w.member("ito")
	work := w.posts(mara.viewer, fields("Salt in the Kettle"))
	ito.opens("/").lacks("New for you")
	w.tells(ito.viewer, archive.NoticeKudos, work, 7)
	ito.opens("/").has("New for you", "left kudos for Salt in the Kettle")
	mara.opens("/").lacks("New for you")
	w.deletes(mara.viewer, work)
	ito.opens("/").has("New for you").lacks("Salt in the Kettle")
}

func TestAMemberReadsAndAnswersInTheirNotices(t *testing.T) {
	for name, how := range extremes {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			mara := w.member("mara")
			w.member("ito")
			work := w.posts(mara.viewer, fields("Salt in the Kettle"))
			for i := range 3 {
				w.tells(mara.viewer, archive.NoticeKudos, work, int64(i+1))
			}
			p := w.reads(how)
			signIn(p, "mara")
			p.Open("/notices")
			p.Choose("Show", "New")
			p.Submit("Show")
			p.Axe()
			p.Look("inbox " + name)
			p.Check("All 3 that this filter shows")
			p.Submit("Mark as seen")
			p.Sees("Nothing to tell you yet.")
			if !strings.Contains(p.Path(), "show=unread") {
				t.Errorf("the filter is lost: %s", p.Path())
			}
		})
	}
}

// linkTo is where a page's link of these words leads.
func linkTo(a answer, words string) string {
	a.t.Helper()
	before, _, found := strings.Cut(a.body, ">"+words+"<")
	at := strings.LastIndex(before, `href="`)
	if !found || at < 0 {
		a.t.Fatalf("%s has no link %q:\n%s", a.asked, words, a.text())
	}
	address, _, _ := strings.Cut(before[at+len(`href="`):], `"`)
	return address
}

func TestAcceptance31_PartAMutedAuthorIsNotMetInListsOrSearch(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell, ito := w.member("mara"), w.member("pell"), w.member("ito")
		f := fields("Salt in the Kettle")
		f.Fandoms = []string{"Only Hers"}
		signed := w.posts(mara.viewer, f)
		masked := w.posts(mara.viewer, fields("Unsigned"))
		w.posts(ito.viewer, fields("A Lamp"))
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			tx.Log.Record(archive.Event{Kind: archive.WorkVeiled, Work: masked})
			return tx.Works.Veil(ctx, masked, false, true)
		})
		tag := linkTo(ito.opens("/fandoms"), "Only Hers")
		lists := []string{
			"/", "/works", "/works?sort=title", "/works?sort=words", "/works?sort=posted", "/search?q=Salt", "/search?q=mara", "/search?q=only+hers", "/search?q=kettle&sort=title",
			"/fandoms", "/users/mara", tag,
		}
		for _, list := range lists {
			if a := ito.opens(list); list != "/fandoms" {
				a.has("Salt in the Kettle")
			}
		}
		pell.opens("/users/mara").has(`href="/users/mara/mute"`)
		pell.opens("/users/mara/mute").has("Mute mara?", "none of your lists")
		pell.post("/users/mara/mute", nil).expect(http.StatusSeeOther)
		for _, list := range lists {
			pell.get(list).lacks("Salt in the Kettle", "Only Hers<")
		}
		w.guest().opens("/works").has("Salt in the Kettle") // it is pell's lists alone
		pell.opens("/tags/suggest?kind=fandom&q=Only").lacks("Only Hers")
		pell.opens("/works").has("Unsigned", "A Lamp", "2 works") // an unsigned work tells nothing
		pell.opens(workPath(signed)).has("Salt in the Kettle")    // at its own address it opens
		ito.opens("/works").has("Salt in the Kettle", "3 works")
		pell.opens("/account/people").has("mara", "Unmute")
		pell.post("/account/people", form("id", fmt.Sprint(mara.viewer.Account), "do", "mute")).expect(http.StatusSeeOther)
		pell.opens("/works").has("Salt in the Kettle", "3 works")
	})
}

func TestWhomOneMayKeepAway(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, wren := w.member("mara"), w.staff("wren")
		w.member("pell")
		mara.get("/users/mara/block").expect(http.StatusForbidden)
		mara.post("/users/mara/block", nil).expect(http.StatusForbidden)
		mara.post("/users/mara/mute", nil).expect(http.StatusForbidden)
		mara.get("/users/wren/block").expect(http.StatusForbidden) // nobody is kept from hearing staff
		mara.post("/users/wren/block", nil).expect(http.StatusForbidden)
		mara.opens("/users/wren").has("/users/wren/mute").lacks("/users/wren/block")
		if err := w.feedback.Block(t.Context(), mara.viewer, wren.viewer.Account, true); err != archive.ErrForbidden {
			t.Errorf("staff blocked past the page: %v", err)
		}
		mara.post("/users/nobody/block", nil).expect(http.StatusNotFound)
		mara.opens("/users/pell/block").has("Block pell?", "They are not told.")
		mara.post("/users/pell/block", nil).expect(http.StatusSeeOther)
		mara.opens("/account/people").has("Unblock", "pell")
		w.guest().opens("/users/pell").lacks("/block", "/mute")
		w.guest().get("/users/pell/block").expect(http.StatusSeeOther)
	})
}

func TestThe2001stBlockIsRefused(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	w.member("pell")
	w.Write(t, func(ctx context.Context, tx *store.Tx) error {
		for i := range 2000 {
			id, err := tx.Accounts.Add(ctx, archive.Account{Name: fmt.Sprint("reader-", i)})
			if err != nil {
				return err
			}
			if _, err := tx.Ties.Block(ctx, mara.viewer.Account, id); err != nil {
				return err
			}
		}
		return nil
	})
	mara.post("/users/pell/block", nil).expect(http.StatusUnprocessableEntity).has("room for 2,000 people")
	mara.post("/users/reader-7/block", nil).expect(http.StatusSeeOther) // already so
	mara.post("/users/pell/mute", nil).expect(http.StatusSeeOther)
}

func TestABlockedPersonsGiftIsNoGift(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.member("pell")
		must(t, w.feedback.Block(t.Context(), pell.viewer, mara.viewer.Account, true))
		f := fields("For Pell")
		f.Gifts = []string{"pell"}
		work := w.posts(mara.viewer, f)
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			gifts, err := tx.Gifts.On(ctx, work)
			need(t, "whose gift it is", gifts[work][0].Account, 0)
			return err
		})
	})
}

func TestAPersonIsBlockedAndLetBackInABrowser(t *testing.T) {
	w := newWorld(t)
	w.member("mara")
	w.member("pell")
	p := w.reads(browser.Settings{Phone: true, NoScript: true})
	signIn(p, "mara")
	p.Open("/users/pell")
	p.Follow("Block")
	p.Axe()
	p.Look("block")
	p.Submit("Block")
	p.Sees("People you block")
	p.Look("people")
	p.ClickThrough("button[value=block]")
	p.Sees("Nobody.")
}
