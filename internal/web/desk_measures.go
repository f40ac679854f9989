package web

import (
	"context"
	"fmt"
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
		lines[i] = page.ActLine{Text: page.ActWords(page.Shell{Words: r.Words}, act.Act), Reason: act.Reason, By: act.By, At: act.At}
		switch {
		case act.Kind == archive.ActPaperSaved || act.Kind == archive.ActPaperPosted || act.Kind == archive.ActPaperTaken || act.Kind == archive.ActPagesMoved:
			lines[i].Link = actPaper(act)
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

// actPaper leads to the news or the page an act is about.
func actPaper(act store.Done) page.Link {
	kind, title, _ := strings.Cut(act.About, ": ")
	return page.Link{Text: title, URL: paperDeskAddress(archive.PaperKind(kind), act.Subject)}
}
