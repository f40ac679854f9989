package catalog_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// started is a process that begins with a snapshot.
func (s *shelf) started(at catalog.Snapshot) *catalog.Catalog {
	s.t.Helper()
	c := begun(s.t, s.World)
	c.Snapshot = at
	c.Fill(s.t.Context())
	c.ReviewFigures(s.t.Context())
	return c
}

// kept keeps a snapshot of a catalogue, and gives where.
func (s *shelf) kept(c *catalog.Catalog) catalog.Snapshot {
	s.t.Helper()
	c.Snapshot = catalog.Snapshot{Path: filepath.Join(s.t.TempDir(), "catalogue"), Program: "one"}
	if err := c.Keep(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
	return c.Snapshot
}

// A process begins with what another has read of all works, and reads what has
// happened since, hits that nothing told of among it; a snapshot of another
// program, one of another archive and one that is broken are of no use, and
// works are read from the tables.
func TestAProcessBeginsWithASnapshot(t *testing.T) {
	shelves(t, func(t *testing.T, s *shelf) {
		one, two := s.post("One"), s.post("Two", "rain")
		at := s.kept(s.known)
		// Other tags that nothing tells of are seen by who reads the tables, and by
		// nobody else: so one knows where a process has read.
		s.Write(t, func(ctx context.Context, tx *store.Tx) error { return tx.Tags.SetOn(ctx, two, freeforms("wind")) })
		s.Store.Applied = func(context.Context, store.Committed) {}
		three := s.post("Three")
		s.Write(t, func(ctx context.Context, tx *store.Tx) error {
			return tx.Hits.Add(ctx, []store.Visit{{Work: one, Visitor: "a"}, {Work: one, Visitor: "b"}, {Work: two, Visitor: "a"}})
		})
		rain := []catalog.TagName{{Kind: archive.KindFreeform, Name: "rain"}}
		begins := func(what string, at catalog.Snapshot, want ...int64) {
			t.Helper()
			s.known = s.started(at)
			s.shows(what, s.reader, catalog.Filter{Sort: store.SortHits}, one, two, three)
			s.shows(what, s.reader, catalog.Filter{Include: rain}, want...)
		}
		begins("with the snapshot", at, two)
		begins("with that of another program", catalog.Snapshot{Path: at.Path, Program: "two"})
		begins("with none", catalog.Snapshot{Path: at.Path + ".not", Program: "one"})

		whole, err := os.ReadFile(at.Path)
		if err != nil {
			t.Fatal(err)
		}
		for _, broken := range [][]byte{{}, whole[:20], whole[:len(whole)-1], append(whole[:len(whole):len(whole)], 0), func() []byte {
			flipped := append([]byte{}, whole...)
			flipped[len(flipped)/2] ^= 1
			return flipped
		}()} {
			if err := os.WriteFile(at.Path, broken, 0o600); err != nil {
				t.Fatal(err)
			}
			begins("with a broken one", at)
		}

		if err := os.WriteFile(at.Path, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		begins("with it mended", at, two)
		begins("with what that process keeps", s.kept(s.known), two)
	})
	shelves(t, func(t *testing.T, s *shelf) {
		s.post("One")
		at := s.kept(s.known)
		other := newShelf(t, testkit.NewWorld(t, testkit.SQLite(t)))
		other.Clock.Pass(time.Millisecond)
		work := other.post("Another archive's")
		other.known = other.started(at)
		other.shows("with another archive's snapshot", other.reader, catalog.Filter{}, work)
	})
}

// Nothing is left beside a snapshot, and nothing is kept before works were read.
func TestASnapshotIsKeptWholeOrNotAtAll(t *testing.T) {
	shelves(t, func(t *testing.T, s *shelf) {
		s.post("One")
		at := s.kept(s.known)
		if left, err := os.ReadDir(filepath.Dir(at.Path)); err != nil || len(left) != 1 {
			t.Errorf("beside the snapshot stands %v, %v", left, err)
		}
		unread := begun(t, s.World)
		unread.Snapshot = catalog.Snapshot{Path: at.Path + ".early", Program: "one"}
		if err := unread.Keep(t.Context()); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(unread.Snapshot.Path); !os.IsNotExist(err) {
			t.Errorf("a snapshot was kept of works that were not read: %v", err)
		}
		s.known.Snapshot.Path = filepath.Join(t.TempDir(), "no folder", "catalogue")
		if err := s.known.Keep(t.Context()); err == nil {
			t.Error("a snapshot that cannot be kept is said to be")
		}
	})
}
