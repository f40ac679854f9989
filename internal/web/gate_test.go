package web_test

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"image"
	"image/png"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
	"ficus/internal/store"
	"ficus/internal/writing"
)

// subject is one work in one state, with everything that leads to it.
type subject struct {
	state    string
	token    string // stands in its title, tag and text, and nowhere else
	standing archive.Standing
	work     int64
	chapter  int64
	picture  int64
	tag      int64
	creator  archive.Viewer
}

// asker is one who asks.
type asker struct {
	*client
	name string
	tie  archive.Tie
}

// meeting is one cell of the gate's table: one who asks about one work.
type meeting struct {
	t    *testing.T
	who  asker
	of   subject
	all  []subject
	gate archive.Gate // what the rule says
}

// row is what one route shows of works.
type row struct {
	check func(m meeting)
	why   string // why no work is shown, when there is nothing to check
}

// neverUsed is a number like those in use that belongs to nothing.
const neverUsed = 900

// gateRows is the gate's table: for each route what a viewer is shown of a
// work in a state. A route without a row fails the test.
func gateRows() map[string]row {
	rows := workRows()
	maps.Copy(rows, accountRows())
	maps.Copy(rows, commentRows())
	maps.Copy(rows, ownerRows())
	maps.Copy(rows, wordsRows())
	maps.Copy(rows, answerRows())
	maps.Copy(rows, safetyRows())
	maps.Copy(rows, oversightGateRows())
	maps.Copy(rows, newsRows())
	maps.Copy(rows, followRows())
	maps.Copy(rows, rememberedRows())
	maps.Copy(rows, habitRows())
	maps.Copy(rows, pileRows())
	maps.Copy(rows, bookRows())
	maps.Copy(rows, coverRows())
	maps.Copy(rows, wranglingRows())
	maps.Copy(rows, feedRows())
	return rows
}

