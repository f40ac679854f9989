package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/generate"
	"ficus/internal/sqldb"
)

// The parts of what a database answers (CROSS JOIN is how SQLite is told which table comes first), in one statement: how many, which, and
// the values of each kind.
const (
	partTotal = -2
	partPage  = -1
	ending    = `
		SELECT -2 AS part, 0 AS id, COUNT(*) AS n FROM found
		UNION ALL SELECT -1, id, kudos FROM (SELECT id, kudos FROM found ORDER BY kudos DESC, id DESC LIMIT 20) p
		UNION ALL SELECT kind, tag, n FROM (SELECT t.kind, c.tag, c.n, ROW_NUMBER() OVER (PARTITION BY t.kind ORDER BY c.n DESC, c.tag) AS place
			FROM counted c CROSS JOIN tags t WHERE t.id = c.tag) v WHERE place <= 10`
	askPostgres = `WITH found AS MATERIALIZED (SELECT id, kudos, tags FROM works
			WHERE tags @> ARRAY[CAST($1 AS INTEGER), CAST($2 AS INTEGER)] AND NOT tags @> ARRAY[CAST($3 AS INTEGER)] AND words BETWEEN $4 AND $5 AND NOT restricted),
		counted AS (SELECT tag, COUNT(*) AS n FROM found CROSS JOIN LATERAL unnest(tags) AS tag GROUP BY tag)` + ending
	askSQLite = `WITH found AS MATERIALIZED (SELECT w.id, w.kudos FROM work_tags a CROSS JOIN works w
			WHERE w.id = a.work AND a.tag = $1 AND EXISTS (SELECT 1 FROM work_tags b WHERE b.tag = $2 AND b.work = w.id)
			AND NOT EXISTS (SELECT 1 FROM work_tags c WHERE c.tag = $3 AND c.work = w.id) AND w.words BETWEEN $4 AND $5 AND NOT w.restricted),
		counted AS (SELECT b.tag, COUNT(*) AS n FROM found f CROSS JOIN borne b WHERE b.work = f.id GROUP BY b.tag)` + ending
)

// database is a side that speaks SQL.
type database struct {
	*sqldb.DB
	statement string
	rarest    map[int64]int // of SQLite: how many works bear a tag, so that the rarer one is looked through
}

func (d *database) find(ctx context.Context, q asked) (a answer, err error) {
	first, second := q.include[0], q.include[1]
	if d.rarest[first] > d.rarest[second] {
		first, second = second, first
	}
	err = d.Read(ctx, func(tx *sqldb.Tx) error {
		rows, err := tx.Query(ctx, d.statement, first, second, q.exclude, q.least, q.most)
		if err != nil {
			return err
		}
		defer rows.Close()
		page := map[int64]int{}
		for rows.Next() {
			var part, id int64
			var n int
			if err := rows.Scan(&part, &id, &n); err != nil {
				return err
			}
			switch part {
			case partTotal:
				a.Total = n
			case partPage:
				page[id] = n
				a.Works = append(a.Works, id)
			default:
				a.Facets[part] = append(a.Facets[part], counted{id, n})
			}
		}
		slices.SortFunc(a.Works, func(x, y int64) int { // a union has no order
			if page[x] != page[y] {
				return page[y] - page[x]
			}
			return int(y - x)
		})
		for kind := range a.Facets {
			slices.SortFunc(a.Facets[kind], func(x, y counted) int {
				if x.Works != y.Works {
					return y.Works - x.Works
				}
				return int(x.Tag - y.Tag)
			})
		}
		return rows.Err()
	})
	return a, err
}

func (d *database) close() error { return d.Close() }

// rows puts many rows in with one statement.
type rows struct {
	tx        *sqldb.Tx
	statement string
	each      string // a row's places, with a # for each
	args      []any
	count     int
}

func (r *rows) add(ctx context.Context, values ...any) error {
	if len(r.args)+len(values) > 2000 {
		if err := r.end(ctx); err != nil {
			return err
		}
	}
	r.args = append(r.args, values...)
	r.count++
	return nil
}

func (r *rows) end(ctx context.Context) error {
	if r.count == 0 {
		return nil
	}
	var s strings.Builder
	s.WriteString(r.statement)
	place := 0
	for i := range r.count {
		if i > 0 {
			s.WriteByte(',')
		}
		for _, c := range r.each {
			if c != '#' {
				s.WriteRune(c)
				continue
			}
			place++
			s.WriteString("$" + strconv.Itoa(place))
		}
	}
	_, err := r.tx.Exec(ctx, s.String(), r.args...)
	r.args, r.count = r.args[:0], 0
	return err
}

