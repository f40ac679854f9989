package web

import "ficus/internal/web/page"

// pileRoutes are how many files that were brought at once become drafts. A pile
// is for the eyes of its account alone.
func (w *Web) pileRoutes() []route {
	form := w.Limits.FormBytes
	return []route{
		{"GET " + page.PathPiles + "{pile}", members, w.showPile, form},
		{"POST " + page.PathPiles + "{pile}", writers, w.changePile, form},
	}
}
