package web_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"ficus/internal/sqldb"
	"ficus/internal/testkit"
	"ficus/internal/web"
)

// everyPath is an address of each kind, for a world with a work.
func (w *world) everyPath(work int64) []string {
	return []string{
		"/", "/fandoms", "/works", "/search", "/search?q=lamp", "/users/ada", "/users/ada/pseuds/ada", "/menu", "/tags/suggest?kind=fandom&q=h", "/tags/3/harbour-lights",
		workPath(work), chapterPath(work, w.chapters(work)[0].ID), workPath(work, "/entire"), workPath(work, "/index"), workPath(work, ".epub"), workPath(work, ".html"),
		workPath(work, ".md"), workPath(work, ".txt"), "/settings", "/robots.txt", "/sign-up", "/sign-in", "/sign-out", "/account", "/notices", "/my-works", "/works/new",
		workPath(work, "/edit"), workPath(work, "/delete"), workPath(work, "/chapters"), workPath(work, "/chapters/new"), chapterPath(work, w.chapters(work)[0].ID) + "/edit",
		chapterPath(work, w.chapters(work)[0].ID) + "/revisions", "/works/new/upload", "/healthz", "/nothing/here", "/favicon.ico", "/works/999", "/assets/nothing.css",
	}
}

// policy is the Content-Security-Policy of every answer.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
	"manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func TestEveryAnswerHasTheHeadersOfSafety(t *testing.T) {
	w := newWorld(t)
	ada := w.member("ada")
	work := w.posts(ada.viewer, fields("The Lamp Keepers"))
	check := func(a answer) {
		t.Helper()
		for name, want := range map[string]string{
			"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
		} {
			if got := a.header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", a.asked, name, got, want)
			}
		}
		for _, name := range []string{"Server", "X-Powered-By", "Access-Control-Allow-Origin"} {
			if got := a.header.Get(name); got != "" {
				t.Errorf("%s tells %s: %q", a.asked, name, got)
			}
		}
		if a.status >= 500 {
			t.Errorf("%s is answered with %d", a.asked, a.status)
		}
	}
	for _, c := range []*client{w.guest(), ada} {
		for _, path := range w.everyPath(work) {
			check(c.get(path))
			check(c.get(path)) // kept
			check(c.send(http.MethodHead, path, nil))
			check(c.post(path, nil, "Sec-Fetch-Site", "cross-site"))
			check(c.send(http.MethodDelete, path, nil))
		}
	}
	for _, asset := range assetsOf(ada.opens(workPath(work))) {
		check(w.guest().opens(asset))
	}
}

// assetAddress is a stylesheet, script or drawing of a page.
var assetAddress = regexp.MustCompile(`(?:href|src)="(/assets/[^"]+)"`)

func assetsOf(a answer) []string {
	var found []string
	for _, m := range assetAddress.FindAllStringSubmatch(a.body, -1) {
		found = append(found, m[1])
	}
	return found
}

func TestAssetsAreKeptByBrowsersForEver(t *testing.T) {
	w := newWorld(t)
	assets := assetsOf(w.guest().opens("/"))
	if len(assets) < 3 {
		t.Fatalf("the page has only %q", assets)
	}
	for _, path := range assets {
		plain := w.guest().get(path, "Accept-Encoding", "identity").expect(http.StatusOK)
		need(t, "how long it is kept", plain.header.Get("Cache-Control"), "public, max-age=31536000, immutable")
		need(t, "its packing", w.guest().get(path, "Accept-Encoding", "gzip, br").header.Get("Content-Encoding"), "br")
		packed := w.guest().get(path, "Accept-Encoding", "gzip")
		need(t, "its packing", packed.header.Get("Content-Encoding"), "gzip")
		need(t, "its bytes", unpacked(t, packed.body), plain.body)
	}
}

func unpacked(t *testing.T, body string) string {
	t.Helper()
	z, err := gzip.NewReader(strings.NewReader(body))
	must(t, err)
	plain, err := io.ReadAll(z)
	must(t, err)
	return string(plain)
}

