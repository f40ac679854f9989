package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"ficus/internal/accounts"
	"ficus/internal/api"
	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/media"
	"ficus/internal/store"
	"ficus/internal/tempo"
	"ficus/internal/testkit"
	"ficus/internal/writing"
)

// desk is an archive with its api served over HTTP.
type desk struct {
	*testkit.World
	t        *testing.T
	address  string
	accounts *accounts.Accounts
	writing  *writing.Writing
	log      *bytes.Buffer
	site     archive.Site
}

// object is a JSON object as it was answered.
type object = map[string]any

// answer is what a request came to.
type answer struct {
	status int
	header http.Header
	body   []byte
	json   object
}

// desks runs test with an archive's api on both databases.
func desks(t *testing.T, test func(t *testing.T, d *desk)) {
	t.Helper()
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) { test(t, open(t, w, nil)) })
}

// lightDesk is an api on SQLite, for what no database can change.
func lightDesk(t *testing.T) *desk {
	t.Helper()
	return open(t, testkit.NewWorld(t, testkit.SQLite(t)), nil)
}

func open(t *testing.T, w *testkit.World, change func(*api.Rooms)) *desk {
	t.Helper()
	limits := archive.DefaultLimits()
	bucket, err := media.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { bucket.Close() })
	noFetch := func(context.Context, string) ([]byte, error) { return nil, errors.New("no network in tests") }
	people, err := accounts.New(w.Store, limits, accounts.Cost{MemoryKiB: 8, Iterations: 1, AtOnce: 2})
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{World: w, t: t, accounts: people, writing: writing.New(w.Store, bucket, limits, w.Clock, noFetch), log: &bytes.Buffer{}, site: archive.DefaultSite()}
	d.writing.Site = func() archive.Site { return d.site }
	known := catalog.New(w.Store, d.site, w.Clock, slog.New(slog.NewTextHandler(d.log, nil)))
	known.Patience = catalog.Patience{} // however busy the machine is
	if err := known.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	known.Fill(t.Context())
	w.Store.Applied = known.Applied
	rooms := api.Rooms{
		Store: w.Store, Catalog: known, Accounts: people, Writing: d.writing, Clock: w.Clock, Log: slog.New(slog.NewTextHandler(d.log, nil)),
		Limits: limits, Tempo: &tempo.Keeper{}, Site: api.Site{Address: "https://stories.example", Live: func() archive.Site { return d.site }},
	}
	if change != nil {
		change(&rooms)
	}
	handler, err := api.New(rooms)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	d.address = server.URL
	return d
}

// join makes an account and gives its token.
func (d *desk) join(name string) string {
	d.t.Helper()
	return d.joinAs(accounts.Joining{Name: name, Password: "correct horse", TakesGifts: true})
}

func (d *desk) joinAs(j accounts.Joining) string {
	d.t.Helper()
	if _, err := d.accounts.Join(d.t.Context(), j); err != nil {
		d.t.Fatal(err)
	}
	token, err := d.accounts.NewToken(d.t.Context(), j.Name, "test")
	if err != nil {
		d.t.Fatal(err)
	}
	return token
}

// send asks with any body; headers come in pairs.
func (d *desk) send(token, method, path string, body io.Reader, headers ...string) answer {
	d.t.Helper()
	r, err := http.NewRequestWithContext(d.t.Context(), method, d.address+"/api/v1"+path, body)
	if err != nil {
		d.t.Fatal(err)
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		d.t.Fatal(err)
	}
	defer response.Body.Close()
	a := answer{status: response.StatusCode, header: response.Header}
	if a.body, err = io.ReadAll(response.Body); err != nil {
		d.t.Fatal(err)
	}
	if err := json.Unmarshal(a.body, &a.json); err != nil {
		d.t.Fatalf("%s %s answered %d with what is no JSON: %q", method, path, a.status, a.body)
	}
	return a
}

// get asks for an address.
func (d *desk) get(token, path string) answer {
	d.t.Helper()
	return d.send(token, http.MethodGet, path, nil)
}

// post sends JSON.
func (d *desk) post(token, path string, body any, headers ...string) answer {
	d.t.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		d.t.Fatal(err)
	}
	return d.send(token, http.MethodPost, path, bytes.NewReader(data), append([]string{"Content-Type", "application/json"}, headers...)...)
}

// create posts a work that must be taken, and gives its id.
func (d *desk) create(token string, body object) int64 {
	d.t.Helper()
	a := d.post(token, "/works", body)
	d.expect(a, http.StatusCreated)
	return int64(a.json["id"].(float64))
}

// work is the least that can be posted, with changes.
func work(changes object) object {
	body := object{
		"title": "The Lamp Keepers", "fandoms": []string{"Harbour Lights"}, "rating": "General", "warnings": []string{"none apply"}, "language": "en",
		"chapters": []object{{"text": "The lamp was lit at six. Nobody came."}},
	}
	for name, value := range changes {
		body[name] = value
	}
	return body
}

func (d *desk) expect(a answer, status int) {
	d.t.Helper()
	if a.status != status {
		d.t.Fatalf("the answer is %d, want %d: %s\n%s", a.status, status, a.body, d.log)
	}
}

// fault gives what an answer says of a place; empty: nothing.
func (a answer) fault(at string) string {
	list, _ := a.json["errors"].([]any)
	for _, one := range list {
		if one := one.(object); one["location"] == at {
			return one["message"].(string)
		}
	}
	return ""
}

// chapter gives the n-th chapter of an answered work.
func (a answer) chapter(t *testing.T, n int) object {
	t.Helper()
	chapters, _ := a.json["chapters"].([]any)
	if n >= len(chapters) {
		t.Fatalf("there are %d chapters, want more than %d: %s", len(chapters), n, a.body)
	}
	return chapters[n].(object)
}

func (d *desk) show(token string, id int64) answer {
	d.t.Helper()
	a := d.get(token, fmt.Sprintf("/works/%d", id))
	d.expect(a, http.StatusOK)
	return a
}

// hide hides a work, as staff would.
func (d *desk) hide(id int64) {
	d.t.Helper()
	d.Write(d.t, func(ctx context.Context, tx *store.Tx) error {
		tx.Log.Record(archive.Event{Kind: archive.WorkHidden, Work: id})
		return tx.Works.Hide(ctx, id, tx.Now)
	})
}

func contains(t *testing.T, text any, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(fmt.Sprint(text), w) {
			t.Errorf("%q is not in %q", w, text)
		}
	}
}

func lacks(t *testing.T, text any, words ...string) {
	t.Helper()
	for _, w := range words {
		if strings.Contains(strings.ToLower(fmt.Sprint(text)), strings.ToLower(w)) {
			t.Errorf("%q is in %q", w, text)
		}
	}
}
