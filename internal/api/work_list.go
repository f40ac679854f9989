package api

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
)

// listWorksInput is the filter as it was asked. What it may be is described in
// listParameters, and read where the pages read it.
type listWorksInput struct {
	filter catalog.Filter
	fields []unknownField
	wrong  faults
}

// Resolve reads the filter from the address.
func (in *listWorksInput) Resolve(ctx huma.Context) []error {
	asked, filter, wrong := readFilter(ctx, append(catalog.FilterFields(), catalog.ThenFields()...))
	in.filter, in.fields, in.wrong = filter, unknownFields(asked.Get("q")), wrong
	in.wrong.sort()
	return nil
}

// readFilter reads a filter, and what else of these parameters the address has.
func readFilter(ctx huma.Context, parameters []string) (asked url.Values, f catalog.Filter, wrong faults) {
	address := ctx.URL()
	asked, err := url.ParseQuery(address.RawQuery)
	if err != nil {
		return nil, f, faults{{at: "query", say: "The address cannot be read; percent-encode what you send, and send fewer parameters than ten thousand."}}
	}
	for name := range asked {
		if !slices.Contains(parameters, name) {
			wrong = append(wrong, faultAt("query", archive.Invalid{Field: name, Rule: "no_parameter"}))
		}
	}
	f, problems := catalog.ReadFilter(asked)
	if q := archive.CleanLine(asked.Get("q")); len(problems) == 0 && catalog.AsksNothing(q) {
		problems.Add("q", "query_blank", "Value", q)
	}
	return asked, f, append(wrong, faultsAt("query", problems)...)
}

// sort puts what is wrong in the order of the places it is wrong at.
func (fs faults) sort() {
	slices.SortStableFunc(fs, func(a, b fault) int { return strings.Compare(a.at, b.at) })
}

type listWorksOutput struct{ Body worksPage }

type worksPage struct {
	Total   int                     `json:"total" doc:"Works in the whole list, for you."`
	Page    int                     `json:"page"`
	AsOf    string                  `json:"as_of" format:"date-time" doc:"When the newest happened that the archive knew of as you began: the list is shown as it stood then, in the order it had."`
	Since   int                     `json:"since" doc:"Works of the list that were posted or updated since."`
	Next    *string                 `json:"next" nullable:"true" doc:"The address of the next page, of the list as it stood; null on the last. Whoever goes on by it meets no work twice."`
	Works   []ListedWork            `json:"works"`
	KeptOut keptOut                 `json:"kept_out" doc:"What the exclusions you made usual keep out of the list, or would without rest."`
	Unknown []unknownTag            `json:"unknown_tags" doc:"Where nothing was found: tags that works were to bear and that are not here."`
	Fields  []unknownField          `json:"unknown_fields" doc:"Words of q that are typed like a field which nobody knows, three at most: they were sought as they stand."`
	Facets  map[string][]facetValue `json:"facets" nullable:"true" doc:"By kind, the canonical tags of the whole list with how many of its works bear them or a synonym, the most first; null in the first moments after the archive was started, when works are not counted yet."`
}

type facetValue struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// unknownTag is a name that no tag has.
type unknownTag struct {
	Tag  string   `json:"tag" doc:"As it was asked for: kind:name, or tag:name for any kind."`
	Near []string `json:"near" doc:"Tags that are called nearly so, as kind:name."`
}

// unknownTags are the names among what a filter asks for that no tag has.
func (d *door) unknownTags(ctx context.Context, c caller, f catalog.Filter) ([]unknownTag, error) {
	uncalled, err := d.Catalog.Uncalled(ctx, c.viewer, f)
	unknown := make([]unknownTag, len(uncalled))
	for i, name := range uncalled {
		unknown[i] = unknownTag{Tag: name.String(), Near: []string{}}
		for _, near := range name.Near {
			unknown[i].Near = append(unknown[i].Near, catalog.TagName{Kind: near.Kind, Name: near.Name}.String())
		}
	}
	return unknown, err
}

// unknownField is a word that is typed like a field.
type unknownField struct {
	Field string `json:"field" doc:"The name no field has."`
	Words string `json:"words" doc:"What was sought."`
	Near  string `json:"near" doc:"The field that is called nearly so; empty when none is."`
}

func unknownFields(q string) []unknownField {
	unknown := []unknownField{}
	for _, f := range catalog.UnknownFields(q) {
		unknown = append(unknown, unknownField{Field: f.Name, Words: f.Words, Near: f.Near})
	}
	return unknown
}

// keptOut is what the caller usually leaves out.
type keptOut struct {
	Works int      `json:"works"`
	Tags  []string `json:"tags" doc:"As kind:name."`
}

