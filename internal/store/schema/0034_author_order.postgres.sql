-- +goose Up

-- What a pen name is sorted by, of bytes that mean the same on both databases; it
-- is made in the program (docs/decisions/0306). Empty: not made yet.
ALTER TABLE pseuds ADD COLUMN name_key TEXT COLLATE "C" NOT NULL DEFAULT '';
CREATE INDEX pseuds_without_key ON pseuds (id) WHERE name_key = '';
