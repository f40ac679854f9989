package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/moderation"
	"ficus/internal/prose"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// paperDesk is where staff write the papers of one kind.
type paperDesk struct {
	*Web
	kind archive.PaperKind
}

// paperWords are what a kind of papers, and a new one of it, is called.
var paperWords = map[archive.PaperKind]struct{ all, one string }{
	archive.PaperNews: {"papers.news", "papers.new_news"}, archive.PaperPage: {"papers.page", "papers.new_page"},
}

// beginnings are the pages that are offered ready to be changed.
var beginnings = map[string]struct{ offer, title, text string }{
	archive.SlugRules:   {"papers.begin_rules", "begin.rules_title", "begin.rules_text"},
	archive.SlugPrivacy: {"papers.begin_privacy", "begin.privacy_title", "begin.privacy_text"},
}

func deskOf(kind archive.PaperKind) string {
	if kind == archive.PaperNews {
		return page.PathDeskNews
	}
	return page.PathDeskPages
}

func paperDeskAddress(kind archive.PaperKind, id int64) string {
	return fmt.Sprintf("%s/%d", deskOf(kind), id)
}

// list answers with all papers of the kind, drafts too.
func (d paperDesk) list(r *Request) (Response, error) {
	p := page.DeskPapersPage{Shell: d.private(r, r.Words.T(paperWords[d.kind].all)), Kind: d.kind, New: deskOf(d.kind) + "/new"}
	f := store.Filter{Page: r.pageNumber(), PerPage: newsOnPage}
	var total int
	err := d.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		var list []archive.Paper
		if d.kind == archive.PaperNews {
			list, total, err = tx.Papers.Of(ctx, d.kind, f.PerPage, (f.Page-1)*f.PerPage)
		} else {
			list, err = tx.Papers.Pages(ctx)
			p.Offers = offers(r, list)
		}
		for _, one := range list {
			p.Papers = append(p.Papers, deskPaper(one))
		}
		return err
	})
	if last := lastPage(f, total); err == nil && d.kind == archive.PaperNews && f.Page > last {
		return goTo(listAddress(deskOf(d.kind), f.Sort, last, nil))
	}
	p.Pager = pager(f, total, deskOf(d.kind), nil)
	return Response{Page: p}, err
}

func deskPaper(p archive.Paper) page.DeskPaper {
	line := page.DeskPaper{
		ID: p.ID, Title: p.Title, Lang: p.Language, Edit: paperDeskAddress(p.Kind, p.ID), Slug: p.Slug, Place: p.Place, Draft: p.IsDraft(), Changed: p.UpdatedAt,
	}
	if !p.IsDraft() {
		line.URL = paperAddress(p)
	}
	return line
}

// offers are the beginnings staff may take for pages there are none of yet.
func offers(r *Request, there []archive.Paper) []page.Link {
	known := map[string]bool{}
	for _, p := range there {
		known[p.Slug] = true
	}
	var list []page.Link
	for _, slug := range []string{archive.SlugRules, archive.SlugPrivacy} {
		if !known[slug] && (slug != archive.SlugRules || !known[archive.SlugTerms]) {
			list = append(list, page.Link{Text: r.Words.T(beginnings[slug].offer), URL: page.PathDeskPages + "/new?begin=" + slug})
		}
	}
	return list
}

// opened is the paper at an address; the zero Paper for a new one.
func (d paperDesk) opened(r *Request) (p archive.Paper, err error) {
	if r.PathValue("paper") == "" {
		return archive.Paper{Kind: d.kind}, nil
	}
	id, err := r.number("paper")
	if err != nil {
		return p, err
	}
	err = d.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		p, err = tx.Papers.Find(ctx, d.kind, id)
		return err
	})
	return p, err
}

// autosaveName is what the form of a paper is called while it is typed.
func (d paperDesk) autosaveName(p archive.Paper) string {
	if p.ID == 0 {
		return "paper/" + string(d.kind)
	}
	return fmt.Sprintf("paper/%d", p.ID)
}

// edit answers with the form of a paper.
func (d paperDesk) edit(r *Request) (Response, error) {
	paper, err := d.opened(r)
	if err != nil {
		return Response{}, err
	}
	p := page.PaperFormPage{Typed: typedPaperOf(paper)}
	switch {
	case paper.ID != 0:
		err = d.earlier(r, paper, &p.Typed)
	default:
		p.Typed = d.beginning(r)
	}
	if err != nil {
		return Response{}, err
	}
	form := d.autosaveName(paper)
	typed, err := d.recovered(r, form)
	if err != nil {
		return Response{}, err
	}
	if typed != nil {
		p.Typed, p.Head = typedPaper(typed), d.recoveredHead(form, typed)
	} else if p.Head, err = d.formHead(r, form, paper.Revision); err != nil {
		return Response{}, err
	}
	return d.showForm(r, paper, p, http.StatusOK)
}

