package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
)

// read is a feed as a program of another house reads it.
type read struct {
	Faulty   bool
	Title    string
	ID       string
	Titles   []string
	IDs      []string
	Links    []string
	Authors  []string
	Terms    []string
	Summary  string
	Next     string
	Home     string
	Language string
}

// feedparser reads a feed and prints what it makes of it.
const feedparser = `
import feedparser, json, sys
d = feedparser.parse(sys.stdin.buffer.read())
rel = lambda r: next((l.href for l in d.feed.links if l.rel == r), "")
print(json.dumps(dict(Faulty=bool(d.bozo), Title=d.feed.title, ID=d.feed.id, Titles=[e.title for e in d.entries], IDs=[e.id for e in d.entries],
  Links=[e.link for e in d.entries], Authors=[e.author for e in d.entries], Terms=[t.term for e in d.entries for t in e.get("tags", [])],
  Summary=d.entries[0].get("summary", "") if d.entries else "", Next=rel("next"), Home=rel("alternate"), Language=d.feed.get("language", ""))))`

func (a answer) parsed() (r read) {
	a.t.Helper()
	program := exec.CommandContext(a.t.Context(), "/usr/bin/python3", "-c", feedparser)
	program.Stdin = strings.NewReader(a.body)
	out, err := program.Output()
	must(a.t, err)
	must(a.t, json.Unmarshal(out, &r))
	if r.Faulty {
		a.t.Errorf("feedparser finds fault with %s", a.body)
	}
	return r
}

// feeds wants a feed of works with these titles, in this order, in both forms.
func (c *client) feeds(at string, titles ...string) read {
	c.w.t.Helper()
	r := c.opens(at).parsed()
	need(c.w.t, "the works of "+at, fmt.Sprint(r.Titles), fmt.Sprint(titles))
	var f struct{ Items []struct{ ID, Title string } }
	path, query, _ := strings.Cut(at, "?")
	must(c.w.t, json.Unmarshal([]byte(c.opens(path+"/json?"+query).body), &f))
	for i, item := range f.Items {
		if i >= len(titles) || item.Title != titles[i] || item.ID != r.IDs[i] {
			c.w.t.Errorf("the JSON feed of %s differs at %d: %v", at, i, item)
		}
	}
	need(c.w.t, "works in the JSON feed", len(f.Items), len(titles))
	return r
}

var feedLink = regexp.MustCompile(`href="([^"]+)" rel="nofollow" type="application/atom\+xml">Feed<`)

// feedOf is where the page of a list leads for its feed.
func (c *client) feedOf(list string) string {
	c.w.t.Helper()
	a := c.opens(list)
	link := feedLink.FindStringSubmatch(a.body)
	if link == nil {
		c.w.t.Fatalf("%s has no feed", list)
	}
	a.has(`<link rel="alternate" type="application/atom+xml"`, `type="application/feed+json"`)
	return unescaped(link[1])
}

