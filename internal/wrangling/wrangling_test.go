package wrangling_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit"
	"ficus/internal/wrangling"
)

// desk is a world with two wranglers.
type desk struct {
	*testkit.World
	*wrangling.Wrangling
	t           *testing.T
	staff, also archive.Viewer
	writer      int64
}

func desks(t *testing.T, test func(*desk)) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		d := &desk{World: w, Wrangling: wrangling.New(w.Store), t: t}
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			for name, id := range map[string]*int64{"ida": &d.staff.Account, "oda": &d.also.Account, "ben": &d.writer} {
				var err error
				if *id, err = tx.Accounts.Add(ctx, archive.Account{Name: name, PasswordHash: "x", Staff: name != "ben"}); err != nil {
					return err
				}
			}
			return nil
		})
		d.staff.Staff, d.also.Staff = true, true
		test(d)
	})
}

// freeform gives the tag of a name.
func (d *desk) freeform(name string) int64 { return d.tag(archive.KindFreeform, name) }

func (d *desk) tag(kind archive.TagKind, name string) (id int64) {
	d.t.Helper()
	d.Write(d.t, func(ctx context.Context, tx *store.Tx) error {
		tag, err := tx.Tags.Ensure(ctx, kind, name)
		id = tag.ID
		return err
	})
	return id
}

// seen is a tag as it stands now.
func (d *desk) seen(id int64) (seen wrangling.Tag) {
	d.t.Helper()
	d.Read(d.t, func(ctx context.Context, tx *store.Tx) (err error) {
		seen.ID = id
		seen.Seen, err = tx.TagActs.Seen(ctx, id)
		return err
	})
	return seen
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) canonical(names ...string) (ids []int64) {
	d.t.Helper()
	for _, name := range names {
		id := d.freeform(name)
		d.must(d.MakeCanonical(d.t.Context(), d.staff, d.seen(id)))
		ids = append(ids, id)
	}
	return ids
}

func (d *desk) merges(tag, into int64) {
	d.t.Helper()
	waits, err := d.Merge(d.t.Context(), d.staff, d.seen(tag), into)
	if err != nil || waits {
		d.t.Fatal(waits, err)
	}
}

// last is the number of the last act on a tag.
func (d *desk) last(tag int64) (act archive.TagAct) {
	d.t.Helper()
	d.Read(d.t, func(ctx context.Context, tx *store.Tx) error {
		acts, err := tx.TagActs.Of(ctx, tag, 100)
		for _, a := range acts {
			if act.ID == 0 && a.Tag == tag {
				act = a
			}
		}
		return err
	})
	return act
}

// state is everything the tables say of tags, and what is read of it into
// memory.
func (d *desk) state() (state []string) {
	d.t.Helper()
	d.Read(d.t, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.Indexed.EachTag(ctx, func(t store.IndexedTag) bool { state = append(state, fmt.Sprint(t)); return true }); err != nil {
			return err
		}
		set, err := tx.Sorting.Metatags(ctx)
		state = append(state, fmt.Sprint(set))
		return err
	})
	return state
}

func (d *desk) works(tag int64) (n int64) {
	d.t.Helper()
	d.Read(d.t, func(ctx context.Context, tx *store.Tx) (err error) {
		n, err = tx.Sorting.Works(ctx, tag)
		return err
	})
	return n
}

func (d *desk) refuses(rule string, err error) {
	d.t.Helper()
	var p archive.Problems
	if !errors.As(err, &p) || len(p) != 1 || p[0].Rule != rule {
		d.t.Errorf("it is answered %v, not %s", err, rule)
	}
}

