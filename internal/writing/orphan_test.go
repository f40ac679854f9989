package writing_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/writing"
)

// byline is who signs a work, as printed.
func (d *desk) byline(work int64) string {
	d.t.Helper()
	var names []string
	d.Read(d.t, func(ctx context.Context, tx *store.Tx) error {
		creators, err := tx.Works.Creators(ctx, work)
		for _, p := range creators {
			names = append(names, p.Owner+"/"+p.Name)
		}
		return err
	})
	return strings.Join(names, ", ")
}

// shares has others sign a work after its writer, as co-writers will.
func (d *desk) shares(work int64, with ...archive.Viewer) {
	d.t.Helper()
	d.Write(d.t, func(ctx context.Context, tx *store.Tx) error {
		creators, err := tx.Works.Creators(ctx, work)
		for _, v := range with {
			pseuds, e := tx.Accounts.Pseuds(ctx, v.Account)
			if e != nil {
				return e
			}
			creators = append(creators, pseuds[0])
		}
		if err != nil {
			return err
		}
		return tx.Works.SetCreators(ctx, work, creators)
	})
}

// leaves deletes an account and does with its works what was chosen.
func (d *desk) leaves(v archive.Viewer, sole, shared archive.Fate) {
	d.t.Helper()
	must(d.t, d.accounts.DeleteAccount(d.t.Context(), v, archive.Deletion{Sole: sole, Shared: shared, Answers: archive.AnswersKeep}))
	must(d.t, d.LeaveWorks(d.t.Context(), archive.Event{Subject: v.Account}, archive.Job{}))
}

// comesBack undoes it, by whoever knows the password.
func (d *desk) comesBack(v archive.Viewer) {
	d.t.Helper()
	d.Write(d.t, func(ctx context.Context, tx *store.Tx) error { return tx.Deletions.Undo(ctx, v.Account) })
	must(d.t, d.ReturnWorks(d.t.Context(), archive.Event{Subject: v.Account}, archive.Job{}))
}

// purges passes the time and forgets all that is due.
func (d *desk) purges() int {
	d.t.Helper()
	d.Clock.Pass(31 * 24 * time.Hour)
	_, err := d.PurgeDeleted(d.t.Context())
	must(d.t, err)
	_, err = d.ForgetOrphanings(d.t.Context())
	must(d.t, err)
	must(d.t, d.ForgetManuscripts(d.t.Context()))
	gone, err := d.accounts.PurgeDeleted(d.t.Context())
	must(d.t, err)
	return gone
}

func TestWorksOfADeletedAccountGoTheWayItsOwnerChose(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		pell := d.join("pell", false)
		sole, draft, shared, sharedDraft := d.post(), d.draft(), d.post(), d.draft()
		d.shares(shared, pell)
		d.shares(sharedDraft, pell)
		for _, c := range []struct {
			sole, shared                 archive.Fate
			soleStands, sharedStands     string
			soleDeleted, sharedDraftGone string
		}{
			{archive.FateDelete, archive.FateRemove, "mara/mara", "pell/pell", "deleted", "pell/pell"},
			{archive.FateKeepName, archive.FateKeepName, "orphan_account/mara", "orphan_account/mara, pell/pell", "posted", "orphan_account/mara, pell/pell"},
			{archive.FateNoName, archive.FateNoName, "orphan_account/orphan_account", "orphan_account/orphan_account, pell/pell", "posted", "orphan_account/orphan_account, pell/pell"},
		} {
			d.leaves(d.mara, c.sole, c.shared)
			wants(t, "who signs the sole work", d.byline(sole), c.soleStands)
			wants(t, "who signs the shared work", d.byline(shared), c.sharedStands)
			wants(t, "who signs the shared draft", d.byline(sharedDraft), c.sharedDraftGone)
			wants(t, "the draft", d.work(draft).State(d.Clock.Now()), "deleted")
			d.Read(t, func(ctx context.Context, tx *store.Tx) error {
				o, err := tx.Works.Open(ctx, pell, shared)
				must(t, err)
				wants(t, "whether the co-writer edits it", o.Gate.Edit, true)
				_, err = tx.Works.Open(ctx, archive.Viewer{}, sole)
				wants(t, "whether a guest finds the sole work", err == nil, c.sole != archive.FateDelete)
				return nil
			})
			d.comesBack(d.mara)
			wants(t, "the sole work afterwards", d.byline(sole), "mara/mara")
			wants(t, "the shared work afterwards", d.byline(shared), "mara/mara, pell/pell")
			wants(t, "the shared draft afterwards", d.byline(sharedDraft), "mara/mara, pell/pell")
			wants(t, "the sole work", d.work(sole).State(d.Clock.Now()), "posted")
			wants(t, "the draft", d.work(draft).State(d.Clock.Now()), "draft")
		}
	})
}

