package web_test

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit"
	"ficus/internal/web"
)

func TestSignUpMakesAnAccountAndSignsIn(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		c := w.guest()
		c.opens("/sign-up?to=/works/new").has(`name="to" value="/works/new"`)
		in := c.postFiles("/sign-up", form("name", "mara_q", "email", "mara@example.org", "password", password, "gifts", "takes", "to", "/works/new")).expect(http.StatusSeeOther)
		need(t, "where signing up leads", in.to(), "/works/new")
		c.opens(in.to()).has("mara_q")
		c.opens("/account").has("mara_q", "mara@example.org", `name="takes_gifts" value="yes" checked`)
		need(t, "where a member's sign-up leads", c.get("/sign-up").to(), "/")
		w.guest().opens("/users/mara_q").has("mara_q")
	})
}

func TestSignUpSaysEverythingThatIsWrongAtOnce(t *testing.T) {
	w := newWorld(t)
	w.member("ada")
	c := w.guest()
	wrong := c.post("/sign-up", form("name", "a b", "email", "nowhere", "password", "short", "gifts", "mail")).expect(http.StatusUnprocessableEntity)
	wrong.has(`value="a b"`, `value="nowhere"`, "letters from a to z", "not an address mail can reach", "at least 8 characters", `aria-invalid="true"`).lacks("short\"")
	for name, says := range map[string]string{"": "please fill this in", "ab": "from 3 to 40", "ADA": "someone has this one", "Staff": "kept for the site", strings.Repeat("a", 41): "from 3 to 40", "ada\x00": "someone has this one", "аda": "letters from a to z"} {
		c.post("/sign-up", form("name", name, "password", password)).expect(http.StatusUnprocessableEntity).has(says)
	}
	c.get("/account").expect(http.StatusSeeOther)
}

func TestSignUpIsClosedWhenTheOwnerSaysSo(t *testing.T) {
	w := newWorld(t)
	w.decides(func(s *archive.Site) { s.Join = archive.JoinClosed })
	w.guest().opens("/sign-up").lacks(`name="password"`)
	w.guest().opens("/").lacks(`href="/sign-up"`)
	w.guest().post("/sign-up", form("name", "mara", "password", password)).expect(http.StatusForbidden)
	w.guest().get("/users/mara").expect(http.StatusNotFound)
}

func TestAWrongNameAndAWrongPasswordAreOneAnswer(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.member("ada")
		try := func(name, secret string) answer {
			return w.guest().post("/sign-in", form("name", name, "password", secret, "to", "/works/new")).expect(http.StatusUnprocessableEntity)
		}
		wrong, unknown := try("ada", "not the password"), try("eda", "not the password")
		wrong.has("The name or the password is not right.", `value="ada"`, `value="/works/new"`).lacks("not the password")
		need(t, "the answer to an unknown name", strings.ReplaceAll(unknown.body, "eda", "ada"), wrong.body)
		for _, secret := range []string{"", strings.Repeat("x", 1<<20), "\x00", "\xff\xfe", password + " ", strings.ToUpper(password)} {
			try("ada", secret)
		}
		if len(wrong.cookies) > 0 {
			t.Errorf("a wrong password sets cookies: %v", wrong.cookies)
		}
	})
}

func TestNamesAreSignedInWithInAnyCase(t *testing.T) {
	w := newWorld(t)
	w.member("Ada_1")
	for _, name := range []string{"ada_1", "ADA_1", " Ada_1 "} {
		w.guest().post("/sign-in", form("name", name, "password", password)).expect(http.StatusSeeOther)
	}
}

func TestSignOutEndsThisDeviceAlone(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		other := w.signedIn(ada.viewer)
		stolen := ada.cookie("ficus")
		ada.opens("/sign-out").has("ada") // a link asks
		ada.opens("/my-works")
		need(t, "where signing out leads", ada.post("/sign-out", nil).expect(http.StatusSeeOther).to(), "/")
		if left := ada.cookie("ficus"); left != nil {
			t.Errorf("the cookie stays: %v", left)
		}
		ada.get("/my-works").expect(http.StatusSeeOther)
		thief := w.guest()
		thief.remember(stolen)
		thief.get("/my-works").expect(http.StatusSeeOther)
		other.opens("/my-works")
	})
}

