package wrangling

import (
	"context"
	"encoding/json"
	"math"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// Waits is why an act is not undone: a later one stands on it and has to be
// undone first. It is an archive.ErrConflict.
type Waits struct{ First store.NamedAct }

// Error says so to who reads logs.
func (w Waits) Error() string { return "wrangling: a later act stands on it" }

// Unwrap says what kind of error it is.
func (w Waits) Unwrap() error { return archive.ErrConflict }

// WaitFor gives, of each act that cannot be undone yet, the last of those that
// have to be undone before it.
func WaitFor(ctx context.Context, tx *store.Tx, acts ...store.NamedAct) (map[int64]store.NamedAct, error) {
	waits := map[int64]store.NamedAct{}
	since, err := laterThan(ctx, tx, acts...)
	if err != nil {
		return nil, err
	}
	for _, act := range acts {
		if first, isThere, err := since.first(act.TagAct); err != nil {
			return nil, err
		} else if isThere && act.UndoneAt.IsZero() {
			waits[act.ID] = first
		}
	}
	return waits, nil
}

// later are acts that stand, as they were done, which may stand on others.
type later struct {
	acts    []store.NamedAct
	renames []archive.TagAct // those of the acts that gave a tag's place to another
}

func laterThan(ctx context.Context, tx *store.Tx, acts ...store.NamedAct) (since later, err error) {
	var tags []int64
	oldest := int64(math.MaxInt64)
	for _, act := range acts {
		before, err := wasBefore(act.TagAct)
		if err != nil {
			return since, err
		}
		tags = append(tags, act.Tag, act.Other, before.Canonical)
		oldest = min(oldest, act.ID)
	}
	if len(tags) == 0 {
		return since, nil
	}
	since.acts, err = tx.TagActs.Later(ctx, oldest, tags)
	for _, a := range since.acts {
		if a.Kind == archive.TagRenamed && a.Other != 0 {
			since.renames = append(since.renames, a.TagAct)
		}
	}
	return since, err
}

func wasBefore(act archive.TagAct) (before was, err error) {
	if act.Was == "" {
		return before, nil
	}
	return before, json.Unmarshal([]byte(act.Was), &before)
}

// now is the tag that has the place of one that an act was about: another, when
// it was renamed since.
func (l later) now(tag, act int64) int64 { return l.at(tag, act, math.MaxInt64) }

// at is which tag had that place just before a later act.
func (l later) at(tag, act, before int64) int64 {
	for _, a := range l.renames {
		if a.ID > act && a.ID < before && a.Tag == tag {
			tag = a.Other
		}
	}
	return tag
}

// first is the last of the acts that stand on one (decision 0320).
func (l later) first(done archive.TagAct) (first store.NamedAct, isThere bool, err error) {
	before, err := wasBefore(done)
	if err != nil {
		return first, false, err
	}
	for _, a := range slices.Backward(l.acts) {
		if a.ID <= done.ID {
			break
		}
		stands, err := l.standsOn(a.TagAct, done, before)
		if err != nil || stands {
			return a, stands, err
		}
	}
	return first, false, nil
}

// standsOn reports whether a later act is about what one did.
func (l later) standsOn(a, done archive.TagAct, before was) (bool, error) {
	switch tag := l.now(done.Tag, done.ID); done.Kind {
	case archive.TagFiled, archive.TagUnfiled:
		return l.hangs(a, done, archive.TagFiled, archive.TagUnfiled), nil
	case archive.TagPutUnder, archive.TagTakenOut:
		return l.hangs(a, done, archive.TagPutUnder, archive.TagTakenOut), nil
	case archive.TagBanned, archive.TagUnbanned:
		return l.hangs(a, done, archive.TagBanned, archive.TagUnbanned), nil
	case archive.TagRenamed:
		if done.Other == 0 {
			return a.Kind == archive.TagRenamed && (l.now(a.Tag, a.ID) == tag || l.now(a.Other, a.ID) == tag), nil
		}
		return isAbout(a, done.Tag) || isAbout(a, done.Other), nil
	case archive.TagSplit:
		return settles(a, done.Other) || l.now(a.Tag, a.ID) == tag && isAway(a), nil
	}
	if settles(a, done.Tag) || before.Canonical != 0 && a.Tag == before.Canonical && isAway(a) {
		return true, nil
	}
	return takesAlong(a, done, l.now(a.Tag, a.ID) == l.now(done.Other, done.ID))
}

// hangs reports whether a later act is one of two kinds about the same tags, or
// gave another's place to the tag, with what hangs on that.
func (l later) hangs(a, done archive.TagAct, kinds ...archive.TagActKind) bool {
	if a.Kind == archive.TagRenamed {
		return a.Other != 0 && a.Other == l.at(done.Tag, done.ID, a.ID)
	}
	return slices.Contains(kinds, a.Kind) && l.now(a.Tag, a.ID) == l.now(done.Tag, done.ID) && l.now(a.Other, a.ID) == l.now(done.Other, done.ID)
}

// isAway reports whether an act has a canonical be none.
func isAway(a archive.TagAct) bool { return a.Kind == archive.TagMerged || a.Kind == archive.TagLeft }

func isAbout(a archive.TagAct, tag int64) bool { return a.Tag == tag || a.Other == tag }

// settles reports whether an act says what a tag is, or what means it.
func settles(a archive.TagAct, tag int64) bool {
	switch a.Kind {
	case archive.TagMadeCanonical, archive.TagLeft:
		return a.Tag == tag
	case archive.TagMerged, archive.TagSplit:
		return isAbout(a, tag)
	case archive.TagRenamed:
		return a.Other != 0 && isAbout(a, tag)
	}
	return false
}

// takesAlong reports whether an act on the canonical of a merge took the merged
// tag along.
func takesAlong(a, merge archive.TagAct, isOfCanonical bool) (bool, error) {
	if merge.Kind != archive.TagMerged || !isOfCanonical {
		return false, nil
	}
	if a.Kind != archive.TagSplit {
		return a.Kind == archive.TagMerged, nil
	}
	split, err := wasBefore(a)
	return slices.Contains(split.Moved, merge.Tag), err
}
