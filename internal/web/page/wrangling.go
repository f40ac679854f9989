package page

import (
	"context"
	"io"
	"strconv"
	"time"

	"ficus/internal/archive"
)

// The addresses of the desk of those who sort tags.
const (
	PathTagDesk = "/desk/tags"
	PathBin     = "/desk/tags/bin"
	PathMerge   = "/desk/tags/merge"
	PathUndoTag = "/desk/tags/undo"
)

// BinsPage is where wranglers begin: how many tags nobody has looked at, by the
// fandoms of the works that bear them.
type BinsPage struct {
	Shell
	Asked     string
	Fandoms   Link   // unsorted fandoms; no address when there are none
	Every     []Link // all unsorted tags of a kind
	Stray     []Link // those on no work with a fandom
	Bins      []BinLine
	Pager     Pager
	CountedAt time.Time // zero: just now
	Waiting   []TagMerge
	Acts      []TagActLine
	Did       TagsDone // by a sheet
	Back      string   // where the forms of the acts lead back to
}

// BinLine is a fandom with its bins.
type BinLine struct {
	ID    int64
	Name  string
	Tags  int
	Kinds []Link
}

// Render writes the page.
func (p BinsPage) Render(ctx context.Context, w io.Writer) error { return binsPage(p).Render(ctx, w) }

func (p BinsPage) finder() field {
	return field{name: "q", label: p.T("wrangling.find_fandom"), value: p.Asked, complete: "off"}
}

// BinPage is the unsorted tags of one bin. Its forms post what to do and the
// tags, as BinTag.Value, to the bin's own address, and ask PathMerge before a
// merge.
type BinPage struct {
	Shell
	Errors Errors
	Fields []Typed // which bin it is
	Of     string  // the kind of its tags
	Kinds  []Choice
	Asked  string
	Total  int
	Tags   []BinTag
	Pager  Pager
	Did    TagsDone
	Back   string // this page
	Into   string // typed: the canonical
	Under  string // typed: the fandom
}

// BinTag is an unsorted tag.
type BinTag struct {
	ID       int64
	Seen     int64 // what the desk calls it as it stands now
	Name     string
	URL      string // its page of the desk
	Works    int
	WorksURL string
	May      *TagLink // what it may mean; nil: nobody knows
	Ticked   bool
}

// Value names the tag, as it stands, in forms.
func (t BinTag) Value() string {
	return strconv.FormatInt(t.ID, 10) + "." + strconv.FormatInt(t.Seen, 10)
}

func (t BinTag) place() string { return strconv.FormatInt(t.ID, 10) }

// TagLink is another tag beside one.
type TagLink struct {
	ID        int64
	Kind      string
	Name      string
	OtherKind bool
	Merge     string // where the merge into it is asked for
}

// TagsDone is what a wrangler did just now.
type TagsDone struct {
	Acts  []TagActLine
	Waits int // merges that wait for a second wrangler
}

// TagActLine is one act on a tag.
type TagActLine struct {
	ID       int64
	At       time.Time
	By       string
	Text     string
	Tag      Link
	Other    Link
	First    Link // the later act that has to be undone before it
	UndoneAt time.Time
	Undoer   string
}

// Place is where an act stands on the page of its tag.
func (a TagActLine) Place() string { return "act-" + a.number() }

// number is the act as forms name it.
func (a TagActLine) number() string { return strconv.FormatInt(a.ID, 10) }

// IsUndone reports whether an act is as if it had not been.
func (a TagActLine) IsUndone() bool { return !a.UndoneAt.IsZero() }

// Render writes the page.
func (p BinPage) Render(ctx context.Context, w io.Writer) error { return binPage(p).Render(ctx, w) }

func (p BinPage) finder() field {
	return field{name: "q", label: p.T("wrangling.find_tag"), value: p.Asked, complete: "off"}
}

// isFiled reports whether tags of this kind are filed under fandoms.
func (p BinPage) isFiled() bool {
	return p.Of == string(archive.KindCharacter) || p.Of == string(archive.KindRelationship)
}

// into is the field for the canonical: of the bin, or of one tag.
func (p BinPage) into(place string) field {
	f := field{name: "into", label: p.T("wrangling.into"), place: place, complete: "off"}
	if place == "" {
		f.value, f.errors = p.Into, p.Errors
	}
	return f
}

// under is the field for the fandom.
func (p BinPage) under(place string) field {
	f := field{name: "under", label: p.T("wrangling.under"), value: p.Under, place: place, complete: "off"}
	if place == "" {
		f.errors = p.Errors
	}
	return f
}

// MergePage says what a merge would change, and does it.
type MergePage struct {
	Shell
	Errors    Errors
	Fields    []Typed // where to go on afterwards
	Back      string
	Into      string // typed
	Tags      []MergedTag
	Canonical *MergedTag // nil: not known yet, or not possible
	Waits     bool       // a second wrangler is needed, or a day
	Did       TagsDone   // with the other tags, where one was refused
}

// MergedTag is a tag of a merge with how many works there are.
type MergedTag struct {
	Value    string
	ID       int64
	Name     string
	Kind     string
	Works    int
	After    int // of the canonical
	Synonyms int // that go along
	Sorted   archive.SortedTag
}

// Render writes the page.
func (p MergePage) Render(ctx context.Context, w io.Writer) error { return mergePage(p).Render(ctx, w) }

func (p MergePage) into() field {
	return field{name: "into", label: p.T("wrangling.into"), help: p.T("merge.into_help"), value: p.Into, errors: p.Errors, complete: "off"}
}

// may reports whether there is a merge to agree to.
func (p MergePage) may() bool { return p.Canonical != nil && len(p.Errors) == 0 }
