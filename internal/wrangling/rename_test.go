package wrangling_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// sorted is a tag as it stands.
func (d *desk) sorted(id int64) (tag archive.SortedTag) {
	d.t.Helper()
	d.Read(d.t, func(ctx context.Context, tx *store.Tx) (err error) {
		tag, err = tx.Sorting.Find(ctx, id)
		return err
	})
	return tag
}

// work posts nothing and tags something: a work with these freeforms.
func (d *desk) work(freeforms ...string) (work int64) {
	d.t.Helper()
	d.Write(d.t, func(ctx context.Context, tx *store.Tx) (err error) {
		work, err = tx.Works.Add(ctx, archive.Work{Title: "A", Language: "en", Comments: archive.CommentsEveryone, Dates: archive.Dates{Published: tx.Now}})
		if err != nil {
			return err
		}
		var tags []archive.WorkTag
		for _, name := range freeforms {
			tags = append(tags, archive.WorkTag{Kind: archive.KindFreeform, Wording: name})
		}
		return tx.Tags.SetOn(ctx, work, tags)
	})
	return work
}

func TestARenamedCanonicalKeepsEverything(t *testing.T) {
	desks(t, func(d *desk) {
		tea := d.canonical("Tea")[0]
		chai, cake := d.freeform("chai"), d.freeform("cake")
		d.merges(chai, tea)
		d.work("Tea")
		d.work("chai")
		d.work("cake")
		before := d.state()
		rename := func(name string) error { return d.Rename(t.Context(), d.staff, d.seen(tea), name) }
		d.refuses("tag_taken", rename("Cake"))
		d.refuses("required", rename("  "))
		d.refuses("tag_characters", rename("tea, coffee"))
		d.refuses("tag_not_canonical", d.Rename(t.Context(), d.staff, d.seen(cake), "x"))
		d.must(rename("Tea"))
		if !slices.Equal(before, d.state()) {
			t.Error("what was refused, or changed nothing, left a trace")
		}
		for _, name := range []string{"TEA", "Chai", "Hot Drinks"} {
			d.must(rename(name))
			if got := d.sorted(tea); got.Name != name || got.Standing != archive.TagCanonical {
				t.Errorf("renamed %q, it is %+v", name, got)
			}
			if n := d.works(tea); n != 2 {
				t.Errorf("named %q it has %d works, not 2", name, n)
			}
			old := d.freeform("Tea")
			if name != "TEA" && d.sorted(old).Canonical != tea {
				t.Errorf("named %q, its old name is %+v", name, d.sorted(old))
			}
			d.Clock.Pass(24 * time.Hour)
			d.must(d.Undo(t.Context(), d.also, d.last(tea).ID))
			if got := d.sorted(tea); got.Name != "Tea" {
				t.Errorf("undone, it is called %q", got.Name)
			}
			if d.sorted(chai).Name != "chai" || d.sorted(chai).Canonical != tea || d.works(tea) != 2 {
				t.Errorf("undone, its synonym is %+v", d.sorted(chai))
			}
		}
		if err := d.Undo(t.Context(), d.staff, d.last(tea).ID+100); !errors.Is(err, archive.ErrNotFound) {
			t.Error(err)
		}
	})
}

func TestARenameUndoneKeepsWorksThatWereTaggedMeanwhile(t *testing.T) {
	desks(t, func(d *desk) {
		tea := d.canonical("Tea")[0]
		d.work("Tea")
		d.must(d.Rename(t.Context(), d.staff, d.seen(tea), "Hot Drinks"))
		d.work("Tea")
		d.work("Hot Drinks")
		if n := d.works(tea); n != 3 {
			t.Errorf("%d works, not 3", n)
		}
		d.must(d.Undo(t.Context(), d.staff, d.last(tea).ID))
		for _, name := range []string{"Tea", "Hot Drinks"} {
			if got := d.sorted(d.freeform(name)); got.Means() != tea {
				t.Errorf("%q means %+v", name, got)
			}
		}
		if n := d.works(tea); n != 3 || d.sorted(tea).Name != "Tea" {
			t.Errorf("%d works of %+v, not 3", n, d.sorted(tea))
		}
		d.must(d.Rename(t.Context(), d.staff, d.seen(tea), "Drinks"))
		first := d.last(tea).ID
		d.must(d.Rename(t.Context(), d.staff, d.seen(tea), "Cups"))
		if err := d.Undo(t.Context(), d.staff, first); !errors.Is(err, archive.ErrConflict) {
			t.Error("a name was undone under a later one:", err)
		}
	})
}

func TestSynonymsAreSplitIntoACanonicalOfTheirOwn(t *testing.T) {
	desks(t, func(d *desk) {
		drinks := d.canonical("Drinks")[0]
		tea, chai, beer, cake := d.freeform("tea"), d.freeform("chai"), d.freeform("beer"), d.freeform("cake")
		for _, id := range []int64{tea, chai, beer} {
			d.merges(id, drinks)
		}
		merged := d.last(tea).ID
		d.work("tea", "beer")
		d.work("chai")
		elsewhere := d.canonical("Elsewhere")[0]
		before := d.state()
		split := func(head int64, along ...int64) error {
			return d.Split(t.Context(), d.staff, d.seen(drinks), head, along)
		}
		for _, err := range []error{split(cake), split(tea, cake), split(drinks), split(tea, tea)} {
			if !errors.Is(err, archive.ErrConflict) {
				t.Error("something that is no synonym of it was split:", err)
			}
		}
		if !slices.Equal(before, d.state()) {
			t.Error("what was refused left a trace")
		}
		seen := d.seen(tea)
		d.must(split(tea, chai))
		act := d.last(drinks).ID
		if d.sorted(tea).Standing != archive.TagCanonical || d.sorted(chai).Canonical != tea || d.sorted(beer).Canonical != drinks || d.works(tea) != 2 || d.works(drinks) != 1 {
			t.Error(d.sorted(tea), d.sorted(chai), d.sorted(beer), d.works(tea), d.works(drinks))
		}
		if err := d.MakeCanonical(t.Context(), d.staff, seen); !errors.Is(err, archive.ErrConflict) {
			t.Error("a tag that was split meanwhile was not known to be:", err)
		}
		if err := d.Undo(t.Context(), d.staff, merged); !errors.Is(err, archive.ErrConflict) {
			t.Error("a merge was undone under a split:", err)
		}
		d.merges(cake, tea)
		if err := d.Undo(t.Context(), d.staff, act); !errors.Is(err, archive.ErrConflict) {
			t.Error("a split was undone under a merge:", err)
		}
		d.must(d.Undo(t.Context(), d.staff, d.last(cake).ID))
		d.merges(tea, elsewhere)
		if err := d.Undo(t.Context(), d.staff, act); !errors.Is(err, archive.ErrConflict) || d.sorted(tea).Canonical != elsewhere {
			t.Error("a split was undone though what was split off is merged elsewhere:", err)
		}
		d.must(d.Undo(t.Context(), d.staff, d.last(tea).ID))
		d.Clock.Pass(24 * time.Hour)
		d.must(d.Undo(t.Context(), d.staff, act))
		if after := d.state(); !slices.Equal(before, after) {
			t.Errorf("before: %v\nafter: %v", before, after)
		}
	})
}
