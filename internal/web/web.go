// Package web is the pages for people: what each address answers, over the
// verbs and the queries, drawn by the page room. routes.go lists every address
// with who may use it.
package web

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/feedback"
	"ficus/internal/locale"
	"ficus/internal/media"
	"ficus/internal/moderation"
	"ficus/internal/reading"
	"ficus/internal/store"
	"ficus/internal/tempo"
	"ficus/internal/wrangling"
	"ficus/internal/writing"
)

// Site is where this archive is served; what its owner decided about it is
// catalog.Site.
type Site struct {
	Address string         // where it is, without a slash at the end; empty: as the browser asks
	Proxies []netip.Prefix // whose forwarded addresses count
	Build   string         // the version, in the revision of kept pages
}

// Rooms is what the pages stand on.
type Rooms struct {
	Store      *store.Store
	Catalog    *catalog.Catalog
	Accounts   *accounts.Accounts
	Writing    *writing.Writing
	Feedback   *feedback.Feedback
	Moderation *moderation.Moderation
	Wrangling  *wrangling.Wrangling
	Tally      *reading.Tally
	Memory     *reading.Memory
	Bucket     media.Bucket
	Stacks     *media.Stacks // where bound books lie, to be sent again
	Clock      archive.Clock
	Log        *slog.Logger
	Limits     archive.Limits
	Tempo      *tempo.Keeper                                             // shared with the other doors
	Machine    func(context.Context) (archive.Machine, error)            // how the machine stands
	TestMail   func(ctx context.Context, to, subject, text string) error // sends a mail at once
	Bundle     fs.FS                                                     // what `make assets` brought into the build; nil: nothing
}

// Web answers requests for pages.
type Web struct {
	Rooms
	site    Site
	words   *locale.Catalogue
	kept    *keptPages
	assets  map[string]asset
	bundled bundleAddresses
	secure  bool // the address is https: cookies say so
	press   press
	handler http.Handler
	guarded http.Handler  // the routes, behind the guard against foreign forms
	guesses tempo.Guesses // of passwords
	links   tempo.Guesses // asked for by whoever forgot a password
	joins   tempo.Guesses
	sought  tempo.Guesses // questions to passkeys, by network
	slow    slowAnswers
	binding *tempo.Turns     // books that are made at once
	saying  *tempo.Backstage // where comments are said by themselves
	shared  *tempo.Backstage // where they are said together
	bins    binCounts        // as they were last counted

	tongues     sync.Map // tongue → language, a bounded memory
	tongueCount atomic.Int64
}

// New makes the pages of a site.
func New(site Site, rooms Rooms) (*Web, error) {
	words, err := locale.Open()
	if err != nil {
		return nil, err
	}
	kept, err := newKeptPages()
	if err != nil {
		return nil, err
	}
	assets, addresses, err := loadAssets(rooms.Bundle)
	if err != nil {
		return nil, err
	}
	w := &Web{
		Rooms: rooms, site: site, words: words, kept: kept, assets: assets, bundled: addresses, secure: strings.HasPrefix(site.Address, "https://"),
		guesses: tempo.Guesses{Pace: paceOfPasswords}, links: tempo.Guesses{Pace: paceOfLinks}, joins: tempo.Guesses{Pace: paceOfJoining},
		sought: tempo.Guesses{Pace: paceOfPasskeys}, binding: tempo.NewTurns(boundAtOnce, mostWaitForBooks, patientForBooks),
	}
	w.saying, w.shared = newSaying(rooms.Store)
	w.handler = w.around(w.mux())
	return w, nil
}

// ServeHTTP answers one request.
func (w *Web) ServeHTTP(to http.ResponseWriter, r *http.Request) { w.handler.ServeHTTP(to, r) }

// address is the site's own, for canonical links, books and mails.
func (w *Web) address(r *http.Request) string {
	if w.site.Address != "" {
		return w.site.Address
	}
	return "http://" + r.Host
}

// host is what the address of a page depends on beside its path: nothing where
// the owner has said the site's address, otherwise what the browser asked for.
func (w *Web) host(r *http.Request) string {
	if w.site.Address != "" {
		return ""
	}
	return r.Host
}

// read runs a query behind the request's viewer.
func (w *Web) read(r *Request, fn func(ctx context.Context, tx *store.Tx) error) error {
	return w.Store.Read(r.Context(), func(tx *store.Tx) error { return fn(r.Context(), tx) })
}
