package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
	"ficus/internal/wrangling"
)

// tagsInBin is how many tags one page of a bin holds.
const tagsInBin = 50

// showBin answers with the tags of a bin.
func (w *Web) showBin(r *Request) (Response, error) {
	p, b, err := w.binPage(r)
	if last := max(1, (p.Total+tagsInBin-1)/tagsInBin); err == nil && b.page > last {
		b.page = last
		return goTo(b.address())
	}
	return Response{Page: p}, err
}

// binPage is a bin as it stands now, with what was typed and ticked.
func (w *Web) binPage(r *Request) (page.BinPage, bin, error) {
	b, err := binOf(r)
	if err != nil {
		return page.BinPage{}, b, err
	}
	if err := w.isWrangledHere(r, b); err != nil {
		return page.BinPage{}, b, err
	}
	b.Most, b.Skip = tagsInBin, (b.page-1)*tagsInBin
	tags, total, err := w.Catalog.Bin(r.Context(), r.Viewer, b.Bin)
	if err != nil {
		return page.BinPage{}, b, err
	}
	p := page.BinPage{Fields: hidden(b.fields()), Asked: b.Typed, Back: b.address(), Into: r.FormValue("into"), Under: r.FormValue("under")}
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		heading, fandom, err := binHeading(ctx, tx, r, b)
		if err != nil {
			return err
		}
		if r.Method == http.MethodGet && fandom.Standing == archive.TagCanonical {
			p.Under = fandom.Name
		}
		p.Shell = w.private(r, heading)
		p.Total = total
		if p.Tags, err = binTags(ctx, tx, r, tags); err != nil {
			return err
		}
		for i := range p.Tags {
			if may := p.Tags[i].May; may != nil {
				fields := b.fields()
				fields.Set("tag", p.Tags[i].Value())
				fields.Set("into", may.Name)
				may.Merge = listAddress(page.PathMerge, "", b.page, fields)
			}
		}
		p.Did, err = didOf(ctx, tx, r)
		return err
	})
	p.Shell.Path = b.address()
	p.Of = string(b.Kind)
	if b.Kind != archive.KindFandom {
		for _, kind := range binKinds() {
			p.Kinds = append(p.Kinds, page.Choice{Text: kindsWord(r, kind), URL: b.of(kind).address(), Chosen: kind == b.Kind})
		}
	}
	f := store.Filter{Page: b.page, PerPage: tagsInBin}
	p.Pager = pager(f, p.Total, page.PathBin, b.fields())
	return p, b, err
}

// binHeading names a bin, and gives its fandom when it is of one.
func binHeading(ctx context.Context, tx *store.Tx, r *Request, b bin) (heading string, fandom archive.SortedTag, err error) {
	switch {
	case b.Stray:
		return r.Words.T("wrangling.stray"), fandom, nil
	case b.Kind == archive.KindFandom:
		return r.Words.T("wrangling.unsorted_fandoms"), fandom, nil
	case b.Fandom == 0:
		return r.Words.T("wrangling.every"), fandom, nil
	}
	fandom, err = tx.Sorting.Find(ctx, b.Fandom)
	return fandom.Name, fandom, err
}

// kindsWord names the tags of a kind.
func kindsWord(r *Request, kind archive.TagKind) string {
	switch kind {
	case archive.KindFandom:
		return r.Words.T("work_form.fandoms")
	case archive.KindRelationship:
		return r.Words.T("work_form.relationships")
	case archive.KindCharacter:
		return r.Words.T("work_form.characters")
	}
	return r.Words.T("work_form.freeforms")
}

