package page_test

import (
	"strings"
	"testing"

	"ficus/internal/archive"
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
	email := page.EmailPage{Shell: member(t, "Your email address", "/account/email"), Email: "mara@example.org", Proved: true, Waiting: "mara.elsewhere@example.org", Until: now}
	unproved := page.EmailPage{Shell: member(t, "Your email address", "/account/email"), Email: strings.Repeat("m", 60) + "@example.org", Typed: "nowhere", Errors: page.Errors{{Field: "email", Text: "Email: that is not an address mail can reach."}}}
	forgotten := page.ForgottenPage{Shell: guest(t, "Forgotten your password?", "/forgotten")}
	tried, sent := forgotten, forgotten
	tried.Errors = page.Errors{{Field: "name", Text: "Name or email: please fill this in."}}
	sent.Sent = true
	link := page.ProofPage{Shell: guest(t, "A link", "/"), Name: "mara_q", Address: "mara@example.org", Action: "/proofs/7", Key: "k", Purpose: archive.ProofOfMail}
	change, stop, reset := link, link, link
	change.Purpose, stop.Purpose, reset.Purpose = archive.ProofOfChange, archive.ProofToStop, archive.ProofForReset
	reset.Errors = page.Errors{{Field: "password", Text: "New password: use at least 8 characters."}}
	name := page.NamePage{Shell: member(t, "Change your name", "/account/name"), Name: "mara_q", Typed: "mara_q", Until: day(2027, 11, 22)}
	taken := name
	taken.Typed, taken.Errors = "pell", page.Errors{{Field: "name", Text: "Name: someone has this one, or one that looks the same. Please choose another."}}
	pseud := page.PseudPage{Shell: member(t, "Mara of the Long Commas", "/account/pseuds/7"), Person: page.Person{Name: "Mara of the Long Commas", URL: "/users/mara_q/pseuds/x"}, Typed: "Mara of the Long Commas", Works: 3, Action: "/account/pseuds/7"}
	own := pseud
	own.Person, own.Own, own.Usual = page.Person{Name: "mara_q", URL: "/users/mara_q"}, true, true
	return []story{
		{"name", name}, {"name-errors", taken}, {"pseud", pseud}, {"pseud-own", own},
		{"email", email}, {"email-unproved", unproved}, {"email-none", page.EmailPage{Shell: member(t, "Your email address", "/account/email")}},
		{"forgotten", forgotten}, {"forgotten-errors", tried}, {"forgotten-sent", sent},
		{"proof-mail", link}, {"proof-change", change}, {"proof-stop", stop}, {"proof-reset", reset},
		{"keys", keys}, {"keys-errors", refused},
		{"confirm", confirm}, {"confirm-errors", wrong},
	}
}
