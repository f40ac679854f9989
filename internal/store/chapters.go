package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Chapters are the instalments of works. Who may read one follows from its
// work, which callers open first; drafts are given to creators only.
type Chapters struct{ conn }

const (
	chapterColumns = `c.id, c.work, c.position, c.title, c.words, c.posted_at, c.published_at, c.updated_at, c.revision`
	chaptersOf     = `SELECT ` + chapterColumns + ` FROM chapters c WHERE c.work = $1 AND (c.posted_at IS NOT NULL OR $2) ORDER BY c.position, c.id`
	findChapter    = `SELECT ` + chapterColumns + ` FROM chapters c WHERE c.work = $1 AND c.id = $2 AND (c.posted_at IS NOT NULL OR $3)`
	addChapter     = `INSERT INTO chapters (work, position, title, words, published_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`
	saveChapter    = `UPDATE chapters SET title = $2, words = $3, published_at = $4, updated_at = $5, revision = revision + 1 WHERE id = $1 AND revision = $6`
	postChapter    = `UPDATE chapters SET posted_at = $2, published_at = $3 WHERE id = $1 AND posted_at IS NULL`
	dropChapter    = `DELETE FROM chapters WHERE id = $1`
	makeRoom       = `UPDATE chapters SET position = position + 1 WHERE work = $1 AND position >= $2`
	closeGap       = `UPDATE chapters SET position = position - 1 WHERE work = $1 AND position > $2`
	placeChapter   = `UPDATE chapters SET position = $3 WHERE work = $1 AND id = $2`
	chapterText    = `SELECT summary, disclaimer, notes_before, notes_after, dedication, body, source, format, manuscript FROM chapter_texts WHERE chapter = $1`
	chapterTold    = `SELECT summary, disclaimer, notes_before, notes_after, dedication, body FROM chapter_texts WHERE chapter = $1`
	textsOfWork    = `SELECT t.chapter, t.summary, t.disclaimer, t.notes_before, t.notes_after, t.dedication, t.body FROM chapter_texts t
		JOIN chapters c ON c.id = t.chapter WHERE c.work = $1 AND (c.posted_at IS NOT NULL OR $2) ORDER BY c.position, c.id`
	setChapterText = `INSERT INTO chapter_texts (chapter, summary, disclaimer, notes_before, notes_after, dedication, body, source, format, manuscript)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (chapter) DO UPDATE SET summary = excluded.summary,
		disclaimer = excluded.disclaimer, notes_before = excluded.notes_before, notes_after = excluded.notes_after, dedication = excluded.dedication,
		body = excluded.body, source = excluded.source, format = excluded.format, manuscript = excluded.manuscript`
	setCharacters     = `UPDATE chapters SET characters = $2 WHERE id = $1`
	sumCharacters     = `SELECT COALESCE(SUM(CASE WHEN id = $2 THEN 0 ELSE characters END), 0), COALESCE(SUM(CASE WHEN id = $2 THEN characters ELSE 0 END), 0) FROM chapters WHERE work = $1`
	addFormerChapter  = `INSERT INTO former_chapters (chapter, work, title, fields, posted, deleted_at) VALUES ($1, $2, $3, $4, $5, $6)`
	findFormerChapter = `SELECT title FROM former_chapters WHERE work = $1 AND chapter = $2 AND posted`
)

// Of lists a work's chapters in order, drafts too when asked for.
func (c Chapters) Of(ctx context.Context, work int64, drafts bool) ([]archive.Chapter, error) {
	return all(ctx, c.conn, scanChapter, chaptersOf, work, drafts)
}

// Find gives one chapter of a work; a draft only when drafts are asked for.
func (c Chapters) Find(ctx context.Context, work, id int64, drafts bool) (archive.Chapter, error) {
	return one(ctx, c.conn, scanChapter, findChapter, work, id, drafts)
}

// Add makes a draft chapter at its position, moving later ones down.
func (c Chapters) Add(ctx context.Context, chapter archive.Chapter) (int64, error) {
	if err := do(ctx, c.conn, makeRoom, chapter.Work, chapter.Position); err != nil {
		return 0, err
	}
	return one(ctx, c.conn, scanInt, addChapter, chapter.Work, chapter.Position, chapter.Title, chapter.Words, micros(chapter.Published), micros(c.now))
}

// Save stores a chapter over the revision it was opened on;
// archive.ErrConflict when that is no longer the newest.
func (c Chapters) Save(ctx context.Context, chapter archive.Chapter) error {
	n, err := exec(ctx, c.conn, saveChapter, chapter.ID, chapter.Title, chapter.Words, micros(chapter.Published), micros(c.now), chapter.Revision)
	if err == nil && n == 0 {
		err = archive.ErrConflict
	}
	return err
}

