// Package moderation is the verbs of staff: settings, cases, what is hidden and
// who may write. Every act is kept with who did it and why.
package moderation

import (
	"context"
	"errors"
	"unicode/utf8"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// longestWords bounds a reason, a letter or a report, in characters.
const longestWords = 5000

// Moderation does what staff do.
type Moderation struct {
	store  *store.Store
	limits archive.Limits
}

// New makes the verbs.
func New(s *store.Store, limits archive.Limits) *Moderation {
	return &Moderation{store: s, limits: limits}
}

// deed is what a verb of staff comes to: the act that is kept, and the event
// whose subject it becomes unless it has one. An act without a kind changed
// nothing and is not kept; an event without one is not recorded.
type deed struct {
	act   archive.Act
	event archive.Event
}

// acts runs a verb of staff in one transaction and keeps it among the acts;
// for anybody else there is no such thing.
func (m *Moderation) acts(ctx context.Context, v archive.Viewer, do func(*store.Tx) (deed, error)) error {
	if !mayAct(v) {
		return archive.ErrNotFound
	}
	return m.store.Write(ctx, func(tx *store.Tx) error {
		done, err := do(tx)
		if err != nil {
			return err
		}
		return keep(ctx, tx, v, done)
	})
}

// mayAct reports whether somebody is staff and may act as such.
func mayAct(v archive.Viewer) bool { return v.Staff && !v.Suspended }

// keep keeps a deed among the acts, and records what it caused.
func keep(ctx context.Context, tx *store.Tx, v archive.Viewer, done deed) error {
	if done.act.Kind == "" {
		return nil
	}
	done.act.Staff = v.Account
	id, err := tx.Acts.Add(ctx, done.act)
	if err != nil || done.event.Kind == "" {
		return err
	}
	done.event.Actor = v.Account
	if done.event.Subject == 0 {
		done.event.Subject = id
	}
	tx.Log.Record(done.event)
	return nil
}

func ignoreMissing(err error) error {
	if errors.Is(err, archive.ErrNotFound) {
		return nil
	}
	return err
}

// checkWords cleans what staff or a reporter wrote and holds it to its bounds.
func checkWords(field, words string, needed bool, problems *archive.Problems) string {
	words = archive.CleanLetter(words)
	switch n := utf8.RuneCountInString(words); {
	case needed && n == 0:
		problems.Add(field, "required")
	case n > longestWords:
		problems.Add(field, "too_long", "Limit", longestWords, "Count", n)
	}
	return words
}
