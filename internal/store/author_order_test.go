package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// bylines are those of works in the order of a list by author; those with a ? are
// of works that are anonymous, and stand by their number.
var bylines = []string{
	"_rope", "Ana", "ana, tom", "Ana, Zoë", "Ana B", "Anna", "?zoë", "?Ana", "?tom, Ana", "Anonymous Too", "éclair", "Eclat", "TOM, Ana", "Tom, Ana, Ana B", "Zoe", "жук", "ёлка", "雨",
}

func TestBylinesSortAlikeOnBothDatabases(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		signed := map[int64]string{}
		pseuds := map[string]archive.Pseud{}
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			// Those that are anonymous come in the order of their list, the others in
			// some other.
			for i := range bylines {
				byline := bylines[(i*7+6)%len(bylines)]
				id, err := tx.Works.Add(ctx, archive.Work{Title: byline, Language: "en", Comments: archive.CommentsEveryone, Dates: archive.Dates{Published: tx.Now}})
				if err != nil {
					return err
				}
				names, isSecret := strings.CutPrefix(byline, "?")
				var by []archive.Pseud
				for _, name := range strings.Split(names, ", ") {
					if _, known := pseuds[name]; !known {
						account, err := tx.Accounts.Add(ctx, archive.Account{Name: "member" + string(rune('a'+len(pseuds))), PasswordHash: "x"})
						if err != nil {
							return err
						}
						p := archive.Pseud{Account: account, Name: name}
						if p.ID, err = tx.Accounts.AddPseud(ctx, p); err != nil {
							return err
						}
						pseuds[name] = p
					}
					by = append(by, pseuds[name])
				}
				if err := errors.Join(tx.Works.SetCreators(ctx, id, by), tx.Works.Veil(ctx, id, false, isSecret), tx.Works.Post(ctx, id, tx.Now)); err != nil {
					return err
				}
				signed[id] = byline
			}
			return nil
		})
		bySecret := func(viewer archive.Viewer, turned bool) (list []string) {
			w.Read(t, func(ctx context.Context, tx *store.Tx) error {
				found, err := tx.Lists.Page(ctx, viewer, store.Filter{Sort: store.SortAuthor, Turned: turned, Page: 1, PerPage: 100})
				for _, b := range found.Blurbs {
					list = append(list, signed[b.ID])
				}
				return err
			})
			return list
		}
		want := secretsByNumber(signed)
		for _, viewer := range []archive.Viewer{{}, {Account: pseuds["zoë"].Account}, {Account: pseuds["Ana"].Account, Staff: true}} {
			if diff := cmp.Diff(want, bySecret(viewer, false)); diff != "" {
				t.Errorf("for %+v bylines are ordered otherwise:\n%s", viewer, diff)
			}
		}
		turned := bySecret(archive.Viewer{}, true)
		for i := range turned {
			if turned[i] != want[len(want)-1-i] {
				t.Fatalf("turned round, they are %v", turned)
			}
		}
		placed := func() (n int64) {
			w.Write(t, func(ctx context.Context, tx *store.Tx) (err error) {
				n, err = tx.Accounts.PlaceNames(ctx, 7)
				return err
			})
			return n
		}
		if n := placed(); n != 0 {
			t.Errorf("%d names had no place", n)
		}
		// An archive of an older program, or a backup of one, has none.
		if err := w.DB.Write(t.Context(), func(tx *sqldb.Tx) error {
			_, err := tx.Exec(t.Context(), `UPDATE pseuds SET name_key = ''`)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			return tx.Indexed.EachPseud(ctx, func(p store.IndexedPseud) bool {
				if p.SortsAs == "" || p.Account == 0 {
					t.Errorf("%+v has no place", p)
				}
				return true
			})
		})
		for n := int64(7); n == 7; {
			n = placed()
		}
		if diff := cmp.Diff(want, bySecret(archive.Viewer{}, false)); diff != "" {
			t.Errorf("placed later, they are ordered otherwise:\n%s", diff)
		}
	})
}

// secretsByNumber are the bylines in their order, the secret ones among them by
// the numbers of their works.
func secretsByNumber(signed map[int64]string) (want []string) {
	var secret []string
	for id := int64(1); len(secret) < 3; id++ {
		if strings.HasPrefix(signed[id], "?") {
			secret = append(secret, signed[id])
		}
	}
	for _, byline := range bylines {
		if strings.HasPrefix(byline, "?") {
			byline, secret = secret[0], secret[1:]
		}
		want = append(want, byline)
	}
	return want
}
