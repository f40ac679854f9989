-- +goose Up

-- Members who sort tags (docs/decisions/0278): of every fandom, or of those
-- they have rows for.
ALTER TABLE accounts ADD COLUMN wrangler BOOLEAN NOT NULL DEFAULT FALSE;
CREATE TABLE wrangler_fandoms (
    account BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    fandom  BIGINT NOT NULL REFERENCES tags (id),
    PRIMARY KEY (account, fandom)
);
CREATE INDEX wrangler_fandoms_by_fandom ON wrangler_fandoms (fandom);

-- What each of them did last.
CREATE INDEX tag_acts_by_wrangler ON tag_acts (wrangler, id);

-- What wranglers say to one another about a tag.
CREATE TABLE tag_comments (
    id       {{pk}},
    tag      BIGINT NOT NULL REFERENCES tags (id),
    wrangler BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    words    TEXT NOT NULL
);
CREATE INDEX tag_comments_by_tag ON tag_comments (tag, id);
