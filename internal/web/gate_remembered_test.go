package web_test

import "ficus/internal/web/page"

// rememberedRows are the rows of what members have remembered.
func rememberedRows() map[string]row {
	return map[string]row{
		"GET " + page.PathExclusions:  {why: "the account's own exclusions"},
		"POST " + page.PathExclusions: {why: "leads on"},
	}
}
