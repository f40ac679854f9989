package store

import (
	"context"
	"errors"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Jobs are what the log asks to be done, each retried alone.
type Jobs struct{ conn }

const (
	addJob = `INSERT INTO jobs (event, kind, run_at) VALUES ($1, $2, $3) ON CONFLICT (event, kind) DO NOTHING`
	// The outer condition is repeated so that PostgreSQL, which looks again
	// after waiting for the row, gives a job to one worker only.
	claimJob = `UPDATE jobs SET run_at = $2, attempts = attempts + 1
		WHERE id = (SELECT id FROM jobs WHERE run_at <= $1 AND NOT given_up ORDER BY run_at, id LIMIT 1) AND run_at <= $1 AND NOT given_up
		RETURNING id, event, kind, run_at, attempts, progress`
	// Another that is due for the first time.
	claimFresh = `UPDATE jobs SET run_at = $2, attempts = attempts + 1
		WHERE id = (SELECT id FROM jobs WHERE run_at <= $1 AND NOT given_up AND attempts = 0 ORDER BY run_at, id LIMIT 1) AND run_at <= $1 AND NOT given_up
		RETURNING id, event, kind, run_at, attempts, progress`
	findJob   = `SELECT id, event, kind, run_at, attempts, progress FROM jobs WHERE id = $1`
	isJobDue  = `SELECT EXISTS (SELECT 1 FROM jobs WHERE run_at <= $1 AND NOT given_up)`
	finishJob = `DELETE FROM jobs WHERE id = $1`
	// A claim is known by the instant it holds until: whoever overstayed it
	// no longer decides about the job.
	retryJob    = `UPDATE jobs SET run_at = $3, last_error = $4 WHERE id = $1 AND run_at = $2`
	putBackJob  = `UPDATE jobs SET run_at = $3, attempts = attempts - 1 WHERE id = $1 AND run_at = $2`
	giveUpJob   = `UPDATE jobs SET given_up = TRUE, last_error = $3 WHERE id = $1 AND run_at = $2`
	progressJob = `UPDATE jobs SET progress = $2, attempts = 0 WHERE id = $1`
	jobsByKind  = `SELECT kind, COUNT(*) FROM jobs WHERE NOT given_up GROUP BY kind`
	countJobs   = `SELECT COUNT(*) FROM jobs WHERE NOT given_up`
	countGiven  = `SELECT COUNT(*) FROM jobs WHERE given_up`
)

// Add queues a line of the table for an event, once.
func (j Jobs) Add(ctx context.Context, event int64, kind string) error {
	return do(ctx, j.conn, addJob, event, kind, micros(j.now))
}

// Claim takes the next due job until an instant, after which others may take
// it, and with it, if it is its first time, more that are due for the first
// time: so many in all at most. One that failed before, or ended the program,
// is taken alone. archive.ErrNotFound when none is due.
func (j Jobs) Claim(ctx context.Context, until time.Time, most int) ([]archive.Job, error) {
	var claimed []archive.Job
	statement := claimJob
	for len(claimed) < most {
		// One by one, the first first: two that claim at once wait for one row and never for each other.
		job, err := one(ctx, j.conn, scanJob, statement, micros(j.now), micros(until))
		if errors.Is(err, archive.ErrNotFound) && len(claimed) > 0 {
			break
		}
		if err != nil {
			return nil, err
		}
		claimed = append(claimed, job)
		if job.Attempts != 1 {
			break
		}
		statement = claimFresh
	}
	return claimed, nil
}

// PutBack gives back a claimed job that was not begun, to be taken from an
// instant on, unless another has claimed it since.
func (j Jobs) PutBack(ctx context.Context, claimed archive.Job, at time.Time) error {
	return do(ctx, j.conn, putBackJob, claimed.ID, micros(claimed.RunAt), micros(at))
}

// Find gives a job as it stands; archive.ErrNotFound when it is done.
func (j Jobs) Find(ctx context.Context, id int64) (archive.Job, error) {
	return one(ctx, j.conn, scanJob, findJob, id)
}

// Due reports whether a job waits to be claimed.
func (j Jobs) Due(ctx context.Context) (bool, error) {
	return one(ctx, j.conn, func(row sqldb.Scanner) (due bool, err error) { return due, row.Scan(&due) }, isJobDue, micros(j.now))
}

// Finish forgets a job that is done.
func (j Jobs) Finish(ctx context.Context, id int64) error { return do(ctx, j.conn, finishJob, id) }

// Retry puts a claimed job off until an instant, unless another has claimed it
// since.
func (j Jobs) Retry(ctx context.Context, claimed archive.Job, at time.Time, reason string) error {
	return do(ctx, j.conn, retryJob, claimed.ID, micros(claimed.RunAt), micros(at), reason)
}

// GiveUp keeps a claimed job that failed too often, for the owner to see,
// unless another has claimed it since.
func (j Jobs) GiveUp(ctx context.Context, claimed archive.Job, reason string) error {
	return do(ctx, j.conn, giveUpJob, claimed.ID, micros(claimed.RunAt), reason)
}

// Progress notes how far a long fan-out has come, best in the transaction that
// brought it there. What moves on is not failing: its attempts start anew.
func (j Jobs) Progress(ctx context.Context, id, cursor int64) error {
	return do(ctx, j.conn, progressJob, id, cursor)
}

// Waiting is how many jobs are still to be done.
func (j Jobs) Waiting(ctx context.Context) (int64, error) {
	return one(ctx, j.conn, scanInt, countJobs)
}

// WaitingByKind is how many jobs are still to be done of each kind.
func (j Jobs) WaitingByKind(ctx context.Context) (map[string]int64, error) {
	waiting := map[string]int64{}
	_, err := all(ctx, j.conn, func(row sqldb.Scanner) (kind string, err error) {
		var n int64
		err = row.Scan(&kind, &n)
		waiting[kind] = n
		return kind, err
	}, jobsByKind)
	return waiting, err
}

// GivenUp is how many jobs failed too often.
func (j Jobs) GivenUp(ctx context.Context) (int64, error) {
	return one(ctx, j.conn, scanInt, countGiven)
}

func scanJob(row sqldb.Scanner) (archive.Job, error) {
	var job archive.Job
	err := row.Scan(&job.ID, &job.Event, &job.Kind, instant{&job.RunAt}, &job.Attempts, &job.Cursor)
	return job, err
}