// A form that was under way while its account was deleted adds nothing that
// would keep the account from being forgotten.
func TestWhoDeletedTheirAccountMeanwhileAddsNothing(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		d.draft()
		d.leaves(d.mara, archive.FateDelete, archive.FateRemove)
		_, err := d.Create(t.Context(), d.mara, writing.NewWork{Fields: fields(), Chapters: chaptersOf(nil)})
		wants(t, "a work that was being posted", errors.Is(err, archive.ErrSignIn), true)
		wants(t, "accounts forgotten", d.purges(), 1)
	})
}

func TestADeletedAccountIsForgottenAndItsOrphansStand(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		pell := d.join("pell", false)
		kept, shared := d.post(), d.post()
		d.shares(shared, pell)
		ms, err := d.Bring(t.Context(), d.mara, "lamp.txt", []byte("The lamp was lit at six."))
		must(t, err)
		_, err = d.Bring(t.Context(), d.mara, "lamp.txt", []byte("The lamp was lit at six.")) // one file, twice
		must(t, err)
		theirs, err := d.Bring(t.Context(), pell, "lamp.txt", []byte("The lamp was lit at six."))
		must(t, err)
		must(t, d.Autosave(t.Context(), pell, "work/2", 0, map[string][]string{"title": {"Typed and not saved"}}))
		d.leaves(d.mara, archive.FateNoName, archive.FateRemove)
		wants(t, "forgotten", d.purges(), 1)
		wants(t, "whether her original is kept", d.holds(ms.Key), false)
		wants(t, "whether his is", d.holds(theirs.Key), true)
		wants(t, "who signs the orphan", d.byline(kept), "orphan_account/orphan_account")
		wants(t, "who signs the shared work", d.byline(shared), "pell/pell")
		d.Read(t, func(ctx context.Context, tx *store.Tx) error {
			revisions, err := tx.Revisions.Of(ctx, d.chapters(shared)[0].ID)
			must(t, err)
			wants(t, "whose the saves were", revisions[0].Account, int64(0))
			typed, err := tx.Autosaves.Of(ctx, pell.Account)
			wants(t, "what the co-writer typed", len(typed), 1)
			return err
		})
	})
}

func TestDeletionBrokenOffGoesOnWhereItStopped(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		var works []int64
		for range 45 {
			works = append(works, d.post())
		}
		orphaned := func() (n int) {
			for _, id := range works {
				if d.byline(id) == "orphan_account/mara" {
					n++
				}
			}
			return n
		}
		must(t, d.accounts.DeleteAccount(t.Context(), d.mara, archive.Deletion{Sole: archive.FateKeepName, Shared: archive.FateRemove, Answers: archive.AnswersKeep}))
		ctx, kill := context.WithCancel(t.Context())
		d.Store.Applied = func(context.Context, store.Committed) { kill() } // at the first commit
		if err := d.LeaveWorks(ctx, archive.Event{Subject: d.mara.Account}, archive.Job{}); !errors.Is(err, context.Canceled) {
			t.Fatalf("killed half-way: %v", err)
		}
		d.Store.Applied = func(context.Context, store.Committed) {}
		if n := orphaned(); n == 0 || n == len(works) {
			t.Fatalf("%d of %d went before it was killed", n, len(works))
		}
		must(t, d.LeaveWorks(t.Context(), archive.Event{Subject: d.mara.Account}, archive.Job{}))
		wants(t, "orphaned in the end", orphaned(), len(works))

		// Brought back before its works were all given up: those that went return.
		d.comesBack(d.mara)
		wants(t, "orphaned when she is back", orphaned(), 0)
		must(t, d.LeaveWorks(t.Context(), archive.Event{Subject: d.mara.Account}, archive.Job{})) // a job that comes late
		wants(t, "orphaned by a late job", orphaned(), 0)
	})
}

