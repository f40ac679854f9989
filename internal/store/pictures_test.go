package store_test

import (
	"context"
	"slices"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

func TestFilesAreAWorksAloneWhenNoOtherShowsThem(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		ida := joins(t, w, "ida")
		first, second := posts(t, w, ida, "First", fandom("Harbour Lights")), posts(t, w, ida, "Second", fandom("Harbour Lights"))
		alone := func(work int64) (keys []string) {
			w.Read(t, func(ctx context.Context, tx *store.Tx) (err error) {
				keys, err = tx.Pictures.FilesAlone(ctx, work)
				return err
			})
			return keys
		}
		add := func(work int64, name, origin string) {
			w.Write(t, func(ctx context.Context, tx *store.Tx) error {
				_, err := tx.Pictures.Add(ctx, archive.Picture{Work: work, SHA256: name, Key: "pictures/" + name, MediaType: "image/png", Width: 1, Height: 1, Bytes: 1, Origin: origin})
				return err
			})
		}
		add(first, "aa", "a.png")
		add(first, "aa", "again.png")
		add(first, "bb", "b.png")
		add(second, "bb", "b.png")
		if got := alone(first); !slices.Equal(got, []string{"pictures/aa"}) {
			t.Errorf("the first work's alone are %v", got)
		}
		if got := alone(second); len(got) != 0 {
			t.Errorf("the second work's alone are %v", got)
		}
	})
}

func TestWhatFormsOfAWorkHeldGoesWithIt(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		ida, ben := joins(t, w, "ida"), joins(t, w, "ben")
		work := posts(t, w, ida, "First", fandom("Harbour Lights"))
		if work != 1 {
			t.Fatalf("the first work has the number %d", work)
		}
		forms := []string{"work/1", "chapter/1/new", "chapter/1/8", "work/11", "chapter/11/new", "work/new"}
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			for _, account := range []int64{ida, ben} {
				for _, form := range forms {
					if err := tx.Autosaves.Set(ctx, archive.Autosave{Account: account, Form: form}); err != nil {
						return err
					}
				}
			}
			return tx.Autosaves.DropOf(ctx, work)
		})
		for account, want := range map[int64][]string{ida: {"chapter/11/new", "work/11", "work/new"}, ben: slices.Sorted(slices.Values(forms))} {
			w.Read(t, func(ctx context.Context, tx *store.Tx) error {
				left, err := tx.Autosaves.Of(ctx, account)
				var got []string
				for _, save := range left {
					got = append(got, save.Form)
				}
				slices.Sort(got)
				if !slices.Equal(got, want) {
					t.Errorf("account %d keeps %v, want %v", account, got, want)
				}
				return err
			})
		}
	})
}
