package moderation

import (
	"context"
	"strconv"
	"strings"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// peekFor is how long a reason opens what is private.
const peekFor = time.Hour

// Hide takes a posted work out of everybody's sight but its creators' and
// staff's; the creators are told why. What is hidden already stays so.
func (m *Moderation) Hide(ctx context.Context, v archive.Viewer, work int64, reason string) error {
	return m.onWork(ctx, v, work, reason, func(tx *store.Tx, w store.Opened) (archive.ActKind, archive.EventKind, error) {
		if !w.HiddenAt.IsZero() {
			return "", "", nil
		}
		return archive.ActHide, archive.WorkHidden, tx.Works.Hide(ctx, work, tx.Now)
	})
}

// Show lets readers see a hidden work again.
func (m *Moderation) Show(ctx context.Context, v archive.Viewer, work int64, reason string) error {
	return m.onWork(ctx, v, work, reason, func(tx *store.Tx, w store.Opened) (archive.ActKind, archive.EventKind, error) {
		if w.HiddenAt.IsZero() {
			return "", "", nil
		}
		return archive.ActShow, archive.WorkShown, tx.Works.Hide(ctx, work, time.Time{})
	})
}

// Approve shows a work that waited, as posted now: from here on it is told of
// like any other.
func (m *Moderation) Approve(ctx context.Context, v archive.Viewer, work int64) error {
	return m.acts(ctx, v, func(tx *store.Tx) (deed, error) {
		if _, err := tx.Works.Open(ctx, v, work); err != nil {
			return deed{}, err
		}
		waited, err := tx.Works.Approve(ctx, work)
		if err != nil || !waited {
			return deed{}, err
		}
		given, err := givenTo(ctx, tx, work)
		return deed{
			archive.Act{Kind: archive.ActApprove, Work: work},
			archive.Event{Kind: archive.WorkPosted, Work: work, Data: given},
		}, err
	})
}

// givenTo is what the event of a posted work says of its gifts: the accounts it
// is given to, joined by commas.
func givenTo(ctx context.Context, tx *store.Tx, work int64) (map[string]string, error) {
	gifts, err := tx.Gifts.On(ctx, work)
	if err != nil {
		return nil, err
	}
	var accounts []string
	for _, gift := range gifts[work] {
		if gift.Account != 0 {
			accounts = append(accounts, strconv.FormatInt(gift.Account, 10))
		}
	}
	if len(accounts) == 0 {
		return nil, nil
	}
	return map[string]string{"gifts": strings.Join(accounts, ",")}, nil
}

// Return gives a work that waited back to its writer as a draft, with a letter.
func (m *Moderation) Return(ctx context.Context, v archive.Viewer, work int64, letter string) error {
	return m.onWork(ctx, v, work, letter, func(tx *store.Tx, _ store.Opened) (archive.ActKind, archive.EventKind, error) {
		waited, err := tx.Works.Return(ctx, work)
		if err != nil || !waited {
			return "", "", err
		}
		return archive.ActReturn, archive.WorkReturned, tx.Works.Recount(ctx, work)
	})
}

// onWork runs a verb on a work that staff may open, for a reason its creators
// are told.
func (m *Moderation) onWork(ctx context.Context, v archive.Viewer, work int64, reason string,
	do func(*store.Tx, store.Opened) (archive.ActKind, archive.EventKind, error),
) error {
	var problems archive.Problems
	reason = checkWords("reason", reason, true, &problems)
	return m.acts(ctx, v, func(tx *store.Tx) (deed, error) {
		opened, err := tx.Works.Open(ctx, v, work)
		if err != nil {
			return deed{}, err
		}
		if err := problems.Err(); err != nil {
			return deed{}, err
		}
		act, event, err := do(tx, opened)
		return deed{archive.Act{Kind: act, Work: work, Reason: reason}, archive.Event{Kind: event, Work: work}}, err
	})
}

// Peek opens what is private of a work (a draft, what is not revealed, who
// signs an anonymous one) to one of the staff for an hour. Its creators are
// told who looked and why. A number never used is archive.ErrNotFound.
func (m *Moderation) Peek(ctx context.Context, v archive.Viewer, work int64, reason string) error {
	var problems archive.Problems
	reason = checkWords("reason", reason, true, &problems)
	return m.acts(ctx, v, func(tx *store.Tx) (deed, error) {
		if err := problems.Err(); err != nil {
			return deed{}, err
		}
		creators, err := tx.Works.Creators(ctx, work)
		if err != nil {
			return deed{}, err
		}
		if len(creators) == 0 {
			return deed{}, archive.ErrNotFound
		}
		_, err = tx.Ties.Peek(ctx, v, work, reason, tx.Now.Add(peekFor))
		return deed{
			archive.Act{Kind: archive.ActPeek, Work: work, Reason: reason},
			archive.Event{Kind: archive.WorkPeeked, Work: work},
		}, err
	})
}
