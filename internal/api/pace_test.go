package api_test

import (
	"fmt"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"

	"ficus/internal/accounts"
	"ficus/internal/api"
	"ficus/internal/archive"
	"ficus/internal/tempo"
	"ficus/internal/testkit"
)

// slowed wants an answer that asks to wait, in the shape of every refusal.
func (d *desk) slowed(a answer, atMost time.Duration) {
	d.t.Helper()
	d.expect(a, http.StatusTooManyRequests)
	seconds, err := strconv.Atoi(a.header.Get("Retry-After"))
	if err != nil || seconds < 1 || time.Duration(seconds)*time.Second > atMost {
		d.t.Errorf("Retry-After is %q", a.header.Get("Retry-After"))
	}
	if got := a.header.Get("Content-Type"); got != "application/problem+json" || a.json["status"] != float64(429) || a.json["title"] != "Too Many Requests" {
		d.t.Errorf("the refusal is %s: %s", got, a.body)
	}
	contains(d.t, a.json["detail"], "Too many requests came from you", a.header.Get("Retry-After"))
}

func TestAMemberPostsSoManyWorksAnHour(t *testing.T) {
	d := lightDesk(t)
	mina, odo := d.join("mina"), d.join("odo")
	wren := d.joinAs(accounts.Joining{Name: "wren", Password: "correct horse", Staff: true})
	for i := range 120 {
		d.expect(d.post(mina, "/works", object{"title": fmt.Sprint(i)}), http.StatusUnprocessableEntity) // what is wrong is counted too
	}
	d.slowed(d.post(mina, "/works", work(nil)), time.Hour)
	d.create(odo, work(nil))
	id := d.create(wren, work(nil))
	if d.get(mina, "/works").json["total"] != float64(2) || d.show(mina, id).status != http.StatusOK {
		t.Error("who posted too often cannot read")
	}
	d.Clock.Pass(time.Hour)
	d.create(mina, work(nil))
}

func TestWhatIsPostedOnThePagesCountsInTheAPI(t *testing.T) {
	keeper := &tempo.Keeper{}
	d := open(t, testkit.NewWorld(t, testkit.SQLite(t)), func(r *api.Rooms) { r.Tempo = keeper })
	mina := d.join("mina")
	viewer, err := d.accounts.WhoHolds(t.Context(), mina)
	if err != nil {
		t.Fatal(err)
	}
	for range 120 {
		keeper.Allows(tempo.Posting, tempo.Sender{Viewer: viewer}, d.Clock.Now())
	}
	d.slowed(d.post(mina, "/works", work(nil)), time.Hour)
}

func TestAMemberAddsSoManyChaptersAnHour(t *testing.T) {
	d := lightDesk(t)
	mina := d.join("mina")
	id := d.create(mina, work(nil))
	for range 1200 {
		d.expect(d.post(mina, fmt.Sprintf("/works/%d/chapters", id), object{"text": ""}), http.StatusUnprocessableEntity)
	}
	d.slowed(d.post(mina, fmt.Sprintf("/works/%d/chapters", id), object{"text": "Two lamps."}), time.Hour)
}

func TestAMemberHasSoManyManuscriptsReadAnHour(t *testing.T) {
	d := lightDesk(t)
	mina := d.join("mina")
	send := func() answer {
		return d.send(mina, http.MethodPost, "/manuscripts", strings.NewReader("One lamp."), "Content-Type", "text/plain")
	}
	for range 240 {
		d.expect(send(), http.StatusOK)
	}
	d.slowed(send(), time.Hour)
}

func TestSearchesAreCountedByMemberAndByNetwork(t *testing.T) {
	d := open(t, testkit.NewWorld(t, testkit.SQLite(t)), func(r *api.Rooms) {
		r.Site.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	})
	mina := d.join("mina")
	for range 60 {
		d.expect(d.get(mina, "/works?q=lamp"), http.StatusOK)
	}
	d.slowed(d.get(mina, "/works?q=lamp"), time.Minute)
	d.expect(d.get(mina, "/works"), http.StatusOK) // a list is no search
	from := func(address string) answer {
		return d.send("", http.MethodGet, "/works?q=lamp", nil, "X-Forwarded-For", address)
	}
	for i := range 120 {
		d.expect(from(fmt.Sprint("203.0.113.", i)), http.StatusOK)
	}
	d.slowed(from("203.0.113.200"), time.Minute)
	d.expect(from("198.51.100.7"), http.StatusOK)
	d.Clock.Pass(time.Minute)
	d.expect(from("203.0.113.200"), http.StatusOK)
}

func TestTokensAreNotTriedForLong(t *testing.T) {
	d := lightDesk(t)
	mina := d.join("mina")
	for i := range 200 {
		d.expect(d.get(fmt.Sprint("wrong", i), "/works"), http.StatusUnauthorized)
		if i < 150 && i%10 == 0 {
			d.expect(d.get(mina, "/works"), http.StatusOK) // the right one is not counted
		}
	}
	d.slowed(d.get("wrong again", "/works"), 15*time.Minute)
	d.expect(d.get("", "/works"), http.StatusOK)
	d.Clock.Pass(15 * time.Minute)
	d.expect(d.get(mina, "/works"), http.StatusOK)
}

func TestWhoFindsTooManyManuscriptsReadIsToldToComeAgain(t *testing.T) {
	d := lightDesk(t)
	mina := d.join("mina")
	d.writing.LimitReading(tempo.NewTurns(1, 0, time.Second))
	end, err := d.writing.Turn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for path, body := range map[string]object{"/works": work(nil), "/manuscripts": {"text": "One lamp."}} {
		a := d.post(mina, path, body)
		d.expect(a, http.StatusServiceUnavailable)
		if a.header.Get("Retry-After") != "10" || a.header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s is answered with %v: %s", path, a.header, a.body)
		}
	}
	if d.get(mina, "/works").json["total"] != float64(0) {
		t.Error("something was stored")
	}
	end()
	d.create(mina, work(object{"rating": archive.RatingTeen}))
}
