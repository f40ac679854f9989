// Package wrangling is the verbs of those who sort tags: what a tag means, what
// stands above it, and the undoing of each act.
package wrangling

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// Wrangling does what wranglers do.
type Wrangling struct{ store *store.Store }

// New makes the verbs.
func New(s *store.Store) *Wrangling { return &Wrangling{store: s} }

// Tag is a tag as a wrangler saw it.
type Tag struct {
	ID   int64
	Seen int64 // what store.TagActs.Seen gave when it was shown
}

// was is what an act needs to be undone.
type was struct {
	Standing  archive.TagStanding `json:"standing"`
	Canonical int64               `json:"canonical,omitempty"`
	Moved     []int64             `json:"moved,omitempty"` // synonyms that were taken along
	Name      string              `json:"name,omitempty"`  // what a tag was called,
	Named     string              `json:"named,omitempty"` // and what it was called then
	Spelt     string              `json:"spelt,omitempty"` // how the other tag spelt that
	Handed    *store.Handed       `json:"handed,omitempty"`
}

// act runs a verb in one transaction, one wrangler after the other: the tag it
// is about, as it stands; archive.ErrConflict when somebody changed it since it
// was seen. An act without a kind changed nothing and is not kept.
func (w *Wrangling) act(ctx context.Context, v archive.Viewer, seen Tag, do func(*store.Tx, archive.SortedTag) (archive.TagAct, error)) error {
	if !v.MayWrangle() {
		return archive.ErrNotFound
	}
	return w.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Log.Hold(ctx); err != nil {
			return err
		}
		tag, err := tx.Sorting.Find(ctx, seen.ID)
		if err != nil {
			return err
		}
		if err := theirs(ctx, tx, v, tag); err != nil {
			return err
		}
		now, err := tx.TagActs.Seen(ctx, seen.ID)
		if err != nil {
			return err
		}
		if now != seen.Seen {
			return archive.ErrConflict
		}
		done, err := do(tx, tag)
		if err != nil || done.Kind == "" {
			return err
		}
		done.Wrangler, done.Tag = v.Account, tag.ID
		if _, err := tx.TagActs.Add(ctx, done); err != nil {
			return err
		}
		return ends(ctx, tx, v, tag)
	})
}

// theirs refuses who may not sort a tag: wranglers with fandoms of their own
// sort the tags of these.
func theirs(ctx context.Context, tx *store.Tx, v archive.Viewer, tag archive.SortedTag) error {
	may, err := tx.Wranglers.May(ctx, v, tag.ID)
	if err == nil && !may {
		err = archive.Problems{{Field: "tag", Rule: "tag_not_yours"}}
	}
	return err
}

// ends closes what follows from metatags and records that a tag was sorted.
func ends(ctx context.Context, tx *store.Tx, v archive.Viewer, tag archive.SortedTag) error {
	set, err := tx.Sorting.Metatags(ctx)
	if err != nil {
		return err
	}
	for id := range set {
		if slices.Contains(set.Above(id), id) {
			var p archive.Problems
			p.Add("metatag", "tag_metatag_circle", "Value", tag.Name)
			return p.Err()
		}
	}
	if err := tx.Sorting.Close(ctx); err != nil {
		return err
	}
	tx.Log.Record(archive.Event{Kind: archive.TagSorted, Actor: v.Account, Subject: tag.ID})
	return nil
}

// stands changes what a tag is and gives the act that keeps what it was.
func stands(ctx context.Context, tx *store.Tx, kind archive.TagActKind, tag archive.SortedTag, standing archive.TagStanding, canonical int64) (archive.TagAct, error) {
	before := was{Standing: tag.Standing, Canonical: tag.Canonical}
	synonyms, err := tx.Sorting.Synonyms(ctx, tag.ID)
	if err != nil {
		return archive.TagAct{}, err
	}
	if canonical == 0 && standing != archive.TagCanonical && len(synonyms) > 0 {
		var p archive.Problems
		p.Add("tag", "tag_has_synonyms", "Count", len(synonyms))
		return archive.TagAct{}, p.Err()
	}
	if canonical != 0 {
		before.Moved = synonyms
		if err := moveAll(ctx, tx, synonyms, tag.ID, canonical); err != nil {
			return archive.TagAct{}, err
		}
	}
	if err := tx.Sorting.Stand(ctx, tag.ID, standing, canonical); err != nil {
		return archive.TagAct{}, err
	}
	kept, err := json.Marshal(before)
	return archive.TagAct{Kind: kind, Other: canonical, Was: string(kept)}, err
}

