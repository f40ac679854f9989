package tempo

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

func TestBackstageDoesSoMuchAtOnceAndNoMore(t *testing.T) {
	b := NewBackstage(3, Company{})
	var at, most atomic.Int64
	var done sync.WaitGroup
	for range 40 {
		done.Go(func() {
			if err := b.Do(t.Context(), func(context.Context) {
				now := at.Add(1)
				defer at.Add(-1)
				for {
					before := most.Load()
					if now <= before || most.CompareAndSwap(before, now) {
						break
					}
				}
			}); err != nil {
				t.Error(err)
			}
		})
	}
	done.Wait()
	if most.Load() > 3 {
		t.Errorf("%d were done at once", most.Load())
	}
}

// Whoever gives up waiting leaves nothing behind that is done later.
func TestWhoWaitsBackstageMayGiveUp(t *testing.T) {
	b := NewBackstage(1, Company{})
	began, end := make(chan struct{}), make(chan struct{})
	first := make(chan error)
	go func() {
		first <- b.Do(context.Background(), func(context.Context) {
			close(began)
			<-end
		})
	}()
	<-began
	ctx, giveUp := context.WithCancel(t.Context())
	giveUp()
	if err := b.Do(ctx, func(context.Context) { t.Error("it was done all the same") }); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting ended with %v", err)
	}
	close(end)
	if err := <-first; err != nil {
		t.Error(err)
	}
}

func TestAPanicBackstageIsWhoeversAskedForIt(t *testing.T) {
	b := NewBackstage(1, Company{})
	for range 2 { // and the thread goes on
		func() {
			defer func() {
				if thrown, _ := recover().(string); !strings.HasPrefix(thrown, "the lamp fell") {
					t.Errorf("recovered %q", thrown)
				}
			}()
			_ = b.Do(t.Context(), func(context.Context) { panic("the lamp fell") })
		}()
	}
	did := false
	if err := b.Do(t.Context(), func(context.Context) { did = true }); err != nil || !did {
		t.Errorf("afterwards: %v, done: %v", err, did)
	}
}
