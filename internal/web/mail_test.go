package web_test

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// joinsBy signs somebody up by the form.
func (w *world) joinsBy(name, email string) *client {
	w.t.Helper()
	c := w.guest()
	c.post("/sign-up", form("name", name, "email", email, "password", password)).expect(http.StatusSeeOther)
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) error {
		account, err := tx.Accounts.FindNamed(ctx, name)
		c.viewer = archive.Viewer{Account: account.ID, Name: account.Name}
		return err
	})
	return c
}

// proved signs somebody up and follows the link that was mailed.
func (w *world) proved(bag *postbag, name, email string) *client {
	w.t.Helper()
	bag.opens()
	c := w.joinsBy(name, email)
	_, link := bag.one(email)
	c.follows(link).expect(http.StatusOK)
	return c
}

func TestAnAddressIsProvedByItsLink(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		bag := w.postbag()
		mara := w.joinsBy("mara_q", "Mara@Example.org")
		mara.opens("/account").has("Mara@Example.org", "not proved yet")
		mara.opens("/account/email").has("Nobody has shown yet", "A mail is on its way to Mara@Example.org")
		m, link := bag.one("Mara@Example.org")
		mara.opens("/notices").has("A mail with a link waits for you")
		if !strings.HasPrefix(m.MessageID, "proof.") || !strings.Contains(m.Text, "mara_q") {
			t.Errorf("the mail is %q:\n%s", m.MessageID, m.Text)
		}
		w.guest().post("/sign-in", form("name", "mara@example.org", "password", password)).expect(http.StatusUnprocessableEntity)
		for range 2 { // opening it does nothing: programs that look at mail do as much
			w.guest().opens(link).has("Is this address yours?", "mara_q", "Mara@Example.org")
		}
		mara.opens("/account").has("not proved yet")
		phone := w.guest() // where the mail is read
		phone.follows(link).expect(http.StatusOK).has("The address is yours")
		mara.opens("/account").lacks("not proved yet")
		mara.opens("/account/email").has("You have shown that this address is yours").lacks("on its way")
		need(t, "mails about it", len(bag.opens()), 0)
		w.guest().post("/sign-in", form("name", " MARA@example.ORG", "password", password)).expect(http.StatusSeeOther)
		phone.get(link).expect(http.StatusNotFound).has("This link does nothing any more") // used
	})
}

func TestLinksThatAreNoneDoNothing(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		bag := w.postbag()
		w.joinsBy("mara", "mara@example.org")
		_, link := bag.one("mara@example.org")
		w.joinsBy("pell", "pell@example.org")
		_, other := bag.one("pell@example.org")
		_, key, _ := strings.Cut(link, "key=")
		path, _, _ := strings.Cut(link, "?")
		otherPath, otherKey, _ := strings.Cut(other, "?key=")
		dead := w.guest().get("/proofs/999?key=" + key).expect(http.StatusNotFound).text()
		for _, bad := range []string{path, path + "?key=", path + "?key=" + key[1:], path + "?key=" + key + "A", path + "?key=" + otherKey, otherPath + "?key=" + key, "/proofs/0?key=" + key, "/proofs/x?key=" + key, "/proofs/99999999999999999999?key=" + key} {
			need(t, bad, w.guest().get(bad).expect(http.StatusNotFound).text(), dead)
			at, secret, _ := strings.Cut(bad, "?key=")
			w.guest().post(at, form("key", secret, "password", "another lamp")).expect(http.StatusNotFound)
		}
		w.Clock.Pass(72 * time.Hour)
		need(t, "a link too old", w.guest().get(link).expect(http.StatusNotFound).text(), dead)
		w.guest().post(path, form("key", key)).expect(http.StatusNotFound)
	})
}

func TestAnUnprovedAddressGetsNoOtherMail(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		bag := w.postbag()
		mara := w.joinsBy("mara", "stranger@example.org")
		bag.one("stranger@example.org")
		w.guest().post("/forgotten", form("name", "mara")).expect(http.StatusOK)
		w.guest().post("/forgotten", form("name", "stranger@example.org")).expect(http.StatusOK)
		mara.post("/account/password", form("old_password", password, "password", "another lamp")).expect(http.StatusSeeOther)
		need(t, "mails to an address nobody proved", len(bag.opens()), 0)
		mara.opens("/notices").has("Your password was changed")
	})
}

