-- +goose Up

-- Filters that members saved under a name (docs/decisions/0292): what they ask,
-- as an address says it, and whose list they narrow. With a token whoever has
-- it may open one. known are the works in its list when its member began to be
-- told of it.
CREATE TABLE filters (
    id            {{pk}},
    account       BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name          TEXT NOT NULL,
    folded        TEXT NOT NULL,
    query         TEXT NOT NULL,
    person        BIGINT REFERENCES accounts (id) ON DELETE CASCADE,
    pseud         BIGINT REFERENCES pseuds (id) ON DELETE CASCADE,
    token         TEXT,
    at            BIGINT NOT NULL,
    subscribed_at BIGINT,
    known         {{blob}},
    UNIQUE (account, folded)
);
CREATE UNIQUE INDEX filters_by_token ON filters (token) WHERE token IS NOT NULL;
CREATE INDEX filters_subscribed ON filters (id) WHERE subscribed_at IS NOT NULL;
CREATE INDEX filters_of_person ON filters (person) WHERE person IS NOT NULL;
CREATE INDEX filters_of_pseud ON filters (pseud) WHERE pseud IS NOT NULL;

-- Works of which a filter has told, once and for all (docs/decisions/0293).
CREATE TABLE filters_told (
    filter BIGINT NOT NULL REFERENCES filters (id) ON DELETE CASCADE,
    work   BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
    event  BIGINT NOT NULL,
    PRIMARY KEY (filter, work)
);
CREATE INDEX filters_told_by_work ON filters_told (work);

-- Tags that stand on a member's first page (docs/decisions/0294).
CREATE TABLE favourites (
    account BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    tag     BIGINT NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    at      BIGINT NOT NULL,
    PRIMARY KEY (account, tag)
);
CREATE INDEX favourites_by_tag ON favourites (tag);