// ListedWork is a work in a list.
type ListedWork struct {
	ID         int64               `json:"id"`
	URL        string              `json:"url" doc:"Its page; with .epub after it, the book."`
	Title      string              `json:"title"`
	Creators   []creator           `json:"creators"`
	Summary    string              `json:"summary" doc:"Safe HTML."`
	Tags       map[string][]string `json:"tags" doc:"By kind, in the writer's words and order."`
	Canonical  map[string][]string `json:"canonical" doc:"By kind, what its tags are found and counted as."`
	Words      int                 `json:"words"`
	Chapters   int                 `json:"chapters" doc:"Those that are posted."`
	Planned    *int                `json:"planned" nullable:"true" doc:"Chapters there will be; null when that is not known."`
	Complete   bool                `json:"complete"`
	Language   string              `json:"language"`
	Kudos      int64               `json:"kudos"`
	Hits       int64               `json:"hits"`
	Comments   int                 `json:"comments"`
	Bookmarks  int                 `json:"bookmarks" doc:"Always 0: there are no bookmarks here yet."`
	Published  string              `json:"published" format:"date"`
	Revised    string              `json:"revised" format:"date" doc:"When a chapter was last posted."`
	Restricted bool                `json:"restricted" doc:"Members only."`
	Anonymous  bool                `json:"anonymous" doc:"Nobody but its creators knows who signs it; creators is empty."`
}

// listWorks answers one page of the works the caller may find.
func (d *door) listWorks(ctx context.Context, c caller, in *listWorksInput) (*listWorksOutput, error) {
	if len(in.wrong) > 0 {
		return nil, in.wrong
	}
	listed, err := d.Catalog.List(ctx, c.viewer, in.filter)
	if err != nil {
		return nil, err
	}
	if listed.InTexts.Nothing {
		return nil, faults{faultAt("query", archive.Invalid{Field: "q", Rule: "query_slow"})}
	}
	out := &listWorksOutput{Body: worksPage{
		Total: listed.Total, Page: in.filter.Page, AsOf: listed.Began(), Since: listed.Since, Next: c.nextPage(in.filter, listed),
		Works: []ListedWork{}, Unknown: []unknownTag{}, Fields: in.fields, KeptOut: keptOut{Works: listed.KeptOut.Works, Tags: []string{}},
	}}
	if listed.Total == 0 {
		if out.Body.Unknown, err = d.unknownTags(ctx, c, in.filter); err != nil {
			return nil, err
		}
	}
	for _, t := range listed.KeptOut.Tags {
		out.Body.KeptOut.Tags = append(out.Body.KeptOut.Tags, catalog.TagName{Kind: t.Kind, Name: t.Name}.String())
	}
	for _, b := range listed.Blurbs {
		out.Body.Works = append(out.Body.Works, c.listed(b, listed.Means))
	}
	if listed.IsCounted {
		out.Body.Facets = map[string][]facetValue{}
		for kind, values := range listed.Facets {
			for _, v := range values {
				out.Body.Facets[string(kind)] = append(out.Body.Facets[string(kind)], facetValue{Name: v.Name, Count: v.Works})
			}
		}
	}
	return out, nil
}

// nextPage is the address of the page after a page of a list; nil after the last.
func (c caller) nextPage(f catalog.Filter, l catalog.Listed) *string {
	if len(l.Blurbs) == 0 || l.LastPage(f.Page, f.PerPage) <= f.Page {
		return nil
	}
	next := f
	next.Page++
	asked := next.Values()
	maps.Copy(asked, l.Leads(f.Page, next.Page))
	address := c.address + root + "/works?" + asked.Encode()
	return &address
}

// listed is a work of a list; means says what its tags are counted as.
func (c caller) listed(b store.Blurb, means map[int64]archive.Tag) ListedWork {
	shown := ListedWork{
		ID: b.ID, URL: c.workAddress(b.ID), Title: b.Title, Creators: []creator{}, Summary: b.Summary, Tags: noTags(), Canonical: noTags(),
		Words: b.Counts.Words, Chapters: b.Counts.Posted, Complete: b.Complete(), Language: b.Language,
		Kudos: b.Counts.Kudos, Hits: b.Counts.Hits, Comments: b.Counts.Comments, Published: dayOf(b.Dates.Published), Revised: dayOf(b.Dates.Revised),
		Restricted: b.Restricted, Anonymous: b.Anonymous,
	}
	if b.Planned > 0 {
		shown.Planned = &b.Planned
	}
	for _, p := range b.Creators {
		shown.Creators = append(shown.Creators, creator{Pseud: p.Name, User: p.Owner})
	}
	for _, tag := range b.Tags {
		shown.Tags[string(tag.Kind)] = append(shown.Tags[string(tag.Kind)], tag.Wording)
		canonical, counted := means[tag.Tag]
		if kind := string(canonical.Kind); counted && !slices.Contains(shown.Canonical[kind], canonical.Name) {
			shown.Canonical[kind] = append(shown.Canonical[kind], canonical.Name)
		}
	}
	return shown
}

