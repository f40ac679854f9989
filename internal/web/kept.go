package web

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"
	"golang.org/x/sync/singleflight"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/locale"
	"ficus/internal/web/page"
)

// keptBytes bounds the memory kept pages take.
const keptBytes = 32 << 20

// keptKey is under what a guest's page is kept: closed sets beside the path,
// and the name of the host where pages cannot know their own address.
type keptKey struct {
	host     string
	path     string
	theme    string
	language string
	adult    bool
	closed   bool // of the first page: the reader has closed the newest news
}

// keepUnder is what must still hold when a kept page is used again.
type keepUnder struct {
	may   bool
	work  int64 // a page of this work…
	shown int64 // …at this revision; or
	revs  catalog.Revs
	until time.Time // what it says is true until then; zero: while the rest holds
}

// keptPages holds guests' pages whole and packed, and what bound books are
// called in the stacks.
type keptPages struct {
	pages   *otter.Cache[keptKey, *drawn]
	books   *otter.Cache[boundKey, *bound]
	binding singleflight.Group

	mu     sync.Mutex
	ofWork map[int64]map[keptKey]struct{} // the pages that are kept of each work

	redraws      redraws
	hits, misses atomic.Int64
}

func newKeptPages() (*keptPages, error) {
	k := &keptPages{ofWork: map[int64]map[keptKey]struct{}{}, redraws: redraws{in: map[int64]struct{}{}}}
	var err error
	k.pages, err = otter.New(&otter.Options[keptKey, *drawn]{
		MaximumWeight: keptBytes,
		Weigher: func(k keptKey, d *drawn) uint32 {
			return uint32(len(d.body) + len(d.gzip) + len(k.host) + len(k.path) + 256)
		},
		OnAtomicDeletion: func(e otter.DeletionEvent[keptKey, *drawn]) {
			if e.Cause != otter.CauseReplacement {
				k.drop(e.Key, e.Value.agree.work)
			}
		},
	})
	if err != nil {
		return nil, err
	}
	k.books, err = otter.New(&otter.Options[boundKey, *bound]{
		MaximumSize: mostKnownBooks,
	})
	return k, err
}

func (k *keptPages) put(key keptKey, d *drawn) {
	k.pages.Set(key, d)
	if d.agree.work == 0 {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	of := k.ofWork[d.agree.work]
	if of == nil {
		of = map[keptKey]struct{}{}
		k.ofWork[d.agree.work] = of
	}
	of[key] = struct{}{}
}

// drop forgets that a page of a work is kept.
func (k *keptPages) drop(key keptKey, work int64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.ofWork[work], key)
	if len(k.ofWork[work]) == 0 {
		delete(k.ofWork, work)
	}
}

// of gives the pages that are kept of a work.
func (k *keptPages) of(work int64) []keptKey {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.Collect(maps.Keys(k.ofWork[work]))
}

// keepable: only a guest's plain look at an address, without a query, in the
// usual setting of the text.
func (r *Request) keepable() bool {
	return !r.Viewer.IsMember() && isPlainLook(r.Request) && r.Look == (page.Look{Theme: r.Look.Theme})
}

func isPlainLook(r *http.Request) bool {
	return (r.Method == http.MethodGet || r.Method == http.MethodHead) && r.URL.RawQuery == ""
}

func (w *Web) keptKey(r *Request) keptKey {
	return keptKey{host: w.host(r.Request), path: r.URL.Path, theme: r.Look.Theme, language: r.Words.Tag(), adult: r.AdultShown, closed: w.closesNews(r.Request)}
}

