package web_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/feedback"
	"ficus/internal/finding"
	"ficus/internal/media"
	"ficus/internal/moderation"
	"ficus/internal/reading"
	"ficus/internal/store"
	"ficus/internal/tempo"
	"ficus/internal/testkit"
	"ficus/internal/testkit/browser"
	"ficus/internal/web"
	"ficus/internal/wrangling"
	"ficus/internal/writing"
)

// password is everybody's.
const password = "a lamp in the window"

// world is an archive with its pages served over HTTP.
type world struct {
	*testkit.World
	t          *testing.T
	address    string
	accounts   *accounts.Accounts
	writing    *writing.Writing
	feedback   *feedback.Feedback
	moderation *moderation.Moderation
	tally      *reading.Tally
	catalog    *catalog.Catalog
	finding    *finding.Finding
	pages      *web.Web
	log        *journal
	bucket     media.Bucket
}

// worlds runs test in a world on each database.
func worlds(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	testkit.Worlds(t, func(t *testing.T, archive *testkit.World) { test(t, openWorld(t, archive)) })
}

// newWorld is a world on SQLite, for what no database can change.
func newWorld(t *testing.T) *world {
	t.Helper()
	return openWorld(t, testkit.NewWorld(t, testkit.SQLite(t)))
}

// setting changes how a world is built.
type setting func(*web.Site, *web.Rooms)

// openWorld serves an archive.
func openWorld(t *testing.T, kit *testkit.World, settings ...setting) *world {
	t.Helper()
	return openAt(t, kit, kit.Clock, settings...)
}

// openAt serves an archive by a clock; two over one database are two nodes.
func openAt(t *testing.T, kit *testkit.World, clock archive.Clock, settings ...setting) *world {
	t.Helper()
	w := &world{World: kit, t: t, log: &journal{}}
	log := slog.New(slog.NewTextHandler(w.log, nil))
	bucket, err := media.OpenFolder(t.TempDir())
	must(t, err)
	t.Cleanup(func() { must(t, bucket.Close()) })
	w.bucket = bucket
	stacks, err := media.OpenStacks(t.TempDir(), 64<<20)
	must(t, err)
	t.Cleanup(func() { must(t, stacks.Close()) })
	w.catalog = catalog.New(kit.Store, archive.DefaultSite(), clock, log)
	w.catalog.Patience = catalog.Patience{} // however busy the machine is
	must(t, w.catalog.Load(t.Context()))
	w.catalog.Fill(t.Context())
	kit.Store.Applied = w.catalog.Applied
	limits := archive.DefaultLimits()
	w.accounts, err = accounts.New(kit.Store, limits, accounts.Cost{MemoryKiB: 8, Iterations: 1, AtOnce: 2})
	must(t, err)
	w.writing = writing.New(kit.Store, bucket, limits, clock, func(context.Context, string) ([]byte, error) { return nil, errors.New("no network in tests") })
	w.writing.Site = w.catalog.Site
	w.tally = reading.NewTally(kit.Store, clock, log, w.accounts.Seen)
	must(t, w.tally.Begin(t.Context()))
	w.finding = finding.New(kit.Store, w.catalog.Site, log)
	w.feedback = feedback.New(kit.Store, limits, w.catalog.Site)
	w.moderation = moderation.New(kit.Store, limits)
	site := web.Site{Build: "test"}
	rooms := web.Rooms{
		Store: kit.Store, Catalog: w.catalog, Accounts: w.accounts, Writing: w.writing, Feedback: w.feedback, Moderation: w.moderation, Wrangling: wrangling.New(kit.Store), Tally: w.tally, Memory: reading.NewMemory(kit.Store, w.catalog, limits),
		Bucket: bucket, Stacks: stacks, Clock: clock, Log: log, Limits: limits, Tempo: &tempo.Keeper{},
	}
	for _, change := range settings {
		change(&site, &rooms)
	}
	w.pages, err = web.New(site, rooms)
	must(t, err)
	server := httptest.NewServer(w.pages)
	t.Cleanup(func() {
		server.Close()
		if trouble := w.log.trouble(); trouble != "" {
			t.Errorf("the log tells of trouble:\n%s", trouble)
		}
	})
	w.address = server.URL
	return w
}

