package store_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// posts makes a posted work of an account with these tags and gives its id.
func posts(t *testing.T, w *testkit.World, account int64, title string, tags ...archive.WorkTag) (id int64) {
	t.Helper()
	now := w.Clock.Now()
	w.Write(t, func(ctx context.Context, tx *store.Tx) (err error) {
		pseuds, err := tx.Accounts.Pseuds(ctx, account)
		if err != nil {
			return err
		}
		work := archive.Work{Title: title, Language: "en", Comments: archive.CommentsEveryone, Dates: archive.Dates{Published: now}}
		if id, err = tx.Works.Add(ctx, work); err != nil {
			return err
		}
		return errors.Join(tx.Works.SetCreators(ctx, id, pseuds), tx.Tags.SetOn(ctx, id, tags), tx.Works.Post(ctx, id, now))
	})
	return id
}

// joins makes an account and gives its id.
func joins(t *testing.T, w *testkit.World, name string) (id int64) {
	t.Helper()
	w.Write(t, func(ctx context.Context, tx *store.Tx) (err error) {
		id, err = tx.Accounts.Add(ctx, archive.Account{Name: name, PasswordHash: "x"})
		return err
	})
	return id
}

func fandom(name string) archive.WorkTag {
	return archive.WorkTag{Kind: archive.KindFandom, Wording: name}
}

// listed gives a page of a list as a guest sees it.
func listed(t *testing.T, w *testkit.World, f store.Filter) (page store.Listed) {
	t.Helper()
	w.Read(t, func(ctx context.Context, tx *store.Tx) (err error) {
		if _, err := tx.Passages.Seek(ctx, &f.Sought, true); err != nil {
			return err
		}
		page, err = tx.Lists.Page(ctx, archive.Viewer{}, f)
		return err
	})
	return page
}

func TestAWorkIsFoundByEveryWordOfItsTitle(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		ida := joins(t, w, "ida")
		posts(t, w, ida, "The Émigré of Käfig Street", fandom("Pokémon"))
		posts(t, w, ida, "Ships", fandom("Harbour Lights"))
		for typed, want := range map[string]int{
			"the émigré of käfig street": 1, "The": 1, "ÉMIGRÉ": 1, "street the": 1, "pokemon émigré": 1, "Pokémon": 1, "ida": 2, "ship": 1, "nowhere": 0,
		} {
			if got := listed(t, w, store.Filter{Sought: words(strings.Fields(typed)...), Page: 1, PerPage: 20}); got.Total != want {
				t.Errorf("%q finds %d works, want %d", typed, got.Total, want)
			}
		}
	})
}

// words are several that are all sought.
func words(words ...string) store.Sought {
	s := store.Sought{Join: store.All}
	for _, word := range words {
		s.Of = append(s.Of, store.Sought{Words: word})
	}
	return s
}

// As much as a filter may ask, an engine takes.
func TestASearchOfSixtyFourWordsIsAnswered(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		posts(t, w, joins(t, w, "ida"), "A lamp", fandom("Harbour Lights"))
		if got := listed(t, w, store.Filter{Sought: words(slices.Repeat([]string{"lamp"}, 64)...), Page: 1, PerPage: 20}); got.Total != 1 {
			t.Errorf("it finds %d works", got.Total)
		}
	})
}

func TestAPagePastTheEndHoldsNothingButTheTotal(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		posts(t, w, joins(t, w, "ida"), "A lamp", fandom("Harbour Lights"))
		if got := listed(t, w, store.Filter{Page: 100_000, PerPage: 20}); got.Total != 1 || len(got.Blurbs) != 0 {
			t.Errorf("it holds %d of %d works", len(got.Blurbs), got.Total)
		}
	})
}

// Two ways to write one tag on one work are one tag: the count beside it and
// its list say the same number.
func TestATagWrittenTwiceCountsItsWorkOnce(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		work := posts(t, w, joins(t, w, "ida"), "A lamp", fandom("Caf\u00e9"), fandom("Cafe\u0301"), fandom("Harbour Lights"))
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			fandoms, err := tx.Tags.Fandoms(ctx, archive.Viewer{}, false)
			if err != nil {
				return err
			}
			for _, f := range fandoms {
				if f.Works != 1 {
					t.Errorf("%s is said to hold %d works", f.Name, f.Works)
				}
			}
			on, err := tx.Tags.On(ctx, work)
			if len(on[work]) != 2 || on[work][0].Wording != "Caf\u00e9" {
				t.Errorf("the work bears %+v", on[work])
			}
			return err
		})
	})
}