// workRows are the rows of the routes that came with the works.
func workRows() map[string]row {
	return map[string]row{
		"GET /{$}":                                 {check: home},
		"GET /works":                               {check: counts("/works")},
		"GET /works/filters":                       {check: formOf("/works")},
		"GET /tags/{id}/{slug}/filters":            {check: formOfTag},
		"GET /users/{name}":                        {check: countsSigned("/users/zuleika")},
		"GET /users/{name}/pseuds/{pseud}":         {check: countsSigned("/users/zuleika/pseuds/zuleika")},
		"GET /users/{name}/filters":                {check: formOfSigned("/users/zuleika/filters")},
		"GET /users/{name}/pseuds/{pseud}/filters": {check: formOfSigned("/users/zuleika/pseuds/zuleika/filters")},
		"GET /search":                              {check: both(countsTwice("/search?q=zq", "/search?q=text:zq*"), countsPerson("/search?q=zuleika"))},
		"GET /search/filters":                      {check: formOf("/search")},
		"GET /search/advanced":                     {why: "a form"},
		"GET /fandoms":                             {check: lists("/fandoms")},
		"GET /tags/suggest":                        {check: lists("/tags/suggest?kind=fandom&q=zq")},
		"GET /tags/{id}/{slug}":                    {check: listsTag},
		"GET /works/{work}":                        {check: opens("/works/{work}")},
		"GET /works/{work}/chapters/{chapter}":     {check: opens("/works/{work}/chapters/{chapter}")},
		"GET /works/{work}/entire":                 {check: opens("/works/{work}/entire")},
		"GET /works/{work}/index":                  {check: opens("/works/{work}/index")},
		"GET /works/{work}/files/{format}":         {check: binds},
		"GET /works/{work}/pictures/{picture}":     {check: pictures},
		"GET /notices":                             {check: tellsOf},
		"GET /my-works":                            {check: own},
		"GET /account":                             {check: countsOwn},

		"GET /works/{work}/edit":                                  {check: edits("/works/{work}/edit")},
		"GET /works/{work}/delete":                                {check: edits("/works/{work}/delete")},
		"GET /works/{work}/chapters":                              {check: edits("/works/{work}/chapters")},
		"GET /works/{work}/chapters/new":                          {check: edits("/works/{work}/chapters/new")},
		"GET /works/{work}/chapters/{chapter}/edit":               {check: edits("/works/{work}/chapters/{chapter}/edit")},
		"GET /works/{work}/chapters/{chapter}/delete":             {check: edits("/works/{work}/chapters/{chapter}/delete")},
		"GET /works/{work}/chapters/{chapter}/revisions":          {check: edits("/works/{work}/chapters/{chapter}/revisions")},
		"GET /works/{work}/chapters/{chapter}/revisions/{number}": {check: edits("/works/{work}/chapters/{chapter}/revisions/1")},
		"POST /works/{work}/edit":                                 {check: changes("/works/{work}/edit")},
		"POST /works/{work}/post":                                 {check: changes("/works/{work}/post")},
		"POST /works/{work}/delete":                               {check: changes("/works/{work}/delete")},
		"POST /works/{work}/restore":                              {check: changes("/works/{work}/restore")},
		"POST /works/{work}/chapters/new":                         {check: changes("/works/{work}/chapters/new")},
		"POST /works/{work}/chapters/move":                        {check: changes("/works/{work}/chapters/move")},
		"POST /works/{work}/chapters/{chapter}/edit":              {check: changes("/works/{work}/chapters/{chapter}/edit")},
		"POST /works/{work}/chapters/{chapter}/delete":            {check: changes("/works/{work}/chapters/{chapter}/delete")},
		"POST /works/{work}/adult":                                {check: saysNothing("/works/{work}/adult")},
		"GET /manuscripts/{manuscript}":                           {check: belongs(http.MethodGet, "")},
		"POST /manuscripts/{manuscript}":                          {check: belongs(http.MethodPost, "")},
		"GET /manuscripts/{manuscript}/original":                  {check: belongs(http.MethodGet, "/original")},

		"GET /menu":                          {why: "the ways through the site"},
		"GET /settings":                      {why: "the reader's own"},
		"POST /settings":                     {why: "the reader's own"},
		"GET /robots.txt":                    {why: "the same for everyone"},
		"GET /sign-up":                       {why: "a form"},
		"POST /sign-up":                      {why: "a form"},
		"GET /sign-in":                       {why: "a form; TestAcceptance13 reads it for a restricted work"},
		"POST /sign-in":                      {why: "a form"},
		"GET /sign-out":                      {why: "a form"},
		"POST /sign-out":                     {why: "a form"},
		"POST /account/pseuds":               {why: "shows the account page, which has its row"},
		"POST /account/password":             {why: "shows the account page, which has its row"},
		"POST /account/devices/sign-out":     {why: "leads on"},
		"POST /account/devices/sign-out-all": {why: "leads on"},
		"POST /account/preferences":          {why: "leads on"},
		"POST /notices/read":                 {why: "leads on"},
		"GET /works/new":                     {why: "an empty form, or what the account itself brought or typed"},
		"POST /works/new":                    {why: "the account's own work"},
		"GET /works/new/upload":              {why: "an empty form"},
		"POST /works/new/upload":             {why: "what the account itself brings"},
		"POST /autosave":                     {why: "the account's own forms"},
		"POST /autosave/throw-away":          {why: "the account's own forms"},
		"POST /words":                        {why: "counts what it is sent"},
		"POST /editor":                       {why: "reads what it is sent"},
		"GET /pictures/{mark}":               {why: "a picture of no work yet, to a member who knows the mark of its bytes"},
	}
}

func TestAcceptance87_PartEveryRouteKeepsTheGate(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		rows := gateRows()
		patterns := w.pages.Patterns()
		for _, pattern := range patterns {
			if r, found := rows[pattern]; !found || (r.check == nil) == (r.why == "") {
				t.Errorf("the route %s has no row in the gate's table", pattern)
			}
		}
		askers, subjects := w.gateWorld()
		creator := askers[2]
		before := creator.opens("/my-works").text()
		for _, pattern := range slices.Sorted(maps.Keys(rows)) {
			if !slices.Contains(patterns, pattern) {
				t.Errorf("the gate's table has a row for %s, which is no route", pattern)
			}
			if rows[pattern].check == nil {
				continue
			}
			for _, who := range askers {
				for _, of := range subjects {
					t.Run(pattern+" by "+who.name+" of a "+of.state+" work", func(t *testing.T) {
						gate := archive.GateFor(who.viewer, who.tie, of.standing, w.Clock.Now())
						rows[pattern].check(meeting{t: t, who: who, of: of, all: subjects, gate: gate})
					})
				}
			}
		}
		need(t, "the creator's list afterwards", creator.opens("/my-works").text(), before)
	})
}

