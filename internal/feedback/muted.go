package feedback

import (
	"context"
	"fmt"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// lookedThroughAtOnce is how many works are looked through for a muted word in
// one transaction, some tens of milliseconds: on a small archive all of them,
// before the member is answered.
const lookedThroughAtOnce = 1000

// MuteThing keeps a tag with all it means, a work, or works whose writers are
// not named out of the viewer's lists, or shows them again, or those a word
// kept out. What is so already stays so; what the viewer may not know of is
// archive.ErrNotFound.
func (f *Feedback) MuteThing(ctx context.Context, v archive.Viewer, what archive.Muted, on bool) error {
	if !v.IsMember() {
		return archive.ErrForbidden
	}
	return f.store.Write(ctx, func(tx *store.Tx) error {
		change := tx.Muted.Drop
		if on {
			change = tx.Muted.Add
			if err := f.mayMute(ctx, tx, v, what); err != nil {
				return err
			}
		}
		changed, err := change(ctx, v.Account, what)
		if err == nil && changed {
			tx.Log.Record(archive.Event{Kind: archive.ThingMuted, Actor: v.Account, Subject: what.Tag})
		}
		return err
	})
}

// MuteWord keeps works with a word in their title or summary out of the viewer's
// lists. Where nobody muted it before, works are looked through for it: some at
// once, the others soon after (LookForMutedWord).
func (f *Feedback) MuteWord(ctx context.Context, v archive.Viewer, typed string) error {
	if !v.IsMember() {
		return archive.ErrForbidden
	}
	word, problems := store.ReadMutedWord(typed)
	if problems != nil {
		return problems
	}
	return f.store.Write(ctx, func(tx *store.Tx) error {
		id, isNew, err := tx.MutedWords.Ensure(ctx, word)
		if err != nil {
			return err
		}
		if err := f.mayMute(ctx, tx, v, archive.Muted{Word: id}); err != nil {
			return err
		}
		changed, err := tx.Muted.AddWord(ctx, v.Account, id, typed)
		if err != nil || !changed {
			return err
		}
		tx.Log.Record(archive.Event{Kind: archive.ThingMuted, Actor: v.Account})
		if !isNew {
			return nil
		}
		done, err := lookForMutedWord(ctx, tx, id)
		if err == nil && !done {
			tx.Log.Record(archive.Event{Kind: archive.MutedWordAdded, Subject: id})
		}
		return err
	})
}

// LookForMutedWord looks through the works that were not looked through yet for
// a word that is muted.
func (f *Feedback) LookForMutedWord(ctx context.Context, e archive.Event, job archive.Job) error {
	for done := false; !done; {
		err := f.store.Write(ctx, func(tx *store.Tx) (err error) {
			if done, err = lookForMutedWord(ctx, tx, e.Subject); err != nil {
				return err
			}
			job.Cursor++
			return tx.Jobs.Progress(ctx, job.ID, job.Cursor)
		})
		if err != nil {
			return fmt.Errorf("look for muted word %d: %w", e.Subject, err)
		}
	}
	return nil
}

func lookForMutedWord(ctx context.Context, tx *store.Tx, word int64) (done bool, err error) {
	found, done, err := tx.MutedWords.Look(ctx, word, lookedThroughAtOnce)
	if err == nil && found > 0 {
		tx.Log.Record(archive.Event{Kind: archive.MutedWordFound, Subject: word})
	}
	return done, err
}

// ForgetMutedWords forgets the words that nobody mutes any more.
func (f *Feedback) ForgetMutedWords(ctx context.Context) error {
	for {
		var words []int64
		err := f.store.Read(ctx, func(tx *store.Tx) (err error) {
			words, err = tx.MutedWords.Unmuted(ctx, 1)
			return err
		})
		if err != nil || len(words) == 0 {
			return err
		}
		if err := f.forgetMutedWord(ctx, words[0]); err != nil {
			return fmt.Errorf("forget muted word %d: %w", words[0], err)
		}
	}
}

func (f *Feedback) forgetMutedWord(ctx context.Context, word int64) (err error) {
	for done := false; !done && err == nil; {
		err = f.store.Write(ctx, func(tx *store.Tx) (err error) {
			if done, err = tx.MutedWords.Forget(ctx, word, lookedThroughAtOnce); err == nil && done {
				tx.Log.Record(archive.Event{Kind: archive.MutedWordFound, Subject: word})
			}
			return err
		})
	}
	return err
}

// mayMute holds a new mute to its bound, and to what the viewer may know of.
func (f *Feedback) mayMute(ctx context.Context, tx *store.Tx, v archive.Viewer, what archive.Muted) error {
	things, err := tx.Muted.Of(ctx, v)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(things, func(t store.MutedThing) bool { return t.Muted == what }) {
		return nil
	}
	if len(things) >= f.limits.Muted {
		return archive.Problems{{Field: "thing", Rule: "too_many_muted", Args: map[string]any{"Limit": f.limits.Muted}}}
	}
	if what.Tag > 0 {
		_, err = tx.Tags.Find(ctx, v, what.Tag)
	}
	if what.Work > 0 {
		_, err = tx.Works.Open(ctx, v, what.Work)
	}
	return err
}
