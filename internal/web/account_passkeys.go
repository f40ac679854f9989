package web

import (
	"encoding/json"
	"net/http"
	"strconv"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/web/page"
)

// longestAnswer bounds what a device may answer, in bytes.
const longestAnswer = 64 << 10

// place is the site as passkeys know it.
func (w *Web) place(r *Request) accounts.Place {
	return accounts.Place{Name: w.Catalog.Site().Name, Address: w.address(r.Request)}
}

// asked is a question to a device, for the script to put.
type asked struct {
	Question json.RawMessage `json:"question"`
	Secret   string          `json:"secret"`
}

// showPasskeys lists the member's passkeys.
func (w *Web) showPasskeys(r *Request) (Response, error) {
	p, err := w.passkeysPage(r)
	return Response{Page: p}, err
}

func (w *Web) passkeysPage(r *Request) (page.PasskeysPage, error) {
	p := page.PasskeysPage{Shell: w.private(r, r.Words.T("passkeys.title")), Here: w.place(r).TakesPasskeys()}
	p.Path = page.PathPasskeys
	keys, err := w.Accounts.Passkeys(r.Context(), r.Viewer)
	for _, k := range keys {
		p.Keys = append(p.Keys, page.Passkey{ID: strconv.FormatInt(k.ID, 10), Name: k.Name, Made: k.CreatedAt, Used: k.UsedAt, Copied: !k.CopiedAt.IsZero()})
	}
	return p, err
}

// askForPasskey gives the script what to ask the member's device.
func (w *Web) askForPasskey(r *Request) (Response, error) {
	question, secret, err := w.Accounts.BeginPasskey(r.Context(), r.Viewer, w.place(r))
	return Response{JSON: asked{question, secret}}, err
}

// deviceAnswer is what the device answered, if it can be one.
func deviceAnswer(r *Request) (secret string, answer []byte) {
	answer = []byte(r.PostFormValue("answer"))
	if len(answer) > longestAnswer {
		answer = nil
	}
	return r.PostFormValue("secret"), answer
}

// addPasskey keeps the passkey the device made.
func (w *Web) addPasskey(r *Request) (Response, error) {
	secret, answer := deviceAnswer(r)
	err := w.Accounts.AddPasskey(r.Context(), r.Viewer, w.place(r), secret, r.PostFormValue("name"), answer)
	problems, status, err := w.mendable(r, err)
	if err != nil {
		return Response{}, err
	}
	if problems == nil {
		return goTo(page.PathPasskeys)
	}
	p, err := w.passkeysPage(r)
	p.Errors = page.ErrorsOf(p.Shell, problems)
	return Response{Status: status, Page: p}, err
}

// renamePasskey calls one of them otherwise.
func (w *Web) renamePasskey(r *Request) (Response, error) {
	id, err := strconv.ParseInt(r.PostFormValue("id"), 10, 64)
	if err != nil {
		return Response{}, archive.ErrNotFound
	}
	if err := w.Accounts.RenamePasskey(r.Context(), r.Viewer, id, r.PostFormValue("name")); err != nil {
		return Response{}, err
	}
	return goTo(page.PathPasskeys)
}

// removePasskey forgets one of them.
func (w *Web) removePasskey(r *Request) (Response, error) {
	id, err := strconv.ParseInt(r.PostFormValue("id"), 10, 64)
	if err != nil {
		return Response{}, archive.ErrNotFound
	}
	if err := w.Accounts.RemovePasskey(r.Context(), r.Viewer, id); err != nil {
		return Response{}, err
	}
	return goTo(page.PathPasskeys)
}

// askAnyPasskey gives the script what to ask a device that wants in. Each
// question is a row until it is answered or forgotten, so a network may ask
// only so many.
func (w *Web) askAnyPasskey(r *Request) (Response, error) {
	if !w.sought.Begin(r.Now, r.Client, r.ID) {
		return Response{}, archive.ErrTooMany
	}
	question, secret, err := w.Accounts.BeginPasskeySignIn(r.Context(), w.place(r))
	return Response{JSON: asked{question, secret}}, err
}

// signInByPasskey hears what the device answered, and signs this browser in.
func (w *Web) signInByPasskey(r *Request) (Response, error) {
	to := cleanReturn(r.PostFormValue("to"))
	secret, answer := deviceAnswer(r)
	session, _, err := w.Accounts.SignInWithPasskey(r.Context(), w.place(r), secret, answer, r.UserAgent())
	if err == nil {
		return w.letIn(r, session, to)
	}
	problems, _, err := w.mendable(r, err)
	if err != nil {
		return w.askMore(err, to)
	}
	p := w.signInPage(r, to)
	p.Errors = page.ErrorsOf(p.Shell, problems)
	return Response{Status: http.StatusUnprocessableEntity, Page: p}, nil
}
