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
	Into      string // typed, as are the next two
	Under     string
	Meta      string
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