// binTags dresses the tags of a bin, each with what it may mean.
func binTags(ctx context.Context, tx *store.Tx, r *Request, tags []store.CountedTag) ([]page.BinTag, error) {
	var every []string
	for _, tag := range tags {
		every = append(every, archive.Spellings(store.FoldTag(tag.Name))...)
	}
	slices.Sort(every)
	meant, err := tx.Bins.Spelt(ctx, slices.Compact(every)...)
	if err != nil {
		return nil, err
	}
	lines := make([]page.BinTag, 0, len(tags))
	for _, tag := range tags {
		seen, err := tx.TagActs.Seen(ctx, tag.ID)
		if err != nil {
			return nil, err
		}
		line := page.BinTag{ID: tag.ID, Seen: seen, Name: tag.Name, URL: tagDeskAddress(tag.ID), Works: tag.Works, WorksURL: tagAddress(tag.ID, tag.Name)}
		line.Ticked = slices.ContainsFunc(r.PostForm["tag"], func(value string) bool { return strings.HasPrefix(value, strconv.FormatInt(tag.ID, 10)+".") })
		if may, found := mayMean(tag.Tag, meant); found {
			line.May = &page.TagLink{ID: may.ID, Kind: string(may.Kind), Name: may.Name, OtherKind: may.Kind != tag.Kind}
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// mayMean picks, of the canonicals whose spelling is near, the likeliest of
// the tag's own kind, else the likeliest.
func mayMean(tag archive.Tag, meant map[string][]archive.Tag) (best archive.Tag, found bool) {
	for _, spelling := range archive.Spellings(store.FoldTag(tag.Name)) {
		for _, m := range meant[spelling] {
			if m.Kind == tag.Kind {
				return m, true
			}
			if !found {
				best, found = m, true
			}
		}
	}
	return best, found
}

// sortInBin does one thing with the ticked tags of a bin, or with one of them.
func (w *Web) sortInBin(r *Request) (Response, error) {
	b, err := binOf(r)
	if err != nil {
		return Response{}, err
	}
	did, problems, err := w.sortTicked(r)
	problems, status, err := w.mendable(r, orProblems(err, problems))
	if err != nil {
		return Response{}, err
	}
	if problems == nil {
		return goTo(b.address("did", did))
	}
	p, _, err := w.binPage(r)
	if err != nil {
		return Response{}, err
	}
	p.Errors = page.ErrorsOf(p.Shell, problems)
	if p.Did.Acts, err = w.didBeside(r, did); len(p.Did.Acts) > 0 {
		p.Errors = append(p.Errors, restDone(p.Shell))
	}
	return Response{Status: status, Page: p}, err
}

// didBeside is what was done with the other tags of a form.
func (w *Web) didBeside(r *Request, did string) (acts []page.TagActLine, err error) {
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		acts, err = actsDone(ctx, tx, r, did)
		return err
	})
	return acts, err
}

// restDone says that nothing is left to do with the other tags of a form.
func restDone(s page.Shell) page.FieldError {
	return page.FieldError{Field: "tag", Text: s.T("wrangling.rest_done")}
}

// orProblems is err, or the problems when there are some and nothing worse.
func orProblems(err error, problems archive.Problems) error {
	if err == nil {
		return problems.Err()
	}
	return err
}

// ticked reads which tags a form is about, as they were seen.
func ticked(r *Request) ([]wrangling.Tag, error) {
	r.FormValue("tag") // reads the form
	values := r.Form["tag"]
	if len(values) == 0 {
		return nil, archive.Problems{{Field: "tag", Rule: "tick_one"}}
	}
	if len(values) > tagsInBin {
		return nil, archive.Problems{{Field: "tag", Rule: "tick_fewer", Args: map[string]any{"Limit": tagsInBin, "Count": len(values)}}}
	}
	var tags []wrangling.Tag
	for _, value := range values {
		id, seen, _ := strings.Cut(value, ".")
		tag := wrangling.Tag{}
		var err, err2 error
		tag.ID, err = strconv.ParseInt(id, 10, 64)
		tag.Seen, err2 = strconv.ParseInt(seen, 10, 64)
		if err != nil || err2 != nil {
			return nil, archive.ErrNotFound
		}
		if !slices.ContainsFunc(tags, func(t wrangling.Tag) bool { return t.ID == tag.ID }) {
			tags = append(tags, tag)
		}
	}
	return tags, nil
}

// sortTicked does what a form asks for, one tag after the other: one that was
// sorted meanwhile keeps the others from nothing. did says which acts these
// were.
func (w *Web) sortTicked(r *Request) (did string, problems archive.Problems, err error) {
	verb, err := w.sortingVerb(r)
	if err != nil {
		return "", nil, err
	}
	tags, err := ticked(r)
	if err != nil {
		return "", nil, err
	}
	return w.eachTag(r, tags, verb)
}

// eachTag runs a verb about each tag and tells of what was not done.
func (w *Web) eachTag(r *Request, tags []wrangling.Tag, verb tagVerb) (did string, problems archive.Problems, err error) {
	first, err := w.lastAct(r)
	if err != nil {
		return "", nil, err
	}
	for _, tag := range tags {
		var refused archive.Problems
		err := verb(r.Context(), r.Viewer, tag)
		switch {
		case errors.Is(err, archive.ErrConflict):
			problems.Add("tag", "tag_changed", "Value", w.tagName(r, tag.ID))
		case errors.As(err, &refused):
			for _, one := range refused {
				problems = append(problems, ofTag(one, w.tagName(r, tag.ID)))
			}
		case err != nil:
			return "", nil, err
		}
	}
	last, err := w.lastAct(r)
	return strconv.FormatInt(first, 10) + "-" + strconv.FormatInt(last, 10), problems, err
}

// ofTag says of which tag a rule was broken, where the rule itself does not,
// and at the field where the other tag was typed.
func ofTag(one archive.Invalid, name string) archive.Invalid {
	args := map[string]any{"Tag": name}
	switch one.Field {
	case "canonical":
		one.Field = "into"
	case "parent":
		one.Field = "under"
	case "metatag":
		one.Field = "meta"
	}
	for key, value := range one.Args {
		args[key] = value
	}
	one.Args = args
	return one
}

func (w *Web) lastAct(r *Request) (last int64, err error) {
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		last, err = tx.TagActs.Last(ctx, r.Viewer.Account)
		return err
	})
	return last, err
}

