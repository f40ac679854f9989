package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"ficus/internal/archive"
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
					states[fmt.Sprintf("%s restricted=%v hidden=%v %s", posted, restricted, hidden, deleted)] = s
				}
			}
		}
	}
	return states
}

// The gate is one rule in two languages: archive.GateFor and the fragments of
// visible.go agree on every viewer and every state.
func TestGateInGoAndInSQLAreOneRule(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		now := w.Clock.Now()
		viewers, works := map[string]archive.Viewer{"guest": {}}, map[string]int64{}
		states := everyState(now)
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			for _, name := range []string{"creator", "member", "staff"} {
				id, err := tx.Accounts.Add(ctx, archive.Account{Name: name, PasswordHash: "x", Staff: name == "staff"})
				if err != nil {
					return err
				}
				viewers[name] = archive.Viewer{Account: id, Name: name, Staff: name == "staff"}
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
			}
			return nil
		})
		for state, standing := range states {
			for who, viewer := range viewers {
				want := archive.GateFor(viewer, who == "creator", standing, now)
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
					return nil
				})
			}
		}
	})
}

// Lists and their counts hold exactly what the gate lists.
func TestListsHoldWhatTheGateLists(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		now := w.Clock.Now()
		states := everyState(now)
		var creator archive.Viewer
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			id, err := tx.Accounts.Add(ctx, archive.Account{Name: "creator", PasswordHash: "x"})
			if err != nil {
				return err
			}
			creator = archive.Viewer{Account: id}
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
		for who, viewer := range map[string]archive.Viewer{"guest": {}, "creator": creator, "member": {Account: creator.Account + 1}, "staff": {Account: creator.Account + 2, Staff: true}} {
			want := 0
			for _, state := range states {
				if archive.GateFor(viewer, who == "creator", state, now).List {
					want++
				}
			}
			w.Read(t, func(ctx context.Context, tx *store.Tx) error {
				for name, filter := range map[string]store.Filter{
					"all": {}, "creator's": {Account: creator.Account}, "search": {Text: "saltlight"},
				} {
					filter.Page, filter.PerPage = 1, 1000
					listed, err := tx.Lists.Page(ctx, viewer, filter)
					if err != nil {
						return err
					}
					if listed.Total != want || len(listed.Blurbs) != want {
						t.Errorf("%s sees %d of %d works in the list of %s, the gate lists %d", who, len(listed.Blurbs), listed.Total, name, want)
					}
				}
				fandoms, err := tx.Tags.Fandoms(ctx, viewer)
				if err != nil {
					return err
				}
				if len(fandoms) != 1 || fandoms[0].Works != want {
					t.Errorf("%s is told of %+v, the gate lists %d works", who, fandoms, want)
				}
				for name, state := range states {
					found, err := tx.Tags.Suggest(ctx, viewer, archive.KindFreeform, name)
					if err != nil {
						return err
					}
					if listed := archive.GateFor(viewer, who == "creator", state, now).List; (len(found) > 0) != listed {
						t.Errorf("%s is suggested %d tags of a work that is %s; listed is %v", who, len(found), name, listed)
					}
				}
				return nil
			})
		}
	})
}
