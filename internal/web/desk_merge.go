package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
	"ficus/internal/wrangling"
)

// askToMerge answers with what a merge would change, before it is done.
func (w *Web) askToMerge(r *Request) (Response, error) {
	p, err := w.mergePage(r)
	if err != nil {
		return Response{}, err
	}
	status := http.StatusOK
	if r.FormValue("into") != "" || r.FormValue("do") == "merge" {
		into, err := w.mergeInto(r)
		problems, refused, err := w.mendable(r, err)
		if err != nil {
			return Response{}, err
		}
		status, p.Errors = refused, page.ErrorsOf(p.Shell, problems)
		if problems == nil {
			p, err = w.weigh(r, p, into)
			if err != nil {
				return Response{}, err
			}
			problems = checkMerges(p, into)
			p.Errors = page.ErrorsOf(p.Shell, problems)
		}
	}
	return Response{Status: status, Page: p}, nil
}

// mergeInto is the canonical that was typed: of the kind of the first tag that
// is merged, else of another, for words are typed in the wrong field.
func (w *Web) mergeInto(r *Request) (archive.SortedTag, error) {
	tags, err := ticked(r)
	if err != nil {
		return archive.SortedTag{}, err
	}
	var first archive.SortedTag
	if err := w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		first, err = tx.Sorting.Find(ctx, tags[0].ID)
		return err
	}); err != nil {
		return first, err
	}
	kinds := []archive.TagKind{first.Kind}
	for _, kind := range append([]archive.TagKind{archive.KindFandom}, binKinds()...) {
		if kind != first.Kind {
			kinds = append(kinds, kind)
		}
	}
	return w.canonicalNamed(r, "into", kinds...)
}

// mergePage is the form of a merge, with the tags it is about.
func (w *Web) mergePage(r *Request) (page.MergePage, error) {
	p := page.MergePage{Shell: w.private(r, r.Words.T("merge.title")), Into: r.FormValue("into"), Back: w.mergeBack(r)}
	if r.FormValue("back") == "tag" {
		p.Fields = append(p.Fields, page.Typed{Name: "back", Value: "tag"})
	} else if b, err := binOf(r); err == nil {
		p.Fields = hidden(b.fields())
	}
	tags, err := ticked(r)
	if problems, _, err := w.mendable(r, err); err != nil || problems != nil {
		p.Errors = page.ErrorsOf(p.Shell, problems)
		return p, err
	}
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		for _, tag := range tags {
			merged, err := mergedTag(ctx, tx, r, tag)
			if err != nil {
				return err
			}
			p.Tags = append(p.Tags, merged)
		}
		return nil
	})
	return p, err
}

// mergedTag is a tag of a merge. After a merge that was refused it is named as it
// stands now: who reads that may go on with it.
func mergedTag(ctx context.Context, tx *store.Tx, r *Request, tag wrangling.Tag) (m page.MergedTag, err error) {
	if m.Sorted, err = tx.Sorting.Find(ctx, tag.ID); err != nil {
		return m, err
	}
	if r.Method != http.MethodGet {
		if tag.Seen, err = tx.TagActs.Seen(ctx, tag.ID); err != nil {
			return m, err
		}
	}
	if m.Works, err = tx.Bins.Works(ctx, r.Viewer, tag.ID); err != nil {
		return m, err
	}
	synonyms, err := tx.Sorting.Synonyms(ctx, tag.ID)
	m.ID, m.Name, m.Kind, m.Synonyms = tag.ID, m.Sorted.Name, string(m.Sorted.Kind), len(synonyms)
	m.Value = strconv.FormatInt(tag.ID, 10) + "." + strconv.FormatInt(tag.Seen, 10)
	return m, err
}

// mergeBack is where somebody came from who merges tags.
func (w *Web) mergeBack(r *Request) string {
	if r.FormValue("back") == "tag" {
		if tags, err := ticked(r); err == nil {
			return tagDeskAddress(tags[0].ID)
		}
	}
	if b, err := binOf(r); err == nil {
		return b.address()
	}
	return page.PathTagDesk
}

// weigh counts what a merge would make of the canonical.
func (w *Web) weigh(r *Request, p page.MergePage, into archive.SortedTag) (page.MergePage, error) {
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		all := []int64{into.ID}
		for _, tag := range p.Tags {
			all = append(all, tag.ID)
			feels, err := tx.Sorting.Works(ctx, tag.ID)
			if err != nil {
				return err
			}
			asked, err := tx.TagActs.Asked(ctx, tag.ID, into.ID)
			if errors.Is(err, archive.ErrNotFound) {
				asked, err = archive.MergeAsked{By: r.Viewer.Account, At: r.Now}, nil
			}
			if err != nil {
				return err
			}
			asked.Works = int(feels)
			p.Waits = p.Waits || !asked.MayBeDoneBy(r.Viewer.Account, r.Now)
		}
		before, err := tx.Bins.Works(ctx, r.Viewer, into.ID)
		if err != nil {
			return err
		}
		after, err := tx.Bins.Works(ctx, r.Viewer, all...)
		p.Canonical = &page.MergedTag{ID: into.ID, Name: into.Name, Kind: string(into.Kind), Works: before, After: after}
		return err
	})
	return p, err
}

// checkMerges says beforehand what forbids one of the merges.
func checkMerges(p page.MergePage, into archive.SortedTag) (problems archive.Problems) {
	for _, tag := range p.Tags {
		err := tag.Sorted.CheckSynonym(into)
		if refused, found := err.(archive.Problems); found {
			for _, one := range refused {
				problems = append(problems, ofTag(one, tag.Name))
			}
		}
	}
	return problems
}

// mergeTags merges tags into a canonical.
func (w *Web) mergeTags(r *Request) (Response, error) {
	into, err := w.mergeInto(r)
	did, waits := "", 0
	if err == nil {
		var problems archive.Problems
		var failed error
		did, problems, failed = w.eachMerge(r, into.ID, &waits)
		if err = orProblems(failed, problems); err == nil {
			return goTo(withDid(w.mergeBack(r), did, waits))
		}
	}
	problems, status, err := w.mendable(r, err)
	if err != nil {
		return Response{}, err
	}
	p, err := w.mergePage(r)
	if err != nil {
		return Response{}, err
	}
	if slices.ContainsFunc(problems, func(one archive.Invalid) bool { return one.Rule == "tag_changed" }) {
		status = http.StatusConflict
	}
	p.Errors = append(page.ErrorsOf(p.Shell, problems), p.Errors...)
	p.Did.Waits = waits
	if p.Did.Acts, err = w.didBeside(r, did); len(p.Did.Acts) > 0 {
		p.Tags = slices.DeleteFunc(p.Tags, func(t page.MergedTag) bool { return t.Sorted.Canonical == into.ID })
		p.Errors = append(p.Errors, restDone(p.Shell))
	}
	return Response{Status: status, Page: p}, err
}

func (w *Web) eachMerge(r *Request, into int64, waits *int) (string, archive.Problems, error) {
	tags, err := ticked(r)
	if err != nil {
		return "", nil, err
	}
	return w.eachTag(r, tags, func(ctx context.Context, v archive.Viewer, tag wrangling.Tag) error {
		waiting, err := w.Wrangling.Merge(ctx, v, tag, into)
		if waiting {
			*waits++
		}
		return err
	})
}
