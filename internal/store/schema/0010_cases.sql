-- +goose Up

-- Members whose works no longer wait for approval.
ALTER TABLE accounts ADD COLUMN trusted_at BIGINT;

-- What people reported. All reports on one thing are one case until it is
-- closed; each keeps the thing as it stood when it was reported.
CREATE TABLE cases (
    id         {{pk}},
    kind       TEXT NOT NULL,
    subject    BIGINT NOT NULL,
    work       BIGINT NOT NULL DEFAULT 0,
    account    BIGINT NOT NULL DEFAULT 0,
    title      TEXT NOT NULL,
    opened_at  BIGINT NOT NULL,
    closed_at  BIGINT,
    closed_by  BIGINT NOT NULL DEFAULT 0,
    outcome    TEXT NOT NULL DEFAULT '',
    words      TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX cases_open ON cases (kind, subject) WHERE closed_at IS NULL;
CREATE INDEX cases_newest ON cases (closed_at, id DESC);

CREATE TABLE reports (
    id         {{pk}},
    case_id    BIGINT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    reporter   BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    reason     TEXT NOT NULL,
    words      TEXT NOT NULL,
    as_reported {{blob}} NOT NULL
);
CREATE INDEX reports_by_case ON reports (case_id, id);
CREATE INDEX reports_by_reporter ON reports (reporter, at);