func openPostgres(ctx context.Context, a *generate.Archive, address string) (*database, error) {
	db, err := sqldb.Open(ctx, sqldb.Options{PostgresURL: address, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	d := &database{DB: db, statement: askPostgres}
	const table = `CREATE TABLE works (id INTEGER PRIMARY KEY, words INTEGER NOT NULL, kudos INTEGER NOT NULL, restricted BOOLEAN NOT NULL, tags INTEGER[] NOT NULL)`
	return d, d.fill(ctx, a, table, d.fillPostgres, `CREATE INDEX works_by_tags ON works USING GIN (tags) WITH (fastupdate = off)`, `CREATE INDEX works_by_kudos ON works (kudos DESC, id DESC)`, `ANALYZE`)
}

func openSQLite(ctx context.Context, a *generate.Archive, folder string) (*database, error) {
	db, err := sqldb.Open(ctx, sqldb.Options{SQLitePath: filepath.Join(folder, "browse.db"), Unchecked: true, CacheKiB: 2_000_000, ReadConns: 1, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	d := &database{DB: db, statement: askSQLite, rarest: map[int64]int{}}
	const table = `CREATE TABLE works (id INTEGER PRIMARY KEY, words INTEGER NOT NULL, kudos INTEGER NOT NULL, restricted BOOLEAN NOT NULL)`
	err = d.fill(ctx, a, table, d.fillSQLite, `CREATE TABLE work_tags (tag INTEGER NOT NULL, work INTEGER NOT NULL, PRIMARY KEY (tag, work)) WITHOUT ROWID`,
		`INSERT INTO work_tags SELECT tag, work FROM borne ORDER BY tag, work`, `CREATE INDEX works_by_kudos ON works (kudos DESC, id DESC)`, `ANALYZE`)
	if err != nil {
		return d, err
	}
	return d, d.Read(ctx, func(tx *sqldb.Tx) error {
		type row struct {
			tag int64
			n   int
		}
		all, err := sqldb.All(ctx, tx, func(r sqldb.Scanner) (x row, err error) { return x, r.Scan(&x.tag, &x.n) }, `SELECT tag, COUNT(*) FROM work_tags GROUP BY tag`)
		for _, x := range all {
			d.rarest[x.tag] = x.n
		}
		return err
	})
}

// fill makes the tables of a side, unless they are there.
func (d *database) fill(ctx context.Context, a *generate.Archive, table string, works func(context.Context, *sqldb.Tx, *generate.Archive) error, after ...string) error {
	err := d.Read(ctx, func(tx *sqldb.Tx) error {
		var n int
		return tx.QueryRow(ctx, `SELECT COUNT(*) FROM works`).Scan(&n)
	})
	if err == nil {
		return nil // they are there; without, the question is an error, and so is whatever else is wrong below
	}
	return d.Write(ctx, func(tx *sqldb.Tx) error {
		for _, statement := range []string{table, `CREATE TABLE tags (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL)`} {
			if _, err := tx.Exec(ctx, statement); err != nil {
				return err
			}
		}
		tags := &rows{tx: tx, statement: `INSERT INTO tags VALUES `, each: "(#,#)"}
		for t := range a.Tags() {
			if err := tags.add(ctx, t.ID, slices.Index(archive.TagKinds(), t.Kind)); err != nil {
				return err
			}
		}
		if err := errors.Join(tags.end(ctx), works(ctx, tx, a)); err != nil {
			return err
		}
		for _, statement := range after {
			if _, err := tx.Exec(ctx, statement); err != nil {
				return fmt.Errorf("%s: %w", statement, err)
			}
		}
		return nil
	})
}

func (d *database) fillPostgres(ctx context.Context, tx *sqldb.Tx, a *generate.Archive) error {
	works := &rows{tx: tx, statement: `INSERT INTO works VALUES `, each: "(#,#,#,#,CAST(CAST(# AS TEXT) AS INTEGER[]))"}
	for w := range a.All() {
		var tags strings.Builder
		tags.WriteByte('{')
		for i, t := range w.Tags {
			if i > 0 {
				tags.WriteByte(',')
			}
			tags.WriteString(strconv.FormatUint(uint64(t.ID), 10))
		}
		tags.WriteByte('}')
		if err := works.add(ctx, w.ID, w.Words, w.Kudos, w.Restricted, tags.String()); err != nil {
			return err
		}
	}
	return works.end(ctx)
}

func (d *database) fillSQLite(ctx context.Context, tx *sqldb.Tx, a *generate.Archive) error {
	if _, err := tx.Exec(ctx, `CREATE TABLE borne (work INTEGER NOT NULL, tag INTEGER NOT NULL, PRIMARY KEY (work, tag)) WITHOUT ROWID`); err != nil {
		return err
	}
	works := &rows{tx: tx, statement: `INSERT INTO works VALUES `, each: "(#,#,#,#)"}
	borne := &rows{tx: tx, statement: `INSERT INTO borne VALUES `, each: "(#,#)"}
	for w := range a.All() {
		if err := works.add(ctx, w.ID, w.Words, w.Kudos, w.Restricted); err != nil {
			return err
		}
		for _, t := range w.Tags {
			if err := borne.add(ctx, w.ID, int64(t.ID)); err != nil {
				return err
			}
		}
	}
	return errors.Join(works.end(ctx), borne.end(ctx))
}
