package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"ficus/internal/archive"
	"ficus/internal/testkit/browser"
)

var (
	secretShown = regexp.MustCompile(`<code class="secret">([A-Z2-7 ]+)</code>`)
	codeShown   = regexp.MustCompile(`<li><code>([a-z2-7-]{19})</code></li>`)
)

// codeOf is what an app with a secret shows now.
func (w *world) codeOf(secret string) string {
	w.t.Helper()
	code, err := totp.GenerateCode(strings.ReplaceAll(secret, " ", ""), w.Clock.Now())
	must(w.t, err)
	return code
}

// guarded turns a member's second step on, and gives their secret and recovery
// codes.
func (w *world) guarded(c *client) (secret string, codes []string) {
	w.t.Helper()
	need(w.t, "where setting it up leads", c.post("/account/second-step/begin", nil).expect(http.StatusSeeOther).to(), "/account/second-step")
	page := c.opens("/account/second-step")
	secret = secretShown.FindStringSubmatch(page.body)[1]
	need(w.t, "the picture", c.opens("/account/second-step/picture").header.Get("Content-Type"), "image/png")
	c.post("/account/second-step/on", form("code", "000000")).expect(http.StatusUnprocessableEntity).has("that is not the code of this moment")
	on := c.post("/account/second-step/on", form("code", w.codeOf(secret))).expect(http.StatusOK)
	for _, m := range codeShown.FindAllStringSubmatch(on.body, -1) {
		codes = append(codes, m[1])
	}
	need(w.t, "recovery codes shown", len(codes), 10)
	c.opens("/account/second-step").lacks(codes[0], strings.ReplaceAll(secret, " ", ""))
	w.Clock.Pass(time.Minute)
	return secret, codes
}

func TestASecondStepIsAskedForBetweenThePasswordAndThePage(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		secret, codes := w.guarded(w.member("mara"))
		c := w.guest()
		half := c.post("/sign-in", form("name", "mara", "password", password, "to", "/works/new")).expect(http.StatusSeeOther)
		need(t, "where the password leads", half.to(), "/sign-in/code?to=%2Fworks%2Fnew")
		need(t, "cookies of a session", len(c.http.Jar.Cookies(mustURL(t, w.address))), 1)
		c.get("/account").expect(http.StatusSeeOther)
		c.opens(half.to()).has("mara", `autocomplete="one-time-code"`)
		c.post("/sign-in/code", form("code", "123456", "to", "/works/new")).expect(http.StatusUnprocessableEntity).has("that is not the code")
		need(t, "where the code leads", c.post("/sign-in/code", form("code", w.codeOf(secret), "to", "/works/new")).expect(http.StatusSeeOther).to(), "/works/new")
		c.opens("/account")

		other := w.guest()
		other.post("/sign-in", form("name", "mara", "password", password)).expect(http.StatusSeeOther)
		other.post("/sign-in/code", form("code", w.codeOf(secret))).expect(http.StatusUnprocessableEntity) // that one was used
		other.post("/sign-in/code", form("code", codes[3])).expect(http.StatusSeeOther)
		other.opens("/account/second-step").has("9 recovery codes are left")
	})
}

func TestSixWrongCodesAskForThePassword(t *testing.T) {
	w := newWorld(t)
	secret, _ := w.guarded(w.member("mara"))
	c := w.guest()
	c.post("/sign-in", form("name", "mara", "password", password, "to", "/my-works")).expect(http.StatusSeeOther)
	for range archive.CodesOfEntry - 1 {
		c.post("/sign-in/code", form("code", "000000")).expect(http.StatusUnprocessableEntity)
	}
	c.post("/sign-in/code", form("code", "000000")).expect(http.StatusTooManyRequests).has("Five codes were wrong", `name="password"`)
	c.post("/sign-in/code", form("code", w.codeOf(secret))).expect(http.StatusUnprocessableEntity).has("longer than ten minutes", `name="password"`)
	c.get("/account").expect(http.StatusSeeOther)
	need(t, "the code page without the first step", w.guest().get("/sign-in/code").to(), "/sign-in?from=%2F")
}

func TestAFormThatWaitedAsksForTheSecondStepToo(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	secret, _ := w.guarded(mara)
	work := w.posts(mara.viewer, fields("Salt in the Kettle"))
	c := w.guest()
	pseud := form("pseud", "Mara of the Long Commas")
	asks := c.post("/account/pseuds", pseud).expect(http.StatusUnauthorized)
	asks.has(`name="again_name"`)
	half := c.post("/account/pseuds", form("pseud", "Mara of the Long Commas", "again_name", "mara", "again_password", password)).expect(http.StatusUnauthorized)
	half.has(`name="again_code"`, `value="Mara of the Long Commas"`).lacks(password)
	c.post("/account/pseuds", form("pseud", "Mara of the Long Commas", "again_code", "000000")).expect(http.StatusUnprocessableEntity).has(`name="again_code"`, "that is not the code")
	c.post("/account/pseuds", form("pseud", "Mara of the Long Commas", "again_code", w.codeOf(secret))).expect(http.StatusSeeOther)
	c.opens("/account").has("Mara of the Long Commas")
	need(t, "the work", work, int64(1))
}

func TestRecoveryCodesAreSavedAsAFileOnlyByWhoWasShownThem(t *testing.T) {
	w := newWorld(t)
	mara, pell := w.member("mara"), w.member("pell")
	_, codes := w.guarded(mara)
	file := form("codes", codes[0], "codes", codes[9])
	saved := mara.post("/account/second-step/codes/file", file).expect(http.StatusOK)
	need(t, "the file", saved.header.Get("Content-Disposition"), `attachment; filename=recovery-codes.txt`)
	saved.has("Recovery codes of mara for Ficus", codes[0]+"\r\n", codes[9])
	pell.post("/account/second-step/codes/file", file).expect(http.StatusNotFound)
	mara.post("/account/second-step/codes/file", form("codes", "<b>anything</b>")).expect(http.StatusNotFound)
	anew := mara.post("/account/second-step/codes", nil).expect(http.StatusOK)
	need(t, "new codes", len(codeShown.FindAllString(anew.body, -1)), 10)
	mara.post("/account/second-step/codes/file", file).expect(http.StatusNotFound)
	w.Clock.Pass(time.Hour) // what is dangerous asks again
	mara.post("/account/second-step/off", nil).expect(http.StatusUnauthorized).has(`name="again_password"`)
	mara.post("/account/second-step/off", form("again_password", password)).expect(http.StatusSeeOther)
	mara.opens("/account/second-step").has("Set up a second step")
}

func TestASecondStepIsSetUpAndUsedWithoutScript(t *testing.T) {
	w := newWorld(t)
	w.member("mara")
	p := w.reads(browser.Settings{NoScript: true, Narrow: true, Dark: true})
	signIn(p, "mara")
	p.Open("/account")
	p.Follow("Second step")
	p.Submit("Set up a second step")
	secret := strings.ReplaceAll(p.Text(".secret"), " ", "")
	p.Look("second-step-scan-dark")
	p.Fill("Code", w.codeOf(secret))
	p.Submit("Turn the second step on")
	p.Sees("Your recovery codes")
	p.Axe()
	recovery := p.Text(".codes li")
	w.Clock.Pass(time.Minute)
	signsOut(p)
	signIn(p, "mara")
	p.Sees("Now the code of your app.")
	p.Axe()
	p.Fill("Code", recovery)
	p.Submit("Sign in")
	p.Open("/account/second-step")
	p.Sees("9 recovery codes are left.")
}
