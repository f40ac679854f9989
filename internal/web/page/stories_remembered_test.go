package page_test

import (
	"strings"
	"testing"

	"ficus/internal/web/page"
)

// rememberedStories are what members have remembered of how they look for works.
func rememberedStories(t testing.TB) []story {
	long := strings.Repeat("W", 140)
	tags := []page.RememberedTag{{ID: "1", Kind: "freeform", Name: "Rain", URL: "/tags/1/rain"}, {ID: "2", Kind: "fandom", Name: long, URL: "/tags/2/w"}}
	asks := page.Asks{Of: "works by " + long[:40], Parts: []string{"with Rain", "without " + long, "1,000 words or more"}, Order: "Most kudos"}
	one := page.SavedFilter{Name: long[:60], URL: "/account/filters/1", List: "/works?include=freeform%3ARain", Asks: asks, Shared: "https://ficus.example/filters/" + long[:26], Subscribed: true}
	gone := page.SavedFilter{Name: "Gone", URL: "/account/filters/2", Asks: page.Asks{Parts: []string{"with Wind"}}}
	return []story{
		{"left-out", page.ExclusionsPage{Shell: member(t, "What you leave out", "/account/exclusions"), Tags: tags, Typed: "Rain, " + long, Errors: page.Errors{{Field: "tags", Text: "No work that you can find has the tag “" + long + "”."}}}},
		{"left-out-none", page.ExclusionsPage{Shell: member(t, "What you leave out", "/account/exclusions")}},
		{"own-tags", page.FavouritesPage{Shell: member(t, "Your tags", "/account/favourites"), Tags: tags}},
		{"saved-save", page.SaveFilterPage{
			Shell: member(t, "Save this filter", "/account/filters/new"), FormID: "x", Asks: asks, Asked: []page.Typed{{Name: "include", Value: "freeform:Rain"}}, Name: long[:60], Limit: 60,
			Others: []page.Choice{{Text: long[:60], Value: "1"}, {Text: "Gone", Value: "2"}}, Errors: page.Errors{{Field: "filter_name", Text: "Another filter of yours is called “" + long[:60] + "”."}},
		}},
		{"saved", page.SavedFiltersPage{Shell: member(t, "Saved filters", "/account/filters"), Filters: []page.SavedFilter{one, gone}}},
		{"saved-none", page.SavedFiltersPage{Shell: member(t, "Saved filters", "/account/filters")}},
		{"saved-one", page.SavedFilterPage{Shell: member(t, one.Name, one.URL), SavedFilter: one, Typed: one.Name, Limit: 60}},
		{"saved-feed", page.SavedFilterPage{Shell: member(t, one.Name, one.URL), SavedFilter: one, Typed: one.Name, Limit: 60, FreshFeed: "https://ficus.example/feeds/" + long[:26]}},
		{"saved-gone", page.SavedFilterPage{Shell: member(t, gone.Name, gone.URL), SavedFilter: gone, Typed: gone.Name, Limit: 60}},
	}
}
