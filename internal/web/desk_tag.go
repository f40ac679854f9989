package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
	"ficus/internal/wrangling"
)

const (
	kinShown  = 300
	actsOfTag = 50
)

// showDeskTag answers with one tag as wranglers see it.
func (w *Web) showDeskTag(r *Request) (Response, error) {
	p, err := w.deskTagPage(r)
	return Response{Page: p}, err
}

func (w *Web) deskTagPage(r *Request) (page.DeskTagPage, error) {
	id, err := r.number("tag")
	if err != nil {
		return page.DeskTagPage{}, err
	}
	p := page.DeskTagPage{Action: tagDeskAddress(id), ID: id}
	p.Typed = page.DeskTagTyped{Into: r.FormValue("into"), Under: r.FormValue("under"), Meta: r.FormValue("meta"), Renamed: r.FormValue("renamed"), Head: r.FormValue("head"), Along: r.PostForm["along"]}
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		tag, err := tx.Sorting.Find(ctx, id)
		if err != nil {
			return err
		}
		p.Shell = w.private(r, tag.Name)
		p.Shell.Path = p.Action
		p.Kind, p.Standing, p.Banned, p.Sorted = string(tag.Kind), tag.Standing, tag.Banned, tag.Kind.IsWrangled()
		for _, fill := range []func(context.Context, *store.Tx, *Request, archive.SortedTag, *page.DeskTagPage) error{figuresOf, kinOf, mergeOf, tagSaid} {
			if err := fill(ctx, tx, r, tag, &p); err != nil {
				return err
			}
		}
		p.Did, err = didOf(ctx, tx, r)
		return err
	})
	return p, err
}

// figuresOf counts a tag's works and lists what was done with it. A tag that
// may stand on a draft alone is missing.
func figuresOf(ctx context.Context, tx *store.Tx, r *Request, tag archive.SortedTag, p *page.DeskTagPage) (err error) {
	if p.Seen, err = tx.TagActs.Seen(ctx, tag.ID); err != nil {
		return err
	}
	if p.Works, err = tx.Bins.Works(ctx, r.Viewer, tag.ID); err != nil {
		return err
	}
	if p.Works > 0 {
		p.WorksURL = tagAddress(tag.ID, tag.Name)
	}
	acts, err := tx.TagActs.History(ctx, tag.ID, actsOfTag)
	if err == nil && tag.Standing == archive.TagUnsorted && p.Works == 0 && len(acts) == 0 {
		err = archive.ErrNotFound
	}
	if err != nil {
		return err
	}
	p.Acts, err = dressTagActs(ctx, tx, r, acts)
	return err
}

// mergeOf tells of the merge that waits for a tag.
func mergeOf(ctx context.Context, tx *store.Tx, r *Request, tag archive.SortedTag, p *page.DeskTagPage) error {
	waiting, err := tx.TagActs.WaitingOf(ctx, tag.ID)
	if err == nil {
		m := waitingMerge(r, waiting)
		p.Waiting = &m
	}
	return ignoreMissing(err)
}

// tagSaid lists what wranglers say about a tag.
func tagSaid(ctx context.Context, tx *store.Tx, _ *Request, tag archive.SortedTag, p *page.DeskTagPage) error {
	said, err := tx.Wranglers.Said(ctx, tag.ID, actsOfTag)
	for _, c := range said {
		p.Said = append(p.Said, page.TagSaid{By: c.By, At: c.At, Words: c.Words})
	}
	return err
}

// sayOfTag tells the other wranglers something about a tag.
func (w *Web) sayOfTag(r *Request) (Response, error) {
	id, err := r.number("tag")
	if err != nil {
		return Response{}, err
	}
	problems, status, err := w.mendable(r, w.Wrangling.Say(r.Context(), r.Viewer, id, r.PostFormValue("said")))
	if err != nil {
		return Response{}, err
	}
	if problems == nil {
		return goTo(tagDeskAddress(id) + "#said")
	}
	p, err := w.deskTagPage(r)
	if err != nil {
		return Response{}, err
	}
	p.Errors, p.Typed.Said = page.ErrorsOf(p.Shell, problems), r.PostFormValue("said")
	return Response{Status: status, Page: p}, err
}

