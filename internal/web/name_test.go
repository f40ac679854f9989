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

// hears has the jobs that follow from changed names done.
func (w *world) hears() {
	w.t.Helper()
	var events []archive.Event
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) (err error) {
		events, err = tx.Log.After(ctx, 0, 100_000)
		return err
	})
	for _, e := range events {
		if e.Kind == archive.NameChanged {
			must(w.t, w.writing.RenewBylines(w.t.Context(), e, archive.Job{}))
		}
	}
}

// Names are joined when they are shown and stored nowhere beside: what shows a
// creator shows the one table.
func TestAcceptance57_PartANewNameShowsWhereverTheOldOneDid(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		bag := w.postbag()
		ada, mina := w.proved(bag, "oldname", "old@example.org"), w.proved(bag, "mina", "mina@example.org")
		ada.post("/account/preferences", form("takes_gifts", "yes")).expect(http.StatusSeeOther)
		must(t, w.accounts.AddPseud(t.Context(), ada.viewer, "Miss Lamp"))
		work := w.posts(ada.viewer, fields("The Lamp Keepers"), "One.", "Two.")
		f := fields("For Her")
		f.Gifts = []string{"oldname"}
		gift := w.posts(mina.viewer, f)
		f = fields("Penned")
		f.Pseuds = []string{"Miss Lamp"}
		penned := w.posts(ada.viewer, f)
		secret := fields("Unsigned")
		secret.Anonymous = true
		unsigned := w.posts(ada.viewer, secret)

		w.Clock.Pass(8 * 24 * time.Hour) // no longer new here
		answered := w.posts(mina.viewer, fields("Answered"))
		comment := ada.said(answered, w.chapters(answered)[0].ID, "The kettle.")
		mina.opens("/notices") // nothing yet: the jobs have not run
		bag.opens()
		mina.opens("/notices").has("oldname")
		mina.said(answered, w.chapters(answered)[0].ID, "A kettle it is.")
		ada.thanks(answered, "name").expect(http.StatusSeeOther)

		guest := w.guest()
		named := []string{"/", "/works", "/search?q=lamp", workPath(work), workPath(work, "/entire"), workPath(work, "/index"), chapterPath(work, w.chapters(work)[1].ID), workPath(work, ".html"), workPath(work, ".txt"), workPath(gift),
			workPath(answered), workPath(answered, "/comments"), workPath(answered, "/kudos"), comment}
		for _, at := range named {
			for range 2 { // drawn, and kept
				guest.opens(at).has("oldname")
			}
		}
		guest.opens("/users/oldname").has("The Lamp Keepers")
		ada.post("/account/name", form("name", "newname", "again_password", password)).expect(http.StatusSeeOther)
		w.hears()
		for range 2 {
			for _, at := range named {
				guest.opens(at).has("newname").lacks("oldname")
			}
		}
		mina.opens(workPath(gift)).has(`href="/users/newname"`)
		mina.opens("/notices").has("newname").lacks("oldname")
		if book := inBook(t, []byte(guest.opens(workPath(work, ".epub")).body)); !strings.Contains(book, ">newname</dc:creator>") || strings.Contains(book, "oldname") {
			t.Error("the book's author has the old name")
		}
		need(t, "the name of the file", strings.Contains(guest.opens(workPath(work, ".epub")).header.Get("Content-Disposition"), "newname"), true)
		ada.said(answered, w.chapters(answered)[0].ID, "And a pot.")
		mails := bag.opens()
		if last := mails[len(mails)-1]; last.To != "mina@example.org" || !strings.Contains(last.Text, "newname") || strings.Contains(last.Text, "oldname") {
			t.Errorf("the mail says\n%s", last.Text)
		}
		guest.opens(workPath(penned)).has("Miss Lamp", "/users/newname/pseuds/Miss%20Lamp")
		guest.opens(workPath(unsigned)).lacks("newname", "oldname")
		ada.opens("/account").has("newname").lacks("oldname")
		for from, to := range map[string]string{
			"/users/oldname": "/users/newname", "/users/OldName": "/users/newname", "/users/oldname/pseuds/oldname": "/users/newname",
			"/users/oldname/pseuds/Miss%20Lamp": "/users/newname/pseuds/Miss%20Lamp",
		} {
			need(t, "where "+from+" leads", guest.get(from).expect(http.StatusFound).to(), to)
		}
		guest.opens("/users/newname").has("The Lamp Keepers", "newname").lacks("oldname")
		w.guest().post("/sign-in", form("name", "newname", "password", password)).expect(http.StatusSeeOther)
		w.guest().post("/sign-in", form("name", "oldname", "password", password)).expect(http.StatusSeeOther) // as a browser remembers it

		// A pen name too.
		id := w.pseudOf(ada, "Miss Lamp")
		ada.post("/account/pseuds/"+id, form("pseud", "Mrs Lamp")).expect(http.StatusSeeOther)
		w.hears()
		guest.opens(workPath(penned)).has("Mrs Lamp").lacks("Miss Lamp")
		guest.opens("/works").has("Mrs Lamp").lacks("Miss Lamp")
	})
}

