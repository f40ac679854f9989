package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"ficus/internal/mail"
)

func TestAForgottenPasswordIsSetByLink(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		bag := w.postbag()
		mara := w.proved(bag, "mara", "mara@example.org")
		key, err := w.accounts.NewToken(t.Context(), "mara", "a program")
		must(t, err)
		guest := w.guest()
		guest.opens("/sign-in").has(`href="/forgotten"`)
		guest.opens("/forgotten").has("Name or email")
		guest.header.Set("User-Agent", "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0")
		guest.post("/forgotten", form("name", "MARA")).expect(http.StatusOK).has("If there is such an account").lacks("mara@")
		m, link := bag.one("mara@example.org")
		if !strings.Contains(m.Text, "Firefox on Windows asked for it.") || strings.Contains(m.Text, "127.0.0.1 ") {
			t.Errorf("the mail says:\n%s", m.Text)
		}
		guest.opens(link).has("A new password", "mara", `autocomplete="new-password"`, `name="username" autocomplete="username" value="mara"`)
		mara.opens("/my-works") // nothing is done by opening it
		guest.follows(link, "password", "short").expect(http.StatusUnprocessableEntity).has("at least 8 characters")
		done := guest.follows(link, "password", "a new lamp").expect(http.StatusOK).has("Your new password is set", `value="mara"`).lacks("a new lamp")
		need(t, "cookies of who set it", len(done.cookies), 0) // nobody is signed in by it
		mara.get("/my-works").expect(http.StatusSeeOther)
		holder, err := w.accounts.WhoHolds(t.Context(), key)
		must(t, err)
		need(t, "whose the key still is", holder.Account, 0)
		guest.get(link).expect(http.StatusNotFound)
		w.guest().post("/sign-in", form("name", "mara", "password", password)).expect(http.StatusUnprocessableEntity)
		w.guest().post("/sign-in", form("name", "mara@example.org", "password", "a new lamp")).expect(http.StatusSeeOther)
		told, _ := bag.one("mara@example.org")
		if !strings.Contains(told.Subject, "password was changed") {
			t.Errorf("she is told %q", told.Subject)
		}
	})
}

func TestALinkForAPasswordExpiresAndEndsTheOthers(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		bag := w.postbag()
		w.proved(bag, "mara", "mara@example.org")
		ask := func() (link string) {
			w.guest().post("/forgotten", form("name", "mara")).expect(http.StatusOK)
			_, link = bag.one("mara@example.org")
			return link
		}
		old := ask()
		w.Clock.Pass(2 * time.Hour)
		w.guest().get(old).expect(http.StatusNotFound)
		first, second := ask(), ask()
		w.guest().follows(second, "password", "a new lamp").expect(http.StatusOK)
		w.guest().get(first).expect(http.StatusNotFound)
		at, key, _ := strings.Cut(first, "?key=")
		w.guest().post(at, form("key", key, "password", "a third lamp")).expect(http.StatusNotFound)
		w.guest().post("/sign-in", form("name", "mara", "password", "a new lamp")).expect(http.StatusSeeOther)
	})
}

func TestALinkForAPasswordSetsTwoAtOnceOnlyOnce(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		bag := w.postbag()
		w.proved(bag, "mara", "mara@example.org")
		w.guest().post("/forgotten", form("name", "mara")).expect(http.StatusOK)
		_, link := bag.one("mara@example.org")
		path, key := proofForm(w.guest().opens(link))
		statuses := make(chan int, 4)
		for _, fresh := range []string{"lamp number one", "lamp number two", "lamp number three", "lamp number four"} {
			c := w.guest()
			go func() { statuses <- c.post(path, form("key", key, "password", fresh)).status }()
		}
		set := 0
		for range 4 {
			if <-statuses == http.StatusOK {
				set++
			}
		}
		need(t, "passwords set", set, 1)
	})
}

// changes asks for another address and gives the links that stop and complete
// it.
func (c *client) changes(bag *postbag, old, fresh string) (stop, complete string) {
	c.w.t.Helper()
	bag.opens()
	c.post("/account/email", form("email", fresh)).expect(http.StatusSeeOther)
	mails := bag.opens()
	to := map[string]mail.Message{}
	for _, m := range mails {
		to[m.To] = m
	}
	if len(mails) != 2 {
		c.w.t.Fatalf("a change sends %d mails", len(mails))
	}
	return linkOf(to[old]), linkOf(to[fresh])
}

