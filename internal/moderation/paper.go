package moderation

import (
	"context"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/prose"
	"ficus/internal/store"
)

// PaperForm is news or a page as its form sends it.
type PaperForm struct {
	Kind     archive.PaperKind
	ID       int64 // 0: a new one
	Base     int64 // the revision the form was opened on
	Fields   archive.PaperFields
	Post     bool   // everyone may read it; otherwise it is a draft, or one again
	Autosave string // what the form is called while it is typed; its text is dropped
	Once     archive.Once
}

// ReadPaper makes safe what staff typed, and says everything that is wrong with
// it. Nothing is saved.
func (m *Moderation) ReadPaper(kind archive.PaperKind, f archive.PaperFields, post bool) (archive.Paper, error) {
	f.Clean(kind)
	body, _ := prose.ReadTyped(f.Text)
	body = body.MapImages(func(src string) (string, bool) { return src, false }) // pictures become links
	var problems archive.Problems
	characters := body.Characters()
	if body.IsEmpty() {
		characters = 0
	}
	f.Check(kind, m.limits, characters, post, &problems)
	return archive.Paper{
		Kind: kind, Slug: f.Slug, Title: f.Title, Language: f.Language, Source: f.Text, Body: body.HTML(), Opening: archive.OpeningOf(body.Text(0)),
	}, problems.Err()
}

// SavePaper stores news or a page and gives its number. The revision is kept,
// and so is what staff did. It answers archive.Problems of "title",
// "language", "slug" or "text"; archive.ErrConflict when somebody
// saved it since the form was opened; archive.ErrNotFound when there is none,
// and to anybody but staff.
func (m *Moderation) SavePaper(ctx context.Context, v archive.Viewer, f PaperForm) (int64, error) {
	if !mayAct(v) {
		return 0, archive.ErrNotFound
	}
	read, wrong := m.ReadPaper(f.Kind, f.Fields, f.Post)
	return store.Once(ctx, m.store, v, f.Once, func(tx *store.Tx) (int64, error) {
		if err := tx.Log.HoldSite(ctx); err != nil {
			return 0, err
		}
		was, err := paperBefore(ctx, tx, f)
		if err != nil {
			return 0, err
		}
		if wrong != nil {
			return 0, wrong
		}
		return m.savePaper(ctx, tx, v, f, was, read)
	})
}

// paperBefore is the paper as it stands, over the revision the form was opened
// on; the zero Paper when it is new.
func paperBefore(ctx context.Context, tx *store.Tx, f PaperForm) (archive.Paper, error) {
	if f.ID == 0 {
		return archive.Paper{}, nil
	}
	was, err := tx.Papers.Find(ctx, f.Kind, f.ID)
	if err == nil && was.Revision != f.Base {
		err = archive.ErrConflict
	}
	return was, err
}

func (m *Moderation) savePaper(ctx context.Context, tx *store.Tx, v archive.Viewer, f PaperForm, was, p archive.Paper) (int64, error) {
	if err := checkSlug(ctx, tx, was.ID, p.Slug); err != nil {
		return 0, err
	}
	p.ID, p.Revision, p.Place = was.ID, was.Revision, was.Place
	switch {
	case !f.Fields.InFooter || f.Kind != archive.PaperPage:
		p.Place = 0
	case p.Place == 0:
		last, err := tx.Papers.LastPlace(ctx)
		if err != nil {
			return 0, err
		}
		p.Place = last + 1
	}
	if f.Post {
		if p.PostedAt = was.PostedAt; p.IsDraft() {
			p.PostedAt = tx.Now
		}
	}
	if err := dropAutosave(ctx, tx, v, f.Autosave); err != nil || isSame(was, p) {
		return was.ID, err
	}
	return m.storePaper(ctx, tx, v, was, p)
}

// storePaper writes a paper that changed, its revision, its act and its event.
func (m *Moderation) storePaper(ctx context.Context, tx *store.Tx, v archive.Viewer, was, p archive.Paper) (id int64, err error) {
	if id = p.ID; id == 0 {
		id, err = tx.Papers.Add(ctx, p)
	} else {
		err = tx.Papers.Set(ctx, p)
	}
	if err != nil {
		return 0, err
	}
	err = tx.Papers.Keep(ctx, archive.PaperSave{Paper: id, Number: p.Revision + 1, Staff: v.Account, Title: p.Title, Language: p.Language, Source: p.Source})
	if err != nil {
		return 0, err
	}
	kind := archive.ActPaperSaved
	switch {
	case !p.IsDraft():
		kind = archive.ActPaperPosted
	case !was.IsDraft():
		kind = archive.ActPaperTaken
	}
	if !p.IsDraft() || !was.IsDraft() { // other pages name it
		if err := tx.Log.RaiseSite(ctx); err != nil {
			return 0, err
		}
	}
	return id, keep(ctx, tx, v, deed{
		archive.Act{Kind: kind, Subject: id, About: string(p.Kind) + ": " + p.Title}, archive.Event{Kind: archive.PaperChanged, Subject: id},
	})
}

// checkSlug holds an address to one page.
func checkSlug(ctx context.Context, tx *store.Tx, own int64, slug string) error {
	if slug == "" {
		return nil
	}
	there, err := tx.Papers.At(ctx, slug)
	if err = ignoreMissing(err); err != nil || there.ID == 0 || there.ID == own {
		return err
	}
	return archive.Problems{{Field: "slug", Rule: "slug_taken", Args: map[string]any{"Value": slug}}}
}

// isSame reports whether saving one over the other would change nothing.
func isSame(was, p archive.Paper) bool {
	return was.ID != 0 && was.Title == p.Title && was.Language == p.Language && was.Slug == p.Slug && was.Source == p.Source && was.Place == p.Place &&
		was.PostedAt.Equal(p.PostedAt)
}

func dropAutosave(ctx context.Context, tx *store.Tx, v archive.Viewer, form string) error {
	if form == "" {
		return nil
	}
	return tx.Autosaves.Drop(ctx, v.Account, form)
}

// MovePage gives a page another place in the foot, from 1; those behind it move
// on. A page that is not in the foot is archive.ErrNotFound.
func (m *Moderation) MovePage(ctx context.Context, v archive.Viewer, id int64, to int) error {
	return m.acts(ctx, v, func(tx *store.Tx) (deed, error) {
		if err := tx.Log.HoldSite(ctx); err != nil {
			return deed{}, err
		}
		pages, err := tx.Papers.Pages(ctx)
		if err != nil {
			return deed{}, err
		}
		pages = slices.DeleteFunc(pages, func(p archive.Paper) bool { return p.Place == 0 })
		from := slices.IndexFunc(pages, func(p archive.Paper) bool { return p.ID == id })
		if from < 0 {
			return deed{}, archive.ErrNotFound
		}
		to = min(max(to, 1), len(pages)) - 1
		if to == from {
			return deed{}, nil
		}
		moved := pages[from]
		pages = slices.Insert(slices.Delete(pages, from, from+1), to, moved)
		for i, page := range pages {
			if err := tx.Papers.Put(ctx, page.ID, i+1); err != nil {
				return deed{}, err
			}
		}
		return deed{
			archive.Act{Kind: archive.ActPagesMoved, Subject: id, About: string(moved.Kind) + ": " + moved.Title}, archive.Event{Kind: archive.PagesOrdered, Subject: id},
		}, tx.Log.RaiseSite(ctx)
	})
}
