package feed

import (
	"bytes"
	"encoding/xml"
	"fmt"

	"ficus/internal/prose"
)

// AtomType is the media type of an Atom feed.
const AtomType = "application/atom+xml"

type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string      `xml:"xml:lang,attr,omitempty"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Updated  string      `xml:"updated"`
	Links    []atomLink  `xml:"link"`
	Software string      `xml:"generator"`
	Entries  []atomEntry `xml:"entry"`
}

type atomEntry struct {
	Lang       string         `xml:"xml:lang,attr,omitempty"`
	ID         string         `xml:"id"`
	Title      string         `xml:"title"`
	Updated    string         `xml:"updated"`
	Published  string         `xml:"published,omitempty"`
	Link       atomLink       `xml:"link"`
	Authors    []atomPerson   `xml:"author"`
	Categories []atomCategory `xml:"category"`
	Summary    *atomText      `xml:"summary"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomPerson struct {
	Name string `xml:"name"`
	URI  string `xml:"uri,omitempty"`
}

type atomCategory struct {
	Term   string `xml:"term,attr"`
	Scheme string `xml:"scheme,attr,omitempty"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

// Atom writes a feed as Atom 1.0 (RFC 4287).
func (f Feed) Atom() ([]byte, error) {
	out := atomFeed{
		Lang: f.Language, ID: f.ID, Title: f.Title, Updated: stamp(f.updated()), Software: "Ficus",
		Links: []atomLink{{Rel: "self", Type: AtomType, Href: f.Self}, {Rel: "alternate", Type: "text/html", Href: f.Home}},
	}
	if f.Next != "" {
		out.Links = append(out.Links, atomLink{Rel: "next", Type: AtomType, Href: f.Next})
	}
	for _, e := range f.Entries {
		out.Entries = append(out.Entries, e.atom())
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(out); err != nil {
		return nil, fmt.Errorf("write an Atom feed: %w", err)
	}
	return b.Bytes(), nil
}

func (e Entry) atom() atomEntry {
	out := atomEntry{
		Lang: e.Language, ID: e.ID, Title: e.Title, Updated: stamp(e.Updated), Published: stamp(e.Published),
		Link: atomLink{Rel: "alternate", Type: "text/html", Href: e.URL},
	}
	for _, p := range e.Authors {
		out.Authors = append(out.Authors, atomPerson{Name: p.Name, URI: p.URL})
	}
	for _, c := range e.Categories {
		out.Categories = append(out.Categories, atomCategory{Term: c.Term, Scheme: c.Scheme})
	}
	if summary := e.summary(); !summary.IsEmpty() {
		out.Summary = &atomText{Type: "html", Text: summary.XHTML(prose.XHTMLOptions{})}
	}
	return out
}
