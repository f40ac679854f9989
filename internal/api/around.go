package api

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"

	"ficus/internal/archive"
)

// around puts what every request passes: a number, the headers of safety, and
// what catches a break.
func (d *door) around(routes http.Handler) http.Handler {
	return http.HandlerFunc(func(to http.ResponseWriter, r *http.Request) {
		c := caller{id: rand.Text()[:10], address: d.siteAddress(r), from: archive.CallerAt(r.RemoteAddr, r.Header.Values("X-Forwarded-For"), d.Site.Proxies)}
		defer d.recover(to, r, c)
		h := to.Header()
		h.Set("Cache-Control", "private, no-store")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Vary", "Authorization")
		asked := r.WithContext(context.WithValue(r.Context(), callerKey{}, c))
		defer func() { name(to, asked.Pattern, c.id) }() // the mux notes it there
		routes.ServeHTTP(to, asked)
	})
}

// named is a writer that counts and logs answers: it is told which line of the
// table a request came to, and the request's number.
type named interface {
	Named(route, request string)
}

func name(to http.ResponseWriter, route, request string) {
	if n, is := to.(named); is {
		n.Named(route, request)
	}
}

// recover answers a panic with a safe sentence and tells the log the rest.
func (d *door) recover(to http.ResponseWriter, r *http.Request, c caller) {
	broke := recover()
	if broke == nil {
		return
	}
	if err, is := broke.(error); is && errors.Is(err, http.ErrAbortHandler) {
		panic(broke)
	}
	d.Log.Error("a request to the api broke", "request", c.id, "path", r.URL.Path, "panic", fmt.Sprint(broke), "stack", string(debug.Stack()))
	d.send(to, refusalOf(http.StatusInternalServerError, broken(c)))
}

// missing answers addresses that are none, and methods an address does not take.
func (d *door) missing(mux *http.ServeMux) http.HandlerFunc {
	return func(to http.ResponseWriter, r *http.Request) {
		var takes []string
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			other := r.Clone(r.Context())
			other.Method = method
			if _, pattern := mux.Handler(other); strings.HasPrefix(pattern, method+" ") {
				takes = append(takes, method)
			}
		}
		if len(takes) == 0 || slices.Contains(takes, r.Method) {
			d.send(to, refusalOf(http.StatusNotFound, nothingHere))
			return
		}
		to.Header().Set("Allow", strings.Join(takes, ", "))
		d.send(to, refusalOf(http.StatusMethodNotAllowed, "This address takes "+strings.Join(takes, " and ")+"."))
	}
}
