package web_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
)

var (
	saidOfMutes = regexp.MustCompile(`(?s)<p[^>]*>\s*(?:<a[^>]*>)?Your mutes keep.*?</p>`)
	asOfInLinks = regexp.MustCompile(`(&amp;)?as_of=[^"&]*`)
)

// shown is what a page says, but for what it says of mutes.
func (c *client) shown(path string) string {
	c.w.t.Helper()
	_, main, _ := strings.Cut(c.opens(path).body, "<main")
	if main == "" {
		return c.opens(path).body
	}
	main, _, _ = strings.Cut(main, `<footer class="foot"`)
	return asOfInLinks.ReplaceAllString(saidOfMutes.ReplaceAllString(main, ""), "")
}

// Wherever works are met, counted or told of, who mutes a tag or anonymous works
// is shown what they would be shown had those works not existed: each page is
// compared with what it says once they are deleted.
func TestAcceptance82_PartMutedWorksMightAsWellNotExist(t *testing.T) {
	for name, mute := range map[string]func(*sorter, *client){
		"a tag": func(s *sorter, bea *client) {
			must(s.t, s.feedback.MuteThing(s.t.Context(), bea.viewer, archive.Muted{Tag: s.tag("tempest").ID}, true))
		},
		"anonymous works": func(s *sorter, bea *client) {
			must(s.t, s.feedback.MuteThing(s.t.Context(), bea.viewer, archive.Muted{}, true))
		},
	} {
		t.Run(name, func(t *testing.T) {
			worlds(t, func(t *testing.T, w *world) {
				s, bag := w.sorter(), w.postbag()
				bea, eve, gus := w.member("bea"), w.member("eve"), w.member("gus").viewer
				w.writesTo(bea.viewer, "bea@example.org")
				w.lamps()
				for _, tag := range []string{"Storm", "Thunder", "Rain", "Gale"} {
					s.canonical(tag)
				}
				s.merges("tempest", s.tag("Storm").ID)
				must(t, s.verbs.AddMetatag(t.Context(), s.staff, s.tag("Thunder"), s.tag("Storm").ID))
				filter := bea.subscribes("/works?exclude=freeform:wind", "No wind")
				feed := bea.makesFeed(filter)
				must(t, w.feedback.Follow(t.Context(), bea.viewer, archive.Followed{Person: eve.viewer.Account}, true))
				w.Clock.Pass(time.Minute)
				bag.opens()

				var works []int64
				for i, tag := range []string{"Storm", "tempest", "Thunder"} {
					f := fields(fmt.Sprint("Lamp in a storm ", i))
					f.Freeforms, f.Characters, f.Fandoms, f.Language = []string{tag, "Rain", "Squall"}, []string{"Gale Winter"}, []string{"Stormland"}, "fr"
					f.Summary, f.Anonymous = "<p>A gale blew.</p>", name != "a tag"
					works = append(works, w.posts(eve.viewer, f, "The lighthouse keeper slept."))
				}
				f := fields("Lamp and sun")
				f.Freeforms = []string{"Rain"}
				w.posts(gus, f, "The lamp slept.")
				mute(s, bea)
				bag.opens()
				w.Clock.Pass(2 * time.Hour)
				must(t, bag.tell.SendFollowed(t.Context()))
				for _, m := range bag.opens() {
					if strings.Contains(m.Text, "storm") {
						t.Errorf("a mail tells of it: %s", m.Text)
					}
				}
				bea.opens("/notices").lacks("in a storm").has("Lamp and sun")

				pages := []string{"/", "/works", "/works?sort=words&page=2", "/works?include=freeform:rain", "/works?include=fandom:stormland", "/works?exclude=freeform:wind", "/works?words=2-", "/works?q=lamp", "/works?user=eve",
					"/fandoms", "/users/eve", "/users/gus", "/search?q=lamp", "/search?q=gale", "/search?q=storm", "/search?q=eve", "/search?q=lighthouse", "/search?q=squall", "/search?q=author:anonymous",
					"/works/filters?kind=freeform", "/works/filters?kind=fandom", "/works/filters?kind=character", "/tags/suggest?kind=freeform&q=ra", "/tags/suggest?kind=freeform&q=squ", "/tags/suggest?kind=character&q=gal", "/tags/suggest?kind=fandom&q=st",
					w.guest().get("/tags/freeform/rain").to(), w.guest().get("/tags/fandom/Harbour%20Lights").to(), filter, feed, "/account/favourites"}
				had := map[string]string{}
				for _, path := range pages {
					had[path] = bea.shown(path)
					if strings.Contains(had[path], "in a storm") {
						t.Errorf("%s shows it", path)
					}
				}
				for _, work := range works {
					must(t, w.writing.DeleteWork(t.Context(), eve.viewer, work))
				}
				for _, path := range pages {
					if now := bea.shown(path); now != had[path] {
						t.Errorf("%s is another page once they are deleted:\n%s", path, differing(had[path], now))
					}
				}
			})
		})
	}
}

// differing is where two texts part.
func differing(a, b string) string {
	at := 0
	for at < len(a) && at < len(b) && a[at] == b[at] {
		at++
	}
	from := max(0, at-120)
	return fmt.Sprintf("%q\n%q", a[from:min(len(a), at+160)], b[from:min(len(b), at+160)])
}
