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

// A list asks for a relationship as a main one: of works whose writer marked it,
// a synonym of it or one below it, and of no others. Tables and memory agree,
// whatever wranglers do and undo, and so does who tells members of new works.
func TestAListAsksForAMainRelationship(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		s := newShelf(t, w)
		marks := func(id int64, tags ...archive.WorkTag) {
			s.happens(archive.WorkEdited, id, func(ctx context.Context, tx *store.Tx) error { return tx.Tags.SetOn(ctx, id, tags) })
		}
		pair := func(name string, isMain bool) archive.WorkTag {
			return archive.WorkTag{Kind: archive.KindRelationship, Wording: name, Main: isMain}
		}
		work := func(title string, tags ...archive.WorkTag) int64 {
			id := s.post(title)
			marks(id, tags...)
			return id
		}
		first := work("First", pair("Ida/Tom", true), pair("Una & Tom", false))
		beside := work("Beside", pair("Una & Tom", true), pair("Ida/Tom", false))
		both := work("Both", pair("Ida/Tom", true), pair("Una & Tom", true), pair("Ida & Una", false))
		spelt := work("Spelt", pair("Tom/Ida", true))
		sorts := func(do func(ctx context.Context, tx *store.Tx, tag map[string]int64) error) {
			s.Write(t, func(ctx context.Context, tx *store.Tx) error {
				tag := map[string]int64{}
				for _, name := range []string{"Ida/Tom", "Tom/Ida", "Una & Tom"} {
					found, err := tx.Sorting.Named(ctx, archive.KindRelationship, name)
					if err != nil {
						return err
					}
					tag[name] = found.ID
					tx.Log.Record(archive.Event{Kind: archive.TagSorted, Subject: found.ID})
				}
				return errors.Join(do(ctx, tx, tag), tx.Sorting.Close(ctx))
			})
		}
		asks := func(names ...string) (f catalog.Filter) {
			for _, name := range names {
				f.Main = append(f.Main, catalog.TagName{Kind: archive.KindRelationship, Name: name})
			}
			return f
		}
		is := func(when string, want []int64, names ...string) {
			t.Helper()
			anew := begun(t, w)
			for range 2 {
				for how, known := range map[string]*catalog.Catalog{"followed": s.known, "anew": anew} {
					f := asks(names...)
					f.PerPage, f.Facets = 100, 100
					l, err := known.List(t.Context(), archive.Viewer{}, f)
					if err != nil {
						t.Fatal(err)
					}
					if got := ids(l); l.Total != len(want) || !slices.Equal(got, want) {
						t.Errorf("%s, %s (counted %v), works of which %q are main are %v, %d in all, not %v", when, how, l.IsCounted, names, got, l.Total, want)
					}
					if l.IsCounted && !slices.Equal(facetsOf(l), counts(l)) {
						t.Errorf("%s, %s, facets of %q are %v, not %v", when, how, names, facetsOf(l), counts(l))
					}
				}
				anew.Fill(t.Context())
			}
			for _, id := range []int64{first, beside, both, spelt} {
				holds, err := s.known.Holds(t.Context(), archive.Viewer{}, asks(names...), id)
				if err != nil || holds != slices.Contains(want, id) {
					t.Errorf("%s, that %q hold %d is %v; %v", when, names, id, holds, err)
				}
			}
		}
		is("in the tables", []int64{both, first}, "Ida/Tom")
		s.known.Fill(t.Context())
		is("unsorted", []int64{both, first}, "ida/tom")
		is("unsorted", []int64{both}, "Ida/Tom", "Una & Tom")
		is("unsorted", nil, "Ida & Una")
		is("unsorted", nil, "Nobody/Nobody")
		sorts(func(ctx context.Context, tx *store.Tx, tag map[string]int64) error {
			return errors.Join(tx.Sorting.Stand(ctx, tag["Ida/Tom"], archive.TagCanonical, 0), tx.Sorting.Stand(ctx, tag["Tom/Ida"], archive.TagSynonym, tag["Ida/Tom"]),
				tx.Sorting.Stand(ctx, tag["Una & Tom"], archive.TagCanonical, 0))
		})
		is("merged", []int64{spelt, both, first}, "Ida/Tom")
		is("merged", []int64{spelt, both, first}, "Tom/Ida")
		sorts(func(ctx context.Context, tx *store.Tx, tag map[string]int64) error {
			_, err := tx.Sorting.AddMetatag(ctx, tag["Ida/Tom"], tag["Una & Tom"])
			return err
		})
		is("with one above", []int64{spelt, both, beside, first}, "Una & Tom")
		is("with one above", []int64{spelt, both, first}, "Ida/Tom")
		sorts(func(ctx context.Context, tx *store.Tx, tag map[string]int64) error {
			return tx.Sorting.Stand(ctx, tag["Tom/Ida"], archive.TagUnsorted, 0)
		})
		is("parted again", []int64{both, first}, "Ida/Tom")
		is("parted again", []int64{spelt}, "Tom/Ida")
		marks(first, pair("Ida/Tom", false))
		is("marked no more", []int64{both}, "Ida/Tom")
	})
}

// What a work bears and is not about may answer to no filter that asks for it as
// a main one, and nobody looks further.
func TestAWorkWithoutARelationshipMayNotAnswerToOneAsMain(t *testing.T) {
	var none catalog.Features
	if none.MayAnswer(catalog.Filter{Main: []catalog.TagName{{Kind: archive.KindRelationship, Name: "Ida/Tom"}}}) {
		t.Error("it may")
	}
}
