package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

// freeAddress is one nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	address := free.Addr().String()
	must(t, free.Close())
	return address
}

func TestFiguresAreServedApartAndNameNobody(t *testing.T) {
	data, at := t.TempDir(), freeAddress(t)
	says(t, "a lamp in the window", "user", "create", "mara", "--password-stdin", "--data", data)
	token := strings.TrimSpace(says(t, "", "user", "token", "mara", "--data", data))
	s := begin(t, "serve", "--data", data, "--listen", "127.0.0.1:0", "--metrics", at)
	work := s.posts(token, "The Lamp Keepers")
	for range 3 {
		s.get(fmt.Sprintf("/works/%d", work), "")
	}
	s.get("/users/mara", "")
	s.get("/nowhere/at/all", "")
	s.get("/search?q=secretwish", "")
	answer, err := http.Get("http://" + at + "/metrics")
	must(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(t, err)
	for _, want := range []string{
		`ficus_requests_total{class="2xx",route="GET /works/{work}"} 3`, `ficus_requests_total{class="2xx",route="POST /api/v1/works"} 1`,
		`ficus_request_seconds_count{route="GET /works/{work}"} 3`, `ficus_kept_pages_total{outcome="hit"} 2`, `class="4xx"`,
		"ficus_log_head ", "ficus_catalogue_lag_events 0", "ficus_catalogue_works ", "ficus_catalogue_behind ", "ficus_catalogue_fill_seconds ", "ficus_jobs_given_up 0", "ficus_mail_waiting ", "ficus_database_bytes ", "ficus_nightly_copy_failed 0", "go_goroutines ",
	} {
		if !strings.Contains(string(body), want) {
			t.Errorf("the figures lack %q", want)
		}
	}
	for _, name := range []string{"mara", "secretwish", "Lamp Keepers", "nowhere", fmt.Sprintf("/works/%d", work)} {
		if strings.Contains(string(body), name) {
			t.Errorf("the figures tell of %q", name)
		}
	}
	if status, _ := s.get("/metrics", ""); status != http.StatusNotFound {
		t.Errorf("the figures are open to everyone: %d", status)
	}
	if said := refuses(t, "serve", "--data", t.TempDir(), "--listen", "127.0.0.1:0", "--metrics", at); !strings.Contains(said, "cannot listen") {
		t.Errorf("a taken address is answered with %q", said)
	}
	s.stop()
}

func TestTheLogIsTextOrJSONAndKeepsNoAddresses(t *testing.T) {
	for _, format := range []string{"text", "json"} {
		data := t.TempDir()
		says(t, "a lamp in the window\n", "user", "create", "wren", "--staff", "--password-stdin", "--data", data) // so that no link is offered
		s := begin(t, "serve", "--data", data, "--listen", "127.0.0.1:0", "--log-level", "debug", "--log-format", format)
		for range 2 {
			s.get("/works?fandom=secretwish", "")
			s.get("/works", "")
		}
		s.get("/api/v1/works/1", "")
		s.stop()
		answered := 0
		for line := range strings.Lines(s.log.String()) {
			if strings.Contains(line, "secretwish") || strings.Contains(line, "127.0.0.1") {
				t.Errorf("the log keeps what was asked or who: %s", line)
			}
			if strings.Contains(line, "answered") {
				answered++
			}
			if format == "text" {
				continue
			}
			var said struct{ Msg, Request, Method, Path string }
			if err := json.Unmarshal([]byte(line), &said); err != nil {
				t.Errorf("%v: %s", err, line)
			}
			if said.Msg == "answered" && (len(said.Request) != 10 || said.Method != "GET" || said.Path == "") {
				t.Errorf("a line lacks its number: %s", line)
			}
		}
		if answered != 5 {
			t.Errorf("%s: %d requests are told of:\n%s", format, answered, s.log)
		}
	}
	if said := refuses(t, "serve", "--data", t.TempDir(), "--log-format", "xml"); !strings.Contains(said, "--log-format") {
		t.Errorf("a wrong format is answered with %q", said)
	}
}
