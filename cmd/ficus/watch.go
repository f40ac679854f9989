package main

import (
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"net/http"
	"time"

	"ficus/internal/archive"
)

// watch stands before the doors and hears how each request was answered: for
// the log, a line each when it is told to say as much, and for the counters.
type watch struct {
	next    http.Handler
	log     *slog.Logger
	clock   archive.Clock
	counted func(route string, status int, took time.Duration) // nil: nobody counts
}

// watched puts a watch before the doors, unless nobody would hear of it: then
// nothing stands between a kept page and the line.
func watched(doors http.Handler, log *slog.Logger, clock archive.Clock, counted func(string, int, time.Duration)) http.Handler {
	if counted == nil && !log.Enabled(context.Background(), slog.LevelDebug) {
		return doors
	}
	return &watch{next: doors, log: log, clock: clock, counted: counted}
}

// ServeHTTP answers one request. No address of a visitor is written down, and
// no query, which may hold what somebody searched for.
func (w *watch) ServeHTTP(to http.ResponseWriter, r *http.Request) {
	began := w.clock.Now()
	a := &answer{ResponseWriter: to}
	defer func() {
		took, status := w.clock.Now().Sub(began), a.status
		if status == 0 {
			status = http.StatusOK
		}
		if w.counted != nil {
			w.counted(a.route, status, took)
		}
		if w.log.Enabled(r.Context(), slog.LevelDebug) {
			if a.request == "" {
				a.request = rand.Text()[:10]
			}
			w.log.DebugContext(r.Context(), "answered", "request", a.request, "method", r.Method, "path", r.URL.Path, "route", a.route,
				"status", status, "bytes", a.bytes, "took", took)
		}
	}()
	w.next.ServeHTTP(a, r)
}

// answer is a writer that notes what was answered. The doors tell it which
// line of their tables was asked for.
type answer struct {
	http.ResponseWriter
	route, request string
	status         int
	bytes          int64
}

// Named notes what was asked for.
func (a *answer) Named(route, request string) { a.route, a.request = route, request }

// WriteHeader notes the status.
func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

// Write counts the bytes.
func (a *answer) Write(p []byte) (int, error) {
	n, err := a.ResponseWriter.Write(p)
	a.bytes += int64(n)
	return n, err
}

// ReadFrom lets files go from the disk to the line as they would without us.
func (a *answer) ReadFrom(from io.Reader) (int64, error) {
	n, err := io.Copy(a.ResponseWriter, from)
	a.bytes += n
	return n, err
}

// Unwrap is the writer of the server, for http.ResponseController.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// logJSON is the format of a log that programs read.
const logJSON = "json"

// newLog is the program's own log, as lines of text or of JSON.
func newLog(to io.Writer, format string, level slog.Level) *slog.Logger {
	options := &slog.HandlerOptions{Level: level}
	if format == logJSON {
		return slog.New(slog.NewJSONHandler(to, options))
	}
	return slog.New(slog.NewTextHandler(to, options))
}

// classOf is a status as it is counted: 2xx, 3xx, 4xx, 5xx.
func classOf(status int) string { return string('0'+rune(status/100)) + "xx" }

// routeLabel is a line of the tables as it is counted under.
func routeLabel(route string) string {
	if route == "" {
		return "none"
	}
	return route
}
