package web

import (
	"errors"
	"net/http"
	"time"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/tempo"
	"ficus/internal/web/page"
)

// The paces of what costs much or may be guessed at.
var (
	paceOfPasswords = tempo.Pace{Within: 15 * time.Minute, OfName: 10, OfNetwork: 200}
	paceOfLinks     = tempo.Pace{Within: 15 * time.Minute, OfName: 3, OfNetwork: 30} // asked for by a name or address
	paceOfJoining   = tempo.Pace{Within: time.Hour, OfName: 60, OfNetwork: 60}
	paceOfPasskeys  = tempo.Pace{Within: 15 * time.Minute, OfName: 200, OfNetwork: 200} // questions to devices, each a row
)

// guessedTooOften is the rule that says so.
const guessedTooOften = "guessed_too_often"

// tryPassword signs in with a name and password, unless they were guessed at
// too often.
func (w *Web) tryPassword(r *Request, name, password string) (secret string, v archive.Viewer, err error) {
	if !w.guesses.Begin(r.Now, r.Client, name) {
		return "", v, archive.Problems{{Field: "password", Rule: guessedTooOften}}
	}
	secret, v, err = w.Accounts.SignIn(r.Context(), name, password, r.UserAgent())
	var pending *accounts.Pending
	if err == nil || errors.As(err, &pending) { // the password was right
		w.guesses.End(r.Client, name)
	}
	return secret, v, err
}

// notLetIn shows the question again with what was wrong.
func notLetIn(p page.SignInPage, name string, problems archive.Problems, status int) Response {
	p.Name, p.Errors = name, page.ErrorsOf(p.Shell, problems)
	if problems[0].Rule == guessedTooOften {
		status = http.StatusTooManyRequests
	}
	return Response{Status: status, Page: p}
}
