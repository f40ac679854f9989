package catalog_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// A crossover is of two fandoms that have nothing above them in common; two
// spellings of one, and two beneath one, are none. Two spellings are one fandom
// where they are counted, two beneath one are two. Tables and memory agree.
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
		atMost := func(n int64) catalog.Filter { return catalog.Filter{Fandoms: &store.Span{Most: n}} }
		for _, counted := range []bool{false, true} {
			for what, asked := range map[string]struct {
				catalog.Filter
				want []int64
			}{
				"crossovers": {catalog.Filter{Crossover: &yes}, []int64{crossing}}, "no crossovers": {catalog.Filter{Crossover: &no}, []int64{above, beneath, spelt, one}},
				"one at most": {atMost(1), []int64{spelt, one}}, "two at most": {atMost(2), []int64{above, beneath, spelt, crossing, one}}, "none": {atMost(0), nil},
				"two": {catalog.Filter{Fandoms: &store.Span{Least: 2, Most: 2}}, []int64{above, beneath, crossing}},
			} {
				l := s.list(archive.Viewer{}, asked.Filter)
				if got := ids(l); l.Total != len(asked.want) || !slices.Equal(got, asked.want) || l.IsCounted != counted {
					t.Errorf("%s, counted %v: %v, %d in all, want %v", what, counted, got, l.Total, asked.want)
				}
			}
			s.known.Fill(t.Context())
		}
	})
}
