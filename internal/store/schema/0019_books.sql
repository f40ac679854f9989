-- +goose Up

-- Every file that was bound for readers, told again by what e-readers know of
-- it: a digest of some of its bytes, or of its name. A file of several works
-- has a row for each, at its place.
CREATE TABLE served_files (
    digest     TEXT NOT NULL,
    work       BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
    place      BIGINT NOT NULL,
    name       TEXT NOT NULL,
    shown_rev  BIGINT NOT NULL,
    recipe     TEXT NOT NULL,
    made_at    BIGINT NOT NULL,
    PRIMARY KEY (digest, work)
);
CREATE INDEX served_files_by_name ON served_files (name, made_at DESC);
CREATE INDEX served_files_of_work ON served_files (work);

-- When a member last took a work with them.
CREATE TABLE downloads (
    account    BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    work       BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
    at         BIGINT NOT NULL,
    PRIMARY KEY (account, work)
);
CREATE INDEX downloads_of_work ON downloads (work);

-- Books of several works, asked for by members and kept for a day.
CREATE TABLE volumes (
    id         {{pk}},
    account    BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    title      TEXT NOT NULL,
    recipe     TEXT NOT NULL,
    file       TEXT NOT NULL,
    name       TEXT NOT NULL DEFAULT '',
    bytes      BIGINT NOT NULL DEFAULT 0,
    bound      BIGINT NOT NULL DEFAULT 0,
    reason     TEXT NOT NULL DEFAULT '',
    asked_at   BIGINT NOT NULL,
    ended_at   BIGINT,
    until      BIGINT NOT NULL
);
CREATE UNIQUE INDEX volumes_under_way ON volumes (account) WHERE ended_at IS NULL;
CREATE INDEX volumes_by_account ON volumes (account, id DESC);
CREATE INDEX volumes_by_end ON volumes (until);

-- The works of a volume in their order, as they stood when they were bound.
CREATE TABLE volume_works (
    volume     BIGINT NOT NULL REFERENCES volumes (id) ON DELETE CASCADE,
    place      BIGINT NOT NULL,
    work       BIGINT NOT NULL,
    shown_rev  BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (volume, place)
);