func TestPagesArePackedAndNotSentTwice(t *testing.T) {
	w := newWorld(t)
	ada := w.member("ada")
	work := w.posts(ada.viewer, fields("The Lamp Keepers"), strings.Repeat("The lamp was lit. ", 500))
	for _, c := range []*client{w.guest(), ada} {
		for range 2 { // drawn, and kept
			plain := c.get(workPath(work), "Accept-Encoding", "identity").expect(http.StatusOK)
			packed := c.get(workPath(work), "Accept-Encoding", "gzip").expect(http.StatusOK)
			need(t, "the packing", packed.header.Get("Content-Encoding"), "gzip")
			need(t, "the page", unpacked(t, packed.body), plain.body)
			need(t, "what it depends on", packed.header.Get("Vary"), "Cookie, Accept-Encoding, Accept-Language")
			need(t, "how it is kept", packed.header.Get("Cache-Control"), "private, no-cache")
			same := c.get(workPath(work), "If-None-Match", plain.header.Get("Etag")).expect(http.StatusNotModified)
			need(t, "what is sent again", same.body, "")
			head := c.send(http.MethodHead, workPath(work), nil, "Accept-Encoding", "identity").expect(http.StatusOK)
			need(t, "the length told", head.header.Get("Content-Length"), fmt.Sprint(len(plain.body)))
		}
	}
	c := w.guest()
	old := c.opens(workPath(work)).header.Get("Etag")
	w.adds(ada.viewer, work, "More.", true)
	c.get(workPath(work), "If-None-Match", old).expect(http.StatusOK)
}

func TestBooksAreSentInRanges(t *testing.T) {
	w := newWorld(t)
	ada := w.member("ada")
	work := w.posts(ada.viewer, fields("The Lamp: Keepers / “Über”"))
	for _, ending := range []string{".epub", ".html", ".md", ".txt"} {
		whole := w.guest().opens(workPath(work, ending))
		if again := w.guest().opens(workPath(work, ending)); again.body != whole.body {
			t.Errorf("two downloads of %s differ", ending)
		}
		if name := whole.header.Get("Content-Disposition"); !strings.HasPrefix(name, "attachment; filename") || !strings.Contains(name, ending) {
			t.Errorf("the file's name is %q", name)
		}
		part := w.guest().get(workPath(work, ending), "Range", "bytes=10-19").expect(http.StatusPartialContent)
		need(t, "the part", part.body, whole.body[10:20])
		w.guest().get(workPath(work, ending), "Range", "bytes=99999999-").expect(http.StatusRequestedRangeNotSatisfiable)
		w.guest().get(workPath(work, ending), "If-None-Match", whole.header.Get("Etag")).expect(http.StatusNotModified)
		head := w.guest().send(http.MethodHead, workPath(work, ending), nil).expect(http.StatusOK)
		need(t, "the length told", head.header.Get("Content-Length"), fmt.Sprint(len(whole.body)))
	}
}

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		work := w.posts(ada.viewer, fields("The Lamp Keepers"))
		for _, path := range []string{workPath(work, "/delete"), "/sign-out", "/account/devices/sign-out-all", "/account/preferences", "/settings", "/works/1/adult", "/sign-in"} {
			for _, headers := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"}, {"Origin", "null"}} {
				ada.post(path, form("name", "ada", "password", password), headers...).expect(http.StatusForbidden)
			}
		}
		ada.opens(workPath(work)).has("The Lamp Keepers")
		ada.post("/settings", form("theme", "dark"), "Sec-Fetch-Site", "same-origin").expect(http.StatusSeeOther)
		ada.post("/settings", form("theme", "dark"), "Origin", w.address).expect(http.StatusSeeOther)
	})
}

