package web

// coverRoutes are how the writer of a work gives its books a picture of their
// own, and where that picture is.
func (w *Web) coverRoutes() []route {
	form, picture := w.Limits.FormBytes, w.Limits.FormBytes+2*w.Limits.ImageBytes
	return []route{
		{"GET /works/{work}/cover", writers, w.editCover, form},
		{"POST /works/{work}/cover", writers, w.saveCover, picture},
		{"GET /works/{work}/cover/drawn", writers, w.drawCover, form},
		{"GET /works/{work}/cover/picture", anyone, w.showCover, form},
	}
}
