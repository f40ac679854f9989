package store_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// worded adds a work with a title and a summary.
func worded(ctx context.Context, tx *store.Tx, title, summary string) (int64, error) {
	return tx.Works.Add(ctx, archive.Work{
		Title: title, Summary: summary, Language: "en", Comments: archive.CommentsEveryone, Dates: archive.Dates{Published: tx.Now},
	})
}

// mutes has a word muted by somebody, and looked for in all works, so many at a
// time.
func mutes(ctx context.Context, tx *store.Tx, account int64, typed string, atOnce int) (id int64, steps int, err error) {
	word, problems := store.ReadMutedWord(typed)
	if problems != nil {
		return 0, 0, problems
	}
	id, isNew, err := tx.MutedWords.Ensure(ctx, word)
	if err != nil {
		return 0, 0, err
	}
	if _, err := tx.Muted.AddWord(ctx, account, id, typed); err != nil {
		return 0, 0, err
	}
	for done := !isNew; !done; steps++ {
		if _, done, err = tx.MutedWords.Look(ctx, id, atOnce); err != nil {
			return 0, 0, err
		}
	}
	return id, steps, nil
}

// A muted word stands in titles and summaries as a reader would say it does:
// whole, whatever its case and accents, across markup, and in no address; the
// same whether the work was there before the mute or came after it.
func TestAMutedWordStandsInWhatAReaderReads(t *testing.T) {
	cases := []struct {
		word, title, summary string
		in                   bool
	}{
		{"lamp", "The Lamp", "", true},
		{"LAMP", "the lamp", "", true},
		{"lamp", "Lamps", "", false},
		{"lamps", "", "<p>Two lamps.</p>", true},
		{"cafe", "Le Café", "", true},
		{"café", "le cafe", "", true},
		{"lamp", "", "<p>A <em>la</em>mp.</p>", true},
		{"lamp post", "", "<p>A lamp</p><p>post.</p>", true},
		{"lamppost", "", "<p>lamp</p><p>post</p>", false},
		{"lamp post", "lamp", "post", false},
		{"lamp post", "a post, a lamp", "", false},
		{"href", "", `<a href="https://lamp.example/">there</a>`, false},
		{"lamp", "", `<a href="https://lamp.example/">there</a>`, false},
		{"there", "", `<a href="https://lamp.example/">there</a>`, true},
		{"amp", "", "cats &amp; dogs", false},
		{"dogs", "", "cats &amp; dogs", true},
		{"don't", "Don’t", "", true},
		{"吸血鬼", "美しい吸血鬼の夜", "", true},
		{"吸血鬼", "吸血の鬼", "", false},
		{"静か", "静かに", "", true},
	}
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			account, err := tx.Accounts.Add(ctx, archive.Account{Name: "ada", PasswordHash: "x"})
			if err != nil {
				return err
			}
			for i, c := range cases {
				before, err := worded(ctx, tx, c.title, c.summary)
				if err != nil {
					return err
				}
				id, _, err := mutes(ctx, tx, account, c.word, 5)
				if err != nil {
					return err
				}
				after, err := worded(ctx, tx, c.title, c.summary)
				if err != nil {
					return err
				}
				works, err := tx.MutedWords.Works(ctx, id)
				if err != nil {
					return err
				}
				for _, work := range []int64{before, after} {
					if in := slices.Contains(works, work); in != c.in {
						t.Errorf("case %d: %q in %q, %q: %v", i, c.word, c.title, c.summary, in)
					}
				}
			}
			return nil
		})
	})
}

// Many works are looked through a few at a time; what is edited is read anew;
// and a word that nobody mutes is forgotten a few works at a time, but not under
// a member who mutes it meanwhile.
func TestAMutedWordIsLookedForInPieces(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		var ada, word, lamp int64
		w.Write(t, func(ctx context.Context, tx *store.Tx) (err error) {
			if ada, err = tx.Accounts.Add(ctx, archive.Account{Name: "ada", PasswordHash: "x"}); err != nil {
				return err
			}
			for i := range 23 {
				if lamp, err = worded(ctx, tx, fmt.Sprint("Lamp ", i), ""); err != nil {
					return err
				}
			}
			var steps int
			if word, steps, err = mutes(ctx, tx, ada, "lamp", 5); steps != 5 {
				t.Errorf("23 works were looked through in %d steps of 5", steps)
			}
			return err
		})
		works := func() (n int) {
			w.Read(t, func(ctx context.Context, tx *store.Tx) error {
				works, err := tx.MutedWords.Works(ctx, word)
				n = len(works)
				return err
			})
			return n
		}
		if n := works(); n != 23 {
			t.Errorf("it stands in %d works, not in 23", n)
		}
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			return tx.Works.Save(ctx, archive.Work{ID: lamp, Revision: 1, Title: "Rope", Language: "en", Comments: archive.CommentsEveryone, Dates: archive.Dates{Published: tx.Now}})
		})
		if n := works(); n != 22 {
			t.Errorf("after an edit it stands in %d works, not in 22", n)
		}
		forget := func() (done bool) {
			w.Write(t, func(ctx context.Context, tx *store.Tx) (err error) {
				done, err = tx.MutedWords.Forget(ctx, word, 10)
				return err
			})
			return done
		}
		if !forget() || works() != 22 {
			t.Error("a word was forgotten that is muted")
		}
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Muted.Drop(ctx, ada, archive.Muted{Word: word})
			return err
		})
		if forget() || works() != 12 {
			t.Errorf("of 22 works 10 are forgotten at once, and %d are left", works())
		}
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			anew, _, err := mutes(ctx, tx, ada, "Lamp", 100)
			if err != nil || anew == word {
				t.Errorf("what is being forgotten was muted again: %v", err)
			}
			works, err := tx.MutedWords.Works(ctx, anew)
			if len(works) != 22 {
				t.Errorf("muted again it stands in %d works, not in 22", len(works))
			}
			return err
		})
		for steps := 0; !forget(); steps++ {
			if steps > 3 {
				t.Fatal("it is never forgotten")
			}
		}
		if n := works(); n != 0 {
			t.Errorf("a forgotten word stands in %d works", n)
		}
	})
}
