package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

func TestTheDeskIsMissingToEverybodyElse(t *testing.T) {
	w := newWorld(t)
	w.staff("wren")
	for _, who := range []*client{w.guest(), w.member("ada")} {
		for _, path := range []string{"/desk", "/desk/settings", "/desk/members", "/desk/members/1", "/desk/invitations", "/desk/queue"} {
			a, missing := who.get(path).expect(http.StatusNotFound), who.get("/desk/nothing").expect(http.StatusNotFound)
			need(t, path, strings.ReplaceAll(a.body, url.QueryEscape(path), "P"), strings.ReplaceAll(missing.body, url.QueryEscape("/desk/nothing"), "P"))
		}
		for _, path := range []string{"/desk/settings", "/desk/members/1/staff", "/desk/invitations", "/desk/invitations/withdraw", "/desk/queue", "/desk/queue/remove"} {
			who.post(path, form("staff", "yes", "count", "1", "invite_days", "1", "id", "1")).expect(http.StatusNotFound)
		}
		who.opens("/menu").lacks("/desk")
	}
}

// settingsForm is the form of the settings as it stands, with changes.
func settingsForm(page answer, pairs ...string) url.Values {
	f := url.Values{
		"base": {numberIn(page, "base")}, "site_name": {"Ficus"}, "site_language": {"en"}, "site_join": {archive.JoinOpen}, "site_ratings": archive.Ratings(),
		"site_guests": {"yes"}, "site_texts": {"yes"}, "site_not_rated": {"yes"}, "site_approval": {archive.ApproveNone}, "site_new_days": {"7"}, "site_queue_daily": {"0"}, "site_invitations": {"0"},
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Set(pairs[i], pairs[i+1])
	}
	return f
}

func TestSettingsHoldFromTheNextPageOnAndAreKeptAsActs(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren, ada := w.staff("wren"), w.member("ada")
		work := w.posts(ada.viewer, fields("The Lamp Keepers"))
		reader := w.guest()
		reader.opens(workPath(work)).has("· Ficus")
		reader.opens(workPath(work)) // kept
		settings := wren.opens("/desk/settings")
		f := settingsForm(settings, "site_name", "The Fig House", "site_about", "Stories of <the> harbour.", "site_banner", "Closed on Sunday.", "site_join", archive.JoinClosed, "site_fandom", "Harbour Lights")
		f["site_ratings"] = []string{archive.RatingTeen, archive.RatingNone}
		f.Del("site_not_rated")
		wren.post("/desk/settings", f).expect(http.StatusSeeOther)
		reader.opens(workPath(work)).has("· The Fig House", "Closed on Sunday.")
		reader.opens("/").has("Stories of &lt;the&gt; harbour.").lacks(`href="/sign-up"`)
		reader.opens("/sign-up").has("not being made")
		reader.post("/sign-up", form("name", "eve", "password", password)).expect(http.StatusForbidden)
		need(t, "where the fandoms lead", reader.get("/fandoms").expect(http.StatusFound).to(), "/works")
		ada.opens("/works/new").has("Harbour Lights", `value="Teen"`).lacks(`name="fandoms"`, `value="Explicit"`)
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			acts, err := tx.Acts.Before(ctx, 1<<60, 100)
			said := ""
			for _, act := range acts {
				said += act.About + "\n"
			}
			for _, line := range []string{"site_name: Ficus → The Fig House", "site_join: open → closed", "site_ratings: Not Rated, General, Teen, Mature, Explicit → Not Rated, Teen", "site_not_rated: true → false"} {
				if !strings.Contains(said, line) {
					t.Errorf("the acts lack %q:\n%s", line, said)
				}
			}
			return err
		})

		// A form that was opened before is not saved over it; one that changes nothing is no act.
		wren.post("/desk/settings", settingsForm(settings, "site_name", "Stale")).expect(http.StatusUnprocessableEntity).has("changed since this form was opened", `value="Stale"`)
		need(t, "the name", w.catalog.Site().Name, "The Fig House")
	})
}

func TestSettingsRefuseWhatNoArchiveCanBe(t *testing.T) {
	w := newWorld(t)
	wren := w.staff("wren")
	page := wren.opens("/desk/settings")
	for says, change := range map[string][]string{
		"Name of the archive: please fill this in": {"site_name", "\u200b"},
		"61 characters":                {"site_name", strings.Repeat("n", 61)},
		"200 characters":               {"site_fandom", strings.Repeat("f", 200)},
		"use a number from 0 to 365":   {"site_new_days", "many"},
		"use a number from 0 to 1,000": {"site_queue_daily", "-3"},
		"use a number from 0 to 100":   {"site_invitations", "9999999999999999999"},
		"Ratings accepted":             {"site_ratings", "Spicy"},
		"Who may join":                 {"site_join", ""},
		"Works wait for staff":         {"site_approval", "some"},
		"Language of the pages":        {"site_language", "../en"},
	} {
		a := wren.post("/desk/settings", settingsForm(page, change...)).expect(http.StatusUnprocessableEntity)
		if !strings.Contains(a.body, says) {
			t.Errorf("%v: it lacks %q:\n%s", change, says, a.text())
		}
	}
	none := settingsForm(page)
	none.Del("site_ratings")
	wren.post("/desk/settings", none).expect(http.StatusUnprocessableEntity).has("Ratings accepted: choose at least one")
	need(t, "the name", w.catalog.Site().Name, "Ficus")
}

