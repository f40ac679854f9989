package store

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Papers are the news and the pages of the archive.
type Papers struct{ conn }

const (
	paperLine    = `p.id, p.kind, p.slug, p.place, p.title, p.language, p.opening, p.revision, p.created_at, p.updated_at, p.posted_at`
	paperByID    = `SELECT ` + paperLine + `, p.source, p.body FROM papers p WHERE p.id = $1 AND p.kind = $2`
	paperBySlug  = `SELECT ` + paperLine + `, p.source, p.body FROM papers p WHERE p.slug = $1 AND p.kind = 'page'`
	postedNews   = `SELECT ` + paperLine + ` FROM papers p WHERE p.kind = 'news' AND p.posted_at IS NOT NULL ORDER BY p.posted_at DESC, p.id DESC LIMIT $1 OFFSET $2`
	countPosted  = `SELECT COUNT(*) FROM papers WHERE kind = 'news' AND posted_at IS NOT NULL`
	papersOfKind = `SELECT ` + paperLine + ` FROM papers p WHERE p.kind = $1 ORDER BY p.updated_at DESC, p.id DESC LIMIT $2 OFFSET $3`
	countPapers  = `SELECT COUNT(*) FROM papers WHERE kind = $1`
	allPages     = `SELECT ` + paperLine + ` FROM papers p WHERE p.kind = 'page' ORDER BY p.place = 0, p.place, p.slug`
	shownPages   = `SELECT ` + paperLine + ` FROM papers p WHERE p.kind = 'page' AND p.posted_at IS NOT NULL ORDER BY p.place = 0, p.place, p.slug`
	addPaper     = `INSERT INTO papers (kind, slug, place, title, language, source, body, opening, revision, created_at, updated_at, posted_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $9, $10) RETURNING id`
	setPaper = `UPDATE papers SET slug = $3, place = $4, title = $5, language = $6, source = $7, body = $8, opening = $9, revision = revision + 1,
		updated_at = $10, posted_at = $11 WHERE id = $1 AND revision = $2`
	placePaper = `UPDATE papers SET place = $2 WHERE id = $1`
	lastPlace  = `SELECT COALESCE(MAX(place), 0) FROM papers`
	addSave    = `INSERT INTO paper_saves (paper, number, staff, at, title, language, source) VALUES ($1, $2, $3, $4, $5, $6, $7)`
	savesOf    = `SELECT s.paper, s.number, s.staff, s.at, s.title, s.language, COALESCE(a.name, '') FROM paper_saves s LEFT JOIN accounts a ON a.id = s.staff
		WHERE s.paper = $1 ORDER BY s.number DESC`
	findSave = `SELECT s.paper, s.number, s.staff, s.at, s.title, s.language, COALESCE(a.name, ''), s.source FROM paper_saves s LEFT JOIN accounts a ON a.id = s.staff
		WHERE s.paper = $1 AND s.number = $2`
)

// SavedPaper is a save with the name of who made it.
type SavedPaper struct {
	archive.PaperSave
	By string // empty: no longer a member
}

// Find gives a paper of a kind, drafts too.
func (p Papers) Find(ctx context.Context, kind archive.PaperKind, id int64) (archive.Paper, error) {
	return one(ctx, p.conn, p.scanWhole, paperByID, id, string(kind))
}

// At gives the page at an address, a draft too.
func (p Papers) At(ctx context.Context, slug string) (archive.Paper, error) {
	return one(ctx, p.conn, p.scanWhole, paperBySlug, slug)
}

// News lists the posted news without their texts, the newest first, and how
// many there are.
func (p Papers) News(ctx context.Context, most, skip int) ([]archive.Paper, int, error) {
	total, err := one(ctx, p.conn, scanInt, countPosted)
	if err != nil {
		return nil, 0, err
	}
	list, err := all(ctx, p.conn, scanPaper, postedNews, most, skip)
	return list, int(total), err
}

// Of lists the papers of a kind for staff, drafts too and without their texts,
// those changed last first, and how many there are.
func (p Papers) Of(ctx context.Context, kind archive.PaperKind, most, skip int) ([]archive.Paper, int, error) {
	total, err := p.Count(ctx, kind)
	if err != nil {
		return nil, 0, err
	}
	list, err := all(ctx, p.conn, scanPaper, papersOfKind, string(kind), most, skip)
	return list, int(total), err
}

