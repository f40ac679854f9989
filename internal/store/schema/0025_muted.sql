-- +goose Up

-- What a member does not want to meet beside people (docs/decisions/0282): a
-- tag with all it means, a work, or, with neither, works whose writers are not
-- named.
CREATE TABLE muted (
    id      {{pk}},
    account BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    tag     BIGINT REFERENCES tags (id) ON DELETE CASCADE,
    work    BIGINT REFERENCES works (id) ON DELETE CASCADE,
    at      BIGINT NOT NULL
);
CREATE UNIQUE INDEX muted_tags ON muted (account, tag) WHERE tag IS NOT NULL;
CREATE UNIQUE INDEX muted_works ON muted (account, work) WHERE work IS NOT NULL;
CREATE UNIQUE INDEX muted_anonymous ON muted (account) WHERE tag IS NULL AND work IS NULL;
CREATE INDEX muted_by_tag ON muted (tag) WHERE tag IS NOT NULL;
CREATE INDEX muted_by_work ON muted (work) WHERE work IS NOT NULL;
