package store

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Cases are what people reported: all reports on one thing are one case until
// it is closed.
type Cases struct{ conn }

const (
	openCase = `INSERT INTO cases (kind, subject, work, account, title, opened_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (kind, subject) WHERE closed_at IS NULL DO UPDATE SET opened_at = cases.opened_at RETURNING id`
	addReport = `INSERT INTO reports (case_id, reporter, at, reason, words, as_reported) VALUES ($1, $2, $3, $4, $5, $6)`
	caseRows  = `SELECT c.id, c.kind, c.subject, c.work, c.account, c.title, c.opened_at, c.closed_at, c.outcome, c.words,
		(SELECT COUNT(*) FROM reports r WHERE r.case_id = c.id) FROM cases c `
	caseByID    = caseRows + `WHERE c.id = $1`
	openCases   = caseRows + `WHERE c.closed_at IS NULL ORDER BY c.id DESC LIMIT $1 OFFSET $2`
	closedCases = caseRows + `WHERE c.closed_at IS NOT NULL ORDER BY c.closed_at DESC, c.id DESC LIMIT $1 OFFSET $2`
	casesAbout  = caseRows + `WHERE c.account = $1 ORDER BY c.id DESC LIMIT $2`
	countCases  = `SELECT COUNT(*) FROM cases WHERE (closed_at IS NULL) = $1`
	reportsOf   = `SELECT r.id, r.case_id, r.reporter, COALESCE(a.name, ''), r.at, r.reason, r.words, r.as_reported
		FROM reports r LEFT JOIN accounts a ON a.id = r.reporter WHERE r.case_id = $1 ORDER BY r.id`
	reportsOn    = `SELECT COUNT(*) FROM reports WHERE case_id = $1 AND reporter = $2`
	reportsSince = `SELECT COUNT(*) FROM reports WHERE reporter = $1 AND at > $2`
	reportersOf  = `SELECT DISTINCT reporter FROM reports WHERE case_id = $1 AND reporter <> 0`
	closeCase    = `UPDATE cases SET closed_at = $2, closed_by = $3, outcome = $4, words = $5 WHERE id = $1 AND closed_at IS NULL`
)

// Open gives the open case on a thing, and begins it when there is none.
func (c Cases) Open(ctx context.Context, k archive.Case) (int64, error) {
	return one(ctx, c.conn, scanInt, openCase, string(k.Kind), k.Subject, k.Work, k.Account, k.Title, micros(c.now))
}

// Report adds what one person said to a case.
func (c Cases) Report(ctx context.Context, r archive.Report) error {
	exhibits, err := json.Marshal(r.AsReported)
	if err != nil {
		return err
	}
	return do(ctx, c.conn, addReport, r.Case, r.Reporter, micros(c.now), string(r.Reason), r.Words, c.pack.pack(string(exhibits)))
}

// ReportedBy counts what a person said of a case.
func (c Cases) ReportedBy(ctx context.Context, id, reporter int64) (int64, error) {
	return one(ctx, c.conn, scanInt, reportsOn, id, reporter)
}

// ReportedSince counts what a member reported after an instant.
func (c Cases) ReportedSince(ctx context.Context, reporter int64, since time.Time) (int64, error) {
	return one(ctx, c.conn, scanInt, reportsSince, reporter, micros(since))
}

// Find gives a case with everything said of it.
func (c Cases) Find(ctx context.Context, id int64) (archive.Case, []archive.Report, error) {
	found, err := one(ctx, c.conn, scanCase, caseByID, id)
	if err != nil {
		return found, nil, err
	}
	reports, err := all(ctx, c.conn, c.scanReport, reportsOf, id)
	return found, reports, err
}

// List gives a page of the open cases, or of the closed ones.
func (c Cases) List(ctx context.Context, open bool, limit, offset int) ([]archive.Case, error) {
	statement := closedCases
	if open {
		statement = openCases
	}
	return all(ctx, c.conn, scanCase, statement, limit, offset)
}

// Count is how many cases are open, or closed.
func (c Cases) Count(ctx context.Context, open bool) (int64, error) {
	return one(ctx, c.conn, scanInt, countCases, open)
}

// About lists the cases on what belongs to a member, the newest first.
func (c Cases) About(ctx context.Context, account int64, most int) ([]archive.Case, error) {
	return all(ctx, c.conn, scanCase, casesAbout, account, most)
}

// Reporters are the members who reported a case.
func (c Cases) Reporters(ctx context.Context, id int64) ([]int64, error) {
	return all(ctx, c.conn, scanInt, reportersOf, id)
}

// Close ends a case; false when it was closed already.
func (c Cases) Close(ctx context.Context, id, staff int64, outcome archive.Outcome, words string) (bool, error) {
	n, err := exec(ctx, c.conn, closeCase, id, micros(c.now), staff, string(outcome), words)
	return n == 1, err
}

func scanCase(row sqldb.Scanner) (archive.Case, error) {
	var k archive.Case
	err := row.Scan(&k.ID, &k.Kind, &k.Subject, &k.Work, &k.Account, &k.Title, instant{&k.OpenedAt}, instant{&k.ClosedAt}, &k.Outcome, &k.Words, &k.Reports)
	return k, err
}

func (c Cases) scanReport(row sqldb.Scanner) (archive.Report, error) {
	var r archive.Report
	var exhibits string
	err := row.Scan(&r.ID, &r.Case, &r.Reporter, &r.By, instant{&r.At}, &r.Reason, &r.Words, packed{c.pack, &exhibits})
	return r, errors.Join(err, json.Unmarshal([]byte(exhibits), &r.AsReported))
}
