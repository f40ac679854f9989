package sqldb

import (
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
	ctx, path := t.Context(), filepath.Join(t.TempDir(), "long.db")
	db, err := Open(ctx, Options{SQLitePath: path, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	exec := func(statement string, args ...any) {
		t.Helper()
		err := db.Write(ctx, func(tx *Tx) error {
			_, err := tx.Exec(ctx, statement, args...)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	count := func(tx *Tx) (n int64) {
		if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM texts`).Scan(&n); err != nil {
			t.Error(err)
		}
		return n
	}
	exec(`CREATE TABLE texts (id INTEGER PRIMARY KEY, body BLOB NOT NULL)`)
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
	log := func() int64 {
		info, err := os.Stat(path + "-wal")
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
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
	err = db.Read(ctx, func(tx *Tx) error { return tx.QueryRow(ctx, `PRAGMA integrity_check`).Scan(&whole) })
	if err != nil || whole != "ok" {
		t.Errorf("the database is %q, %v", whole, err)
	}
}
