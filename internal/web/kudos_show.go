package web

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

const (
	namesUnderStory = 50  // who left kudos, under the story
	namesOnPage     = 200 // and on a page of their own
)

// kudosUnder is what stands of kudos under a story. On an anonymous work no
// names are shown: whose name is missing would tell who wrote it.
func kudosUnder(ctx context.Context, tx *store.Tx, r *Request, o store.Opened) (page.Kudos, error) {
	k := page.Kudos{
		Action: kudosAddress(o.ID), To: r.URL.Path, Said: saidOfKudos(r, r.URL.Query().Get("kudos")), May: o.Gate.Answer && !o.Tie.Creator,
		Member: r.Viewer.IsMember(), Usual: !r.Preferences.KudosUnnamed, Veiled: o.Anonymous, Count: int(o.Counts.Kudos),
	}
	if k.May && k.Member {
		left, err := tx.Kudos.Find(ctx, o.ID, archive.GiverOf(r.Viewer, archive.Guest{}, o.ID, "", ""))
		if err != nil {
			return k, err
		}
		k.Left, k.Named = left.Left, left.Named
	}
	if k.Count == 0 || k.Veiled {
		return k, nil
	}
	names, total, err := tx.Kudos.Named(ctx, r.Viewer, o.ID, namesUnderStory, 0)
	k.Names, k.More = givers(names), int(total)-len(names)
	return k, err
}

func givers(names []archive.Kudos) []page.Person {
	people := make([]page.Person, len(names))
	for i, k := range names {
		people[i] = page.Person{Name: k.Name, URL: userAddress(k.Name)}
	}
	return people
}

// showKudos lists everyone who left kudos by name.
func (w *Web) showKudos(r *Request) (Response, error) {
	work, err := r.number("work")
	if err != nil {
		return Response{}, err
	}
	f := store.Filter{Page: r.pageNumber(), PerPage: namesOnPage}
	var o store.Opened
	var named int64
	var p page.KudosPage
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		if o, err = tx.Works.Open(ctx, r.Viewer, work); err != nil || o.Anonymous || !o.DeletedAt.IsZero() {
			return err
		}
		var names []archive.Kudos
		if names, named, err = tx.Kudos.Named(ctx, r.Viewer, work, f.PerPage, (f.Page-1)*f.PerPage); err != nil {
			return err
		}
		p.Kudos.Names = givers(names)
		return nil
	})
	if err != nil {
		return Response{}, err
	}
	if !o.DeletedAt.IsZero() {
		return w.tellDeleted(r, o), nil
	}
	if last := lastPage(f, int(named)); f.Page > last {
		return goTo(listAddress(kudosAddress(work), f.Sort, last, nil))
	}
	p.Shell = w.public(r, r.Words.T("kudos.of", "Title", o.Title), listAddress(kudosAddress(work), f.Sort, f.Page, nil))
	p.NoIndex = true
	p.Story, p.Lang, p.Kudos.Count = page.Link{Text: o.Title, URL: workAddress(work)}, o.Language, int(o.Counts.Kudos)
	p.Pager = pager(f, int(named), kudosAddress(work), nil)
	return Response{Page: p}, nil
}
