package web_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit/browser"
)

var (
	hiddenFields = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"/?>`)
	saveLink     = regexp.MustCompile(`href="(/account/filters/new[^"]*)"`)
	sharedLink   = regexp.MustCompile(`href="http://[^/"]+(/filters/[^"]+)"`)
	listLink     = regexp.MustCompile(`<a class="button filled" href="([^"]+)">Open the list`)
)

// unescaped undoes what a page does to an address.
func unescaped(address string) string { return strings.ReplaceAll(address, "&amp;", "&") }

// saveForm is the form that saves the filter of a list, with a name.
func (c *client) saveForm(list, name string) url.Values {
	c.w.t.Helper()
	link := saveLink.FindStringSubmatch(c.opens(list).body)
	if link == nil {
		c.w.t.Fatalf("%s has no filter to save", list)
	}
	a := c.opens(unescaped(link[1]))
	f := url.Values{"filter_name": {name}, "do": {"save"}}
	_, form, _ := strings.Cut(a.body, `<form class="form" method="post" action="/account/filters">`)
	form, _, _ = strings.Cut(form, "</form>")
	for _, field := range hiddenFields.FindAllStringSubmatch(form, -1) {
		f.Add(field[1], unescaped(field[2]))
	}
	return f
}

// saves saves the filter of a list and gives the page of it.
func (c *client) saves(list, name string) string {
	c.w.t.Helper()
	return c.post("/account/filters", c.saveForm(list, name)).to()
}

// listed is where the list of a saved filter is.
func (c *client) listOf(filter string) string {
	c.w.t.Helper()
	return unescaped(listLink.FindStringSubmatch(c.opens(filter).body)[1])
}

// A filter is saved from any list, opened, renamed, saved over and deleted; it
// is for its member alone until it is shared, and then opens for whoever has its
// address as they may see it.
func TestFiltersAreSavedAndShared(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.lamps()
		bea, cal := w.member("bea"), w.member("cal")
		rain := w.guest().get("/tags/freeform/rain").to()
		w.guest().opens("/works").lacks("Save this filter")

		wet := bea.saves(rain+"?words=15-&sort=-title&page=1&rest=true", "  Wet   lamps ")
		bea.opens(wet).has("<bdi>Wet lamps</bdi>", "with Rain", "15+ words", "Order of the list: Title", "Only you.")
		need(t, "its list", bea.listOf(wet), "/works?include=freeform%3ARain&sort=-title&words=15-")
		bea.opens(bea.listOf(wet)).lists("Two", "Three")
		bea.opens("/account/filters").has("Wet lamps", "only for you", wet)
		for _, c := range []struct{ list, want string }{
			{"/works", "/works"}, {"/search?q=lamp", "/search?q=lamp&sort=best"}, {"/search?q=lamp&sort=title", "/works?q=lamp&sort=title"},
			{"/works?sort=-author", "/works?sort=-author"}, {"/users/ada?complete=true", "/users/ada?complete=true"}, {"/users/ada/pseuds/ada?exclude=freeform:wind", "/users/ada/pseuds/ada?exclude=freeform%3Awind"},
		} {
			filter := bea.saves(c.list, "filter of "+c.list)
			need(t, c.list, bea.listOf(filter), c.want)
			bea.opens(c.want)
		}

		// What it is called, and what it asks.
		a := bea.post(wet, url.Values{"do": {"rename"}, "filter_name": {"Filter of /WORKS"}})
		need(t, "a name that is taken", a.status, http.StatusUnprocessableEntity)
		a.has("You have another filter called", `value="Filter of /WORKS"`, "<bdi>Wet lamps</bdi>")
		need(t, "renamed", bea.post(wet, url.Values{"do": {"rename"}, "filter_name": {"Rain"}}).to(), wet)
		over := bea.saveForm("/works?include=freeform:wind", "")
		over.Set("do", "over")
		over.Set("over", digits.FindString(wet))
		need(t, "saved over", bea.post("/account/filters", over).to(), wet)
		bea.opens(wet).has("<bdi>Rain</bdi>", "with wind").lacks("15+")
		bea.opens(bea.listOf(wet)).lists("Three")

		// Nobody else has it.
		cal.opens("/account/filters").has("You have saved no filters")
		need(t, "another's", cal.get(wet).status, http.StatusNotFound)
		need(t, "another's", cal.post(wet, url.Values{"do": {"share"}}).status, http.StatusNotFound)
		need(t, "over another's", cal.post("/account/filters", over).status, http.StatusNotFound)
		need(t, "a guest's", w.guest().get("/filters/"+digits.FindString(wet)).status, http.StatusNotFound)

		// Until it is shared.
		bea.post(wet, url.Values{"do": {"share"}})
		shared := sharedLink.FindStringSubmatch(bea.opens(wet).body)[1]
		bea.post(wet, url.Values{"do": {"share"}})
		bea.opens(wet).has(shared)
		w.guest().opens(w.guest().get(shared).to()).lists("Three")
		w.excludes(cal, "Rain")
		cal.opens(cal.get(shared).to()).lists().has("Your exclusions keep 1 work out")
		bea.post(wet, url.Values{"do": {"keep"}})
		need(t, "private again", w.guest().get(shared).status, http.StatusNotFound)

		need(t, "nothing", bea.post(wet, url.Values{"do": {"nothing"}}).status, http.StatusNotFound)
		need(t, "deleted", bea.post(wet, url.Values{"do": {"drop"}}).to(), "/account/filters")
		need(t, "gone", bea.get(wet).status, http.StatusNotFound)
	})
}

