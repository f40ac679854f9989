package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"ficus/internal/archive"
	"ficus/internal/manuscript"
)

// What is said with each status. Nothing in these tells a hidden thing from a
// missing one.
const (
	nothingHere = "There is nothing here."
	tokenNeeded = "This is for members; send a member's token as “Authorization: Bearer …”."
	membersOnly = "This is for members only; send a member's token as “Authorization: Bearer …”."
	wrongToken  = "This token is nobody's; send one that “ficus user token” made."
	notYours    = "Only those who sign a work may change it."
	meanwhile   = "This was changed meanwhile; read it again and send your change anew."
	otherBody   = "This Idempotency-Key was sent before with another body, and that was stored; send this one with a key of its own."
	noRoom      = "There is no room left to store anything; nothing was stored."
	notRight    = "Some fields are not right."
)

func broken(c caller) string {
	return "Something broke here; it is in the log under request " + c.id + "."
}

// refusal is an answer that is an error, as RFC 9457 has it.
type refusal struct {
	huma.ErrorModel
	headers http.Header
}

// GetHeaders are the headers that go with it.
func (r *refusal) GetHeaders() http.Header { return r.headers }

func refusalOf(status int, detail string) *refusal {
	return &refusal{ErrorModel: huma.ErrorModel{Status: status, Title: http.StatusText(status), Detail: detail}}
}

func unauthorized(detail string) *refusal {
	r := refusalOf(http.StatusUnauthorized, detail)
	r.headers = http.Header{"Www-Authenticate": {"Bearer"}}
	return r
}

// fault is one thing wrong with a body, at its place.
type fault struct {
	at  string // "body.chapters[0].text"
	say string
}

// faults is everything wrong with a body at once.
type faults []fault

// Error says all of them for a log.
func (f faults) Error() string { return fmt.Sprintf("wrong body: %v", []fault(f)) }

func (f faults) refusal() *refusal {
	r := refusalOf(http.StatusUnprocessableEntity, notRight)
	for _, one := range f {
		r.Errors = append(r.Errors, &huma.ErrorDetail{Location: one.at, Message: one.say})
	}
	return r
}

// refuse is the one table from errors to answers. What broke is in the log,
// under the number the answer gives.
func (d *door) refuse(ctx context.Context, c caller, err error) *refusal {
	var said *refusal
	var wrong faults
	var problems archive.Problems
	var unread *manuscript.Error
	switch {
	case errors.As(err, &said):
		return said
	case errors.As(err, &wrong):
		return wrong.refusal()
	case errors.As(err, &problems):
		return faultsAt("body", problems).refusal()
	case errors.As(err, &unread):
		return unreadable(unread)
	case errors.Is(err, archive.ErrNotFound):
		return refusalOf(http.StatusNotFound, nothingHere)
	case errors.Is(err, archive.ErrSignIn):
		return unauthorized(membersOnly)
	case errors.Is(err, archive.ErrForbidden):
		return refusalOf(http.StatusForbidden, notYours)
	case errors.Is(err, archive.ErrConflict):
		return refusalOf(http.StatusConflict, meanwhile)
	case errors.Is(err, archive.ErrTooMany):
		return tooFast(time.Minute)
	case errors.Is(err, archive.ErrBusy):
		return busy()
	case errors.Is(err, archive.ErrFull):
		d.Log.Error("there is no room left", "request", c.id, "error", err)
		return refusalOf(http.StatusInsufficientStorage, noRoom)
	}
	if ctx.Err() == nil { // else the caller has gone
		d.Log.Error("a request to the api failed", "request", c.id, "error", err)
	}
	return refusalOf(http.StatusInternalServerError, broken(c))
}

// unreadable says why a manuscript could not be read.
func unreadable(err *manuscript.Error) *refusal {
	if err.Rule == "manuscript.too_large" {
		return refusalOf(http.StatusRequestEntityTooLarge, err.Sentence)
	}
	return faults{{at: "body", say: err.Sentence}}.refusal()
}

// send writes a refusal where huma is not asked.
func (d *door) send(to http.ResponseWriter, r *refusal) {
	for name, values := range r.headers {
		to.Header()[name] = values
	}
	to.Header().Set("Content-Type", "application/problem+json")
	to.WriteHeader(r.Status)
	words := json.NewEncoder(to)
	words.SetEscapeHTML(false)
	_ = words.Encode(r) // the caller has gone: nobody is left to tell
}
