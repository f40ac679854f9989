-- +goose Up

-- What wranglers have made of a tag (docs/decisions/0266). canonical is what a
-- synonym means, and 0 for every other tag. A banned tag is offered nowhere.
ALTER TABLE tags ADD COLUMN standing TEXT NOT NULL DEFAULT 'unsorted';
ALTER TABLE tags ADD COLUMN canonical BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tags ADD COLUMN banned BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE tags SET standing = 'canonical' WHERE kind IN ('rating', 'warning', 'category');
CREATE INDEX tags_by_canonical ON tags (canonical) WHERE canonical > 0;

-- Characters and relationships are filed under fandoms.
CREATE TABLE tag_parents (
    tag    BIGINT NOT NULL REFERENCES tags (id),
    parent BIGINT NOT NULL REFERENCES tags (id),
    PRIMARY KEY (tag, parent)
);
CREATE INDEX tag_parents_by_parent ON tag_parents (parent);

-- Metatags as they were set by hand.
CREATE TABLE tag_metatags (
    tag     BIGINT NOT NULL REFERENCES tags (id),
    metatag BIGINT NOT NULL REFERENCES tags (id),
    PRIMARY KEY (tag, metatag)
);
CREATE INDEX tag_metatags_by_metatag ON tag_metatags (metatag);

-- What follows from them: each canonical above a canonical, once, however many
-- ways lead there (docs/decisions/0267).
CREATE TABLE tags_above (
    above BIGINT NOT NULL REFERENCES tags (id),
    tag   BIGINT NOT NULL REFERENCES tags (id),
    PRIMARY KEY (above, tag)
);

-- What wranglers did, with what is needed to undo it.
CREATE TABLE tag_acts (
    id        {{pk}},
    at        BIGINT NOT NULL,
    wrangler  BIGINT NOT NULL,
    kind      TEXT NOT NULL,
    tag       BIGINT NOT NULL REFERENCES tags (id),
    other     BIGINT NOT NULL,
    was       TEXT NOT NULL,
    undone_at BIGINT,
    undone_by BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX tag_acts_by_tag ON tag_acts (tag, id);
CREATE INDEX tag_acts_by_other ON tag_acts (other, id);

-- Merges that wait for a second wrangler, or for a day to pass.
CREATE TABLE tag_merges_asked (
    tag       BIGINT NOT NULL PRIMARY KEY REFERENCES tags (id),
    canonical BIGINT NOT NULL REFERENCES tags (id),
    wrangler  BIGINT NOT NULL,
    at        BIGINT NOT NULL
);