func (c *client) cookie(name string) *http.Cookie {
	c.w.t.Helper()
	r, err := http.NewRequest(http.MethodGet, c.w.address, nil)
	must(c.w.t, err)
	for _, cookie := range c.http.Jar.Cookies(r.URL) {
		if cookie.Name == name {
			return cookie
		}
	}
	return nil
}

func TestSignOutEverywhereEndsEveryDevice(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada, mina := w.member("ada"), w.member("mina")
		phone := w.signedIn(ada.viewer)
		phone.opens("/my-works")
		need(t, "where it leads", ada.post("/account/devices/sign-out-all", nil).expect(http.StatusSeeOther).to(), "/sign-in")
		for _, device := range []*client{ada, phone} {
			device.get("/my-works").expect(http.StatusSeeOther)
		}
		mina.opens("/my-works")
	})
}

// deviceIDs are the devices of an account page.
var deviceIDs = regexp.MustCompile(`name="id" value="(\d+)"`)

func TestDevicesAreListedAndSignedOutOneByOne(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada, mina := w.member("ada"), w.member("mina")
		phone := w.guest()
		phone.header.Set("User-Agent", "A telephone <script>")
		phone.post("/sign-in", form("name", "ada", "password", password)).expect(http.StatusSeeOther)
		page := ada.opens("/account").has("A browser", "A telephone &lt;script&gt;", "this one").lacks("<script>")
		ids := deviceIDs.FindAllStringSubmatch(page.body, -1)
		need(t, "devices", len(ids), 2)
		for _, id := range ids {
			mina.post("/account/devices/sign-out", form("id", id[1])).expect(http.StatusSeeOther) // another's stays
		}
		phone.opens("/my-works")
		for _, id := range deviceIDs.FindAllStringSubmatch(phone.opens("/account").body, -1) {
			if !strings.Contains(ada.opens("/account").body, "this one") {
				t.Fatal("the wrong device was signed out")
			}
			if thisOf(phone) != id[1] {
				continue
			}
			ada.post("/account/devices/sign-out", form("id", id[1])).expect(http.StatusSeeOther)
			phone.get("/my-works").expect(http.StatusSeeOther)
			break
		}
		ada.opens("/account").lacks("telephone")
		need(t, "where signing this device out leads", ada.post("/account/devices/sign-out", form("id", thisOf(ada))).to(), "/")
		ada.get("/account").expect(http.StatusSeeOther)
		w.guest().post("/account/devices/sign-out", form("id", "1")).expect(http.StatusUnauthorized)
		mina.post("/account/devices/sign-out", form("id", "x")).expect(http.StatusNotFound)
	})
}

// thisOf is the id of the device that asks.
func thisOf(c *client) string {
	page := c.opens("/account").body
	_, after, _ := strings.Cut(page, "this one")
	return deviceIDs.FindStringSubmatch(after)[1]
}

func TestABrowserMayCallItselfAnything(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.member("ada")
		for _, agent := range []string{"", strings.Repeat("é", 400), "x" + strings.Repeat("\xff", 400), strings.Repeat("a", 5000), "\u202eabc"} {
			c := w.guest()
			c.header.Set("User-Agent", agent)
			c.post("/sign-in", form("name", "ada", "password", password)).expect(http.StatusSeeOther)
			c.opens("/account")
		}
	})
}

func TestDevicesNotSeenForTooLongAreSignedOut(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		session := archive.DefaultLimits().Session
		w.Clock.Pass(session - time.Hour)
		ada.opens("/my-works")
		w.tally.Flush(t.Context()) // notes that it is in use
		w.Clock.Pass(session - time.Hour)
		ada.opens("/my-works")
		w.Clock.Pass(2 * time.Hour)
		ada.get("/my-works").expect(http.StatusSeeOther)
	})
}

