-- +goose Up

-- A mark of the names each work of a volume was signed with when it was bound.
ALTER TABLE volume_works ADD COLUMN signed TEXT NOT NULL DEFAULT '';
