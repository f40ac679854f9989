package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"ficus/internal/archive"
	"ficus/internal/feedback"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// cookieGuest is the mark by which a guest who answers is told from others of
// their house.
const cookieGuest = "ficus_guest"

// markLife is how long a guest's mark is kept by their browser.
const markLife = 365 * 24 * time.Hour

// leaveKudos thanks a work's creators. A guest whose browser keeps no mark of
// ours is given one and sent here again, once: browsers that keep cookies are
// told apart by it, others by their house.
func (w *Web) leaveKudos(r *Request) (Response, error) {
	work, err := r.number("work")
	if err != nil {
		return Response{}, err
	}
	guest := archive.Guest{Mark: cookieValue(r.Request, cookieGuest), Network: archive.Network(r.Client)}
	if !r.Viewer.IsMember() && r.URL.Query().Get("marked") == "" {
		if marked, err := w.mark(r, guest); marked.To != "" || err != nil {
			return marked, err
		}
	}
	thanks, err := w.Feedback.LeaveKudos(r.Context(), r.Viewer, guest, work, r.PostFormValue("as") != "reader")
	if err != nil {
		return Response{}, err
	}
	if r.URL.Query().Get("part") != "" {
		return w.kudosPart(r, work, became(thanks))
	}
	return goTo(withWord(backTo(r.PostFormValue("to"), work), became(thanks)))
}

// mark gives a guest a mark and sends their form again to the same place.
func (w *Web) mark(r *Request, g archive.Guest) (Response, error) {
	ours, err := w.Feedback.Marks(r.Context(), g.Mark)
	if err != nil || ours {
		return Response{}, err
	}
	mark, err := w.Feedback.Mark(r.Context())
	if err != nil {
		return Response{}, err
	}
	again := url.Values{"marked": {"yes"}}
	if part := r.URL.Query().Get("part"); part != "" {
		again.Set("part", "yes")
	}
	return Response{To: r.URL.Path + "?" + again.Encode(), Status: http.StatusTemporaryRedirect, Cookies: []*http.Cookie{w.cookie(cookieGuest, mark, markLife)}}, nil
}

// became names what kudos came to, for an address.
func became(t feedback.Thanks) string {
	switch {
	case t.Parked:
		return "parked"
	case t.Fresh:
		return "given"
	}
	return "before"
}

// backTo is the page of a work that a form was on; any other is its first.
func backTo(to string, work int64) string {
	if at := cleanReturn(to); at == workAddress(work) || strings.HasPrefix(at, workAddress(work)+"/") {
		return at
	}
	return workAddress(work)
}

// withWord is an address that says what kudos came to.
func withWord(to, word string) string {
	to, _, _ = strings.Cut(to, "#")
	path, query, _ := strings.Cut(to, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		values = url.Values{}
	}
	values.Set("kudos", word)
	return path + "?" + values.Encode() + "#kudos"
}

// saidOfKudos is what the reader is told of them.
func saidOfKudos(r *Request, word string) string {
	switch word {
	case "given":
		return r.Words.T("kudos.counted")
	case "before":
		return r.Words.T("kudos.before")
	case "parked":
		return r.Words.T("kudos.parked")
	}
	return ""
}

// kudosPart answers with the part of the page alone, as it is now.
func (w *Web) kudosPart(r *Request, work int64, word string) (Response, error) {
	p := page.KudosPart{Shell: w.private(r, "")}
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		o, err := tx.Works.Open(ctx, r.Viewer, work)
		if err != nil {
			return err
		}
		p.Kudos, err = kudosUnder(ctx, tx, r, o)
		return err
	})
	p.Kudos.To, p.Kudos.Said = backTo(r.PostFormValue("to"), work), saidOfKudos(r, word)
	return Response{Page: p}, err
}
