package catalog_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// What stands beside a fandom is how many works its page holds, by synonyms and
// by what stands below it too, whether the works have been read or not; and it
// is what the viewer may find of them, less what they mute.
func TestAFandomIsCountedAsItsPageIs(t *testing.T) {
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
		work("A lamp", "All lights")
		work("A rope", "Harbour Lights", "harbour lites")
		restricted := work("A coat", "harbour lites")
		work("An oar", "Left", "Banned")
		s.happens(archive.WorkEdited, restricted, func(ctx context.Context, tx *store.Tx) error {
			o, err := tx.Works.ForEdit(ctx, s.writer, restricted)
			o.Restricted = true
			return errors.Join(err, tx.Works.Save(ctx, o.Work))
		})
		s.Write(t, func(ctx context.Context, tx *store.Tx) error {
			tag := map[string]int64{}
			for _, name := range []string{"All lights", "Harbour Lights", "harbour lites", "Left", "Banned"} {
				found, err := tx.Sorting.Named(ctx, archive.KindFandom, name)
				if err != nil {
					return err
				}
				tag[name] = found.ID
				tx.Log.Record(archive.Event{Kind: archive.TagSorted, Subject: found.ID})
			}
			_, err := tx.Sorting.AddMetatag(ctx, tag["Harbour Lights"], tag["All lights"])
			return errors.Join(err, tx.Sorting.Stand(ctx, tag["All lights"], archive.TagCanonical, 0), tx.Sorting.Stand(ctx, tag["Harbour Lights"], archive.TagCanonical, 0),
				tx.Sorting.Stand(ctx, tag["harbour lites"], archive.TagSynonym, tag["Harbour Lights"]), tx.Sorting.Stand(ctx, tag["Left"], archive.TagAsIs, 0),
				tx.Sorting.Ban(ctx, tag["Banned"], true), tx.Sorting.Close(ctx))
		})
		says := func(when string, v archive.Viewer, want string) {
			t.Helper()
			fandoms, err := s.known.Fandoms(t.Context(), v, catalog.LeftOut)
			largest, failed := s.known.LargestFandoms(t.Context(), v, catalog.LeftOut, 1)
			if err != nil || failed != nil {
				t.Fatal(err, failed)
			}
			said := ""
			for _, f := range fandoms {
				said += fmt.Sprint(f.Name, " ", f.Works, ", ")
				if l := s.list(v, catalog.Filter{Of: catalog.Of{Tag: f.ID}}); l.Total != f.Works {
					t.Errorf("%s, %s is said to hold %d works and lists %d", when, f.Name, f.Works, l.Total)
				}
			}
			if said != want {
				t.Errorf("%s, %d is told %q, not %q", when, v.Account, said, want)
			}
			if len(fandoms) > 0 && (len(largest) != 1 || largest[0] != fandoms[0]) {
				t.Errorf("%s, the largest is %v", when, largest)
			}
		}
		for _, when := range []string{"from the tables", "from memory"} {
			says(when, archive.Viewer{}, "All lights 2, Harbour Lights 1, ")
			says(when, s.reader, "All lights 3, Harbour Lights 2, ")
			s.known.Fill(t.Context())
		}
		s.Write(t, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Ties.Mute(ctx, s.reader.Account, s.writer.Account)
			return err
		})
		says("muted", s.reader, "")
	})
}