// What is wrong with a filter that is to be saved is said, and what was typed
// stays; the same form sent twice saves once, and of two tabs with one name one
// is told.
func TestAFilterIsSavedOnce(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.lamps()
		bea := w.member("bea")
		f := bea.saveForm("/works?include=freeform:rain", "")
		a := bea.post("/account/filters", f)
		need(t, "without a name", a.status, http.StatusUnprocessableEntity)
		a.has("with rain")
		f = bea.saveForm("/works?include=freeform:rain", strings.Repeat("long ", 20))
		a = bea.post("/account/filters", f)
		need(t, "too long a name", a.status, http.StatusUnprocessableEntity)
		a.has("long long long")
		f = bea.saveForm("/works?include=freeform:rain", "Rain")
		once := bea.post("/account/filters", f).to()
		need(t, "the same form", bea.post("/account/filters", f).to(), once)
		f.Set("filter_name", "More rain")
		need(t, "the same form with another name", bea.post("/account/filters", f).status, http.StatusConflict)
		bea.get("/account/filters/new?words=many").expect(http.StatusUnprocessableEntity).has("“many” is no range").lacks("In your words")
		need(t, "of a tag that nobody uses", bea.get("/account/filters/new?of_tag=99999").status, http.StatusNotFound)
		need(t, "of a person who is not there", bea.get("/account/filters/new?of_person=99999").status, http.StatusNotFound)

		tabs := []url.Values{bea.saveForm("/works", "Twice"), bea.saveForm("/works", "twice")}
		statuses := make([]int, len(tabs))
		var both sync.WaitGroup
		for i, tab := range tabs {
			both.Go(func() { statuses[i] = bea.post("/account/filters", tab).status })
		}
		both.Wait()
		if statuses[0]+statuses[1] != http.StatusSeeOther+http.StatusUnprocessableEntity {
			t.Errorf("two tabs are answered with %v", statuses)
		}
		for _, at := range []func(context.Context, *store.Tx) error{ // the same moment, caught
			func(ctx context.Context, tx *store.Tx) error {
				_, err := tx.Filters.Add(ctx, archive.SavedFilter{Account: bea.viewer.Account, Name: "TWICE"})
				return err
			},
			func(ctx context.Context, tx *store.Tx) error {
				rain, err := tx.Filters.Of(ctx, bea.viewer.Account)
				must(t, err)
				return tx.Filters.Rename(ctx, bea.viewer.Account, rain[0].ID, "twice")
			},
		} {
			if err := w.Store.Write(t.Context(), func(tx *store.Tx) error { return at(t.Context(), tx) }); !errors.Is(err, archive.ErrConflict) {
				t.Errorf("a name that was taken meanwhile is answered with %v", err)
			}
		}
		for i := range archive.DefaultLimits().Filters - 2 {
			bea.post("/account/filters", url.Values{"do": {"save"}, "filter_name": {fmt.Sprint("filter ", i)}})
		}
		a = bea.post("/account/filters", url.Values{"do": {"save"}, "filter_name": {"one more"}})
		need(t, "one more", a.status, http.StatusUnprocessableEntity)
		a.has("There is room for 100 filters")
	})
}

// A saved filter goes on meaning the same when a tag is merged, renamed, and
// when that is undone.
func TestAcceptance86_PartASavedFilterFollowsItsTags(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.lamps()
		sort, bea := w.sorter(), w.member("bea")
		rain := sort.canonical("Rain")
		filter := bea.saves(w.guest().get("/tags/freeform/wind").to(), "Wind")
		newest := func() (act int64) {
			t.Helper()
			w.Read(t, func(ctx context.Context, tx *store.Tx) error {
				acts, err := tx.TagActs.Of(ctx, rain, 1)
				act = acts[0].ID
				return err
			})
			return act
		}
		bea.opens(bea.listOf(filter)).lists("Three")
		sort.merges("Wind", rain)
		merged := newest()
		bea.opens(bea.listOf(filter)).lists("Three", "Two", "One")
		must(t, sort.verbs.Rename(t.Context(), sort.staff, sort.tag("Rain"), "Rainfall"))
		renamed := newest()
		bea.opens(bea.listOf(filter)).lists("Three", "Two", "One")
		must(t, sort.verbs.Undo(t.Context(), sort.staff, renamed))
		bea.opens(bea.listOf(filter)).lists("Three", "Two", "One")
		must(t, sort.verbs.Undo(t.Context(), sort.staff, merged))
		bea.opens(bea.listOf(filter)).lists("Three")
	})
}

// TestAFilterIsSavedOnAPhone walks from a list to a saved filter and its address.
func TestAFilterIsSavedOnAPhone(t *testing.T) {
	w := newWorld(t)
	w.lamps()
	w.member("bea")
	for _, how := range []browser.Settings{{Phone: true, Narrow: true, NoScript: true}, {Dark: true}} {
		p := w.reads(how)
		signIn(p, "bea")
		p.Open("/works?include=freeform:rain")
		p.Follow("Save this filter")
		p.Look(fmt.Sprintf("filter-save-%t", how.Phone))
		p.Axe()
		p.Fill("Name of the filter", fmt.Sprintf("Rain %t, and a name as long as names may be at the most", how.Phone))
		p.Submit("Save it")
		p.Sees("Who can open it")
		p.Submit("Make an address to share")
		p.Look(fmt.Sprintf("filter-saved-%t", how.Phone))
		p.Axe()
		if wide := browser.Ask[int](p, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wide > 0 {
			t.Errorf("%s is %d pixels too wide", p.Path(), wide)
		}
		p.Open("/account/filters")
		p.Look(fmt.Sprintf("filters-%t", how.Phone))
		p.Axe()
		p.Sees("shared by its address")
	}
}
