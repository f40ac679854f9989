-- +goose Up

-- Frequent words that follow each other are found as pairs
-- (docs/decisions/0308). What was read without pairs stays found as it was, and
-- is read once more.
ALTER TABLE passages ADD COLUMN pairs BIGINT NOT NULL DEFAULT 0;

-- Which words make pairs, and since when: a passage read at that or later has
-- them.
CREATE TABLE paired_words (
    word     TEXT PRIMARY KEY,
    since    BIGINT NOT NULL
);

-- pairs: that texts are read with now; paired: that all have been; paired_at: how
-- many chapters there were when those words were counted; again: the works that
-- were read once more for it.
ALTER TABLE passages_read ADD COLUMN pairs BIGINT NOT NULL DEFAULT 0;
ALTER TABLE passages_read ADD COLUMN paired BIGINT NOT NULL DEFAULT 0;
ALTER TABLE passages_read ADD COLUMN paired_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE passages_read ADD COLUMN again BIGINT NOT NULL DEFAULT 9223372036854775807;
UPDATE passages_read SET sampled = 0;
