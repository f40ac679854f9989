package page_test

import (
	"strings"
	"testing"

	"ficus/internal/web/page"
)

// ownStories are what a member does with the account itself.
func ownStories(t testing.TB) []story {
	confirm := page.AgainPage{Shell: member(t, "Is it still you?", "/confirm"), Name: "mara_q", Action: "/confirm", Kept: []page.Typed{{Name: "to", Value: "/account/name"}}}
	wrong := confirm
	wrong.Errors = page.Errors{{Field: "again_password", Text: "Password: this is not the right password."}}
	keys := page.KeysPage{Shell: member(t, "Keys to the API", "/account/keys"), Fresh: "ficus_QTM5ZVLZ4AWCYIQ7ZKO4VVTCXA",
		Keys: []page.Key{{ID: "2", Name: "the backup at home", Made: now}, {ID: "1", Name: strings.Repeat("W", 60), Made: day(2026, 2, 1)}}}
	refused := page.KeysPage{Shell: member(t, "Keys to the API", "/account/keys"), Typed: "x", Errors: page.Errors{{Field: "key", Text: "Name of the key: please fill this in."}}}
	return []story{
		{"keys", keys}, {"keys-errors", refused},
		{"confirm", confirm}, {"confirm-errors", wrong},
	}
}
