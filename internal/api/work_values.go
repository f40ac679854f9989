package api

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"ficus/internal/archive"
	"ficus/internal/catalog"
)

// The parameters of values that lists do not have.
const (
	kindParameter   = "kind"
	beginsParameter = "begins"
)

// ofNoValues are parameters of a list that say how its works are shown.
var ofNoValues = []string{"sort", "per_page", "facets"}

// listValuesInput is of which list the values are asked, and which of them.
type listValuesInput struct {
	filter catalog.Filter
	of     catalog.ValuesOf
	wrong  faults
}

// Resolve reads both from the address.
func (in *listValuesInput) Resolve(ctx huma.Context) []error {
	asked, filter, wrong := readFilter(ctx, append(listNarrowers(), kindParameter, beginsParameter))
	in.filter, in.wrong = filter, wrong
	in.of = catalog.ValuesOf{Kind: archive.TagKind(asked.Get(kindParameter)), Begins: archive.CleanLine(asked.Get(beginsParameter)), Page: filter.Page}
	for _, field := range []string{kindParameter, beginsParameter} {
		if len(asked[field]) > 1 {
			in.wrong = append(in.wrong, faultAt("query", archive.Invalid{Field: field, Rule: "once"}))
		}
	}
	switch {
	case asked.Get(kindParameter) == "":
		in.wrong = append(in.wrong, faultAt("query", archive.Invalid{Field: kindParameter, Rule: "required"}))
	case !slices.Contains(archive.TagKinds(), in.of.Kind):
		in.wrong = append(in.wrong, faultAt("query", archive.Invalid{Field: kindParameter, Rule: "unknown", Args: map[string]any{"Value": string(in.of.Kind)}}))
	}
	if n := len([]rune(in.of.Begins)); n > longestBeginning {
		in.wrong = append(in.wrong, faultAt("query", archive.Invalid{Field: beginsParameter, Rule: "too_long", Args: map[string]any{"Count": n, "Limit": longestBeginning}}))
	}
	in.wrong.sort()
	return nil
}

// longestBeginning is as much as is looked for in names, in characters.
const longestBeginning = 300

// listNarrowers are the parameters that say which works are in a list, and the
// page.
func listNarrowers() []string {
	return slices.DeleteFunc(catalog.FilterFields(), func(field string) bool { return slices.Contains(ofNoValues, field) })
}

type listValuesOutput struct{ Body valuesPage }

type valuesPage struct {
	Kind   string       `json:"kind"`
	Works  int          `json:"works" doc:"In the whole list, for you."`
	Total  int          `json:"total" doc:"Values on all pages."`
	Page   int          `json:"page"`
	Pages  int          `json:"pages"`
	Values []facetValue `json:"values" nullable:"true" doc:"The canonical tags of the kind with how many works of the list bear them or a synonym, the most first; null in the first moments after the archive was started, when works are not counted yet."`
}

// listValues answers one page of the values of a kind by which the caller may
// narrow a list.
func (d *door) listValues(ctx context.Context, c caller, in *listValuesInput) (*listValuesOutput, error) {
	if len(in.wrong) > 0 {
		return nil, in.wrong
	}
	in.filter.Page = 1
	found, err := d.Catalog.Values(ctx, c.viewer, in.filter, in.of)
	if err != nil {
		return nil, err
	}
	if found.TooLong {
		return nil, faults{faultAt("query", archive.Invalid{Field: "q", Rule: "query_slow"})}
	}
	out := &listValuesOutput{Body: valuesPage{Kind: string(in.of.Kind), Works: found.Works, Total: found.Total, Page: in.of.Page, Pages: found.LastPage()}}
	if found.IsCounted {
		out.Body.Values = []facetValue{}
	}
	if found.Page == in.of.Page { // a page after the last is empty
		for _, v := range found.Facets {
			out.Body.Values = append(out.Body.Values, facetValue{Name: v.Name, Count: v.Works})
		}
	}
	return out, nil
}

// valuesOperation describes the address.
func valuesOperation() huma.Operation {
	kind := &huma.Schema{Type: huma.TypeString}
	for _, one := range archive.TagKinds() {
		kind.Enum = append(kind.Enum, string(one))
	}
	longest := longestBeginning
	parameters := inAddress([]*huma.Param{
		{Name: kindParameter, Required: true, Schema: kind, Description: "Which kind of tag."},
		{Name: beginsParameter, Schema: &huma.Schema{Type: huma.TypeString, MaxLength: &longest}, Description: "Only values with a word that begins so, in their name or in a synonym's; each of several words begins one."},
	})
	for _, p := range listParameters() {
		if slices.Contains(listNarrowers(), p.Name) {
			parameters = append(parameters, p)
		}
	}
	return huma.Operation{
		OperationID: "list-values", Method: http.MethodGet, Path: root + "/works/values", Security: anyone, Parameters: parameters,
		Summary: "List the tags of a list", Description: "All values of one kind of tag that works of a list bear, the list being asked for as works are, a page of " + strconv.Itoa(catalog.MostFacets) + " at a time.",
		Errors: []int{401, 422, 429},
	}
}