func TestChangingThePasswordSignsOtherDevicesOut(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		phone := w.signedIn(ada.viewer)
		ada.post("/account/password", form("old_password", "wrong", "password", "short")).expect(http.StatusUnprocessableEntity).
			has("this is not the right password", "at least 8 characters", `name="username" autocomplete="username" value="ada"`)
		phone.opens("/account")
		need(t, "where it leads", ada.post("/account/password", form("old_password", password, "password", "another lamp")).expect(http.StatusSeeOther).to(), "/account")
		ada.opens("/account")
		phone.get("/account").expect(http.StatusSeeOther)
		w.guest().post("/sign-in", form("name", "ada", "password", password)).expect(http.StatusUnprocessableEntity)
		w.guest().post("/sign-in", form("name", "ada", "password", "another lamp")).expect(http.StatusSeeOther)
	})
}

func TestPenNamesAreAddedAndRefusedInWords(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada, guest := w.member("ada"), w.guest()
		guest.opens("/users/ada").lacks("Miss Lamp")
		guest.opens("/users/ada") // kept
		ada.post("/account/pseuds", form("pseud", "Miss Lamp")).expect(http.StatusSeeOther)
		ada.opens("/account").has("Miss Lamp")
		guest.opens("/users/ada").has("Miss Lamp")
		for typed, says := range map[string]string{"": "please fill this in", "miss lamp": "you have this pen name already", "a/b": "none of", strings.Repeat("x", 41): "41 characters", "--": "at least one letter"} {
			refused := ada.post("/account/pseuds", form("pseud", typed)).expect(http.StatusUnprocessableEntity).has(says)
			if typed != "" {
				refused.has(`value="` + typed + `"`)
			}
		}
		mina := w.member("mina")
		mina.post("/account/pseuds", form("pseud", "Miss Lamp")).expect(http.StatusSeeOther) // everyone may have one
	})
}

func TestPreferencesAreKept(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		ada.opens("/account").has(`name="entire_work" value="yes">`, `name="takes_gifts" value="yes" checked`)
		ada.post("/account/preferences", form("entire_work", "yes", "adult_shown", "yes")).expect(http.StatusSeeOther)
		ada.opens("/account").has(`name="entire_work" value="yes" checked`, `name="adult_shown" value="yes" checked`, `name="takes_gifts" value="yes">`)
		w.guest().post("/account/preferences", form("entire_work", "yes")).expect(http.StatusUnauthorized)
	})
}

func TestReadingSettingsOfAGuestStandInACookie(t *testing.T) {
	w := newWorld(t)
	ada := w.member("ada")
	work := w.posts(ada.viewer, fields("The Lamp Keepers"))
	guest := w.guest()
	guest.opens("/settings?to=" + workPath(work)).has(`name="to" value="` + workPath(work) + `"`)
	set := form("theme", "sepia", "face", "sans", "size", "larger", "notes", "folded", "width", "absurd\"><script>", "to", workPath(work))
	need(t, "where it leads", guest.post("/settings", set).expect(http.StatusSeeOther).to(), workPath(work))
	for range 2 {
		guest.opens(workPath(work)).has(`data-theme="sepia"`, `data-face="sans"`, `data-size="larger"`).lacks("absurd", "data-width")
		w.guest().opens(workPath(work)).lacks("data-theme", "data-face")
	}
	themed := w.guest()
	themed.post("/settings", form("theme", "black"))
	for range 2 {
		themed.opens(workPath(work)).has(`data-theme="black"`).lacks("data-face")
	}
	for _, bad := range []string{"x.y", "..", "dark.a-b-c-d-e-f-g-h", "%00", `"><script>`} {
		odd := w.guest()
		odd.header.Set("Cookie", "ficus_look="+bad)
		odd.opens(workPath(work)).lacks("absurd", "<script>")
	}
}

func TestReadingSettingsOfAMemberAreKeptWithTheAccount(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		ada.post("/settings", form("theme", "dark", "paragraphs", "book", "to", "/")).expect(http.StatusSeeOther)
		phone := w.signedIn(ada.viewer)
		phone.opens("/").has(`data-theme="dark"`, `data-paragraphs="book"`)
		phone.opens("/settings").has(`value="dark" checked`)
		ada.post("/settings", form("theme", "", "to", "/")).expect(http.StatusSeeOther)
		phone.opens("/").lacks("data-theme")
	})
}

