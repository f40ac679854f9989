package api_test

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/sqldb"
	"ficus/internal/store"
	"ficus/internal/testkit"
	"ficus/internal/testkit/engines"
)

// people are who may ask: a guest, a member, the creator and staff, by token.
type people struct{ guest, member, creator, staff string }

func (d *desk) people() people {
	d.t.Helper()
	return people{
		member: d.join("mina"), creator: d.join("ada"),
		staff: d.joinAs(accounts.Joining{Name: "wren", Password: "correct horse", Staff: true}),
	}
}

// states are works that not everyone may see, each with what each meets at its
// address, as guest, member, creator and staff.
func (d *desk) states(p people) map[string]struct {
	id    int64
	meets [4]int
	lists [4]bool
} {
	d.t.Helper()
	draft := d.create(p.creator, work(object{"title": "Secret draft", "draft": true}))
	restricted := d.create(p.creator, work(object{"title": "Secret restricted", "restricted": true}))
	hidden := d.create(p.creator, work(object{"title": "Secret hidden"}))
	d.hide(hidden)
	deleted := d.create(p.creator, work(object{"title": "Secret deleted"}))
	creator, err := d.accounts.WhoHolds(d.t.Context(), p.creator)
	if err != nil {
		d.t.Fatal(err)
	}
	if err := d.writing.DeleteWork(d.t.Context(), creator, deleted); err != nil {
		d.t.Fatal(err)
	}
	return map[string]struct {
		id    int64
		meets [4]int
		lists [4]bool
	}{
		"draft":      {draft, [4]int{404, 404, 200, 404}, [4]bool{}},
		"restricted": {restricted, [4]int{401, 200, 200, 200}, [4]bool{false, true, true, true}},
		"hidden":     {hidden, [4]int{404, 404, 200, 200}, [4]bool{false, false, false, true}},
		"deleted":    {deleted, [4]int{404, 404, 410, 404}, [4]bool{}},
	}
}

func TestAcceptance05_PartApiGateHolds(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		p := d.people()
		states := d.states(p)
		missing := d.get("", "/works/999999")
		for state, s := range states {
			for i, token := range []string{p.guest, p.member, p.creator, p.staff} {
				a := d.get(token, fmt.Sprintf("/works/%d", s.id))
				if a.status != s.meets[i] {
					t.Errorf("%s, viewer %d: the answer is %d, want %d: %s", state, i, a.status, s.meets[i], a.body)
				}
				if a.status != http.StatusOK {
					lacks(t, string(a.body), "secret", "ada", "harbour", "draft")
				}
				if a.status == http.StatusNotFound {
					sameRefusal(t, a, missing)
				}
				listed := strings.Contains(string(d.get(token, "/works?q=secret").body), "Secret "+state)
				if listed != s.lists[i] {
					t.Errorf("%s, viewer %d: listed is %v, want %v", state, i, listed, s.lists[i])
				}
			}
		}
		for i, want := range []float64{0, 1, 1, 2} {
			token := []string{p.guest, p.member, p.creator, p.staff}[i]
			values := d.get(token, "/works/values?kind=fandom")
			counts := []any{object{"name": "Harbour Lights", "count": want}}
			if want == 0 {
				counts = []any{}
			}
			if values.json["works"] != want || !cmp.Equal(values.json["values"], any(counts)) {
				t.Errorf("viewer %d is told of values %s, want %v works", i, values.body, want)
			}
			if a := d.get(token, "/works"); a.json["total"] != want {
				t.Errorf("viewer %d counts %v works, want %v", i, a.json["total"], want)
			}
		}
	})
}

// sameRefusal holds two refusals equal in status, headers, length and words.
func sameRefusal(t *testing.T, a, b answer) {
	t.Helper()
	a.header.Del("Date")
	b.header.Del("Date")
	if a.status != b.status || fmt.Sprint(a.header) != fmt.Sprint(b.header) || string(a.body) != string(b.body) {
		t.Errorf("the refusals differ: %d %v %s and %d %v %s", a.status, a.header, a.body, b.status, b.header, b.body)
	}
}

func TestAcceptance13_PartApiRestrictedAsksAGuestWithoutNaming(t *testing.T) {
	d := lightDesk(t)
	p := d.people()
	id := d.create(p.creator, work(object{"title": "Secret", "restricted": true}))
	a := d.get("", fmt.Sprintf("/works/%d", id))
	d.expect(a, http.StatusUnauthorized)
	contains(t, a.json["detail"], "members only")
	lacks(t, string(a.body), "secret", "ada", "harbour")
	if a.header.Get("WWW-Authenticate") != "Bearer" {
		t.Errorf("the headers are %v", a.header)
	}
	if title := d.show(p.member, id).json["title"]; title != "Secret" {
		t.Errorf("a member reads %v", title)
	}
}