// pseudOf is the number of a member's pen name.
func (w *world) pseudOf(c *client, name string) (id string) {
	w.t.Helper()
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) error {
		pseuds, err := tx.Accounts.Pseuds(ctx, c.viewer.Account)
		for _, p := range pseuds {
			if p.Name == name {
				id = fmt.Sprint(p.ID)
			}
		}
		return err
	})
	return id
}

func TestAFormerNameStaysTheAccountsForAYear(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada, thief := w.member("Ian"), w.member("thief")
		ada.post("/account/name", form("name", "helen")).expect(http.StatusSeeOther)
		for _, look := range []string{"Ian", "ian", "lan", "1an"} {
			thief.post("/account/name", form("name", look)).expect(http.StatusUnprocessableEntity).has("or one that looks the same", `value="`+look+`"`)
			thief.post("/account/pseuds", form("pseud", look)).expect(http.StatusUnprocessableEntity).has("somebody else’s account")
			w.guest().post("/sign-up", form("name", look, "password", password)).expect(http.StatusUnprocessableEntity)
		}
		w.guest().get("/users/lan").expect(http.StatusNotFound) // what only looks the same leads nowhere
		ada.post("/account/name", form("name", "ian")).expect(http.StatusSeeOther)
		need(t, "where the other name leads now", w.guest().get("/users/helen").expect(http.StatusFound).to(), "/users/ian")
		ada.post("/account/name", form("name", "helen")).expect(http.StatusSeeOther)
		w.Clock.Pass(365*24*time.Hour - time.Minute)
		need(t, "where the old name leads to the last", w.guest().get("/users/ian").expect(http.StatusFound).to(), "/users/helen")
		w.guest().post("/sign-up", form("name", "ian", "password", password)).expect(http.StatusUnprocessableEntity)
		w.Clock.Pass(time.Minute)
		w.guest().get("/users/ian").expect(http.StatusNotFound)
		w.guest().post("/sign-up", form("name", "ian", "password", password)).expect(http.StatusSeeOther)
		w.guest().opens("/users/ian")
	})
}

func TestNamesThatAreTakenAreRefusedInEveryLook(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada, mara := w.member("ada"), w.member("Mara_Q")
		must(t, w.accounts.AddPseud(t.Context(), ada.viewer, "lamplight"))
		for typed, says := range map[string]string{
			"": "please fill this in", "mara_q": "looks the same", "rnara_q": "looks the same", "MARA-Q": "looks the same", "adrnin": "kept for the site", "a b": "letters from a to z", "lamplight": "one of your pen names", "мara": "letters from a to z",
		} {
			ada.post("/account/name", form("name", typed)).expect(http.StatusUnprocessableEntity).has(says)
		}
		for typed, says := range map[string]string{
			"Mara Q": "somebody else’s account", "rnara·Q": "somebody else’s account", "Ｍａｒａ Ｑ": "somebody else’s account", "𝓜𝓪𝓻𝓪 𝓠": "somebody else’s account", "Маra Q": "in one alphabet",
			"Staff": "kept for the site", "\u3164": "please fill this in", "lamplight": "you have this pen name already",
		} {
			ada.post("/account/pseuds", form("pseud", typed)).expect(http.StatusUnprocessableEntity).has(says)
		}
		mara.post("/account/pseuds", form("pseud", "Mara·Q")).expect(http.StatusSeeOther) // her own
		ada.post("/account/name", form("name", "ADA")).expect(http.StatusSeeOther)        // another spelling of one's own
		w.guest().opens("/users/ada").has("ADA")
		ada.post("/account/name", form("name", "ADA")).expect(http.StatusSeeOther)
		must(t, w.accounts.AddPseud(t.Context(), mara.viewer, "Вера"))
	})
}

