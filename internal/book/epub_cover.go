package book

// front is the cover, drawn while the chapters are written; or the writer's
// own picture, when there is one that every e-reader can show.
func (e *epub) front() <-chan coverFile {
	front := make(chan coverFile, 1)
	e.coverType = "image/jpeg"
	if p, ok := e.fitter.shelf.look(e.book.Cover); ok && !p.moving {
		e.coverType = p.mediaType
		if p.mediaType == "image/png" {
			e.imprint.CoverFile = "cover.png"
		}
		front <- coverFile{data: p.data}
		return front
	}
	go func() { front <- e.imprint.cover.file() }()
	return front
}