func TestAWorkKeepsItsRatingAndFandomWhenTheArchiveTakesThemNoLonger(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		f := fields("Old")
		f.Rating, f.Fandoms = archive.RatingExplicit, []string{"Elsewhere"}
		work := w.posts(ada.viewer, f)
		draft := w.drafts(ada.viewer, f)
		w.decides(func(s *archive.Site) {
			s.Ratings, s.Fandom = []string{archive.RatingTeen, archive.RatingMature}, "Harbour Lights"
		})
		ada.opens(workPath(work, "/edit")).has(`value="Explicit"`, "Elsewhere").lacks(`value="General"`)
		w.edits(ada.viewer, work, func(f *archive.WorkFields) { f.Title = "Older" })
		w.guest().get(workPath(work)).expect(http.StatusOK).has("Explicit")
		ada.post(workPath(draft, "/post"), nil).expect(http.StatusUnprocessableEntity).has("does not take Explicit", "Teen, Mature")
		sent := form("do", "post", "title", "New", "rating", "Explicit", "warnings", "none apply", "language", "en", "text", "Lit.", "form_id", "n1", "planned", "1")
		ada.post("/works/new", sent).expect(http.StatusUnprocessableEntity).has("does not take Explicit")
		sent.Del("rating") // Not Rated is not taken either
		ada.post("/works/new", sent).expect(http.StatusUnprocessableEntity).has("does not take Not Rated")
		sent.Set("rating", "Teen")
		sent.Set("fandoms", "Anywhere")
		made := ada.post("/works/new", sent).expect(http.StatusSeeOther).to()
		ada.opens(made).has("Harbour Lights").lacks("Anywhere")
	})
}

func TestNotRatedWorksAskFirstAsTheOwnerWishes(t *testing.T) {
	w := newWorld(t)
	f := fields("Quiet")
	f.Rating = archive.RatingNone
	work := w.posts(w.member("ada").viewer, f)
	w.guest().opens(workPath(work)).lacks("The lamp was lit")
	w.decides(func(s *archive.Site) { s.AskNotRated = false })
	w.guest().opens(workPath(work)).has("The lamp was lit")
}

func TestStaffFindMembersAndMakeStaff(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren := w.staff("wren")
		ada := w.member("ada_lovelace")
		w.posts(ada.viewer, fields("One"))
		page := fmt.Sprintf("/desk/members/%d", ada.viewer.Account)
		wren.opens("/desk/members?q=ADA_").has("ada_lovelace", "1 member", "1 work")
		wren.opens("/desk/members?q=%25").has("0 members") // a sign, not a wildcard
		need(t, "where a number leads", wren.get("/desk/members?q="+fmt.Sprint(ada.viewer.Account)).expect(http.StatusSeeOther).to(), page)
		wren.opens("/desk/members?q=999999").has("0 members")
		need(t, "a page after the last", wren.get("/desk/members?page=99999&q=ada").expect(http.StatusSeeOther).to(), "/desk/members?q=ada")
		wren.get("/desk/members/999").expect(http.StatusNotFound)
		wren.opens(page).has("ada_lovelace", "Make staff", "Nothing yet.")

		w.Clock.Pass(time.Hour)
		wren.post(page+"/staff", form("staff", "yes")).expect(http.StatusUnauthorized) // it asks again
		wren.post("/confirm", form("again_password", password)).expect(http.StatusSeeOther)
		wren.post(page+"/staff", form("staff", "yes")).expect(http.StatusSeeOther)
		wren.opens(page).has("Make a member again", "Made ada_lovelace staff.")
		ada.opens("/desk").has("Members")
		own := fmt.Sprintf("/desk/members/%d/staff", wren.viewer.Account)
		wren.post(own, form("staff", "no")).expect(http.StatusSeeOther)
		wren.get("/desk").expect(http.StatusNotFound)
		w.Clock.Pass(time.Second)
		ada.post("/confirm", form("again_password", password)).expect(http.StatusSeeOther)
		ada.post(page+"/staff", form("staff", "no")).expect(http.StatusUnprocessableEntity).has("last of the staff")
		ada.opens("/desk")
	})
}
