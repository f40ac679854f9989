-- +goose Up

-- Passkeys. An authenticator knows an account by its handle, which says nothing
-- of it; record is all that the library keeps of a passkey, as JSON.
CREATE TABLE passkey_handles (
    account    BIGINT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    handle     TEXT NOT NULL UNIQUE
);

CREATE TABLE passkeys (
    id         {{pk}},
    account    BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    credential TEXT NOT NULL UNIQUE,
    record     TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at    BIGINT,
    copied_at  BIGINT
);
CREATE INDEX passkeys_by_account ON passkeys (account, id);

-- A question to an authenticator that waits for its answer: once, and not for
-- long. Account 0 asks whoever comes to sign in.
CREATE TABLE ceremonies (
    secret     TEXT PRIMARY KEY,
    account    BIGINT NOT NULL,
    data       TEXT NOT NULL,
    until      BIGINT NOT NULL
);
CREATE INDEX ceremonies_by_end ON ceremonies (until);

-- The second step of signing in: codes of an app, and a counter against using
-- one twice. It is on when on_at is set.
CREATE TABLE second_steps (
    account    BIGINT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    secret     TEXT NOT NULL,
    last_step  BIGINT NOT NULL DEFAULT 0,
    begun_at   BIGINT NOT NULL,
    on_at      BIGINT,
    wrong      INTEGER NOT NULL DEFAULT 0,
    wrong_since BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE recovery_codes (
    account    BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    code       TEXT NOT NULL,
    used_at    BIGINT,
    PRIMARY KEY (account, code)
);

-- Who proved the first part of who they are and is asked for more.
CREATE TABLE entries (
    secret     TEXT PRIMARY KEY,
    account    BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    wants      TEXT NOT NULL,
    wrong      INTEGER NOT NULL DEFAULT 0,
    until      BIGINT NOT NULL
);
CREATE INDEX entries_by_end ON entries (until);
CREATE INDEX entries_by_account ON entries (account);

-- An account that its owner deleted, and what was to become of what hung on
-- it. Until purge_at it can be brought back.
CREATE TABLE deletions (
    account    BIGINT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    deleted_at BIGINT NOT NULL,
    purge_at   BIGINT NOT NULL,
    sole       TEXT NOT NULL,
    shared     TEXT NOT NULL,
    answers    TEXT NOT NULL,
    purged_at  BIGINT
);
CREATE INDEX deletions_to_purge ON deletions (purge_at) WHERE purged_at IS NULL;

-- Who signed a work that was orphaned or put away with their account, so that
-- it can be taken back for a while; then nothing tells whose it was. stand_in
-- is the orphan account's pen name that took the place (0: none did), made
-- whether it stood there for the first time; pseud 0 is a work that was put
-- away.
CREATE TABLE orphanings (
    account    BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    work       BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
    pseud      BIGINT NOT NULL,
    position   INTEGER NOT NULL,
    stand_in   BIGINT NOT NULL,
    made       BOOLEAN NOT NULL,
    with_account BOOLEAN NOT NULL,
    until      BIGINT NOT NULL,
    PRIMARY KEY (account, work, pseud)
);
CREATE INDEX orphanings_by_work ON orphanings (work);
CREATE INDEX orphanings_by_end ON orphanings (until);
