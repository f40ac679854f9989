package web

import "ficus/internal/web/page"

// followRoutes are how members follow works and people. Like all that is for
// their own eyes alone, they are open to those who are suspended.
func (w *Web) followRoutes() []route {
	form := w.Limits.FormBytes
	return []route{
		{"GET /works/{work}/follow", members, w.askToFollowWork, form},
		{"POST /works/{work}/follow", members, w.changeFollowOfWork, form},
		{"GET /users/{name}/follow", members, w.askToFollowPerson, form},
		{"POST /users/{name}/follow", members, w.changeFollowOfPerson, form},
		{"GET " + page.PathFollowing, members, w.listFollowing, form},
		{"POST " + page.PathFollowing, members, w.stopFollowing, form},
	}
}
