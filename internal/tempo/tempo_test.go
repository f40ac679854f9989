package tempo

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ficus/internal/archive"
)

func TestTheMemoryOfSendersIsBounded(t *testing.T) {
	var k Keeper
	now := time.Unix(1_800_000_000, 0)
	for account := range int64(most + 10) {
		k.Allows(Searching, Sender{Viewer: archive.Viewer{Account: account + 1}}, now)
	}
	if len(k.sent) > most {
		t.Errorf("%d senders are remembered", len(k.sent))
	}
	g := Guesses{Pace: Pace{Within: time.Minute, OfName: 3, OfNetwork: 3}}
	for i := range most + 10 {
		g.Begin(now, netip.AddrFrom4([4]byte{byte(i >> 16), byte(i >> 8), byte(i), 1}), fmt.Sprint(i))
	}
	if len(g.tried) > most+2 {
		t.Errorf("%d guesses are remembered", len(g.tried))
	}
}

func TestActsAndSendersAreCountedApart(t *testing.T) {
	var k Keeper
	now := time.Unix(1_800_000_000, 0)
	mara, pell := Sender{Viewer: archive.Viewer{Account: 1}}, Sender{Viewer: archive.Viewer{Account: 2}}
	for range 60 {
		if passes, _ := k.Allows(Searching, mara, now); !passes {
			t.Fatal("a search within the limit is refused")
		}
	}
	passes, wait := k.Allows(Searching, mara, now)
	if passes || wait <= 0 || wait > time.Minute {
		t.Errorf("one too many: %v, wait %v", passes, wait)
	}
	for name, who := range map[string]Sender{
		"another member": pell, "staff": {Viewer: archive.Viewer{Account: 1, Staff: true}}, "a guest": {From: netip.MustParseAddr("203.0.113.9")},
	} {
		if passes, _ := k.Allows(Searching, who, now); !passes {
			t.Errorf("%s is refused", name)
		}
	}
	if passes, _ := k.Allows(Suggesting, mara, now); !passes {
		t.Error("another act is refused")
	}
	if passes, _ := k.Allows(None, mara, now); !passes {
		t.Error("what is not counted is refused")
	}
}

func TestSoManyHaveTurnsAndSoManyWait(t *testing.T) {
	turns := NewTurns(2, 3, time.Minute)
	var at, highest atomic.Int64
	var busy atomic.Int64
	var all sync.WaitGroup
	begin, hold := make(chan struct{}), make(chan struct{})
	for range 10 {
		all.Go(func() {
			<-begin
			end, err := turns.Take(t.Context())
			if errors.Is(err, archive.ErrBusy) {
				if busy.Add(1) == 5 {
					close(hold)
				}
				return
			}
			if err != nil {
				t.Error(err)
				return
			}
			defer end()
			highest.Store(max(highest.Load(), at.Add(1)))
			defer at.Add(-1)
			<-hold
		})
	}
	close(begin)
	all.Wait()
	if busy.Load() != 5 || highest.Load() > 2 {
		t.Errorf("%d were sent away, %d had a turn at once", busy.Load(), highest.Load())
	}
}

func TestWhoWaitsTooLongOrGoesHasNoTurn(t *testing.T) {
	turns := NewTurns(1, 3, 20*time.Millisecond)
	end, err := turns.Take(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := turns.Take(t.Context()); !errors.Is(err, archive.ErrBusy) {
		t.Errorf("who waited too long is told %v", err)
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	if _, err := turns.Take(gone); !errors.Is(err, context.Canceled) {
		t.Errorf("who has gone is told %v", err)
	}
	end()
	again, err := turns.Take(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	again()
}
