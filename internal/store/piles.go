package store

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Piles are many files brought at once, each for the account that brought it
// alone.
type Piles struct{ conn }

const (
	addPile     = `INSERT INTO piles (account, revision, created_at) VALUES ($1, 1, $2) RETURNING id`
	addPileWork = `INSERT INTO pile_works (pile, number, title, work) VALUES ($1, $2, $3, $4)`
	addPileFile = `INSERT INTO pile_files (pile, number, name, manuscript, rule, title, chapters, words, story, stories, text, chosen, in_work, place, left_out, made)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`
	findPile    = `SELECT id, account, revision, created_at FROM piles WHERE account = $1 AND id = $2`
	pilesOf     = `SELECT p.id, p.account, p.revision, p.created_at, (SELECT COUNT(*) FROM pile_files f WHERE f.pile = p.id AND f.story = 0) FROM piles p WHERE p.account = $1 ORDER BY p.id DESC LIMIT $2`
	worksOfPile = `SELECT number, title, COALESCE(work, 0) FROM pile_works WHERE pile = $1 ORDER BY number`
	filesOfPile = `SELECT number, name, manuscript, rule, title, chapters, words, story, stories, text, chosen, in_work, place, left_out, made FROM pile_files WHERE pile = $1 ORDER BY number`
	holdPile    = `UPDATE piles SET revision = revision WHERE account = $1 AND id = $2`
	savePile    = `UPDATE piles SET revision = revision + 1 WHERE account = $1 AND id = $2 AND revision = $3`
	setPileWork = `UPDATE pile_works SET title = $3, work = $4 WHERE pile = $1 AND number = $2`
	setPileFile = `UPDATE pile_files SET text = $3, chosen = $4, in_work = $5, place = $6, left_out = $7, made = $8 WHERE pile = $1 AND number = $2`
	dropPile    = `DELETE FROM piles WHERE account = $1 AND id = $2`
	pileHolding = `SELECT f.pile FROM pile_files f JOIN piles p ON p.id = f.pile WHERE f.manuscript = $2 AND p.account = $1 ORDER BY f.pile DESC LIMIT 1`
)

// Add keeps a pile with its works and files, and gives its id.
func (p Piles) Add(ctx context.Context, pile archive.Pile) (int64, error) {
	id, err := one(ctx, p.conn, scanInt, addPile, pile.Account, micros(p.now))
	if err != nil {
		return 0, err
	}
	for _, w := range pile.Works {
		if err := p.addWork(ctx, id, w); err != nil {
			return 0, err
		}
	}
	for _, f := range pile.Files {
		err := do(ctx, p.conn, addPileFile, id, f.Number, f.Name, f.Manuscript, f.Rule, f.Title, f.Chapters, f.Words, f.Story, f.Stories,
			f.Text, f.Chosen, f.Work, f.Place, f.LeftOut, f.Made)
		if err != nil {
			return 0, err
		}
	}
	return id, nil
}

// Find gives a pile to the account that brought it. Of a work that is gone
// nothing was made.
func (p Piles) Find(ctx context.Context, account, id int64) (archive.Pile, error) {
	pile, err := one(ctx, p.conn, func(row sqldb.Scanner) (pile archive.Pile, err error) {
		return pile, row.Scan(&pile.ID, &pile.Account, &pile.Revision, instant{&pile.CreatedAt})
	}, findPile, account, id)
	if err != nil {
		return pile, err
	}
	if pile.Works, err = all(ctx, p.conn, func(row sqldb.Scanner) (w archive.PileWork, err error) {
		return w, row.Scan(&w.Number, &w.Title, &w.Work)
	}, worksOfPile, id); err != nil {
		return pile, err
	}
	standing := map[int]bool{}
	for _, w := range pile.Works {
		standing[w.Number] = w.Work != 0
	}
	pile.Files, err = all(ctx, p.conn, scanPileFile, filesOfPile, id)
	for i := range pile.Files {
		f := &pile.Files[i]
		f.Made = f.Made && standing[f.Work]
	}
	return pile, err
}

// Hold is Find in a Write: from here to its end nobody else writes to the
// pile.
func (p Piles) Hold(ctx context.Context, account, id int64) (archive.Pile, error) {
	if err := do(ctx, p.conn, holdPile, account, id); err != nil {
		return archive.Pile{}, err
	}
	return p.Find(ctx, account, id)
}

// Pile is a pile in a list.
type Pile struct {
	archive.Pile
	Files int
}

// Of lists an account's piles, the latest first, at most so many.
func (p Piles) Of(ctx context.Context, account int64, most int) ([]Pile, error) {
	return all(ctx, p.conn, func(row sqldb.Scanner) (l Pile, err error) {
		return l, row.Scan(&l.ID, &l.Account, &l.Revision, instant{&l.CreatedAt}, &l.Files)
	}, pilesOf, account, most)
}

// Holding gives the pile of an account that a manuscript came with;
// archive.ErrNotFound when it came alone.
func (p Piles) Holding(ctx context.Context, account, manuscript int64) (int64, error) {
	return one(ctx, p.conn, scanInt, pileHolding, account, manuscript)
}

// Save keeps how a pile is arranged, over the one it was arranged from;
// archive.ErrConflict when it was changed since that was read.
func (p Piles) Save(ctx context.Context, was, is archive.Pile) error {
	n, err := exec(ctx, p.conn, savePile, was.Account, was.ID, was.Revision)
	if err == nil && n == 0 {
		err = archive.ErrConflict
	}
	if err != nil {
		return err
	}
	for i, w := range is.Works {
		switch {
		case i >= len(was.Works):
			err = p.addWork(ctx, is.ID, w)
		case w != was.Works[i]:
			err = p.SetWork(ctx, is.ID, w)
		}
		if err != nil {
			return err
		}
	}
	for i, f := range is.Files {
		if f == was.Files[i] {
			continue
		}
		if err := p.SetFile(ctx, is.ID, f); err != nil {
			return err
		}
	}
	return nil
}

// Drop takes a pile away. What it was made of stays, and so do the drafts.
func (p Piles) Drop(ctx context.Context, account, id int64) error {
	n, err := exec(ctx, p.conn, dropPile, account, id)
	if err == nil && n == 0 {
		err = archive.ErrNotFound
	}
	return err
}

func (p Piles) addWork(ctx context.Context, pile int64, w archive.PileWork) error {
	return do(ctx, p.conn, addPileWork, pile, w.Number, w.Title, orNull(w.Work))
}

// SetWork says how a work of a pile is called, and which it is.
func (p Piles) SetWork(ctx context.Context, pile int64, w archive.PileWork) error {
	return do(ctx, p.conn, setPileWork, pile, w.Number, w.Title, orNull(w.Work))
}

// SetFile says of which text a file is a version, and where that stands.
func (p Piles) SetFile(ctx context.Context, pile int64, f archive.PileFile) error {
	return do(ctx, p.conn, setPileFile, pile, f.Number, f.Text, f.Chosen, f.Work, f.Place, f.LeftOut, f.Made)
}

func scanPileFile(row sqldb.Scanner) (f archive.PileFile, err error) {
	return f, row.Scan(&f.Number, &f.Name, &f.Manuscript, &f.Rule, &f.Title, &f.Chapters, &f.Words, &f.Story, &f.Stories,
		&f.Text, &f.Chosen, &f.Work, &f.Place, &f.LeftOut, &f.Made)
}