func TestAMergeTakesSynonymsAlongAndItsUndoingBringsAllBack(t *testing.T) {
	desks(t, func(d *desk) {
		ids := d.canonical("Slow Burn", "Slow slow burn", "Pining")
		burn, slow, pining := ids[0], ids[1], ids[2]
		word := d.freeform("sloooow")
		d.merges(word, slow)
		d.must(d.AddMetatag(t.Context(), d.staff, d.seen(slow), pining))
		before := d.state()
		d.merges(slow, burn)
		act := d.last(slow)
		d.Read(t, func(ctx context.Context, tx *store.Tx) error {
			for _, id := range []int64{slow, word} {
				if tag, err := tx.Sorting.Find(ctx, id); err != nil || tag.Standing != archive.TagSynonym || tag.Canonical != burn {
					t.Errorf("%+v, %v", tag, err)
				}
			}
			return nil
		})
		d.Clock.Pass(24 * time.Hour)
		d.must(d.Undo(t.Context(), d.also, act.ID))
		if after := d.state(); !slices.Equal(before, after) {
			t.Errorf("after the undoing it is\n%v, not\n%v", after, before)
		}
		if err := d.Undo(t.Context(), d.also, act.ID); !errors.Is(err, archive.ErrConflict) {
			t.Error("undone twice:", err)
		}
	})
}

func TestWhatLaterActsStandOnIsNotUndone(t *testing.T) {
	desks(t, func(d *desk) {
		ids := d.canonical("A", "B", "C")
		made := d.last(ids[1])
		d.merges(ids[0], ids[1])
		first := d.last(ids[0])
		if err := d.Undo(t.Context(), d.staff, made.ID); !errors.Is(err, archive.ErrConflict) {
			t.Error("a canonical with synonyms is made none:", err)
		}
		d.merges(ids[1], ids[2])
		if err := d.Undo(t.Context(), d.staff, first.ID); !errors.Is(err, archive.ErrConflict) {
			t.Error("a merge is undone though its canonical was merged since:", err)
		}
		if a := d.last(ids[0]); !a.UndoneAt.IsZero() {
			t.Error("what was refused is noted as undone")
		}
		d.must(d.Undo(t.Context(), d.staff, d.last(ids[1]).ID))
		d.must(d.Undo(t.Context(), d.staff, first.ID))
	})
}

func TestOnlyStaffSortTagsAndOnlyWhatTheySaw(t *testing.T) {
	desks(t, func(d *desk) {
		burn := d.canonical("Burn")[0]
		word := d.freeform("burning")
		for _, v := range []archive.Viewer{{}, {Account: d.writer}, {Account: d.staff.Account, Staff: true, Suspended: true}} {
			if _, err := d.Merge(t.Context(), v, d.seen(word), burn); !errors.Is(err, archive.ErrNotFound) {
				t.Error(v, err)
			}
			if err := d.Undo(t.Context(), v, d.last(burn).ID); !errors.Is(err, archive.ErrNotFound) {
				t.Error(v, err)
			}
		}
		seen := d.seen(word)
		d.must(d.LeaveAsIs(t.Context(), d.also, seen))
		if _, err := d.Merge(t.Context(), d.staff, seen, burn); !errors.Is(err, archive.ErrConflict) {
			t.Error("a tag that was sorted meanwhile is merged:", err)
		}
		_, err := d.Merge(t.Context(), d.staff, d.seen(burn), word)
		d.refuses("tag_not_canonical", err)
		d.refuses("tag_not_wrangled", d.MakeCanonical(t.Context(), d.staff, d.seen(d.tag(archive.KindRating, archive.RatingTeen))))
		d.merges(word, burn)
		d.refuses("tag_has_synonyms", d.LeaveAsIs(t.Context(), d.staff, d.seen(burn)))
	})
}

func TestNoTagComesToStandAboveItself(t *testing.T) {
	desks(t, func(d *desk) {
		ids := d.canonical("A", "B", "C")
		d.must(d.AddMetatag(t.Context(), d.staff, d.seen(ids[0]), ids[1]))
		d.must(d.AddMetatag(t.Context(), d.staff, d.seen(ids[1]), ids[2]))
		d.refuses("tag_metatag_circle", d.AddMetatag(t.Context(), d.staff, d.seen(ids[2]), ids[0]))
		_, err := d.Merge(t.Context(), d.staff, d.seen(ids[2]), ids[0])
		d.refuses("tag_metatag_circle", err)

		// An undoing wakes what rested meanwhile: it may close a circle too.
		other := d.canonical("D")[0]
		d.merges(ids[1], other)
		act := d.last(ids[1])
		d.must(d.AddMetatag(t.Context(), d.staff, d.seen(ids[2]), ids[0]))
		d.refuses("tag_metatag_circle", d.Undo(t.Context(), d.staff, act.ID))
		d.must(d.RemoveMetatag(t.Context(), d.staff, d.seen(ids[2]), ids[0]))
		d.must(d.Undo(t.Context(), d.staff, act.ID))
	})
}