// Post makes a draft chapter public from now, under the date it bears.
func (c Chapters) Post(ctx context.Context, id int64, published time.Time) error {
	return do(ctx, c.conn, postChapter, id, micros(c.now), micros(published))
}

// Place puts a chapter at a position; the caller keeps positions whole.
func (c Chapters) Place(ctx context.Context, work, id int64, position int) error {
	return do(ctx, c.conn, placeChapter, work, id, position)
}

// Delete takes a chapter out of its work. Its text is kept aside until the
// work is purged, and its old address still tells of the work.
func (c Chapters) Delete(ctx context.Context, chapter archive.Chapter, text archive.ChapterText) error {
	fields, err := json.Marshal(text)
	if err != nil {
		return err
	}
	if err := do(ctx, c.conn, addFormerChapter, chapter.ID, chapter.Work, chapter.Title, c.pack.pack(string(fields)), !chapter.IsDraft(), micros(c.now)); err != nil {
		return fmt.Errorf("keep the deleted chapter: %w", err)
	}
	if err := do(ctx, c.conn, dropChapter, chapter.ID); err != nil {
		return err
	}
	return do(ctx, c.conn, closeGap, chapter.Work, chapter.Position)
}

// Former gives the title of a chapter that readers knew and that was deleted
// from a work.
func (c Chapters) Former(ctx context.Context, work, id int64) (string, error) {
	return one(ctx, c.conn, scanText, findFormerChapter, work, id)
}

// Text gives what a chapter says.
func (c Chapters) Text(ctx context.Context, id int64) (archive.ChapterText, error) {
	return one(ctx, c.conn, func(row sqldb.Scanner) (archive.ChapterText, error) {
		var t archive.ChapterText
		err := row.Scan(&t.Summary, &t.Disclaimer, &t.NotesBefore, &t.NotesAfter, &t.Dedication,
			packed{c.pack, &t.Body}, packed{c.pack, &t.Source}, &t.Format, &t.Manuscript)
		return t, err
	}, chapterText, id)
}

// Told gives what a chapter says, without its source.
func (c Chapters) Told(ctx context.Context, id int64) (archive.ChapterText, error) {
	return one(ctx, c.conn, func(row sqldb.Scanner) (t archive.ChapterText, err error) {
		return t, row.Scan(&t.Summary, &t.Disclaimer, &t.NotesBefore, &t.NotesAfter, &t.Dedication, packed{c.pack, &t.Body})
	}, chapterTold, id)
}

// Texts gives what all chapters of a work say, by chapter; without their
// sources.
func (c Chapters) Texts(ctx context.Context, work int64, drafts bool) (map[int64]archive.ChapterText, error) {
	texts := map[int64]archive.ChapterText{}
	_, err := all(ctx, c.conn, func(row sqldb.Scanner) (int64, error) {
		var id int64
		var t archive.ChapterText
		err := row.Scan(&id, &t.Summary, &t.Disclaimer, &t.NotesBefore, &t.NotesAfter, &t.Dedication, packed{c.pack, &t.Body})
		texts[id] = t
		return id, err
	}, textsOfWork, work, drafts)
	return texts, err
}

// SetText stores what a chapter says.
func (c Chapters) SetText(ctx context.Context, id int64, t archive.ChapterText) error {
	if err := do(ctx, c.conn, setCharacters, id, t.Characters()); err != nil {
		return err
	}
	return do(ctx, c.conn, setChapterText, id, t.Summary, t.Disclaimer, t.NotesBefore, t.NotesAfter, t.Dedication,
		c.pack.pack(t.Body), c.pack.pack(t.Source), t.Format, t.Manuscript)
}

// Characters are how much a work's chapters hold, but for one, and that one.
func (c Chapters) Characters(ctx context.Context, work, but int64) (others, that int64, err error) {
	_, err = one(ctx, c.conn, func(row sqldb.Scanner) (bool, error) { return true, row.Scan(&others, &that) }, sumCharacters, work, but)
	return others, that, err
}

func scanChapter(row sqldb.Scanner) (archive.Chapter, error) {
	var c archive.Chapter
	err := row.Scan(&c.ID, &c.Work, &c.Position, &c.Title, &c.Words, instant{&c.PostedAt}, instant{&c.Published}, instant{&c.UpdatedAt}, &c.Revision)
	return c, err
}
