-- +goose Up

-- Every order readers may choose has an index, as works_recent is that of the
-- usual one; a test holds them to it.
CREATE INDEX works_by_published ON works (published_at DESC, id DESC) WHERE posted_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX works_by_title ON works (sort_title, id) WHERE posted_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX works_by_words ON works (words DESC, id DESC) WHERE posted_at IS NOT NULL AND deleted_at IS NULL;
