package feed

import (
	"encoding/json"
	"fmt"

	"ficus/internal/prose"
)

// JSONType is the media type of a JSON feed.
const JSONType = "application/feed+json"

type jsonFeed struct {
	Version  string     `json:"version"`
	Title    string     `json:"title"`
	Home     string     `json:"home_page_url"`
	Self     string     `json:"feed_url"`
	Next     string     `json:"next_url,omitempty"`
	Language string     `json:"language,omitempty"`
	Items    []jsonItem `json:"items"`
}

type jsonItem struct {
	ID        string       `json:"id"`
	URL       string       `json:"url"`
	Title     string       `json:"title"`
	HTML      string       `json:"content_html,omitempty"`
	Text      string       `json:"content_text,omitempty"`
	Published string       `json:"date_published,omitempty"`
	Updated   string       `json:"date_modified"`
	Authors   []jsonAuthor `json:"authors,omitempty"`
	Tags      []string     `json:"tags,omitempty"`
	Language  string       `json:"language,omitempty"`
}

type jsonAuthor struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

// JSON writes a feed as JSON Feed 1.1.
func (f Feed) JSON() ([]byte, error) {
	out := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: f.Title, Home: f.Home, Self: f.Self, Next: f.Next, Language: f.Language, Items: []jsonItem{},
	}
	for _, e := range f.Entries {
		out.Items = append(out.Items, e.json())
	}
	b, err := json.Marshal(out)
	if err != nil {
		return nil, fmt.Errorf("write a JSON feed: %w", err)
	}
	return b, nil
}

// json is the entry as an item, which has to have some content: where there is
// no summary, the title.
func (e Entry) json() jsonItem {
	out := jsonItem{ID: e.ID, URL: e.URL, Title: e.Title, Published: stamp(e.Published), Updated: stamp(e.Updated), Language: e.Language}
	if summary := e.summary(); !summary.IsEmpty() {
		out.HTML = summary.XHTML(prose.XHTMLOptions{})
	} else {
		out.Text = e.Title
	}
	for _, p := range e.Authors {
		out.Authors = append(out.Authors, jsonAuthor(p))
	}
	for _, c := range e.Categories {
		out.Tags = append(out.Tags, c.Term)
	}
	return out
}
