package backup_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"ficus/internal/archive"
	"ficus/internal/backup"
	"ficus/internal/media"
	"ficus/internal/sqldb"
	"ficus/internal/store"
	"ficus/internal/testkit"
	"ficus/internal/testkit/engines"
)

// s3 is a bucket over HTTP that can be made to fail.
type s3 struct {
	media.Bucket
	fails atomic.Pointer[func(w http.ResponseWriter, r *http.Request) bool]
}

// breaks has the bucket answer as told wherever that answers true.
func (s *s3) breaks(answer func(w http.ResponseWriter, r *http.Request) bool) {
	if answer == nil {
		s.fails.Store(nil)
		return
	}
	s.fails.Store(&answer)
}

func newS3(t *testing.T) *s3 {
	t.Helper()
	memory := s3mem.New()
	must(t, memory.CreateBucket("archive"))
	bucket := gofakes3.New(memory).Server()
	s := &s3{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if answer := s.fails.Load(); answer == nil || !(*answer)(w, r) {
			bucket.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(server.Close)
	var err error
	s.Bucket, err = media.Open(t.Context(), "s3://key:secret-of-eight@"+strings.TrimPrefix(server.URL, "http://")+"/archive/ficus?region=us-east-1&plain=yes")
	must(t, err)
	return s
}

// put keeps n files.
func (s *s3) put(t *testing.T, n int) {
	t.Helper()
	for i := range n {
		content := fmt.Sprintf("the picture %d", i)
		must(t, s.Put(t.Context(), fmt.Sprintf("pictures/%05d.png", i), strings.NewReader(content), int64(len(content)), "image/png"))
	}
}

func (s *s3) count(t *testing.T) (n int) {
	t.Helper()
	must(t, s.Each(t.Context(), func(string, int64) error { n++; return nil }))
	return n
}

// at is an archive whose files lie in a bucket.
func at(db *sqldb.DB, bucket media.Bucket) backup.Place {
	return backup.Place{DB: db, Bucket: bucket, Schema: store.Schema()}
}

// severalPages is more files than a bucket names at once.
const severalPages = 1203

func TestAnArchiveMovesFromBucketToBucketAndToAFolder(t *testing.T) {
	engines.Each(t, store.Schema(), func(t *testing.T, db *sqldb.DB) {
		from := newS3(t)
		from.put(t, severalPages)
		fill(t, db)
		path, made := make1(t, at(db, from))
		if len(made.Files) != severalPages {
			t.Fatalf("%d files are taken", len(made.Files))
		}
		to := newS3(t)
		must(t, restore(t, path, at(engines.SQLite(t, nil, sqldb.Options{Unchecked: true}), to)))
		if n := to.count(t); n != severalPages {
			t.Errorf("%d files came", n)
		}
		folder := place(t, engines.SQLite(t, nil, sqldb.Options{Unchecked: true}))
		must(t, restore(t, path, folder))
		_, again := make1(t, folder)
		same(t, made, again)
	})
}

// Whatever a bucket does half-way, there is no backup that lacks a file: it is
// an error, and nothing is left.
func TestABucketThatFailsHalfWayMakesNoBackup(t *testing.T) {
	from := newS3(t)
	from.put(t, severalPages)
	db := engines.SQLite(t, store.Schema(), sqldb.Options{})
	listing := func(r *http.Request) bool { return r.URL.Query().Has("list-type") }
	for name, answer := range map[string]func(w http.ResponseWriter, r *http.Request) bool{
		"the second page of the list is refused": func(w http.ResponseWriter, r *http.Request) bool {
			refused := listing(r) && r.URL.Query().Get("continuation-token") != ""
			if refused {
				w.WriteHeader(http.StatusForbidden)
			}
			return refused
		},
		"a file is refused": func(w http.ResponseWriter, r *http.Request) bool {
			refused := strings.HasSuffix(r.URL.Path, "00700.png")
			if refused {
				w.WriteHeader(http.StatusForbidden)
			}
			return refused
		},
		"a file breaks off": func(w http.ResponseWriter, r *http.Request) bool {
			broken := r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "00700.png")
			if broken {
				w.Header().Set("Content-Length", "15")
				w.Header().Set("ETag", `"0123456789abcdef0123456789abcdef"`)
				w.Header().Set("Last-Modified", "Fri, 01 May 2026 12:00:00 GMT")
				_, _ = w.Write([]byte("the pic"))
			}
			return broken
		},
	} {
		from.breaks(answer)
		path := filepath.Join(t.TempDir(), "a.zip")
		_, err := backup.Make(t.Context(), at(db, from), path, "test", archive.SystemClock{}, nil)
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", name, err)
		}
		if left, _ := os.ReadDir(filepath.Dir(path)); len(left) > 0 {
			t.Errorf("%s: %v is left", name, left)
		}
	}
	from.breaks(nil)
	make1(t, at(db, from))
}