// contents is every row of every table but one, as one text; on SQLite. That a
// book was bound is kept with the book (0237), once, whoever asked for it first.
func (w *world) contents() string {
	w.t.Helper()
	var all strings.Builder
	must(w.t, w.DB.Read(w.t.Context(), func(tx *sqldb.Tx) error {
		const tables = `SELECT 'SELECT ' || group_concat('quote("' || c.name || '")', ' || '' '' || ') || ' FROM ' || t.name
			FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name <> 'served_files' GROUP BY t.name ORDER BY t.name`
		queries, err := w.column(tx, tables)
		if err != nil {
			return err
		}
		for _, query := range queries {
			rows, err := w.column(tx, query)
			if err != nil {
				return err
			}
			slices.Sort(rows)
			fmt.Fprintln(&all, query, strings.Join(rows, "\n"))
		}
		return nil
	}))
	return all.String()
}

// column is the one column of a query's rows.
func (w *world) column(tx *sqldb.Tx, query string) (values []string, err error) {
	rows, err := tx.Query(w.t.Context(), query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var value string
		if err := rows.Scan(&value); err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	return values, rows.Err()
}

func TestReadingNeverWrites(t *testing.T) {
	w := newWorld(t)
	ada, mina := w.member("ada"), w.member("mina")
	work := w.posts(ada.viewer, fields("The Lamp Keepers"), "One lamp.", "Two lamps.")
	w.drafts(ada.viewer, fields("The Unlit Lamp"))
	w.tells(ada.viewer, "gift", work, 1000)
	_, err := w.writing.Bring(t.Context(), ada.viewer, "a.txt", []byte("A/N: hello.\n\nThe lamp."))
	must(t, err)
	before := w.contents()
	for _, c := range []*client{w.guest(), ada, mina} {
		for _, path := range append(w.everyPath(work), "/manuscripts/1", "/manuscripts/1/original", "/works/new?manuscript=1", "/works/2") {
			c.get(path)
		}
	}
	if w.contents() != before {
		t.Error("reading changed the archive")
	}
	w.tally.Flush(t.Context())
	if w.contents() == before {
		t.Error("nothing was counted, so this test sees nothing")
	}
}

func TestCrawlersAreAskedForCourtesy(t *testing.T) {
	w := newWorld(t)
	ada := w.member("ada")
	work := w.posts(ada.viewer, fields("The Lamp Keepers"), "One lamp.", "Two lamps.")
	robots := w.guest().opens("/robots.txt").has("User-agent: *", "Disallow: /search", "Disallow: /sign-in", "Disallow: /works/new")
	need(t, "its type", robots.header.Get("Content-Type"), "text/plain; charset=utf-8")
	for path, canonical := range map[string]string{
		"/": "/", "/works": "/works", "/works?page=1&sort=title": "/works", "/users/ADA": "/users/ada", workPath(work): chapterPath(work, w.chapters(work)[0].ID),
		chapterPath(work, w.chapters(work)[0].ID): chapterPath(work, w.chapters(work)[0].ID), workPath(work, "/entire"): workPath(work, "/entire"),
	} {
		w.guest().opens(path).has(`<link rel="canonical" href="` + w.address + canonical + `"`)
	}
	for _, path := range []string{"/sign-in", "/sign-up", "/search?q=lamp", "/settings"} {
		w.guest().opens(path).has(`<meta name="robots" content="noindex"`)
	}
}

func TestWhatIsMissingOffersASearch(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/nothing", "/works/999", "/works/999/chapters/1", "/users/nobody", "/tags/9/x", "/works/1/pictures/1", "/works/1.epub", "/works/", "/index.php", "/works/1/nothing"} {
		w.guest().get(path).expect(http.StatusNotFound).has("Not here", `role="search"`, `name="q"`, `<meta name="robots" content="noindex"`)
	}
}