// gateWorld fills a world with a work in each state and with those who ask.
func (w *world) gateWorld() ([]asker, []subject) {
	creator, member, staff := w.member("zuleika"), w.member("mina"), w.staff("wren")
	muting, blocked, peeking := w.member("odo"), w.member("pell"), w.staff("tern")
	must(w.t, w.feedback.Mute(w.t.Context(), muting.viewer, creator.viewer.Account, true))
	must(w.t, w.feedback.Block(w.t.Context(), creator.viewer, blocked.viewer.Account, true))
	now := w.Clock.Now()
	posted, ago, later := now.Add(-time.Hour), now.Add(-time.Minute), now.Add(time.Hour)
	subjects := []subject{
		{state: "posted", standing: archive.Standing{PostedAt: posted}},
		{state: "restricted", standing: archive.Standing{PostedAt: posted, Restricted: true}},
		{state: "hidden", standing: archive.Standing{PostedAt: posted, HiddenAt: ago}},
		{state: "restricted and hidden", standing: archive.Standing{PostedAt: posted, HiddenAt: ago, Restricted: true}},
		{state: "draft"},
		{state: "waiting", standing: archive.Standing{PostedAt: posted, WaitingAt: ago}},
		{state: "unrevealed", standing: archive.Standing{PostedAt: posted, Unrevealed: true}},
		{state: "anonymous", standing: archive.Standing{PostedAt: posted, Anonymous: true}},
		{state: "unrevealed and anonymous", standing: archive.Standing{PostedAt: posted, Unrevealed: true, Anonymous: true}},
		{state: "scheduled", standing: archive.Standing{PostedAt: later}},
		{state: "deleted", standing: archive.Standing{PostedAt: posted, DeletedAt: ago, PurgeAt: later}},
		{state: "forgotten", standing: archive.Standing{PostedAt: posted, DeletedAt: posted, PurgeAt: ago}},
	}
	for i := range subjects {
		w.stand(creator.viewer, &subjects[i])
		w.remarkOn(subjects[i])
		for _, reader := range []*client{creator, member, staff, muting, blocked, peeking} {
			w.tells(reader.viewer, archive.NoticeGift, subjects[i].work, int64(1000+i))
		}
		w.Write(w.t, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Ties.Peek(ctx, peeking.viewer, subjects[i].work, "a report", later)
			return err
		})
	}
	_, err := w.writing.Bring(w.t.Context(), creator.viewer, "zqdraft.txt", []byte("zqdraft words"))
	must(w.t, err)
	w.bringsPile(creator.viewer, "zqpile", 2)
	must(w.t, w.finding.CatchUp(w.t.Context()))
	return []asker{
		{w.guest(), "a guest", archive.Tie{}},
		{member, "a member", archive.Tie{}},
		{creator, "its creator", archive.Tie{Creator: true}},
		{staff, "staff", archive.Tie{}},
		{muting, "who mutes its creator", archive.Tie{Muted: true}},
		{blocked, "whom its creator blocks", archive.Tie{Blocked: true}},
		{peeking, "staff with a reason", archive.Tie{Peeking: true}},
	}, subjects
}

