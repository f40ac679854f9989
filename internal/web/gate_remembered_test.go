package web_test

import "ficus/internal/web/page"

// rememberedRows are the rows of what members have remembered.
func rememberedRows() map[string]row {
	return map[string]row{
		"GET " + page.PathExclusions:             {why: "the account's own exclusions"},
		"POST " + page.PathExclusions:            {why: "leads on"},
		"GET " + page.PathFavourites:             {why: "the account's own favourites"},
		"POST " + page.PathFavourites:            {why: "leads on"},
		"GET " + page.PathFilters:                {why: "the account's own filters"},
		"POST " + page.PathFilters:               {why: "leads on"},
		"GET " + page.PathFilters + "/new":       {why: "a form that says what was asked"},
		"GET " + page.PathFilters + "/{filter}":  {why: "one of the account's own filters"},
		"POST " + page.PathFilters + "/{filter}": {why: "leads on"},
		"GET " + page.PathShared + "/{token}":    {why: "leads to a list"},
	}
}
