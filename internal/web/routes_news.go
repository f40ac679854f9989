package web

import "ficus/internal/archive"

// newsRoutes are the archive's news and pages, and where staff write them.
func (w *Web) newsRoutes() []route {
	form := w.Limits.FormBytes
	routes := []route{
		{"GET /news", anyone, w.listNews, form},
		{"GET /news/{paper}", anyone, w.showNews, form},
		{"POST /news/{paper}/close", anyone, w.closeNews, form},
		{"GET /pages/{slug}", anyone, w.showPage, form},
		{"POST /desk/pages/move", confirmedStaff, w.movePage, form},
	}
	for _, kind := range []archive.PaperKind{archive.PaperNews, archive.PaperPage} {
		d, at := paperDesk{w, kind}, deskOf(kind)
		routes = append(
			routes,
			route{"GET " + at, staff, d.list, form},
			route{"GET " + at + "/new", staff, d.edit, form},
			route{"POST " + at + "/new", confirmedStaff, d.save, form},
			route{"GET " + at + "/{paper}", staff, d.edit, form},
			route{"POST " + at + "/{paper}", confirmedStaff, d.save, form},
			route{"GET " + at + "/{paper}/versions", staff, d.versions, form},
			route{"GET " + at + "/{paper}/versions/{number}", staff, d.version, form},
		)
	}
	return routes
}
