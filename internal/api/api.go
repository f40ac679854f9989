// Package api is the door for programs: JSON under /api/v1/, behind a bearer
// token, over the same verbs and queries as the pages. routes.go lists every
// address with who may use it; /api/v1/openapi.json describes them.
package api

import (
	"cmp"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/netip"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
	"ficus/internal/tempo"
	"ficus/internal/writing"
)

// root is where the door stands; a change that breaks callers gets another.
const root = "/api/v1"

// Site is what the owner set about this archive.
type Site struct {
	Address string              // where it is, without a slash at the end; empty: as the caller asks
	Live    func() archive.Site // what the owner decided, as of now
	Proxies []netip.Prefix      // whose forwarded addresses count
}

// Rooms is what the door stands on.
type Rooms struct {
	Store    *store.Store
	Catalog  *catalog.Catalog
	Accounts *accounts.Accounts
	Writing  *writing.Writing
	Clock    archive.Clock
	Log      *slog.Logger
	Limits   archive.Limits
	Tempo    *tempo.Keeper // shared with the other doors
	Site     Site
}

// door answers requests.
type door struct {
	Rooms
	checking *writing.Writing           // says what is wrong with a chapter; brings no pictures
	openAPI  map[string]json.RawMessage // but for the name
	wrong    tempo.Guesses              // tokens that are nobody's
}

// New makes the handler of every address under /api/v1/.
func New(rooms Rooms) (http.Handler, error) {
	d := &door{Rooms: rooms, wrong: tempo.Guesses{Pace: paceOfTokens}}
	d.checking = writing.New(rooms.Store, nil, rooms.Limits, rooms.Clock, func(context.Context, string) ([]byte, error) {
		return nil, archive.ErrNotFound
	})
	mux := http.NewServeMux()
	api := humago.New(mux, d.config())
	api.UseMiddleware(d.checkNumber, d.introduce, d.pace)
	d.routes(api)
	var err error
	if d.openAPI, err = describe(api); err != nil {
		return nil, err
	}
	mux.HandleFunc("GET "+root+"/openapi.json", d.showOpenAPI)
	mux.HandleFunc(root+"/", d.missing(mux))
	return d.around(mux), nil
}

// read runs a query.
func (d *door) read(ctx context.Context, fn func(tx *store.Tx) error) error {
	return d.Store.Read(ctx, fn)
}

// config is huma without what it would serve of its own: no pages that load
// scripts from elsewhere, no links to schemas in answers.
func (d *door) config() huma.Config {
	config := huma.DefaultConfig(d.Site.Live().Name, "1")
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "", "", ""
	config.CreateHooks = nil
	config.Transformers = []huma.Transformer{d.plain}
	config.Info.Description = "Read and post works. Send a member's token as “Authorization: Bearer …”; " +
		"without one you read what a guest may read. Cookies are ignored. The same Idempotency-Key acts once and is answered alike."
	config.Servers = []*huma.Server{{URL: cmp.Or(d.Site.Address, "/")}}
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{bearer: {Type: "http", Scheme: "bearer"}}
	return config
}