func TestANameIsChangedAFewTimesOnly(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("name0a")
		for i := range 5 {
			ada.post("/account/name", form("name", fmt.Sprintf("name%db", i+2))).expect(http.StatusSeeOther)
		}
		ada.post("/account/name", form("name", "onemore")).expect(http.StatusUnprocessableEntity).has("5 former names")
		ada.post("/account/name", form("name", "name0a")).expect(http.StatusSeeOther) // back again
		w.guest().opens("/users/name0a")
	})
}

func TestTwoWhoWantANameAtOnceAreOne(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		var wanting []*client
		for i := range 4 {
			wanting = append(wanting, w.member(fmt.Sprintf("member%c", 'a'+i)))
		}
		names := []string{"lantern", "Lantern", "Iantern", "lantem"}
		status := make([]int, 4)
		var running sync.WaitGroup
		for i, c := range wanting {
			running.Go(func() { status[i] = c.post("/account/name", form("name", names[i])).status })
		}
		running.Wait()
		got := 0
		for _, s := range status {
			if s == http.StatusSeeOther {
				got++
			}
		}
		need(t, "who got it", got, 1)

		// One account in two tabs: whatever wins, no name is lost to it.
		running.Go(func() { wanting[0].post("/account/name", form("name", "first-tab")) })
		running.Go(func() { wanting[0].post("/account/name", form("name", "second-tab")) })
		running.Wait()
		first, second := w.guest().get("/users/first-tab"), w.guest().get("/users/second-tab")
		if first.status+second.status != http.StatusOK+http.StatusFound {
			t.Errorf("one tab's name answers %d, the other's %d", first.status, second.status)
		}
	})
}

func TestRenamingAsksAgainWithTheNameKept(t *testing.T) {
	w := newWorld(t)
	ada := w.member("ada")
	w.Clock.Pass(time.Hour)
	need(t, "where the page is asked for", ada.get("/account/name").expect(http.StatusSeeOther).to(), "/confirm?to=%2Faccount%2Fname")
	ada.post("/account/name", form("name", "newname")).expect(http.StatusUnauthorized).has(`name="name" value="newname"`)
	ada.post("/account/name", form("name", "newname", "again_password", password)).expect(http.StatusSeeOther)
	must(t, w.accounts.SignOutEverywhere(t.Context(), ada.viewer, 0))
	ada.post("/account/name", form("name", "nextname", "again_name", "newname", "again_password", password)).expect(http.StatusSeeOther)
	w.guest().opens("/users/nextname")
}

func TestAPenNameIsMadeTheUsualOne(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada, mina := w.member("ada"), w.member("mina")
		must(t, w.accounts.AddPseud(t.Context(), ada.viewer, "Miss Lamp"))
		id, own := w.pseudOf(ada, "Miss Lamp"), w.pseudOf(ada, "ada")
		ada.opens("/account").has("/account/pseuds/" + id)
		ada.opens("/account/pseuds/"+id).has("Sign with this one", `value="Miss Lamp"`)
		mina.get("/account/pseuds/" + id).expect(http.StatusNotFound)
		mina.post("/account/pseuds/"+id, form("pseud", "Stolen")).expect(http.StatusNotFound)
		mina.post("/account/pseuds/"+id+"/usual", nil).expect(http.StatusNotFound)
		ada.post("/account/pseuds/"+id+"/usual", nil).expect(http.StatusSeeOther)
		page := ada.opens("/works/new").body
		if usual, other := strings.Index(page, "Miss Lamp"), strings.Index(page, `value="ada"`); usual < 0 || other >= 0 && other < usual {
			t.Error("the form of a work does not begin with the usual name")
		}
		work := w.posts(ada.viewer, fields("By Default"))
		w.guest().opens(workPath(work)).has("Miss Lamp", "/users/ada/pseuds/Miss%20Lamp")
		ada.opens("/account/pseuds/"+own).has("changes with it", "Sign with this one")
		ada.post("/account/pseuds/"+own, form("pseud", "Other")).expect(http.StatusUnprocessableEntity).has("the name of your account")
		ada.post("/account/name", form("name", "edda")).expect(http.StatusSeeOther)
		ada.opens("/account").has("edda", "Miss Lamp").lacks(">ada<")
	})
}

