package web

import (
	"errors"
	"fmt"
	"net/url"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/feed"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// feedForm is a form of a feed.
type feedForm struct {
	end       string // of its address
	mediaType string
	write     func(feed.Feed) ([]byte, error)
}

// feedForms are those a list is had in.
func feedForms() []feedForm {
	return []feedForm{{"", feed.AtomType, feed.Feed.Atom}, {"/json", feed.JSONType, feed.Feed.JSON}}
}

// fed is a list that is asked for as a feed.
type fed struct {
	listed
	name string // of the list, for good
	at   string // where its feed stands, without form and query

	saved bool // what it asks is not said in its address
}

// feedList finds the list of a feed.
type feedList func(r *Request) (fed, error)

func (w *Web) allWorksFed(r *Request) (fed, error) {
	return fed{listed: w.allWorks(r), name: "works", at: page.PathWorks + page.EndFeed}, nil
}

func (w *Web) foundWorksFed(r *Request) (fed, error) {
	return fed{listed: w.foundWorks(r), name: "search", at: page.PathSearch + page.EndFeed}, nil
}

// worksOfTagFed stays at the address it was asked at: a tag that is merged
// today may stand for itself again tomorrow.
func (w *Web) worksOfTagFed(r *Request) (fed, error) {
	l, err := w.worksOfTag(r)
	at := "/tags/" + r.PathValue("id") + "/" + url.PathEscape(r.PathValue("slug")) + page.EndFeed
	return fed{listed: l, name: "tags/" + r.PathValue("id"), at: at}, err
}

func (w *Web) writersListFed(r *Request) (fed, error) {
	l, _, moved, err := w.writersList(r)
	if err == nil && moved != "" {
		err = movedFeed{moved}
	}
	return fed{listed: l, name: fmt.Sprintf("users/%d/%d", l.of.Account, l.of.Pseud), at: l.address + page.EndFeed}, err
}

// movedFeed: the list stands at another address.
type movedFeed struct{ to string }

// Error says so.
func (m movedFeed) Error() string { return "the list is at " + m.to }

// feed answers with a list in a form for programs, as a guest may see it,
// whoever asks.
func (w *Web) feed(of feedList, form feedForm) handler {
	return func(r *Request) (Response, error) {
		r = w.asStranger(r)
		l, err := of(r)
		var moved movedFeed
		if errors.As(err, &moved) {
			to := moved.to + page.EndFeed + form.end
			if r.URL.RawQuery != "" {
				to += "?" + r.URL.RawQuery
			}
			return Response{To: to, Status: movedStatus(to)}, nil
		}
		if err != nil {
			return Response{}, err
		}
		n, err := w.readNarrowing(r, store.SortRevised)
		if err != nil {
			return Response{}, err
		}
		if err := n.problems.Err(); err != nil {
			return Response{}, err
		}
		n.Of = l.of
		return w.feedOf(r, l, n.Filter, form)
	}
}

// asStranger is a request of somebody we do not know: what stands at an address
// without a secret is the same for all.
func (w *Web) asStranger(r *Request) *Request {
	stranger := *r
	stranger.Viewer, stranger.Preferences, stranger.AdultShown = archive.Viewer{}, archive.Preferences{}, false
	stranger.Words = w.printer(r.Header.Get("Accept-Language"))
	return &stranger
}

// feedOf answers with the works of a filter.
func (w *Web) feedOf(r *Request, l fed, f catalog.Filter, form feedForm) (Response, error) {
	f.Usual, f.Facets, f.Then = "", 0, catalog.Then{}
	after, err := readMark(r.URL.Query().Get(fieldAfter))
	if err != nil {
		return Response{}, err
	}
	blurbs, older, err := w.worksAfter(r, f, after)
	if err != nil {
		return Response{}, err
	}
	name, err := w.archiveName(r)
	if err != nil {
		return Response{}, err
	}
	site, whole := w.address(r.Request), f
	whole.Page, whole.PerPage = 0, 0
	out := feed.Feed{
		ID: feed.Name(name, withQuery(l.name, l.query(whole.Values()))), Title: w.feedTitle(r, l, whole), Language: r.Words.Tag(),
		Home: site + listOfFeed(l, whole), Self: site + withQuery(l.at+form.end, l.query(pageOf(f, after))),
	}
	if older != nil {
		out.Next = site + withQuery(l.at+form.end, l.query(older))
	}
	for _, b := range blurbs {
		if out.Updated.Before(b.Dates.Revised) {
			out.Updated = b.Dates.Revised
		}
		out.Entries = append(out.Entries, w.entryOf(r, name, b))
	}
	body, err := form.write(out)
	return Response{Feed: &Document{MediaType: form.mediaType + "; charset=utf-8", Body: body, Changed: out.Updated}}, err
}

// query is what an address of the feed says of what is asked.
func (l fed) query(asked url.Values) url.Values {
	if after := asked.Get(fieldAfter); l.saved {
		if asked = (url.Values{}); after != "" {
			asked.Set(fieldAfter, after)
		}
	}
	return asked
}

// listOfFeed is the page with the list of a feed.
func listOfFeed(l fed, f catalog.Filter) string {
	if f.Usual = l.usual; f.Usual == "" {
		f.Usual = store.SortRevised
	}
	return at(l.address, f)
}

// withQuery is an address with what is asked of it.
func withQuery(address string, query url.Values) string {
	if len(query) == 0 {
		return address
	}
	return address + "?" + query.Encode()
}

// longestFeedTitle is as much of a title as a list of feeds has room for.
const longestFeedTitle = 200 // characters

// feedTitle says whose list it is and what it asks.
func (w *Web) feedTitle(r *Request, l fed, f catalog.Filter) string {
	title := l.page.Heading
	for i, part := range asksOf(r, f, "").Parts {
		title += map[bool]string{true: ": ", false: ", "}[i == 0] + part
	}
	if letters := []rune(title); len(letters) > longestFeedTitle {
		title = string(letters[:longestFeedTitle]) + "…"
	}
	return title + " · " + w.Catalog.Site().Name
}

// entryOf dresses a work for a feed.
func (w *Web) entryOf(r *Request, archiveName string, b store.Blurb) feed.Entry {
	site := w.address(r.Request)
	e := feed.Entry{
		ID: feed.Name(archiveName, workAddress(b.ID)), URL: site + workAddress(b.ID), Title: b.Title, Language: b.Language, Summary: b.Summary,
		Published: b.Dates.Published, Updated: b.Dates.Revised,
	}
	for _, p := range byline(b.Creators) {
		e.Authors = append(e.Authors, feed.Person{Name: p.Name, URL: site + p.URL})
	}
	if len(e.Authors) == 0 {
		e.Authors = []feed.Person{{Name: r.Words.T("byline.anonymous")}}
	}
	for _, kind := range archive.TagKinds() {
		for _, t := range b.Tags {
			if t.Kind == kind {
				e.Categories = append(e.Categories, feed.Category{Scheme: site + "/tags/" + string(kind), Term: t.Wording})
			}
		}
	}
	return e
}

// archiveName is the archive's name for good.
func (w *Web) archiveName(r *Request) (name string, err error) {
	err = w.Store.Read(r.Context(), func(tx *store.Tx) error {
		name, err = tx.Settings.Archive(r.Context())
		return err
	})
	return name, err
}

// feedsOf are the feeds of a list as it is narrowed, in the order of feeds.
func feedsOf(address string, n narrowing) page.Feeds {
	if len(n.problems) > 0 {
		return page.Feeds{}
	}
	f := n.Filter
	f.Sort, f.Turned, f.Usual, f.Page, f.PerPage, f.Facets, f.Rest = store.SortRevised, false, "", 0, 0, 0, catalog.LeftOut
	query := f.Values()
	return page.Feeds{Atom: withQuery(address+page.EndFeed, query), JSON: withQuery(address+page.EndFeed+"/json", query)}
}
