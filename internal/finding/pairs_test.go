package finding_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"ficus/internal/prose/words"
	"ficus/internal/store"
)

// reads tells how far works were read.
func (w *world) reads() (r store.PassagesRead) {
	w.t.Helper()
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) (err error) { r, err = tx.Passages.Read(ctx); return err })
	return r
}

// Texts that were read before their words were common are read once more; what
// is found is the same before, meanwhile and after.
func TestPhrasesOfCommonWordsAreFoundWhileTextsAreReadOnceMore(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		for i := range 30 {
			text := fmt.Sprintf("He said it to keeper%d and to the ferry.", i)
			if i%15 == 0 {
				text = "It was said to the lamp: he said."
			}
			w.posts("Work", text)
		}
		holds := func(when string) {
			t.Helper()
			for phrase, works := range map[string]int{"and to the": 28, "the lamp he": 2, "to the lamp": 2, "said to": 2, "to said": 0, "was said to the": 2, "it to the": 0, "keeper7 and to": 1} {
				if found := w.finds(phrase); found != works {
					t.Errorf("%s: %q is found in %d works, not in %d", when, phrase, found, works)
				}
			}
		}
		must(t, w.reader().CatchUp(t.Context()))
		holds("before words are counted")
		if r := w.reads(); r.Pairs != 0 {
			t.Fatalf("words make pairs before there are enough: %+v", r)
		}
		w.Write(t, func(ctx context.Context, tx *store.Tx) error { // as counting leaves it
			read, err := tx.Passages.Read(ctx)
			if err == nil {
				read.Pairs, read.Again = 1, 0
				err = errors.Join(tx.Passages.SetRead(ctx, read), tx.Passages.AddPaired(ctx, []string{"and", "he", "it", "lamp", "said", "the", "to", "was"}, 1))
			}
			return err
		})
		holds("before texts are read once more")
		for tries := 1; w.reads().Paired == 0; tries++ {
			_ = w.reader().CatchUp(endingAfter(t, 20*tries))
			w.Clock.Pass(2 * time.Minute)
			holds("while texts are read once more")
		}
		must(t, w.reader().CatchUp(t.Context()))
		if r := w.reads(); r.Pairs != 1 || r.Paired != 1 || r.Again != store.AllWorks {
			t.Errorf("texts are read up to %+v", r)
		}
		holds("after")
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			s := store.Sought{Words: "and to the", In: store.InText}
			_, err := tx.Passages.Seek(ctx, &s, true)
			if !strings.Contains(s.Text, words.Pair("and", "to")) {
				t.Errorf("a phrase of common words is sought as %q", s.Text)
			}
			return err
		})
	})
}

// Where there are ten times as many chapters, the words that have become common
// make pairs too.
func TestWordsThatBecomeCommonMakePairs(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		for range 2 {
			w.posts("Old", "The lamp.")
		}
		finder := w.reader()
		finder.CountFrom(2)
		must(t, finder.CatchUp(t.Context()))
		for range 18 {
			w.posts("New", "Der Hafen.")
		}
		must(t, finder.CatchUp(t.Context()))
		if r := w.reads(); r.Pairs != 2 || r.Paired != 2 || r.Again != store.AllWorks {
			t.Errorf("texts are read up to %+v", r)
		}
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			paired, err := tx.Passages.Pairing(ctx, []string{"the", "lamp", "der", "hafen"})
			if len(paired) != 4 {
				t.Errorf("pairs are made of %v", paired)
			}
			return err
		})
		w.wants("der lamp", 0)
		w.wants("the lamp", 0) // as of both, more than a tenth have it: it only narrows
	})
}
