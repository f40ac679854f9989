-- +goose Up

-- What the archive says of itself: news, and pages that stand at an address of
-- their own. Place is where a page stands in the foot of every page; 0 is
-- nowhere. A draft has no posted_at.
CREATE TABLE papers (
    id         {{pk}},
    kind       TEXT NOT NULL,
    slug       TEXT NOT NULL,
    place      INTEGER NOT NULL DEFAULT 0,
    title      TEXT NOT NULL,
    language   TEXT NOT NULL,
    source     {{blob}} NOT NULL,
    body       {{blob}} NOT NULL,
    opening    TEXT NOT NULL,
    revision   BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    posted_at  BIGINT
);
CREATE UNIQUE INDEX papers_by_slug ON papers (slug) WHERE slug <> '';
CREATE INDEX papers_newest ON papers (kind, posted_at DESC, id DESC);
CREATE INDEX papers_changed ON papers (kind, updated_at DESC, id DESC);

-- Every save of a paper as it was typed, kept for good.
CREATE TABLE paper_saves (
    paper      BIGINT NOT NULL REFERENCES papers (id) ON DELETE CASCADE,
    number     BIGINT NOT NULL,
    staff      BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    title      TEXT NOT NULL,
    language   TEXT NOT NULL,
    source     {{blob}} NOT NULL,
    PRIMARY KEY (paper, number)
);

-- What staff did is found by what it was and by who did it; what waits for
-- staff, by when it came.
CREATE INDEX acts_by_kind ON acts (kind, id DESC);
CREATE INDEX acts_by_staff ON acts (staff, id DESC);
CREATE INDEX comments_for_staff ON comments (state, id) WHERE state IN ('suspect', 'for_staff');
CREATE INDEX cases_by_opening ON cases (opened_at);
