package web

// commentRoutes are what readers say, and what writers do with it.
func (w *Web) commentRoutes() []route {
	form := w.Limits.FormBytes
	return []route{
		{"GET /works/{work}/comments", anyone, w.listComments, form},
		{"POST /works/{work}/comments", answerers, w.addComment, form},
		{"GET /comments/{comment}", anyone, w.showComment, form},
		{"POST /comments/{comment}", members, w.judgeComment, form},
		{"GET /comments/{comment}/answer", anyone, w.answerComment, form},
		{"GET /comments/{comment}/edit", members, w.editComment, form},
		{"POST /comments/{comment}/edit", writers, w.saveComment, form},
		{"GET /comments/{comment}/delete", members, w.askToDeleteComment, form},
		{"POST /comments/{comment}/delete", members, w.deleteComment, form},
		{"GET /my-works/waiting", members, w.listHeld, form},
		{"POST /my-works/waiting", members, w.judgeHeld, form},
		{"POST /account/pause", members, w.pauseComments, form},
	}
}
