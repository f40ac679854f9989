package tempo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// common is what the errands of these tests have in common.
type common struct{}

// sharing calls closures in company, notes how many, and says how it ended.
type sharing struct {
	mu   sync.Mutex
	each []int // how many each time
	err  error
}

func (s *sharing) share(ctx context.Context, next func(i int) func(context.Context)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := 0
	for ; ; i++ {
		do := next(i)
		if do == nil {
			break
		}
		do(context.WithValue(ctx, common{}, true))
	}
	s.each = append(s.each, i)
	return s.err
}

// together holds the one thread until so many errands wait, and has them done.
func together(t *testing.T, b *Backstage, n int, do func(ctx context.Context, i int)) {
	t.Helper()
	began, end := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		if err := b.Do(t.Context(), func(context.Context) { close(began); <-end }); err != nil {
			t.Error(err)
		}
	})
	<-began
	for i := range n {
		all.Go(func() {
			if err := b.DoTogether(t.Context(), func(ctx context.Context) { do(ctx, i) }); err != nil {
				t.Error(err)
			}
		})
	}
	for len(b.together) < n {
		time.Sleep(time.Millisecond)
	}
	close(end)
	all.Wait()
}

func TestErrandsThatWaitAreDoneInCompany(t *testing.T) {
	var s sharing
	b := NewBackstage(1, Company{Share: s.share, Most: 16})
	var did atomic.Int64
	together(t, b, 40, func(ctx context.Context, _ int) {
		if ctx.Value(common{}) == nil || Aside(ctx) == nil {
			t.Error("it has nothing in common with others, or is not backstage")
		}
		did.Add(1)
	})
	if did.Load() != 40 || !slices.Equal(s.each, []int{16, 16, 8}) {
		t.Errorf("%d were done, in companies of %v", did.Load(), s.each)
	}
}

func TestWhatCameToNothingInCompanyIsDoneAlone(t *testing.T) {
	s := sharing{err: errors.New("the page is full")}
	b := NewBackstage(1, Company{Share: s.share, Most: 16})
	var mu sync.Mutex
	var did []string
	together(t, b, 3, func(ctx context.Context, i int) {
		mu.Lock()
		defer mu.Unlock()
		did = append(did, fmt.Sprint(i, ctx.Value(common{}) != nil))
	})
	slices.Sort(did)
	if got := strings.Join(did, ", "); got != "0 false, 0 true, 1 false, 1 true, 2 false, 2 true" {
		t.Errorf("done: %s", got)
	}
}

// A panic is of the one who asked for what broke, and the others are done.
func TestAPanicInCompanyIsItsOwn(t *testing.T) {
	var s sharing
	b := NewBackstage(1, Company{Share: s.share, Most: 16})
	var broke, did atomic.Int64
	var all sync.WaitGroup
	for i := range 6 {
		all.Go(func() {
			defer func() {
				if recover() != nil {
					broke.Add(1)
				}
			}()
			_ = b.DoTogether(t.Context(), func(context.Context) {
				if i == 3 {
					panic("the lamp fell")
				}
			})
			did.Add(1)
		})
	}
	all.Wait()
	if broke.Load() != 1 || did.Load() != 5 {
		t.Errorf("%d broke and %d were done", broke.Load(), did.Load())
	}
}

// Whoever gave up before an errand was taken has it done by nobody, and keeps
// none of the others from it.
func TestWhoGivesUpInCompanyIsPassedOver(t *testing.T) {
	var s sharing
	b := NewBackstage(1, Company{Share: s.share, Most: 16})
	ctx, giveUp := context.WithCancel(t.Context())
	began, end := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() { _ = b.Do(t.Context(), func(context.Context) { close(began); <-end }) })
	<-began
	all.Go(func() {
		err := b.DoTogether(ctx, func(context.Context) { t.Error("it was done all the same") })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("waiting ended with %v", err)
		}
		close(end)
	})
	for len(b.together) == 0 {
		time.Sleep(time.Millisecond)
	}
	giveUp()
	all.Wait()
	did := false
	if err := b.DoTogether(t.Context(), func(context.Context) { did = true }); err != nil || !did {
		t.Errorf("the next: %v, done: %v", err, did)
	}
}

// Where nothing is shared, errands are done one by one.
func TestWithoutCompanyEachIsDoneByItself(t *testing.T) {
	b := NewBackstage(1, Company{})
	var did atomic.Int64
	together(t, b, 5, func(context.Context, int) { did.Add(1) })
	if did.Load() != 5 {
		t.Errorf("%d were done", did.Load())
	}
}

// Whoever comes in a calm hour does not wait for company, and who comes soon
// after others does.
func TestCompanyGathers(t *testing.T) {
	var s sharing
	const within = 50 * time.Millisecond
	b := NewBackstage(1, Company{Share: s.share, Most: 16, Gather: within})
	var at [2]time.Time
	for i := range at {
		if err := b.DoTogether(t.Context(), func(context.Context) { at[i] = time.Now() }); err != nil {
			t.Fatal(err)
		}
	}
	if waited := at[1].Sub(at[0]); waited < within-time.Millisecond {
		t.Errorf("the second was begun %v after the first", waited)
	}
}
