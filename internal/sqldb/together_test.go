package sqldb_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"ficus/internal/sqldb"
	"ficus/internal/testkit/engines"
)

// in gives closures for Together, one after the other.
func in(closures ...func(context.Context)) func(int) func(context.Context) {
	return func(i int) func(context.Context) {
		if i == len(closures) {
			return nil
		}
		return closures[i]
	}
}

// seen counts the shelves a Read sees.
func seen(t *testing.T, db *sqldb.DB, ctx context.Context) (n int) {
	t.Helper()
	if err := db.Read(ctx, func(tx *sqldb.Tx) error { return tx.QueryRow(ctx, countRows).Scan(&n) }); err != nil {
		t.Error(err)
	}
	return n
}

// shelves adds a shelf in a Write of its own, which then fails with an error.
func shelves(t *testing.T, db *sqldb.DB, name string, failed error) func(context.Context) {
	return func(ctx context.Context) {
		err := db.Write(ctx, func(tx *sqldb.Tx) error { return errors.Join(adding(t, name)(tx), failed) })
		if !errors.Is(err, failed) {
			t.Errorf("%s answered %v, not %v", name, err, failed)
		}
	}
}

func TestWhatIsWrittenTogetherIsCommittedTogether(t *testing.T) {
	db := engines.SQLite(t, schema(), sqldb.Options{})
	var within, without []int
	look := func(ctx context.Context) {
		within, without = append(within, seen(t, db, ctx)), append(without, seen(t, db, t.Context()))
	}
	sorry := errors.New("sorry")
	err := db.Together(t.Context(), in(shelves(t, db, "a", nil), look, shelves(t, db, "lost", sorry), look, shelves(t, db, "b", nil), look))
	if err != nil {
		t.Fatal(err)
	}
	if want := []int{1, 1, 2}; !slices.Equal(within, want) || !slices.Equal(without, []int{0, 0, 0}) {
		t.Errorf("they saw %v shelves and others %v; want %v, and none", within, without, want)
	}
	wantNames(t, db, "a", "b")
}

// Where transactions wait for rows alone, one closure is called as if alone.
func TestPostgresDoesOneAtATimeOfWhatMayBeTogether(t *testing.T) {
	db := engines.Postgres(t, schema(), sqldb.Options{})
	if err := db.Together(t.Context(), in(shelves(t, db, "a", nil), shelves(t, db, "b", nil))); err != nil {
		t.Fatal(err)
	}
	wantNames(t, db, "a")
}

func TestAPanicTogetherTakesNothingElseDown(t *testing.T) {
	db := engines.SQLite(t, schema(), sqldb.Options{})
	var recovered any
	breaks := func(ctx context.Context) {
		defer func() { recovered = recover() }()
		_ = db.Write(ctx, func(tx *sqldb.Tx) error {
			if err := adding(t, "lost")(tx); err != nil {
				t.Error(err)
			}
			panic("the shelf broke")
		})
	}
	if err := db.Together(t.Context(), in(shelves(t, db, "a", nil), breaks, shelves(t, db, "b", nil))); err != nil {
		t.Fatal(err)
	}
	if recovered != "the shelf broke" {
		t.Errorf("recovered %v", recovered)
	}
	wantNames(t, db, "a", "b")
}

func TestWhatIsWrittenTogetherIsHeardOfWhenItStands(t *testing.T) {
	db := engines.SQLite(t, schema(), sqldb.Options{})
	var heard []string
	sorry := errors.New("sorry")
	write := func(name string, failed error) func(context.Context) {
		return func(ctx context.Context) {
			_ = db.Write(ctx, func(tx *sqldb.Tx) error {
				tx.OnCommit(func() { heard = append(heard, name) })
				return errors.Join(adding(t, name)(tx), failed)
			})
		}
	}
	early := func(context.Context) {
		if len(heard) > 0 {
			t.Errorf("heard of %v before it stood", heard)
		}
	}
	if err := db.Together(t.Context(), in(write("a", nil), write("b", sorry), write("c", nil), early)); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(heard, ""); got != "ac" {
		t.Errorf("heard of %s", got)
	}
}

// What fills the disk takes all of it down, and can then be told apart.
func TestAFullDiskTakesDownWhatIsWrittenTogether(t *testing.T) {
	db := engines.SQLite(t, schema(), sqldb.Options{MaxPages: 40})
	answers := map[string]error{}
	add := func(name, text string) func(context.Context) {
		return func(ctx context.Context) { answers[name] = db.Write(ctx, adding(t, text)) }
	}
	all := []func(context.Context){add("a", "a"), add("huge", strings.Repeat("huge ", 100_000)), add("b", "b")}
	if err := db.Together(t.Context(), in(all...)); err == nil {
		t.Fatal("it stands")
	}
	wantNames(t, db)
	for _, alone := range all {
		alone(t.Context())
	}
	if answers["a"] != nil || !errors.Is(answers["huge"], sqldb.ErrFull) || answers["b"] != nil {
		t.Errorf("alone they answered %v", answers)
	}
	wantNames(t, db, "a", "b")
}

