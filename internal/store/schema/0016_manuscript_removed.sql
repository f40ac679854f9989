-- +goose Up

-- What was taken out of an original before it was kept, as JSON of kinds and
-- counts.
ALTER TABLE manuscripts ADD COLUMN removed TEXT NOT NULL DEFAULT '[]';
