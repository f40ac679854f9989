-- +goose Up

-- The archive's own name for good, of which those of the entries of its feeds
-- are made: it does not change with the address (docs/decisions/0299).
INSERT INTO settings (name, value) VALUES ('archive', lower(hex(randomblob(16))));

-- The fingerprint of the secret that a saved filter's own feed has in its
-- address, and when that was made (docs/decisions/0300).
ALTER TABLE filters ADD COLUMN feed TEXT;
ALTER TABLE filters ADD COLUMN feed_at BIGINT;
CREATE UNIQUE INDEX filters_by_feed ON filters (feed) WHERE feed IS NOT NULL;
