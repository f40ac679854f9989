package page

import (
	"context"
	"io"
	"net/url"

	"ficus/internal/locale"
)

// SearchPage is one field and, once something was asked, what it found.
type SearchPage struct {
	Shell
	Query                string // as typed; empty before anything was asked
	Advanced             string // the address of the form with more fields, filled in
	Asked                bool   // something was, and nothing is wrong with it
	Before, Wrong, After string // what was typed, around what is wrong with it
	Total                int
	Muted                int           // works the viewer's mutes keep out
	Unanswered           bool          // it took too long, as a sentence says: there is no list
	InTexts              []string      // sentences on how the texts of works were searched
	Tags                 []CountedLink // tags whose names match
	People               []FoundPerson // who is called so
	Filters              Filters
	Blurbs               []Blurb
	Pager                Pager
	Empty                string // what is said when nothing was found
	Useful               Link   // what would find more
	KeptOut              KeptOut
	Errors               Errors
}

// Render writes the page.
func (p SearchPage) Render(ctx context.Context, w io.Writer) error {
	return searchPage(p).Render(ctx, w)
}

// AdvancedPage is the form with more fields, which writes what the one field
// takes.
type AdvancedPage struct {
	Shell
	Typed     url.Values
	Sorts     []Choice
	Languages []locale.Language
	Errors    Errors
}

// Render writes the page.
func (p AdvancedPage) Render(ctx context.Context, w io.Writer) error {
	return advancedPage(p).Render(ctx, w)
}

func (p AdvancedPage) field(name, label, kind string) field {
	return field{name: name, label: p.T(label), value: p.Typed.Get(name), errors: p.Errors, kind: kind}
}

func (p AdvancedPage) completions() []Choice {
	return Filters{Typed: FilterTyped{Complete: p.Typed.Get("complete")}}.choices(p.Shell)[0].choices
}

// spans are the pairs of fields for figures and days.
func (p AdvancedPage) spans() [][2]field {
	var pairs [][2]field
	for _, of := range []struct{ name, label, to, kind string }{
		{"words", "filters.words_from", "filters.words_to", ""}, {"kudos", "advanced.kudos", "filters.words_to", ""},
		{"hits", "advanced.hits", "filters.words_to", ""}, {"comments", "advanced.comments", "filters.words_to", ""},
		{"chapters", "advanced.chapters", "filters.words_to", ""}, {"fandoms", "filters.fandoms_from", "filters.words_to", ""},
		{"updated", "filters.updated_from", "filters.updated_to", "date"},
		{"posted", "advanced.posted", "filters.updated_to", "date"},
	} {
		pairs = append(pairs, [2]field{p.field(of.name+"_from", of.label, of.kind), p.field(of.name+"_to", of.to, of.kind)})
	}
	return pairs
}

// text is the field for what chapters say.
func (p AdvancedPage) text() field {
	f := p.field("text", "advanced.text", "")
	f.help = p.T("advanced.text_help")
	return f
}

// rest is the field for what has none of its own.
func (p AdvancedPage) rest() field {
	f := p.field("q", "advanced.rest", "")
	f.help = p.T("advanced.rest_help")
	return f
}

// advanced is where the form with more fields stands.
func (p SearchPage) advanced() string {
	if p.Advanced == "" {
		return PathAdvanced
	}
	return p.Advanced
}

// examples are what the field understands beside words, and what it means.
func examples() [][2]string {
	return [][2]string{
		{`"half past nine"`, "help.phrase"}, {`-vampires`, "help.not"}, {`lamp (cat OR dog)`, "help.or"},
		{`fandom:"Harbour Lights"`, "help.tag"}, {`main:"Ida/Tom"`, "help.main"}, {`title:lamp author:ida`, "help.place"}, {`text:"lit at six" summary:storm`, "help.texts"}, {`words>1000 kudos:10-50`, "help.figures"}, {`fandoms:1 fandoms<=3`, "help.fandoms"},
		{`updated:<2w posted:2020 updated:2020-05-01..`, "help.days"}, {`complete:yes language:de sort:kudos`, "help.others"},
	}
}

// FoundPerson is a pen name that was sought.
type FoundPerson struct {
	Person
	Account string // whose it is; empty: it is called so itself
	Works   int
}

// The tags and people a search shows before the rest folds.
const mostFound = 5

func folded[T any](all []T) (first, rest []T) {
	n := min(mostFound, len(all))
	return all[:n], all[n:]
}

// MissingPage answers an address that leads nowhere, or nowhere this viewer
// may know of: the two are alike.
type MissingPage struct {
	Shell
	Rescued string // what was sent there and goes nowhere
}

// Render writes the page.
func (p MissingPage) Render(ctx context.Context, w io.Writer) error {
	return missingPage(p).Render(ctx, w)
}

// MessagePage says one thing: something done, something refused, something
// that broke.
type MessagePage struct {
	Shell
	Heading   string
	Sentences []string // a paragraph each
	First     []Link   // what has to be undone before
	Next      Link     // the one filled button, or empty
	RequestID string   // for something that broke: what to tell the owner
	Rescued   string   // what was sent and was not saved
}

// Render writes the page.
func (p MessagePage) Render(ctx context.Context, w io.Writer) error {
	return messagePage(p).Render(ctx, w)
}

// NewErrorPage is the page of a failure of ours: a safe sentence and the
// number under which the log has the rest.
func NewErrorPage(s Shell, requestID string) MessagePage {
	s.Title, s.NoIndex = s.T("error.title"), true
	return MessagePage{
		Shell: s, Heading: s.Title, Sentences: []string{s.T("error.sentence")}, RequestID: requestID,
		Next: Link{s.T("error.home"), PathHome},
	}
}

// NewMissingPage is the page of an address that leads nowhere.
func NewMissingPage(s Shell) MissingPage {
	s.Title, s.NoIndex = s.T("missing.title"), true
	return MissingPage{Shell: s}
}
