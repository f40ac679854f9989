package sqldb_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"strconv"
	"sync"
	"testing"
	"time"

	"ficus/internal/sqldb"
	"ficus/internal/testkit/engines"
)

// TestCancelledContextsHarmNobodyElse runs statements that are broken off at any moment among
// statements that are not. A driver once poisoned its connections this way.
func TestCancelledContextsHarmNobodyElse(t *testing.T) {
	const slow = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000) SELECT COUNT(*) FROM n`
	engines.Each(t, schema(), func(t *testing.T, db *sqldb.DB) {
		var tally struct {
			sync.Mutex
			cancelled, good int
		}
		breakOff := func(r *rand.Rand) error {
			ctx, cancel := context.WithTimeout(t.Context(), time.Duration(r.IntN(3000))*time.Microsecond)
			defer cancel()
			work := func(tx *sqldb.Tx) error {
				if err := tx.QueryRow(ctx, slow).Scan(new(int)); err != nil {
					return err
				}
				return tx.QueryRow(ctx, countRows).Scan(new(int))
			}
			if r.IntN(2) == 0 {
				return db.Write(ctx, work)
			}
			return db.Read(ctx, work)
		}
		behave := func(r *rand.Rand) error {
			if r.IntN(2) == 0 {
				return db.Read(t.Context(), func(tx *sqldb.Tx) error {
					return tx.QueryRow(t.Context(), countRows).Scan(new(int))
				})
			}
			return db.Write(t.Context(), func(tx *sqldb.Tx) error {
				_, err := tx.Exec(t.Context(), `INSERT INTO shelves (name) VALUES ($1)`, strconv.FormatInt(r.Int64(), 36))
				return err
			})
		}
		var all sync.WaitGroup
		for worker := range 8 {
			all.Go(func() {
				r := rand.New(rand.NewPCG(uint64(worker), 2026))
				for range 60 {
					if worker%2 == 0 {
						if err := breakOff(r); errors.Is(err, context.DeadlineExceeded) {
							tally.Lock()
							tally.cancelled++
							tally.Unlock()
						} else if err != nil {
							t.Errorf("a cancelled transaction answered %v", err)
						}
						continue
					}
					if err := behave(r); err != nil {
						t.Errorf("an innocent transaction answered %v", err)
						continue
					}
					tally.Lock()
					tally.good++
					tally.Unlock()
				}
			})
		}
		all.Wait()
		if tally.cancelled == 0 || tally.good != 240 {
			t.Errorf("%d were cancelled and %d of 240 innocent ones went well", tally.cancelled, tally.good)
		}
	})
}
