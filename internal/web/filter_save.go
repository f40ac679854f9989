package web

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// The fields that say whose list a filter narrows, by number.
const (
	fieldOfTag    = "of_tag"
	fieldOfPerson = "of_person"
	fieldOfPseud  = "of_pseud"
)

// saveAddress is where a list's filter is saved under a name.
func saveAddress(r *Request, f catalog.Filter) string {
	if !r.Viewer.IsMember() {
		return ""
	}
	asked := toSave(f).Values()
	for _, of := range []struct {
		field string
		id    int64
	}{{fieldOfTag, f.Of.Tag}, {fieldOfPerson, f.Of.Account}, {fieldOfPseud, f.Of.Pseud}} {
		if of.id != 0 {
			asked.Set(of.field, strconv.FormatInt(of.id, 10))
		}
	}
	return page.PathFilters + "/new?" + asked.Encode()
}

// toSave is what of a filter is saved: not the page one stands on, nor whether
// the rest is shown, which is for who opens it to say.
func toSave(f catalog.Filter) catalog.Filter {
	f.Page, f.PerPage, f.Facets, f.Rest, f.Usual = 0, 0, 0, catalog.LeftOut, ""
	return f
}

// filterToSave reads a filter that is to be saved. The tag whose list it narrows
// is one of those it asks for.
func (w *Web) filterToSave(r *Request) (saved archive.SavedFilter, f catalog.Filter, problems archive.Problems, err error) {
	given, asked := r.URL.Query(), url.Values{}
	if r.Method == http.MethodPost {
		given = r.PostForm
	}
	for _, field := range catalog.FilterFields() {
		if values := given[field]; len(values) > 0 {
			asked[field] = values
		}
	}
	if of := given.Get(fieldOfTag); of != "" {
		id, err := strconv.ParseInt(of, 10, 64)
		if err != nil {
			return saved, f, nil, archive.ErrNotFound
		}
		var tag archive.Tag
		err = w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
			tag, err = tx.Tags.Find(ctx, r.Viewer, id)
			return err
		})
		if err != nil {
			return saved, f, nil, err
		}
		if name := (catalog.TagName{Kind: tag.Kind, Name: tag.Name}).String(); !slices.Contains(asked["include"], name) {
			asked["include"] = append([]string{name}, asked["include"]...)
		}
	}
	for field, into := range map[string]*int64{fieldOfPerson: &saved.Person, fieldOfPseud: &saved.Pseud} {
		if of := given.Get(field); of != "" {
			if *into, err = strconv.ParseInt(of, 10, 64); err != nil {
				return saved, f, nil, archive.ErrNotFound
			}
		}
	}
	f, problems = catalog.ReadFilter(asked)
	onForm(problems)
	f = toSave(f)
	saved.Query = f.Values().Encode()
	return saved, f, problems, nil
}

// askToSaveFilter asks under which name a filter is saved.
func (w *Web) askToSaveFilter(r *Request) (Response, error) {
	p, _, err := w.saveFilterPage(r)
	if err == nil && p.Wrong {
		return Response{Status: http.StatusUnprocessableEntity, Page: p}, nil
	}
	return Response{Page: p}, err
}

