package media

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// between stands between us and a bucket: it may answer in its place.
type between struct {
	bucket http.Handler
	before func(w http.ResponseWriter, r *http.Request) (answered bool)
}

// ServeHTTP lets a request through, unless it is answered already.
func (b *between) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if b.before == nil || !b.before(w, r) {
		b.bucket.ServeHTTP(w, r)
	}
}

func isListing(r *http.Request) bool {
	return r.Method == http.MethodGet && r.URL.Query().Has("list-type")
}

// manyFiles is more than two pages of a listing.
const manyFiles = 2345

// full gives a bucket with so many files, and one of somebody else's beside
// them.
func full(t *testing.T, n int) (*S3, *between) {
	t.Helper()
	b := &between{bucket: gofakes3.New(s3mem.New()).Server()}
	s := newS3(t, b)
	for i := range n {
		if err := put(s, fmt.Sprintf("pictures/%d/%05d.png", i%7, i), "x", 1); err != nil {
			t.Fatal(err)
		}
	}
	other := *s
	other.prefix = "elsewhere/"
	if err := put(&other, "not/ours", "x", 1); err != nil {
		t.Fatal(err)
	}
	return s, b
}

func TestAListingOfManyPagesNamesEachFileOnce(t *testing.T) {
	s, b := full(t, manyFiles)
	pages := 0
	b.before = func(_ http.ResponseWriter, r *http.Request) bool {
		if isListing(r) {
			pages++
		}
		return false
	}
	met := map[string]int{}
	if err := s.Each(t.Context(), func(key string, size int64) error {
		met[key]++
		if size != 1 || !strings.HasPrefix(key, "pictures/") {
			t.Errorf("%s has %d bytes", key, size)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if len(met) != manyFiles || pages < 3 {
		t.Errorf("%d pages name %d files", pages, len(met))
	}
	for key, n := range met {
		if n != 1 {
			t.Errorf("%s is named %d times", key, n)
		}
	}
}

// A listing that breaks off is an error, and never the files that came so far.
func TestAListingThatBreaksOffIsNoListing(t *testing.T) {
	s, b := full(t, manyFiles)
	for name, fails := range map[string]func(http.ResponseWriter, *http.Request){
		"refused": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) },
		"down":    func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) },
		"cut off": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte(`<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTrunc`))
		},
	} {
		b.before = func(w http.ResponseWriter, r *http.Request) bool {
			broken := isListing(r) && r.URL.Query().Get("continuation-token") != ""
			if broken {
				fails(w, r)
			}
			return broken
		}
		met := 0
		err := s.Each(t.Context(), func(string, int64) error { met++; return nil })
		if err == nil || met >= manyFiles {
			t.Errorf("%s: a listing of %d files gave %v", name, met, err)
		}
	}
	b.before = nil
	enough := errors.New("enough")
	met := 0
	if err := s.Each(t.Context(), func(string, int64) error {
		if met++; met == 1500 {
			return enough
		}
		return nil
	}); !errors.Is(err, enough) || met != 1500 {
		t.Errorf("stopped at %d with %v", met, err)
	}
}

// Whoever no longer waits for a slow bucket is let go at once.
func TestASlowBucketLetsGo(t *testing.T) {
	s, b := full(t, 1)
	release := make(chan struct{})
	defer close(release)
	b.before = func(_ http.ResponseWriter, r *http.Request) bool {
		select {
		case <-release:
		case <-r.Context().Done():
		}
		return true
	}
	for name, act := range map[string]func(ctx context.Context) error{
		"list": func(ctx context.Context) error { return s.Each(ctx, func(string, int64) error { return nil }) },
		"get": func(ctx context.Context) error {
			_, err := s.Get(ctx, "pictures/0/00000.png")
			return err
		},
		"put":    func(ctx context.Context) error { return s.Put(ctx, "a", strings.NewReader("x"), 1, "") },
		"delete": func(ctx context.Context) error { return s.Delete(ctx, "a") },
		"check":  s.Check,
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		began := time.Now()
		err := act(ctx)
		cancel()
		if err == nil || time.Since(began) > 10*time.Second {
			t.Errorf("%s: %v after %v", name, err, time.Since(began))
		}
	}
}
