package store

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Bulk puts whole works into an archive that holds none, many rows a statement
// and under the numbers they come with: for a maker of archives, who answers
// for them. Nothing is checked, told or recorded, and no verb uses it.
type Bulk struct{ conn }

const (
	countWorks = `SELECT COUNT(*) FROM works`
	putAccount = `INSERT INTO accounts (id, name, folded, email, password_hash, staff, preferences, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	putName    = `INSERT INTO names (look, account, spelt) VALUES ($1, $2, $3)`
	putPseud   = `INSERT INTO pseuds (id, account, name, folded, is_default, name_key) VALUES ($1, $2, $3, $4, $5, $6)`
	putTag     = `INSERT INTO tags (id, kind, name, folded, search, medium, standing, canonical) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	putParent  = `INSERT INTO tag_parents (tag, parent) VALUES ($1, $2)`
	putWork    = `INSERT INTO works (id, title, sort_title, title_key, language, summary, notes_before, notes_after, restricted, anonymous, comments, moderated,
		planned, elsewhere, posted, chapters, words, hits, kudos, comments_shown, created_at, published_at, revised_at, posted_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)`
	putCreator = `INSERT INTO work_creators (work, position, pseud, account) VALUES ($1, $2, $3, $4)`
	putWorkTag = `INSERT INTO work_tags (work, position, tag, kind, wording, main) VALUES ($1, $2, $3, $4, $5, $6)`
	putChapter = `INSERT INTO chapters (id, work, position, title, words, characters, posted_at, published_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	putText    = `INSERT INTO chapter_texts (chapter, summary, disclaimer, notes_before, notes_after, dedication, body, source, format) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
)

// bulkArguments is how many values one statement may bring, on either engine.
const bulkArguments = 2000

// rows are rows on their way in by one statement.
type rows struct {
	statement string
	columns   int
	values    []any
}

func (b Bulk) put(ctx context.Context, r *rows, values ...any) error {
	r.columns = len(values)
	r.values = append(r.values, values...)
	if len(r.values)+r.columns > bulkArguments {
		return b.end(ctx, r)
	}
	return nil
}

// end puts in what has gathered.
func (b Bulk) end(ctx context.Context, rs ...*rows) error {
	for _, r := range rs {
		if len(r.values) == 0 {
			continue
		}
		if err := do(ctx, b.conn, manyRows(r.statement, r.columns, len(r.values)/r.columns), r.values...); err != nil {
			return err
		}
		r.values = r.values[:0]
	}
	return nil
}

// manyRows is a statement that puts one row in, for many.
func manyRows(statement string, columns, count int) string {
	var s strings.Builder
	s.Grow(len(statement) + count*columns*6)
	s.WriteString(statement)
	var number [8]byte
	for at := columns; at < count*columns; at++ {
		if at%columns == 0 {
			s.WriteString(", (")
		} else {
			s.WriteByte(',')
		}
		s.WriteByte('$')
		s.Write(strconv.AppendInt(number[:0], int64(at+1), 10))
		if at%columns == columns-1 {
			s.WriteByte(')')
		}
	}
	return s.String()
}

// Accounts makes accounts that nobody signs in to, each with the one pen name
// of its number.
func (b Bulk) Accounts(ctx context.Context, accounts []archive.Account) error {
	account, name, pseud := &rows{statement: putAccount}, &rows{statement: putName}, &rows{statement: putPseud}
	for _, a := range accounts {
		folded := archive.FoldName(a.Name)
		if err := b.put(ctx, account, a.ID, a.Name, folded, "", "", false, "{}", a.CreatedAt.UnixMicro()); err != nil {
			return err
		}
	}
	if err := b.end(ctx, account); err != nil {
		return err
	}
	for _, a := range accounts {
		folded := archive.FoldName(a.Name)
		for _, look := range archive.Looks(a.Name) {
			if err := b.put(ctx, name, look, a.ID, look == folded); err != nil {
				return err
			}
		}
		if err := b.put(ctx, pseud, a.ID, a.ID, a.Name, folded, true, nameKey(a.Name)); err != nil {
			return err
		}
	}
	return b.end(ctx, name, pseud)
}

// BulkTag is a tag with the fandom it is filed under; 0: none.
type BulkTag struct {
	archive.SortedTag
	Fandom int64
}

// Tags makes tags.
func (b Bulk) Tags(ctx context.Context, tags []BulkTag) error {
	r, filed := &rows{statement: putTag}, &rows{statement: putParent}
	for _, t := range tags {
		if err := b.put(ctx, r, t.ID, string(t.Kind), t.Name, FoldTag(t.Name), FoldSought(t.Name), t.Medium, string(t.Standing), t.Canonical); err != nil {
			return err
		}
	}
	if err := b.end(ctx, r); err != nil {
		return err
	}
	for _, t := range tags {
		if t.Fandom == 0 {
			continue
		}
		if err := b.put(ctx, filed, t.ID, t.Fandom); err != nil {
			return err
		}
	}
	return b.end(ctx, filed)
}

// BulkWork is a posted work with all that hangs on it. Its texts are numbers of
// those that were packed.
type BulkWork struct {
	archive.Work
	Creators []archive.Pseud
	Tags     []archive.WorkTag
	Chapters []archive.Chapter
	Texts    []int // of the chapters
}

