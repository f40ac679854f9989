package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Log is the one log of everything that happens (DESIGN.md §1.3).
type Log struct {
	conn
	pending *[]archive.Event
}

const (
	holdHead    = `UPDATE log_head SET id = id`
	takePlace   = `UPDATE log_head SET id = id + $1 RETURNING id, site_rev`
	logHead     = `SELECT id FROM log_head`
	siteRev     = `SELECT site_rev FROM log_head`
	raiseSite   = `UPDATE log_head SET site_rev = site_rev + 1`
	holdSite    = `UPDATE log_head SET site_rev = site_rev`
	addEvent    = `INSERT INTO events (id, at, kind, actor, work, chapter, subject, data) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	eventsAfter = `SELECT id, at, kind, actor, work, chapter, subject, data FROM events WHERE id > $1 ORDER BY id LIMIT $2`
	findEvent   = `SELECT id, at, kind, actor, work, chapter, subject, data FROM events WHERE id = $1`
	// The old events are those before the first young one, which ends the
	// search: nobody reads three months of log to find the last hour of it.
	trimEvents = `DELETE FROM events WHERE id IN (SELECT e.id FROM events e
		WHERE e.id < COALESCE((SELECT id FROM events WHERE at >= $1 ORDER BY id LIMIT 1), 9223372036854775807)
		AND e.id <= (SELECT COALESCE(MIN(event), 0) FROM cursors)
		AND NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.event = e.id AND NOT jobs.given_up) ORDER BY e.id LIMIT $2)`
	findCursor = `SELECT event FROM cursors WHERE name = $1`
	moveCursor = `INSERT INTO cursors (name, event) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET event = excluded.event`
	// A lease is taken when it is free, run out, or already the holder's.
	takeLease = `INSERT INTO leases (name, holder, until) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
		WHERE leases.holder = excluded.holder OR leases.until < $4`
	dropLease = `DELETE FROM leases WHERE name = $1 AND holder = $2`
)

// Record notes an event; it is written as the transaction's last act.
func (l Log) Record(e archive.Event) { *l.pending = append(*l.pending, e) }

// flush writes what was recorded. The head is taken last: from here to the
// commit nobody else can take a later place, so a follower by id never skips
// one.
func (l Log) flush(ctx context.Context) (c Committed, err error) {
	c.Events = *l.pending
	if len(c.Events) == 0 {
		return c, nil
	}
	for _, e := range c.Events {
		if e.Work != 0 && archive.ChangesWhatGuestsSee(e.Kind) {
			if err := do(ctx, l.conn, raiseShown, e.Work); err != nil {
				return c, err
			}
		}
	}
	scan := func(row sqldb.Scanner) (last int64, err error) { return last, row.Scan(&last, &c.SiteRev) }
	last, err := one(ctx, l.conn, scan, takePlace, len(c.Events))
	if err != nil {
		return c, fmt.Errorf("take a place in the log: %w", err)
	}
	for i := range c.Events {
		e := &c.Events[i]
		e.ID, e.At = last-int64(len(c.Events)-1-i), l.now
		data, err := json.Marshal(e.Data)
		if err != nil {
			return c, err
		}
		if err := do(ctx, l.conn, addEvent, e.ID, micros(e.At), string(e.Kind), e.Actor, e.Work, e.Chapter, e.Subject, string(data)); err != nil {
			return c, fmt.Errorf("record %s: %w", e.Kind, err)
		}
	}
	return c, nil
}

// Head is the id of the newest event.
func (l Log) Head(ctx context.Context) (int64, error) { return one(ctx, l.conn, scanInt, logHead) }

// Hold keeps every other event from being recorded until the end of the
// transaction: for the few rules that look at all accounts at once.
func (l Log) Hold(ctx context.Context) error { return do(ctx, l.conn, holdHead) }

// SiteRev is the revision of what every page shows (settings, banner, words).
func (l Log) SiteRev(ctx context.Context) (int64, error) { return one(ctx, l.conn, scanInt, siteRev) }

// HoldSite keeps others from changing the settings, the news and the pages
// until the transaction ends.
func (l Log) HoldSite(ctx context.Context) error { return do(ctx, l.conn, holdSite) }

// RaiseSite makes every kept page out of date.
func (l Log) RaiseSite(ctx context.Context) error { return do(ctx, l.conn, raiseSite) }

// After gives the events that follow an id, oldest first, at most limit.
func (l Log) After(ctx context.Context, id int64, limit int) ([]archive.Event, error) {
	return all(ctx, l.conn, scanEvent, eventsAfter, id, limit)
}

// Find gives one event.
func (l Log) Find(ctx context.Context, id int64) (archive.Event, error) {
	return one(ctx, l.conn, scanEvent, findEvent, id)
}

// Trim forgets events older than an instant, never past the slowest cursor and
// none that a job waits for; at most so many, and tells how many went.
func (l Log) Trim(ctx context.Context, before time.Time, most int) (int64, error) {
	return exec(ctx, l.conn, trimEvents, micros(before), most)
}

// Cursor is how far a named follower has read; 0 when it never did.
func (l Log) Cursor(ctx context.Context, name string) (int64, error) {
	at, err := all(ctx, l.conn, scanInt, findCursor, name)
	if err != nil || len(at) == 0 {
		return 0, err
	}
	return at[0], nil
}

// MoveCursor says how far a named follower has read.
func (l Log) MoveCursor(ctx context.Context, name string, event int64) error {
	return do(ctx, l.conn, moveCursor, name, event)
}

// TakeLease takes or renews a lease for a holder; false when another has it.
func (l Log) TakeLease(ctx context.Context, name, holder string, until time.Time) (bool, error) {
	n, err := exec(ctx, l.conn, takeLease, name, holder, micros(until), micros(l.now))
	return n == 1, err
}

// DropLease gives a lease back at shutdown, so that nobody waits it out.
func (l Log) DropLease(ctx context.Context, name, holder string) error {
	return do(ctx, l.conn, dropLease, name, holder)
}

func scanEvent(row sqldb.Scanner) (archive.Event, error) {
	var e archive.Event
	var data string
	if err := row.Scan(&e.ID, instant{&e.At}, &e.Kind, &e.Actor, &e.Work, &e.Chapter, &e.Subject, &data); err != nil {
		return e, err
	}
	return e, unpackData(data, &e)
}

func unpackData(data string, e *archive.Event) error { return json.Unmarshal([]byte(data), &e.Data) }
