-- +goose Up

-- What a title is sorted by, of bytes that mean the same on both databases; it
-- is made in the program (docs/decisions/0213). Empty: not made yet.
ALTER TABLE works ADD COLUMN title_key TEXT COLLATE "C" NOT NULL DEFAULT '';
DROP INDEX works_by_title;
CREATE INDEX works_by_title ON works (title_key, id) WHERE posted_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX works_without_key ON works (id) WHERE title_key = '';

-- What lists are ordered by besides is folded already; SQLite compares its
-- bytes, and so does this database from here on.
ALTER TABLE tags ALTER COLUMN search TYPE TEXT COLLATE "C";
ALTER TABLE tags ALTER COLUMN name TYPE TEXT COLLATE "C";
ALTER TABLE accounts ALTER COLUMN folded TYPE TEXT COLLATE "C";
