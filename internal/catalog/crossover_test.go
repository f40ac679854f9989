package catalog_test

import (
	"context"
	"errors"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// A crossover is of two fandoms that have nothing above them in common; two
// spellings of one, and two beneath one, are none. Tables and memory agree.
func TestACrossoverIsOfUnrelatedFandoms(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		s := newShelf(t, w)
		work := func(title string, fandoms ...string) int64 {
			id := s.post(title)
			s.happens(archive.WorkEdited, id, func(ctx context.Context, tx *store.Tx) error {
				var tags []archive.WorkTag
				for _, name := range fandoms {
					tags = append(tags, archive.WorkTag{Kind: archive.KindFandom, Wording: name})
				}
				return tx.Tags.SetOn(ctx, id, tags)
			})
			return id
		}
		one, crossing := work("One", "Lamps"), work("Crossing", "Lamps", "Ropes")
		spelt, beneath, above := work("Spelt", "Lamps", "Lampes"), work("Beneath", "Lamps", "Lanterns"), work("Above", "Lamps", "Lights")
		s.Write(t, func(ctx context.Context, tx *store.Tx) error {
			tag := map[string]int64{}
			for _, name := range []string{"Lamps", "Ropes", "Lampes", "Lanterns", "Lights"} {
				found, err := tx.Sorting.Named(ctx, archive.KindFandom, name)
				if err != nil {
					return err
				}
				tag[name] = found.ID
				tx.Log.Record(archive.Event{Kind: archive.TagSorted, Subject: found.ID})
				if err := tx.Sorting.Stand(ctx, found.ID, archive.TagCanonical, 0); err != nil {
					return err
				}
			}
			_, lamps := tx.Sorting.AddMetatag(ctx, tag["Lamps"], tag["Lights"])
			_, lanterns := tx.Sorting.AddMetatag(ctx, tag["Lanterns"], tag["Lights"])
			return errors.Join(lamps, lanterns, tx.Sorting.Stand(ctx, tag["Lampes"], archive.TagSynonym, tag["Lamps"]), tx.Sorting.Close(ctx))
		})
		yes, no := true, false
		for _, counted := range []bool{false, true} {
			for choice, want := range map[*bool][]int64{&yes: {crossing}, &no: {above, beneath, spelt, one}} {
				l := s.list(archive.Viewer{}, catalog.Filter{Crossover: choice})
				got := ids(l)
				if l.Total != len(want) || len(got) != len(want) || l.IsCounted != counted {
					t.Fatalf("crossovers %v: %v, %d in all, want %v", *choice, got, l.Total, want)
				}
				for i := range want {
					if got[i] != want[i] {
						t.Errorf("crossovers %v: %v, want %v", *choice, got, want)
					}
				}
			}
			s.known.Fill(t.Context())
		}
	})
}
