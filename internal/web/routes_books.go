package web

import "ficus/internal/web/page"

// bookRoutes are how readers say what they take with them, and the books of
// several works, each for the eyes of the member who asked for it.
func (w *Web) bookRoutes() []route {
	form := w.Limits.FormBytes
	return []route{
		{"GET /works/{work}/download", anyone, w.chooseDownload, form},
		{"POST /works/{work}/download", members, w.forgetDownload, form},
		{"GET " + page.PathBooks, members, w.listBooks, form},
		{"POST " + page.PathBooks, members, w.askForBook, form},
		{"GET " + page.PathBooks + "/new", members, w.newBook, form},
		{"POST " + page.PathBooks + "/{book}", members, w.leaveBook, form},
		{"GET " + page.PathBooks + "/{book}/file", members, w.downloadBook, form},
	}
}
