-- +goose Up

-- The picture a writer gave the books of a work. Its file lies with those of
-- other pictures, named by its bytes like them.
CREATE TABLE covers (
    work       BIGINT NOT NULL PRIMARY KEY REFERENCES works (id) ON DELETE CASCADE,
    sha256     TEXT NOT NULL,
    key        TEXT NOT NULL,
    media_type TEXT NOT NULL,
    width      INTEGER NOT NULL,
    height     INTEGER NOT NULL,
    bytes      BIGINT NOT NULL,
    alt        TEXT NOT NULL,
    at         BIGINT NOT NULL
);
CREATE INDEX covers_by_key ON covers (key);
