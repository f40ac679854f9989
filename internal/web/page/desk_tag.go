package page

import (
	"context"
	"io"
	"strconv"
	"time"

	"ficus/internal/archive"
)

// DeskTagPage is one tag as wranglers see it. Its forms post what to do and the
// tag as it was seen to Action, or ask PathMerge.
type DeskTagPage struct {
	Shell
	Errors    Errors
	Action    string
	ID, Seen  int64
	Kind      string
	Standing  archive.TagStanding
	Banned    bool
	Sorted    bool // wranglers sort tags of its kind
	Works     int  // that bear it or a synonym of it
	WorksURL  string
	Canonical DeskTagLink // of a synonym
	Synonyms  []DeskTagLink
	Parents   []DeskTagLink
	Children  []DeskTagLink
	Metatags  []DeskTagLink
	Subtags   []DeskTagLink
	Waiting   *TagMerge // nil: no merge of it waits
	Acts      []TagActLine
	Did       TagsDone
	Said      []TagSaid
	Typed     DeskTagTyped
}

// TagSaid is what a wrangler says to the others about a tag.
type TagSaid struct {
	By    string
	At    time.Time
	Words string
}

// DeskTagTyped is what a wrangler typed and chose.
type DeskTagTyped struct {
	Into, Under, Meta, Renamed, Said string

	Head  string   // what becomes a canonical of its own,
	Along []string // and what goes with it
}

// DeskTagLink leads to another tag of the desk.
type DeskTagLink struct{ ID, Kind, Name, URL string }

// TagMerge is a merge that waits for a second wrangler, or a day.
type TagMerge struct {
	Name  string
	URL   string // the tag's page of the desk
	Into  Link
	Asker string
	At    time.Time
	Mine  bool // the viewer asked for it
	May   bool // they may do it now
}

// Render writes the page.
func (p DeskTagPage) Render(ctx context.Context, w io.Writer) error {
	return deskTagPage(p).Render(ctx, w)
}

func (p DeskTagPage) value() string {
	return strconv.FormatInt(p.ID, 10) + "." + strconv.FormatInt(p.Seen, 10)
}

func (p DeskTagPage) field(name, label, value string) field {
	return field{name: name, label: label, value: value, errors: p.Errors, complete: "off"}
}

// heads are the synonyms that may become canonicals of their own.
func (p DeskTagPage) heads() []pick {
	picks := []pick{{"", p.T("desk_tag.choose"), p.Typed.Head == ""}}
	for _, t := range p.Synonyms {
		picks = append(picks, pick{t.ID, t.Name, p.Typed.Head == t.ID})
	}
	return picks
}

func (p DeskTagPage) renaming() field {
	name := p.Typed.Renamed
	if name == "" {
		name = p.Title
	}
	f := p.field("renamed", p.T("desk_tag.renamed"), name)
	f.help = p.T("desk_tag.renamed_help")
	return f
}

func (p DeskTagPage) isFiled() bool {
	return p.Standing != archive.TagSynonym && (p.Kind == string(archive.KindCharacter) || p.Kind == string(archive.KindRelationship))
}

func (p DeskTagPage) isCanonical() bool { return p.Standing == archive.TagCanonical }

func (p DeskTagPage) standing() string {
	switch p.Standing {
	case archive.TagCanonical:
		return p.T("standing.canonical")
	case archive.TagSynonym:
		return p.T("standing.synonym")
	case archive.TagAsIs:
		return p.T("standing.as_is")
	}
	return p.T("standing.unsorted")
}
