package web

import (
	"context"
	"errors"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/prose"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// notice says one notice in words.
func (w *Web) notice(ctx context.Context, tx *store.Tx, r *Request, t store.Told) (page.InboxItem, error) {
	item := page.InboxItem{ID: strconv.FormatInt(t.ID, 10), At: t.At, Unread: t.ReadAt.IsZero()}
	read := page.Link{Text: r.Words.T("inbox.read_it"), URL: workAddress(t.Work)}
	switch t.Kind {
	case archive.NoticeComment, archive.NoticeHeld, archive.NoticeReply:
		return w.noticeOfComment(ctx, tx, r, t, item)
	case archive.NoticeBook:
		return noticeOfBook(ctx, tx, r, t, item)
	}
	if t.Kind.Topic() == archive.TopicSite && t.Kind != archive.NoticeWorkDeleted {
		item.Text, item.Link = noticeOfDesk(r, t)
		if item.Text == "" {
			item.Text, item.Link = noticeOfAccount(r, t.Kind)
		}
		return item, nil
	}
	if t.Title == "" {
		item.Text = r.Words.T(goneOf(t.Kind))
		return item, nil
	}
	switch t.Kind {
	case archive.NoticeGift:
		item.Text, item.Link = r.Words.T("inbox.gift", "Title", t.Title), read
	case archive.NoticeKudos:
		item.Text, item.Link = r.Words.N("inbox.kudos", t.Number, "Title", t.Title), page.Link{Text: r.Words.T("inbox.kudos_who"), URL: kudosAddress(t.Work)}
	case archive.NoticeChapter, archive.NoticeWork:
		return noticeOfFollowed(ctx, tx, r, t, item)
	case archive.NoticeFiltered:
		return noticeOfFilter(ctx, tx, r, t, item)
	case archive.NoticeWorkDeleted:
		item.Text = r.Words.T("inbox.deleted", "Title", t.Title)
		if !t.Standing.PurgeAt.IsZero() {
			item.Text = r.Words.T("inbox.deleted_until", "Title", t.Title, "Date", r.Words.Date(t.Standing.PurgeAt))
			item.Link = page.Link{Text: r.Words.T("inbox.bring_back"), URL: page.PathMyWorks}
		}
	}
	return item, nil
}

// noticeOfBook says what became of a book of several works, as long as it is
// there.
func noticeOfBook(ctx context.Context, tx *store.Tx, r *Request, t store.Told, item page.InboxItem) (page.InboxItem, error) {
	v, err := tx.Volumes.Find(ctx, r.Viewer.Account, t.Subject)
	switch {
	case errors.Is(err, archive.ErrNotFound):
		item.Text = r.Words.T("inbox.book_gone")
		return item, nil
	case err != nil:
		return item, err
	case v.IsReady():
		item.Text = r.Words.T("inbox.book", "Title", v.Title, "Time", r.Words.DateTime(v.Until))
		item.Link = page.Link{Text: r.Words.T("download.button"), URL: volumeAddress(v.ID)}
	default:
		item.Text = r.Words.T("inbox.book_broken", "Title", v.Title)
		item.Link = page.Link{Text: r.Words.T("inbox.book_why"), URL: page.PathBooks}
	}
	return item, nil
}

// noticeOfDesk says to staff what waits for them; nothing of any other notice.
func noticeOfDesk(r *Request, t store.Told) (string, page.Link) {
	look := page.Link{Text: r.Words.T("inbox.desk")}
	switch t.Kind {
	case archive.NoticeCases:
		look.URL = page.PathCases
		return r.Words.N("inbox.cases", t.Number), look
	case archive.NoticeBursts:
		look.URL = page.PathBursts
		return r.Words.N("inbox.bursts", t.Number), look
	case archive.NoticeForStaff:
		look.URL = page.PathDeskComments
		return r.Words.N("inbox.for_staff", t.Number), look
	}
	return "", page.Link{}
}

// noticeOfAccount says what concerns the account itself, and where to go on.
func noticeOfAccount(r *Request, kind archive.NoticeKind) (string, page.Link) {
	account := page.Link{Text: r.Words.T("inbox.account"), URL: page.PathAccount}
	switch kind {
	case archive.NoticeProve:
		return r.Words.T("inbox.prove"), page.Link{Text: r.Words.T("email.title"), URL: page.PathEmail}
	case archive.NoticeDevice:
		return r.Words.T("inbox.device"), page.Link{Text: r.Words.T("account.devices"), URL: page.PathAccount + "#devices"}
	case archive.NoticePassword:
		return r.Words.T("inbox.password"), account
	case archive.NoticeStaff:
		return r.Words.T("inbox.staff"), page.Link{Text: r.Words.T("inbox.staff_read"), URL: page.PathFromStaff}
	case archive.NoticeCaseClosed:
		return r.Words.T("inbox.case_closed"), page.Link{}
	}
	return r.Words.Safety(kind), account
}

// goneOf is what a notice says when its work is no longer the member's to see.
func goneOf(kind archive.NoticeKind) string {
	switch kind {
	case archive.NoticeGift:
		return "inbox.gift_gone"
	case archive.NoticeWorkDeleted:
		return "inbox.deleted"
	}
	return "inbox.gone"
}

// commentTold are how a comment is told of.
var commentTold = map[archive.NoticeKind]string{
	archive.NoticeComment: "inbox.comment", archive.NoticeHeld: "inbox.held", archive.NoticeReply: "inbox.reply",
}

// noticeOfComment shows a comment with what may be done about it, as long as
// the member may read it.
func (w *Web) noticeOfComment(ctx context.Context, tx *store.Tx, r *Request, t store.Told, item page.InboxItem) (page.InboxItem, error) {
	o, said, err := toldComment(ctx, tx, r, t)
	if errors.Is(err, archive.ErrNotFound) {
		item.Text = r.Words.T("inbox.comment_gone")
		return item, nil
	}
	if err != nil {
		return item, err
	}
	kind := t.Kind
	if kind == archive.NoticeHeld && said.State == archive.CommentShown {
		kind = archive.NoticeComment
	}
	veiled := said.Creator && o.Anonymous
	item.Text = r.Words.T(commentTold[kind], "Name", sayerOf(r, said, veiled), "Title", o.Title)
	item.Said, item.Lang = prose.PageHTML(said.Body), o.Language
	item.Link = page.Link{Text: r.Words.T("inbox.see_it"), URL: "/comments/" + strconv.FormatInt(said.ID, 10)}
	item.Comment = strconv.FormatInt(said.ID, 10)
	item.Held = kind == archive.NoticeHeld
	if said.State == archive.CommentShown && o.Gate.Answer && (!said.Blocks || veiled) { // whom the writer of an anonymous work blocks is not told here either
		item.Answer, item.Chapter = workAddress(o.ID)+"/comments", strconv.FormatInt(said.Chapter, 10)
	}
	return item, nil
}

// toldComment is the comment a notice tells of; archive.ErrNotFound when its
// member may read it no more, or does not want to.
func toldComment(ctx context.Context, tx *store.Tx, r *Request, t store.Told) (store.Opened, store.Said, error) {
	o, err := tx.Works.Open(ctx, r.Viewer, t.Work)
	if err == nil && !o.DeletedAt.IsZero() {
		err = archive.ErrNotFound
	}
	if err != nil {
		return o, store.Said{}, err
	}
	said, err := tx.Threads.Find(ctx, store.Reader{Viewer: r.Viewer, Creator: o.Tie.Creator}, t.Subject)
	veiled := said.Creator && o.Anonymous
	if err == nil && (!said.Seen || said.Muted && !veiled) {
		err = archive.ErrNotFound
	}
	return o, said, err
}

// sayerOf names who said a comment, as far as the reader may know.
func sayerOf(r *Request, said store.Said, veiled bool) string {
	switch {
	case veiled:
		return r.Words.T("byline.anonymous")
	case said.Signed.Name != "":
		return said.Signed.Name
	case said.Guest != "":
		return said.Guest
	}
	return r.Words.T("mail.somebody")
}