// journal is a log that is read by the test; what it calls an error fails the
// test unless it was forgiven.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write keeps a line.
func (j *journal) Write(line []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(line)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

func (j *journal) trouble() string {
	var lines []string
	for line := range strings.Lines(j.String()) {
		if strings.Contains(line, "level=ERROR") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

// forgive takes what the log says so far, for tests that break something on
// purpose.
func (j *journal) forgive() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	said := j.text.String()
	j.text.Reset()
	return said
}

// client is a person with a browser's cookies, or a guest.
type client struct {
	w      *world
	viewer archive.Viewer // the zero viewer: a guest
	http   *http.Client
	header http.Header // sent with every request
}

// guest is somebody who has never been here.
func (w *world) guest() *client {
	w.t.Helper()
	jar, err := cookiejar.New(nil)
	must(w.t, err)
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &client{w: w, http: &http.Client{Jar: jar, CheckRedirect: stay}, header: http.Header{"User-Agent": {"A browser"}, "Accept-Language": {"en"}}}
}

// member joins and is signed in.
func (w *world) member(name string) *client {
	w.t.Helper()
	return w.joins(accounts.Joining{Name: name, Password: password, TakesGifts: true})
}

// staff joins as staff and is signed in.
func (w *world) staff(name string) *client {
	w.t.Helper()
	return w.joins(accounts.Joining{Name: name, Password: password, Staff: true})
}

func (w *world) joins(j accounts.Joining) *client {
	w.t.Helper()
	viewer, err := w.accounts.Join(w.t.Context(), j)
	must(w.t, err)
	return w.signedIn(viewer)
}

// signedIn is another browser of a member.
func (w *world) signedIn(viewer archive.Viewer) *client {
	w.t.Helper()
	c := w.guest()
	c.viewer = viewer
	c.remember(&http.Cookie{Name: "ficus", Value: w.secretOf(viewer), Path: "/"})
	return c
}

// secretOf signs a device in and gives its secret.
func (w *world) secretOf(viewer archive.Viewer) string {
	w.t.Helper()
	secret, err := w.accounts.SignInAs(w.t.Context(), viewer, "A browser")
	must(w.t, err)
	return secret
}

func (c *client) remember(cookie *http.Cookie) {
	c.w.t.Helper()
	site, err := url.Parse(c.w.address)
	must(c.w.t, err)
	c.http.Jar.SetCookies(site, []*http.Cookie{cookie})
}

// answer is what a request came to.
type answer struct {
	t       *testing.T
	asked   string
	status  int
	header  http.Header
	body    string
	cookies []*http.Cookie
}

// to is where the answer sends the browser.
func (a answer) to() string { return a.header.Get("Location") }

// get asks for an address and follows nothing; headers come in pairs.
func (c *client) get(path string, headers ...string) answer {
	c.w.t.Helper()
	return c.send(http.MethodGet, path, nil, headers...)
}

// post sends a form.
func (c *client) post(path string, form url.Values, headers ...string) answer {
	c.w.t.Helper()
	return c.send(http.MethodPost, path, strings.NewReader(form.Encode()), append([]string{"Content-Type", "application/x-www-form-urlencoded"}, headers...)...)
}

// upload is a file sent with a form.
type upload struct{ field, name, data string }

// postFiles sends a form as browsers send one with files.
func (c *client) postFiles(path string, form url.Values, files ...upload) answer {
	c.w.t.Helper()
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for name, values := range form {
		for _, value := range values {
			must(c.w.t, parts.WriteField(name, value))
		}
	}
	for _, file := range files {
		part, err := parts.CreateFormFile(file.field, file.name)
		must(c.w.t, err)
		_, err = io.WriteString(part, file.data)
		must(c.w.t, err)
	}
	must(c.w.t, parts.Close())
	return c.send(http.MethodPost, path, &body, "Content-Type", parts.FormDataContentType())
}

func (c *client) send(method, path string, body io.Reader, headers ...string) answer {
	c.w.t.Helper()
	r, err := http.NewRequestWithContext(c.w.t.Context(), method, c.w.address+path, body)
	must(c.w.t, err)
	r.Header = c.header.Clone()
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return c.does(r)
}

// does sends a request as it is.
func (c *client) does(r *http.Request) answer {
	c.w.t.Helper()
	response, err := c.http.Do(r)
	must(c.w.t, err)
	defer response.Body.Close()
	got, err := io.ReadAll(response.Body)
	must(c.w.t, err)
	return answer{t: c.w.t, asked: r.Method + " " + r.URL.RequestURI(), status: response.StatusCode, header: response.Header, body: string(got), cookies: response.Cookies()}
}

// opens gets a page that must be there.
func (c *client) opens(path string) answer {
	c.w.t.Helper()
	return c.get(path).expect(http.StatusOK)
}

// expect ends the test unless the answer has this status.
func (a answer) expect(status int) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("%s is answered with %d (to %q), want %d:\n%s", a.asked, a.status, a.to(), status, a.text())
	}
	return a
}

// has wants each of these in the body.
func (a answer) has(parts ...string) answer {
	a.t.Helper()
	for _, part := range parts {
		if !strings.Contains(a.body, part) {
			a.t.Errorf("%s (%d) lacks %q:\n%s", a.asked, a.status, part, a.text())
		}
	}
	return a
}

// lacks wants none of these in the body, in whatever case.
func (a answer) lacks(parts ...string) answer {
	a.t.Helper()
	low := strings.ToLower(a.body)
	for _, part := range parts {
		if strings.Contains(low, strings.ToLower(part)) {
			a.t.Errorf("%s (%d) has %q:\n%s", a.asked, a.status, part, a.text())
		}
	}
	return a
}

// text is the part of a page that is its own, cut for a message.
func (a answer) text() string {
	text := a.body
	if at := strings.Index(text, "<main"); at >= 0 {
		text, _, _ = strings.Cut(text[at:], "<footer class=\"foot\"")
	}
	if len(text) > 3000 {
		return text[:3000] + "…"
	}
	return text
}