// kinOf lists what stands around a tag.
func kinOf(ctx context.Context, tx *store.Tx, _ *Request, tag archive.SortedTag, p *page.DeskTagPage) error {
	kin, err := tx.Sorting.Kin(ctx, tag.ID, kinShown)
	if err != nil {
		return err
	}
	if tag.Standing == archive.TagSynonym {
		canonical, err := tx.Sorting.Find(ctx, tag.Canonical)
		if err != nil {
			return err
		}
		p.Canonical = deskTagLink(canonical)
	}
	for from, into := range map[*[]archive.SortedTag]*[]page.DeskTagLink{
		&kin.Synonyms: &p.Synonyms, &kin.Parents: &p.Parents, &kin.Children: &p.Children, &kin.Metatags: &p.Metatags, &kin.Subtags: &p.Subtags,
	} {
		for _, other := range *from {
			*into = append(*into, deskTagLink(other))
		}
	}
	return nil
}

func deskTagLink(t archive.SortedTag) page.DeskTagLink {
	return page.DeskTagLink{ID: strconv.FormatInt(t.ID, 10), Kind: string(t.Kind), Name: t.Name, URL: tagDeskAddress(t.ID)}
}

// waitingMerge dresses a merge that waits; the viewer may do it if it is
// somebody else's, or a day has passed.
func waitingMerge(r *Request, m store.WaitingMerge) page.TagMerge {
	m.Works = int(^uint(0) >> 1)
	return page.TagMerge{
		Name: m.Name, URL: tagDeskAddress(m.Tag), Into: page.Link{Text: m.Into, URL: tagDeskAddress(m.Canonical)}, Asker: m.Asker, At: m.At,
		Mine: m.By == r.Viewer.Account, May: m.MayBeDoneBy(r.Viewer.Account, r.Now),
	}
}

// sortTag does one thing with one tag.
func (w *Web) sortTag(r *Request) (Response, error) {
	id, err := r.number("tag")
	if err != nil {
		return Response{}, err
	}
	if tags, err := ticked(r); err != nil || len(tags) != 1 || tags[0].ID != id {
		return Response{}, archive.ErrNotFound
	}
	did, problems, err := w.sortTicked(r)
	problems, status, err := w.mendable(r, orProblems(err, problems))
	if err != nil {
		return Response{}, err
	}
	if problems == nil {
		if r.FormValue("do") == "rename" { // another may have its place now
			if id, err = w.tagMeans(r, id); err != nil {
				return Response{}, err
			}
		}
		return goTo(withDid(tagDeskAddress(id), did, 0))
	}
	p, err := w.deskTagPage(r)
	if err != nil {
		return Response{}, err
	}
	p.Errors = page.ErrorsOf(p.Shell, problems)
	if slices.ContainsFunc(problems, func(one archive.Invalid) bool { return one.Rule == "tag_changed" }) {
		status = http.StatusConflict
	}
	return Response{Status: status, Page: p}, err
}

// tagMeans is what a tag means.
func (w *Web) tagMeans(r *Request, id int64) (means int64, err error) {
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		tag, err := tx.Sorting.Find(ctx, id)
		means = tag.Means()
		return err
	})
	return means, err
}

// splitting is the verb that gives synonyms a canonical of their own.
func (w *Web) splitting(r *Request) (tagVerb, error) {
	head, err := strconv.ParseInt(r.FormValue("head"), 10, 64)
	if err != nil {
		return nil, archive.Problems{{Field: "head", Rule: "tick_one"}}
	}
	var along []int64
	for _, value := range r.Form["along"] {
		id, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			return nil, archive.ErrNotFound
		}
		if id != head {
			along = append(along, id)
		}
	}
	return func(ctx context.Context, v archive.Viewer, tag wrangling.Tag) error {
		return w.Wrangling.Split(ctx, v, tag, head, along)
	}, nil
}

// verbBeside is the verb about two tags that a form asks for.
func (w *Web) verbBeside(r *Request) (tagVerb, error) {
	verb := w.Wrangling.Unfile
	var other int64
	var err error
	switch r.FormValue("do") {
	case "rename":
		return func(ctx context.Context, v archive.Viewer, tag wrangling.Tag) error {
			return w.Wrangling.Rename(ctx, v, tag, r.FormValue("renamed"))
		}, nil
	case "split":
		return w.splitting(r)
	case "withdraw":
		return w.Wrangling.Withdraw, nil
	case "metatag":
		var meta archive.SortedTag
		meta, err = w.canonicalNamed(r, "meta", archive.TagKind(r.FormValue("of")))
		verb, other = w.Wrangling.AddMetatag, meta.ID
	case "unfile", "no_metatag":
		if other, err = strconv.ParseInt(r.FormValue("other"), 10, 64); err != nil {
			return nil, archive.ErrNotFound
		}
		if r.FormValue("do") == "no_metatag" {
			verb = w.Wrangling.RemoveMetatag
		}
	default:
		return nil, archive.ErrNotFound
	}
	return func(ctx context.Context, v archive.Viewer, tag wrangling.Tag) error { return verb(ctx, v, tag, other) }, err
}
