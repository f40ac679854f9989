package web

import (
	"io"
	"net/http"
	"time"

	"ficus/internal/web/page"
)

// Response is what a handler answers; the adapter writes it.
type Response struct {
	Status  int       // 0: 200, or 303 with a Location
	Page    page.Page // drawn to memory before a byte is sent
	To      string    // another page to go to
	File    *File     // something to carry away
	Feed    *Document // a list for programs
	JSON    any
	Text    string // plain
	Cookies []*http.Cookie
	Keep    keepUnder     // how a guest's page may be kept; the zero value: not at all
	Work    int64         // the work that was opened, to be counted as a visit
	Again   time.Duration // after which to try again; 0: not said
}

// Document is bytes that are made before the first is sent.
type Document struct {
	MediaType string
	Body      []byte
	Changed   time.Time // zero: not said
}

// File is bytes with a name, made while they are sent.
type File struct {
	Name      string // of the file as saved; empty: shown in place
	MediaType string
	ETag      string
	Write     func(w io.Writer) error
	Served    http.HandlerFunc // writes the body itself (ranges, conditions) in place of Write
}

// show answers with a page.
func show(p page.Page) (Response, error) { return Response{Page: p}, nil }

// goTo sends the browser on to another page.
func goTo(address string) (Response, error) { return Response{To: address}, nil }