func TestHealth(t *testing.T) {
	w := newWorld(t)
	need(t, "a healthy answer", w.guest().opens("/healthz").body, "ok\n")
	must(t, w.DB.Close())
	w.guest().get("/healthz").expect(http.StatusServiceUnavailable).lacks("sql", "closed")
	broken := w.guest().get("/works").expect(http.StatusInternalServerError).has("Something went wrong here, not with you.").lacks("sql", "database is")
	number := regexp.MustCompile(`this number: (\w+)`).FindStringSubmatch(broken.body)
	if log := w.log.forgive(); number == nil || !strings.Contains(log, "request="+number[1]) {
		t.Errorf("the log does not know the number %q:\n%s", number, log)
	}
}

func TestPagesSpeakTheLanguageThatIsAskedFor(t *testing.T) {
	w := newWorld(t)
	for _, header := range []string{"", "en", "fr, en;q=0.5", "*", "xx-YY", strings.Repeat("a,", 3000), "\xff", "en;q=abc"} {
		c := w.guest()
		c.header.Set("Accept-Language", header)
		for range 2 {
			c.opens("/").has(`<html lang="en" dir="ltr"`)
		}
	}
}

func TestAbsurdAddressesAreMissing(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		work := w.posts(ada.viewer, fields("The Lamp Keepers"))
		for _, c := range []*client{w.guest(), ada} {
			for _, id := range []string{"0", "-1", "abc", "1e3", "9223372036854775807", "9223372036854775808", "99999999999999999999999999", "1%00", "%00", "%ff", "٣", "1.5", "0x1", "+1", "01", "1;drop", "%E2%80%AE1"} {
				for _, path := range []string{"/works/" + id, "/works/" + id + "/entire", "/works/" + id + "/index", "/works/" + id + ".epub", workPath(work, "/chapters/", id), workPath(work, "/pictures/", id), "/tags/" + id + "/x", "/users/" + id, "/users/ada/pseuds/" + id, "/tags/fandom/" + id} {
					c.get(path).expect(http.StatusNotFound)
				}
				if c.viewer.IsMember() {
					for _, path := range []string{"/works/" + id + "/edit", workPath(work, "/chapters/", id, "/edit"), workPath(work, "/chapters/", id, "/revisions"), "/manuscripts/" + id, "/pictures/" + id} {
						c.get(path).expect(http.StatusNotFound)
					}
					c.post("/works/"+id+"/delete", nil).expect(http.StatusNotFound)
				}
			}
		}
		w.guest().get("/works/1/").expect(http.StatusNotFound)
		for _, path := range []string{"/works/../works/1", "/works/%2e%2e.epub", "/works/..", "//works", "/works//1"} {
			if a := w.guest().get(path); a.status != http.StatusNotFound && !strings.HasPrefix(a.to(), "/works") && a.to() != "/" {
				t.Errorf("%s is answered with %d to %q", path, a.status, a.to())
			}
		}
	})
}

func TestAbsurdQueriesAreAnswered(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		w.posts(ada.viewer, fields("The Lamp Keepers"))
		for _, q := range []string{
			"%", "_", "!", "''", `"`, "\x00", "\xff\xfe", "lamp\x00", strings.Repeat("lamp ", 5000), strings.Repeat("x", 30000), "<script>alert(1)</script>", "' OR 1=1 --", "(((", "*", "\u202elamp", "  ", "\n",
		} {
			guest := w.guest()
			guest.opens("/search?q=" + url.QueryEscape(q)).lacks("<script>alert")
			guest.opens("/search?page=-5&q=" + url.QueryEscape(q))
			guest.get("/search?page=100000&q=" + url.QueryEscape(q))
			guest.opens("/tags/suggest?kind=fandom&q=" + url.QueryEscape(q))
			guest.opens("/tags/suggest?q=l&kind=" + url.QueryEscape(q))
			guest.opens("/works?sort=" + url.QueryEscape(q))
			guest.opens("/?" + url.QueryEscape(q))
		}
		w.guest().opens("/search?q=%25").has("0 works")
		w.guest().opens("/search?q=LAMP+keep").has("The Lamp Keepers")
		w.guest().opens("/search?q=" + url.QueryEscape(strings.Repeat("lamp ", 5000))).has("more than the 2,000 that fit").lacks("The Lamp Keepers")
		w.guest().opens("/works?a=%zz&sort=title")
	})
}

