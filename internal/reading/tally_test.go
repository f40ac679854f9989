package reading_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/reading"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// shelf is an archive with posted works of one writer.
type shelf struct {
	*testkit.World
	t      *testing.T
	writer int64
	works  []int64
}

func newShelf(t *testing.T, w *testkit.World, works int) *shelf {
	t.Helper()
	s := &shelf{World: w, t: t}
	w.Write(t, func(ctx context.Context, tx *store.Tx) (err error) {
		if s.writer, err = tx.Accounts.Add(ctx, archive.Account{Name: "ida", PasswordHash: "x"}); err != nil {
			return err
		}
		pseuds, err := tx.Accounts.Pseuds(ctx, s.writer)
		if err != nil {
			return err
		}
		for range works {
			id, err := tx.Works.Add(ctx, archive.Work{Title: "A lamp", Language: "en", Dates: archive.Dates{Published: tx.Now}})
			if err := errors.Join(err, tx.Works.SetCreators(ctx, id, pseuds), tx.Works.Post(ctx, id, tx.Now)); err != nil {
				return err
			}
			s.works = append(s.works, id)
		}
		return nil
	})
	return s
}

// tally makes a node's tally; what it logs is kept.
func (s *shelf) tally(log *bytes.Buffer) *reading.Tally {
	s.t.Helper()
	tally := reading.NewTally(s.Store, s.Clock, slog.New(slog.NewTextHandler(log, nil)), func(context.Context, []int64) error { return nil })
	if err := tally.Begin(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
	return tally
}

func (s *shelf) hits(work int64) (hits int64) {
	s.t.Helper()
	s.Read(s.t, func(ctx context.Context, tx *store.Tx) error {
		o, err := tx.Works.Open(ctx, archive.Viewer{}, work)
		hits = o.Counts.Hits
		return err
	})
	return hits
}

func address(n int) netip.Addr { return netip.AddrFrom4([4]byte{203, 0, byte(n), 9}) }

func TestAVisitorIsCountedOnceADayWhateverNodeTheyMeet(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		s := newShelf(t, w, 1)
		var log bytes.Buffer
		here, there := s.tally(&log), s.tally(&log)
		for range 3 {
			for _, node := range []*reading.Tally{here, there} {
				node.Opened(archive.Viewer{}, s.works[0], address(1), "A browser")
				node.Opened(archive.Viewer{}, s.works[0], address(2), "A browser")
				node.Opened(archive.Viewer{Account: s.writer}, s.works[0], address(3), "A browser")
				node.Flush(t.Context())
			}
		}
		if got := s.hits(s.works[0]); got != 2 {
			t.Errorf("two readers and the writer are %d hits", got)
		}
		w.Clock.Pass(24 * time.Hour)
		there.Opened(archive.Viewer{}, s.works[0], address(1), "A browser")
		there.Flush(t.Context())
		if got := s.hits(s.works[0]); got != 3 {
			t.Errorf("with one of them on the next day they are %d hits", got)
		}
	})
}

// Until the key of a new day is had, who came is neither hashed under another
// nor forgotten.
func TestVisitsWaitForTheKeyOfTheirDay(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		s := newShelf(t, w, 1)
		var log bytes.Buffer
		tally := s.tally(&log)
		w.Clock.Pass(24 * time.Hour)
		tally.Opened(archive.Viewer{}, s.works[0], address(1), "A browser")
		broken, breakOff := context.WithCancel(t.Context())
		breakOff()
		tally.Flush(broken)
		if !strings.Contains(log.String(), "key of the day") {
			t.Fatalf("the log says %q", log.String())
		}
		tally.Flush(t.Context())
		if got := s.hits(s.works[0]); got != 1 {
			t.Errorf("one reader is %d hits", got)
		}
	})
}

// Nodes that count the same works at the same time do not wait for each other
// in a circle, which PostgreSQL would end by undoing one.
func TestNodesCountTheSameWorksSideBySide(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		const works, nodes, rounds = 40, 4, 5
		s := newShelf(t, w, works)
		logs := make([]bytes.Buffer, nodes)
		var counting sync.WaitGroup
		for node := range nodes {
			tally := s.tally(&logs[node])
			counting.Go(func() {
				for round := range rounds {
					for _, work := range s.works {
						tally.Opened(archive.Viewer{}, work, address(round), fmt.Sprintf("browser %d", node))
					}
					tally.Flush(t.Context())
				}
			})
		}
		counting.Wait()
		for node := range logs {
			if logs[node].Len() > 0 {
				t.Errorf("a node says %s", logs[node].String())
			}
		}
		for _, work := range s.works {
			if got := s.hits(work); got != nodes*rounds {
				t.Fatalf("work %d has %d hits, want %d", work, got, nodes*rounds)
			}
		}
	})
}
