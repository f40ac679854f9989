package store

import (
	"context"
	"errors"
	"fmt"

	"ficus/internal/archive"
	"ficus/internal/prose/words"
	"ficus/internal/sqldb"
)

// Called is what works, tags and creators are called, in words, kept with each
// name that is written: what is called something since a commit is found by it
// from then on, and by nothing else (decision 0297).
type Called struct{ conn }

// calledKind is what is called something. Its row has the number of what it is
// of, four times, and this.
type calledKind int64

const (
	calledWork calledKind = iota
	calledTag
	calledPseud
	calledStep = 4
)

func (k calledKind) row(id int64) int64 { return id*calledStep + int64(k) }

const (
	addCalledSQLite     = `INSERT OR REPLACE INTO called_words (rowid, words) VALUES ($1, $2)`
	addCalledPostgres   = `INSERT INTO called_words (called, words) VALUES ($1, CAST($2 AS tsvector)) ON CONFLICT (called) DO UPDATE SET words = excluded.words`
	fillCalledPostgres  = `INSERT INTO called_words (called, words) VALUES ($1, CAST($2 AS tsvector)) ON CONFLICT (called) DO NOTHING`
	dropCalledSQLite    = `DELETE FROM called_words WHERE rowid = $1`
	dropCalledPostgres  = `DELETE FROM called_words WHERE called = $1`
	foundCalledSQLite   = `SELECT rowid FROM called_words WHERE called_words MATCH $1`
	foundCalledPostgres = `SELECT called FROM called_words WHERE words @@ CAST($1 AS tsquery)`

	findCalledRead = `SELECT works, tags, pseuds FROM called_read`
	setCalledRead  = `INSERT INTO called_read (one, works, tags, pseuds) VALUES (1, $1, $2, $3)
		ON CONFLICT (one) DO UPDATE SET works = excluded.works, tags = excluded.tags, pseuds = excluded.pseuds`
	nextCalledWorks  = `SELECT id, title FROM works WHERE id > $1 ORDER BY id LIMIT $2`
	nextCalledTags   = `SELECT id, name FROM tags WHERE id > $1 ORDER BY id LIMIT $2`
	nextCalledPseuds = `SELECT id, name FROM pseuds WHERE id > $1 ORDER BY id LIMIT $2`
	pseudsToEnd      = `SELECT id FROM pseuds WHERE account = $1`

	// Works that creators sign by pen names with these words, where that is no
	// secret to the viewer. Whether the works are to be found is asked by others.
	signedCalledSQLite = `SELECT wc.work FROM work_creators wc JOIN works w ON w.id = wc.work WHERE ` + isNamed + `
		AND wc.pseud IN (SELECT rowid / 4 FROM called_words WHERE called_words MATCH $4 AND rowid % 4 = 2)`
	signedCalledPostgres = `SELECT wc.work FROM work_creators wc JOIN works w ON w.id = wc.work WHERE ` + isNamed + `
		AND wc.pseud IN (SELECT called / 4 FROM called_words WHERE words @@ CAST($4 AS tsquery) AND called % 4 = 2)`
)

// Where something is called so, by the database's own words; to be asked of one
// kind.
const (
	calledSQLite   = `(SELECT rowid / 4 FROM called_words WHERE called_words MATCH ? AND rowid % 4 = `
	calledPostgres = `(SELECT called / 4 FROM called_words WHERE words @@ CAST(? AS tsquery) AND called % 4 = `
)

// put keeps what something is called from now on.
func (c Called) put(ctx context.Context, kind calledKind, id int64, name string) error {
	statement := addCalledSQLite
	if c.isPostgres() {
		statement = addCalledPostgres
	}
	return c.add(ctx, statement, kind.row(id), name)
}

// fill keeps what something is called, unless that was kept meanwhile.
func (c Called) fill(ctx context.Context, kind calledKind, id int64, name string) error {
	statement := addCalledSQLite // nobody else writes there
	if c.isPostgres() {
		statement = fillCalledPostgres
	}
	return c.add(ctx, statement, kind.row(id), name)
}

func (c Called) add(ctx context.Context, statement string, row int64, name string) error {
	cut := words.OfName(name)
	text := spaced(cut)
	if c.isPostgres() {
		text = placed(cut)
	}
	if err := do(ctx, c.conn, statement, row, text); err != nil {
		return fmt.Errorf("keep the words of a name: %w", err)
	}
	return nil
}

