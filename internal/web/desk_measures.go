package web

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/moderation"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

func measuresAddress(account int64) string { return fmt.Sprintf("/desk/measures/%d", account) }

// showMeasures answers with what staff can do about a member.
func (w *Web) showMeasures(r *Request) (Response, error) {
	p, err := w.measuresPage(r)
	return Response{Page: p}, err
}

func (w *Web) measuresPage(r *Request) (page.MeasuresPage, error) {
	id, err := r.number("account")
	if err != nil {
		return page.MeasuresPage{}, err
	}
	p := page.MeasuresPage{Action: measuresAddress(id)}
	p.Did, p.Days, p.Typed = r.PostFormValue("measure"), r.PostFormValue("days"), r.PostFormValue("reason")
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		account, err := tx.Accounts.Find(ctx, id)
		if err != nil {
			return err
		}
		p.Shell, p.Name = w.private(r, r.Words.T("measures.title", "Name", account.Name)), account.Name
		if p.In, err = tx.Measures.Of(ctx, id); err != nil {
			return err
		}
		acts, err := tx.Acts.About(ctx, id, actsShown)
		p.Acts = actLines(r, acts)
		return err
	})
	return p, err
}

// takeMeasure does what staff decided about a member.
func (w *Web) takeMeasure(r *Request) (Response, error) {
	id, err := r.number("account")
	if err != nil {
		return Response{}, err
	}
	days, _ := strconv.Atoi(strings.TrimSpace(r.PostFormValue("days"))) // what is no number is too few
	err = w.Moderation.Take(r.Context(), r.Viewer, id, moderation.Measure{
		Kind: archive.ActKind(r.PostFormValue("measure")), Days: days, Reason: r.PostFormValue("reason"),
	})
	problems, status, err := w.mendable(r, err)
	if err != nil {
		return Response{}, err
	}
	if len(problems) > 0 {
		p, err := w.measuresPage(r)
		p.Errors = page.ErrorsOf(p.Shell, problems)
		return Response{Status: status, Page: p}, err
	}
	return Response{To: measuresAddress(id), Status: http.StatusSeeOther}, nil
}

// listActs answers with what staff did, the newest first.
func (w *Web) listActs(r *Request) (Response, error) {
	before, err := strconv.ParseInt(r.FormValue("before"), 10, 64)
	if err != nil || before < 1 {
		before = math.MaxInt64
	}
	p := page.ActsPage{Shell: w.private(r, r.Words.T("acts.title"))}
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		acts, err := tx.Acts.Before(ctx, before, actsShown)
		p.Acts = actLines(r, acts)
		if len(acts) == actsShown {
			p.Older = fmt.Sprintf("%s?before=%d", page.PathActs, acts[len(acts)-1].ID)
		}
		return err
	})
	return Response{Page: p}, err
}

// showFromStaff answers with what staff did that concerns the member. Who of
// the staff it was is the staff's.
func (w *Web) showFromStaff(r *Request) (Response, error) {
	p := page.FromStaffPage{Shell: w.private(r, r.Words.T("from_staff.title"))}
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		acts, err := tx.Acts.Told(ctx, r.Viewer.Account, actsShown)
		for _, act := range acts {
			line := page.ActLine{Text: r.Words.Act(act.Act, act.Title), Reason: act.Reason, At: act.At}
			p.Acts = append(p.Acts, line)
		}
		return err
	})
	return Response{Page: p}, err
}

// actLines says acts to staff.
func actLines(r *Request, acts []store.Done) []page.ActLine {
	lines := make([]page.ActLine, len(acts))
	for i, act := range acts {
		said, known := page.ActWords(page.Shell{Words: r.Words}, act.Act)
		if !known {
			said = actWord(r, act.Kind)
		}
		lines[i] = page.ActLine{Text: said, Reason: act.Reason, By: act.By, At: act.At}
		switch {
		case act.Kind == archive.ActClose:
			lines[i].Link = page.Link{Text: r.Words.T("acts.of_case", "Number", act.Subject), URL: caseAddress(act.Subject)}
		case act.Work != 0:
			lines[i].Link = page.Link{Text: r.Words.T("acts.of_work", "Number", act.Work), URL: oversightAddress(act.Work)}
		case act.Account != 0:
			lines[i].Link = page.Link{Text: r.Words.T("acts.of_member", "Number", act.Account), URL: measuresAddress(act.Account)}
		}
	}
	return lines
}

func actWord(r *Request, kind archive.ActKind) string {
	switch kind {
	case archive.ActSettings:
		return r.Words.T("acts.settings")
	case archive.ActHide:
		return r.Words.T("acts.hide")
	case archive.ActShow:
		return r.Words.T("acts.show")
	case archive.ActApprove:
		return r.Words.T("acts.approve")
	case archive.ActReturn:
		return r.Words.T("acts.return")
	case archive.ActTrust:
		return r.Words.T("acts.trust")
	case archive.ActWarn:
		return r.Words.T("acts.warn")
	case archive.ActSuspend:
		return r.Words.T("acts.suspend")
	case archive.ActBan:
		return r.Words.T("acts.ban")
	case archive.ActLift:
		return r.Words.T("acts.lift")
	case archive.ActPeek:
		return r.Words.T("acts.peek")
	case archive.ActClose:
		return r.Words.T("acts.close")
	}
	return r.Words.T("acts.other")
}
