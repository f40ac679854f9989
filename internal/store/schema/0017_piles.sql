-- +goose Up

-- Many files that were brought at once, as their writer arranges them before
-- they become drafts.
CREATE TABLE piles (
    id         {{pk}},
    account    BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    revision   BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX piles_by_account ON piles (account, id DESC);

-- The stories of a pile, and the work that the chapters of each are added to.
CREATE TABLE pile_works (
    pile       BIGINT NOT NULL REFERENCES piles (id) ON DELETE CASCADE,
    number     BIGINT NOT NULL,
    title      TEXT NOT NULL,
    work       BIGINT REFERENCES works (id) ON DELETE SET NULL,
    PRIMARY KEY (pile, number)
);
CREATE INDEX pile_works_of_work ON pile_works (work) WHERE work IS NOT NULL;

-- Every file of a pile, by its number. Those of one text are versions, and one
-- of them is chosen; where the text stands is said by the file of its number.
CREATE TABLE pile_files (
    pile       BIGINT NOT NULL REFERENCES piles (id) ON DELETE CASCADE,
    number     BIGINT NOT NULL,
    name       TEXT NOT NULL,
    manuscript BIGINT NOT NULL,
    rule       TEXT NOT NULL,
    title      TEXT NOT NULL,
    chapters   BIGINT NOT NULL,
    words      BIGINT NOT NULL,
    story      BIGINT NOT NULL,
    stories    BIGINT NOT NULL,
    text       BIGINT NOT NULL,
    chosen     BOOLEAN NOT NULL,
    in_work    BIGINT NOT NULL,
    place      BIGINT NOT NULL,
    left_out   BOOLEAN NOT NULL,
    made       BOOLEAN NOT NULL,
    PRIMARY KEY (pile, number)
);
CREATE INDEX pile_files_of_manuscript ON pile_files (manuscript) WHERE manuscript <> 0;
