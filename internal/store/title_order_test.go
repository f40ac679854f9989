package store_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// ordered are titles in the order of a list, whatever the database and however
// it was set up to compare.
var ordered = []string{
	"...", "“1984, Again”", "99 Lamps", "_underlined", "a-b", "a.c", "A an the", "An Äpfel", "apfel 2", "The Apples", "éclair", "Eclat", "‘Éland’", "elbow", "Zebra", "Ωmega and so on", "жук", "ёлка",
	"灯台", "雨",
}

func TestTitlesSortAlikeOnBothDatabases(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			for i := range ordered { // in some other order
				title := ordered[(i*7+3)%len(ordered)]
				id, err := tx.Works.Add(ctx, archive.Work{Title: title, Language: "en", Comments: archive.CommentsEveryone, Dates: archive.Dates{Published: tx.Now}})
				if err != nil {
					return err
				}
				if err := tx.Works.Post(ctx, id, tx.Now); err != nil {
					return err
				}
			}
			return nil
		})
		if diff := cmp.Diff(ordered, titles(t, w)); diff != "" {
			t.Errorf("titles are ordered otherwise:\n%s", diff)
		}
		unplaced := func() (n int64) {
			w.Write(t, func(ctx context.Context, tx *store.Tx) (err error) {
				n, err = tx.Works.PlaceTitles(ctx, 7)
				return err
			})
			return n
		}
		if n := unplaced(); n != 0 {
			t.Errorf("%d titles had no place", n)
		}
		// An archive of an older program, or a backup of one, has none.
		if err := w.DB.Write(t.Context(), func(tx *sqldb.Tx) error {
			_, err := tx.Exec(t.Context(), `UPDATE works SET title_key = ''`)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		for n := int64(7); n == 7; {
			n = unplaced()
		}
		if diff := cmp.Diff(ordered, titles(t, w)); diff != "" {
			t.Errorf("placed later, they are ordered otherwise:\n%s", diff)
		}
	})
}

func titles(t *testing.T, w *testkit.World) (list []string) {
	t.Helper()
	w.Read(t, func(ctx context.Context, tx *store.Tx) error {
		found, err := tx.Lists.Page(ctx, archive.Viewer{}, store.Filter{Sort: store.SortTitle, Page: 1, PerPage: 100})
		for _, b := range found.Blurbs {
			list = append(list, b.Title)
		}
		return err
	})
	return list
}

func TestATitleOfAnyLengthAndKindIsSaved(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			for _, title := range []string{strings.Repeat("灯", 255), strings.Repeat("ﷺ", 255), "\"'“", "\u0301"} {
				if _, err := tx.Works.Add(ctx, archive.Work{Title: title, Language: "en", Comments: archive.CommentsEveryone, Dates: archive.Dates{Published: tx.Now}}); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// Whatever the owner's PostgreSQL compares by, lists are ordered by bytes.
func TestListsAreOrderedByBytesOnPostgreSQL(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		if w.DB.Engine() != sqldb.Postgres {
			return // bytes are all it compares
		}
		for _, column := range []string{"works.title_key", "pseuds.name_key", "tags.search", "tags.name", "accounts.folded"} {
			table, name, _ := strings.Cut(column, ".")
			err := w.DB.Write(t.Context(), func(tx *sqldb.Tx) error {
				collations, err := sqldb.All(t.Context(), tx, func(row sqldb.Scanner) (s string, err error) { return s, row.Scan(&s) },
					`SELECT COALESCE(collation_name, 'of the database') FROM information_schema.columns WHERE table_schema = CURRENT_SCHEMA AND table_name = $1 AND column_name = $2`, table, name)
				if err == nil && !cmp.Equal(collations, []string{"C"}) {
					t.Errorf("%s compares by %v", column, collations)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}
