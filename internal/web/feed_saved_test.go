package web_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/moderation"
	"ficus/internal/store"
)

var freshFeed = regexp.MustCompile(`>http://[^/<]+(/feeds/[^<]+)</textarea>`)

// makesFeed gives a saved filter a feed and gives its address.
func (c *client) makesFeed(filter string) string {
	c.w.t.Helper()
	return freshFeed.FindStringSubmatch(c.post(filter, url.Values{"do": {"feed"}}).expect(http.StatusOK).body)[1]
}

// A member's own feed is their list: works for members, nothing they mute or
// leave out; its address is shown once, renewed and ended, and kept by its
// fingerprint alone.
func TestAcceptance82_PartASavedFiltersFeedIsItsMembersList(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.lamps()
		f := fields("Lamp Five")
		f.Restricted, f.Freeforms = true, []string{"Rain"}
		w.posts(ada.viewer, f, "Members only.")
		bea, guest := w.member("bea"), w.guest()
		filter := bea.saves("/works?exclude=freeform:wind&sort=title", "No wind")
		bea.post(filter, url.Values{"do": {"share"}})
		shared := sharedLink.FindStringSubmatch(bea.opens(filter).body)[1]
		guest.feeds(shared+"/feed", "Lamp Four", "Lamp Two", "Lamp One")
		at := bea.makesFeed(filter)
		bea.opens(filter).has("It has a feed since").lacks(at)
		r := guest.feeds(at, "Lamp Five", "Lamp Four", "Lamp Two", "Lamp One")
		need(t, "its name", strings.Contains(r.Title, "No wind"), true)
		need(t, "the page it leads to", r.Home, w.address+"/works?exclude=freeform%3Awind")
		bea.post(guest.get("/tags/fandom/saltlight").to()+"/mute", url.Values{})
		guest.feeds(at, "Lamp Five", "Lamp Two", "Lamp One")
		w.excludes(bea, "Slow burn")
		guest.feeds(at, "Lamp Five", "Lamp Two")
		bea.post("/account/people", url.Values{"muted_words": {"five"}, "do": {"mute-word"}})
		guest.feeds(shared+"/feed", "Lamp Four", "Lamp Two", "Lamp One")

		other := bea.makesFeed(filter)
		guest.get(at).expect(http.StatusNotFound)
		guest.opens(other)
		w.member("cal").post(filter, url.Values{"do": {"feed"}}).expect(http.StatusNotFound)
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			if _, err := tx.Filters.Fed(ctx, strings.TrimPrefix(other, "/feeds/")); err == nil {
				t.Error("the secret is kept as it is")
			}
			return nil
		})
		must(t, w.moderation.Take(t.Context(), w.staff("wren").viewer, bea.viewer.Account, moderation.Measure{Kind: archive.ActSuspend, Reason: "rudeness", Days: 1}))
		guest.get(other).expect(http.StatusNotFound)
		w.Clock.Pass(25 * time.Hour)
		guest.opens(other)
		bea.post(filter, url.Values{"do": {"end-feed"}})
		guest.get(other).expect(http.StatusNotFound)
		bea.opens(filter).has("Make a feed")
		if strings.Contains(w.log.String(), strings.TrimPrefix(other, "/feeds/")) {
			t.Error("the log has the secret")
		}
	})
}

// Nor does it hold a muted person's signed works, a muted work, or works without
// a name where those are muted; with the account the feed is gone.
func TestAcceptance82_PartASavedFiltersFeedHoldsNobodyMuted(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada, cal, bea, guest := w.member("ada"), w.member("cal"), w.member("bea"), w.guest()
		unsigned := fields("The Unsigned")
		unsigned.Anonymous = true
		w.posts(ada.viewer, unsigned, "Who?")
		w.Clock.Pass(time.Minute)
		kept := w.posts(ada.viewer, fields("Kept"), "One.")
		w.Clock.Pass(time.Minute)
		w.posts(cal.viewer, fields("Of Cal"), "Two.")
		w.Clock.Pass(time.Minute)
		w.posts(ada.viewer, fields("Left"), "Three.")
		at := bea.makesFeed(bea.saves("/works", "All"))
		guest.feeds(at, "Left", "Of Cal", "Kept", "The Unsigned")
		bea.post("/users/cal/mute", url.Values{})
		guest.feeds(at, "Left", "Kept", "The Unsigned")
		bea.post(workPath(kept)+"/mute", url.Values{})
		guest.feeds(at, "Left", "The Unsigned")
		bea.post("/account/people", url.Values{"id": {"1"}, "do": {"mute-anonymous"}})
		guest.feeds(at, "Left")
		guest.feeds("/works/feed", "Left", "Of Cal", "Kept", "The Unsigned")
		bea.post("/account/delete", form("sole", "delete", "shared", "remove", "answers", "keep")).expect(http.StatusOK)
		guest.get(at).expect(http.StatusNotFound)
	})
}
