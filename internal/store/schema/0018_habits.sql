-- +goose Up

-- What the reader of manuscripts has learnt of those of a writer: a shape they
-- accepted, in how many manuscripts, and how often in a row they have put it
-- back since.
CREATE TABLE habits (
    id         {{pk}},
    account    BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,
    shape      TEXT NOT NULL,
    accepted   BIGINT NOT NULL,
    undone     BIGINT NOT NULL,
    at         BIGINT NOT NULL
);
CREATE UNIQUE INDEX habits_of_account ON habits (account, kind, shape);

-- What was known of its writer when a manuscript was brought, as JSON: it is
-- read with that for good. And when its own shapes were learnt.
ALTER TABLE manuscripts ADD COLUMN habits TEXT NOT NULL DEFAULT '[]';
ALTER TABLE manuscripts ADD COLUMN learnt_at BIGINT;
