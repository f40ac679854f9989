package web

import (
	"context"
	"errors"
	"net/http"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// showDesk answers with what there is to do for staff, and how much of it.
func (w *Web) showDesk(r *Request) (Response, error) {
	p := page.DeskPage{Shell: w.private(r, r.Words.T("desk.title"))}
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		for _, line := range w.deskLines(r) {
			one, err := line(ctx, tx)
			if err != nil {
				return err
			}
			p.Lines = append(p.Lines, one)
		}
		return nil
	})
	return Response{Page: p}, err
}

// deskLine counts what waits on one page of the desk.
type deskLine func(ctx context.Context, tx *store.Tx) (page.DeskLine, error)

// deskLines lists the pages of the desk, those that wait for somebody first.
func (w *Web) deskLines(r *Request) []deskLine {
	return []deskLine{
		func(ctx context.Context, tx *store.Tx) (page.DeskLine, error) {
			n, err := tx.Cases.Count(ctx, true)
			return page.DeskLine{Link: page.Link{Text: r.Words.T("cases.title"), URL: page.PathCases}, Said: r.Words.N("desk.cases", int(n)), Waits: n > 0}, err
		},
		func(ctx context.Context, tx *store.Tx) (page.DeskLine, error) {
			listed, err := tx.Lists.Page(ctx, r.Viewer, store.Filter{Waiting: true, Page: 1, PerPage: 0})
			return page.DeskLine{Link: page.Link{Text: r.Words.T("waiting.title"), URL: page.PathWaiting}, Said: r.Words.N("count.works", listed.Total), Waits: listed.Total > 0}, err
		},
		func(ctx context.Context, tx *store.Tx) (page.DeskLine, error) {
			n, err := tx.Threads.CountForStaff(ctx, r.Viewer)
			return page.DeskLine{Link: page.Link{Text: r.Words.T("desk_held.title"), URL: page.PathDeskComments}, Said: r.Words.N("count.comments", n), Waits: n > 0}, err
		},
		func(ctx context.Context, tx *store.Tx) (page.DeskLine, error) {
			bursts, err := tx.Kudos.Bursts(ctx)
			return page.DeskLine{Link: page.Link{Text: r.Words.T("bursts.title"), URL: page.PathBursts}, Said: r.Words.N("count.works", len(bursts)), Waits: len(bursts) > 0}, err
		},
		func(ctx context.Context, tx *store.Tx) (page.DeskLine, error) {
			waiting, err := tx.TagActs.Waiting(ctx)
			line := page.DeskLine{Link: page.Link{Text: r.Words.T("wrangling.title"), URL: page.PathTagDesk}, Waits: len(waiting) > 0}
			if line.Waits {
				line.Said = r.Words.N("wrangling.merges_wait", len(waiting))
			}
			return line, err
		},
		func(ctx context.Context, tx *store.Tx) (page.DeskLine, error) {
			n, err := tx.Accounts.Count(ctx)
			return page.DeskLine{Link: page.Link{Text: r.Words.T("members.title"), URL: page.PathDeskMembers}, Said: r.Words.N("members.count", int(n))}, err
		},
		func(ctx context.Context, tx *store.Tx) (page.DeskLine, error) {
			n, err := tx.Invitations.Open(ctx)
			return page.DeskLine{Link: page.Link{Text: r.Words.T("invitations.title"), URL: page.PathDeskInvitations}, Said: r.Words.N("invitations.open", int(n))}, err
		},
		func(ctx context.Context, tx *store.Tx) (page.DeskLine, error) {
			n, err := tx.Invitations.Waiting(ctx)
			return page.DeskLine{Link: page.Link{Text: r.Words.T("queue.title"), URL: page.PathDeskQueue}, Said: r.Words.N("queue.waiting", int(n)), Waits: n > 0 && w.Catalog.Site().QueueDaily == 0}, err
		},
		func(ctx context.Context, tx *store.Tx) (page.DeskLine, error) {
			n, err := tx.Acts.Count(ctx)
			return page.DeskLine{Link: page.Link{Text: r.Words.T("acts.title"), URL: page.PathActs}, Said: r.Words.N("desk.acts", int(n))}, err
		},
		func(ctx context.Context, tx *store.Tx) (page.DeskLine, error) {
			n, err := tx.Papers.Count(ctx, archive.PaperNews)
			return page.DeskLine{Link: page.Link{Text: r.Words.T("papers.news"), URL: page.PathDeskNews}, Said: r.Words.N("papers.news_count", int(n))}, err
		},
		func(ctx context.Context, tx *store.Tx) (page.DeskLine, error) {
			n, err := tx.Papers.Count(ctx, archive.PaperPage)
			return page.DeskLine{Link: page.Link{Text: r.Words.T("papers.page"), URL: page.PathDeskPages}, Said: r.Words.N("papers.page_count", int(n))}, err
		},
		func(context.Context, *store.Tx) (page.DeskLine, error) {
			return page.DeskLine{Link: page.Link{Text: r.Words.T("machine.title"), URL: page.PathMachine}}, nil
		},
		func(context.Context, *store.Tx) (page.DeskLine, error) {
			return page.DeskLine{Link: page.Link{Text: r.Words.T("site.title"), URL: page.PathDeskSettings}}, nil
		},
	}
}

// showSiteSettings answers with what the owner decided.
func (w *Web) showSiteSettings(r *Request) (Response, error) {
	p := w.siteSettingsPage(r, typedSite(w.Catalog.Site()))
	p.Saved = r.FormValue("saved") != ""
	if !w.Catalog.Site().SearchTexts {
		return show(p)
	}
	var done, total int64
	err := w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		done, total, err = tx.Passages.Progress(ctx)
		return err
	})
	p.TextsRead = r.Words.T("site.texts_read", "Done", int(done), "Count", int(total))
	return Response{Page: p}, err
}

func (w *Web) siteSettingsPage(r *Request, typed page.SiteTyped) page.SiteSettingsPage {
	p := page.SiteSettingsPage{Shell: w.private(r, r.Words.T("site.title")), Base: w.Catalog.Site().Rev, Typed: typed, Languages: w.words.Tags()}
	p.Path = page.PathDeskSettings
	return p
}

// saveSiteSettings stores what the owner decided.
func (w *Web) saveSiteSettings(r *Request) (Response, error) {
	var problems archive.Problems
	was := w.Catalog.Site()
	site := w.readSettings(was, r.PostForm, &problems)
	err := problems.Err()
	if err == nil {
		err = w.Moderation.Decide(r.Context(), r.Viewer, baseOf(r), was, site)
	}
	if errors.Is(err, archive.ErrConflict) {
		err = archive.Problems{{Field: "form", Rule: "settings_changed"}}
	}
	problems, status, err := w.mendable(r, err)
	if err != nil {
		return Response{}, err
	}
	if problems == nil {
		return goTo(page.PathDeskSettings + "?saved=yes")
	}
	typed := typedSite(site)
	for name, into := range map[string]*string{"site_queue_daily": &typed.QueueDaily, "site_invitations": &typed.Invitations, "site_new_days": &typed.NewDays} {
		*into = r.PostForm.Get(name)
	}
	p := w.siteSettingsPage(r, typed)
	p.Errors = page.ErrorsOf(p.Shell, problems)
	return Response{Status: status, Page: p}, nil
}

// backTo leads on after an act, or answers why it was not done.
func (w *Web) backTo(err error, path string) (Response, error) {
	if err != nil {
		return Response{}, err
	}
	return Response{To: path, Status: http.StatusSeeOther}, nil
}
