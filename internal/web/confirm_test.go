package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"ficus/internal/testkit/browser"
)

func TestDangerousActsAskAgainAfterAWhile(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		ada.opens("/account/keys") // who has just signed in is not asked
		w.Clock.Pass(15 * time.Minute)
		need(t, "where the page's question is", ada.get("/account/keys").expect(http.StatusSeeOther).to(), "/confirm?to=%2Faccount%2Fkeys")
		ada.opens("/confirm?to=/account/keys").has(`autocomplete="current-password"`, `name="username" autocomplete="username" value="ada"`, `name="to" value="/account/keys"`)
		wrong := ada.post("/confirm", form("again_password", "not this", "to", "/account/keys")).expect(http.StatusUnprocessableEntity)
		wrong.has("this is not the right password", `name="to" value="/account/keys"`).lacks("not this")
		ada.get("/account/keys").expect(http.StatusSeeOther)
		need(t, "where the answer leads", ada.post("/confirm", form("again_password", password, "to", "/account/keys")).expect(http.StatusSeeOther).to(), "/account/keys")
		ada.opens("/account/keys")
		need(t, "the question once answered", ada.get("/confirm?to=/account/keys").expect(http.StatusSeeOther).to(), "/account/keys")
		need(t, "a foreign way on", ada.post("/confirm", form("again_password", password, "to", "//evil.example")).to(), "/")
		w.signedIn(ada.viewer).opens("/account/keys")
		w.guest().post("/confirm", form("again_password", password)).expect(http.StatusUnauthorized)
	})
}

func TestADangerousFormGoesOnAsItWasTypedAfterTheQuestion(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		w.Clock.Pass(time.Hour)
		waits := ada.post("/account/keys", form("key", `the "backup" at home`)).expect(http.StatusUnauthorized)
		waits.has(`action="/account/keys"`, `name="key" value="the &#34;backup&#34; at home"`, "again_password")
		ada.post("/account/keys", form("key", "the backup", "again_password", "not this")).expect(http.StatusUnprocessableEntity).has(`value="the backup"`, "not the right password").lacks("not this")
		ada.post("/account/keys", form("key", "the backup", "again_password", "")).expect(http.StatusUnprocessableEntity)
		ada.post("/account/keys", form("key", "the backup", "again_password", password, "username", "ada")).expect(http.StatusOK).has("the backup", "ficus_").lacks(password)
		ada.opens("/account/keys").has("the backup").lacks("ficus_")

		// A device's proof is its own.
		phone := w.signedIn(ada.viewer)
		w.Clock.Pass(time.Hour)
		ada.post("/confirm", form("again_password", password)).expect(http.StatusSeeOther)
		phone.post("/account/keys", form("key", "another")).expect(http.StatusUnauthorized)

		// Signed out meanwhile: signing in again is proof enough.
		must(t, w.accounts.SignOutEverywhere(t.Context(), ada.viewer, 0))
		ada.post("/account/keys", form("key", "a third", "again_name", "ada", "again_password", password)).expect(http.StatusOK).has("a third")
	})
}

func TestTheQuestionCannotBeGuessedAt(t *testing.T) {
	w := newWorld(t)
	ada := w.member("ada")
	w.Clock.Pass(time.Hour)
	for range 10 {
		ada.post("/confirm", form("again_password", "wrong guess")).expect(http.StatusUnprocessableEntity)
	}
	ada.post("/confirm", form("again_password", password)).expect(http.StatusTooManyRequests).has("tried too often")
	ada.post("/account/keys", form("key", "x", "again_password", password)).expect(http.StatusTooManyRequests).has(`value="x"`)
}

func TestKeysAreMadeNamedAndEnded(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada, mina := w.member("ada"), w.member("mina")
		for typed, says := range map[string]string{"": "please fill this in", " \u200b ": "please fill this in", strings.Repeat("x", 61): "61 characters"} {
			ada.post("/account/keys", form("key", typed)).expect(http.StatusUnprocessableEntity).has(says).lacks("ficus_")
		}
		made := ada.post("/account/keys", form("key", "the <b>backup")).expect(http.StatusOK).has("the &lt;b&gt;backup", "shown this once")
		secret := regexp.MustCompile(`ficus_[A-Z0-9]{26}`).FindString(made.body)
		holder, err := w.accounts.WhoHolds(t.Context(), secret)
		must(t, err)
		need(t, "whose the key is", holder.Name, "ada")
		id := deviceIDs.FindStringSubmatch(made.body)[1]
		mina.post("/account/keys/end", form("id", id)).expect(http.StatusSeeOther) // another's stays
		ada.opens("/account/keys").has("the &lt;b&gt;backup")
		mina.post("/account/keys/end", form("id", "x")).expect(http.StatusNotFound)
		ada.post("/account/keys/end", form("id", id)).expect(http.StatusSeeOther)
		ada.opens("/account/keys").has("You have no keys")
		holder, err = w.accounts.WhoHolds(t.Context(), secret)
		must(t, err)
		need(t, "whose it is once ended", holder.Account, 0)
		for range 20 {
			ada.post("/account/keys", form("key", "one of many")).expect(http.StatusOK)
		}
		ada.post("/account/keys", form("key", "one too many")).expect(http.StatusUnprocessableEntity).has("more than the 20")
	})
}

func TestAMemberMakesAKeyInTheBrowser(t *testing.T) {
	w := newWorld(t)
	w.member("ada")
	p := w.reads(browser.Settings{})
	signIn(p, "ada")
	w.Clock.Pass(time.Hour)
	p.Open("/account/keys")
	p.Fill("Password", password)
	p.Submit("Go on")
	p.Fill("Name of the key", "the backup")
	p.Submit("Make a key")
	if text := p.Text("main"); !strings.Contains(text, "the backup") || !strings.Contains(text, "Your new key") {
		t.Errorf("the page says %q", text)
	}
}
