package catalog_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
)

// offers checks what a viewer who types is offered, and with how many works.
func (s *shelf) offers(what string, v archive.Viewer, typed catalog.Typed, want ...string) {
	s.t.Helper()
	tags, err := s.known.Suggest(s.t.Context(), v, typed)
	if err != nil {
		s.t.Fatal(err)
	}
	var got []string
	for _, t := range tags {
		got = append(got, fmt.Sprintf("%s %d", t.Name, t.Works))
	}
	if !slices.Equal(got, want) {
		s.t.Errorf("%s, %+v is offered %q, want %q", what, typed, got, want)
	}
}

func free(text string, fandoms ...string) catalog.Typed {
	return catalog.Typed{Text: text, Kind: archive.KindFreeform, Fandoms: fandoms}
}

// Some tags are signs alone; each run of them between spaces is a word.
func TestTagsOfSignsAreOffered(t *testing.T) {
	shelves(t, func(t *testing.T, s *shelf) {
		s.post("A lamp", "🔥", "🔥🔥 !!!", "fire 🔥")
		s.post("A rope", "🔥", "❤️", "?!", "!!")
		s.offers("one sign", archive.Viewer{}, free("🔥"), "🔥 2", "🔥🔥 !!! 1")
		s.offers("two", archive.Viewer{}, free("🔥🔥"), "🔥🔥 !!! 1")
		s.offers("the second of two", archive.Viewer{}, free("!!!"), "🔥🔥 !!! 1")
		s.offers("a heart, as a phone writes it and plainly", archive.Viewer{}, free("❤️"), "❤️ 1")
		s.offers("a heart, plainly", archive.Viewer{}, free("❤"), "❤️ 1")
		s.offers("marks of speech", archive.Viewer{}, free("?"), "?! 1")
		s.offers("a word beside a sign", archive.Viewer{}, free("fire"), "fire 🔥 1")
	})
}

func TestWhoTypesIsOfferedTags(t *testing.T) {
	shelves(t, func(t *testing.T, s *shelf) {
		guest, member, staff := archive.Viewer{}, s.reader, archive.Viewer{Account: 99, Staff: true}
		s.post("A lamp", "slow burn", "Łódź at night", "rain")
		hidden := s.post("A rope", "Slow Fire", "rain")
		secret := s.post("A sail", "slow tide")
		s.Write(t, func(ctx context.Context, tx *store.Tx) error {
			sail, err := tx.Works.ForEdit(ctx, s.writer, secret)
			sail.Work.Restricted = true
			tx.Log.Record(archive.Event{Kind: archive.WorkEdited, Work: secret})
			return errors.Join(err, tx.Works.Save(ctx, sail.Work))
		})
		s.offers("at first", guest, free("slow"), "slow burn 1", "Slow Fire 1")
		s.offers("by its second word", guest, free("BÜRN"), "slow burn 1")
		s.offers("by two words", guest, free("ni lo"), "Łódź at night 1")
		s.offers("with a letter wrong", guest, free("slwo burm"), "slow burn 1")
		s.offers("too short to be mistyped", guest, free("slx"))
		s.offers("of another kind", guest, catalog.Typed{Text: "slow", Kind: archive.KindCharacter})
		s.offers("of any kind", guest, catalog.Typed{Text: "burn"}, "slow burn 1")
		s.offers("of marks alone", guest, free("%_ /"))

		s.happens(archive.WorkHidden, hidden, func(ctx context.Context, tx *store.Tx) error { return tx.Works.Hide(ctx, hidden, tx.Now) })
		s.offers("a guest", guest, free("slow"), "slow burn 1")
		s.offers("a member", member, free("slow"), "slow burn 1", "slow tide 1")
		s.offers("staff", staff, free("slow"), "slow burn 1", "Slow Fire 1", "slow tide 1")
		s.Write(t, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Ties.Mute(ctx, s.reader.Account, s.writer.Account)
			return err
		})
		s.offers("who mutes all who use it", member, free("slow"))

		s.post("A mast", "embers", "slow burn")
		s.sorts("embers", "")
		s.sorts("slow burn", "embers")
		s.offers("a synonym leads to what it means", guest, free("slow b"), "embers 2")
		s.Write(t, func(ctx context.Context, tx *store.Tx) error {
			tag, err := tx.Sorting.Named(ctx, archive.KindFreeform, "embers")
			tx.Log.Record(archive.Event{Kind: archive.TagSorted, Subject: tag.ID})
			return errors.Join(err, tx.Sorting.Ban(ctx, tag.ID, true))
		})
		s.offers("a banned tag", guest, free("ember"))
		s.offers("or a synonym of one", guest, free("slow b"))
	})
}