// serveKept answers from memory when what is kept still agrees with the
// archive. It stands before everything else a request passes: a hit costs no
// query, and little more than writing the bytes.
func (w *Web) serveKept(to http.ResponseWriter, r *http.Request) bool {
	if !isPlainLook(r) {
		return false
	}
	key := keptKey{host: w.host(r), path: r.URL.Path, language: w.tongue(r.Header.Get("Accept-Language"))}
	if len(r.Header["Cookie"]) > 0 {
		look := guestLook(r)
		if cookieValue(r, w.sessionName()) != "" || look != (page.Look{Theme: look.Theme}) {
			return false
		}
		key.closed = w.closesNews(r)
		key.theme, key.adult = look.Theme, cookieValue(r, cookieAdult) == "yes"
		if tag := w.guestLanguage(r); tag != "" {
			key.language = tag
		}
	}
	d, found := w.kept.pages.GetIfPresent(key)
	if !found || !w.serves(r, d) {
		return false
	}
	if d, found = w.unpacked(key, d, r); !found {
		return false
	}
	w.kept.hits.Add(1)
	name(to, d.route, "")
	if d.visit != 0 && isNavigation(r) {
		w.Tally.Opened(archive.Viewer{}, d.visit, w.client(r), r.UserAgent())
	}
	secure(to.Header(), w.secure)
	d.send(to, r)
	return true
}

// mostTongues and longestTongue bound the memory of headers seen.
const (
	mostTongues   = 1000
	longestTongue = 200 // bytes
)

// tongue is the language a browser's header comes to; the answer is
// remembered, for browsers send few different ones.
func (w *Web) tongue(header string) string {
	asked := tongue{header: header, site: w.Catalog.Site().Language}
	if known, found := w.tongues.Load(asked); found {
		return known.(string)
	}
	tag := w.printer(header).Tag()
	if len(header) <= longestTongue && w.tongueCount.Add(1) <= mostTongues {
		w.tongues.Store(asked, tag)
	}
	return tag
}

// tongue is what the language of a page depends on.
type tongue struct{ header, site string }

// printer says things in the language a browser asks for, or, when we have
// none of those, in the archive's.
func (w *Web) printer(header string) locale.Printer {
	return w.words.Printer(header, w.Catalog.Site().Language)
}

// unpacked is a kept page as who asks can read it. One that was asked for
// unpacked is kept so too, for whoever else does.
func (w *Web) unpacked(key keptKey, d *drawn, r *http.Request) (*drawn, bool) {
	if d.body != nil || takesPacked(r) {
		return d, true
	}
	whole, err := d.whole()
	if err != nil {
		return nil, false
	}
	w.kept.put(key, whole)
	return whole, true
}

// serves reports whether a kept page may be sent: it is the page as it would be
// drawn now, or lacks what others said in the last second, or in the last half
// minute while it waits to be drawn again. Guests who have said something
// themselves are told everything at once.
func (w *Web) serves(r *http.Request, d *drawn) bool {
	switch agreement := w.agrees(r.Context(), d.agree); {
	case agreement == catalog.Differs,
		agreement == catalog.LacksLong && !w.kept.redraws.has(d.agree.work),
		agreement != catalog.Agrees && (cookieValue(r, cookieSaid) != "" || cookieValue(r, cookieGuest) != ""):
		return false
	}
	d.used.note(w.Clock.Now())
	return true
}

func (w *Web) agrees(ctx context.Context, k keepUnder) catalog.Agreement {
	if !w.Catalog.Fresh() {
		return catalog.Differs
	}
	if !k.until.IsZero() && !w.Clock.Now().Before(k.until) {
		return catalog.Differs
	}
	revs := w.Catalog.Revs()
	switch {
	case k.work == 0 && k.revs == revs:
		return catalog.Agrees
	case k.work == 0 || k.revs.Site != revs.Site:
		return catalog.Differs
	}
	return w.Catalog.Agreement(ctx, k.work, k.shown)
}

// keep keeps pages of a work that stands open to guests. The work's own
// revision was read with the page, so a change meanwhile makes them differ.
func (o opened) keep() keepUnder {
	return keepUnder{may: true, work: o.ID, shown: o.ShownRev, revs: o.revs}
}

// keepUntil is keep for what is true until an instant.
func (o opened) keepUntil(until time.Time) keepUnder {
	k := o.keep()
	k.until = until
	return k
}

// keepList keeps a list as it stands at a position of the log taken before it
// was read.
func keepList(revs catalog.Revs) keepUnder { return keepUnder{may: true, revs: revs} }