// MakeCanonical has works found and counted under a tag.
func (w *Wrangling) MakeCanonical(ctx context.Context, v archive.Viewer, seen Tag) error {
	return w.settle(ctx, v, seen, archive.TagMadeCanonical, archive.TagCanonical)
}

// LeaveAsIs notes that a tag was looked at and is not to be sorted.
func (w *Wrangling) LeaveAsIs(ctx context.Context, v archive.Viewer, seen Tag) error {
	return w.settle(ctx, v, seen, archive.TagLeft, archive.TagAsIs)
}

func (w *Wrangling) settle(ctx context.Context, v archive.Viewer, seen Tag, kind archive.TagActKind, standing archive.TagStanding) error {
	return w.act(ctx, v, seen, func(tx *store.Tx, tag archive.SortedTag) (archive.TagAct, error) {
		if !tag.Kind.IsWrangled() {
			var p archive.Problems
			p.Add("tag", "tag_not_wrangled")
			return archive.TagAct{}, p.Err()
		}
		if tag.Standing == standing {
			return archive.TagAct{}, nil
		}
		return stands(ctx, tx, kind, tag, standing, 0)
	})
}

// Merge makes a tag a synonym of a canonical; its own synonyms go along. One
// that many works would feel waits for a second wrangler or a day: waits then,
// and it was noted who asked.
func (w *Wrangling) Merge(ctx context.Context, v archive.Viewer, seen Tag, into int64) (waits bool, err error) {
	err = w.act(ctx, v, seen, func(tx *store.Tx, tag archive.SortedTag) (done archive.TagAct, err error) {
		waits = false
		canonical, err := tx.Sorting.Find(ctx, into)
		if err != nil {
			return done, err
		}
		if err := tag.CheckSynonym(canonical); err != nil {
			return done, err
		}
		if tag.Canonical == into {
			return done, nil
		}
		if waits, err = mustWait(ctx, tx, v, tag, into); err != nil || waits {
			return done, err
		}
		if err := tx.TagActs.Forget(ctx, tag.ID); err != nil {
			return done, err
		}
		return stands(ctx, tx, archive.TagMerged, tag, archive.TagSynonym, into)
	})
	return waits && err == nil, err
}

// Withdraw takes back that a merge of a tag was asked for, which waits;
// archive.ErrNotFound when none does. Who asked may have thought better of it,
// and a second wrangler may refuse it.
func (w *Wrangling) Withdraw(ctx context.Context, v archive.Viewer, seen Tag) error {
	return w.act(ctx, v, seen, func(tx *store.Tx, tag archive.SortedTag) (none archive.TagAct, err error) {
		if _, err := tx.TagActs.WaitingOf(ctx, tag.ID); err != nil {
			return none, err
		}
		return none, tx.TagActs.Forget(ctx, tag.ID)
	})
}

// mustWait reports whether a merge has to wait, and notes who asked for it first.
func mustWait(ctx context.Context, tx *store.Tx, v archive.Viewer, tag archive.SortedTag, into int64) (bool, error) {
	works, err := tx.Sorting.Works(ctx, tag.ID)
	if err != nil {
		return false, err
	}
	asked, err := tx.TagActs.Asked(ctx, tag.ID, into)
	isNew := errors.Is(err, archive.ErrNotFound)
	if err != nil && !isNew {
		return false, err
	}
	if isNew {
		asked = archive.MergeAsked{By: v.Account, At: tx.Now}
	}
	asked.Works = int(works)
	if asked.MayBeDoneBy(v.Account, tx.Now) {
		return false, nil
	}
	if isNew {
		err = tx.TagActs.Ask(ctx, tag.ID, into, v.Account)
		return true, err
	}
	return true, nil
}