// tagName is how a tag is called, for a sentence about it.
func (w *Web) tagName(r *Request, id int64) (name string) {
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		tag, err := tx.Sorting.Find(ctx, id)
		name = tag.Name
		return err
	})
	if err != nil {
		return strconv.FormatInt(id, 10)
	}
	return name
}

// tagVerb is a verb about one tag.
type tagVerb func(ctx context.Context, v archive.Viewer, tag wrangling.Tag) error

// sortingVerb is the verb that a form asks for.
func (w *Web) sortingVerb(r *Request) (tagVerb, error) {
	switch r.FormValue("do") {
	case "canonical":
		return w.Wrangling.MakeCanonical, nil
	case "as_is":
		return w.Wrangling.LeaveAsIs, nil
	case "ban":
		return w.Wrangling.Ban, nil
	case "unban":
		return w.Wrangling.Unban, nil
	case "file":
		fandom, err := w.canonicalNamed(r, "under", archive.KindFandom)
		return func(ctx context.Context, v archive.Viewer, tag wrangling.Tag) error {
			return w.Wrangling.FileNew(ctx, v, tag, fandom.ID)
		}, err
	}
	return w.verbBeside(r)
}

// canonicalNamed finds the canonical that was typed in a field: of the first
// kind that has one.
func (w *Web) canonicalNamed(r *Request, field string, kinds ...archive.TagKind) (tag archive.SortedTag, err error) {
	typed := archive.CleanLine(r.FormValue(field))
	if typed == "" {
		return tag, archive.Problems{{Field: field, Rule: "required"}}
	}
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		for _, kind := range kinds {
			found, err := tx.Sorting.Named(ctx, kind, typed)
			if err = ignoreMissing(err); err != nil {
				return err
			}
			if found.ID != 0 && (tag.ID == 0 || tag.Standing != archive.TagCanonical && found.Standing == archive.TagCanonical) {
				tag = found
			}
		}
		return nil
	})
	switch {
	case err != nil:
		return tag, err
	case tag.ID == 0:
		return tag, archive.Problems{{Field: field, Rule: "tag_unknown", Args: map[string]any{"Value": typed}}}
	case tag.Standing == archive.TagSynonym:
		meant := w.tagName(r, tag.Canonical)
		return tag, archive.Problems{{Field: field, Rule: "tag_is_synonym", Args: map[string]any{"Value": tag.Name, "Canonical": meant}}}
	case tag.Standing != archive.TagCanonical:
		return tag, archive.Problems{{Field: field, Rule: "tag_not_canonical", Args: map[string]any{"Value": tag.Name}}}
	}
	return tag, nil
}