// earlier puts the words of an earlier version into the form, when one is asked
// for; saving it makes a new one.
func (d paperDesk) earlier(r *Request, paper archive.Paper, typed *page.PaperTyped) error {
	number, err := strconv.ParseInt(r.FormValue("version"), 10, 64)
	if err != nil {
		return nil
	}
	return d.read(r, func(ctx context.Context, tx *store.Tx) error {
		save, err := tx.Papers.Save(ctx, paper.ID, number)
		if err == nil {
			typed.Title, typed.Language, typed.Text = save.Title, save.Language, save.Source
		}
		return ignoreMissing(err)
	})
}

// beginning is what stands in the form of a new paper: nothing, or the
// beginning staff asked for.
func (d paperDesk) beginning(r *Request) page.PaperTyped {
	typed := page.PaperTyped{Language: d.Catalog.Site().Language, InFooter: d.kind == archive.PaperPage}
	begin := r.FormValue("begin")
	said, offered := beginnings[begin]
	if d.kind != archive.PaperPage || !offered {
		return typed
	}
	words := d.words.Printer(typed.Language)
	typed.Language = words.Tag()
	typed.Slug, typed.Title = begin, words.T(said.title)
	typed.Text = words.T(said.text, "Site", d.Catalog.Site().Name)
	return typed
}

func typedPaperOf(p archive.Paper) page.PaperTyped {
	return page.PaperTyped{Title: p.Title, Language: p.Language, Slug: p.Slug, Text: p.Source, InFooter: p.Place > 0}
}

func typedPaper(f url.Values) page.PaperTyped {
	return page.PaperTyped{
		Title: f.Get("title"), Language: f.Get("language"), Slug: f.Get("slug"), Text: f.Get("text"), InFooter: f.Get("in_footer") != "",
	}
}

func (d paperDesk) showForm(r *Request, paper archive.Paper, p page.PaperFormPage, status int) (Response, error) {
	p.Kind, p.New, p.Posted = d.kind, paper.ID == 0, paper.ID != 0 && !paper.IsDraft()
	p.Cancel, p.Action = deskOf(d.kind), deskOf(d.kind)+"/new"
	title := r.Words.T(paperWords[d.kind].one)
	if !p.New {
		p.Action = paperDeskAddress(d.kind, paper.ID)
		p.Versions, title = p.Action+"/versions", r.Words.T("papers.edit", "Title", paper.Title)
	}
	if p.Posted {
		p.URL = paperAddress(paper)
	}
	p.Shell = d.private(r, title)
	return Response{Status: status, Page: p}, nil
}

// save previews a paper, keeps it as a draft, posts it or takes it down.
func (d paperDesk) save(r *Request) (Response, error) {
	paper, err := d.opened(r)
	if err != nil {
		return Response{}, err
	}
	typed := typedPaper(r.PostForm)
	f := moderation.PaperForm{
		Kind: d.kind, ID: paper.ID, Base: baseOf(r), Fields: archive.PaperFields(typed), Post: wanted(r) != "draft", Autosave: d.autosaveName(paper), Once: onceOf(r),
	}
	switch do := r.PostForm.Get("do"); do {
	case "edit":
		return d.formAgain(r, paper, nil)
	case "theirs":
		return d.keepTheirs(r, paper)
	case "preview":
		return d.preview(r, paper, f)
	case "mine":
		f.Fields.Text = r.PostForm.Get("mine")
	}
	id, err := d.Moderation.SavePaper(r.Context(), r.Viewer, f)
	switch {
	case errors.Is(err, archive.ErrConflict) && paper.ID == 0:
		err = sentBefore(r, "title")
	case errors.Is(err, archive.ErrConflict):
		return d.conflict(r, paper)
	}
	if err != nil {
		return d.formAgain(r, paper, err)
	}
	if !f.Post {
		return goTo(paperDeskAddress(d.kind, id))
	}
	return d.goToPosted(r, id)
}

// goToPosted leads to where everyone reads a paper.
func (d paperDesk) goToPosted(r *Request, id int64) (Response, error) {
	var to string
	err := d.read(r, func(ctx context.Context, tx *store.Tx) error {
		saved, err := tx.Papers.Find(ctx, d.kind, id)
		to = paperAddress(saved)
		return err
	})
	return Response{To: to}, err
}

// keepTheirs keeps what was saved meanwhile, and drops what was typed here at
// its writer's word.
func (d paperDesk) keepTheirs(r *Request, paper archive.Paper) (Response, error) {
	if err := d.Writing.ThrowAway(r.Context(), r.Viewer, d.autosaveName(paper)); err != nil {
		return Response{}, err
	}
	return goTo(paperDeskAddress(d.kind, paper.ID))
}

func (d paperDesk) formAgain(r *Request, paper archive.Paper, err error) (Response, error) {
	problems, status, err := d.mendable(r, err)
	if err != nil {
		return Response{}, err
	}
	p := page.PaperFormPage{Typed: typedPaper(r.PostForm), Head: d.headAgain(r, problems)}
	p.Head.Autosave = d.autosaveName(paper)
	return d.showForm(r, paper, p, status)
}