// BulkText is a text that many chapters bear, packed once.
type BulkText struct {
	packed     []byte
	characters int
}

// Pack readies the texts that chapters bear.
func (b Bulk) Pack(bodies []string) []BulkText {
	texts := make([]BulkText, len(bodies))
	for i, body := range bodies {
		texts[i] = BulkText{packed: b.pack.pack(body), characters: archive.ChapterText{Body: body}.Characters()}
	}
	return texts
}

// Works makes works.
func (b Bulk) Works(ctx context.Context, works []BulkWork, texts []BulkText) error {
	for _, put := range []func(context.Context, []BulkWork, []BulkText) error{b.works, b.worn, b.chapters, b.bodies} {
		if err := put(ctx, works, texts); err != nil {
			return err
		}
	}
	return nil
}

func (b Bulk) works(ctx context.Context, works []BulkWork, _ []BulkText) error {
	r := &rows{statement: putWork}
	for _, w := range works {
		elsewhere, err := json.Marshal(w.Elsewhere)
		if err != nil {
			return err
		}
		err = b.put(ctx, r, w.ID, w.Title, archive.SortTitle(w.Title, w.Language), titleKey(w.Title, w.Language), w.Language, w.Summary, w.NotesBefore, w.NotesAfter,
			w.Restricted, w.Anonymous, w.Comments, w.Moderated, w.Planned, string(elsewhere), w.Counts.Posted, w.Counts.Chapters, w.Counts.Words, w.Counts.Hits,
			w.Counts.Kudos, w.Counts.Comments, w.Dates.Created.UnixMicro(), w.Dates.Published.UnixMicro(), w.Dates.Revised.UnixMicro(), w.PostedAt.UnixMicro())
		if err != nil {
			return err
		}
	}
	return b.end(ctx, r)
}

// worn says who signs the works, and by what they are found.
func (b Bulk) worn(ctx context.Context, works []BulkWork, _ []BulkText) error {
	creator, tag := &rows{statement: putCreator}, &rows{statement: putWorkTag}
	for _, w := range works {
		for i, p := range w.Creators {
			if err := b.put(ctx, creator, w.ID, i, p.ID, p.Account); err != nil {
				return err
			}
		}
		for i, t := range w.Tags {
			if err := b.put(ctx, tag, w.ID, i, t.Tag, string(t.Kind), t.Wording, t.Main); err != nil {
				return err
			}
		}
	}
	return b.end(ctx, creator, tag)
}

func (b Bulk) chapters(ctx context.Context, works []BulkWork, texts []BulkText) error {
	r := &rows{statement: putChapter}
	for _, w := range works {
		for i, c := range w.Chapters {
			err := b.put(ctx, r, c.ID, w.ID, c.Position, c.Title, c.Words, texts[w.Texts[i]].characters, c.PostedAt.UnixMicro(), c.Published.UnixMicro(), c.UpdatedAt.UnixMicro())
			if err != nil {
				return err
			}
		}
	}
	return b.end(ctx, r)
}

func (b Bulk) bodies(ctx context.Context, works []BulkWork, texts []BulkText) error {
	r := &rows{statement: putText}
	for _, w := range works {
		for i, c := range w.Chapters {
			body := texts[w.Texts[i]].packed
			if err := b.put(ctx, r, c.ID, "", "", "", "", "", body, body, archive.FormatHTML); err != nil {
				return err
			}
		}
	}
	return b.end(ctx, r)
}

// bulkTables are those that Bulk fills.
var bulkTables = []string{"accounts", "names", "pseuds", "tags", "tag_parents", "works", "work_creators", "work_tags", "chapters", "chapter_texts"}

// IsFree reports whether the archive holds no works.
func (b Bulk) IsFree(ctx context.Context) (bool, error) {
	works, err := one(ctx, b.conn, scanInt, countWorks)
	return works == 0, err
}

// Begin takes the indexes from the tables that are filled, and gives what End
// makes of them again.
func (b Bulk) Begin(ctx context.Context) (again []string, err error) {
	err = b.each(ctx, func(t sqldb.Table) error {
		made, err := t.DropIndexes(ctx, b.tx)
		again = append(again, made...)
		return err
	})
	return again, err
}

// End makes one index again, of those Begin took.
func (b Bulk) End(ctx context.Context, index string) error { return do(ctx, b.conn, index) }

// Continue has the database number what comes after what was put in.
func (b Bulk) Continue(ctx context.Context) error {
	return b.each(ctx, func(t sqldb.Table) error {
		last, err := t.Last(ctx, b.tx)
		if err != nil {
			return err
		}
		return t.Continue(ctx, b.tx, last)
	})
}

// each calls with the tables that Bulk fills.
func (b Bulk) each(ctx context.Context, do func(sqldb.Table) error) error {
	tables, err := sqldb.Tables(ctx, b.tx)
	if err != nil {
		return err
	}
	for _, t := range tables {
		for _, name := range bulkTables {
			if t.Name != name {
				continue
			}
			if err := do(t); err != nil {
				return err
			}
		}
	}
	return nil
}
