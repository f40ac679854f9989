package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

const (
	membersOnPage = 30
	actsOfMember  = 100
)

func memberAddress(id int64) string { return page.PathDeskMembers + "/" + strconv.FormatInt(id, 10) }

// findMembers answers with the members whose name, address or number is asked
// for.
func (w *Web) findMembers(r *Request) (Response, error) {
	p := page.MembersPage{Shell: w.private(r, r.Words.T("members.title")), Asked: archive.CleanLine(r.FormValue("q"))}
	if id, err := strconv.ParseInt(p.Asked, 10, 64); err == nil {
		var found bool
		err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Members.Find(ctx, id)
			found = err == nil
			return ignoreMissing(err)
		})
		if err != nil || found {
			return Response{To: memberAddress(id)}, err
		}
	}
	f := store.Filter{Page: r.pageNumber(), PerPage: membersOnPage}
	total := int64(0)
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		found, all, err := tx.Members.Like(ctx, p.Asked, f.PerPage, (f.Page-1)*f.PerPage)
		for _, m := range found {
			p.Found = append(p.Found, w.memberLine(r, m))
		}
		total = all
		return err
	})
	extra := map[string][]string{}
	if p.Asked != "" {
		extra["q"] = []string{p.Asked}
	}
	if last := lastPage(f, int(total)); err == nil && f.Page > last {
		return goTo(listAddress(page.PathDeskMembers, "", last, extra))
	}
	p.Total, p.Pager = int(total), pager(f, int(total), page.PathDeskMembers, extra)
	return Response{Page: p}, err
}

func (w *Web) memberLine(r *Request, m store.Member) page.MemberLine {
	return page.MemberLine{Name: m.Name, URL: memberAddress(m.ID), Email: m.Email, Joined: m.CreatedAt, Works: m.Works, State: stateOf(r, m)}
}

// stateOf says how a member stands, when there is something to say.
func stateOf(r *Request, m store.Member) string {
	switch {
	case m.Suspension.Banned:
		return r.Words.T("members.banned")
	case m.Suspension.Holds(r.Now):
		return r.Words.T("members.suspended", "Until", r.Words.DateTime(m.Suspension.Until))
	case m.Staff:
		return r.Words.T("members.staff")
	}
	return ""
}

// showMember answers with one member as staff see them.
func (w *Web) showMember(r *Request) (Response, error) {
	id, err := r.number("member")
	if err != nil {
		return Response{}, err
	}
	p, err := w.memberPage(r, id)
	return Response{Page: p}, err
}

func (w *Web) memberPage(r *Request, id int64) (page.MemberPage, error) {
	p := page.MemberPage{ID: strconv.FormatInt(id, 10), Measures: measuresAddress(id), Own: id == r.Viewer.Account}
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		m, err := tx.Members.Find(ctx, id)
		if err != nil {
			return err
		}
		p.Shell = w.private(r, m.Name)
		p.Member, p.Profile, p.Staff = w.memberLine(r, m), userAddress(m.Name), m.Staff
		if p.Member.State == "" {
			p.Member.State = r.Words.T("members.member")
		}
		pseuds, err := tx.Accounts.Pseuds(ctx, id)
		if err != nil {
			return err
		}
		for _, pseud := range pseuds {
			p.Pseuds = append(p.Pseuds, page.Person{Name: pseud.Name, URL: creatorAddress(pseud)})
		}
		if p.Wrangler, _, err = tx.Wranglers.Is(ctx, id); err != nil {
			return err
		}
		fandoms, err := tx.Wranglers.Fandoms(ctx, id)
		if err != nil {
			return err
		}
		p.Fandoms = fandomNames(fandoms)
		if p.Invited, err = invitedBy(ctx, tx, r, id); err != nil {
			return err
		}
		acts, err := tx.Acts.About(ctx, id, actsOfMember)
		p.Acts = actLines(r, acts)
		return err
	})
	return p, err
}

// invitedBy says by whose invitation an account joined; empty without one.
func invitedBy(ctx context.Context, tx *store.Tx, r *Request, account int64) (string, error) {
	i, err := tx.Invitations.Of(ctx, account)
	switch {
	case errors.Is(err, archive.ErrNotFound):
		return "", nil
	case err != nil:
		return "", err
	case i.Queued:
		return r.Words.T("members.from_queue"), nil
	case i.Maker == "":
		return r.Words.T("members.by_nobody"), nil
	}
	return i.Maker, nil
}

// setStaff makes a member staff, or staff a member again.
func (w *Web) setStaff(r *Request) (Response, error) {
	id, err := r.number("member")
	if err != nil {
		return Response{}, err
	}
	err = w.Moderation.SetStaff(r.Context(), r.Viewer, id, r.PostFormValue("staff") == "yes")
	var problems archive.Problems
	if !errors.As(err, &problems) {
		to := memberAddress(id)
		if id == r.Viewer.Account {
			to = page.PathHome // no longer theirs to see
		}
		return w.backTo(err, to)
	}
	p, err := w.memberPage(r, id)
	p.Path = memberAddress(id)
	p.Errors = page.ErrorsOf(p.Shell, problems)
	return Response{Status: http.StatusUnprocessableEntity, Page: p}, err
}
