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

-- The words and where they stand, cut in the program.
CREATE TABLE passage_words (
    passage  BIGINT PRIMARY KEY,
    words    tsvector NOT NULL
);
CREATE INDEX passage_words_found ON passage_words USING gin (words) WITH (gin_pending_list_limit = 1024);
