-- +goose Up

-- What members follow: a work, or a person with all their pen names.
CREATE TABLE follows (
    id         {{pk}},
    account    BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    work       BIGINT REFERENCES works (id) ON DELETE CASCADE,
    person     BIGINT REFERENCES accounts (id) ON DELETE CASCADE,
    at         BIGINT NOT NULL,
    UNIQUE (account, work),
    UNIQUE (account, person)
);
CREATE INDEX follows_of_work ON follows (work, account) WHERE work IS NOT NULL;
CREATE INDEX follows_of_person ON follows (person, account) WHERE person IS NOT NULL;
CREATE INDEX follows_newest ON follows (account, id DESC);

-- Which chapters followers were told of, and through which event; each audience
-- once. Event 0: there was nothing to tell, since it was no news.
CREATE TABLE announced (
    chapter    BIGINT NOT NULL REFERENCES chapters (id) ON DELETE CASCADE,
    audience   TEXT NOT NULL,
    event      BIGINT NOT NULL,
    PRIMARY KEY (chapter, audience)
);
INSERT INTO announced (chapter, audience, event) SELECT c.id, 'work', 0 FROM chapters c JOIN works w ON w.id = c.work
    WHERE c.posted_at IS NOT NULL AND w.posted_at IS NOT NULL AND w.waiting_at IS NULL;
INSERT INTO announced (chapter, audience, event) SELECT c.id, 'person', 0 FROM chapters c JOIN works w ON w.id = c.work
    WHERE c.posted_at IS NOT NULL AND w.posted_at IS NOT NULL AND w.waiting_at IS NULL AND NOT w.anonymous;

-- An announcement on its way to its audience, which may be large: reached is the
-- last follower who was told, ended_at when there was nobody after.
CREATE TABLE announcements (
    event      BIGINT NOT NULL,
    audience   TEXT NOT NULL,
    work       BIGINT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,
    chapter    BIGINT NOT NULL,
    number     BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    reached    BIGINT NOT NULL DEFAULT 0,
    ended_at   BIGINT,
    PRIMARY KEY (event, audience)
);
CREATE INDEX announcements_of_work ON announcements (work) WHERE ended_at IS NULL;
CREATE INDEX announcements_by_age ON announcements (at);

-- Notices that are still to be mailed: each alone, or all of an account
-- together. Those with one batch are one mail that is on its way, so that the
-- same mail sent again is the same.
CREATE TABLE outbox (
    id         {{pk}},
    account    BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    notice     BIGINT NOT NULL REFERENCES notices (id) ON DELETE CASCADE,
    together   BOOLEAN NOT NULL,
    due_at     BIGINT NOT NULL,
    batch      BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX outbox_by_account ON outbox (account, id);
CREATE INDEX outbox_due ON outbox (due_at);
CREATE INDEX outbox_by_notice ON outbox (notice);