// Count is how many papers of a kind there are, drafts too.
func (p Papers) Count(ctx context.Context, kind archive.PaperKind) (int64, error) {
	return one(ctx, p.conn, scanInt, countPapers, string(kind))
}

// Pages lists all pages without their texts, those in the foot first and in
// their order.
func (p Papers) Pages(ctx context.Context) ([]archive.Paper, error) {
	return all(ctx, p.conn, scanPaper, allPages)
}

// Front gives what of the posted papers stands on other pages.
func (p Papers) Front(ctx context.Context) (archive.Front, error) {
	pages, err := all(ctx, p.conn, scanPaper, shownPages)
	if err != nil {
		return archive.Front{}, err
	}
	news, err := all(ctx, p.conn, scanPaper, postedNews, 1, 0)
	if err != nil || len(news) == 0 {
		return archive.FrontOf(pages, archive.Paper{}), err
	}
	return archive.FrontOf(pages, news[0]), nil
}

// Add stores a new paper and gives its id; archive.ErrConflict when its address
// is another's.
func (p Papers) Add(ctx context.Context, a archive.Paper) (int64, error) {
	return one(ctx, p.conn, scanInt, addPaper, string(a.Kind), a.Slug, a.Place, a.Title, a.Language, p.pack.pack(a.Source), p.pack.pack(a.Body), a.Opening,
		micros(p.now), micros(a.PostedAt))
}

// Set stores a paper over the revision it has; archive.ErrConflict when it was
// saved meanwhile.
func (p Papers) Set(ctx context.Context, a archive.Paper) error {
	n, err := exec(ctx, p.conn, setPaper, a.ID, a.Revision, a.Slug, a.Place, a.Title, a.Language, p.pack.pack(a.Source), p.pack.pack(a.Body), a.Opening,
		micros(p.now), micros(a.PostedAt))
	if err == nil && n == 0 {
		err = archive.ErrConflict
	}
	return err
}

// LastPlace is the last place that is taken in the foot; 0: none.
func (p Papers) LastPlace(ctx context.Context) (int, error) {
	n, err := one(ctx, p.conn, scanInt, lastPlace)
	return int(n), err
}

// Put gives a page its place in the foot.
func (p Papers) Put(ctx context.Context, id int64, place int) error {
	return do(ctx, p.conn, placePaper, id, place)
}

// Keep keeps a save of a paper.
func (p Papers) Keep(ctx context.Context, s archive.PaperSave) error {
	return do(ctx, p.conn, addSave, s.Paper, s.Number, s.Staff, micros(p.now), s.Title, s.Language, p.pack.pack(s.Source))
}

// Saves lists the saves of a paper without their texts, the newest first.
func (p Papers) Saves(ctx context.Context, id int64) ([]SavedPaper, error) {
	return all(ctx, p.conn, func(row sqldb.Scanner) (SavedPaper, error) {
		var s SavedPaper
		return s, row.Scan(&s.Paper, &s.Number, &s.Staff, instant{&s.At}, &s.Title, &s.Language, &s.By)
	}, savesOf, id)
}

// Save gives one save of a paper.
func (p Papers) Save(ctx context.Context, id, number int64) (SavedPaper, error) {
	return one(ctx, p.conn, func(row sqldb.Scanner) (SavedPaper, error) {
		var s SavedPaper
		return s, row.Scan(&s.Paper, &s.Number, &s.Staff, instant{&s.At}, &s.Title, &s.Language, &s.By, packed{p.pack, &s.Source})
	}, findSave, id, number)
}

func paperDestinations(a *archive.Paper) []any {
	return []any{
		&a.ID, &a.Kind, &a.Slug, &a.Place, &a.Title, &a.Language, &a.Opening, &a.Revision, instant{&a.CreatedAt}, instant{&a.UpdatedAt}, instant{&a.PostedAt},
	}
}

func scanPaper(row sqldb.Scanner) (archive.Paper, error) {
	var a archive.Paper
	return a, row.Scan(paperDestinations(&a)...)
}

func (p Papers) scanWhole(row sqldb.Scanner) (archive.Paper, error) {
	var a archive.Paper
	return a, row.Scan(append(paperDestinations(&a), packed{p.pack, &a.Source}, packed{p.pack, &a.Body})...)
}
