package feed

import (
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"
	"time"
)

func sample() Feed {
	at := time.Date(2026, 5, 1, 12, 0, 0, 0, time.FixedZone("", 7200))
	return Feed{
		ID: Name("a", "works"), Title: `Lamps & <rain>`, Language: "en", Updated: at, Home: "https://x.example/works", Self: "https://x.example/works/feed",
		Entries: []Entry{{ID: Name("a", "/works/1"), URL: "https://x.example/works/1", Title: "A\x01 & B", Summary: `<p>One <img src="https://other.example/1.png" alt="x"> &amp; two</p>`, Updated: at, Categories: []Category{{"https://x.example/tags/fandom", "F & G"}}}, {ID: Name("a", "/works/2"), Title: "Bare"}},
	}
}

func TestAtomIsWellFormedAndAsksNobodyForPictures(t *testing.T) {
	body, err := sample().Atom()
	if err != nil {
		t.Fatal(err)
	}
	var read atomFeed
	if err := xml.Unmarshal(body, &read); err != nil {
		t.Fatal(err)
	}
	if read.Title != `Lamps & <rain>` || read.Updated != "2026-05-01T10:00:00Z" || read.Entries[0].Title != "A\uFFFD & B" || read.Entries[0].Categories[0].Term != "F & G" {
		t.Errorf("it reads as %+v", read)
	}
	if text := read.Entries[0].Summary.Text; strings.Contains(text, "img") || !strings.Contains(text, "&amp; two") {
		t.Errorf("the summary is %q", text)
	}
	if read.Entries[1].Summary != nil {
		t.Error("a work without summary has one")
	}
}

func TestJSONItemsAlwaysHaveContent(t *testing.T) {
	body, err := sample().JSON()
	if err != nil {
		t.Fatal(err)
	}
	var read jsonFeed
	if err := json.Unmarshal(body, &read); err != nil {
		t.Fatal(err)
	}
	if read.Items[1].Text != "Bare" || read.Items[0].HTML == "" || strings.Contains(read.Items[0].HTML, "img") {
		t.Errorf("the items are %+v", read.Items)
	}
	if body, err = (Feed{}).JSON(); err != nil || !strings.Contains(string(body), `"items":[]`) {
		t.Errorf("an empty feed is %s, %v", body, err)
	}
}

func TestNamesAreOfTheArchiveAndTheThing(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range []string{Name("a", "/works/1"), Name("a", "/works/2"), Name("b", "/works/1")} {
		if seen[name] || len(name) != len("urn:uuid:")+36 || name[len("urn:uuid:")+14] != '5' {
			t.Errorf("the name %s", name)
		}
		seen[name] = true
	}
	if Name("a", "/works/1") != Name("a", "/works/1") {
		t.Error("a name changes")
	}
}
