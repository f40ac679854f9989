package sqldb_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ficus/internal/sqldb"
	"ficus/internal/testkit/engines"
)

// queueUp holds SQLite's writer with one closure until the others have queued behind it.
func queueUp(t *testing.T, db *sqldb.DB, first func(*sqldb.Tx) error, others ...func(*sqldb.Tx) error) []error {
	t.Helper()
	answers := make([]error, 1+len(others))
	holding, release := make(chan struct{}), make(chan struct{})
	var once sync.Once
	var all sync.WaitGroup
	all.Go(func() {
		answers[0] = db.Write(t.Context(), func(tx *sqldb.Tx) error {
			once.Do(func() { close(holding); <-release })
			return first(tx)
		})
	})
	<-holding
	for i, fn := range others {
		all.Go(func() { answers[i+1] = db.Write(t.Context(), fn) })
		time.Sleep(2 * time.Millisecond) // so that they queue in order
	}
	close(release)
	all.Wait()
	return answers
}

func adding(t *testing.T, name string) func(*sqldb.Tx) error {
	return func(tx *sqldb.Tx) error {
		_, err := tx.Exec(t.Context(), `INSERT INTO shelves (name) VALUES ($1)`, name)
		return err
	}
}

func TestWaitingWritesShareOneCommit(t *testing.T) {
	db := engines.SQLite(t, schema(), sqldb.Options{})
	var mine, committed int
	answers := queueUp(t, db, adding(t, "a"), adding(t, "b"), func(tx *sqldb.Tx) error {
		if err := tx.QueryRow(t.Context(), countRows).Scan(&mine); err != nil {
			return err
		}
		return db.Read(t.Context(), func(tx *sqldb.Tx) error {
			return tx.QueryRow(t.Context(), countRows).Scan(&committed)
		})
	})
	if err := errors.Join(answers...); err != nil {
		t.Fatal(err)
	}
	if mine != 2 || committed != 0 {
		t.Errorf("the third closure saw %d rows, of which %d were committed; want 2 and 0", mine, committed)
	}
	wantNames(t, db, "a", "b")
}

func TestFailedWriteTakesNoOtherDown(t *testing.T) {
	db := engines.SQLite(t, schema(), sqldb.Options{})
	sorry := errors.New("sorry")
	failing := func(tx *sqldb.Tx) error { return errors.Join(adding(t, "lost")(tx), sorry) }
	answers := queueUp(t, db, failing, adding(t, "a"), failing, adding(t, "a"), adding(t, "b"))
	for i, want := range []error{sorry, nil, sorry, sqldb.ErrUnique, nil} {
		if !errors.Is(answers[i], want) {
			t.Errorf("closure %d answered %v, want %v", i, answers[i], want)
		}
	}
	wantNames(t, db, "a", "b")
}

func TestFullDiskFailsOnlyTheWriteThatFilledIt(t *testing.T) {
	db := engines.SQLite(t, schema(), sqldb.Options{MaxPages: 40})
	huge := func(tx *sqldb.Tx) error { return adding(t, strings.Repeat("huge ", 100_000))(tx) }
	answers := queueUp(t, db, adding(t, "a"), huge, adding(t, "b"))
	for i, want := range []error{nil, sqldb.ErrFull, nil} {
		if !errors.Is(answers[i], want) {
			t.Errorf("closure %d answered %.200v, want %v", i, answers[i], want)
		}
	}
	wantNames(t, db, "a", "b")
}

func TestPanicInTheMiddleOfABatchIsItsOwn(t *testing.T) {
	db := engines.SQLite(t, schema(), sqldb.Options{})
	panicking := func(tx *sqldb.Tx) (err error) {
		// The panic must pass through Write, so it is caught outside: see below.
		panic("the shelf broke")
	}
	var recovered any
	holding, release := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		db.Write(t.Context(), func(tx *sqldb.Tx) error { close(holding); <-release; return adding(t, "a")(tx) })
	})
	<-holding
	all.Go(func() {
		defer func() { recovered = recover() }()
		db.Write(t.Context(), panicking)
	})
	time.Sleep(2 * time.Millisecond)
	all.Go(func() { db.Write(t.Context(), adding(t, "b")) })
	time.Sleep(2 * time.Millisecond)
	close(release)
	all.Wait()
	if recovered == nil {
		t.Error("the panic did not reach the caller of its Write")
	}
	wantNames(t, db, "a", "b")
}

func TestCancelledWriteLeavesTheQueue(t *testing.T) {
	db := engines.SQLite(t, schema(), sqldb.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	var left error
	err := db.Write(t.Context(), func(tx *sqldb.Tx) error {
		done := make(chan struct{})
		go func() {
			defer close(done)
			left = db.Write(ctx, func(*sqldb.Tx) error { t.Error("it ran all the same"); return nil })
		}()
		time.Sleep(2 * time.Millisecond)
		cancel()
		<-done // while the writer is still held
		return nil
	})
	if err != nil || !errors.Is(left, context.Canceled) {
		t.Errorf("the writer answered %v, the one who left %v", err, left)
	}
	shelve(t, db, "next")
}

func TestManyWritersEachGetTheirAnswer(t *testing.T) {
	db := engines.SQLite(t, schema(), sqldb.Options{})
	var all sync.WaitGroup
	for i := range 300 {
		all.Go(func() {
			if err := db.Write(t.Context(), adding(t, fmt.Sprint(i%200))); (err != nil) != errors.Is(err, sqldb.ErrUnique) {
				t.Error(err)
			}
		})
	}
	all.Wait()
	var n int
	err := db.Read(t.Context(), func(tx *sqldb.Tx) error { return tx.QueryRow(t.Context(), countRows).Scan(&n) })
	if err != nil || n != 200 {
		t.Errorf("200 shelves were to stand, %d do (%v)", n, err)
	}
}

func TestCommitsAreHeardOfInTheirOrder(t *testing.T) {
	db := engines.SQLite(t, schema(), sqldb.Options{})
	var heard []string
	hearing := func(name string, err error) func(*sqldb.Tx) error {
		return func(tx *sqldb.Tx) error {
			tx.OnCommit(func() { heard = append(heard, name) })
			return errors.Join(adding(t, name)(tx), err)
		}
	}
	var others []func(*sqldb.Tx) error
	for i := range 20 {
		others = append(others, hearing(fmt.Sprintf("%02d", i), nil))
	}
	sorry := errors.New("sorry")
	others[7] = hearing("07", sorry)
	answers := queueUp(t, db, hearing("", nil), others...)
	if err := errors.Join(answers...); !errors.Is(err, sorry) {
		t.Errorf("answered %v", err)
	}
	var stand []string // as they came to their turn, which a busy machine may mix
	err := db.Read(t.Context(), func(tx *sqldb.Tx) (err error) {
		stand, err = sqldb.All(t.Context(), tx, name, `SELECT name FROM shelves ORDER BY rowid`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(heard) != 20 || !slices.Equal(heard, stand) || slices.Contains(heard, "07") {
		t.Errorf("heard of %v, where %v stand", heard, stand)
	}
}
