package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ficus/internal/testkit/browser"
)

// named is the world under a name: passkeys belong to none without.
func (w *world) named() string { return strings.Replace(w.address, "127.0.0.1", "localhost", 1) }

// addsPasskey signs a tab in and adds a passkey by its page.
func addsPasskey(p *browser.Page, name string) {
	signIn(p, "mara")
	p.Open("/account")
	p.Follow("Passkeys")
	p.Fill("Name of the passkey", name)
	p.Submit("Add a passkey")
	p.Sees(name)
}

func signsOut(p *browser.Page) {
	p.Open("/sign-out")
	p.Submit("Sign out")
}

func TestAMemberSignsInWithAPasskeyAndNoName(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.member("mara")
		p := browser.Start(t, w.named(), browser.Settings{Phone: true})
		p.Device()
		addsPasskey(p, "The phone")
		p.Look("passkeys")
		signsOut(p)
		p.Open("/sign-in?to=/my-works")
		p.Submit("Sign in with a passkey")
		need(t, "where a passkey leads", p.Path(), "/my-works")
		p.Sees("New work")
		p.Open("/account/passkeys")
		p.Sees("last used")

		// Removed, it lets nobody in.
		p.Submit("Remove : The phone")
		p.Sees("You have no passkeys.")
		signsOut(p)
		p.Open("/sign-in")
		p.Submit("Sign in with a passkey")
		p.Sees("That passkey is not known here, or was removed.")
		p.Forgive()
		w.opensAsGuest(p)
	})
}

// opensAsGuest wants a tab to be nobody's.
func (w *world) opensAsGuest(p *browser.Page) {
	w.t.Helper()
	p.Open("/account")
	if at := p.Path(); !strings.HasPrefix(at, "/sign-in") {
		w.t.Errorf("a guest is sent to %s", at)
	}
}

func TestACopiedPasskeyLetsNobodyIn(t *testing.T) {
	w := newWorld(t)
	w.member("mara")
	p := browser.Start(t, w.named(), browser.Settings{})
	device := p.Device()
	addsPasskey(p, "The key")
	need(t, "passkeys on the device", device.Copy(), 1)
	for range 2 {
		signsOut(p)
		p.Open("/sign-in")
		p.Submit("Sign in with a passkey")
		p.Sees("mara")
	}
	signsOut(p)
	device.Use() // a copy, made before it was used
	for range 2 {
		p.Open("/sign-in")
		p.Submit("Sign in with a passkey")
		p.Sees("That passkey has a copy somewhere")
		p.Forgive()
	}
	w.opensAsGuest(p)
	signIn(p, "mara")
	p.Open("/account/passkeys")
	p.Sees("Its counter went backwards")
}

func TestADeviceWithoutTheirPasskeyDoesNotSignIn(t *testing.T) {
	w := newWorld(t)
	w.member("mara")
	p := browser.Start(t, w.named(), browser.Settings{})
	p.Device()
	p.Open("/sign-in")
	p.Press("Sign in with a passkey")
	p.Sees("No passkey came from your device.")
	w.opensAsGuest(p)
}

func TestPasskeysNeedAScriptAndANameAndSaySo(t *testing.T) {
	w := newWorld(t)
	w.member("mara")
	p := browser.Start(t, w.named(), browser.Settings{NoScript: true})
	signIn(p, "mara")
	p.Open("/account/passkeys")
	p.Sees("Passkeys need a browser that knows them and runs scripts.")
	need(t, "buttons of a script", p.Count(".passkey:not([hidden])"), 0)
	byNumber := w.reads(browser.Settings{})
	signIn(byNumber, "mara")
	byNumber.Open("/account/passkeys")
	byNumber.Sees("Passkeys belong to a name on the web.")
	w.guest().opens("/sign-in").lacks("passkey")
}

func TestAnswersToNoQuestionAreRefused(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.member("mara")
		for _, f := range []url.Values{form(), form("secret", "x", "answer", "{}"), form("secret", "", "answer", strings.Repeat("x", 100_000)), form("answer", "\x00")} {
			mara.post("/account/passkeys", f).expect(http.StatusForbidden) // no name to be of
			w.guest().post("/sign-in/passkey", f).expect(http.StatusForbidden)
		}
		mara.post("/account/passkeys/remove", form("id", "7")).expect(http.StatusNotFound)
		mara.post("/account/passkeys/rename", form("id", "x")).expect(http.StatusNotFound)
		w.guest().post("/account/passkeys/begin", nil).expect(http.StatusUnauthorized)
	})
}