// Nothing waits for itself: not a Write in one of the same closures, nor one
// that was not given their context.
func TestWritesInWhatIsWrittenTogetherAreRefused(t *testing.T) {
	db := engines.SQLite(t, schema(), sqldb.Options{})
	var within, beside, together error
	var left context.Context
	err := db.Together(t.Context(), in(func(ctx context.Context) {
		left = ctx
		if err := db.Write(ctx, func(tx *sqldb.Tx) error {
			within = db.Write(ctx, adding(t, "within"))
			return adding(t, "a")(tx)
		}); err != nil {
			t.Error(err)
		}
		beside = db.Write(t.Context(), adding(t, "beside"))
		together = db.Together(t.Context(), in())
	}))
	if err != nil {
		t.Fatal(err)
	}
	for name, refused := range map[string]error{"within": within, "beside": beside, "together": together} {
		if !errors.Is(refused, sqldb.ErrNested) {
			t.Errorf("%s answered %v", name, refused)
		}
	}
	shelves(t, db, "later", nil)(left) // what a closure left behind goes on by itself
	wantNames(t, db, "a", "later")
}

// Who goes first waits for one closure of those that are behind, and not for
// all that are written together.
func TestWhoGoesFirstWaitsForOneOfThoseTogether(t *testing.T) {
	db, behind := behindOthers(t, func() {})
	first := make(chan error, 1)
	err := db.Together(behind, in(
		shelves(t, db, "a", nil),
		func(context.Context) {
			go func() { first <- db.Write(t.Context(), adding(t, "first")) }()
			time.Sleep(5 * time.Millisecond) // until it waits
		},
		func(context.Context) { t.Error("another went before who goes first") },
	))
	if err := errors.Join(err, <-first); err != nil {
		t.Fatal(err)
	}
	wantNames(t, db, "a", "first")
}

func TestWhoIsGoneWritesNothingTogether(t *testing.T) {
	db := engines.SQLite(t, schema(), sqldb.Options{})
	err := db.Together(t.Context(), in(shelves(t, db, "a", nil), func(ctx context.Context) {
		ctx, cancel := context.WithCancel(ctx)
		cancel()
		if err := db.Write(ctx, adding(t, "gone")); !errors.Is(err, context.Canceled) {
			t.Errorf("answered %v", err)
		}
	}, func(ctx context.Context) {
		ctx, cancel := context.WithCancel(ctx)
		err := db.Write(ctx, func(tx *sqldb.Tx) error {
			defer cancel()
			return adding(t, "stays")(tx) // the last statement
		})
		if err != nil {
			t.Error(err)
		}
	}))
	if err != nil {
		t.Fatal(err)
	}
	wantNames(t, db, "a", "stays")
}

// A statement of a Read may meet what undoes the whole transaction as well.
func TestAReadThatTakesDownWhatIsWrittenTogetherIsNoticed(t *testing.T) {
	db := engines.SQLite(t, schema(), sqldb.Options{})
	broken := errors.New("the disk broke")
	err := db.Together(t.Context(), in(shelves(t, db, "a", nil), func(ctx context.Context) {
		err := db.Read(ctx, func(tx *sqldb.Tx) error {
			_, err := tx.Exec(ctx, "ROLLBACK")
			return errors.Join(err, broken)
		})
		if !errors.Is(err, broken) {
			t.Errorf("answered %v", err)
		}
	}, func(context.Context) { t.Error("another was called though nothing stands") }))
	if err == nil {
		t.Error("it is said to stand")
	}
	wantNames(t, db)
}

// What makes whole indexes does not do so in memory alone.
func TestOnlyBesideReadersIsWhatIsUndoneKeptInMemory(t *testing.T) {
	for unchecked, want := range map[bool]int{false: 2, true: 0} {
		db := engines.SQLite(t, schema(), sqldb.Options{Unchecked: unchecked})
		if err := db.Write(t.Context(), func(tx *sqldb.Tx) error {
			var got int
			err := tx.QueryRow(t.Context(), "PRAGMA temp_store").Scan(&got)
			if got != want {
				t.Errorf("unchecked %v: temp_store is %d, not %d", unchecked, got, want)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
}
