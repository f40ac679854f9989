package page

// ChapterOf offers to make a manuscript's one chapter a chapter of a work its
// writer has. Its form asks for work.
type ChapterOf struct {
	Action string
	Works  []WorkChoice // empty: nothing is offered
}

// WorkChoice is a work to choose.
type WorkChoice struct {
	ID    int64
	Title string
	Lang  string
}