func TestNobodyLearnsWhetherAnAddressIsKnown(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		bag := w.postbag()
		w.proved(bag, "mara", "mara@example.org")

		// Signing up.
		known := w.guest().post("/sign-up", form("name", "first", "email", "MARA@example.org", "password", password)).expect(http.StatusSeeOther)
		m, link := bag.one("mara@example.org")
		if link != "" || !strings.Contains(m.Text, "It belongs to your account mara") || strings.Contains(m.Text, "first") {
			t.Errorf("the owner is told:\n%s", m.Text)
		}
		fresh := w.guest().post("/sign-up", form("name", "other", "email", "fresh@example.org", "password", password)).expect(http.StatusSeeOther)
		need(t, "the answer to a known address", known.to()+known.body, fresh.to()+fresh.body)
		bag.one("fresh@example.org")

		// The state of the account afterwards.
		as := func(name string) *client {
			c := w.guest()
			c.post("/sign-in", form("name", name, "password", password)).expect(http.StatusSeeOther)
			return c
		}
		same := func(what string, a, b answer) {
			t.Helper()
			plain := strings.NewReplacer("first", "NAME", "other", "NAME", "MARA@example.org", "ADDRESS", "fresh@example.org", "ADDRESS")
			need(t, what, plain.Replace(a.body), plain.Replace(b.body))
			need(t, what+", its status", a.status, b.status)
		}
		first, other := as("first"), as("other")
		same("the page of the address", first.opens("/account/email"), other.opens("/account/email"))
		same("asking again", first.post("/account/email/again", nil), other.post("/account/email/again", nil))
		same("the page after that", first.opens("/account/email"), other.opens("/account/email"))
		need(t, "mails after asking again", len(bag.opens()), 2)

		// A new password.
		reset := w.guest().post("/forgotten", form("name", "mara@example.org")).expect(http.StatusOK)
		for _, unknown := range []string{"nobody@example.org", "nobody", "fresh@example.org", "first"} {
			same("a reset for "+unknown, reset, w.guest().post("/forgotten", form("name", unknown)))
		}
		if _, link := bag.one("mara@example.org"); link == "" {
			t.Error("the owner got no link")
		}

		// Another address.
		pell, ito := w.proved(bag, "pell", "pell@example.org"), w.proved(bag, "itoo", "ito@example.org")
		a := pell.post("/account/email", form("email", "mara@example.org")).expect(http.StatusSeeOther)
		b := ito.post("/account/email", form("email", "empty@example.org")).expect(http.StatusSeeOther)
		need(t, "where a change leads", a.to(), b.to())
		plain := strings.NewReplacer("pell", "NAME", "itoo", "NAME", "ito@", "NAME@", "mara@example.org", "ADDRESS", "empty@example.org", "ADDRESS")
		need(t, "the page after a change", plain.Replace(pell.opens("/account/email").body), plain.Replace(ito.opens("/account/email").body))
		for _, m := range bag.opens() {
			if m.To == "mara@example.org" && linkOf(m) != "" {
				t.Error("a link to her own address was sent to its owner for another account")
			}
		}
	})
}

func TestAnAddressIsProvedByOneAccountOnly(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		bag := w.postbag()
		w.joinsBy("mara", "shared@example.org")
		_, maras := bag.one("shared@example.org")
		w.joinsBy("pell", "shared@example.org")
		_, pells := bag.one("shared@example.org")
		w.guest().follows(pells).expect(http.StatusOK)
		w.guest().follows(maras).expect(http.StatusUnprocessableEntity).has("belongs to another account")
		w.guest().post("/sign-in", form("name", "shared@example.org", "password", password)).expect(http.StatusSeeOther)
	})
}

func TestTwoAtOnceProveAnAddressOnce(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		bag := w.postbag()
		var pages []answer
		for _, name := range []string{"mara", "pell", "itoo", "wren"} {
			w.joinsBy(name, "shared@example.org")
			_, link := bag.one("shared@example.org")
			pages = append(pages, w.guest().opens(link))
		}
		done := make([]int, len(pages))
		var running sync.WaitGroup
		for i, page := range pages {
			path, key := proofForm(page)
			c := w.guest()
			running.Go(func() { done[i] = c.post(path, form("key", key)).status })
		}
		running.Wait()
		won := 0
		for _, status := range done {
			switch status {
			case http.StatusOK:
				won++
			case http.StatusUnprocessableEntity:
			default:
				t.Errorf("one is answered with %d", status)
			}
		}
		need(t, "accounts with the address", won, 1)
	})
}

func TestLinksAreSentAFewTimesOnly(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		bag := w.postbag()
		mara := w.joinsBy("mara", "mara@example.org")
		for range 4 {
			mara.post("/account/email/again", nil).expect(http.StatusSeeOther)
		}
		mara.post("/account/email/again", nil).expect(http.StatusTooManyRequests).has("5 links were sent")
		need(t, "links sent", len(bag.opens()), 5)
		w.joinsBy("another", "MARA@example.org") // joins all the same
		need(t, "links to an address that had enough", len(bag.opens()), 0)
		w.Clock.Pass(24 * time.Hour)
		mara.post("/account/email/again", nil).expect(http.StatusSeeOther)
		_, link := bag.one("mara@example.org")
		mara.follows(link).expect(http.StatusOK)
		mara.post("/account/email/again", nil).expect(http.StatusSeeOther)
		need(t, "links for what is proved", len(bag.opens()), 0)

		for i := range 8 { // silently: the answer is one
			w.Clock.Pass(15 * time.Minute)
			if i%2 == 0 {
				w.guest().post("/forgotten", form("name", "mara")).expect(http.StatusOK)
			} else {
				w.guest().post("/forgotten", form("name", "mara@example.org")).expect(http.StatusOK)
			}
		}
		need(t, "links for a new password", len(bag.opens()), 5)
		w.Clock.Pass(15 * time.Minute)
		for range 3 {
			w.guest().post("/forgotten", form("name", "nobody")).expect(http.StatusOK)
		}
		w.guest().post("/forgotten", form("name", "Nobody")).expect(http.StatusTooManyRequests).has("asked too often")
		w.guest().post("/forgotten", form("name", " ")).expect(http.StatusUnprocessableEntity).has("please fill this in")
	})
}
