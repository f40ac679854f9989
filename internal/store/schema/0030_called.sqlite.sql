-- +goose Up

-- What works, tags and creators are called, in words, to be found by
-- (docs/decisions/0297). The words are cut in the program and written with what
-- is called so; a row is of what has its number, four times, and 0 for a work,
-- 1 for a tag, 2 for a pen name. In no backup: it is made anew.
CREATE VIRTUAL TABLE called_words USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii');

-- How far those have been read that were there before it, or were brought
-- without it.
CREATE TABLE called_read (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    works  BIGINT NOT NULL,
    tags   BIGINT NOT NULL,
    pseuds BIGINT NOT NULL
);