// fields are the least a work is posted with.
func fields(title string) archive.WorkFields {
	return archive.WorkFields{
		Title: title, Fandoms: []string{"Harbour Lights"}, Rating: archive.RatingGeneral, Warnings: []string{archive.WarningNone}, Language: "en", Planned: 1,
	}
}

// posts publishes a work with these texts as its chapters.
func (w *world) posts(by archive.Viewer, f archive.WorkFields, texts ...string) int64 {
	w.t.Helper()
	return w.creates(by, writing.NewWork{Fields: f, Chapters: chaptersOf(texts)})
}

// drafts makes a work that is not posted.
func (w *world) drafts(by archive.Viewer, f archive.WorkFields, texts ...string) int64 {
	w.t.Helper()
	return w.creates(by, writing.NewWork{Fields: f, Chapters: chaptersOf(texts), Draft: true})
}

func (w *world) creates(by archive.Viewer, n writing.NewWork) int64 {
	w.t.Helper()
	id, err := w.writing.Create(w.t.Context(), by, n)
	must(w.t, err)
	return id
}

func chaptersOf(texts []string) []archive.ChapterFields {
	if len(texts) == 0 {
		texts = []string{"The lamp was lit at six. Nobody came."}
	}
	chapters := make([]archive.ChapterFields, len(texts))
	for i, text := range texts {
		chapters[i] = archive.ChapterFields{Text: text}
	}
	return chapters
}

// chapters gives a work's chapters, drafts too.
func (w *world) chapters(work int64) (list []archive.Chapter) {
	w.t.Helper()
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) (err error) {
		list, err = tx.Chapters.Of(ctx, work, true)
		return err
	})
	return list
}

// adds posts one more chapter, or keeps it as a draft.
func (w *world) adds(by archive.Viewer, work int64, text string, post bool) int64 {
	w.t.Helper()
	id, err := w.writing.SaveChapter(w.t.Context(), by, writing.ChapterForm{Work: work, Fields: archive.ChapterFields{Text: text}, Post: post})
	must(w.t, err)
	return id
}

// edits changes what is said of a work.
func (w *world) edits(by archive.Viewer, work int64, change func(*archive.WorkFields)) {
	w.t.Helper()
	var f archive.WorkFields
	var base int64
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) error {
		o, err := tx.Works.Open(ctx, by, work)
		if err != nil {
			return err
		}
		base = o.Revision
		f, err = writing.FieldsOf(ctx, tx, o)
		return err
	})
	change(&f)
	must(w.t, w.writing.EditWork(w.t.Context(), by, writing.WorkForm{Work: work, Base: base, Fields: f}))
}

// deletes puts a work away.
func (w *world) deletes(by archive.Viewer, work int64) {
	w.t.Helper()
	must(w.t, w.writing.DeleteWork(w.t.Context(), by, work))
}

// hides hides a work, as staff will.
func (w *world) hides(work int64) {
	w.t.Helper()
	w.Write(w.t, func(ctx context.Context, tx *store.Tx) error {
		tx.Log.Record(archive.Event{Kind: archive.WorkEdited, Work: work})
		return tx.Works.Hide(ctx, work, tx.Now)
	})
}

// decides changes the site's settings, as its owner does.
func (w *world) decides(change func(*archive.Site)) {
	w.t.Helper()
	site := w.catalog.Site()
	change(&site)
	w.Write(w.t, func(ctx context.Context, tx *store.Tx) error {
		tx.Log.Record(archive.Event{Kind: archive.SiteChanged})
		return tx.Settings.SetSite(ctx, site)
	})
}

// prefers changes a member's preferences.
func (w *world) prefers(by archive.Viewer, change func(*archive.Preferences)) {
	w.t.Helper()
	must(w.t, w.accounts.Prefer(w.t.Context(), by, change))
}

// reads opens a tab of Chromium on the site, as a guest.
func (w *world) reads(how browser.Settings) *browser.Page {
	w.t.Helper()
	return browser.Start(w.t, w.address, how)
}

// numberIn is the number in a field of a form.
func numberIn(a answer, field string) string {
	a.t.Helper()
	_, after, found := strings.Cut(a.body, `name="`+field+`" value="`)
	value, _, closed := strings.Cut(after, `"`)
	if !found || !closed {
		a.t.Fatalf("%s has no field %s", a.asked, field)
	}
	return value
}

// signIn signs a tab in through the page, as a person does.
func signIn(p *browser.Page, name string) {
	p.Open("/sign-in")
	p.Fill("Name", name)
	p.Fill("Password", password)
	p.Submit("Sign in")
}

func workPath(work int64, rest ...any) string {
	return fmt.Sprintf("/works/%d", work) + fmt.Sprint(rest...)
}

func chapterPath(work, chapter int64) string {
	return fmt.Sprintf("/works/%d/chapters/%d", work, chapter)
}

// form makes a form of names and values in turn.
func form(pairs ...string) url.Values {
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	return values
}

// need is a value or the end of the test.
func need[T comparable](t *testing.T, name string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s is %v, want %v", name, got, want)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