// preview shows a paper as everyone would read it, and saves nothing.
func (d paperDesk) preview(r *Request, paper archive.Paper, f moderation.PaperForm) (Response, error) {
	read, err := d.Moderation.ReadPaper(d.kind, f.Fields, f.Post)
	if err != nil {
		return d.formAgain(r, paper, err)
	}
	p := page.PaperPreviewPage{
		Shell: d.private(r, r.Words.T("preview.title")), Action: deskOf(d.kind) + "/new", Hidden: hidden(r.PostForm, "do"), Posted: paper.ID != 0 && !paper.IsDraft(),
		PaperTitle: read.Title, Lang: read.Language, HTML: prose.PageHTML(read.Body),
	}
	if paper.ID != 0 {
		p.Action = paperDeskAddress(d.kind, paper.ID)
	}
	return show(p)
}

// conflict shows the text typed here and the one saved meanwhile, with what
// differs marked; neither is lost.
func (d paperDesk) conflict(r *Request, paper archive.Paper) (Response, error) {
	mine, theirs := typedPaper(r.PostForm), typedPaperOf(paper)
	conflicted(r, paper.Revision)
	p := page.ConflictPage{
		Shell: d.private(r, r.Words.T("conflict.title")), Action: paperDeskAddress(d.kind, paper.ID), SavedAt: paper.UpdatedAt, Mine: mine.Text,
	}
	here, there := "", "" // the fields that differ, over the texts
	for _, field := range []struct{ word, mine, theirs string }{
		{"papers.title", mine.Title, theirs.Title}, {"papers.language", mine.Language, theirs.Language}, {"papers.slug", mine.Slug, theirs.Slug},
	} {
		if field.mine == field.theirs {
			continue
		}
		label := r.Words.T(field.word)
		p.Changed = append(p.Changed, label)
		here, there = here+label+": "+field.mine+"\n\n", there+label+": "+field.theirs+"\n\n"
	}
	p.Parts = differences(here+mine.Text, there+theirs.Text)
	p.Hidden = append(hidden(r.PostForm, "do", "text", "mine"), page.Typed{Name: "mine", Value: mine.Text})
	err := d.read(r, func(ctx context.Context, tx *store.Tx) error {
		save, err := tx.Papers.Save(ctx, paper.ID, paper.Revision)
		p.By = save.By
		return ignoreMissing(err)
	})
	return Response{Status: http.StatusConflict, Page: p}, err
}

// versions lists every save of a paper.
func (d paperDesk) versions(r *Request) (Response, error) {
	paper, err := d.opened(r)
	if err != nil {
		return Response{}, err
	}
	at := paperDeskAddress(d.kind, paper.ID)
	p := page.PaperVersionsPage{Shell: d.private(r, r.Words.T("papers.versions", "Title", paper.Title)), Back: page.Link{Text: paper.Title, URL: at}, Lang: paper.Language}
	err = d.read(r, func(ctx context.Context, tx *store.Tx) error {
		saves, err := tx.Papers.Saves(ctx, paper.ID)
		for _, s := range saves {
			p.Versions = append(p.Versions, page.PaperVersion{Number: s.Number, URL: fmt.Sprintf("%s/versions/%d", at, s.Number), At: s.At, By: s.By, Current: s.Number == paper.Revision})
		}
		return err
	})
	return Response{Page: p}, err
}

// version answers with one save of a paper.
func (d paperDesk) version(r *Request) (Response, error) {
	paper, err := d.opened(r)
	if err != nil {
		return Response{}, err
	}
	number, err := r.number("number")
	if err != nil {
		return Response{}, err
	}
	var save store.SavedPaper
	err = d.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		save, err = tx.Papers.Save(ctx, paper.ID, number)
		return err
	})
	if err != nil {
		return Response{}, err
	}
	read, _ := d.Moderation.ReadPaper(d.kind, archive.PaperFields{Text: save.Source}, false)
	at := paperDeskAddress(d.kind, paper.ID)
	return show(page.PaperVersionPage{
		Shell: d.private(r, save.Title), Lang: save.Language, HTML: prose.PageHTML(read.Body), Back: page.Link{Text: r.Words.T("papers.versions", "Title", paper.Title), URL: at + "/versions"},
		Version: page.PaperVersion{Number: save.Number, At: save.At, By: save.By, Current: save.Number == paper.Revision}, Again: fmt.Sprintf("%s?version=%d", at, save.Number),
	})
}

// movePage gives a page another place in the foot.
func (w *Web) movePage(r *Request) (Response, error) {
	id, err := strconv.ParseInt(r.PostFormValue("page"), 10, 64)
	if err != nil {
		return Response{}, archive.ErrNotFound
	}
	to, err := strconv.Atoi(r.PostFormValue("to"))
	if err != nil {
		return Response{}, archive.ErrNotFound
	}
	return w.backTo(w.Moderation.MovePage(r.Context(), r.Viewer, id, to), page.PathDeskPages)
}