func TestNoticesAreMarkedSeen(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada, mina := w.member("ada"), w.member("mina")
		work := w.posts(ada.viewer, fields("The Lamp Keepers"))
		for event := range int64(40) {
			w.tells(mina.viewer, archive.NoticeGift, work, event+1)
		}
		mina.opens("/").has("(40 new)")
		mina.opens("/notices").has("A work was given to you: The Lamp Keepers", "New", `href="`+workPath(work)+`"`, `href="/notices?page=2"`)
		mina.opens("/notices?page=2").has("The Lamp Keepers")
		ada.opens("/notices").lacks("The Lamp Keepers")
		need(t, "where it leads", mina.post("/notices/read", nil).expect(http.StatusSeeOther).to(), "/notices")
		mina.opens("/notices").lacks(" new)", "Mark all")
	})
}

// tells puts a notice before a member.
func (w *world) tells(to archive.Viewer, kind archive.NoticeKind, work, event int64) {
	w.t.Helper()
	w.Write(w.t, func(ctx context.Context, tx *store.Tx) error {
		return tx.Notices.Add(ctx, archive.Notice{Account: to.Account, Event: event, Kind: kind, Work: work})
	})
}

func TestAFormSentAfterItsSessionEndedIsSentOnWhenSignedInAgain(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		work := w.posts(ada.viewer, fields("The Lamp Keepers"))
		chapter := w.chapters(work)[0]
		must(t, w.accounts.SignOutEverywhere(t.Context(), ada.viewer, 0))
		typed := form("text", "The lamp was lit at <b>seven</b> & nobody\ncame.", "title", "Seven", "format", "text", "base", "1", "form", "x", "do", "save")
		waits := ada.post(chapterPath(work, chapter.ID)+"/edit", typed).expect(http.StatusUnauthorized)
		waits.has("again_name", "again_password", `name="text" value="The lamp was lit at &lt;b&gt;seven`, `action="`+chapterPath(work, chapter.ID)+`/edit"`)

		again := form("again_name", "ada", "again_password", "not this")
		for name, values := range typed {
			again[name] = values
		}
		ada.post(chapterPath(work, chapter.ID)+"/edit", again).expect(http.StatusUnauthorized).has("The name or the password is not right.", "seven").lacks("not this")
		again.Set("again_password", password)
		done := ada.post(chapterPath(work, chapter.ID)+"/edit", again)
		if done.status != http.StatusSeeOther && done.status != http.StatusConflict {
			done.expect(http.StatusSeeOther)
		}
		done.lacks(password)
		ada.opens("/my-works")
	})
}

func TestSessionCookieIsBoundToTheHost(t *testing.T) {
	w := newWorld(t)
	w.member("ada")
	plain := w.guest().post("/sign-in", form("name", "ada", "password", password)).expect(http.StatusSeeOther)
	session := named(t, plain.cookies, "ficus")
	if session.Secure || !session.HttpOnly || session.SameSite != http.SameSiteLaxMode || session.Path != "/" || session.Domain != "" || session.MaxAge < 86400 {
		t.Errorf("the cookie over http is %v", session)
	}
	safe := openWorld(t, testkit.NewWorld(t, testkit.SQLite(t)), func(s *web.Site, _ *web.Rooms) { s.Address = "https://stories.example" })
	safe.member("ada")
	in := safe.guest().post("/sign-in", form("name", "ada", "password", password)).expect(http.StatusSeeOther)
	session = named(t, in.cookies, "__Host-ficus")
	if !session.Secure || !session.HttpOnly || session.SameSite != http.SameSiteLaxMode || session.Path != "/" || session.Domain != "" {
		t.Errorf("the cookie over https is %v", session)
	}
	need(t, "the length of the answer's promise", in.header.Get("Strict-Transport-Security"), "max-age=31536000")
	forged := safe.guest()
	forged.header.Set("Cookie", "ficus="+session.Value)
	forged.get("/my-works").expect(http.StatusSeeOther)
	forged.header.Set("Cookie", "__Host-ficus="+session.Value)
	forged.opens("/my-works")
	for _, secret := range []string{"", "x", strings.Repeat("A", 4000), "' OR 1=1 --"} {
		odd := safe.guest()
		odd.header.Set("Cookie", "__Host-ficus="+secret)
		odd.get("/my-works").expect(http.StatusSeeOther)
	}
}

