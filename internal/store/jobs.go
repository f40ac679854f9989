package store

import (
	"context"
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
	finishJob   = `DELETE FROM jobs WHERE id = $1`
	retryJob    = `UPDATE jobs SET run_at = $2, last_error = $3 WHERE id = $1`
	giveUpJob   = `UPDATE jobs SET given_up = TRUE, last_error = $2 WHERE id = $1`
	progressJob = `UPDATE jobs SET progress = $2 WHERE id = $1`
	countJobs   = `SELECT COUNT(*) FROM jobs WHERE NOT given_up`
)

// Add queues a line of the table for an event, once.
func (j Jobs) Add(ctx context.Context, event int64, kind string) error {
	return do(ctx, j.conn, addJob, event, kind, micros(j.now))
}

// Claim takes the next due job until an instant, after which others may take
// it: archive.ErrNotFound when none is due.
func (j Jobs) Claim(ctx context.Context, until time.Time) (archive.Job, error) {
	return one(ctx, j.conn, scanJob, claimJob, micros(j.now), micros(until))
}

// Finish forgets a job that is done.
func (j Jobs) Finish(ctx context.Context, id int64) error { return do(ctx, j.conn, finishJob, id) }

// Retry puts a failed job off until an instant.
func (j Jobs) Retry(ctx context.Context, id int64, at time.Time, reason string) error {
	return do(ctx, j.conn, retryJob, id, micros(at), reason)
}

// GiveUp keeps a job that failed too often, for the owner to see.
func (j Jobs) GiveUp(ctx context.Context, id int64, reason string) error {
	return do(ctx, j.conn, giveUpJob, id, reason)
}

// Progress notes how far a long fan-out has come.
func (j Jobs) Progress(ctx context.Context, id, cursor int64) error {
	return do(ctx, j.conn, progressJob, id, cursor)
}

// Waiting is how many jobs are still to be done.
func (j Jobs) Waiting(ctx context.Context) (int64, error) {
	return one(ctx, j.conn, scanInt, countJobs)
}

func scanJob(row sqldb.Scanner) (archive.Job, error) {
	var job archive.Job
	err := row.Scan(&job.ID, &job.Event, &job.Kind, instant{&job.RunAt}, &job.Attempts, &job.Cursor)
	return job, err
}