// stand makes the work of a subject and puts it in its state.
func (w *world) stand(creator archive.Viewer, s *subject) {
	w.t.Helper()
	s.creator = creator
	s.token = "zq" + strings.ReplaceAll(s.state, " ", "")
	f := fields(s.token + " title")
	f.Fandoms, f.Summary = []string{s.token + " fandom"}, s.token+" summary"
	var square bytes.Buffer
	must(w.t, png.Encode(&square, image.NewGray(image.Rect(0, 0, 2+int(s.work), 2))))
	s.work = w.creates(creator, writing.NewWork{
		Fields: f, Chapters: []archive.ChapterFields{{Title: s.token + " chapter", Text: s.token + " words"}},
		Uploads: []writing.Upload{{Name: "square.png", Data: square.Bytes()}},
	})
	s.chapter = w.chapters(s.work)[0].ID
	w.wears(creator, s.work, s.token+" lamp")
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) error {
		pictures, err := tx.Pictures.Of(ctx, s.work)
		if err != nil {
			return err
		}
		s.picture = pictures[0].ID
		tag, err := tx.Tags.Named(ctx, archive.KindFandom, f.Fandoms[0])
		s.tag = tag.ID
		return err
	})
	must(w.t, w.DB.Write(w.t.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(w.t.Context(), `UPDATE works SET posted_at = $2, hidden_at = $3, deleted_at = $4, purge_at = $5, restricted = $6,
			waiting_at = $7, unrevealed = $8, anonymous = $9 WHERE id = $1`,
			s.work, instant(s.standing.PostedAt), instant(s.standing.HiddenAt), instant(s.standing.DeletedAt), instant(s.standing.PurgeAt), s.standing.Restricted,
			instant(s.standing.WaitingAt), s.standing.Unrevealed, s.standing.Anonymous)
		return err
	}))
}

func instant(at time.Time) any {
	if at.IsZero() {
		return nil
	}
	return at.UnixMicro()
}

// asks asks at an address; the answer names the address PATH, so that two
// answers that differ in nothing else are equal.
func (m meeting) asks(method, path string, form url.Values) answer {
	m.t.Helper()
	var a answer
	if method == http.MethodPost {
		a = m.who.post(path, form)
	} else {
		a = m.who.get(path)
	}
	a.t = m.t
	for _, spelt := range []string{url.QueryEscape(path), html.EscapeString(path)} {
		a.body = strings.ReplaceAll(a.body, spelt, "PATH")
	}
	a.header = a.header.Clone()
	if at := a.to(); at != "" {
		a.header.Set("Location", strings.ReplaceAll(at, url.QueryEscape(path), "PATH"))
	}
	return a
}

// address fills in the numbers of the subject.
func (m meeting) address(pattern string) string {
	number := func(n int64) string { return strconv.FormatInt(n, 10) }
	return strings.NewReplacer("{work}", number(m.of.work), "{chapter}", number(m.of.chapter), "{picture}", number(m.of.picture)).Replace(pattern)
}

// refused holds an answer to what is answered at a number never used.
func (m meeting) refused(a answer, method, pattern string, form url.Values) {
	m.t.Helper()
	of := m.of
	of.work, of.chapter, of.picture = neverUsed, neverUsed, neverUsed
	m.same(a, meeting{t: m.t, who: m.who, of: of}.asks(method, meeting{of: of}.address(pattern), form))
}

// same wants two refusals equal in status, headers, length and words.
func (m meeting) same(a, missing answer) {
	m.t.Helper()
	for _, one := range []answer{a, missing} {
		one.lacks(m.of.token, "zuleika ")
		for _, own := range []string{"Date", "Etag", "Content-Length"} { // a page names its own address
			one.header.Del(own)
		}
	}
	need(m.t, "the status of what is refused", a.status, missing.status)
	need(m.t, "its headers", fmt.Sprint(a.header), fmt.Sprint(missing.header))
	need(m.t, "its page", a.body, missing.body)
}

// opens is a page of the work itself.
func opens(pattern string) func(meeting) {
	return func(m meeting) {
		for range 2 { // drawn, and kept
			a := m.asks(http.MethodGet, m.address(pattern), nil)
			if m.meets(a, pattern) {
				a.expect(http.StatusOK).has(m.of.token)
				m.names(a)
			}
		}
	}
}

// names wants the creator named where the gate names her, and nowhere else.
func (m meeting) names(a answer) {
	m.t.Helper()
	if m.gate.Name {
		a.has("zuleika")
	} else {
		a.lacks("zuleika").has("Anonymous")
	}
}

