package generate_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/generate"
	"ficus/internal/sqldb"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// rows gives every row of every table that is filled, as text.
func rows(t *testing.T, db *sqldb.DB) (counts map[string]int, sums map[string]any) {
	t.Helper()
	counts, sums = map[string]int{}, map[string]any{}
	err := db.Read(t.Context(), func(tx *sqldb.Tx) error {
		tables, err := sqldb.Tables(t.Context(), tx)
		if err != nil {
			return err
		}
		for _, table := range tables {
			var all [][]any
			err := table.Rows(t.Context(), tx, func(values []any) error {
				all = append(all, slices.Clone(values))
				return nil
			})
			if err != nil {
				return err
			}
			counts[table.Name] = len(all)
			if table.Name == "works" || table.Name == "work_tags" || table.Name == "chapters" {
				sums[table.Name] = all
			}
		}
		return sqldb.CheckReferences(t.Context(), tx)
	})
	if err != nil {
		t.Fatal(err)
	}
	return counts, sums
}

func indexes(t *testing.T, db *sqldb.DB) (names []string) {
	t.Helper()
	list := `SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name`
	if db.Engine() == sqldb.Postgres {
		list = `SELECT indexname::text FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1`
	}
	err := db.Read(t.Context(), func(tx *sqldb.Tx) (err error) {
		names, err = sqldb.All(t.Context(), tx, func(row sqldb.Scanner) (s string, err error) { return s, row.Scan(&s) }, list)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// Both databases hold the same archive, in order and with every index, and what
// is written next goes on after it.
func TestAnArchiveIsTheSameOnBothDatabases(t *testing.T) {
	const works = 2_300
	a := plan(t, works, 8)
	var held []map[string]any
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		before := indexes(t, w.DB)
		last := int64(0)
		err := a.Fill(t.Context(), generate.Filling{Store: w.Store, Whole: w.DB.Engine() == sqldb.Postgres, Told: func(done, whole int64) {
			if done < last || done > whole {
				t.Errorf("after %d it is told of %d of %d", last, done, whole)
			}
			last = done
		}})
		if err != nil {
			t.Fatal(err)
		}
		if after := indexes(t, w.DB); !slices.Equal(before, after) {
			t.Errorf("the indexes were %v\nand are %v", before, after)
		}
		counts, values := rows(t, w.DB)
		if counts["works"] != works || counts["tags"] != a.Count() || counts["accounts"] != a.Writers() || counts["work_tags"] < 16*works || counts["chapter_texts"] != counts["chapters"] {
			t.Errorf("the tables hold %v", counts)
		}
		held = append(held, values)
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			id, err := tx.Works.Add(ctx, archive.Work{Title: "The next", Language: "en", Dates: archive.Dates{Published: w.Clock.Now()}})
			if err == nil && id != works+1 {
				t.Errorf("the next work has the number %d", id)
			}
			return err
		})
		if err := a.Fill(t.Context(), generate.Filling{Store: w.Store}); !errors.Is(err, generate.ErrNotEmpty) {
			t.Errorf("an archive with works is filled: %v", err)
		}
	})
	for i := range held[1:] {
		for _, table := range slices.Sorted(maps.Keys(held[0])) {
			one, other := held[0][table].([][]any), held[i+1][table].([][]any)
			if !slices.EqualFunc(one, other, slices.Equal[[]any]) {
				t.Errorf("the table %s differs", table)
			}
		}
	}
}

// Who fills an archive and is told to stop leaves nothing on PostgreSQL, and
// says so on both.
func TestWhoIsStoppedSaysSo(t *testing.T) {
	a := plan(t, 5_000, 8)
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		ctx, stop := context.WithCancel(t.Context())
		isWhole := w.DB.Engine() == sqldb.Postgres
		err := a.Fill(ctx, generate.Filling{Store: w.Store, Whole: isWhole, Told: func(int64, int64) { stop() }})
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("who was stopped says %v", err)
		}
		if counts, _ := rows(t, w.DB); isWhole && (counts["works"] > 0 || counts["tags"] > 0) {
			t.Errorf("there are left %v", counts)
		}
	})
}

// What readers find in a generated archive is what was drawn.
func TestAGeneratedArchiveIsFoundAsItWasDrawn(t *testing.T) {
	w := testkit.NewWorld(t, testkit.SQLite(t))
	a := plan(t, 500, 2)
	if err := a.Fill(t.Context(), generate.Filling{Store: w.Store}); err != nil {
		t.Fatal(err)
	}
	w.Read(t, func(ctx context.Context, tx *store.Tx) error {
		for drawn := range a.All() {
			o, err := tx.Works.Open(ctx, archive.Viewer{Account: 1}, drawn.ID)
			if err != nil {
				return err
			}
			tags, err := tx.Tags.On(ctx, drawn.ID)
			if err != nil {
				return err
			}
			if o.Title != drawn.Title() || len(tags[drawn.ID]) != len(drawn.Tags) || o.Complete() != drawn.IsComplete() || o.Counts.Kudos != drawn.Kudos ||
				!o.Dates.Revised.Equal(drawn.Updated) || o.Restricted != drawn.Restricted || o.Counts.Words != int(drawn.Words) {
				t.Errorf("work %d is %+v, and was drawn as %+v", drawn.ID, o.Work, drawn)
			}
		}
		return nil
	})
}
