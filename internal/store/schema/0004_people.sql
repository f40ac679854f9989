-- +goose Up

-- What stands between a work and its readers beside its writer's own choices:
-- approval by staff (waiting), a collection's or its writer's veil over the
-- work (unrevealed) or over who wrote it (anonymous).
ALTER TABLE works ADD COLUMN waiting_at BIGINT;
ALTER TABLE works ADD COLUMN unrevealed BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE works ADD COLUMN anonymous BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX works_waiting ON works (waiting_at) WHERE waiting_at IS NOT NULL;

-- What staff decided about an account: it reads, but writes nothing, until an
-- instant or for good.
ALTER TABLE accounts ADD COLUMN suspended_until BIGINT;
ALTER TABLE accounts ADD COLUMN banned_at BIGINT;

-- A person, with all their pen names, who does not answer another's works.
CREATE TABLE blocks (
    account    BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    blocked    BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    at         BIGINT NOT NULL,
    PRIMARY KEY (account, blocked)
);
CREATE INDEX blocks_by_blocked ON blocks (blocked, account);

-- A person whose signed works and comments another does not want to meet.
CREATE TABLE mutes (
    account    BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    muted      BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    at         BIGINT NOT NULL,
    PRIMARY KEY (account, muted)
);
CREATE INDEX mutes_by_muted ON mutes (muted, account);

-- Staff who opened what is private, for a reason the member sees, until an
-- instant.
CREATE TABLE peeks (
    id         {{pk}},
    staff      BIGINT NOT NULL,
    work       BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
    reason     TEXT NOT NULL,
    at         BIGINT NOT NULL,
    until      BIGINT NOT NULL
);
CREATE INDEX peeks_by_work ON peeks (work, staff, until);

-- Every act of staff, for good: the log of events carries no words and is
-- trimmed.
CREATE TABLE acts (
    id         {{pk}},
    at         BIGINT NOT NULL,
    staff      BIGINT NOT NULL,
    kind       TEXT NOT NULL,
    account    BIGINT NOT NULL DEFAULT 0,
    work       BIGINT NOT NULL DEFAULT 0,
    subject    BIGINT NOT NULL DEFAULT 0,
    about      TEXT NOT NULL DEFAULT '',
    reason     TEXT NOT NULL DEFAULT ''
);
CREATE INDEX acts_by_account ON acts (account, id DESC);
CREATE INDEX acts_by_work ON acts (work, id DESC);
