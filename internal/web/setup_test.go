package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// firstForm is the owner's first page as it is filled in.
func firstForm(token, name string) url.Values {
	return url.Values{
		"token": {token}, "name": {name}, "password": {password}, "site_name": {"The Fig House"}, "site_language": {"en"}, "site_join": {archive.JoinInvited},
		"site_fandom": {"Harbour Lights"}, "site_ratings": {archive.RatingGeneral, archive.RatingTeen}, "site_guests": {"yes"},
	}
}

// offers makes the token of the owner's first page.
func (w *world) offers() string {
	w.t.Helper()
	token, err := w.accounts.OfferSetUp(w.t.Context())
	must(w.t, err)
	return token
}

func TestTheOwnersFirstPageMakesTheArchiveTheirs(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		token := w.offers()
		owner := w.guest()
		owner.opens("/setup?token="+token).has("Make this archive yours", `name="site_name"`, `value="Explicit"`)
		need(t, "where it leads", owner.post("/setup", firstForm(token, "mara")).expect(http.StatusSeeOther).to(), "/desk")
		owner.opens("/").has("The Fig House", "mara", `href="/works/new"`)
		owner.opens("/desk").has("Staff desk")
		site := w.catalog.Site()
		need(t, "the archive's name", site.Name, "The Fig House")
		need(t, "who may join", site.Join, archive.JoinInvited)
		need(t, "the fandom", site.Fandom, "Harbour Lights")
		need(t, "the ratings", strings.Join(site.Ratings, " "), "General Teen")
		if !site.SetUp {
			t.Error("it is not set up")
		}
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			acts, err := tx.Acts.Before(ctx, 1<<60, 10)
			if len(acts) != 1 || acts[0].Kind != archive.ActSetUp || acts[0].By != "mara" {
				t.Errorf("the acts are %+v", acts)
			}
			return err
		})
	})
}

func TestTheOwnersFirstPageIsNobodyElses(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		old := w.offers()
		token := w.offers() // the next start ends the link before
		stranger := w.guest()
		missing := stranger.get("/nothing-here").expect(http.StatusNotFound)
		for _, path := range []string{"/setup", "/setup?token=", "/setup?token=" + strings.Repeat("A", 26), "/setup?token=" + old} {
			a := stranger.get(path).expect(http.StatusNotFound)
			need(t, "the page of "+path, strings.ReplaceAll(a.body, url.QueryEscape(path), "PATH"), strings.ReplaceAll(missing.body, url.QueryEscape("/nothing-here"), "PATH"))
		}
		stranger.post("/setup", firstForm("", "eve")).expect(http.StatusNotFound)
		stranger.post("/setup", firstForm(old, "eve")).expect(http.StatusNotFound)

		// What is wrong is said all at once, and the link still works.
		wrong := firstForm(token, "x")
		wrong.Set("site_name", " \u200b ")
		wrong.Del("site_ratings")
		wrong.Set("site_fandom", strings.Repeat("f", 200))
		wrong.Set("site_language", "tlh")
		wrong.Set("site_join", "nobody")
		a := stranger.post("/setup", wrong).expect(http.StatusUnprocessableEntity)
		a.has("Name of the archive: please fill this in", "Ratings accepted: choose at least one", "200 characters", "tlh", "nobody", "3 to 40").lacks(password)
		need(t, "accounts made", w.count(), 0)

		// Once it is used, it is used.
		stranger.post("/setup", firstForm(token, "mara")).expect(http.StatusSeeOther)
		w.guest().get("/setup?token=" + token).expect(http.StatusNotFound)
		w.guest().post("/setup", firstForm(token, "eve")).expect(http.StatusNotFound)
		need(t, "a link for an archive that is run", w.offers(), "")
		need(t, "accounts made", w.count(), 1)
	})
}

// count is how many accounts there are.
func (w *world) count() (n int64) {
	w.t.Helper()
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) (err error) {
		n, err = tx.Accounts.Count(ctx)
		return err
	})
	return n
}

func TestStaffMadeElsewhereEndTheLink(t *testing.T) {
	w := newWorld(t)
	token := w.offers()
	w.member("ada") // a member does not
	w.guest().opens("/setup?token=" + token)
	w.staff("wren")
	w.guest().get("/setup?token=" + token).expect(http.StatusNotFound)
	w.guest().post("/setup", firstForm(token, "eve")).expect(http.StatusNotFound)
	need(t, "accounts made", w.count(), 2)
}

func TestOfTwoWhoSetUpAtOnceOneWins(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		token := w.offers()
		statuses := w.atOnce(6, func(i int, c *client) int {
			return c.post("/setup", firstForm(token, "owner"+string(rune('a'+i)))).status
		})
		need(t, "how many won", statuses[http.StatusSeeOther], 1)
		need(t, "how many met nothing", statuses[http.StatusNotFound], 5)
		need(t, "accounts made", w.count(), 1)
	})
}

// atOnce has guests do something at the same moment, and counts the statuses.
func (w *world) atOnce(n int, do func(i int, c *client) int) map[int]int {
	w.t.Helper()
	var all sync.WaitGroup
	var mu sync.Mutex
	statuses := map[int]int{}
	guests := make([]*client, n)
	for i := range guests {
		guests[i] = w.guest()
	}
	for i, c := range guests {
		all.Go(func() {
			status := do(i, c)
			mu.Lock()
			defer mu.Unlock()
			statuses[status]++
		})
	}
	all.Wait()
	return statuses
}
