package sqldb

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A reader of hours keeps the log of SQLite from being copied into the file;
// when it has ended the log is copied beside the writers and begins anew.
func TestTheLogBeginsAnewAfterALongRead(t *testing.T) {
	ctx := t.Context()
	db, exec, log := logged(t)
	count := func(tx *Tx) (n int64) {
		if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM texts`).Scan(&n); err != nil {
			t.Error(err)
		}
		return n
	}
	const add = `INSERT INTO texts (body) VALUES ($1)`
	body := make([]byte, 200_000)
	exec(add, body)
	reading, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		err := db.Read(context.Background(), func(tx *Tx) error {
			first := count(tx)
			<-reading
			if again := count(tx); again != first {
				t.Errorf("a long read saw %d rows, then %d", first, again)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}()
	for range 200 { // 40 MB
		exec(add, body)
	}
	close(reading)
	<-ended
	before := log()
	if before < 40<<20 {
		t.Fatalf("the log is %d bytes long: it was copied under a reader", before)
	}
	for range 1500 { // 30 MB more, in a few looks of whoever folds
		exec(add, body[:20_000])
		time.Sleep(2 * time.Millisecond)
	}
	if after := log(); after > before+(16<<20) {
		t.Errorf("the log went on growing, from %d to %d bytes", before, after)
	}
	var whole string
	err := db.Read(ctx, func(tx *Tx) error { return tx.QueryRow(ctx, `PRAGMA integrity_check`).Scan(&whole) })
	if err != nil || whole != "ok" {
		t.Errorf("the database is %q, %v", whole, err)
	}
}

// What a long read made of the log is cut away a little at a time: a writer waits for each cut.
func TestALongLogIsCutALittleAtATime(t *testing.T) {
	ctx := t.Context()
	db, exec, log := logged(t)
	const put = `INSERT INTO texts (id, body) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET body = EXCLUDED.body`
	for round := range 2 { // what was cut once grows again, and is cut again
		err := db.Read(ctx, func(tx *Tx) error {
			var n int64
			if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM texts`).Scan(&n); err != nil {
				return err
			}
			for i := range 90 {
				exec(put, i%20, bytes.Repeat([]byte{byte(round + i)}, 1<<20)) // SQLite writes nothing that is there already
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		before := log()
		if before < logKept+logCut {
			t.Fatalf("round %d: the log is %d bytes long: it was cut or copied under a reader", round, before)
		}
		for until := time.Now().Add(time.Minute); before > logKept && time.Now().Before(until); time.Sleep(5 * time.Millisecond) {
			exec(put, 1, []byte(time.Now().String()))
			after := log()
			if before-after > logCut+1<<20 { // it grew a little since it was looked at
				t.Errorf("round %d: the log was cut from %d to %d bytes at once", round, before, after)
			}
			before = after
		}
		if before > logKept {
			t.Errorf("round %d: the log is still %d bytes long", round, before)
		}
	}
}

// logged opens a new SQLite database with a table of texts, and gives what writes to it and what
// tells how long its log is.
func logged(t *testing.T) (db *DB, exec func(statement string, args ...any), log func() int64) {
	t.Helper()
	ctx, path := t.Context(), filepath.Join(t.TempDir(), "log.db")
	db, err := Open(ctx, Options{SQLitePath: path, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	exec = func(statement string, args ...any) {
		t.Helper()
		err := db.Write(ctx, func(tx *Tx) error {
			_, err := tx.Exec(ctx, statement, args...)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	log = func() int64 {
		t.Helper()
		info, err := os.Stat(path + "-wal")
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	exec(`CREATE TABLE texts (id INTEGER PRIMARY KEY, body BLOB NOT NULL)`)
	return db, exec, log
}
