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
			named := d.freeform(name)
			if got := d.sorted(named); got.Name != name || got.Standing != archive.TagCanonical {
				t.Errorf("renamed %q, it is %+v", name, got)
			}
			if n := d.works(named); n != 2 {
				t.Errorf("named %q it has %d works, not 2", name, n)
			}
			if name != "TEA" && d.sorted(tea).Canonical != named {
				t.Errorf("named %q, its old name is %+v", name, d.sorted(tea))
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
		if n := d.works(d.freeform("Hot Drinks")); n != 3 {
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
		d.must(d.Rename(t.Context(), d.staff, d.seen(d.freeform("Drinks")), "Cups"))
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

// Who tagged a work with a name finds it under that name, whatever was done with
// other names between: a split takes along the works of the names it is about,
// older than the renaming and newer.
func TestASplitTakesAlongTheWorksOfItsNames(t *testing.T) {
	desks(t, func(d *desk) {
		tea, chai := d.canonical("Tea")[0], d.freeform("Chai")
		d.merges(chai, tea)
		d.work("Tea")
		d.work("tea", "Chai")
		d.work("Chai")
		d.must(d.Rename(t.Context(), d.staff, d.seen(tea), "Hot Drinks"))
		drinks := d.freeform("Hot Drinks")
		d.work("TEA")
		d.work("Hot Drinks")
		if n := d.works(drinks); n != 5 {
			t.Errorf("renamed, it has %d works, not 5", n)
		}
		before := d.state()
		d.must(d.Split(t.Context(), d.staff, d.seen(drinks), tea, []int64{chai}))
		if d.works(tea) != 4 || d.works(drinks) != 1 {
			t.Errorf("split off, the old name has %d works, not 4, and the new one %d, not 1", d.works(tea), d.works(drinks))
		}
		d.must(d.Undo(t.Context(), d.staff, d.last(drinks).ID))
		if after := d.state(); !slices.Equal(before, after) {
			t.Errorf("the split undone, tags stand as\n%v\nand stood as\n%v", after, before)
		}
	})
}

// Everything that was set on a canonical by hand is set on it by its new name,
// beside what that had of its own, which an undoing brings back.
func TestARenameHandsOnWhatWasSetByHand(t *testing.T) {
	desks(t, func(d *desk) {
		fandom := func(name string) int64 {
			id := d.tag(archive.KindFandom, name)
			d.must(d.MakeCanonical(t.Context(), d.staff, d.seen(id)))
			return id
		}
		sea, coast, lights, harbour := fandom("Sea"), fandom("Coast"), fandom("Lights"), fandom("Harbour")
		for i, under := range [][]int64{{lights}, {harbour}, {lights, harbour}} {
			tag := d.tag(archive.KindCharacter, string(rune('A'+i)))
			d.must(d.MakeCanonical(t.Context(), d.staff, d.seen(tag)))
			for _, parent := range under {
				d.must(d.File(t.Context(), d.staff, d.seen(tag), parent))
			}
		}
		below := fandom("Buoys")
		d.must(d.AddMetatag(t.Context(), d.staff, d.seen(lights), sea))
		filing := d.last(lights).ID
		d.must(d.AddMetatag(t.Context(), d.staff, d.seen(harbour), coast))
		d.must(d.AddMetatag(t.Context(), d.staff, d.seen(below), lights))
		d.Write(t, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.Tags.SetMedium(ctx, lights, "Books"), tx.Sorting.Ban(ctx, lights, true), tx.Wranglers.Set(ctx, d.writer, true, lights), tx.Wranglers.Say(ctx, d.writer, lights, "bright"))
		})
		d.merges(harbour, lights)
		before := d.state()
		d.must(d.Rename(t.Context(), d.staff, d.seen(lights), "HARBOUR"))
		rename := d.last(lights).ID
		d.Read(t, func(ctx context.Context, tx *store.Tx) error {
			kin, err := tx.Sorting.Kin(ctx, harbour, 10)
			given, err2 := tx.Wranglers.Fandoms(ctx, d.writer)
			said, err3 := tx.Wranglers.Said(ctx, harbour, 10)
			acts, err4 := tx.TagActs.History(ctx, harbour, 100)
			got := d.sorted(harbour)
			if got.Name != "HARBOUR" || got.Medium != "Books" || !got.Banned || len(kin.Children) != 3 || len(kin.Metatags) != 1 || kin.Metatags[0].ID != sea || len(kin.Subtags) != 1 || len(given) != 1 || given[0].ID != harbour || len(said) != 1 {
				t.Errorf("by its new name it is %+v, with %+v, given as %+v, and %d things said", got, kin, given, len(said))
			}
			if !slices.ContainsFunc(acts, func(a store.NamedAct) bool { return a.ID == filing }) {
				t.Error("by its new name its history lacks what was done by the old one")
			}
			return errors.Join(err, err2, err3, err4)
		})
		old := d.seen(harbour)
		d.must(d.Undo(t.Context(), d.staff, filing))
		if d.seen(harbour) == old {
			t.Error("an act from before the renaming was undone, and who saw the tag before is not told so")
		}
		d.must(d.RemoveMetatag(t.Context(), d.staff, d.seen(below), harbour))
		if err := d.Undo(t.Context(), d.staff, rename); !errors.Is(err, archive.ErrConflict) {
			t.Error("a name was undone under an act on it:", err)
		}
		d.must(d.Undo(t.Context(), d.staff, d.last(below).ID))
		d.must(d.Undo(t.Context(), d.staff, rename))
		d.must(d.AddMetatag(t.Context(), d.staff, d.seen(lights), sea))
		if after := d.state(); !slices.Equal(before, after) {
			t.Errorf("undone, tags stand as\n%v\nand stood as\n%v", after, before)
		}
	})
}

// What somebody chose by a newer name goes on meaning the tag when the name is
// undone.
func TestWhoMutedANewNameMutesTheOldOneToo(t *testing.T) {
	desks(t, func(d *desk) {
		tea := d.canonical("Tea")[0]
		d.must(d.Rename(t.Context(), d.staff, d.seen(tea), "Hot Drinks"))
		drinks := d.freeform("Hot Drinks")
		d.Write(t, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Muted.Add(ctx, d.writer, archive.Muted{Tag: drinks})
			return err
		})
		d.must(d.Undo(t.Context(), d.staff, d.last(tea).ID))
		if got := d.sorted(drinks); got.Means() != tea {
			t.Errorf("what was muted stands as %+v", got)
		}
	})
}
