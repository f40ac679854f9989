package catalog_test

import (
	"context"
	"testing"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
)

// A list by author follows every change of a byline at once, in memory as in the
// tables, and says nothing of who signs what is anonymous.
func TestWorksFollowTheirBylines(t *testing.T) {
	shelves(t, func(t *testing.T, s *shelf) {
		names, err := accounts.New(s.Store, archive.DefaultLimits(), accounts.Cost{MemoryKiB: 8, Iterations: 1, AtOnce: 1})
		if err != nil {
			t.Fatal(err)
		}
		tom := s.pseuds(s.reader)[0]
		idas, toms, both, secret := s.post("Ida's"), s.post("Tom's"), s.post("Both"), s.post("Secret")
		sign := func(work int64, by ...archive.Pseud) {
			s.happens(archive.WorkEdited, work, func(ctx context.Context, tx *store.Tx) error { return tx.Works.SetCreators(ctx, work, by) })
		}
		shows := func(what string, want ...int64) {
			t.Helper()
			for _, viewer := range []archive.Viewer{{}, s.writer, s.reader} {
				f := catalog.Filter{Sort: store.SortAuthor}
				s.shows(what, viewer, f, want...)
				tables, err := begun(t, s.World).List(t.Context(), viewer, catalog.Filter{Sort: store.SortAuthor, PerPage: 100})
				for i, b := range tables.Blurbs {
					if err != nil || b.ID != want[i] {
						t.Errorf("%s: in the tables work %d stands at place %d, want %v; %v", what, b.ID, i, want, err)
					}
				}
			}
		}
		does := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		sign(toms, tom)
		sign(both, s.creator[0], tom)
		shows("ida, ida, ida with tom, tom", idas, secret, both, toms)

		veil := func(on bool) {
			s.happens(archive.WorkVeiled, secret, func(ctx context.Context, tx *store.Tx) error { return tx.Works.Veil(ctx, secret, false, on) })
		}
		veil(true)
		shows("one is anonymous", secret, idas, both, toms)
		sign(secret, tom)
		shows("its creator is another", secret, idas, both, toms)
		veil(false)
		shows("it is so no longer", idas, both, toms, secret)

		does(names.AddPseud(t.Context(), s.writer, "Ätna"))
		etna := s.pseuds(s.writer)[1]
		sign(idas, etna)
		shows("signed by a pen name", idas, both, toms, secret)
		sign(toms, etna, tom)
		shows("signed by it first", idas, toms, both, secret)
		does(names.RenamePseud(t.Context(), s.writer, etna.ID, "Zinder"))
		shows("the pen name is another", both, secret, idas, toms)
		does(names.Rename(t.Context(), s.reader, "abel"))
		shows("an account is called otherwise", secret, both, idas, toms)
		does(names.RemovePseud(t.Context(), s.writer, etna.ID))
		shows("the pen name is gone", secret, idas, toms, both)

		does(names.AddPseud(t.Context(), s.reader, "Yew"))
		sign(secret, s.pseuds(s.reader)[1])
		shows("signed by a new one", idas, toms, both, secret)
		s.shows("of one account", archive.Viewer{}, catalog.Filter{Sort: store.SortAuthor, Of: catalog.Of{Account: s.reader.Account}}, toms, both, secret)
		s.shows("of the other", archive.Viewer{}, catalog.Filter{Sort: store.SortAuthor, Turned: true, Of: catalog.Of{Account: s.writer.Account}}, both, toms, idas)
	})
}

// pseuds are the pen names of a member, their own name first.
func (s *shelf) pseuds(v archive.Viewer) (pseuds []archive.Pseud) {
	s.t.Helper()
	err := s.Store.Read(s.t.Context(), func(tx *store.Tx) (err error) {
		pseuds, err = tx.Accounts.Pseuds(s.t.Context(), v.Account)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return pseuds
}
