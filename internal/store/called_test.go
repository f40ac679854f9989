package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// found gives the works in which a word is found as a guest seeks it.
func found(t *testing.T, w *testkit.World, s store.Sought) (works []int64) {
	t.Helper()
	w.Read(t, func(ctx context.Context, tx *store.Tx) (err error) {
		if _, err := tx.Passages.Seek(ctx, &s, true); err != nil {
			return err
		}
		works, err = tx.Lists.Matching(ctx, archive.Viewer{}, store.Filter{Sought: s})
		slices.Sort(works)
		return err
	})
	return works
}

func TestATitleIsFoundByTheBeginningsOfItsWords(t *testing.T) {
	titles := map[string]string{
		"lamps": "The Lamps of Käfig Street", "clamp": "A Clamp", "night": "美しい吸血鬼の夜", "thai": "บ้านแสงดาว", "kana": "静かな図書館 II", "łódź": "Łódź, 1905", "don't": "Don’t go",
	}
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		ida := joins(t, w, "ida")
		named := map[int64]string{}
		for name, title := range titles {
			named[posts(t, w, ida, title, fandom("X"))] = name
		}
		for typed, want := range map[string]string{
			"lamp": "lamps", "LAMPS": "lamps", "lam*": "lamps", "amp": "", "the lamp": "lamps", "lamps street": "", "kafig str": "lamps", "kafi street": "",
			"夜": "night", "吸血鬼": "night", "吸血": "night", "鬼": "night", "夜鬼": "", "の夜": "night", "図書": "kana", "館": "kana", "図書館 ii": "kana", "静": "kana",
			"แสง": "thai", "ดาว": "thai", "lodz": "łódź", "1905": "łódź", "190": "łódź", "dont": "don't", "don't": "don't", "…": "", "%": "", "_": "",
		} {
			got := ""
			for _, work := range found(t, w, store.Sought{In: store.InTitle, Words: typed}) {
				got += named[work]
			}
			if got != want {
				t.Errorf("%q is found in %q, not in %q", typed, got, want)
			}
		}
	})
}

// What is called something else from a commit on is found by that, and by what
// it was called no longer.
func TestWhatIsRenamedIsFoundByItsNewNameAlone(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		ida := joins(t, w, "ida")
		work := posts(t, w, ida, "The Lamp", fandom("Harbour Lights"))
		wants := func(when, typed string, in store.SoughtIn, want bool) {
			t.Helper()
			if got := found(t, w, store.Sought{In: in, Words: typed}); (len(got) == 1) != want {
				t.Errorf("%s, %q is found in %v", when, typed, got)
			}
		}
		wants("posted", "lamp", store.InTitle, true)
		wants("posted", "lights", store.Anywhere, true)
		wants("posted", "ida", store.InNames, true)
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			renamed := archive.Work{ID: work, Revision: 1, Title: "Rope", Language: "en", Comments: archive.CommentsEveryone, Dates: archive.Dates{Published: tx.Now}}
			tag, err := tx.Tags.Named(ctx, archive.KindFandom, "Harbour Lights")
			if err != nil {
				return err
			}
			signs, err := tx.Works.Creators(ctx, work)
			if err != nil {
				return err
			}
			return errors.Join(tx.Works.Save(ctx, renamed), tx.Sorting.Name(ctx, tag.ID, "Ferry Stories"), tx.Accounts.RenamePseud(ctx, signs[0], "tom"))
		})
		wants("renamed", "lamp", store.Anywhere, false)
		wants("renamed", "rope", store.Anywhere, true)
		wants("renamed", "lights", store.Anywhere, false)
		wants("renamed", "ferry", store.Anywhere, true)
		wants("renamed", "ida", store.InNames, false)
		wants("renamed", "tom", store.InNames, true)
	})
}

// A work is found by what its tags are called, by what those mean, and by what
// stands above that; by other names of what they mean it is not.
func TestAWorkIsFoundByTheNamesOfWhatItsTagsMean(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		ida := joins(t, w, "ida")
		short, long := posts(t, w, ida, "One", fandom("HL")), posts(t, w, ida, "Two", fandom("Harbour Lights"))
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			tags := map[string]archive.Tag{}
			for _, name := range []string{"HL", "Harbour Lights", "Lighthouses"} {
				tag, err := tx.Tags.Ensure(ctx, archive.KindFandom, name)
				if err != nil {
					return err
				}
				tags[name] = tag
			}
			_, err := tx.Sorting.AddMetatag(ctx, tags["Harbour Lights"].ID, tags["Lighthouses"].ID)
			return errors.Join(err, tx.Sorting.Stand(ctx, tags["Harbour Lights"].ID, archive.TagCanonical, 0), tx.Sorting.Stand(ctx, tags["Lighthouses"].ID, archive.TagCanonical, 0),
				tx.Sorting.Stand(ctx, tags["HL"].ID, archive.TagSynonym, tags["Harbour Lights"].ID), tx.Sorting.Close(ctx))
		})
		for typed, want := range map[string][]int64{"harbour": {short, long}, "lighthouse": {short, long}, "hl": {short}} {
			if got := found(t, w, store.Sought{Words: typed}); !slices.Equal(got, want) {
				t.Errorf("%q is found in %v, not in %v", typed, got, want)
			}
		}
	})
}

// What was called something before its words were kept, or was brought without
// them, is read in pieces, and nothing is lost that is called something
// meanwhile.
func TestNamesWithoutWordsAreReadInPieces(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		ida := joins(t, w, "ida")
		var works []int64
		for i := range 7 {
			works = append(works, posts(t, w, ida, fmt.Sprint("Lamp ", i), fandom(fmt.Sprint("Fandom ", i))))
		}
		w.Write(t, func(ctx context.Context, tx *store.Tx) error { return store.ForgetCalled(ctx, tx, works, ida) })
		if got := found(t, w, store.Sought{Words: "lamp"}); len(got) > 0 {
			t.Fatalf("what was forgotten is found in %v", got)
		}
		steps := 0
		for whole := false; !whole; steps++ {
			w.Write(t, func(ctx context.Context, tx *store.Tx) error {
				read, err := tx.Called.Fill(ctx, 3)
				whole = read.IsWhole()
				return err
			})
		}
		if steps < 5 {
			t.Errorf("it took %d steps of 3", steps)
		}
		for typed, want := range map[string]int{"lamp": 7, "fandom": 7, "ida": 7, "lamp 3": 1} {
			if got := found(t, w, store.Sought{Words: typed}); len(got) != want {
				t.Errorf("%q is found in %v, not in %d", typed, got, want)
			}
		}
	})
}