// drop forgets what something was called.
func (c Called) drop(ctx context.Context, kind calledKind, ids ...int64) error {
	statement := dropCalledSQLite
	if c.isPostgres() {
		statement = dropCalledPostgres
	}
	for _, id := range ids {
		if err := do(ctx, c.conn, statement, kind.row(id)); err != nil {
			return err
		}
	}
	return nil
}

func (c Called) isPostgres() bool { return c.tx.Engine() == sqldb.Postgres }

// CalledRead is how far names have been read that were there before their words
// were kept; AllWorks: every one.
type CalledRead struct{ Works, Tags, Pseuds int64 }

// IsWhole reports whether all names are found.
func (r CalledRead) IsWhole() bool {
	return r.Works == AllWorks && r.Tags == AllWorks && r.Pseuds == AllWorks
}

// Read tells how far names have been read.
func (c Called) Read(ctx context.Context) (r CalledRead, err error) {
	r, err = one(ctx, c.conn, func(row sqldb.Scanner) (r CalledRead, err error) {
		return r, row.Scan(&r.Works, &r.Tags, &r.Pseuds)
	}, findCalledRead)
	if errors.Is(err, archive.ErrNotFound) { // nobody has begun
		err = nil
	}
	return r, err
}

// Fill reads some names on from where reading ended, and tells how far it is
// now.
func (c Called) Fill(ctx context.Context, most int) (r CalledRead, err error) {
	if r, err = c.Read(ctx); err != nil || r.IsWhole() {
		return r, err
	}
	for _, kind := range []struct {
		is   calledKind
		next string
		upTo *int64
	}{{calledTag, nextCalledTags, &r.Tags}, {calledPseud, nextCalledPseuds, &r.Pseuds}, {calledWork, nextCalledWorks, &r.Works}} {
		if *kind.upTo == AllWorks {
			continue
		}
		if *kind.upTo, err = c.fillNext(ctx, kind.is, kind.next, *kind.upTo, most); err != nil {
			return r, err
		}
		break
	}
	return r, do(ctx, c.conn, setCalledRead, r.Works, r.Tags, r.Pseuds)
}

// fillNext reads the next names of a kind.
func (c Called) fillNext(ctx context.Context, kind calledKind, next string, after int64, most int) (upTo int64, err error) {
	type named struct {
		id   int64
		name string
	}
	some, err := all(ctx, c.conn, func(row sqldb.Scanner) (n named, err error) { return n, row.Scan(&n.id, &n.name) }, next, after, most)
	if err != nil {
		return after, err
	}
	for _, n := range some {
		if err := c.fill(ctx, kind, n.id, n.name); err != nil {
			return after, err
		}
	}
	if len(some) < most {
		return AllWorks, nil
	}
	return some[most-1].id, nil
}

// Found gives the works whose titles, and the tags whose names, have a match.
func (c Called) Found(ctx context.Context, match string) (works, tags []int64, err error) {
	statement := foundCalledSQLite
	if c.isPostgres() {
		statement = foundCalledPostgres
	}
	rows, err := all(ctx, c.conn, scanInt, statement, match)
	for _, row := range rows {
		switch calledKind(row % calledStep) {
		case calledWork:
			works = append(works, row/calledStep)
		case calledTag:
			tags = append(tags, row/calledStep)
		}
	}
	return works, tags, err
}

// Signed gives the works of creators whose names have a match, as the viewer
// may know.
func (c Called) Signed(ctx context.Context, v archive.Viewer, match string) ([]int64, error) {
	statement := signedCalledSQLite
	if c.isPostgres() {
		statement = signedCalledPostgres
	}
	return all(ctx, c.conn, scanInt, statement, v.Account, v.Staff, micros(c.now), match)
}

// inNames is where something is called so, by the database's own words.
func (c Called) inNames() string {
	if c.isPostgres() {
		return calledPostgres
	}
	return calledSQLite
}

// match is how the database is asked for what is called so; empty: nothing is.
func (c Called) match(typed string) string {
	phrase := words.SoughtInNames(typed)
	if len(phrase.Words) == 0 {
		return ""
	}
	return Passages(c).match(phrase)
}