func (w *Web) saveFilterPage(r *Request) (p page.SaveFilterPage, saved archive.SavedFilter, err error) {
	saved, f, problems, err := w.filterToSave(r)
	if err != nil {
		return p, saved, err
	}
	p = page.SaveFilterPage{Shell: w.private(r, r.Words.T("saved.save_title")), FormID: rand.Text(), Limit: w.Limits.FilterName}
	p.Errors, p.Wrong = page.ErrorsOf(p.Shell, problems), len(problems) > 0
	if p.Wrong {
		return p, saved, nil
	}
	asked, _ := url.ParseQuery(saved.Query)
	for name, values := range asked {
		for _, value := range values {
			p.Asked = append(p.Asked, page.Typed{Name: name, Value: value})
		}
	}
	for field, id := range map[string]int64{fieldOfPerson: saved.Person, fieldOfPseud: saved.Pseud} {
		if id != 0 {
			p.Asked = append(p.Asked, page.Typed{Name: field, Value: strconv.FormatInt(id, 10)})
		}
	}
	sortTyped(p.Asked)
	names := []rune(tagNames(slices.Concat(f.Include, f.Main)))
	p.Name = strings.TrimRight(string(names[:min(len(names), p.Limit)]), ", ")
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		of, _, err := savedPlace(ctx, tx, saved)
		if err != nil {
			return err
		}
		p.Asks = asksOf(r, f, of)
		others, err := tx.Filters.Of(ctx, r.Viewer.Account)
		for _, other := range others {
			p.Others = append(p.Others, page.Choice{Text: other.Name, Value: strconv.FormatInt(other.ID, 10)})
		}
		return err
	})
	return p, saved, err
}

// asksOf says what a filter asks.
func asksOf(r *Request, f catalog.Filter, of string) page.Asks {
	a := page.Asks{Of: of}
	for _, one := range conditions(r, f) {
		a.Parts = append(a.Parts, one.text)
	}
	if f.Sort != store.SortRevised || f.Turned {
		a.Order = r.Words.T(sortWords[f.Sort])
	}
	return a
}

// savedPlace is whose list a saved filter narrows, and where that stands;
// archive.ErrNotFound when they have left.
func savedPlace(ctx context.Context, tx *store.Tx, f archive.SavedFilter) (of, address string, err error) {
	if f.Person == 0 {
		return "", "", nil
	}
	gone, err := tx.Deletions.Has(ctx, f.Person)
	if err == nil && gone {
		err = archive.ErrNotFound
	}
	if err != nil {
		return "", "", err
	}
	account, err := tx.Accounts.Find(ctx, f.Person)
	if err != nil || f.Pseud == 0 {
		return account.Name, userAddress(account.Name), err
	}
	pseuds, err := tx.Accounts.Pseuds(ctx, f.Person)
	for _, p := range pseuds {
		if p.ID == f.Pseud {
			return p.Name, pseudAddress(account.Name, p.Name), err
		}
	}
	return "", "", archive.ErrNotFound
}

// saveFilter saves a filter under a name, or over another.
func (w *Web) saveFilter(r *Request) (Response, error) {
	p, saved, err := w.saveFilterPage(r)
	if err != nil {
		return Response{}, err
	}
	if p.Wrong {
		return Response{Status: http.StatusUnprocessableEntity, Page: p}, nil
	}
	if r.PostForm.Get("do") == page.ActOver {
		if saved.ID, err = strconv.ParseInt(r.PostForm.Get("over"), 10, 64); err != nil {
			return Response{}, archive.ErrNotFound
		}
		if err = w.Memory.ReplaceFilter(r.Context(), r.Viewer, saved); err != nil {
			return Response{}, err
		}
		return goTo(filterAddress(saved.ID))
	}
	saved.Name = r.PostForm.Get("filter_name")
	id, err := w.Memory.SaveFilter(r.Context(), r.Viewer, onceOf(r), saved)
	problems, status, err := w.mendable(r, err)
	if errors.Is(err, archive.ErrConflict) { // the same form, with another name in it
		problems, status, err = archive.Problems{{Field: "filter_name", Rule: "sent_before"}}, http.StatusConflict, nil
	}
	if err != nil {
		return Response{}, err
	}
	if problems == nil {
		return goTo(filterAddress(id))
	}
	p.Name, p.Errors = saved.Name, page.ErrorsOf(p.Shell, problems)
	return Response{Status: status, Page: p}, nil
}

// filterAddress is the page of a member's saved filter.
func filterAddress(id int64) string { return fmt.Sprintf("%s/%d", page.PathFilters, id) }
