package mail

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
)

// filtersAtOnce is how many saved filters are held to a work before it is noted
// how far that came.
const filtersAtOnce = 500

// toldAtOnce is how many members are told in one transaction, during which
// others wait to write.
const toldAtOnce = 100

// TellFiltered gives what tells members of a work that was posted or changed and
// stands in the list of a saved filter they are told of: each filter tells of a
// work once and for all. Filters are held to the one work, some hundred at a
// time; where that was broken off, the next call goes on.
func (t *Teller) TellFiltered(known *catalog.Catalog) func(context.Context, archive.Event, archive.Job) error {
	return func(ctx context.Context, e archive.Event, job archive.Job) error {
		known.WaitFor(ctx, e.ID)
		f := filtering{Teller: t, known: known, event: e}
		for after, more := job.Cursor, true; more; {
			var err error
			if after, more, err = f.some(ctx, after); err != nil {
				return fmt.Errorf("hold saved filters to work %d: %w", e.Work, err)
			}
			if !more {
				break
			}
			err = t.store.Write(ctx, func(tx *store.Tx) error { return tx.Jobs.Progress(ctx, job.ID, after) })
			if err != nil {
				return err
			}
		}
		return nil
	}
}

// filtering holds saved filters to the work of an event.
type filtering struct {
	*Teller
	known *catalog.Catalog
	event archive.Event
}

// some holds the next filters after one to the work, and tells where it came to
// and whether there are more.
func (f filtering) some(ctx context.Context, after int64) (last int64, more bool, err error) {
	var saved []archive.SavedFilter
	var features catalog.Features
	err = f.store.Read(ctx, func(tx *store.Tx) error {
		standing, err := tx.Announcements.Standing(ctx, f.event.Work)
		if err != nil || len(standing.Audiences(tx.Now)) == 0 {
			return err // nobody sees it
		}
		if saved, err = tx.Filters.Subscribed(ctx, f.event.Work, after, filtersAtOnce); err != nil || len(saved) == 0 {
			return err
		}
		features, err = catalog.FeaturesOf(ctx, tx, f.event.Work)
		return err
	})
	if errors.Is(err, archive.ErrNotFound) { // gone for good
		return after, false, nil
	}
	var answering []archive.SavedFilter
	for _, one := range saved {
		if err != nil {
			return after, false, err
		}
		var holds bool
		if holds, err = f.holds(ctx, one, features); holds {
			answering = append(answering, one)
		}
		last = one.ID
	}
	for part := range slices.Chunk(answering, toldAtOnce) {
		if err == nil {
			err = f.store.Write(ctx, func(tx *store.Tx) error { return f.tellEach(ctx, tx, part) })
		}
	}
	return last, len(saved) == filtersAtOnce, err
}

// holds reports whether the work stands in the list of a filter, as its member
// finds it.
func (f filtering) holds(ctx context.Context, saved archive.SavedFilter, features catalog.Features) (bool, error) {
	asked, err := catalog.ReadSaved(saved)
	if err != nil || !features.MayAnswer(asked) {
		return false, err
	}
	return f.known.Holds(ctx, archive.Viewer{Account: saved.Account}, asked, f.event.Work)
}

func (f filtering) tellEach(ctx context.Context, tx *store.Tx, filters []archive.SavedFilter) error {
	for _, one := range filters {
		if err := f.tellOf(ctx, tx, one); err != nil {
			return err
		}
	}
	return nil
}

// tellOf tells of the work, once and for all, and never of what stood in the
// list before, nor of one's own.
func (f filtering) tellOf(ctx context.Context, tx *store.Tx, saved archive.SavedFilter) error {
	known, err := tx.Filters.Knows(ctx, saved.ID, f.event.Work)
	if err != nil || known {
		return err
	}
	h, err := tx.Filters.Hearer(ctx, saved.Account, f.event.Work)
	if errors.Is(err, archive.ErrNotFound) {
		return nil
	}
	if err != nil || h.Tie.Creator {
		return err
	}
	told, err := tx.Filters.Tell(ctx, saved.ID, f.event.Work, f.event.ID)
	if err != nil || !told {
		return err
	}
	if again, err := isToldAgain(ctx, tx, saved, f.event); err != nil || again {
		return err
	}
	return tellOnce(ctx, tx, archive.Notice{Account: saved.Account, Event: f.event.ID, Kind: archive.NoticeFiltered, Work: f.event.Work, Subject: saved.ID}, h)
}

// isToldAgain reports whether another filter of the same member, which by now asks
// the same, told of a work: two names that wranglers merged since are one.
func isToldAgain(ctx context.Context, tx *store.Tx, saved archive.SavedFilter, e archive.Event) (bool, error) {
	others, err := tx.Filters.AlsoTold(ctx, saved, e.Work, e.ID)
	if err != nil || len(others) == 0 {
		return false, err
	}
	asked, err := catalog.Meaning(ctx, tx, saved)
	if err != nil {
		return false, err
	}
	for _, other := range others {
		if also, err := catalog.Meaning(ctx, tx, other); err != nil || also == asked {
			return err == nil, err
		}
	}
	return false, nil
}
