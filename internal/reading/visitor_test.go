package reading_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/netip"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/reading"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

func newTally(t *testing.T, w *testkit.World, seen func(context.Context, []int64) error) *reading.Tally {
	t.Helper()
	tally := reading.NewTally(w.Store, w.Clock, slog.New(slog.DiscardHandler), seen)
	if err := tally.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	return tally
}

func work(t *testing.T, w *testkit.World) (id int64) {
	t.Helper()
	w.Write(t, func(ctx context.Context, tx *store.Tx) (err error) {
		if id, err = tx.Works.Add(ctx, archive.Work{Title: "The Lamp Keepers", Language: "en", Comments: archive.CommentsEveryone, Dates: archive.Dates{Published: tx.Now}}); err != nil {
			return err
		}
		return tx.Works.Post(ctx, id, tx.Now)
	})
	return id
}

func hits(t *testing.T, w *testkit.World, id int64) (n int64) {
	t.Helper()
	w.Read(t, func(ctx context.Context, tx *store.Tx) error {
		o, err := tx.Works.Open(ctx, archive.Viewer{}, id)
		n = o.Counts.Hits
		return err
	})
	return n
}

var house = netip.MustParseAddr("192.0.2.17")

func TestVisitorsOfOneNetworkAndBrowserAreOneADay(t *testing.T) {
	alike := func(a, b netip.Addr, agentA, agentB string) bool {
		return archive.Visitor("key", a, agentA) == archive.Visitor("key", b, agentB)
	}
	addr := netip.MustParseAddr
	for name, c := range map[string]struct{ is, want bool }{
		"one network":                  {alike(house, addr("192.0.2.200"), "x", "x"), true},
		"one network, written as IPv6": {alike(house, addr("::ffff:192.0.2.3"), "x", "x"), true},
		"another network":              {alike(house, addr("192.0.3.17"), "x", "x"), false},
		"another browser":              {alike(house, house, "x", "y"), false},
		"one network of IPv6":          {alike(addr("2001:db8:1:2::3"), addr("2001:db8:1:ffff::9"), "x", "x"), true},
		"another network of IPv6":      {alike(addr("2001:db8:1::3"), addr("2001:db8:2::3"), "x", "x"), false},
		"no address":                   {alike(netip.Addr{}, netip.Addr{}, "x", "x"), true},
	} {
		if c.is != c.want {
			t.Errorf("%s: alike is %v", name, c.is)
		}
	}
	if archive.Visitor("today", house, "x") == archive.Visitor("tomorrow", house, "x") {
		t.Error("two days can be told alike")
	}
}

func TestMuchIsWrittenInSlices(t *testing.T) {
	w := testkit.NewWorld(t, testkit.SQLite(t))
	tally, id := newTally(t, w, nil), work(t, w)
	for i := range 1234 {
		tally.Opened(archive.Viewer{}, id, house, fmt.Sprint(i))
	}
	tally.Opened(archive.Viewer{}, 999, house, "a work that is gone")
	tally.Flush(t.Context())
	if n := hits(t, w, id); n != 1234 {
		t.Errorf("there are %d hits, want 1234", n)
	}
}

func TestWhatIsGatheredIsWrittenDownAtTheEnd(t *testing.T) {
	w := testkit.NewWorld(t, testkit.SQLite(t))
	var noted []int64
	tally, id := newTally(t, w, func(_ context.Context, sessions []int64) error {
		noted = append(noted, sessions...)
		return nil
	}), work(t, w)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		tally.Run(ctx)
	}()
	tally.Opened(archive.Viewer{}, id, house, "one")
	tally.InUse(5)
	tally.InUse(5)
	stop()
	<-ended
	if n := hits(t, w, id); n != 1 || len(noted) != 1 || noted[0] != 5 {
		t.Errorf("there are %d hits and the sessions %v", n, noted)
	}
}
