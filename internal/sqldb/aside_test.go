package sqldb_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"ficus/internal/sqldb"
	"ficus/internal/testkit/engines"
)

type goesBehind struct{}

// Two statements, a row of each, and the end of the transaction: there whoever
// goes behind others lets them go first.
func TestOnlyWhatGoesBehindLetsOthersGoFirst(t *testing.T) {
	stepped := 0
	aside := func(ctx context.Context) func() {
		if ctx.Value(goesBehind{}) == nil {
			return nil
		}
		return func() { stepped++ }
	}
	engines.EachWith(t, schema(), sqldb.Options{Aside: aside}, func(t *testing.T, db *sqldb.DB) {
		for ctx, want := range map[context.Context]int{t.Context(): 0, context.WithValue(t.Context(), goesBehind{}, true): 5} {
			for kind, run := range map[string]func(context.Context, func(*sqldb.Tx) error) error{"reading": db.Read, "writing": db.Write} {
				stepped = 0
				if err := run(ctx, countTwice(ctx)); err != nil {
					t.Fatal(err)
				}
				if stepped != want {
					t.Errorf("%s stepped aside %d times, not %d", kind, stepped, want)
				}
			}
		}
	})
}

// countTwice asks for two rows.
func countTwice(ctx context.Context) func(*sqldb.Tx) error {
	return func(tx *sqldb.Tx) error {
		for range 2 {
			var n int
			if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM shelves`).Scan(&n); err != nil {
				return err
			}
		}
		return nil
	}
}

// behindOthers is a database in which who goes behind others tells so.
func behindOthers(t *testing.T, step func()) (*sqldb.DB, context.Context) {
	db := engines.SQLite(t, schema(), sqldb.Options{Aside: func(ctx context.Context) func() {
		if ctx.Value(goesBehind{}) == nil {
			return nil
		}
		return step
	}})
	return db, context.WithValue(t.Context(), goesBehind{}, true)
}

// Who goes first is let in before those who go behind, and what they wrote is
// committed before any more of those run.
func TestWhoGoesFirstWaitsForOneOfThoseBehind(t *testing.T) {
	db, behind := behindOthers(t, func() {})
	var order, committed []string
	var waiting sync.WaitGroup
	write := func(ctx context.Context, name string) {
		waiting.Go(func() {
			err := db.Write(ctx, func(tx *sqldb.Tx) error {
				order = append(order, name)
				tx.OnCommit(func() { committed = append(committed, strings.Join(order, "")+">"+name) })
				return adding(t, name)(tx)
			})
			if err != nil {
				t.Error(err)
			}
		})
		time.Sleep(2 * time.Millisecond) // so that they queue in order
	}
	if err := db.Write(behind, func(*sqldb.Tx) error {
		write(behind, "c")
		write(behind, "d")
		write(t.Context(), "a")
		write(behind, "e")
		write(t.Context(), "b")
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	waiting.Wait()
	if got := strings.Join(order, ""); got != "abcde" {
		t.Errorf("they ran in the order %s", got)
	}
	if got := strings.Join(committed, " "); got != "ab>a ab>b abcde>c abcde>d abcde>e" {
		t.Errorf("they were committed as %s", got)
	}
}

// A batch begins with whoever waits longest, so that those who go behind are
// not kept out by a stream of those who go first: here the next of them always
// waits.
func TestWhoGoesBehindIsNotKeptOutByAStream(t *testing.T) {
	db, behind := behindOthers(t, func() {})
	const long = 200
	var all sync.WaitGroup
	ahead, let := 0, 0 // those who went first, in all and before the one behind
	queue := func(ctx context.Context, fn func(*sqldb.Tx) error) {
		all.Go(func() {
			if err := db.Write(ctx, fn); err != nil {
				t.Error(err)
			}
		})
		time.Sleep(time.Millisecond) // so that they queue in order
	}
	var stream func(*sqldb.Tx) error
	stream = func(*sqldb.Tx) error {
		if ahead++; ahead == 1 {
			queue(behind, func(*sqldb.Tx) error { let = ahead; return nil })
		}
		if ahead < long {
			queue(t.Context(), stream)
		}
		return nil
	}
	queue(t.Context(), stream)
	all.Wait()
	if let < 2 || let > 64 {
		t.Errorf("%d of %d went before it; a batch of 64 may", let, ahead)
	}
}

func TestWhoHoldsTheTurnToWriteStepsAsideForNobodyWhoWaitsForIt(t *testing.T) {
	stepped := 0
	db, behind := behindOthers(t, func() { stepped++ })
	waiter := make(chan error, 1)
	err := db.Write(behind, func(tx *sqldb.Tx) error {
		if err := countTwice(t.Context())(tx); err != nil {
			return err
		}
		alone := stepped
		go func() { waiter <- db.Write(t.Context(), func(*sqldb.Tx) error { return nil }) }()
		time.Sleep(2 * time.Millisecond)
		if err := countTwice(t.Context())(tx); err != nil {
			return err
		}
		if alone == 0 || stepped != alone {
			t.Errorf("it stepped aside %d times alone, and %d times more while another waited", alone, stepped-alone)
		}
		return nil
	})
	if err := errors.Join(err, <-waiter); err != nil {
		t.Fatal(err)
	}
}