// carriedAway is what its creators still get of a deleted work.
var carriedAway = regexp.MustCompile(`/pictures/|/cover/picture|/files/|\{work\}\.`)

// meets checks an answer that is no page of the work; true: it should be one.
func (m meeting) meets(a answer, pattern string) bool {
	m.t.Helper()
	switch {
	case m.gate.Open == archive.Missing:
		need(m.t, "the status", a.status, http.StatusNotFound)
		m.refused(a, http.MethodGet, pattern, nil)
	case m.gate.Open == archive.SignIn:
		a.expect(http.StatusSeeOther).lacks(m.of.token, "zuleika")
		need(m.t, "where a guest is sent", a.to(), "/sign-in?to=PATH")
	case !m.of.standing.DeletedAt.IsZero() && !carriedAway.MatchString(pattern):
		a.expect(http.StatusGone).has("1 May 2026").lacks(m.of.token)
	default:
		return true
	}
	return false
}

// binds is the work as a book, in each format.
func binds(m meeting) {
	for format, media := range map[string]string{"epub": "application/epub+zip", "html": "text/html", "md": "text/markdown", "txt": "text/plain"} {
		for _, pattern := range []string{"/works/{work}." + format, "/works/{work}/files/" + format} {
			a := m.asks(http.MethodGet, m.address(pattern), nil)
			if !m.meets(a, pattern) {
				continue
			}
			a.expect(http.StatusOK)
			if got := a.header.Get("Content-Type"); !strings.HasPrefix(got, media) {
				m.t.Errorf("the %s is a %s", format, got)
			}
			switch {
			case format == "epub":
			case m.of.standing.Anonymous:
				a.has(m.of.token, "Anonymous").lacks("zuleika")
			default:
				a.has(m.of.token, "zuleika")
			}
			if m.of.standing.Anonymous && strings.Contains(a.header.Get("Content-Disposition"), "zuleika") {
				m.t.Errorf("the file of an anonymous work is called %s", a.header.Get("Content-Disposition"))
			}
		}
	}
	m.refused(m.asks(http.MethodGet, m.address("/works/{work}.exe"), nil), http.MethodGet, "/works/{work}.exe", nil)
}

// pictures is a picture of the work.
func pictures(m meeting) {
	const pattern = "/works/{work}/pictures/{picture}"
	if a := m.asks(http.MethodGet, m.address(pattern), nil); m.meets(a, pattern) {
		need(m.t, "the picture's type", a.expect(http.StatusOK).header.Get("Content-Type"), "image/png")
	}
}

// edits is a page for creators alone.
func edits(pattern string) func(meeting) {
	return func(m meeting) {
		a := m.asks(http.MethodGet, m.address(pattern), nil)
		switch {
		case !m.who.viewer.IsMember():
			need(m.t, "where a guest is sent", a.expect(http.StatusSeeOther).to(), "/sign-in?to=PATH")
			m.refused(a, http.MethodGet, pattern, nil)
		case m.gate.Edit:
			a.expect(http.StatusOK)
		case !m.of.standing.DeletedAt.IsZero() && m.gate.Open == archive.Opens:
			a.expect(http.StatusGone).has("1 May 2026").lacks(m.of.token)
		case m.gate.Open == archive.Opens:
			a.expect(http.StatusForbidden).lacks(m.of.token)
		default:
			need(m.t, "the status", a.status, http.StatusNotFound)
			m.refused(a, http.MethodGet, pattern, nil)
		}
	}
}

// changes is an act for creators alone, tried by others.
func changes(pattern string) func(meeting) {
	return func(m meeting) {
		if m.who.tie.Creator {
			return
		}
		f := form("title", "mine now", "text", "mine", "do", "save", "chapter", strconv.FormatInt(m.of.chapter, 10), "to", "1")
		a := m.asks(http.MethodPost, m.address(pattern), f)
		switch {
		case !m.who.viewer.IsMember():
			need(m.t, "the status for a guest", a.status, http.StatusUnauthorized)
			m.refused(a, http.MethodPost, pattern, f)
		case m.gate.Open == archive.Opens:
			a.expect(http.StatusForbidden).lacks(m.of.token)
		default:
			need(m.t, "the status", a.status, http.StatusNotFound)
			m.refused(a, http.MethodPost, pattern, f)
		}
	}
}

