package web

import (
	"context"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"ficus/internal/catalog"
	"ficus/internal/tempo"
	"ficus/internal/web/page"
)

// Pages that lack a comment are drawn again before they are too old to be
// sent, so that no reader waits for it; those that nobody asked for lately are
// left to whoever asks next.
const (
	redrawEvery = 150 * time.Millisecond
	redrawAfter = 600 * time.Millisecond // between two drawings of one page
	askedLately = 10 * time.Second

	restAfterRedraw = 8 // times as long as a drawing took
)

// inUse is when a kept page was last asked for, in seconds.
type inUse struct{ at atomic.Int64 }

func (a *inUse) note(now time.Time) {
	if second := now.Unix(); a.at.Load() != second {
		a.at.Store(second)
	}
}

func (a *inUse) lately(now time.Time) bool {
	return now.Unix()-a.at.Load() < int64(askedLately/time.Second)
}

// keep keeps a guest's page that was just drawn.
func (w *Web) keep(r *Request, d *drawn) {
	d.at = r.Now
	if r.Again != nil {
		d.used = r.Again.used
	} else {
		d.used = &inUse{}
		d.used.note(r.Now)
		w.kept.misses.Add(1)
	}
	w.kept.put(w.keptKey(r), d)
}

// redraws are the works whose pages wait to be drawn again, the first first.
type redraws struct {
	mu    sync.Mutex
	works []int64
	in    map[int64]struct{}
}

func (q *redraws) add(works map[int64]struct{}) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for work := range works {
		if _, waits := q.in[work]; !waits {
			q.in[work] = struct{}{}
			q.works = append(q.works, work)
		}
	}
}

// next takes the work that waits longest out of the line.
func (q *redraws) next() int64 {
	q.mu.Lock()
	defer q.mu.Unlock()
	first := q.works[0]
	q.works = q.works[1:]
	return first
}

// drawn is told that a work waits no more.
func (q *redraws) drawn(work int64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.in, work)
}

// again puts a work at the end whose time has not come.
func (q *redraws) again(work int64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.works = append(q.works, work)
}

// has reports whether the pages of a work wait.
func (q *redraws) has(work int64) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	_, waits := q.in[work]
	return waits
}

func (q *redraws) len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.works)
}

// Redraw draws kept pages again whose works were commented on, one after the
// other, until ctx ends.
func (w *Web) Redraw(ctx context.Context) {
	ctx = tempo.GiveWay(ctx)
	for rests(ctx, redrawEvery) {
		w.kept.redraws.add(w.Catalog.Added())
		w.redrawWaiting(ctx, &w.kept.redraws)
	}
}

// redrawWaiting goes through the works that wait, once. After each it rests
// several times as long as it took: most of a processor stays with readers.
func (w *Web) redrawWaiting(ctx context.Context, q *redraws) {
	for range q.len() {
		began, work := w.Clock.Now(), q.next()
		if w.redrawWork(ctx, work) {
			q.drawn(work)
		} else {
			q.again(work)
		}
		if !rests(ctx, restAfterRedraw*w.Clock.Now().Sub(began)) {
			return
		}
		q.add(w.Catalog.Added())
	}
}

// rests waits; false when ctx ended.
func rests(ctx context.Context, pause time.Duration) bool {
	if pause <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// redrawWork draws the pages of a work again that are kept and in use; not
// done are those that were drawn a moment ago.
func (w *Web) redrawWork(ctx context.Context, work int64) (done bool) {
	done = true
	for _, key := range w.kept.of(work) {
		entry, found := w.kept.pages.GetEntryQuietly(key)
		now := w.Clock.Now()
		switch d := entry.Value; {
		case !found || !d.used.lately(now) || w.agrees(ctx, d.agree) == catalog.Agrees: // somebody waited for it meanwhile
		case now.Sub(d.at) < redrawAfter:
			done = false
		default:
			w.redraw(ctx, key, d)
		}
	}
	return done
}

// redraw asks for a page as the guest would whom it is kept for.
func (w *Web) redraw(ctx context.Context, key keptKey, d *drawn) {
	std := (&http.Request{Method: http.MethodGet, URL: &url.URL{Path: key.path}, Host: key.host, Header: http.Header{}, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1}).WithContext(ctx)
	std.Header.Set("Sec-Purpose", "prefetch") // no visit
	std.AddCookie(w.cookie(cookieLanguage, key.language, 0))
	std.AddCookie(w.lookCookie(page.Look{Theme: key.theme}))
	if key.adult {
		std.AddCookie(w.cookie(cookieAdult, "yes", 0))
	}
	r := &Request{Request: std, ID: "redraw", Asked: key.path, Now: w.Clock.Now(), Again: d}
	to := nobody{}
	defer w.recover(to, r)
	if w.introduce(r) == nil {
		w.guarded.ServeHTTP(to, std.WithContext(context.WithValue(ctx, requestKey{}, r)))
	}
	_ = w.Catalog.Agreement(ctx, d.agree.work, 0) // so that the next reader need not ask the tables
}

// nobody is who a page is sent to that is only kept.
type nobody struct{}

// Header takes what is said beside a page.
func (nobody) Header() http.Header { return http.Header{} }

// WriteHeader hears how it went.
func (nobody) WriteHeader(int) {}

// Write takes a page.
func (nobody) Write(p []byte) (int, error) { return len(p), nil }
