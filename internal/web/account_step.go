package web

import (
	"errors"
	"io"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/web/page"
)

// showSecondStep answers with the second step of signing in, on or off.
func (w *Web) showSecondStep(r *Request) (Response, error) {
	p, err := w.secondStepPage(r)
	return Response{Page: p}, err
}

func (w *Web) secondStepPage(r *Request) (page.SecondStepPage, error) {
	p := page.SecondStepPage{Shell: w.private(r, r.Words.T("second_step.title"))}
	p.Path = page.PathSecondStep
	step, err := w.Accounts.LookAtSecondStep(r.Context(), r.Viewer, w.Catalog.Site().Name)
	p.On, p.Since, p.Left, p.Secret, p.Picture = step.On, step.Since, int(step.Left), step.Secret, page.PathSecondPicture
	return p, err
}

// beginSecondStep gives the member's app something to make codes from.
func (w *Web) beginSecondStep(r *Request) (Response, error) {
	err := w.Accounts.BeginSecondStep(r.Context(), r.Viewer)
	if err != nil && !errors.Is(err, archive.ErrConflict) {
		return Response{}, err
	}
	return goTo(page.PathSecondStep)
}

// showSecondPicture is the picture that apps scan, while it waits to be.
func (w *Web) showSecondPicture(r *Request) (Response, error) {
	step, err := w.Accounts.LookAtSecondStep(r.Context(), r.Viewer, w.Catalog.Site().Name)
	if err == nil && len(step.Picture) == 0 {
		err = archive.ErrNotFound
	}
	return Response{File: &File{MediaType: "image/png", Write: func(to io.Writer) error {
		_, err := to.Write(step.Picture)
		return err
	}}}, err
}

// turnOnSecondStep turns it on with the first code, and shows the recovery
// codes, this once.
func (w *Web) turnOnSecondStep(r *Request) (Response, error) {
	codes, err := w.Accounts.TurnOnSecondStep(r.Context(), r.Viewer, r.PostFormValue("code"))
	if errors.Is(err, archive.ErrNotFound) || errors.Is(err, archive.ErrConflict) {
		return goTo(page.PathSecondStep)
	}
	problems, status, err := w.mendable(r, err)
	if err != nil {
		return Response{}, err
	}
	p, err := w.secondStepPage(r)
	p.Codes, p.Errors = codes, page.ErrorsOf(p.Shell, problems)
	return Response{Status: status, Page: p}, err
}

// turnOffSecondStep turns it off.
func (w *Web) turnOffSecondStep(r *Request) (Response, error) {
	if err := w.Accounts.TurnOffSecondStep(r.Context(), r.Viewer); err != nil {
		return Response{}, err
	}
	return goTo(page.PathSecondStep)
}

// renewRecovery makes the recovery codes anew and shows them, this once.
func (w *Web) renewRecovery(r *Request) (Response, error) {
	codes, err := w.Accounts.RenewRecovery(r.Context(), r.Viewer)
	if errors.Is(err, archive.ErrNotFound) {
		return goTo(page.PathSecondStep)
	}
	if err != nil {
		return Response{}, err
	}
	p, err := w.secondStepPage(r)
	p.Codes = codes
	return Response{Page: p}, err
}

// saveRecovery gives the codes that a page has just shown as a file.
func (w *Web) saveRecovery(r *Request) (Response, error) {
	codes := r.PostForm["codes"]
	own, err := w.Accounts.AreRecovery(r.Context(), r.Viewer, codes)
	if err == nil && !own {
		err = archive.ErrNotFound
	}
	lines := append([]string{
		r.Words.T("second_step.file_title", "Name", r.Viewer.Name, "Site", w.Catalog.Site().Name), w.address(r.Request),
		r.Words.T("second_step.file_made", "Date", r.Words.Date(r.Now)), "",
	}, codes...)
	return Response{File: &File{Name: "recovery-codes.txt", MediaType: "text/plain; charset=utf-8", Write: func(to io.Writer) error {
		_, err := io.WriteString(to, strings.Join(lines, "\r\n")+"\r\n")
		return err
	}}}, err
}
