package sqldb_test

import (
	"context"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"ficus/internal/sqldb"
	"ficus/internal/testkit/engines"
)

// spoken is what a comment touches, with as many columns.
func spoken() fs.FS {
	return fstest.MapFS{"0001_spoken.sql": {Data: []byte(`
CREATE TABLE members (id {{pk}}, name TEXT NOT NULL UNIQUE, mail TEXT NOT NULL, joined BIGINT NOT NULL, seen BIGINT NOT NULL,
    new BOOLEAN NOT NULL, language TEXT NOT NULL, look TEXT, secret {{blob}} NOT NULL, count BIGINT NOT NULL);
CREATE TABLE said (id {{pk}}, member_id BIGINT NOT NULL REFERENCES members (id), text TEXT NOT NULL, at BIGINT NOT NULL, hidden BOOLEAN NOT NULL);
CREATE INDEX said_by_member ON said (member_id, at);
CREATE TABLE noted (id {{pk}}, kind TEXT NOT NULL, said_id BIGINT NOT NULL, at BIGINT NOT NULL);
`)}}
}

const (
	addMember = `INSERT INTO members (name, mail, joined, seen, new, language, look, secret, count) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	oneMember = `SELECT id, name, mail, joined, seen, new, language, look, secret, count FROM members WHERE id = $1`
	say       = `INSERT INTO said (member_id, text, at, hidden) VALUES ($1, $2, $3, $4) RETURNING id`
	saidLast  = `SELECT id, at FROM said WHERE member_id = $1 ORDER BY at DESC LIMIT $2`
	note      = `INSERT INTO noted (kind, said_id, at) VALUES ($1, $2, $3)`
	see       = `UPDATE members SET seen = $2, count = count + 1 WHERE id = $1`
)

const spokenMembers = 500

func spokenDB(b *testing.B) *sqldb.DB {
	db := engines.SQLite(b, spoken(), sqldb.Options{})
	err := db.Write(b.Context(), func(tx *sqldb.Tx) error {
		for i := range spokenMembers {
			name := strings.Repeat("member ", 1+i%3) + string(rune('a'+i%26)) + strings.Repeat("x", i/26)
			if _, err := tx.Exec(b.Context(), addMember, name, name+"@example.org", i, i, i%2 == 0, "en", nil, []byte("0123456789abcdef"), 0); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return db
}

func readMember(ctx context.Context, tx *sqldb.Tx, id int64) error {
	var m struct {
		id, joined, seen, count int64
		name, mail, language    string
		look                    *string
		new                     bool
		secret                  []byte
	}
	return tx.QueryRow(ctx, oneMember, id).Scan(&m.id, &m.name, &m.mail, &m.joined, &m.seen, &m.new, &m.language, &m.look, &m.secret, &m.count)
}

// One indexed row of ten columns, in a transaction of its own under a context that may end.
func BenchmarkReadOfARow(b *testing.B) {
	db := spokenDB(b)
	ctx := b.Context()
	b.ReportAllocs()
	for i := int64(0); b.Loop(); i++ {
		if err := db.Read(ctx, func(tx *sqldb.Tx) error { return readMember(ctx, tx, 1+i%spokenMembers) }); err != nil {
			b.Fatal(err)
		}
	}
}

// Nineteen statements in a transaction, as many as a comment has with what follows from it.
func BenchmarkWriteAsOfAComment(b *testing.B) {
	db := spokenDB(b)
	ctx := b.Context()
	text := strings.Repeat("I loved this chapter. ", 9)
	b.ReportAllocs()
	for i := int64(0); b.Loop(); i++ {
		err := db.Write(ctx, func(tx *sqldb.Tx) error { return sayOnce(ctx, tx, 1+i%spokenMembers, i, text) })
		if err != nil {
			b.Fatal(err)
		}
	}
}

func sayOnce(ctx context.Context, tx *sqldb.Tx, member, at int64, text string) error {
	pair := func(s sqldb.Scanner) (p [2]int64, err error) { return p, s.Scan(&p[0], &p[1]) }
	for who := range int64(6) {
		if err := readMember(ctx, tx, 1+(member+who)%spokenMembers); err != nil {
			return err
		}
	}
	for who := range int64(4) {
		if _, err := sqldb.All(ctx, tx, pair, saidLast, 1+(member+who)%spokenMembers, 5); err != nil {
			return err
		}
	}
	var id int64
	if err := tx.QueryRow(ctx, say, member, text, at, false).Scan(&id); err != nil {
		return err
	}
	for range 5 {
		if _, err := tx.Exec(ctx, note, "commented", id, at); err != nil {
			return err
		}
	}
	for who := range int64(3) {
		if _, err := tx.Exec(ctx, see, 1+(member+who)%spokenMembers, at); err != nil {
			return err
		}
	}
	return nil
}
