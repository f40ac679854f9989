package web

// wranglingRoutes are the desk of those who sort tags.
func (w *Web) wranglingRoutes() []route {
	form := w.Limits.FormBytes
	return []route{
		{"GET /desk/tags", wranglers, w.listBins, form},
		{"GET /desk/tags/bin", wranglers, w.showBin, form},
		{"POST /desk/tags/bin", wranglers, w.sortInBin, form},
		{"GET /desk/tags/sheet", wranglers, w.askForSheet, form},
		{"GET /desk/tags/sheet.csv", wranglers, w.writeSheet, form},
		{"POST /desk/tags/sheet", wranglers, w.bringSheet, form},
		{"GET /desk/tags/merge", wranglers, w.askToMerge, form},
		{"POST /desk/tags/merge", wranglers, w.mergeTags, form},
		{"GET /desk/tags/{tag}", wranglers, w.showDeskTag, form},
		{"POST /desk/tags/{tag}", wranglers, w.sortTag, form},
		{"POST /desk/tags/{tag}/said", wranglers, w.sayOfTag, form},
		{"POST /desk/tags/undo", wranglers, w.undoTagActs, form},
	}
}
