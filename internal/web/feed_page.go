package web

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
)

const (
	feedLength = 50 // works in a feed, or in a page of one
	fieldAfter = "after"
)

// mark is the last work of a page of a feed; older works come after it. Works
// that are posted or revised meanwhile stand before all marks, so that no work
// of the list is passed over and none comes twice.
type mark struct {
	revised int64 // microseconds
	work    int64
}

// readMark reads a mark as String writes it; archive.ErrNotFound when it is none.
func readMark(said string) (m mark, err error) {
	if said == "" {
		return m, nil
	}
	revised, work, cut := strings.Cut(said, "-")
	if m.revised, err = strconv.ParseInt(revised, 10, 64); err == nil && cut {
		m.work, err = strconv.ParseInt(work, 10, 64)
	}
	if err != nil || m.work < 1 || m.String() != said {
		return mark{}, archive.ErrNotFound
	}
	return m, nil
}

// String writes a mark for an address.
func (m mark) String() string {
	if m.work == 0 {
		return ""
	}
	return strconv.FormatInt(m.revised, 10) + "-" + strconv.FormatInt(m.work, 10)
}

// before reports whether a work stands after the mark, as a feed is ordered.
func (m mark) before(b store.Blurb) bool {
	at := b.Dates.Revised.UnixMicro()
	return m.work == 0 || at < m.revised || at == m.revised && b.ID < m.work
}

// worksAfter gives the works of a page of a feed, and what asks for those after
// them; nil when there are none. In an order that is not the usual one pages
// have numbers, as those of the list.
func (w *Web) worksAfter(r *Request, f catalog.Filter, after mark) (works []store.Blurb, older url.Values, err error) {
	if f.Sort != store.SortRevised || f.Turned {
		f.PerPage = feedLength
		found, err := w.Catalog.List(r.Context(), r.Viewer, f)
		if err == nil && found.Total > f.Page*f.PerPage {
			next := f
			next.Page++
			older = pageOf(next, mark{})
		}
		return found.Blurbs, older, err
	}
	f.PerPage = feedLength + 1
	if after.work != 0 {
		f.Until = time.UnixMicro(after.revised)
	}
	for f.Page = 1; len(works) <= feedLength; f.Page++ { // more than once where very many were posted at one moment
		found, err := w.Catalog.List(r.Context(), r.Viewer, f)
		if err != nil {
			return nil, nil, err
		}
		for _, b := range found.Blurbs {
			if after.before(b) {
				works = append(works, b)
			}
		}
		if f.Page*f.PerPage >= found.Total {
			break
		}
	}
	if len(works) > feedLength {
		works = works[:feedLength]
		last := works[feedLength-1]
		older = pageOf(f, mark{last.Dates.Revised.UnixMicro(), last.ID})
	}
	return works, older, nil
}

// pageOf is what asks for a page of a feed.
func pageOf(f catalog.Filter, after mark) url.Values {
	f.PerPage = 0
	if f.Sort == store.SortRevised && !f.Turned {
		f.Page = 0
	}
	query := f.Values()
	if after.work != 0 {
		query.Set(fieldAfter, after.String())
	}
	return query
}
