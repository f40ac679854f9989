package web

import "ficus/internal/web/page"

// feedRoutes are lists for programs, each in two forms. They are the same for
// everyone, and nobody has to say who they are.
func (w *Web) feedRoutes() (routes []route) {
	for _, list := range []struct {
		at string
		of feedList
	}{
		{"/works", w.allWorksFed},
		{"/search", w.foundWorksFed},
		{"/tags/{id}/{slug}", w.worksOfTagFed},
		{"/users/{name}", w.writersListFed},
		{"/users/{name}/pseuds/{pseud}", w.writersListFed},
	} {
		for _, form := range feedForms() {
			routes = append(routes, route{"GET " + list.at + page.EndFeed + form.end, anyone, w.feed(list.of, form), w.Limits.FormBytes})
		}
	}
	for _, form := range feedForms() {
		routes = append(routes,
			route{"GET " + page.PathFeeds + "/{token}" + form.end, anyone, w.ownFeed(form), w.Limits.FormBytes},
			route{"GET " + page.PathShared + "/{token}" + page.EndFeed + form.end, anyone, w.sharedFeed(form), w.Limits.FormBytes},
		)
	}
	return routes
}