// saysNothing is an act that is answered alike for every work.
func saysNothing(pattern string) func(meeting) {
	return func(m meeting) {
		m.refused(m.asks(http.MethodPost, m.address(pattern), nil), http.MethodPost, pattern, nil)
	}
}

// lists is a list of works: a work stands in it, with its creator, when the
// gate lists it.
func lists(path string) func(meeting) {
	return func(m meeting) { m.sees(m.asks(http.MethodGet, path, nil).expect(http.StatusOK), m.gate.List) }
}

// counts is a list that says how many works it holds.
func counts(path string) func(meeting) {
	return func(m meeting) {
		a := m.asks(http.MethodGet, path, nil).expect(http.StatusOK)
		m.sees(a, m.gate.List)
		a.has(m.listed(func(g archive.Gate) bool { return g.List }))
	}
}

// countsTwice is a list that is asked in two ways: by what stands around works,
// and by their texts.
func countsTwice(around, within string) func(meeting) {
	return func(m meeting) {
		counts(around)(m)
		counts(within)(m)
	}
}

func both(one, other func(meeting)) func(meeting) {
	return func(m meeting) {
		one(m)
		other(m)
	}
}

// countsPerson is a list of people: the creator is there but for who mutes them,
// with the works the viewer may know are theirs.
func countsPerson(path string) func(meeting) {
	return func(m meeting) {
		a := m.asks(http.MethodGet, path, nil).expect(http.StatusOK)
		_, people, found := strings.Cut(a.body, `<h2 id="people">`)
		if m.who.tie.Muted {
			a.lacks(`<h2 id="people">`)
			return
		}
		people, _, _ = strings.Cut(people, "</section>")
		if !found || !strings.Contains(people, `href="/users/zuleika"`) || !strings.Contains(people, m.listed(listedSigned)) {
			m.t.Errorf("%s finds, among people: %s; not zuleika with %s", path, people, m.listed(listedSigned))
		}
	}
}

// formOf is the form of a list: it says how many works that shows, and names
// the tags of no other.
func formOf(path string) func(meeting) {
	return func(m meeting) {
		a := m.asks(http.MethodGet, path+"/filters", nil).expect(http.StatusOK)
		a.has("Show " + m.listed(func(g archive.Gate) bool { return g.List }))
		m.sees(a, m.gate.List)
	}
}

func formOfTag(m meeting) {
	a := m.asks(http.MethodGet, fmt.Sprintf("/tags/%d/%s-fandom/filters", m.of.tag, m.of.token), nil)
	if m.gate.List {
		a.expect(http.StatusOK).has("Show 1 work")
		return
	}
	need(m.t, "the status", a.status, http.StatusNotFound)
	m.same(a, m.asks(http.MethodGet, "/tags/999/nothing/filters", nil))
}

// countsSigned is a list of what a person signs, who may be no secret.
func countsSigned(path string) func(meeting) {
	return func(m meeting) {
		a := m.asks(http.MethodGet, path, nil).expect(http.StatusOK)
		m.sees(a, m.gate.List && m.gate.Name)
		a.has(m.listed(listedSigned))
	}
}

// formOfSigned is the form of such a list, which counts its works and offers
// their tags.
func formOfSigned(path string) func(meeting) {
	return func(m meeting) {
		a := m.asks(http.MethodGet, path, nil).expect(http.StatusOK)
		if listedSigned(m.gate) {
			a.has(m.of.token + " fandom")
		} else {
			a.lacks(m.of.token)
		}
		a.has("Show " + m.listed(listedSigned))
	}
}

func listedSigned(g archive.Gate) bool { return g.List && g.Name }

func (m meeting) sees(a answer, should bool) {
	m.t.Helper()
	if should {
		a.has(m.of.token)
	} else {
		a.lacks(m.of.token)
	}
}