// A restore whose bucket fails says so, what it put there is taken away again,
// and a second one succeeds.
func TestARestoreIntoABucketThatFailsCanBeRepeated(t *testing.T) {
	from := newS3(t)
	from.put(t, 60)
	path, _ := make1(t, at(engines.SQLite(t, store.Schema(), sqldb.Options{}), from))
	to := newS3(t)
	puts := 0
	to.breaks(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodPut {
			return false
		}
		if puts++; puts > 40 {
			w.WriteHeader(http.StatusInsufficientStorage)
		}
		return puts > 40
	})
	if err := restore(t, path, at(engines.SQLite(t, nil, sqldb.Options{Unchecked: true}), to)); err == nil {
		t.Fatal("a bucket without room took everything")
	}
	to.breaks(nil)
	opened, err := backup.Open(path, store.Schema())
	must(t, err)
	defer opened.Close()
	must(t, opened.IsFree(t.Context(), to)) // its own files are in nobody's way
	must(t, opened.TakeAway(t.Context(), to))
	if n := to.count(t); n != 0 {
		t.Errorf("%d files are left", n)
	}
	must(t, restore(t, path, at(engines.SQLite(t, nil, sqldb.Options{Unchecked: true}), to)))
	if n := to.count(t); n != 60 {
		t.Errorf("%d files came", n)
	}
}

// A bucket that answers slowly makes a backup slow and no worse, and one that
// does not answer is waited for no longer than whoever asked waits.
func TestASlowBucketMakesASlowBackup(t *testing.T) {
	from := newS3(t)
	from.put(t, 30)
	db := engines.SQLite(t, store.Schema(), sqldb.Options{})
	from.breaks(func(http.ResponseWriter, *http.Request) bool {
		time.Sleep(5 * time.Millisecond)
		return false
	})
	if _, made := make1(t, at(db, from)); len(made.Files) != 30 {
		t.Errorf("%d files are taken", len(made.Files))
	}
	from.breaks(func(_ http.ResponseWriter, r *http.Request) bool {
		silent := strings.HasSuffix(r.URL.Path, "00020.png")
		if silent {
			<-r.Context().Done()
		}
		return silent
	})
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	path := filepath.Join(t.TempDir(), "a.zip")
	began := time.Now()
	if _, err := backup.Make(ctx, at(db, from), path, "test", archive.SystemClock{}, nil); err == nil || time.Since(began) > 20*time.Second {
		t.Errorf("%v after %v", err, time.Since(began))
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}

func TestNightlyCopiesOfABucketAreKeptSevenAndOneIsPutBack(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		from := newS3(t)
		from.put(t, 25)
		n := night(t, w)
		n.Place = at(w.DB, from)
		must(t, n.Look(t.Context()))
		for range 9 * 4 {
			w.Clock.Pass(6 * time.Hour)
			must(t, n.Look(t.Context()))
		}
		if names := copies(t, n); len(names) != backup.Kept {
			t.Fatalf("after nine days there are %v", names)
		}
		from.breaks(func(w http.ResponseWriter, r *http.Request) bool {
			w.WriteHeader(http.StatusForbidden)
			return true
		})
		w.Clock.Pass(27 * time.Hour)
		if err := n.Look(t.Context()); err == nil {
			t.Error("a copy was made of a bucket that lets nobody in")
		}
		if s := state(t, w); s.Failed.IsZero() || s.Reason == "" || s.Count != backup.Kept || strings.Contains(s.Reason, "secret") {
			t.Errorf("the state is %+v", s)
		}
		if names := copies(t, n); len(names) != backup.Kept {
			t.Errorf("the night that failed left %v", names)
		}
		from.breaks(nil)
		w.Clock.Pass(2 * time.Hour)
		must(t, n.Look(t.Context()))
		s := state(t, w)
		if !s.Failed.IsZero() || s.Last != w.Clock.Now() {
			t.Errorf("the state is %+v", s)
		}
		to := newS3(t)
		must(t, restore(t, s.File, at(engines.SQLite(t, nil, sqldb.Options{Unchecked: true}), to)))
		if n := to.count(t); n != 25 {
			t.Errorf("%d files came", n)
		}
	})
}