func TestTooMuchIsSaidInOneSentence(t *testing.T) {
	w := newWorld(t)
	ada := w.member("ada")
	sixty := strings.Repeat("lamp ", 60<<20/5)
	for _, a := range []answer{
		ada.post("/works/new", form("title", "x", "text", sixty)),
		ada.postFiles("/works/new", form("title", "x", "text", sixty)),
		ada.postFiles("/works/new/upload", nil, upload{"file", "big.txt", sixty}),
		w.guest().post("/sign-in", form("name", sixty)),
		ada.post("/words", form("text", sixty)),
	} {
		a.expect(http.StatusRequestEntityTooLarge)
		if n := strings.Count(a.text(), `<p class="lead">`); n != 1 {
			t.Errorf("%s is answered with %d sentences: %s", a.asked, n, a.text())
		}
	}
	ada.opens("/my-works").lacks("lamp")
}

func TestBrokenFormsAreSaidInOneSentence(t *testing.T) {
	w := newWorld(t)
	ada := w.member("ada")
	for body, kind := range map[string]string{
		"a=%zz": "application/x-www-form-urlencoded",
		"--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nThe": "multipart/form-data; boundary=x",
		"":   "multipart/form-data",
		"{}": "multipart/form-data; boundary=x",
	} {
		a := ada.send(http.MethodPost, "/works/new", strings.NewReader(body), "Content-Type", kind)
		a.asked += " with " + body
		a.expect(http.StatusUnprocessableEntity).has("cut off on the way")
	}
	for _, kind := range []string{"", "application/json", "text/plain", "x/y; ="} {
		if a := ada.send(http.MethodPost, "/settings", strings.NewReader(`{"a":1}`), "Content-Type", kind); a.status >= 500 {
			t.Errorf("a form of type %q is answered with %d", kind, a.status)
		}
	}
}

func TestWhatIsNoTextIsLeftOutOfForms(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		a := ada.post("/works/new", form("title", "The\x00 Lamp\xff Keepers", "fandoms", "Har\x00bour", "rating", "General", "warnings", "none apply", "language", "en", "planned", "1", "comments", "everyone",
			"text", "The lamp\x00 was lit\xfe.\r\nNobody came.", "summary", "\x00\x01\x02", "format", "text", "do", "post"))
		page := ada.opens(a.expect(http.StatusSeeOther).to())
		page.has("Lamp\uFFFD Keepers", "Nobody came.")
		if !utf8.ValidString(page.body) || strings.ContainsAny(page.body, "\x00\x01\x02") {
			t.Error("the page holds what is no text")
		}
		ada.post("/autosave", form("form", "work/new", "title", "a\x00b", "na\x00me", "x"))
		ada.opens("/works/new")
	})
}

func TestProxiesAreBelievedOnlyWhenTrusted(t *testing.T) {
	count := func(trusted bool) int64 {
		w := openWorld(t, testkit.NewWorld(t, testkit.SQLite(t)), func(s *web.Site, _ *web.Rooms) {
			if trusted {
				s.Proxies = prefixes("127.0.0.0/8", "10.0.0.0/8")
			}
		})
		ada := w.member("ada")
		work := w.posts(ada.viewer, fields("The Lamp Keepers"))
		for _, from := range []string{"192.0.2.1", "198.51.100.7, 10.1.2.3", "6.6.6.6, 203.0.113.9", "nonsense", "2001:db8::1", "2001:db8::2"} {
			w.guest().get(workPath(work), "X-Forwarded-For", from)
		}
		return w.hits(work)
	}
	need(t, "visitors when nobody's word counts", count(false), 1)
	need(t, "visitors behind a trusted proxy", count(true), 5) // nonsense is the proxy itself; the last two are of one network
}

func prefixes(written ...string) (list []netip.Prefix) {
	for _, one := range written {
		list = append(list, netip.MustParsePrefix(one))
	}
	return list
}
