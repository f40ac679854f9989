-- +goose Up

-- Words that members mute (docs/decisions/0295), each once for all of them:
-- taken apart as what is sought is, and the first of its words. Works up to the
-- number in looked were looked through for it; those saved since look for
-- themselves.
CREATE TABLE muted_words (
    id     {{pk}},
    folded TEXT NOT NULL UNIQUE,
    first  TEXT NOT NULL,
    looked BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX muted_words_first ON muted_words (first);

-- Which of them stand in the title or the summary of a work.
CREATE TABLE work_words (
    work BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
    word BIGINT NOT NULL REFERENCES muted_words (id) ON DELETE CASCADE,
    PRIMARY KEY (work, word)
);
CREATE INDEX work_words_by_word ON work_words (word);

ALTER TABLE muted ADD COLUMN word BIGINT REFERENCES muted_words (id);
ALTER TABLE muted ADD COLUMN typed TEXT NOT NULL DEFAULT '';
DROP INDEX muted_anonymous;
CREATE UNIQUE INDEX muted_anonymous ON muted (account) WHERE tag IS NULL AND work IS NULL AND word IS NULL;
CREATE UNIQUE INDEX muted_by_word ON muted (word, account) WHERE word IS NOT NULL;
