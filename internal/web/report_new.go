package web

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/moderation"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// reportable is a thing that can be reported, as the reporter sees it.
type reportable struct {
	kind    archive.SubjectKind
	subject int64
	called  string
	address string
}

// askReportWork asks what is wrong with a work.
func (w *Web) askReportWork(r *Request) (Response, error) {
	return w.askReport(r, w.workToReport)
}

// reportWork tells staff of a work.
func (w *Web) reportWork(r *Request) (Response, error) {
	return w.sendReport(r, w.workToReport)
}

// askReportComment asks what is wrong with a comment.
func (w *Web) askReportComment(r *Request) (Response, error) {
	return w.askReport(r, w.commentToReport)
}

// reportComment tells staff of a comment.
func (w *Web) reportComment(r *Request) (Response, error) {
	return w.sendReport(r, w.commentToReport)
}

func (w *Web) commentToReport(r *Request) (reportable, error) {
	id, err := r.number("comment")
	if err != nil {
		return reportable{}, err
	}
	thing := reportable{kind: archive.SubjectComment, subject: id, address: fmt.Sprintf("/comments/%d", id)}
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		said, err := tx.Comments.Find(ctx, id)
		if err != nil {
			return err
		}
		o, err := tx.Works.Open(ctx, r.Viewer, said.Work)
		if err != nil {
			return err
		}
		if !said.SeenBy(r.Viewer, o.Tie.Creator, "") {
			return archive.ErrNotFound
		}
		thing.called = r.Words.T("report.comment_on", "Title", o.Title)
		return nil
	})
	return thing, err
}

// askReportMember asks what is wrong with a member.
func (w *Web) askReportMember(r *Request) (Response, error) {
	return w.askReport(r, w.memberToReport)
}

// reportMember tells staff of a member.
func (w *Web) reportMember(r *Request) (Response, error) {
	return w.sendReport(r, w.memberToReport)
}

func (w *Web) workToReport(r *Request) (reportable, error) {
	id, err := r.number("work")
	if err != nil {
		return reportable{}, err
	}
	thing := reportable{kind: archive.SubjectWork, subject: id, address: workAddress(id)}
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		o, err := tx.Works.Open(ctx, r.Viewer, id)
		thing.called = o.Title
		return err
	})
	return thing, err
}

func (w *Web) memberToReport(r *Request) (reportable, error) {
	thing := reportable{kind: archive.SubjectAccount}
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		account, _, err := findUser(ctx, tx, r.PathValue("name"), "")
		thing.subject, thing.called, thing.address = account.ID, account.Name, userAddress(account.Name)
		return err
	})
	return thing, err
}

func (w *Web) askReport(r *Request, find func(*Request) (reportable, error)) (Response, error) {
	thing, err := find(r)
	if err != nil {
		return Response{}, err
	}
	return show(w.reportPage(r, thing))
}

func (w *Web) reportPage(r *Request, thing reportable) page.ReportPage {
	return page.ReportPage{
		Shell: w.private(r, r.Words.T("report.title")), Of: thing.called, Back: thing.address, Action: thing.address + "/report",
		Chapter: numeral(r.FormValue("chapter")), Why: r.PostFormValue("why"), Typed: r.PostFormValue("words"),
	}
}

// numeral is a number as typed, or nothing.
func numeral(typed string) string {
	n, err := strconv.ParseInt(typed, 10, 64)
	if err != nil || n < 1 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

func (w *Web) sendReport(r *Request, find func(*Request) (reportable, error)) (Response, error) {
	thing, err := find(r)
	if err != nil {
		return Response{}, err
	}
	chapter, _ := strconv.ParseInt(numeral(r.PostFormValue("chapter")), 10, 64) // 0: none
	err = w.Moderation.Report(r.Context(), r.Viewer, moderation.Report{
		Kind: thing.kind, Subject: thing.subject, Chapter: chapter,
		Reason: archive.ReportReason(r.PostFormValue("why")), Words: r.PostFormValue("words"),
	})
	problems, status, err := w.mendable(r, err)
	if err != nil {
		return Response{}, err
	}
	if len(problems) > 0 {
		p := w.reportPage(r, thing)
		p.Errors = page.ErrorsOf(p.Shell, problems)
		return Response{Status: status, Page: p}, nil
	}
	answer := w.message(r, http.StatusOK, "report.title", "report.thanks")
	p := answer.Page.(page.MessagePage)
	p.Next = page.Link{Text: thing.called, URL: thing.address}
	answer.Page = p
	return answer, nil
}
