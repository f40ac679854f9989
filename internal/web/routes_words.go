package web

// wordsRoutes carry a text to other places.
func (w *Web) wordsRoutes() []route {
	form := w.Limits.FormBytes
	return []route{
		{"GET /works/{work}/chapters/{chapter}/copy", members, w.copyChapter, form},
		{"GET /works/{work}/chapters/{chapter}/copy/{target}", members, w.downloadCopy, form},
	}
}
