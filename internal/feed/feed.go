// Package feed writes lists of works as feeds, which programs of readers ask
// for again and again: Atom 1.0 and JSON Feed 1.1 from one Feed. It is pure: it
// reads what it is given; the same Feed gives the same bytes. Whoever fills it
// has asked the gate: a feed says everything it holds.
package feed

import (
	"crypto/sha1" //nolint:gosec // what version 5 of a UUID is made with
	"fmt"
	"time"

	"ficus/internal/prose"
)

// Feed is a list of works, or a page of one. Its addresses are absolute.
type Feed struct {
	ID       string // as Name makes it
	Title    string
	Language string    // of the title, BCP 47
	Updated  time.Time // when the newest of its works was revised
	Home     string    // the page with the same list
	Self     string
	Next     string // older works; empty: there are none
	Entries  []Entry
}

// Entry is a work in a feed.
type Entry struct {
	ID         string // as Name makes it
	URL        string
	Title      string
	Language   string // of title and summary, BCP 47
	Summary    string // as stored
	Authors    []Person
	Published  time.Time
	Updated    time.Time
	Categories []Category
}

// Person is who signs a work.
type Person struct {
	Name string
	URL  string // empty: nowhere
}

// Category is a tag in the writer's words.
type Category struct {
	Scheme string // the address of its kind
	Term   string
}

// Name is the name for good of a thing of an archive: "urn:uuid:…", version 5. It
// does not change with the address the archive stands at, nor with what is
// written in the thing.
func Name(archive, thing string) string {
	sum := sha1.Sum([]byte("ficus:" + archive + "/" + thing)) //nolint:gosec // no secret
	u := sum[:16]
	u[6] = u[6]&0x0f | 0x50
	u[8] = u[8]&0x3f | 0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", u[0:4], u[4:6], u[6:8], u[8:10], u[10:16])
}

// updated is when anything of a feed changed last; an empty one never did.
func (f Feed) updated() time.Time {
	if f.Updated.IsZero() {
		return time.Unix(0, 0)
	}
	return f.Updated
}

// summary is the summary of an entry for programs that show it anywhere: without
// pictures, which would be asked of somebody, and with links to the web alone.
func (e Entry) summary() prose.Document {
	return prose.ReadStored(e.Summary).MapImages(func(src string) (string, bool) { return src, false })
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
