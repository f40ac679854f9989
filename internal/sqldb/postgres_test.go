package sqldb_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ficus/internal/sqldb"
	"ficus/internal/testkit/engines"
)

// A statement that is broken off takes its connection with it, which the pool only sees when it gives
// it to the next. Whoever waits for one while many are broken off is given one such after the other.
func TestConnectionsThatOthersBrokeAreNotNoticed(t *testing.T) {
	db := engines.Postgres(t, schema(), sqldb.Options{ReadConns: 2})
	var over atomic.Bool
	var breakers, innocents sync.WaitGroup
	for range 16 {
		breakers.Go(func() {
			for !over.Load() {
				db.Read(t.Context(), func(tx *sqldb.Tx) error {
					ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
					defer cancel()
					return tx.QueryRow(ctx, `SELECT pg_sleep(10)::text`).Scan(new(string))
				})
			}
		})
	}
	for range 4 {
		innocents.Go(func() {
			for range 20 {
				err := db.Read(t.Context(), func(tx *sqldb.Tx) error {
					return tx.QueryRow(t.Context(), countRows).Scan(new(int))
				})
				if err != nil {
					t.Errorf("an innocent transaction answered %v", err)
				}
			}
		})
	}
	innocents.Wait()
	over.Store(true)
	breakers.Wait()
}