func TestTwoWhoLeaveOneWorkShareAStandIn(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		pell := d.join("pell", false)
		both := d.post()
		d.shares(both, pell)
		d.leaves(d.mara, archive.FateNoName, archive.FateNoName)
		d.leaves(pell, archive.FateNoName, archive.FateNoName)
		wants(t, "who signs when both are gone", d.byline(both), "orphan_account/orphan_account")
		d.comesBack(d.mara)
		wants(t, "who signs when one is back", d.byline(both), "mara/mara, orphan_account/orphan_account")
		d.comesBack(pell)
		wants(t, "who signs when both are back", d.byline(both), "mara/mara, pell/pell")
	})
}

func TestTheLastWhoIsRemovedLeavesTheOrphanAccount(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		pell := d.join("pell", false)
		both := d.post()
		d.shares(both, pell)
		d.leaves(d.mara, archive.FateNoName, archive.FateRemove)
		d.leaves(pell, archive.FateKeepName, archive.FateRemove) // nobody is left beside him
		wants(t, "who signs it", d.byline(both), "orphan_account/pell")
	})
}

func TestAWorkIsOrphanedAndTakenBack(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		pell := d.join("pell", false)
		id := d.post()
		for fate, stands := range map[archive.Fate]string{archive.FateKeepName: "orphan_account/mara", archive.FateNoName: "orphan_account/orphan_account"} {
			must(t, d.OrphanWork(t.Context(), d.mara, id, fate))
			wants(t, "who signs it", d.byline(id), stands)
			if err := d.OrphanWork(t.Context(), d.mara, id, fate); !errors.Is(err, archive.ErrForbidden) {
				t.Errorf("orphaned twice: %v", err)
			}
			for _, v := range []archive.Viewer{pell, {}} {
				if err := d.TakeBackWork(t.Context(), v, id); !errors.Is(err, archive.ErrNotFound) {
					t.Errorf("taken by %q: %v", v.Name, err)
				}
			}
			must(t, d.TakeBackWork(t.Context(), d.mara, id))
			wants(t, "who signs it again", d.byline(id), "mara/mara")
		}
		must(t, d.OrphanWork(t.Context(), d.mara, id, archive.FateNoName))
		for _, e := range d.log(id) {
			if e.Kind == archive.WorkOrphaned && e.Actor != 0 {
				t.Errorf("the log tells who orphaned it")
			}
		}
		d.Clock.Pass(31 * 24 * time.Hour)
		if err := d.TakeBackWork(t.Context(), d.mara, id); !errors.Is(err, archive.ErrNotFound) {
			t.Errorf("taken back after 31 days: %v", err)
		}
		gone, err := d.ForgetOrphanings(t.Context())
		must(t, err)
		wants(t, "forgotten", gone, int64(1))
	})
}

func TestWhatCannotBeOrphaned(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		pell := d.join("pell", false)
		id, draft := d.post(), d.draft()
		if err := d.OrphanWork(t.Context(), d.mara, draft, archive.FateNoName); !errors.Is(err, archive.ErrForbidden) {
			t.Errorf("a draft: %v", err)
		}
		if err := d.OrphanWork(t.Context(), pell, id, archive.FateNoName); !errors.Is(err, archive.ErrForbidden) {
			t.Errorf("another's work: %v", err)
		}
		for fate, rule := range map[archive.Fate]string{archive.FateDelete: "choose", "": "choose", archive.FateRemove: "sole_creator"} {
			var problems archive.Problems
			if err := d.OrphanWork(t.Context(), d.mara, id, fate); !errors.As(err, &problems) || problems[0].Rule != rule {
				t.Errorf("fate %q: %v", fate, err)
			}
		}
		d.shares(id, pell)
		must(t, d.OrphanWork(t.Context(), d.mara, id, archive.FateRemove))
		wants(t, "who signs it", d.byline(id), "pell/pell")
		must(t, d.TakeBackWork(t.Context(), d.mara, id))
		wants(t, "who signs it again", d.byline(id), "mara/mara, pell/pell")
	})
}

func TestAnEditLeavesTheOtherCreatorsWhereTheyStand(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		pell := d.join("pell", false)
		id := d.post()
		d.shares(id, pell)
		d.leaves(pell, archive.FateKeepName, archive.FateKeepName)
		f := fields(func(f *archive.WorkFields) { f.Title = "Edited" })
		must(t, d.EditWork(t.Context(), d.mara, writing.WorkForm{Work: id, Base: d.work(id).Revision, Fields: f}))
		wants(t, "who signs it", d.byline(id), "mara/mara, orphan_account/pell")
	})
}
