package store_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// everyState is every way a work can stand.
func everyState(now time.Time) map[string]archive.Standing {
	states := map[string]archive.Standing{}
	for posted, at := range map[string]time.Time{"draft": {}, "posted": now.Add(-time.Hour), "scheduled": now.Add(time.Hour)} {
		for _, restricted := range []bool{false, true} {
			for _, hidden := range []bool{false, true} {
				for _, deleted := range []string{"", "deleted", "purgeable"} {
					s := archive.Standing{PostedAt: at, Restricted: restricted}
					if hidden {
						s.HiddenAt = now.Add(-time.Minute)
					}
					if deleted != "" {
						s.DeletedAt, s.PurgeAt = now.Add(-time.Minute), now.Add(time.Hour)
					}
					if deleted == "purgeable" {
						s.PurgeAt = now
					}
					name := strings.TrimSpace(fmt.Sprintf("%s restricted=%v hidden=%v %s", posted, restricted, hidden, deleted))
					states["plain "+name] = s
					for _, veil := range []string{"waiting", "unrevealed", "anonymous", "veiled twice"} {
						veiled := s
						veiled.Unrevealed, veiled.Anonymous = veil == "unrevealed" || veil == "veiled twice", veil == "anonymous" || veil == "veiled twice"
						if veil == "waiting" {
							veiled.WaitingAt = now.Add(-time.Minute)
						}
						states[veil+" "+name] = veiled
					}
				}
			}
		}
	}
	return states
}

// tiesOf are those who meet works, and what ties them to the creator.
var tiesOf = map[string]archive.Tie{
	"creator": {Creator: true}, "member": {}, "staff": {}, "muting": {Muted: true}, "muting works": {MutedWork: true}, "blocked": {Blocked: true}, "peeking": {Peeking: true}, "suspended": {},
}

// The gate is one rule in two languages: archive.GateFor and the fragments of
// visible.go agree on every viewer and every state. That the catalogue lists by
// the same rule is held by TestListsHoldWhatTheGateLists.
func TestGateInGoAndInSQLAreOneRule(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		now := w.Clock.Now()
		viewers, works := map[string]archive.Viewer{"guest": {}}, map[string]int64{}
		states := everyState(now)
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			for name := range tiesOf {
				staff := name == "staff" || name == "peeking"
				id, err := tx.Accounts.Add(ctx, archive.Account{Name: name, PasswordHash: "x", Staff: staff})
				if err != nil {
					return err
				}
				viewers[name] = archive.Viewer{Account: id, Name: name, Staff: staff, Suspended: name == "suspended"}
			}
			creator := viewers["creator"].Account
			if _, err := tx.Ties.Mute(ctx, viewers["muting"].Account, creator); err != nil {
				return err
			}
			if _, err := tx.Ties.Block(ctx, creator, viewers["blocked"].Account); err != nil {
				return err
			}
			pseuds, err := tx.Accounts.Pseuds(ctx, viewers["creator"].Account)
			if err != nil {
				return err
			}
			for name, state := range states {
				id, err := tx.Works.Add(ctx, archive.Work{Title: name, Language: "en", Comments: archive.CommentsEveryone, Standing: state, Dates: archive.Dates{Published: now}})
				if err != nil {
					return err
				}
				works[name] = id
				if err := errors.Join(tx.Works.SetCreators(ctx, id, pseuds), store.Stand(ctx, tx, id, state)); err != nil {
					return err
				}
				if _, err := tx.Ties.Peek(ctx, viewers["peeking"], id, "a report", now.Add(time.Hour)); err != nil {
					return err
				}
				if _, err := tx.Muted.Add(ctx, viewers["muting works"].Account, archive.Muted{Work: id}); err != nil {
					return err
				}
			}
			return nil
		})
		for state, standing := range states {
			for who, viewer := range viewers {
				want := archive.GateFor(viewer, tiesOf[who], standing, now)
				w.Read(t, func(ctx context.Context, tx *store.Tx) error {
					opened, err := tx.Works.Open(ctx, viewer, works[state])
					got := opened.Gate
					if errors.Is(err, archive.ErrSignIn) {
						got = archive.Gate{Open: archive.SignIn}
					} else if err != nil && !errors.Is(err, archive.ErrNotFound) {
						return err
					}
					if got != want {
						t.Errorf("%s, seen by %s: SQL says %+v, Go says %+v", state, who, got, want)
					}
					if named := len(opened.Creators) > 0; named != (want.Name && want.Open == archive.Opens) {
						t.Errorf("%s, seen by %s: its creators are named: %v", state, who, named)
					}
					return nil
				})
			}
		}
	})
}

