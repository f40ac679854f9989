package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"
)

// onlyHere lets the test's own server through and no other address of this
// machine.
func onlyHere() *Client { return NewAllowing(netip.MustParsePrefix("127.0.0.1/32")) }

func serve(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

func TestFetchGivesTheFileAndItsType(t *testing.T) {
	var seen http.Header
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		seen = r.Header
		w.Header().Set("Content-Type", "image/png")
		io.WriteString(w, "a picture")
	})
	body, kind, err := onlyHere().Get(t.Context(), address+"/a?b=c", Limits{})
	if err != nil || string(body) != "a picture" || kind != "image/png" {
		t.Fatalf("gave %q, %q, %v", body, kind, err)
	}
	if seen.Del("Connection"); len(seen) != 1 || seen.Get("User-Agent") != "Ficus" {
		t.Errorf("told the site %v", seen)
	}
}

func TestFetchRefusesWhatIsNotPublic(t *testing.T) {
	asked := false
	server := serve(t, func(http.ResponseWriter, *http.Request) { asked = true })
	port := server[strings.LastIndex(server, ":")+1:]
	for _, address := range []string{
		server, "http://127.0.0.1/", "http://127.1.2.3/", "http://0.0.0.0/", "http://10.0.0.1/", "http://172.16.0.1/", "http://192.168.1.1/",
		"http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/", "http://192.0.2.1/", "http://224.0.0.1/", "http://255.255.255.255/",
		"http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:10.0.0.1]/", "http://[fe80::1]/", "http://[fd00::1]/",
		"http://[64:ff9b::7f00:1]/", "http://[2001:db8::1]/", "http://localhost:" + port + "/",
		"https://127.0.0.1/", "http://8.8.8.8:22/", "http://8.8.8.8:" + port + "/",
		"ftp://example.org/", "file:///etc/passwd", "gopher://127.0.0.1/", "javascript:alert(1)", "//example.org/", "/a", "", "http://", "http:///a", "http://a b/",
		"http://user@example.org/", "http://user:pass@example.org/", "http://exa\nmple.org/",
	} {
		body, _, err := New().Get(t.Context(), address, Limits{Time: time.Second})
		if !errors.Is(err, ErrAddress) || body != nil {
			t.Errorf("%q: %q, %v", address, body, err)
		}
	}
	if asked {
		t.Error("the server on this machine was asked")
	}
}

func TestFetchChecksEveryRedirect(t *testing.T) {
	for _, target := range []string{
		"http://127.0.0.2/", "http://[::1]/", "http://10.0.0.1/", "http://169.254.169.254/", "file:///etc/passwd", "http://u:p@127.0.0.1/", "http:///x",
	} {
		address := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", target)
			w.WriteHeader(http.StatusFound)
		})
		if _, _, err := onlyHere().Get(t.Context(), address, Limits{Time: time.Second}); !errors.Is(err, ErrAddress) {
			t.Errorf("led to %s: %v", target, err)
		}
	}
}

func TestFetchFollowsSoManyRedirects(t *testing.T) {
	var referers []string
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		referers = append(referers, r.Referer())
		var left int
		if fmt.Sscanf(r.URL.Path, "/%d", &left); left > 0 {
			http.Redirect(w, r, fmt.Sprintf("/%d", left-1), http.StatusFound)
			return
		}
		io.WriteString(w, "here")
	})
	for _, c := range []struct {
		redirects, limit int
		want             error
	}{{4, 0, nil}, {5, 0, ErrRedirects}, {1, 1, nil}, {2, 1, ErrRedirects}, {1, -1, ErrRedirects}, {0, -1, nil}} {
		if _, _, err := onlyHere().Get(t.Context(), fmt.Sprintf("%s/%d", address, c.redirects), Limits{Redirects: c.limit}); !errors.Is(err, c.want) {
			t.Errorf("%d redirects, %d followed: %v", c.redirects, c.limit, err)
		}
	}
	if said := strings.Join(referers, ""); said != "" {
		t.Errorf("told the next site where it came from: %s", said)
	}
}

func TestFetchDoesNotStepDownFromHTTPS(t *testing.T) {
	secure, _ := http.NewRequest(http.MethodGet, "https://example.org/", nil)
	plain, _ := http.NewRequest(http.MethodGet, "http://example.org/", nil)
	if err := follow(4)(plain, []*http.Request{secure}); !errors.Is(err, ErrAddress) {
		t.Errorf("from https to http: %v", err)
	}
	if err := follow(4)(secure, []*http.Request{plain}); err != nil {
		t.Errorf("from http to https: %v", err)
	}
}

func TestFetchTakesNoMoreThanTheLimit(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/endless" {
			for { // says no length and never ends
				if _, err := w.Write(make([]byte, 32<<10)); err != nil {
					return
				}
			}
		}
		w.Write(make([]byte, 1000))
	})
	for _, c := range []struct {
		path  string
		limit int64
		want  error
	}{{"/", 1000, nil}, {"/", 999, ErrTooLarge}, {"/endless", 1 << 20, ErrTooLarge}, {"/endless", 0, ErrTooLarge}} {
		body, _, err := onlyHere().Get(t.Context(), address+c.path, Limits{Bytes: c.limit})
		if !errors.Is(err, c.want) || (err == nil) != (len(body) == 1000) {
			t.Errorf("%s within %d bytes: %d bytes, %v", c.path, c.limit, len(body), err)
		}
	}
}

func TestFetchTakesNoLongerThanTheLimit(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/body" {
			w.Write([]byte("a"))
			w.(http.Flusher).Flush()
		}
		<-r.Context().Done()
	})
	for _, path := range []string{"/head", "/body"} {
		begun := time.Now()
		_, _, err := onlyHere().Get(t.Context(), address+path, Limits{Time: 50 * time.Millisecond})
		if !errors.Is(err, ErrTooSlow) || time.Since(begun) > 5*time.Second {
			t.Errorf("%s: %v after %v", path, err, time.Since(begun))
		}
	}
}

func TestFetchStopsWhenItIsToldTo(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	address := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	if _, _, err := onlyHere().Get(ctx, address, Limits{}); !errors.Is(err, context.Canceled) || errors.Is(err, ErrTooSlow) {
		t.Errorf("gave %v", err)
	}
}

func TestFetchTellsARefusalFromAFile(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNotFound)
		io.WriteString(w, "<h1>not here</h1>")
	})
	if body, _, err := onlyHere().Get(t.Context(), address, Limits{}); !errors.Is(err, ErrRefused) || body != nil {
		t.Errorf("gave %q, %v", body, err)
	}
}