// Every list has a feed of the same works, in the newest order, as a guest may
// see them, whoever asks; a reader of feeds of another house finds no fault.
func TestEveryListHasAFeed(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.lamps()
		f := fields(`<Lamp> & "Five"`)
		f.Anonymous, f.Summary = true, `<p>Rain &amp; <a href="/works/1">wind</a> <a href="https://other.example/">there</a><img src="/works/1/pictures/1" alt="x"></p>`
		w.posts(w.member("dot").viewer, f, "Nobody came.")
		guest := w.guest()
		tag := guest.get("/tags/freeform/rain").to()
		r := guest.feeds(guest.feedOf("/works"), `<Lamp> & "Five"`, "Lamp Four", "Lamp Three", "Lamp Two", "Lamp One")
		need(t, "who signs them", fmt.Sprint(r.Authors), "[Anonymous ada ada ada ada]")
		need(t, "its page", r.Home, w.address+"/works")
		for _, term := range []string{"Rain", "rain", "Slow burn", "Ida & sons: the elder", "Harbour Lights"} {
			if !slices.Contains(r.Terms, term) {
				t.Errorf("no entry has the tag %s: %q", term, r.Terms)
			}
		}
		if strings.Contains(r.Summary, "<img") || !strings.Contains(r.Summary, "https://other.example/") {
			t.Errorf("the summary is %s", r.Summary)
		}
		guest.feeds(guest.feedOf(tag), "Lamp Three", "Lamp Two", "Lamp One")
		guest.feeds(guest.feedOf("/users/ada"), "Lamp Four", "Lamp Three", "Lamp Two", "Lamp One")
		guest.feeds(guest.feedOf("/search?q=lamp+-freeform:rain&sort=kudos"), `<Lamp> & "Five"`, "Lamp Four")
		narrowed := guest.feedOf("/works?exclude=freeform:wind&words=15-30&sort=title")
		guest.feeds(narrowed, "Lamp Two")
		guest.feeds("/works/feed?sort=title&include=freeform:rain", "Lamp One", "Lamp Three", "Lamp Two")
		w.excludes(ada, "Rain")
		ada.feeds("/works/feed?include=freeform:rain", "Lamp Three", "Lamp Two", "Lamp One")
		ada.feeds("/works/feed", `<Lamp> & "Five"`, "Lamp Four", "Lamp Three", "Lamp Two", "Lamp One")

		a := guest.opens("/works/feed")
		need(t, "its type", a.header.Get("Content-Type"), "application/atom+xml; charset=utf-8")
		need(t, "asked again", guest.get("/works/feed", "If-None-Match", a.header.Get("Etag")).status, http.StatusNotModified)
		need(t, "its head", guest.send(http.MethodHead, "/works/feed", nil).expect(http.StatusOK).body, "")
		if at, err := http.ParseTime(a.header.Get("Last-Modified")); err != nil || at.After(w.Clock.Now()) {
			t.Errorf("it changed at %v: %v", at, err)
		}
		w.edits(ada.viewer, firstWorkOf(r.Links[4]), func(f *archive.WorkFields) { f.Title = "Lamp Nought" })
		b := guest.get("/works/feed", "If-None-Match", a.header.Get("Etag")).expect(http.StatusOK)
		need(t, "the name of an entry that was renamed", b.parsed().IDs[4], r.IDs[4])
		for _, wrong := range []string{"/works/feed?after=x", "/works/feed?after=1-0", "/users/nobody/feed", "/tags/999/x/feed/json"} {
			guest.get(wrong).expect(http.StatusNotFound)
		}
		guest.get("/works/feed?words=x").expect(http.StatusUnprocessableEntity)
		guest.feeds("/works/feed?include=freeform:no+such")
	})
}

func firstWorkOf(link string) (id int64) {
	_, number, _ := strings.Cut(link, "/works/")
	_, _ = fmt.Sscan(number, &id)
	return id
}

// A feed goes on to older works. One that is posted meanwhile neither comes
// twice nor pushes another out, also where many were posted at one moment.
func TestAFeedGoesOnToOlderWorks(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		for i := range 120 {
			if i == 110 {
				w.Clock.Pass(time.Minute)
			}
			w.posts(ada.viewer, fields(fmt.Sprintf("Lamp %d", i)), "Rain.")
		}
		var titles []string
		guest, at := w.guest(), "/works/feed?complete=true"
		for at != "" {
			r := guest.opens(at).parsed()
			titles = append(titles, r.Titles...)
			at = strings.TrimPrefix(r.Next, w.address)
			w.posts(ada.viewer, fields(fmt.Sprintf("Meanwhile %d", len(titles))), "Rain.")
		}
		need(t, "works", len(titles), 120)
		for i, title := range titles {
			need(t, "a work", title, fmt.Sprintf("Lamp %d", 119-i))
		}
		r := guest.opens("/works/feed?sort=title").parsed()
		need(t, "the next page in another order", strings.TrimPrefix(r.Next, w.address), "/works/feed?page=2&sort=title")
	})
}
