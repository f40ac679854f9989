package page_test

import (
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/web/page"
)

// safetyStories are what keeps an account safe, and the ways of leaving.
func safetyStories(t testing.TB) []story {
	var drawing string
	for _, f := range page.Files() {
		if strings.HasSuffix(f.Name, ".svg") {
			drawing = page.AssetPath + f.Name
		}
	}
	until := now.Add(30 * 24 * time.Hour)
	keys := page.PasskeysPage{Shell: member(t, "Passkeys", page.PathPasskeys), Here: true, Keys: []page.Passkey{
		{ID: "1", Name: "The phone with the cracked corner", Made: day(2026, 5, 3), Used: now.Add(-3 * time.Hour)},
		{ID: "2", Made: day(2026, 10, 1)},
		{ID: "3", Name: strings.Repeat("Unbroken", 7), Made: day(2026, 1, 9), Used: day(2026, 2, 2), Copied: true},
	}}
	step := func(change func(*page.SecondStepPage)) page.SecondStepPage {
		p := page.SecondStepPage{Shell: member(t, "Second step", page.PathSecondStep), Picture: drawing}
		change(&p)
		return p
	}
	wrong := page.Errors{{Field: "code", Text: "Code: that is not the code of this moment, or it was used already. Use the one your app shows now."}}
	codes := []string{"k7xq-3mza-pl2w-9dru", "b5tn-vv4c-qqe6-x2ha", "aaaa-bbbb-cccc-dddd", "eeee-ffff-gggg-hhhh"}
	leave := page.DeleteAccountPage{Shell: member(t, "Delete the account", page.PathAccountDelete), Name: "mara_q", Until: until, Sole: 12, Shared: 2, Drafts: 1}
	refused := leave
	refused.Typed = archive.Deletion{Shared: archive.FateRemove}
	refused.Errors = page.Errors{{Field: "sole", Text: "Your own works: please choose."}, {Field: "answers", Text: "Your comments: please choose."}}
	orphan := page.OrphanPage{Shell: member(t, "Orphan the work", "/works/1/orphan"), Work: page.Link{Text: "Salt in the Kettle", URL: "/works/1"}, Lang: "en", Action: "/works/1/orphan", Until: until}
	shared, draft := orphan, orphan
	shared.Shared, draft.Draft = true, true
	passkeySignIn := page.SignInPage{Shell: guest(t, "Sign in", "/sign-in"), CanJoin: true, Passkeys: true}
	code := page.SignInCodePage{Shell: guest(t, "One more step", page.PathSignInCode), Name: "mara_q"}
	again := code
	again.Action, again.Kept, again.Errors = "/works/new", []page.Typed{{Name: "title", Value: "Salt"}}, page.Errors{{Field: "again_code", Text: wrong[0].Text}}
	return []story{
		{"passkeys", keys}, {"passkeys-none", page.PasskeysPage{Shell: member(t, "Passkeys", page.PathPasskeys)}},
		{"second-step", step(func(*page.SecondStepPage) {})},
		{"second-step-scan", step(func(p *page.SecondStepPage) { p.Secret, p.Errors = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", wrong })},
		{"second-step-on", step(func(p *page.SecondStepPage) { p.On, p.Since, p.Left = true, day(2026, 5, 3), 1 })},
		{"second-step-codes", step(func(p *page.SecondStepPage) { p.On, p.Since, p.Left, p.Codes = true, now, 10, codes })},
		{"sign-in-passkey", passkeySignIn}, {"sign-in-code", code}, {"sign-in-code-again", again},
		{"return", page.ReturnPage{Shell: guest(t, "Bring your account back?", page.PathSignInReturn), Name: "mara_q", Deleted: day(2026, 11, 20), Until: until}},
		{"delete-account", leave}, {"delete-account-refused", refused},
		{"delete-account-empty", page.DeleteAccountPage{Shell: member(t, "Delete the account", page.PathAccountDelete), Name: "mara_q", Until: until}},
		{"orphan", orphan}, {"orphan-shared", shared}, {"orphan-draft", draft},
		{"my-works-orphaned", page.MyWorksPage{Shell: member(t, "My works", "/my-works"), Orphaned: []page.OrphanedWork{{URL: "/works/3", Title: "What I Said to the Bridge", Lang: "en", Until: until, Action: "/works/3/take-back"}}}},
		{"profile-orphans", page.ProfilePage{Shell: guest(t, "orphan_account", "/users/orphan_account"), Name: "orphan_account", Joined: day(2026, 5, 3), Orphans: true}},
	}
}