func TestOnlyCreatorsAddChapters(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		p := d.people()
		states := d.states(p)
		posted := d.create(p.creator, work(nil))
		chapter := object{"text": "One more."}
		missing := d.post(p.member, "/works/999999/chapters", chapter)
		d.expect(missing, http.StatusNotFound)
		for name, try := range map[string]struct {
			work   int64
			token  string
			status int
		}{
			"guest": {posted, p.guest, 401}, "member": {posted, p.member, 403}, "staff": {posted, p.staff, 403}, "creator": {posted, p.creator, 201},
			"member, draft": {states["draft"].id, p.member, 404}, "staff, draft": {states["draft"].id, p.staff, 404}, "creator, draft": {states["draft"].id, p.creator, 201},
			"member, hidden": {states["hidden"].id, p.member, 404}, "member, restricted": {states["restricted"].id, p.member, 403},
			"member, deleted": {states["deleted"].id, p.member, 404}, "creator, deleted": {states["deleted"].id, p.creator, 403},
		} {
			a := d.post(try.token, fmt.Sprintf("/works/%d/chapters", try.work), chapter)
			if a.status != try.status {
				t.Errorf("%s: the answer is %d, want %d: %s", name, a.status, try.status, a.body)
			}
			if a.status == http.StatusNotFound {
				sameRefusal(t, a, missing)
			}
		}
	})
}

func TestTokensAreAsked(t *testing.T) {
	d := lightDesk(t)
	ada := d.join("ada")
	for name, try := range map[string]struct {
		method, path, header string
		status               int
	}{
		"guest reads":        {"GET", "/works", "", 200},
		"wrong token reads":  {"GET", "/works", "Bearer ficus_wrong", 401},
		"no scheme":          {"GET", "/works", ada, 401},
		"other scheme":       {"GET", "/works", "Basic " + ada, 401},
		"empty token":        {"GET", "/works", "Bearer ", 401},
		"small letters":      {"GET", "/works", "bearer " + ada, 200},
		"guest posts":        {"POST", "/works", "", 401},
		"wrong token posts":  {"POST", "/works", "Bearer ficus_wrong", 401},
		"guest sends a text": {"POST", "/manuscripts", "", 401},
	} {
		a := d.send("", try.method, try.path, nil, "Authorization", try.header, "Cookie", "session="+ada)
		if a.status != try.status {
			t.Errorf("%s: the answer is %d, want %d: %s", name, a.status, try.status, a.body)
		}
		if a.status == http.StatusUnauthorized && (a.header.Get("WWW-Authenticate") != "Bearer" || a.header.Get("Content-Type") != "application/problem+json") {
			t.Errorf("%s: the headers are %v", name, a.header)
		}
	}
}

func TestAddressesThatAreNone(t *testing.T) {
	d := lightDesk(t)
	missing := d.get("", "/works/999999")
	d.expect(missing, http.StatusNotFound)
	for _, path := range []string{"/works/abc", "/works/0", "/works/-1", "/works/99999999999999999999", "/nothing", "/", "/works/", "/docs", "/schemas/WorkBody.json", "/openapi.yaml"} {
		sameRefusal(t, d.get("", path), missing)
	}
	a := d.send("", http.MethodDelete, "/works", nil)
	d.expect(a, http.StatusMethodNotAllowed)
	if allow := a.header.Get("Allow"); allow != "GET, POST" {
		t.Errorf("the address takes %q", allow)
	}
	contains(t, a.json["detail"], "GET and POST")
}

func TestUnknownFailureTellsOnlyItsNumber(t *testing.T) {
	d := lightDesk(t)
	if err := d.DB.Close(); err != nil {
		t.Fatal(err)
	}
	a := d.get("", "/works")
	d.expect(a, http.StatusInternalServerError)
	number := strings.TrimSuffix(a.json["detail"].(string)[len("Something broke here; it is in the log under request "):], ".")
	contains(t, d.log.String(), "request="+number)
	lacks(t, string(a.body), "sql", "database", "closed")
}

func TestFullDiskIsSaidAndStoresNothing(t *testing.T) {
	db := engines.SQLite(t, store.Schema(), sqldb.Options{MaxPages: 150})
	d := open(t, testkit.NewWorld(t, db), nil)
	ada := d.join("ada")
	noise := make([]byte, 300_000)
	if _, err := rand.Read(noise); err != nil {
		t.Fatal(err)
	}
	body := work(object{"chapters": []object{{"text": hex.EncodeToString(noise)[:490_000], "read": "text"}}})
	var full answer
	for range 10 {
		if full = d.post(ada, "/works", body); full.status != http.StatusCreated {
			break
		}
	}
	d.expect(full, http.StatusInsufficientStorage)
	contains(t, full.json["detail"], "no room left")
	total := d.get("", "/works").json["total"].(float64)
	d.expect(d.post(ada, "/works", body), http.StatusInsufficientStorage)
	if after := d.get("", "/works").json["total"].(float64); after != total {
		t.Errorf("there were %v works and are %v", total, after)
	}
}

func TestGateNamesTheStateToItsCreator(t *testing.T) {
	d := lightDesk(t)
	p := d.people()
	states := d.states(p)
	for _, state := range []string{archive.Standing{}.State(d.Clock.Now()), "hidden"} {
		if shown := d.show(p.creator, states[state].id); shown.json["state"] != state {
			t.Errorf("the state of a %s is %v", state, shown.json["state"])
		}
	}
	a := d.get(p.creator, fmt.Sprintf("/works/%d", states["deleted"].id))
	contains(t, a.json["detail"], "until 2026-05-31")
}
