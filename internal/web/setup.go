package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/web/page"
)

// askToSetUp answers with the owner's first page, to who has the link; nobody
// else learns that there is one.
func (w *Web) askToSetUp(r *Request) (Response, error) {
	token := r.FormValue("token")
	if err := w.Accounts.MaySetUp(r.Context(), token); err != nil {
		return Response{}, err
	}
	return show(w.setUpPage(r, token, typedSite(w.Catalog.Site())))
}

func (w *Web) setUpPage(r *Request, token string, typed page.SiteTyped) page.SetUpPage {
	return page.SetUpPage{Shell: w.private(r, r.Words.T("setup.title")), Token: token, Typed: typed, Languages: w.words.Tags()}
}

// setUp makes the archive its owner's and brings them to the desk.
func (w *Web) setUp(r *Request) (Response, error) {
	var problems archive.Problems
	f := r.PostForm
	token, site := f.Get("token"), w.readFirstSettings(w.Catalog.Site(), f, &problems)
	viewer, err := w.Accounts.SetUp(r.Context(), token, accounts.Joining{
		Name: f.Get("name"), Email: f.Get("email"), Password: f.Get("password"), Agent: r.UserAgent(),
	}, site, problems)
	var wrong archive.Problems
	if errors.As(err, &wrong) {
		p := w.setUpPage(r, token, typedSite(site))
		p.Name, p.Email, p.Errors = f.Get("name"), f.Get("email"), page.ErrorsOf(p.Shell, wrong)
		return Response{Status: http.StatusUnprocessableEntity, Page: p}, nil
	}
	if err != nil {
		return Response{}, err
	}
	return w.enter(r, viewer, page.PathDesk)
}

// readFirstSettings reads the settings of the owner's first page.
func (w *Web) readFirstSettings(site archive.Site, f url.Values, problems *archive.Problems) archive.Site {
	site.Name, site.Language, site.Join, site.Fandom = f.Get("site_name"), f.Get("site_language"), f.Get("site_join"), f.Get("site_fandom")
	site.Ratings, site.GuestComments = f["site_ratings"], f.Get("site_guests") != ""
	if !slices.Contains(w.words.Tags(), site.Language) {
		problems.Add("site_language", "unknown", "Value", archive.CleanLine(site.Language))
		site.Language = w.Catalog.Site().Language
	}
	return site
}

// readSettings reads the settings of the desk.
func (w *Web) readSettings(site archive.Site, f url.Values, problems *archive.Problems) archive.Site {
	site = w.readFirstSettings(site, f, problems)
	ticked := func(name string) bool { return f.Get(name) != "" }
	site.About, site.Banner, site.Approval = f.Get("site_about"), f.Get("site_banner"), f.Get("site_approval")
	site.Queue, site.NewPaused, site.AskNotRated = ticked("site_queue"), ticked("site_new_paused"), ticked("site_not_rated")
	site.SearchTexts = ticked("site_texts")
	site.QueueDaily, site.Invitations = readCount(f, "site_queue_daily"), readCount(f, "site_invitations")
	site.NewFor = time.Duration(min(readCount(f, "site_new_days"), 10_000)) * 24 * time.Hour
	return site
}

// readCount reads a number; nothing is none, and what is no number is one that
// no rule allows.
func readCount(f url.Values, name string) int {
	typed := strings.TrimSpace(f.Get(name))
	if typed == "" {
		return 0
	}
	n, err := strconv.Atoi(typed)
	if err != nil {
		return -1
	}
	return n
}

// typedSite is the settings as they would have been typed.
func typedSite(s archive.Site) page.SiteTyped {
	return page.SiteTyped{
		Name: s.Name, Language: s.Language, About: s.About, Banner: s.Banner, Join: s.Join, Queue: s.Queue, QueueDaily: strconv.Itoa(s.QueueDaily),
		Invitations: strconv.Itoa(s.Invitations), Fandom: s.Fandom, Ratings: s.Ratings, NotRated: s.AskNotRated, Guests: s.GuestComments,
		Approval: s.Approval, NewDays: strconv.Itoa(int(s.NewFor / (24 * time.Hour))), NewPaused: s.NewPaused, Texts: s.SearchTexts,
	}
}
