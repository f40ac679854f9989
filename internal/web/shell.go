package web

import (
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// shell is what stands around every page, for who asks.
func (w *Web) shell(r *Request, title string) page.Shell {
	s := page.Shell{
		Words: r.Words, Site: w.Catalog.Site().Name, Title: title, Path: r.Asked, Look: r.Look, Faces: w.bundled.faces, Editor: w.bundled.editor, Banner: w.Catalog.Site().Banner, Now: r.Now,
	}
	front := w.Catalog.Front()
	s.News = front.News.ID != 0
	for _, p := range front.Footer {
		s.Pages = append(s.Pages, page.PaperLink{Text: p.Title, URL: pageAddress(p.Slug), Lang: p.Language})
	}
	if r.Viewer.IsMember() {
		s.Viewer = page.Viewer{Name: r.Viewer.Name, URL: userAddress(r.Viewer.Name), Unread: r.Unread, UnreadMore: r.Unread >= store.CountedUnread, Staff: r.Viewer.Staff, Wrangler: r.Viewer.MayWrangle()}
	}
	return s
}

// public is the shell of a page that search engines may keep under its own
// address.
func (w *Web) public(r *Request, title, canonical string) page.Shell {
	s := w.shell(r, title)
	s.Canonical = w.address(r.Request) + canonical
	return s
}

// private is the shell of a page for one person alone.
func (w *Web) private(r *Request, title string) page.Shell {
	s := w.shell(r, title)
	s.NoIndex = true
	return s
}

// asGuest is the shell of a page for someone whose devices were just signed
// out.
func (w *Web) asGuest(r *Request, title string) page.Shell {
	s := w.private(r, title)
	s.Viewer, s.Path = page.Viewer{}, page.PathHome
	return s
}
