package writing

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/prose"
	"ficus/internal/store"
)

// Set is a chapter as it will stand: its fields made safe, its words counted,
// its pictures brought here. Nothing is saved by setting.
type Set struct {
	Title    string
	Text     archive.ChapterText
	Words    int
	Dropped  []prose.Dropped // what was left out of the body, by kind
	body     prose.Document
	pictures map[string]archive.Picture // by the name or address the text gives
}

// Upload is a picture sent with a text, which names it by its file's name.
// Kept is the mark of one that was sent before, with a preview.
type Upload struct {
	Name string
	Data []byte
	Kept string
}

// SetChapter makes safe what a writer sent for a chapter of a work (0: a new
// one), brings its pictures here, and says everything that is wrong with it.
// Posting stores what it gives.
func (w *Writing) SetChapter(ctx context.Context, work int64, f archive.ChapterFields, uploads []Upload, draft bool) (Set, error) {
	return w.setChapter(ctx, work, f, uploads, draft, &Asked{})
}

// setChapter is SetChapter for one chapter of several that are saved together.
func (w *Writing) setChapter(ctx context.Context, work int64, f archive.ChapterFields, uploads []Upload, draft bool, asked *Asked) (Set, error) {
	set, err := w.read(withPictures(f, uploads), draft)
	if err != nil {
		return set, err
	}
	return set, w.gatherPictures(ctx, &set, work, uploads, asked)
}

// Preview makes safe what a writer sent and saves nothing. Pictures that were
// kept with the form are shown; those from elsewhere stand as links, and are
// brought when the text is saved.
func (w *Writing) Preview(ctx context.Context, work int64, f archive.ChapterFields, uploads []Upload, draft bool) (Set, error) {
	set, err := w.read(withPictures(f, uploads), draft)
	if err != nil {
		return set, err
	}
	return set, w.store.Read(ctx, func(tx *store.Tx) error {
		addresses, err := standingPictures(ctx, tx, work, "")
		for _, upload := range uploads {
			addresses[upload.Name] = KeptAddress(upload.Kept)
		}
		set.point(addresses)
		return err
	})
}

// read makes the fields of a chapter safe, without its pictures.
func (w *Writing) read(f archive.ChapterFields, draft bool) (Set, error) {
	f.Clean()
	problems := f.Check(w.limits, w.clock.Now())
	set := Set{Title: f.Title}
	set.body, set.Dropped = Read(f.Text, f.Format)
	if !draft && set.body.IsEmpty() {
		problems.Add("text", "required")
	}
	archive.CheckLength("text", set.body.Characters(), w.limits.Text, &problems)
	text := &set.Text
	text.Dedication, text.Source, text.Format, text.Manuscript = f.Dedication, f.Text, f.Format, f.Manuscript
	for _, part := range []struct {
		field, typed string
		limit        int
		into         *string
	}{
		{"chapter_summary", f.Summary, w.limits.Summary, &text.Summary},
		{"disclaimer", f.Disclaimer, w.limits.Notes, &text.Disclaimer},
		{"notes_before", f.NotesBefore, w.limits.Notes, &text.NotesBefore},
		{"notes_after", f.NotesAfter, w.limits.Notes, &text.NotesAfter},
	} {
		*part.into = setNote(part.field, part.typed, part.limit, &problems)
	}
	set.Words, text.Body = set.body.Words(), set.body.HTML()
	return set, problems.Err()
}

// Read makes the Document of a text in one of the formats.
func Read(text, format string) (prose.Document, []prose.Dropped) {
	switch format {
	case archive.FormatMarkdown:
		return prose.ReadMarkdown(text)
	case archive.FormatHTML:
		return prose.ReadHTML(text)
	}
	return prose.ReadTyped(text)
}

// setNote makes a note or summary safe; pictures and players in it become links.
func setNote(field, typed string, limit int, problems *archive.Problems) string {
	note, _ := prose.ReadTyped(typed)
	note = note.Unplayed().MapImages(func(src string) (string, bool) { return src, false })
	archive.CheckLength(field, note.Characters(), limit, problems)
	if note.IsEmpty() {
		return ""
	}
	return note.HTML()
}
