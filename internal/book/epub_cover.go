package book

// DrawCover draws the cover of a book that has no picture of its own, as a JPEG.
func DrawCover(b Book) ([]byte, error) {
	if b.Voice == nil {
		return nil, ErrNoVoice
	}
	return coverOf(b).jpeg()
}

// front is the cover, drawn while the chapters are written; or the writer's
// own picture, when there is one that every e-reader can show.
func (e *epub) front() <-chan coverFile {
	front := make(chan coverFile, 1)
	e.coverType = "image/jpeg"
	if p, ok := e.fitter.shelf.look(e.book.Cover.Picture); ok && !p.moving {
		e.coverType = p.mediaType
		if p.mediaType == "image/png" {
			e.imprint.CoverFile = "cover.png"
		}
		if words := oneLine(e.book.Cover.Words); words != "" {
			e.imprint.CoverWords, e.imprint.CoverOurs = text(words), speech{}
		}
		front <- coverFile{data: p.data}
		return front
	}
	go func() { front <- e.imprint.cover.file() }()
	return front
}