func TestBylinesOfManyWorksAreRenewedInSlices(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("oldname")
		var works []int64
		for i := range 205 {
			works = append(works, w.posts(ada.viewer, fields(fmt.Sprintf("Work %d", i))))
		}
		w.guest().opens(workPath(works[204])).has("oldname")
		ada.post("/account/name", form("name", "newname")).expect(http.StatusSeeOther)
		w.hears()
		w.guest().opens(workPath(works[204])).has("newname").lacks("oldname")
		w.guest().opens(workPath(works[0])).has("newname")
	})
}

func TestAMemberChangesTheirNameInTheBrowser(t *testing.T) {
	w := newWorld(t)
	w.member("oldname")
	p := w.reads(browser.Settings{})
	signIn(p, "oldname")
	w.Clock.Pass(time.Hour)
	p.Open("/account")
	p.Follow("Name")
	p.Fill("Password", password)
	p.Submit("Go on")
	p.Fill("New name", "newname")
	p.Submit("Change the name")
	p.Sees("newname")
	need(t, "where it ends", p.Path(), "/account")
	p.Open("/users/oldname")
	need(t, "where the old name leads", p.Path(), "/users/newname")
}

func TestAPenNameIsTakenAwayAndItsWorksStay(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada, mina := w.member("ada"), w.member("mina")
		must(t, w.accounts.AddPseud(t.Context(), ada.viewer, "Miss Lamp"))
		id, own := w.pseudOf(ada, "Miss Lamp"), w.pseudOf(ada, "ada")
		both, f := fields("Signed twice"), fields("Signed once")
		both.Pseuds, f.Pseuds = []string{"ada", "Miss Lamp"}, []string{"Miss Lamp"}
		twice, once := w.posts(ada.viewer, both), w.posts(ada.viewer, f)
		w.Clock.Pass(8 * 24 * time.Hour)
		answered := w.posts(mina.viewer, fields("Answered"))
		remark := ada.said(answered, w.chapters(answered)[0].ID, "The kettle.", "pseud", "Miss Lamp")
		ada.post("/account/pseuds/"+id+"/usual", nil).expect(http.StatusSeeOther)
		guest := w.guest()
		guest.opens(workPath(once)).has("Miss Lamp")
		guest.opens(remark).has("Miss Lamp")

		mina.get("/account/pseuds/" + id + "/delete").expect(http.StatusNotFound)
		mina.post("/account/pseuds/"+id+"/delete", nil).expect(http.StatusNotFound)
		ada.post("/account/pseuds/"+own+"/delete", nil).expect(http.StatusUnprocessableEntity)
		need(t, "where asking about one's own name leads", ada.get("/account/pseuds/"+own+"/delete").to(), "/account/pseuds/"+own)
		ada.opens("/account/pseuds/" + id).has("/account/pseuds/" + id + "/delete")
		ada.opens("/account/pseuds/"+id+"/delete").has("Miss Lamp", "signed with ada")
		ada.post("/account/pseuds/"+id+"/delete", nil).expect(http.StatusSeeOther)
		w.hears()
		ada.opens("/account").lacks("Miss Lamp").has("your usual name")
		for _, at := range []string{workPath(twice), workPath(once), remark, "/users/ada", "/works"} {
			guest.opens(at).has("ada").lacks("Miss Lamp")
		}
		need(t, "the name on what was signed twice", strings.Count(guest.opens(workPath(twice)).body, `href="/users/ada"`), 1)
		guest.get("/users/ada/pseuds/Miss%20Lamp").expect(http.StatusNotFound)
		ada.post("/account/pseuds/"+id+"/delete", nil).expect(http.StatusNotFound)
	})
}
