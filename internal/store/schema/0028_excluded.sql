-- +goose Up

-- Tags a member leaves out of every list, until they ask for the rest
-- (docs/decisions/0291).
CREATE TABLE excluded (
    account BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    tag     BIGINT NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    at      BIGINT NOT NULL,
    PRIMARY KEY (account, tag)
);
CREATE INDEX excluded_by_tag ON excluded (tag);
