package api

import (
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// WorkBlurb is what is said of a work, without its texts.
type WorkBlurb struct {
	ID       int64     `json:"id"`
	URL      string    `json:"url" doc:"Its page; with .epub after it, the book."`
	Title    string    `json:"title"`
	Creators []creator `json:"creators"`
	WorkTags
	Language    string   `json:"language"`
	Summary     string   `json:"summary" doc:"Safe HTML, as are all notes and texts."`
	Gifts       []string `json:"gifts"`
	Words       int      `json:"words"`
	Hits        int64    `json:"hits"`
	Posted      int      `json:"posted" doc:"Chapters that are posted."`
	Planned     *int     `json:"planned" nullable:"true" doc:"Chapters there will be; null when that is not known."`
	Complete    bool     `json:"complete"`
	Restricted  bool     `json:"restricted" doc:"Members only."`
	Anonymous   bool     `json:"anonymous" doc:"Nobody but its creators knows who signs it; creators is empty."`
	AsTyped     bool     `json:"as_typed" doc:"Its books keep quotation marks, dashes and spaces as they were typed."`
	State       string   `json:"state" doc:"posted; to its creators and staff also draft, scheduled, waiting, unrevealed or hidden."`
	PublishedOn string   `json:"published_on" format:"date"`
	UpdatedOn   string   `json:"updated_on" format:"date" doc:"When a chapter was last posted."`
}

// WorkTags are a work's tags by kind, in the writer's words and order.
type WorkTags struct {
	Fandoms       []string `json:"fandoms"`
	Rating        string   `json:"rating"`
	Warnings      []string `json:"warnings"`
	Categories    []string `json:"categories"`
	Relationships []string `json:"relationships"`
	Main          []string `json:"main_relationships"`
	Characters    []string `json:"characters"`
	Freeforms     []string `json:"freeforms"`
}

// creator is a pen name with the account it belongs to.
type creator struct {
	Pseud string `json:"pseud"`
	User  string `json:"user"`
}

func (c caller) blurb(b store.Blurb, now time.Time) WorkBlurb {
	shown := WorkBlurb{
		ID: b.ID, URL: c.workAddress(b.ID), Title: b.Title, Creators: []creator{}, WorkTags: tagsByKind(b.Tags), Language: b.Language,
		Summary: b.Summary, Gifts: []string{}, Words: b.Counts.Words, Hits: b.Counts.Hits, Posted: b.Counts.Posted, Complete: b.Complete(),
		Restricted: b.Restricted, Anonymous: b.Anonymous, AsTyped: b.AsTyped, State: b.State(now), PublishedOn: dayOf(b.Dates.Published), UpdatedOn: dayOf(b.Dates.Revised),
	}
	if b.Planned > 0 {
		shown.Planned = &b.Planned
	}
	for _, p := range b.Creators {
		shown.Creators = append(shown.Creators, creator{Pseud: p.Name, User: p.Owner})
	}
	for _, gift := range b.Gifts {
		shown.Gifts = append(shown.Gifts, gift.Recipient)
	}
	return shown
}

func tagsByKind(tags []archive.WorkTag) WorkTags {
	none := func() []string { return []string{} }
	t := WorkTags{Fandoms: none(), Warnings: none(), Categories: none(), Relationships: none(), Main: none(), Characters: none(), Freeforms: none()}
	lists := map[archive.TagKind]*[]string{
		archive.KindFandom: &t.Fandoms, archive.KindWarning: &t.Warnings, archive.KindCategory: &t.Categories,
		archive.KindRelationship: &t.Relationships, archive.KindCharacter: &t.Characters, archive.KindFreeform: &t.Freeforms,
	}
	for _, tag := range tags {
		if tag.Kind == archive.KindRating {
			t.Rating = tag.Wording
			continue
		}
		if list := lists[tag.Kind]; list != nil {
			*list = append(*list, tag.Wording)
		}
		if tag.Main {
			t.Main = append(t.Main, tag.Wording)
		}
	}
	return t
}

func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}
