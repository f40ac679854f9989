package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit/browser"
)

// favours presses the button on a tag's page.
func (c *client) favours(tag string) {
	c.w.t.Helper()
	f := url.Values{"add": {digits.FindString(tag)}, "to": {tag}}
	c.opens(tag).has(`name="add" value="` + digits.FindString(tag) + `"`)
	need(c.w.t, "where it leads", c.post("/account/favourites", f).to(), tag+"#favourite")
}

// A member's favourite tags stand on their first page by name, each with the
// works they find by it, and nobody else's do.
func TestFavouriteTagsStandOnTheFirstPage(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.lamps()
		bea, cal := w.member("bea"), w.member("cal")
		rain, wind, salt := w.guest().get("/tags/freeform/rain").to(), w.guest().get("/tags/freeform/wind").to(), w.guest().get("/tags/fandom/saltlight").to()
		bea.opens("/").lacks("Your tags")
		for _, tag := range []string{wind, rain, salt, rain} {
			c := bea
			if tag == rain {
				bea.post("/account/favourites", url.Values{"add": {digits.FindString(rain)}, "to": {rain}})
				continue
			}
			c.favours(tag)
		}
		bea.opens(rain).has("It stands on your first page.", "Take off")
		bea.opens("/").has("Your tags", fmt.Sprintf(`<a href="%s"><bdi>Rain</bdi></a> <span class="faint"><span aria-hidden="true">3</span>`, rain))
		for _, who := range []*client{cal, w.guest()} {
			who.opens("/").lacks("Your tags")
		}
		w.guest().opens(rain).lacks("first page")
		w.excludes(bea, "Wind")
		bea.opens("/").has(fmt.Sprintf(`<a href="%s"><bdi>Rain</bdi></a> <span class="faint"><span aria-hidden="true">2</span>`, rain))
		bea.opens("/account/favourites").has("Rain", "Saltlight", "Wind")
		need(t, "taken off", bea.post("/account/favourites", url.Values{"drop": {digits.FindString(rain)}}).to(), "/account/favourites")
		bea.opens("/account/favourites").lacks("<bdi>Rain</bdi>")
		need(t, "a tag never used", bea.post("/account/favourites", url.Values{"add": {"99999"}}).status, http.StatusNotFound)
		need(t, "no tag", bea.post("/account/favourites", url.Values{"add": {"rain"}}).status, http.StatusNotFound)
		need(t, "a guest", w.guest().post("/account/favourites", url.Values{"add": {"1"}}).status, http.StatusUnauthorized)

		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			for i := range archive.DefaultLimits().Favourites {
				tag, err := tx.Tags.Ensure(ctx, archive.KindFreeform, fmt.Sprint("tag ", i))
				if err != nil {
					return err
				}
				if _, err := tx.Favourites.Add(ctx, bea.viewer.Account, tag.ID); err != nil {
					return err
				}
			}
			return nil
		})
		bea.opens("/").lacks("tag 1<") // no work bears it
		a := bea.post("/account/favourites", url.Values{"add": {digits.FindString(rain)}})
		need(t, "one too many", a.status, http.StatusUnprocessableEntity)
		a.has("There is room for 20 tags")
	})
}

// The button of a synonym is that of its canonical; what was chosen before a
// merge stands as what it means now, once, and comes back when that is undone.
func TestAcceptance86_PartFavouriteTagsFollowMerges(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.lamps()
		sort, bea := w.sorter(), w.member("bea")
		rain := sort.canonical("Rain")
		wind, rainy := w.guest().get("/tags/freeform/wind").to(), w.guest().get("/tags/freeform/rain").to()
		bea.favours(wind)
		bea.favours(rainy)
		sort.merges("Wind", rain)
		var merged int64
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			acts, err := tx.TagActs.Of(ctx, rain, 1)
			merged = acts[0].ID
			return err
		})
		bea.opens("/account/favourites").has("<bdi>Rain</bdi>").lacks("<bdi>wind</bdi>", "<bdi>Wind</bdi>")
		need(t, "where the synonym leads", w.guest().get(wind).to(), rainy)
		works := func(tag string, n int) string {
			return fmt.Sprintf(`<a href="%s"><bdi>%s</bdi></a> <span class="faint"><span aria-hidden="true">%d</span>`, w.guest().get("/tags/freeform/"+tag).to(), tag, n)
		}
		bea.opens("/").has(works("Rain", 3))
		f := fields("Lamp Five")
		f.Freeforms = []string{"wind"}
		w.posts(bea.viewer, f, "Nobody came.")
		bea.opens("/").has(works("Rain", 4))
		w.Clock.Pass(24 * time.Hour)
		must(t, sort.verbs.Undo(t.Context(), sort.staff, merged))
		bea.opens("/account/favourites").has("<bdi>Rain</bdi>", "<bdi>Wind</bdi>")
		bea.opens("/").has(works("Rain", 3), works("Wind", 2))
		w.guest().opens(wind).lists("Five", "Three").has(">wind<")
		sort.merges("Wind", rain)
		bea.post("/account/favourites", url.Values{"drop": {digits.FindString(rainy)}})
		bea.opens("/account/favourites").has("Nothing.")
	})
}

// TestFavouritesAreChosenOnAPhone walks from a tag to the first page.
func TestFavouritesAreChosenOnAPhone(t *testing.T) {
	w := newWorld(t)
	w.lamps()
	w.member("bea")
	rain := w.guest().get("/tags/freeform/rain").to()
	p := w.reads(browser.Settings{Phone: true, Narrow: true, NoScript: true, Dark: true})
	signIn(p, "bea")
	p.Open(rain)
	p.Look("favourite-button")
	p.Submit("Put on my first page")
	p.Sees("It stands on your first page.")
	p.Axe()
	for _, path := range []string{"/", "/account/favourites"} {
		p.Open(path)
		p.Sees("Rain")
		p.Look("favourite-on-" + fmt.Sprint(len(path)))
		p.Axe()
		if wide := browser.Ask[int](p, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wide > 0 {
			t.Errorf("%s is %d pixels too wide", path, wide)
		}
	}
}
