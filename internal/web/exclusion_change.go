package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// rememberedRoutes are what members have remembered of how they look for works.
func (w *Web) rememberedRoutes() []route {
	form := w.Limits.FormBytes
	return []route{
		{"GET " + page.PathExclusions, members, w.listExclusions, form},
		{"POST " + page.PathExclusions, members, w.changeExclusions, form},
		{"GET " + page.PathFavourites, members, w.listFavourites, form},
		{"POST " + page.PathFavourites, members, w.changeFavourites, form},
		{"GET " + page.PathFilters, members, w.listFilters, form},
		{"POST " + page.PathFilters, members, w.saveFilter, form},
		{"GET " + page.PathFilters + "/new", members, w.askToSaveFilter, form},
		{"GET " + page.PathFilters + "/{filter}", members, w.showFilter, form},
		{"POST " + page.PathFilters + "/{filter}", members, w.changeFilter, form},
		{"GET " + page.PathShared + "/{token}", anyone, w.openShared, form},
	}
}

// listExclusions answers with what the member leaves out of every list.
func (w *Web) listExclusions(r *Request) (Response, error) {
	p, err := w.exclusionsPage(r)
	return Response{Page: p}, err
}

func (w *Web) exclusionsPage(r *Request) (page.ExclusionsPage, error) {
	p := page.ExclusionsPage{Shell: w.private(r, r.Words.T("exclusions.title"))}
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		tags, err := tx.Excluded.Of(ctx, r.Viewer.Account)
		for _, t := range tags {
			p.Tags = append(p.Tags, rememberedTag(r, t.Tag))
		}
		return err
	})
	return p, err
}

// rememberedTag dresses a tag that is left out, or stands on a first page.
func rememberedTag(r *Request, t archive.Tag) page.RememberedTag {
	return page.RememberedTag{ID: strconv.FormatInt(t.ID, 10), Kind: string(t.Kind), Name: tagWord(r, t.Kind, t.Name), URL: tagAddress(t.ID, t.Name)}
}

// changeExclusions leaves tags out of every list, or no longer one.
func (w *Web) changeExclusions(r *Request) (Response, error) {
	if drop := r.PostForm.Get("drop"); drop != "" {
		tag, err := strconv.ParseInt(drop, 10, 64)
		if err != nil {
			return Response{}, archive.ErrNotFound
		}
		if err := w.Memory.Readmit(r.Context(), r.Viewer, tag); err != nil {
			return Response{}, err
		}
		return goTo(page.PathExclusions)
	}
	typed, to := r.PostForm.Get("tags"), page.PathExclusions
	values, err := w.tagsTyped(r, typed)
	if err != nil {
		return Response{}, err
	}
	if chosen := r.PostForm["exclude"]; len(chosen) > 0 {
		values, to = append(values, chosen...), cleanReturn(r.PostForm.Get("to"))
	}
	asked, problems := catalog.ReadFilter(map[string][]string{"exclude": values})
	if len(problems) == 0 {
		problems, _, err = w.mendable(r, w.Memory.Exclude(r.Context(), r.Viewer, asked.Exclude))
		if err != nil {
			return Response{}, err
		}
	}
	if len(problems) == 0 {
		return goTo(to)
	}
	for i := range problems {
		problems[i].Field = "tags"
	}
	if typed == "" { // chosen on a list: what was, stands in the field
		typed = tagNames(asked.Exclude)
	}
	p, err := w.exclusionsPage(r)
	p.Typed, p.Errors = typed, page.ErrorsOf(p.Shell, problems)
	return Response{Status: http.StatusUnprocessableEntity, Page: p}, err
}

// keptOut says what the usual exclusions of a reader keep out of a list; other
// is where the same list stands the other way.
func keptOut(r *Request, k catalog.KeptOut, rest catalog.Rest, other string) page.KeptOut {
	shown := page.KeptOut{Works: k.Works, Shown: rest == catalog.Shown, URL: other}
	for _, t := range k.Tags {
		shown.Names = append(shown.Names, tagWord(r, t.Kind, t.Name))
	}
	return shown
}

// otherWay is the address of a list with the rest, or without it again.
func otherWay(address string, f catalog.Filter) string {
	f.Rest, f.Page, f.Facets = !f.Rest, 1, 0
	return at(address, f)
}

// rest reads whether a page is asked for with the rest.
func rest(r *Request) catalog.Rest { return catalog.Rest(r.FormValue("rest") == "true") }

// restOf is a page without fields of its own, the other way.
func restOf(path string, now catalog.Rest) string {
	if now == catalog.Shown {
		return path
	}
	return path + "?rest=true"
}

// leaveOut offers to make what a list leaves out the usual of its reader.
func leaveOut(r *Request, f catalog.Filter, address string) (l page.LeaveOut) {
	if !r.Viewer.IsMember() || len(f.Exclude) == 0 {
		return l
	}
	for _, tag := range f.Exclude {
		l.Tags = append(l.Tags, tag.String())
	}
	f.Exclude, f.Page, f.Facets = nil, 1, 0
	l.To = at(address, f)
	return l
}

// tagNames are the names of tags, as they are typed.
func tagNames(tags []catalog.TagName) string {
	names := make([]string, len(tags))
	for i, tag := range tags {
		names[i] = tag.Name
	}
	return strings.Join(names, ", ")
}