// Canonicals of a chosen fandom come first, then other canonicals, however many
// works bear what stands behind them.
func TestTagsOfTheChosenFandomComeFirst(t *testing.T) {
	shelves(t, func(t *testing.T, s *shelf) {
		for range 3 {
			s.post("A lamp", "marlow", "Marla")
		}
		s.post("A rope", "Marlin", "Marla", "Márta")
		s.sorts("Marlin", "")
		s.sorts("Marla", "")
		s.sorts("Márta", "")
		s.Write(t, func(ctx context.Context, tx *store.Tx) error {
			harbour, err := tx.Tags.Ensure(ctx, archive.KindFandom, "Harbour Lights")
			marta, err2 := tx.Tags.Named(ctx, archive.KindFreeform, "Márta")
			tx.Log.Record(archive.Event{Kind: archive.TagSorted, Subject: marta.ID})
			_, err3 := tx.Sorting.File(ctx, marta.ID, harbour.ID)
			return errors.Join(err, err2, err3)
		})
		s.offers("nothing was chosen", archive.Viewer{}, free("mar"), "Marla 4", "Marlin 1", "Márta 1", "marlow 3")
		s.offers("a fandom was chosen", archive.Viewer{}, free("mar", "harbour LIGHTS", "no such"), "Márta 1", "Marla 4", "Marlin 1", "marlow 3")
	})
}

// Where nobody has filed a tag, those come first that works of a chosen fandom
// bear; a work the viewer may not find says nothing.
func TestTagsOnWorksOfTheChosenFandomComeFirst(t *testing.T) {
	shelves(t, func(t *testing.T, s *shelf) {
		s.post("A lamp", "marlow", "Marla")
		s.post("A lamp", "marlow", "Marla")
		rope := s.post("A rope", "Marlin", "harbour")
		sail := s.post("A sail", "Márta", "harbour")
		for _, id := range []int64{rope, sail} {
			s.happens(archive.WorkEdited, id, func(ctx context.Context, tx *store.Tx) error {
				of := freeforms("Marlin")
				if id == sail {
					of = freeforms("Márta")
				}
				return tx.Tags.SetOn(ctx, id, append(of, archive.WorkTag{Kind: archive.KindFandom, Wording: "Harbour Lights"}))
			})
		}
		s.offers("a fandom was chosen", archive.Viewer{}, free("mar", "Harbour Lights"), "Marlin 1", "Márta 1", "marlow 2", "Marla 2")
		s.happens(archive.WorkHidden, sail, func(ctx context.Context, tx *store.Tx) error { return tx.Works.Hide(ctx, sail, tx.Now) })
		s.post("A mast", "Márta")
		s.offers("one of its works is hidden", archive.Viewer{}, free("mar", "Harbour Lights"), "Marlin 1", "marlow 2", "Marla 2", "Márta 1")
	})
}

// Where very many names begin so, the most used of them are offered.
func TestTheMostUsedOfVeryManyAreOffered(t *testing.T) {
	shelves(t, func(t *testing.T, s *shelf) {
		for n := range 140 { // 75 tags each: more than are looked at
			tags := []string{"Marlow"}
			for i := range 74 {
				tags = append(tags, fmt.Sprintf("mar %d", n*74+i))
			}
			s.post("A lamp", tags...)
		}
		tags, err := s.known.Suggest(t.Context(), archive.Viewer{}, free("mar"))
		if err != nil || len(tags) != 12 || tags[0].Name != "Marlow" || tags[0].Works != 140 {
			t.Errorf("%d tags are offered, %v: %v", len(tags), tags[:min(len(tags), 1)], err)
		}
		s.offers("one of them", archive.Viewer{}, free("mar 10359"), "mar 10359 1")
	})
}

// Until the works have been read, what is offered comes from the tables.
func TestUntilWorksAreReadTablesOfferTags(t *testing.T) {
	shelves(t, func(t *testing.T, s *shelf) {
		s.post("A lamp", "slow burn")
		s.known = begun(t, s.World)
		s.offers("of a kind", archive.Viewer{}, free("slow"), "slow burn 1")
		s.offers("of any", archive.Viewer{}, catalog.Typed{Text: "bur"}, "slow burn 1")
	})
}
