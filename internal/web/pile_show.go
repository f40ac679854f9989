package web

import (
	"context"
	"net/http"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// showPile answers with what was found in a pile, to the account that brought
// it.
func (w *Web) showPile(r *Request) (Response, error) {
	p, err := w.pilePage(r, archive.Arrangement{})
	if err != nil {
		return Response{}, err
	}
	switch r.FormValue("said") {
	case "save":
		p.Said = r.Words.T("pile.said_saved")
	case "earlier", "later":
		p.Said = r.Words.T("pile.said_moved")
	case "apart":
		p.Said = r.Words.T("pile.said_apart")
	case "make":
		p.Said = r.Words.T("pile.said_made")
	}
	return show(p)
}

// pilePage is the pile of the address as it stands, with what was typed over it
// and is not kept yet.
func (w *Web) pilePage(r *Request, typed archive.Arrangement) (page.PilePage, error) {
	id, err := r.number("pile")
	if err != nil {
		return page.PilePage{}, err
	}
	var pile archive.Pile
	var own []store.Blurb
	err = w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		if pile, err = tx.Piles.Find(ctx, r.Viewer.Account, id); err != nil {
			return err
		}
		own, err = tx.Lists.Own(ctx, r.Viewer)
		return err
	})
	if err != nil {
		return page.PilePage{}, err
	}
	pile = pile.Arrange(typed)
	p := page.PilePage{
		Shell: w.private(r, r.Words.T("pile.title")), Action: pileAddress(pile.ID), Base: pile.Revision, Files: pile.Count(), Left: len(pile.ToMake()),
	}
	titles := map[int64]string{}
	for _, b := range own {
		titles[b.ID] = b.Title
		if b.DeletedAt.IsZero() {
			p.Own = append(p.Own, page.PileInto{Work: b.ID, Title: b.Title})
		}
	}
	for _, work := range pile.Works {
		if texts := pile.In(work.Number); len(texts) > 0 {
			p.Works = append(p.Works, pileWork(pile, work, texts, titles))
		}
	}
	for _, text := range pile.Texts() {
		if text.LeftOut {
			p.LeftOut = append(p.LeftOut, pileText(text))
		}
	}
	for _, f := range pile.Skipped() {
		p.Skipped = append(p.Skipped, page.PileSkip{Name: f.Name, Rule: f.Rule})
	}
	return p, nil
}

func pileWork(pile archive.Pile, work archive.PileWork, texts []archive.PileText, titles map[int64]string) page.PileWork {
	shown := page.PileWork{Number: work.Number, Title: work.Title, Into: work.Work, Begun: pile.Begun(work.Number)}
	if shown.Begun {
		shown.Draft = page.Link{Text: titles[work.Work], URL: workAddress(work.Work) + "/chapters"}
		if shown.Draft.Text != "" {
			shown.Title = shown.Draft.Text
		}
	}
	made := 0
	for i, text := range texts {
		if text.Made {
			made = i + 1
		}
	}
	for i, text := range texts {
		t := pileText(text)
		t.First, t.Last = i <= made, i == len(texts)-1
		shown.Texts = append(shown.Texts, t)
	}
	return shown
}

func pileText(text archive.PileText) page.PileText {
	chosen := text.Chosen()
	t := page.PileText{
		Number: text.Number, Work: text.Work, Place: text.Place, Name: chosen.Name, Title: chosen.Title, Chapters: chosen.Chapters, Words: chosen.Words,
		Made: text.Made, Review: manuscriptAddress(chosen.Manuscript),
	}
	if chosen.Stories > 0 {
		t.Story, t.Stories = chosen.Story+1, chosen.Stories
	}
	if len(text.Versions) > 1 {
		for _, v := range text.Versions {
			t.Versions = append(t.Versions, page.PileVersion{Number: v.Number, Name: v.Name, Words: v.Words, Chosen: v.Number == chosen.Number, Review: manuscriptAddress(v.Manuscript)})
		}
	}
	return t
}

// pileAgain shows the pile with what was typed, and what is wrong.
func (w *Web) pileAgain(r *Request, typed archive.Arrangement, problems archive.Problems, status int) (Response, error) {
	p, err := w.pilePage(r, typed)
	p.Errors = page.PileErrors(p.Shell, problems)
	return Response{Status: status, Page: p}, err
}

// pileConflict shows the pile as another tab left it.
func (w *Web) pileConflict(r *Request) (Response, error) {
	return w.pileAgain(r, archive.Arrangement{}, archive.Problems{{Field: "pile", Rule: "pile_changed"}}, http.StatusConflict)
}
