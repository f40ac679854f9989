package wrangling_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/wrangling"
)

// acts are all acts after one, the newest first, each with what has to be undone before
// it, as a page would say.
func (d *desk) acts(after int64) (acts []store.NamedAct, waits map[int64]store.NamedAct) {
	d.t.Helper()
	d.Read(d.t, func(ctx context.Context, tx *store.Tx) (err error) {
		if acts, err = tx.TagActs.By(ctx, d.staff.Account, after, 1<<40, 1000); err != nil {
			return err
		}
		waits, err = wrangling.WaitFor(ctx, tx, acts...)
		return err
	})
	return acts, waits
}

// first is what an act waits for.
func (d *desk) first(act archive.TagAct) int64 {
	d.t.Helper()
	_, waits := d.acts(0)
	return waits[act.ID].ID
}

func TestAnActNamesWhatHasToBeUndoneBefore(t *testing.T) {
	desks(t, func(d *desk) {
		ids := d.canonical("A", "B", "C", "D")
		a, b, c := ids[0], ids[1], ids[2]
		made := d.last(b)
		need := func(what string, act, later archive.TagAct) {
			t.Helper()
			if first := d.first(act); first != later.ID {
				t.Errorf("%s: it waits for %d, not %d", what, first, later.ID)
			}
			var waits wrangling.Waits
			if err := d.Undo(t.Context(), d.also, act.ID); later.ID != 0 && (!errors.As(err, &waits) || waits.First.ID != later.ID || !errors.Is(err, archive.ErrConflict)) {
				t.Errorf("%s: the undoing is answered %v", what, err)
			}
		}
		d.merges(a, b)
		merged := d.last(a)
		need("a canonical that has synonyms", made, merged)
		d.merges(b, c)
		taken := d.last(b)
		need("a merge whose canonical was merged", merged, taken)
		d.must(d.Split(t.Context(), d.staff, d.seen(c), b, []int64{a}))
		split := d.last(c)
		need("a merge whose tag was split off", taken, split)
		need("a merge whose tag was split off with it", merged, taken)
		d.must(d.Rename(t.Context(), d.staff, d.seen(b), "E"))
		renamed := d.last(b)
		need("a split whose canonical was renamed", split, renamed)
		e := d.freeform("E")
		d.must(d.AddMetatag(t.Context(), d.staff, d.seen(e), c))
		put := d.last(e)
		need("a renaming of what was put under another", renamed, put)
		d.must(d.RemoveMetatag(t.Context(), d.staff, d.seen(e), c))
		out := d.last(e)
		need("a metatag that was taken away", put, out)
		d.must(d.AddMetatag(t.Context(), d.staff, d.seen(e), ids[3]))
		need("what is about another metatag", out, archive.TagAct{})
	})
}

// drawn does something with some tags, whatever; most of it is refused.
func (d *desk) drawn(rng *rand.Rand, tags []int64) {
	d.t.Helper()
	tag, other := tags[rng.IntN(len(tags))], tags[rng.IntN(len(tags))]
	var err error
	switch seen := d.seen(tag); rng.IntN(11) {
	case 0, 1:
		err = d.MakeCanonical(d.t.Context(), d.staff, seen)
	case 2, 3:
		_, err = d.Merge(d.t.Context(), d.staff, seen, other)
	case 4:
		err = d.LeaveAsIs(d.t.Context(), d.staff, seen)
	case 5:
		err = d.AddMetatag(d.t.Context(), d.staff, seen, other)
	case 6:
		err = d.Rename(d.t.Context(), d.staff, seen, []string{"F", "G", "a", "b", "C"}[rng.IntN(5)])
	case 7:
		err = d.RemoveMetatag(d.t.Context(), d.staff, seen, other)
	case 8:
		err = d.Unban(d.t.Context(), d.staff, seen)
	case 9:
		err = d.Ban(d.t.Context(), d.staff, seen)
	default:
		err = d.Split(d.t.Context(), d.staff, seen, other, slices.DeleteFunc(d.synonyms(tag), func(id int64) bool { return id == other || id%2 == 0 }))
	}
	var p archive.Problems
	if err != nil && !errors.As(err, &p) && !errors.Is(err, archive.ErrConflict) && !errors.Is(err, archive.ErrNotFound) {
		d.t.Fatal(err)
	}
}

func (d *desk) synonyms(tag int64) (ids []int64) {
	d.t.Helper()
	d.Read(d.t, func(ctx context.Context, tx *store.Tx) (err error) {
		ids, err = tx.Sorting.Synonyms(ctx, tag)
		return err
	})
	return ids
}

// Whatever was done and undone, an act waits for a later one or is undone when
// somebody asks: and the last first, all of it is undone.
func TestWhatDoesNotWaitIsUndone(t *testing.T) {
	desks(t, func(d *desk) {
		var tags []int64
		for _, name := range []string{"A", "B", "C", "D", "E", "F"} {
			tags = append(tags, d.freeform(name))
		}
		for seed := range uint64(40) {
			rng := rand.New(rand.NewPCG(seed, 1))
			before, since := d.state(), int64(0)
			if acts, _ := d.acts(0); len(acts) > 0 {
				since = acts[0].ID
			}
			for range 30 {
				d.drawn(rng, tags)
				if acts, waits := d.acts(since); len(acts) > 0 && rng.IntN(4) == 0 {
					d.undoes(acts[rng.IntN(min(len(acts), 8))], waits)
				}
			}
			acts, waits := d.acts(since)
			for _, act := range acts {
				if !act.UndoneAt.IsZero() {
					continue
				}
				if _, waits = d.acts(since); waits[act.ID].ID != 0 {
					t.Fatalf("seed %d: the last act, %+v, waits for %+v", seed, act, waits[act.ID])
				}
				d.undoes(act, waits)
			}
			if after := d.state(); !slices.Equal(before[:len(before)-1], after[:len(before)-1]) || after[len(after)-1] != before[len(before)-1] {
				t.Errorf("seed %d: %v became %v", seed, before, after)
			}
		}
	})
}

// undoes undoes an act that stands, if it does not wait.
func (d *desk) undoes(act store.NamedAct, waits map[int64]store.NamedAct) {
	d.t.Helper()
	if !act.UndoneAt.IsZero() {
		return
	}
	err := d.Undo(d.t.Context(), d.staff, act.ID)
	first, isWaiting := waits[act.ID]
	var w wrangling.Waits
	var p archive.Problems
	switch {
	case isWaiting && (!errors.As(err, &w) || w.First.ID != first.ID):
		d.t.Errorf("%+v waits for %+v, and its undoing is answered %v", act, first, err)
	case !isWaiting && err != nil && !errors.As(err, &p): // a circle may close
		d.t.Errorf("%+v waits for nothing, and its undoing is answered %v", act, err)
	}
}
