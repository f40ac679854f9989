-- +goose Up

-- Pictures in the bucket that a form or a manuscript may yet show, and until
-- when they are kept though no work has them.
CREATE TABLE kept_pictures (
	key TEXT NOT NULL PRIMARY KEY,
	until BIGINT NOT NULL
);
CREATE INDEX kept_pictures_by_end ON kept_pictures (until);

-- How much a chapter holds, in characters of its stored texts; 0: it was saved
-- before this was counted.
ALTER TABLE chapters ADD COLUMN characters BIGINT NOT NULL DEFAULT 0;
