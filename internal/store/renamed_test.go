package store_test

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"ficus/internal/sqldb"
	"ficus/internal/store"
	"ficus/internal/testkit/engines"
)

// upTo are the migrations an older program had.
func upTo(t *testing.T, last string) fs.FS {
	t.Helper()
	older := fstest.MapFS{}
	names, err := fs.Glob(store.Schema(), "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if name[:4] <= last {
			data, err := fs.ReadFile(store.Schema(), name)
			if err != nil {
				t.Fatal(err)
			}
			older[name] = &fstest.MapFile{Data: data}
		}
	}
	return older
}

// renamedBefore are tags as renamings left them that changed two names (0279):
// the number that works hang on has the newer one. Each with the canonical it is
// a synonym of.
var renamedBefore = []struct {
	name      string
	canonical int64
}{
	1: {"élan vital", 0}, 2: {"élan", 1},
	3: {"Tea time", 0}, 4: {"Tea", 3}, // it was its synonym
	5: {"Straße am Meer", 0}, 6: {"Straße", 0}, // split off since
	7: {"лампа ночью", 0}, 8: {"лампа", 7},
	9: {"ä three", 0}, 10: {"ä one", 9}, 11: {"ä two", 9}, // renamed twice
	12: {"über", 0}, 13: {"über alles", 12}, // and undone
	14: {"ａｆａｒ", 0}, 15: {"Ｔａｌｅ", 14},
	16: {"σαν λάμπα", 0}, 17: {"φως", 16},
	18: {"Ólafur", 0}, 19: {"Zoë", 18}, // merged, and never renamed
}

var actsBefore = []struct {
	kind       string
	tag, other int64
	undone     bool
}{
	{"rename", 1, 2, false}, {"rename", 3, 4, false}, {"rename", 5, 6, false}, {"split", 5, 6, false}, {"rename", 7, 8, false},
	{"rename", 9, 10, false}, {"rename", 9, 11, false}, {"rename", 12, 13, true}, {"rename", 14, 15, false}, {"rename", 16, 17, false}, {"merge", 19, 18, false},
}

// wordsBefore are the words works were tagged with, the tag they hung on, and
// the one that is called so.
var wordsBefore = []struct {
	wording   string
	had, want int64
}{
	{"élan", 1, 2}, {"Élan", 1, 2}, {"ÉLAN", 1, 2}, {"élan vital", 1, 1}, {"Élan VITAL", 1, 1}, {"Élan", 2, 2},
	{"Tea", 3, 4}, {"TEA", 3, 4}, {"tea TIME", 4, 3}, {"tea time", 3, 3},
	{"Straße", 5, 6}, {"STRAßE", 5, 6}, {"Strasse", 5, 6}, {"straße am meer", 5, 5}, {"Straße AM Meer", 6, 5},
	{"лампа", 7, 8}, {"Лампа", 7, 8}, {"ЛАМПА НОЧЬЮ", 7, 7},
	{"Ä One", 9, 10}, {"ä TWO", 9, 11}, {"Ä two", 10, 11}, {"Ä Three", 9, 9},
	{"ÜBER ALLES", 12, 13}, {"Über", 12, 12}, {"Über", 13, 12},
	{"Ｔａｌｅ", 14, 15}, {"ａｆａｒ", 14, 14},
	{"Φως", 16, 17}, {"ΣΑΝ ΛΆΜΠΑ", 16, 16},
	{"zoë", 19, 19}, {"ólafur", 18, 18},
}

// Works of tags that an older program renamed hang on the words their writers
// typed, whatever of them are capitals and accents, whether the archive was
// updated step by step or at once.
func TestTagsThatWereRenamedBeforeLeaveTheirWorksWithTheirWords(t *testing.T) {
	for _, steps := range [][]string{{"0036"}, {"0035", "0036"}} {
		t.Run(strings.Join(steps, " "), func(t *testing.T) {
			engines.Each(t, upTo(t, "0034"), func(t *testing.T, db *sqldb.DB) {
				if err := db.Write(t.Context(), renameBefore); err != nil {
					t.Fatal(err)
				}
				for _, step := range steps {
					if err := db.Migrate(t.Context(), upTo(t, step)); err != nil {
						t.Fatal(err)
					}
				}
				err := db.Read(t.Context(), func(tx *sqldb.Tx) error {
					for i, one := range wordsBefore {
						var hangs int64
						if err := tx.QueryRow(t.Context(), `SELECT tag FROM work_tags WHERE position = $1`, i).Scan(&hangs); err != nil {
							return err
						}
						if hangs != one.want {
							t.Errorf("%q of %q hangs on %q, want %q", one.wording, renamedBefore[one.had].name, renamedBefore[hangs].name, renamedBefore[one.want].name)
						}
					}
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// renameBefore is an archive after what an older program did with its tags.
func renameBefore(tx *sqldb.Tx) error {
	ctx := context.Background()
	do := func(query string, args ...any) error {
		if _, err := tx.Exec(ctx, query, args...); err != nil {
			return fmt.Errorf("%v: %w", args, err)
		}
		return nil
	}
	for id, t := range renamedBefore {
		if t.name == "" {
			continue
		}
		standing := "canonical"
		if t.canonical != 0 {
			standing = "synonym"
		}
		if err := do(`INSERT INTO tags (id, kind, name, folded, search, standing, canonical) VALUES ($1, 'freeform', $2, $3, $4, $5, $6)`, id, t.name, store.FoldTag(t.name), store.FoldSought(t.name), standing, t.canonical); err != nil {
			return err
		}
	}
	for _, a := range actsBefore {
		var undone any
		if a.undone {
			undone = 2
		}
		if err := do(`INSERT INTO tag_acts (at, wrangler, kind, tag, other, was, undone_at) VALUES (1, 1, $1, $2, $3, '{}', $4)`, a.kind, a.tag, a.other, undone); err != nil {
			return err
		}
	}
	if err := do(`INSERT INTO works (id, title, sort_title, language, summary, notes_before, notes_after, restricted, comments, moderated, planned, elsewhere, created_at, published_at, revised_at)
		VALUES (1, 'Lamp', 'lamp', 'en', '', '', '', FALSE, 'everyone', FALSE, 1, '', 1, 1, 1)`); err != nil {
		return err
	}
	for i, one := range wordsBefore {
		if err := do(`INSERT INTO work_tags (work, position, tag, kind, wording, main) VALUES (1, $1, $2, 'freeform', $3, FALSE)`, i, one.had, one.wording); err != nil {
			return err
		}
	}
	return nil
}
