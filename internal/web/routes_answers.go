package web

// answerRoutes are what readers do when they thank, and what people say about
// whom they meet.
func (w *Web) answerRoutes() []route {
	form := w.Limits.FormBytes
	return []route{
		{"GET /works/{work}/kudos", anyone, w.showKudos, form},
		{"POST /works/{work}/kudos", anyone, w.leaveKudos, form},
	}
}