func named(t *testing.T, cookies []*http.Cookie, name string) *http.Cookie {
	t.Helper()
	for _, c := range cookies {
		if c.Name == name {
			return c
		}
	}
	t.Fatalf("there is no cookie %s among %v", name, cookies)
	return nil
}

func TestReturnAddressesStayHere(t *testing.T) {
	w := newWorld(t)
	w.member("ada")
	for _, to := range []string{"https://evil.example/", "//evil.example/", `/\evil.example/`, `\\evil.example`, "/\t/evil.example", "/\n/evil.example", "javascript:alert(1)", "evil", "", " //evil.example", "/\x00/evil.example"} {
		in := w.guest().post("/sign-in", form("name", "ada", "password", password, "to", to)).expect(http.StatusSeeOther)
		if in.to() != "/" && in.to() != "/evil.example" {
			t.Errorf("%q leads to %q", to, in.to())
		}
		guest := w.guest()
		need(t, "the settings' end", guest.post("/settings", form("to", to)).to(), in.to())
		need(t, "the gate's end", guest.post("/works/1/adult", form("to", to)).to(), in.to())
		if page := guest.get("/sign-in?" + form("to", to).Encode()); !strings.Contains(page.body, `name="to" value="`+in.to()+`"`) {
			t.Errorf("the page for %q goes on to another place", to)
		}
	}
	need(t, "a good one", w.guest().post("/sign-in", form("name", "ada", "password", password, "to", "/search?q=a%20b&page=2")).to(), "/search?q=a%20b&page=2")
}

func TestPasswordsAreGuessedAFewTimesOnly(t *testing.T) {
	w := openWorld(t, testkit.NewWorld(t, testkit.SQLite(t)), func(s *web.Site, _ *web.Rooms) { s.Proxies = prefixes("127.0.0.0/8") })
	ada := w.member("ada")
	w.member("mina")
	try := func(from, name, secret string) answer {
		return w.guest().post("/sign-in", form("name", name, "password", secret), "X-Forwarded-For", from)
	}
	for range 2 { // whoever gets it right begins anew
		for range 9 {
			try("192.0.2.1", "ada", "wrong guess").expect(http.StatusUnprocessableEntity)
		}
		try("192.0.2.1", "ada", password).expect(http.StatusSeeOther)
	}
	for range 10 {
		try("192.0.2.1", "ada", "wrong guess").expect(http.StatusUnprocessableEntity)
	}
	try("192.0.2.77", " ADA", password).expect(http.StatusTooManyRequests).has("tried too often", `value=" ADA"`)
	try("198.51.100.1", "ada", password).expect(http.StatusSeeOther) // elsewhere
	try("192.0.2.1", "mina", password).expect(http.StatusSeeOther)   // somebody else
	waits := w.guest().post("/works/new", form("title", "Kept", "again_name", "ada", "again_password", password), "X-Forwarded-For", "192.0.2.1")
	waits.expect(http.StatusTooManyRequests).has("tried too often", `value="Kept"`)
	w.Clock.Pass(15 * time.Minute)
	try("192.0.2.1", "ada", password).expect(http.StatusSeeOther)
	for range 10 {
		ada.post("/account/password", form("old_password", "wrong guess", "password", "another lamp")).expect(http.StatusUnprocessableEntity)
	}
	ada.post("/account/password", form("old_password", password, "password", "another lamp")).expect(http.StatusUnprocessableEntity).has("tried too often")
	for i := range 200 {
		try("203.0.113.9", fmt.Sprintf("someone%d", i), "wrong guess")
	}
	try("203.0.113.10", "mina", password).expect(http.StatusTooManyRequests)
}
