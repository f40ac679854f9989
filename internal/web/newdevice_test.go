package web_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestAMemberIsToldOfANewDevice(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		bag := w.postbag()
		mara := w.proved(bag, "mara", "mara@example.org")
		need(t, "mails about the device that joined", len(bag.opens()), 0)
		mara.post("/sign-out", nil).expect(http.StatusSeeOther)
		in := form("name", "mara", "password", password)
		mara.post("/sign-in", in).expect(http.StatusSeeOther)
		need(t, "mails about a device that is known", len(bag.opens()), 0)

		phone := w.guest()
		phone.header.Set("User-Agent", "Mozilla/5.0 (Linux; Android 16) Firefox/140.0")
		signed := phone.post("/sign-in", in).expect(http.StatusSeeOther)
		known := named(t, signed.cookies, "ficus_known")
		if !known.HttpOnly || known.SameSite != http.SameSiteLaxMode || known.MaxAge < 86400 {
			t.Errorf("the mark is %v", known)
		}
		m, _ := bag.one("mara@example.org")
		if !strings.Contains(m.Text, "Firefox on Android signed in") || strings.Contains(m.Text, "127.0.0.1 ") {
			t.Errorf("she is told:\n%s", m.Text)
		}
		mara.opens("/notices").has("A device signed in")
		phone.post("/sign-out", nil)
		phone.post("/sign-in", in).expect(http.StatusSeeOther)
		need(t, "mails when it signs in again", len(bag.opens()), 0)

		// A mark of somebody else's account is none of hers.
		pell := w.member("pell")
		pell.post("/sign-out", nil)
		pell.post("/sign-in", form("name", "pell", "password", password)).expect(http.StatusSeeOther)
		pell.post("/sign-out", nil)
		pell.post("/sign-in", in).expect(http.StatusSeeOther)
		need(t, "mails about the other's device", len(bag.opens()), 1)

		mara.post("/account/preferences", form("entire_work", "yes")).expect(http.StatusSeeOther)
		mara.opens("/account").has(`name="device_news" value="yes">`)
		w.guest().post("/sign-in", in).expect(http.StatusSeeOther)
		need(t, "mails she does not want", len(bag.opens()), 0)
		odd := w.guest()
		odd.header.Set("Cookie", "ficus_known="+strings.Repeat("A", 3000))
		odd.post("/sign-in", in).expect(http.StatusSeeOther)
	})
}

func TestWhoIsShutOutIsADeviceToBeToldOfAgain(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		bag := w.postbag()
		mara := w.proved(bag, "mara", "mara@example.org")
		thief := w.guest()
		thief.post("/sign-in", form("name", "mara", "password", password)).expect(http.StatusSeeOther)
		w.guest().post("/forgotten", form("name", "mara"))
		var link string
		for _, m := range bag.opens() {
			if found := linkOf(m); found != "" {
				link = found
			}
		}
		mara.follows(link, "password", "a new lamp").expect(http.StatusOK)
		mara.post("/sign-in", form("name", "mara", "password", "a new lamp")).expect(http.StatusSeeOther)
		bag.opens()
		thief.post("/sign-in", form("name", "mara", "password", "a new lamp")).expect(http.StatusSeeOther)
		need(t, "mails about the device that was shut out", len(bag.opens()), 1)
	})
}