// noTags has every kind of tag, and none of it.
func noTags() map[string][]string {
	none := map[string][]string{}
	for _, kind := range archive.TagKinds() {
		none[string(kind)] = []string{}
	}
	return none
}

// listParameters describe what catalog.ReadFilter reads.
func listParameters() []*huma.Param {
	instant := func() *huma.Schema { return &huma.Schema{Type: huma.TypeString, Format: "date-time"} }
	text := func() *huma.Schema { return &huma.Schema{Type: huma.TypeString} }
	count := func(least, most, usual float64) *huma.Schema {
		return &huma.Schema{Type: huma.TypeInteger, Minimum: &least, Maximum: &most, Default: usual}
	}
	many := func() *huma.Schema {
		most := catalog.MostConditions
		return &huma.Schema{Type: huma.TypeArray, Items: text(), MaxItems: &most}
	}
	order := text()
	order.Default = string(store.SortRevised)
	for _, sort := range append(catalog.Sorts(), store.SortBest) {
		order.Enum = append(order.Enum, string(sort), "-"+string(sort))
	}
	parameters := []*huma.Param{
		{Name: "include", Schema: many(), Description: "A tag that works bear, as kind:name; kinds are " + kindsList() + ". Sent again, works bear them all. Of a name no tag has, the tag that is called so but for accents is meant; a tag nobody used finds nothing, and unknown_tags says so."},
		{Name: "main", Schema: many(), Description: "A relationship, as relationship:name, that the creators of works marked as one of their main ones, or a synonym of it, or one below it. May be sent again."},
		{Name: "exclude", Schema: many(), Description: "A tag that works do not bear, as kind:name. May be sent again."},
		{Name: "words", Schema: text(), Description: "How many words works have: 1000-5000, 1000- or -5000."},
		{Name: "chapters", Schema: text(), Description: "How many chapters are posted: 1, 2- or 2-9."},
		{Name: "fandoms", Schema: text(), Description: "Of how many fandoms works are, as canonicals: 1, -2 or 2-3."},
		{Name: "updated", Schema: text(), Description: "When a chapter was last posted: 2020-01-01..2021-01-01, both days within, in UTC; one end may be left out."},
		{Name: "complete", Schema: &huma.Schema{Type: huma.TypeBoolean}, Description: "Whether all chapters are posted."},
		{Name: "crossover", Schema: &huma.Schema{Type: huma.TypeBoolean}, Description: "Whether works are of fandoms that have nothing above them in common."},
		{Name: "language", Schema: many(), Description: "A BCP 47 tag as works have it. Sent again, works are in one of them."},
		{Name: "q", Schema: text(), Description: "What the field of the search takes: words in the title, a tag, a pen name, the summary or the text of a chapter, \"phrases\", -not, OR, brackets, and fields such as fandom:, author:, title:, text:, words>1000, kudos:10-50, updated:<2w and sort:kudos. What a field here asks too, both ask. What is wrong with it is said with its place."},
		{Name: "user", Schema: text(), Description: "Works that this account signs, by its name."},
		{Name: "sort", Schema: order, Description: "What stands first: the newest, the largest figure, the first title or byline, or what q finds in titles (best). With - before it, the other way round."},
		{Name: "rest", Schema: &huma.Schema{Type: huma.TypeBoolean}, Description: "With true, works that you usually leave out are among them; kept_out says how many."},
		{Name: "page", Schema: count(1, catalog.MostPage, 1), Description: "A page after the last one is empty."},
		{Name: "as_of", Schema: instant(), Description: "The as_of of the page you began with: the list as it stood then, without what has been posted since; in the order by updates, what was updated since stands where it stood. next carries it."},
		{Name: "after", Schema: text(), Description: "As next has it, with as_of: the page begins behind that place."},
		{Name: "before", Schema: text(), Description: "Likewise: the page ends before that place."},
		{Name: "per_page", Schema: count(1, catalog.MostPerPage, 20)},
		{Name: "facets", Schema: count(0, catalog.MostFacets, 0), Description: "How many values of each kind are counted."},
	}
	return inAddress(parameters)
}

// inAddress says of parameters that they stand in the address.
func inAddress(parameters []*huma.Param) []*huma.Param {
	again := true
	for _, p := range parameters {
		p.In = "query"
		if p.Schema.Type == huma.TypeArray {
			p.Explode = &again
		}
	}
	return parameters
}

// listOperation describes the address.
func listOperation() huma.Operation {
	return huma.Operation{
		OperationID: "list-works", Method: http.MethodGet, Path: root + "/works", Security: anyone, Parameters: listParameters(),
		Summary: "List works", Description: "The works you may find, as the pages find them: those you may see and whose creators you have not muted, without those you usually leave out. " +
			"Up to sixty-four conditions, the words of q among them.",
		Errors: []int{401, 422, 429},
	}
}