// listed says how many of all works the gate counts for the viewer.
func (m meeting) listed(counts func(archive.Gate) bool) string {
	n := 0
	for _, s := range m.all {
		if counts(archive.GateFor(m.who.viewer, m.who.tie, s.standing, m.who.w.Clock.Now())) {
			n++
		}
	}
	return fmt.Sprintf("%d work", n)
}

// listsTag is the list of a tag that this work alone bears: who may not find
// the work may not know of the tag.
func listsTag(m meeting) {
	path := fmt.Sprintf("/tags/%d/%s-fandom", m.of.tag, m.of.token)
	a := m.asks(http.MethodGet, path, nil)
	named := m.asks(http.MethodGet, "/tags/fandom/"+m.of.token+"%20fandom", nil)
	if m.gate.List {
		a.expect(http.StatusOK).has(m.of.token+" title", "1 work")
		need(m.t, "where the tag's name leads", named.expect(http.StatusSeeOther).to(), path)
		return
	}
	need(m.t, "the status", a.status, http.StatusNotFound)
	m.same(a, m.asks(http.MethodGet, "/tags/999/nothing", nil))
	m.same(named, m.asks(http.MethodGet, "/tags/fandom/nothing", nil))
}

// asksToMute asks whether a work is muted, if it opens.
func asksToMute(m meeting) {
	const pattern = "/works/{work}/mute"
	a := m.asks(http.MethodGet, m.address(pattern), nil)
	switch {
	case !m.who.viewer.IsMember():
		a.expect(http.StatusSeeOther).lacks(m.of.token, "zuleika")
		m.refused(a, http.MethodGet, pattern, nil)
	case m.gate.Open == archive.Missing:
		m.refused(a, http.MethodGet, pattern, nil)
	default:
		a.expect(http.StatusOK).has("Mute " + m.of.token)
		if m.who.viewer.Name != "zuleika" {
			a.lacks("zuleika")
		}
	}
}

// mutesTag asks whether a tag is muted, if one may know of it.
func mutesTag(m meeting) {
	if m.who.viewer.Account == 0 {
		return // who is not signed in is asked to
	}
	a := m.asks(http.MethodGet, fmt.Sprintf("/tags/%d/%s-fandom/mute", m.of.tag, m.of.token), nil)
	if m.gate.List {
		a.expect(http.StatusOK).has("Mute " + m.of.token)
		return
	}
	need(m.t, "the status", a.status, http.StatusNotFound)
	m.same(a, m.asks(http.MethodGet, "/tags/999/nothing/mute", nil))
}

// tellsOf is the list of notices: a title stands there while the work opens.
func tellsOf(m meeting) {
	a := m.asks(http.MethodGet, "/notices", nil)
	if !m.who.viewer.IsMember() {
		a.expect(http.StatusSeeOther)
		return
	}
	m.sees(a.expect(http.StatusOK), m.gate.Open == archive.Opens)
}

// own is the list of one's own works, whatever their state.
func own(m meeting) {
	a := m.asks(http.MethodGet, "/my-works", nil)
	if !m.who.viewer.IsMember() {
		a.expect(http.StatusSeeOther)
		return
	}
	m.sees(a.expect(http.StatusOK), m.who.tie.Creator && m.gate.Open == archive.Opens)
}

// countsOwn is the account, which counts the works of each pen name.
func countsOwn(m meeting) {
	a := m.asks(http.MethodGet, "/account", nil)
	switch {
	case !m.who.viewer.IsMember():
		a.expect(http.StatusSeeOther)
	case m.who.tie.Creator:
		a.expect(http.StatusOK).has(m.listed(listedSigned))
	default:
		a.expect(http.StatusOK).has("0 works").lacks(m.of.token)
	}
}

// belongs is a manuscript: its account's alone, whatever the works' states.
func belongs(method, end string) func(meeting) {
	return func(m meeting) {
		const mine, nobodys = "/manuscripts/1", "/manuscripts/9"
		a := m.asks(method, mine+end, nil)
		switch {
		case !m.who.tie.Creator:
			m.same(a, m.asks(method, nobodys+end, nil))
			a.lacks("zqdraft")
		case method == http.MethodGet:
			a.expect(http.StatusOK).has("zqdraft words")
		}
	}
}
