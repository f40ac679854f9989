-- +goose Up

-- What works and chapters say, read out of them to be found by
-- (docs/decisions/0289). All of it is made anew from them, and is in no backup.
-- A chapter of 0 is the work's summary. A passage holds while its revision is
-- that of its chapter, or of its work.
CREATE TABLE passages (
    id       {{pk}},
    work     BIGINT NOT NULL,
    chapter  BIGINT NOT NULL,
    ordinal  INTEGER NOT NULL,
    revision BIGINT NOT NULL,
    UNIQUE (work, chapter, ordinal)
);

-- How far works have been read, and the log; whether their chapters are.
CREATE TABLE passages_read (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    work     BIGINT NOT NULL,
    event    BIGINT NOT NULL,
    chapters BOOLEAN NOT NULL,
    sampled  BIGINT NOT NULL
);

-- Words that stand in more than a tenth of the chapters.
CREATE TABLE common_words (
    word     TEXT PRIMARY KEY
);

-- The words themselves are not kept, only where they stand. They are cut in the
-- program; merging is asked for a little at a time.
CREATE VIRTUAL TABLE passage_words USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii');
INSERT INTO passage_words (passage_words, rank) VALUES ('automerge', 0);