// Lists and their counts hold exactly what the gate lists, from the tables and
// from memory.
func TestListsHoldWhatTheGateLists(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		now := w.Clock.Now()
		states := everyState(now)
		var creator, muting archive.Viewer
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			id, err := tx.Accounts.Add(ctx, archive.Account{Name: "creator", PasswordHash: "x"})
			if err != nil {
				return err
			}
			creator, muting = archive.Viewer{Account: id}, archive.Viewer{}
			if muting.Account, err = tx.Accounts.Add(ctx, archive.Account{Name: "muting", PasswordHash: "x"}); err != nil {
				return err
			}
			if _, err := tx.Ties.Mute(ctx, muting.Account, id); err != nil {
				return err
			}
			pseuds, err := tx.Accounts.Pseuds(ctx, id)
			if err != nil {
				return err
			}
			for name, state := range states {
				work, err := tx.Works.Add(ctx, archive.Work{Title: name, Language: "en", Standing: state, Dates: archive.Dates{Published: now}})
				if err != nil {
					return err
				}
				tag := []archive.WorkTag{{Kind: archive.KindFandom, Wording: "Saltlight"}, {Kind: archive.KindFreeform, Wording: name}}
				if err := errors.Join(tx.Works.SetCreators(ctx, work, pseuds), store.Stand(ctx, tx, work, state), tx.Tags.SetOn(ctx, work, tag)); err != nil {
					return err
				}
			}
			return nil
		})
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			fandom, err := tx.Sorting.Named(ctx, archive.KindFandom, "Saltlight")
			return errors.Join(err, tx.Sorting.Stand(ctx, fandom.ID, archive.TagCanonical, 0))
		})
		known := catalog.New(w.Store, archive.DefaultSite(), w.Clock, slog.New(slog.DiscardHandler))
		if err := known.Load(t.Context()); err != nil {
			t.Fatal(err)
		}
		known.Fill(t.Context())
		for who, viewer := range map[string]archive.Viewer{"guest": {}, "creator": creator, "member": {Account: creator.Account + 101}, "staff": {Account: creator.Account + 102, Staff: true}, "muting": muting} {
			want, signed := 0, 0
			tie := tiesOf[who]
			for _, state := range states {
				gate := archive.GateFor(viewer, tie, state, now)
				if gate.List {
					want++
				}
				if gate.List && gate.Name {
					signed++
				}
			}
			inMemory := func(f catalog.Filter) catalog.Listed {
				f.PerPage = 1000
				listed, err := known.List(t.Context(), viewer, f)
				if err != nil || !listed.IsCounted {
					t.Fatalf("the catalogue answers %+v, %v", listed, err)
				}
				return listed
			}
			for name, want := range map[string]int{"": want, "creator": signed} {
				listed := inMemory(catalog.Filter{User: name, Facets: 1})
				if listed.Total != want || len(listed.Blurbs) != want {
					t.Errorf("%s is told by the catalogue of %d works, and shown %d, of %q; the gate lists %d", who, listed.Total, len(listed.Blurbs), name, want)
				}
				if fandoms := listed.Facets[archive.KindFandom]; want > 0 && (len(fandoms) != 1 || fandoms[0].Works != want) || want == 0 && len(fandoms) > 0 {
					t.Errorf("%s is told by the catalogue of %+v, the gate lists %d works", who, fandoms, want)
				}
			}
			for name, state := range states {
				listed := inMemory(catalog.Filter{Include: []catalog.TagName{{Kind: archive.KindFreeform, Name: name}}})
				if is := archive.GateFor(viewer, tie, state, now).List; (listed.Total == 1) != is {
					t.Errorf("%s finds %d works in the catalogue of one that is %s; listed is %v", who, listed.Total, name, is)
				}
			}
			w.Read(t, func(ctx context.Context, tx *store.Tx) error {
				for name, filter := range map[string]store.Filter{
					"all": {}, "creator's": {Accounts: []int64{creator.Account}}, "search": {Sought: store.Sought{Words: "saltlight"}}, "creator's name": {Sought: store.Sought{Words: "creator"}},
				} {
					want := want
					if strings.HasPrefix(name, "creator's") {
						want = signed
					}
					filter.Page, filter.PerPage = 1, 1000
					if _, err := tx.Passages.Seek(ctx, &filter.Sought, true); err != nil {
						return err
					}
					listed, err := tx.Lists.Page(ctx, viewer, filter)
					if err != nil {
						return err
					}
					if listed.Total != want || len(listed.Blurbs) != want {
						t.Errorf("%s sees %d of %d works in the list of %s, the gate lists %d", who, len(listed.Blurbs), listed.Total, name, want)
					}
				}
				fandoms, err := tx.Tags.Fandoms(ctx, viewer, false)
				if err != nil {
					return err
				}
				if want > 0 && (len(fandoms) != 1 || fandoms[0].Works != want) || want == 0 && len(fandoms) != 0 {
					t.Errorf("%s is told of %+v, the gate lists %d works", who, fandoms, want)
				}
				for name, state := range states {
					found, err := tx.Tags.Suggest(ctx, viewer, archive.KindFreeform, name)
					if err != nil {
						return err
					}
					if listed := archive.GateFor(viewer, tie, state, now).List; (len(found) > 0) != listed {
						t.Errorf("%s is suggested %d tags of a work that is %s; listed is %v", who, len(found), name, listed)
					}
				}
				return nil
			})
		}
	})
}