func TestTwoWhoSortOneTagAtOnceDoItOnce(t *testing.T) {
	desks(t, func(d *desk) {
		ids := d.canonical("A", "B")
		tag := d.seen(d.freeform("C"))
		var wg sync.WaitGroup
		var errs [2]error
		for i := range errs {
			wg.Go(func() { _, errs[i] = d.Merge(t.Context(), d.staff, tag, ids[i]) })
		}
		wg.Wait()
		if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs[:]...), archive.ErrConflict) {
			t.Error(errs)
		}
	})
}

func TestAMergeThatManyWorksWouldFeelWaits(t *testing.T) {
	desks(t, func(d *desk) {
		burn := d.canonical("Burn")[0]
		d.Write(t, func(ctx context.Context, tx *store.Tx) error {
			for range 1001 {
				work, err := tx.Works.Add(ctx, archive.Work{Title: "A", Language: "en", Comments: archive.CommentsEveryone, Dates: archive.Dates{Published: tx.Now}})
				if err != nil {
					return err
				}
				if err := tx.Tags.SetOn(ctx, work, []archive.WorkTag{{Kind: archive.KindFreeform, Wording: "ember"}, {Kind: archive.KindFreeform, Wording: "coal"}}); err != nil {
					return err
				}
			}
			return nil
		})
		for name, second := range map[string]func() archive.Viewer{
			"ember": func() archive.Viewer { return d.also },
			"coal":  func() archive.Viewer { d.Clock.Pass(24 * time.Hour); return d.staff },
		} {
			tag := d.freeform(name)
			for range 2 { // asking again changes nothing
				if waits, err := d.Merge(t.Context(), d.staff, d.seen(tag), burn); err != nil || !waits {
					t.Fatal(waits, err)
				}
			}
			d.must(d.Withdraw(t.Context(), d.also, d.seen(tag)))
			if err := d.Withdraw(t.Context(), d.staff, d.seen(tag)); !errors.Is(err, archive.ErrNotFound) {
				t.Error("what waits no more is withdrawn:", err)
			}
			if waits, err := d.Merge(t.Context(), d.staff, d.seen(tag), burn); err != nil || !waits {
				t.Fatal("after it was withdrawn and asked for anew:", waits, err)
			}
			if waits, err := d.Merge(t.Context(), second(), d.seen(tag), burn); err != nil || waits {
				t.Fatal(waits, err)
			}
		}
		if n := d.works(burn); n != 1001 {
			t.Error(n, "works are counted, each of which bears two synonyms")
		}
	})
}

func TestCharactersAreFiledAndTagsBannedAndBothIsUndone(t *testing.T) {
	desks(t, func(d *desk) {
		fandom, who := d.tag(archive.KindFandom, "Saltlight"), d.tag(archive.KindCharacter, "Oriane")
		d.refuses("tag_not_canonical", d.File(t.Context(), d.staff, d.seen(who), fandom))
		for _, id := range []int64{fandom, who} {
			d.must(d.MakeCanonical(t.Context(), d.staff, d.seen(id)))
		}
		d.refuses("tag_parent_kind", d.File(t.Context(), d.staff, d.seen(fandom), who))
		parents := func() (ids []int64) {
			d.Read(t, func(ctx context.Context, tx *store.Tx) (err error) {
				ids, err = tx.Sorting.Parents(ctx, who)
				return err
			})
			return ids
		}
		d.must(d.File(t.Context(), d.staff, d.seen(who), fandom))
		if !slices.Equal(parents(), []int64{fandom}) {
			t.Error(parents())
		}
		d.must(d.Undo(t.Context(), d.staff, d.last(who).ID))
		if len(parents()) > 0 {
			t.Error(parents())
		}
		before := d.state()
		d.must(d.Ban(t.Context(), d.staff, d.seen(who)))
		if slices.Equal(before, d.state()) {
			t.Error("nobody sees that a tag was banned")
		}
		d.must(d.Undo(t.Context(), d.staff, d.last(who).ID))
		if !slices.Equal(before, d.state()) {
			t.Error("it is banned still")
		}
	})
}