func TestANewAddressProvesItselfAndTheOldOneIsTold(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		bag := w.postbag()
		mara := w.proved(bag, "mara", "old@example.org")
		for typed, says := range map[string]string{"": "please fill this in", "nowhere": "not an address mail can reach", "OLD@example.org": "that is your address already"} {
			mara.post("/account/email", form("email", typed)).expect(http.StatusUnprocessableEntity).has(says, `value="`+typed+`"`)
		}
		stop, complete := mara.changes(bag, "old@example.org", "new@example.org")
		mara.opens("/account/email").has("old@example.org", "A mail is on its way to new@example.org")
		w.guest().post("/sign-in", form("name", "new@example.org", "password", password)).expect(http.StatusUnprocessableEntity)
		w.guest().opens(stop).has("Stop the change of address?", "old@example.org")
		w.guest().follows(complete).expect(http.StatusOK)
		mara.opens("/account/email").has("new@example.org").lacks("old@example.org")
		w.guest().post("/sign-in", form("name", "new@example.org", "password", password)).expect(http.StatusSeeOther)
		w.guest().post("/sign-in", form("name", "old@example.org", "password", password)).expect(http.StatusUnprocessableEntity)
		w.guest().opens(stop) // still to be stopped
		w.Clock.Pass(72 * time.Hour)
		w.guest().opens(stop)
		w.Clock.Pass(24 * time.Hour)
		w.guest().get(stop).expect(http.StatusNotFound)
	})
}

func TestAChangeOfAddressAsksAgainWithWhatWasTyped(t *testing.T) {
	w := newWorld(t)
	mara := w.proved(w.postbag(), "mara", "old@example.org")
	w.Clock.Pass(time.Hour)
	mara.opens("/account/email")
	mara.post("/account/email", form("email", "new@example.org")).expect(http.StatusUnauthorized).has(`name="email" value="new@example.org"`, "Is it still you?")
	mara.post("/account/email", form("email", "new@example.org", "again_password", password)).expect(http.StatusSeeOther)
	mara.opens("/account/email").has("on its way to new@example.org")
}

func TestTheOldAddressStopsAChange(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		for _, completed := range []bool{false, true} {
			bag := w.postbag()
			name := map[bool]string{false: "mara", true: "pell"}[completed]
			owner := w.proved(bag, name, name+"@example.org")
			thief := w.guest()
			thief.post("/sign-in", form("name", name, "password", password)).expect(http.StatusSeeOther)
			stop, complete := thief.changes(bag, name+"@example.org", name+"-thief@example.org")
			if completed {
				thief.follows(complete).expect(http.StatusOK)
				// The thief makes it two, so that the old address of the second is theirs.
				thief.changes(bag, name+"-thief@example.org", name+"-away@example.org")
			}
			reader := w.guest()
			next := reader.follows(stop).expect(http.StatusSeeOther)
			if !linkInMail.MatchString("http://x" + next.to()) {
				t.Fatalf("stopping leads to %q", next.to())
			}
			thief.get("/account").expect(http.StatusSeeOther)
			owner.get("/account").expect(http.StatusSeeOther)
			w.guest().post("/sign-in", form("name", name, "password", password)).expect(http.StatusUnprocessableEntity) // known to the thief
			reader.follows(next.to(), "password", "a lamp of my own").expect(http.StatusOK)
			w.guest().post("/sign-in", form("name", name+"@example.org", "password", "a lamp of my own")).expect(http.StatusSeeOther)
			w.guest().get(complete).expect(http.StatusNotFound)
			w.guest().get(stop).expect(http.StatusNotFound)
		}
	})
}

func TestAnAddressThatMayBePutBackIsNobodyElses(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		bag := w.postbag()
		mara := w.proved(bag, "mara", "old@example.org")
		stop, complete := mara.changes(bag, "old@example.org", "new@example.org")
		mara.follows(complete).expect(http.StatusOK)
		w.joinsBy("squatter", "old@example.org")
		_, link := bag.one("old@example.org")
		w.guest().follows(link).expect(http.StatusUnprocessableEntity).has("belongs to another account")
		w.guest().follows(stop).expect(http.StatusSeeOther)
	})
}

func TestAnotherChangeEndsTheOneBefore(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		bag := w.postbag()
		mara := w.proved(bag, "mara", "old@example.org")
		_, first := mara.changes(bag, "old@example.org", "one@example.org")
		_, second := mara.changes(bag, "old@example.org", "two@example.org")
		w.guest().get(first).expect(http.StatusNotFound)
		w.guest().follows(second).expect(http.StatusOK)
		for _, fresh := range []string{"a", "b", "c"} {
			mara.post("/account/email", form("email", fresh+"@example.org")).expect(http.StatusSeeOther)
		}
		mara.post("/account/email", form("email", "d@example.org")).expect(http.StatusTooManyRequests)
	})
}

func TestSigningUpIsPaced(t *testing.T) {
	w := newWorld(t)
	for range 60 {
		w.guest().post("/sign-up", form("name", "a b", "password", password)).expect(http.StatusUnprocessableEntity)
	}
	w.guest().post("/sign-up", form("name", "mara", "password", password)).expect(http.StatusTooManyRequests).has("asked too often", `value="mara"`)
	w.Clock.Pass(time.Hour)
	w.guest().post("/sign-up", form("name", "mara", "password", password)).expect(http.StatusSeeOther)
}
